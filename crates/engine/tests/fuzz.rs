//! The fuzz minute: random bytes and mutated news, for as long as `KHALDUN_FUZZ_SECONDS` says (two seconds if it says nothing).
//!
//! The seed is `KHALDUN_FUZZ_SEED`, or 1; a failure prints seed, round and text. The same checks run under libFuzzer from `fuzz/`.

mod checks;

use khaldun_engine::{Article, Engine, Worker};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Xorshift: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
    fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 33) as usize) % n.max(1)
    }
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// Letters and marks that have broken readers before.
const ODD: &[&str] = &[
    "\u{202a}",
    "\u{202b}",
    "\u{202c}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{200c}",
    "\u{200d}",
    "\u{200f}",
    "\u{feff}",
    "\u{640}",
    "\u{64b}",
    "\u{651}",
    "\u{670}",
    "\u{0}",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{2028}",
    ".",
    "..",
    "…",
    "،",
    "؛",
    "؟",
    ":",
    "«",
    "»",
    "\"",
    "'",
    "(",
    ")",
    "[",
    "]",
    "-",
    "–",
    "/",
    "%",
    "٪",
    "0",
    "7",
    "١٢",
    "۳",
    "2024",
    "30/2/2024",
    "99999999999999999999",
    "1.5",
    "20,000",
    "و",
    "ف",
    "ب",
    "ل",
    "ال",
    "لل",
    "ه",
    "ها",
    "هم",
    "ة",
    "ء",
    "ﷲ",
    "ﷺ",
    "ﻻ",
    "ﺑ",
    "پ",
    "گ",
    "a",
    "Z",
    "é",
    "ß",
    "İ",
    "ﬁ",
    "𝔸",
    "👩‍👩‍👧",
    "\u{10ffff}",
];

fn mutate(dice: &mut Dice, text: &mut Vec<char>, seeds: &[Vec<char>]) {
    let at = dice.below(text.len() + 1);
    let to = (at + dice.below(40)).min(text.len());
    match dice.below(9) {
        0 => drop(text.drain(at..to)),
        1 => {
            let piece: Vec<char> = text[at..to].to_vec();
            let times = dice.pick(&[1, 1, 1, 2, 5, 50]);
            let repeated = piece.repeat(times);
            text.splice(at..at, repeated);
        }
        2 => {
            let other = &seeds[dice.below(seeds.len())];
            let from = dice.below(other.len() + 1);
            let until = (from + dice.below(200)).min(other.len());
            text.splice(at..to, other[from..until].iter().copied());
        }
        3 if at < text.len() => {
            let with = dice.below(text.len());
            text.swap(at, with);
        }
        4 if at < text.len() => text[at] = char::from_u32(0x600 + dice.below(0x100) as u32).unwrap_or('؟'),
        5 if at < text.len() => text[at] = char::from_u32(dice.below(0x11_0000) as u32).unwrap_or('\u{fffd}'),
        6 => text[at..to].reverse(),
        _ => {
            let odd = dice.pick(ODD);
            text.splice(at..at, odd.chars());
        }
    }
    text.truncate(20_000);
}

fn seeds() -> Vec<Vec<char>> {
    let field = |line: &str, key: &str| {
        serde_json::from_str::<serde_json::Value>(line).ok()?[key]
            .as_str()
            .map(str::to_owned)
    };
    let lines: Vec<&str> = include_str!("../../cli/demo/articles.jsonl").lines().collect();
    let mut out: Vec<Vec<char>> = lines
        .iter()
        .filter_map(|l| Some(field(l, "text")?.chars().collect()))
        .collect();
    out.extend(lines.iter().filter_map(|l| Some(field(l, "title")?.chars().collect())));
    out
}

fn article(dice: &mut Dice, seeds: &[Vec<char>]) -> Article {
    let text = if dice.below(8) == 0 {
        let bytes: Vec<u8> = (0..dice.below(2000)).map(|_| dice.next() as u8).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    } else {
        let mut text = seeds[dice.below(seeds.len())].clone();
        for _ in 0..=dice.below(30) {
            mutate(dice, &mut text, seeds);
        }
        text.into_iter().collect()
    };
    let mut title = seeds[dice.below(seeds.len())].clone();
    title.truncate(dice.below(60));
    let published = dice
        .pick(&["2024-05-15", "2024-02-29", "0001-01-01", "9999-12-31", "", "1950-01-01"])
        .parse()
        .ok();
    Article {
        id: "fuzz".into(),
        outlet: String::new(),
        published,
        title: title.into_iter().collect(),
        text,
    }
}

#[test]
fn fuzz_minute() {
    let number = |name: &str, otherwise: u64| {
        std::env::var(name)
            .ok()
            .and_then(|v| v.parse().ok())
            .unwrap_or(otherwise)
    };
    let seed = number("KHALDUN_FUZZ_SEED", 1);
    let time = Duration::from_secs(number("KHALDUN_FUZZ_SECONDS", 2));
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let seeds = seeds();
    let engine = Engine::bundled();
    let mut worker: Worker = engine.worker();
    let start = Instant::now();
    let (mut rounds, mut events) = (0u64, 0);
    while start.elapsed() < time {
        let article = article(&mut dice, &seeds);
        match catch_unwind(AssertUnwindSafe(|| checks::read(&mut worker, &article).len())) {
            Ok(n) => events += n,
            Err(_) => panic!("seed {seed}, round {rounds}, {article:?}"),
        }
        rounds += 1;
    }
    println!("seed {seed}: {rounds} texts, {events} events, no fault");
}
