//! Weights of the choices that the stages make, read once from the lexicon.

use khaldun_lexicon::Lexicon;

macro_rules! weights {
    ($($field:ident = $name:literal,)*) => {
        /// One weight a feature of `data/weights.toml`.
        #[derive(Clone, Debug, Default)]
        #[allow(missing_docs)]
        pub struct Weights {
            $(pub $field: f32,)*
            /// Weights of the features `event.*`, by name.
            events: rustc_hash::FxHashMap<String, f32>,
        }

        impl Weights {
            /// Reads the weights; a feature that the data leaves out weighs nothing.
            pub fn load(lexicon: &Lexicon) -> Weights {
                let events = lexicon.tables.weights.iter();
                let events = events.filter_map(|(n, w)| Some((n.strip_prefix("event.")?.to_owned(), *w))).collect();
                Weights { $($field: lexicon.weight($name),)* events }
            }
            /// The weight of a feature `event.…`; 0 if the data has none.
            pub fn event(&self, name: &str) -> f32 {
                self.events.get(name).copied().unwrap_or(0.0)
            }
            /// The same weights with others for the features `event.*` (names without the prefix).
            pub fn with_events(&self, events: impl IntoIterator<Item = (String, f32)>) -> Weights {
                Weights { events: events.into_iter().collect(), ..self.clone() }
            }
            /// Names of all features, as in the data.
            pub const NAMES: &[&str] = &[$($name),*];
        }
    };
}

weights! {
    cell_verb = "cell.verb",
    cell_verb_marked = "cell.verb-marked",
    cell_verb_after_preposition = "cell.verb-after-preposition",
    cell_verb_place = "cell.verb-place",
    cell_verb_first_person = "cell.verb-first-person",
    cell_verb_second_person = "cell.verb-second-person",
    cell_verb_expected = "cell.verb-expected",
    cell_short_mood = "cell.short-mood",
    cell_passive = "cell.passive",
    cell_verb_second = "cell.verb-second",
    cell_noun = "cell.noun",
    cell_noun_joined = "cell.noun-joined",
    cell_noun_marked = "cell.noun-marked",
    cell_noun_nisba = "cell.noun-nisba",
    cell_participle = "cell.participle",
    cell_construct = "cell.construct",
    cell_pronoun = "cell.pronoun",
    cell_pronoun_second_person = "cell.pronoun-second-person",
    cell_pronoun_no_object = "cell.pronoun-no-object",
    cell_verb_disagrees = "cell.verb-disagrees",
    cell_words = "cell.words",
    cell_proclitic = "cell.proclitic",
    subject_after = "subject.after",
    subject_before = "subject.before",
    subject_before_first = "subject.before-first",
    subject_antecedent = "subject.antecedent",
    subject_bare_relative = "subject.bare-relative",
    subject_inherited = "subject.inherited",
    subject_inherited_coordinate = "subject.inherited-coordinate",
    subject_distance = "subject.distance",
    subject_comma = "subject.comma",
    subject_disagrees = "subject.disagrees",
    subject_agrees = "subject.agrees",
    subject_place = "subject.place",
    subject_site = "subject.site",
    subject_across_verb = "subject.across-verb",
    subject_other_noun = "subject.other-noun",
    subject_inherited_other_noun = "subject.inherited-other-noun",
    object_after = "object.after",
    object_distance = "object.distance",
    object_comma = "object.comma",
    object_place = "object.place",
    object_owned = "object.owned",
    object_with_inherited = "object.with-inherited",
    object_pronoun = "object.pronoun",
}
