//! The compiled lexicon, as the engine reads it.
//!
//! One finite-state map from folded forms (words joined by one blank) to readings, and tables that readings point into.

use crate::features::Features;
use crate::number::NumberTable;
use crate::phrases::Phrases;
use crate::quantity::QuantityTable;
use crate::time::TimeTable;
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a form is a form of: an index into one of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Target {
    /// A predicate or stance entry, [`Tables::entries`].
    Entry(u32),
    /// A function word, [`Tables::particles`].
    Particle(u16),
    /// A state by name, [`Tables::states`].
    State(u16),
    /// A nisba or group noun of a state.
    Demonym(u16),
    /// The capital of a state, standing for its government or for the town.
    Capital(u16),
    /// A seat of power of a state, [`Tables::seats`].
    Seat(u16),
    /// A person, [`Tables::people`].
    Person(u32),
    /// A body (party, armed group, outlet …), [`Tables::bodies`].
    Body(u32),
    /// A common noun that heads a party, [`Tables::heads`].
    Head(u32),
    /// A place, [`Tables::places`].
    Place(u32),
    /// A word that people's names begin with.
    Given,
    /// A word beside a name or a head, [`Tables::modifiers`].
    Modifier(u16),
    /// A word that tells a topic without politics, [`Tables::topics`].
    Topic(u16),
    /// A word that tells how an act is done, [`Tables::manners`].
    Manner(u16),
}

/// One reading of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reading {
    /// What it is a form of.
    pub target: Target,
    /// The cell of the paradigm.
    pub features: Features,
}

/// A syntactic slot of a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Slot {
    /// Subject of the verb.
    Subject,
    /// Direct object; after a `with` word, the noun that this word is annexed to.
    Object,
    /// The noun that a verbal noun is annexed to.
    Genitive,
    /// A clause opened by a complementizer (an, inna).
    That,
    /// After a preposition, [`Tables::particles`].
    Prep(u16),
}

/// What a slot's filler is in the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Does it.
    Actor,
    /// It is done to or with them.
    Recipient,
    /// Where.
    Place,
    /// With what.
    Weapon,
    /// Named, but no party.
    Topic,
    /// What is asked, promised, threatened.
    Content,
    /// Not looked at.
    Ignore,
}

/// What becomes of an act named in another act's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// It is part of the outer act.
    Absorb,
    /// It is an event of its own, as said by the outer actor.
    Report,
}

/// What an operator or particle says of the act that it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    /// The act stands as told (begin, go on, attempt, manage).
    Assert,
    /// It did not happen.
    Negation,
    /// It may happen, or would.
    Hypothetical,
    /// It is to happen.
    Future,
    /// It is likely.
    Probable,
    /// It is possible.
    Possible,
    /// It came to its end or was called off.
    End,
    /// It is demanded; the demand itself is coded elsewhere.
    Demand,
}

/// How a source stands to what it is quoted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stance {
    /// Says that it is so.
    Asserts,
    /// Says that it is not so.
    Denies,
    /// Thinks it likely.
    Doubts,
}

/// Who must do it for the entry to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doer {
    /// States, forces, crowds, or nobody named: those who use force.
    Force,
    /// Single persons, outlets, parties, and people known for what they say.
    Voice,
    /// States, their organs and forces, parties, bodies and unions, and those who hold office in them; or nobody named.
    Official,
}

/// The predicate of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Index into [`Tables::scheme`].
    pub kind: u8,
    /// Names of modes.
    pub modes: Vec<CompactString>,
    /// PLOVER contexts.
    pub contexts: Vec<CompactString>,
    /// CAMEO code, where the entry knows better than its type and mode.
    pub cameo: Option<CompactString>,
    /// Slot to role.
    pub roles: Vec<(Slot, Role)>,
    /// Words one of which must stand in the clause.
    pub with: Phrases,
    /// Words none of which may stand in the clause.
    pub without: Phrases,
    /// Words one of which must stand near; they fill no slot.
    pub near: Phrases,
    /// What becomes of an act in its content.
    pub content: Content,
    /// Sides joined by "and" are both actors.
    pub mutual: bool,
    /// An event even if no party is named with it.
    pub bare: bool,
    /// Who must do it for the entry to hold ("attacks": a force does it with arms, a person with words).
    pub doer: Option<Doer>,
    /// Said of its subject: an event only in somebody's speech, and the speaker's.
    pub spoken: bool,
    /// The act lies in the negation ("will not accept").
    pub negated: bool,
    /// The passive is an event too.
    pub passive: bool,
    /// An event noun, not a verb.
    pub noun: bool,
}

impl Event {
    /// The role of a slot.
    pub fn role(&self, slot: Slot) -> Option<Role> {
        self.roles.iter().find(|(s, _)| *s == slot).map(|(_, r)| *r)
    }
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EntryKind {
    /// A predicate that is an event.
    Event(Event),
    /// A verb that lends a verbal noun its subject.
    Light {
        /// Where the event noun stands.
        noun: Vec<Slot>,
        /// The verb's subject suffers the act.
        suffers: bool,
    },
    /// A verb of saying.
    Speech {
        /// Says, denies or doubts.
        stance: Stance,
        /// Where what is said stands.
        content: Vec<Slot>,
        /// The preposition before the one told.
        hearer: Option<u16>,
        /// The slot of the source if it is not the subject (nuqila `an).
        source: Option<Slot>,
    },
    /// A verb or noun that qualifies the act which it governs.
    Operator {
        /// How.
        effect: Effect,
        /// Where the act stands.
        takes: Vec<Slot>,
        /// Its subject is the act's actor.
        subject: bool,
    },
    /// A phrase that names a source ("according to").
    Phrase {
        /// A verb of saying follows, not a party.
        speech: bool,
        /// Says or denies.
        stance: Stance,
    },
    /// A word that qualifies what follows.
    Particle {
        /// How.
        effect: Effect,
        /// Only the very next verb or verbal noun; else the whole clause.
        next: bool,
    },
    /// A noun that names a kind of source: anonymous, witness, expert, document, media.
    SourceNoun {
        /// The codebook's attribution kind.
        kind: CompactString,
    },
    /// A verb that is no event.
    Plain,
}

/// A lexicon entry and where it stands in the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Unique within its file family.
    pub id: CompactString,
    /// Index into [`Tables::files`].
    pub file: u16,
    /// Line of the entry, counted from 1.
    pub line: u32,
    /// As written in the data.
    pub lemma: CompactString,
    /// What it does.
    pub kind: EntryKind,
}

/// Class of a function word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Class {
    Preposition,
    Agent,
    Complementizer,
    Relative,
    Subordinator,
    Conjunction,
    Pronoun,
    Demonstrative,
    Quantifier,
    Adverb,
}

/// A function word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Particle {
    /// Folded.
    pub text: CompactString,
    /// Its class.
    pub class: Class,
}

/// One of the sixteen event types.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct EventType {
    pub name: CompactString,
    pub quad: u8,
    pub scale: f32,
    pub cameo: CompactString,
    pub ar: CompactString,
    pub en: CompactString,
    pub content: Content,
    /// The type that a planned act becomes.
    pub future: Option<u8>,
    pub mutual: bool,
    pub modes: Vec<Mode>,
    /// Type of the content, mode that it gives.
    pub by_content: Vec<(u8, CompactString)>,
    /// The mode of an act that nothing tells another of.
    pub otherwise: Option<CompactString>,
}

/// A mode of a type that words beside the act tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manner {
    /// Index of the type.
    pub kind: u8,
    /// Its mode.
    pub mode: CompactString,
}

/// A mode of a type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Mode {
    pub name: CompactString,
    pub scale: f32,
    pub cameo: CompactString,
}

/// A state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct State {
    pub iso3: CompactString,
    pub name_en: CompactString,
    pub name_ar: CompactString,
    pub capital: CompactString,
    pub demonym: CompactString,
}

impl Tables {
    /// Whether a function word says where.
    pub fn is_local(&self, particle: u16) -> bool {
        self.local.contains(&self.particles[particle as usize].text)
    }

    /// Whether a function word says where and not whom, behind any act: the first of them before anybody, the others before a place.
    pub fn is_scene(&self, particle: u16, place: bool) -> bool {
        let scene = if place {
            self.scene.as_slice()
        } else {
            &self.scene[..self.scene.len().min(1)]
        };
        scene.contains(&self.particles[particle as usize].text)
    }
}

/// A seat of power.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Seat {
    pub state: u16,
    pub name: CompactString,
    pub sector: CompactString,
}

/// A person or a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Named {
    pub id: CompactString,
    pub name_en: CompactString,
    pub name_ar: CompactString,
    /// person, government, military, party, armed_group, organisation, outlet.
    pub kind: CompactString,
    pub country: CompactString,
    pub sector: CompactString,
    /// Last day in office as a number (20161206), 0 if none is known: afterwards an official is a former one.
    pub until: u32,
}

/// A common noun that heads a party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Head {
    pub lemma: CompactString,
    pub name_en: CompactString,
    /// title, government, military, party, armed_group, organisation, outlet, people, site.
    pub kind: CompactString,
    /// Codebook sector; `~` is taken from the body that it belongs to.
    pub sector: CompactString,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Place {
    pub geonameid: u32,
    pub name_en: CompactString,
    pub name_ar: CompactString,
    pub country: CompactString,
    /// city, region, site, sea, country.
    pub kind: CompactString,
    pub lat: f32,
    pub lon: f32,
    pub population: u32,
}

/// A word beside a name or a head.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Modifier {
    /// The office is over.
    Former,
    /// "His counterpart": an office like the one named before.
    Counterpart,
    /// "The latter": the last one that was named.
    Latter,
    /// "Both sides": the last two that were named.
    Both,
    /// A name goes on after it.
    Connector,
    /// Ties a body or place to the head before it.
    Described,
    /// Ties an office to the body that it belongs to ("the secretary general of").
    Owner,
    /// Ties a member to the body that he sits in ("a leader in").
    Member,
    /// Is an ordinary word where no class word stands before it, though it is also the name of a place, a nisba or a person.
    Ordinary,
    /// Ties a few to the many that they are part of ("fighters of").
    Part,
    /// Says what a plain noun is: a codebook sector.
    Sector(CompactString),
}

/// A topic in which the words of politics mean something else, or nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name.
    pub name: CompactString,
    /// It holds for the document, not only for the sentence.
    pub document: bool,
    /// So many different words tell it.
    pub least: u16,
    /// Indices of the event types that it drops; empty for all.
    pub drops: Vec<u8>,
}

/// Kind of letters before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum ProcliticKind {
    Conjunction,
    Preposition,
    Future,
    Article,
}

/// Letters before a word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Proclitic {
    pub text: CompactString,
    pub kind: ProcliticKind,
    /// For a preposition: its index in [`Tables::particles`].
    pub particle: u16,
}

/// A pronoun written with a word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Enclitic {
    pub text: CompactString,
    /// Person, gender and number as [`Features`].
    pub features: Features,
}

/// All tables.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Tables {
    /// SHA-256 over the data files, in hex.
    pub hash: String,
    pub files: Vec<CompactString>,
    pub scheme: Vec<EventType>,
    pub entries: Vec<Entry>,
    pub particles: Vec<Particle>,
    pub proclitics: Vec<Proclitic>,
    /// Letters that stand for a preposition (index into `proclitics`) and the article.
    pub assimilated: Vec<(CompactString, u16, CompactString)>,
    pub enclitics: Vec<Enclitic>,
    /// Prepositions that say where.
    pub local: Vec<CompactString>,
    /// Those of them that say where, not whom, behind any act; the first says so of anybody, the others of places.
    pub scene: Vec<CompactString>,
    /// The preposition between a quantifier and what it counts (index into `particles`).
    pub partitive: Option<u16>,
    /// Letters at the end of a noun that make it feminine for agreement.
    pub feminine_endings: Vec<CompactString>,
    /// Codes of the states that take masculine agreement too.
    pub masculine_states: Vec<CompactString>,
    pub states: Vec<State>,
    pub seats: Vec<Seat>,
    pub people: Vec<Named>,
    pub bodies: Vec<Named>,
    pub heads: Vec<Head>,
    pub places: Vec<Place>,
    pub modifiers: Vec<Modifier>,
    pub time: TimeTable,
    pub numbers: NumberTable,
    pub quantities: QuantityTable,
    /// Feature name to weight, sorted by name.
    pub weights: Vec<(CompactString, f32)>,
    pub topics: Vec<Topic>,
    /// Modes that words tell.
    pub manners: Vec<Manner>,
    /// Readings of all forms; the map gives first index and length.
    pub readings: Vec<Reading>,
}

/// The compiled lexicon.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// The tables.
    pub tables: Tables,
    forms: fst::Map<Cow<'static, [u8]>>,
}

/// Why bytes are not a lexicon.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// The block is cut short.
    #[error("the compiled lexicon is cut short")]
    Short,
    /// The tables do not decode.
    #[error("the compiled lexicon's tables do not decode: {0}")]
    Tables(#[from] postcard::Error),
    /// The map of forms is broken.
    #[error("the compiled lexicon's map of forms is broken: {0}")]
    Forms(#[from] fst::Error),
}

/// A state of the walk through the map of forms, between two words of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk {
    address: fst::raw::CompiledAddr,
    sum: u64,
}

impl Lexicon {
    /// Opens a compiled lexicon. The map of forms is used where it lies.
    ///
    /// # Errors
    /// The bytes were not made by [`crate::compile`] of this version.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Lexicon, LexiconError> {
        let bytes: Cow<'static, [u8]> = bytes.into();
        let head = bytes.get(..8).ok_or(LexiconError::Short)?;
        let length = u64::from_le_bytes(head.try_into().map_err(|_| LexiconError::Short)?) as usize;
        let end = length.checked_add(8).ok_or(LexiconError::Short)?;
        let tables = postcard::from_bytes(bytes.get(8..end).ok_or(LexiconError::Short)?)?;
        let rest = match bytes {
            Cow::Borrowed(b) => Cow::Borrowed(&b[end..]),
            Cow::Owned(b) => Cow::Owned(b[end..].to_vec()),
        };
        Ok(Lexicon {
            tables,
            forms: fst::Map::new(rest)?,
        })
    }

    /// The bytes that [`Lexicon::open`] takes.
    pub(crate) fn pack(tables: &Tables, forms: &[u8]) -> Result<Vec<u8>, postcard::Error> {
        let packed = postcard::to_stdvec(tables)?;
        let mut out = (packed.len() as u64).to_le_bytes().to_vec();
        out.extend_from_slice(&packed);
        out.extend_from_slice(forms);
        Ok(out)
    }

    /// The start of a walk.
    pub fn root(&self) -> Walk {
        Walk {
            address: self.forms.as_fst().root().addr(),
            sum: 0,
        }
    }

    /// Goes on over the letters of `text`; `None` if no form goes on that way.
    pub fn step(&self, from: Walk, text: &str) -> Option<Walk> {
        let fst = self.forms.as_fst();
        let mut walk = from;
        for byte in text.bytes() {
            let node = fst.node(walk.address);
            let transition = node.transition(node.find_input(byte)?);
            walk = Walk {
                address: transition.addr,
                sum: walk.sum + transition.out.value(),
            };
        }
        Some(walk)
    }

    /// The readings of the form that ends here.
    pub fn readings(&self, walk: Walk) -> &[Reading] {
        let node = self.forms.as_fst().node(walk.address);
        if !node.is_final() {
            return &[];
        }
        let value = walk.sum + node.final_output().value();
        &self.tables.readings[(value >> 8) as usize..][..(value & 0xff) as usize]
    }

    /// The readings of a folded form.
    pub fn get(&self, form: &str) -> &[Reading] {
        self.step(self.root(), form).map_or(&[], |w| self.readings(w))
    }

    /// Number of distinct forms.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// True if there are no forms.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// File and line of an entry, as `data/…:line`.
    pub fn place_of(&self, entry: &Entry) -> String {
        format!("data/{}:{}", self.tables.files[entry.file as usize], entry.line)
    }

    /// The weight of a feature; 0 if the data has none.
    pub fn weight(&self, name: &str) -> f32 {
        let w = &self.tables.weights;
        w.binary_search_by(|(n, _)| n.as_str().cmp(name))
            .map_or(0.0, |i| w[i].1)
    }
}
