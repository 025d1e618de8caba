//! What the targets share: records and answers made of the bytes that the fuzzer thinks up.
//!
//! The bytes choose among the places of the record and among answers that fit there, so that nearly every input is a
//! record with something to find in it, and a small change to the bytes is a small change to the record.

#[allow(dead_code)]
#[path = "../../tests/cases/mod.rs"]
pub mod cases;

use std::sync::LazyLock;

use cases::dice::{elsewhere_by, families, odd};
use cases::{built_in, places, put};
use cinplan::procedure::BUILT_IN;
use cinplan::{Day, Procedure, Stage};
use serde_json::{Value, json};

/// The bytes of one input, taken one after the other; zeros once they are at an end.
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn is_over(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    pub fn number(&mut self) -> usize {
        usize::from(self.byte()) << 8 | usize::from(self.byte())
    }

    pub fn pick<'v, T>(&mut self, from: &'v [T]) -> &'v T {
        &from[self.number() % from.len()]
    }

    fn take(&mut self, most: usize) -> &'a [u8] {
        let (taken, left) = self.0.split_at(most.min(self.0.len()));
        self.0 = left;
        taken
    }

    /// A text as long as a byte says.
    pub fn text(&mut self) -> String {
        let most = usize::from(self.byte());
        String::from_utf8_lossy(self.take(most)).into_owned()
    }

    /// A day up to some ninety years from the day of most records.
    pub fn day(&mut self) -> Day {
        let days = self.number() as u16 as i16;
        Day::of(2026, 11, 20).expect("a day").plus_days(i64::from(days))
    }

    pub fn stage(&mut self) -> Stage {
        Stage::ALL[usize::from(self.byte()) % Stage::ALL.len()]
    }

    pub fn manual(&mut self) -> Procedure {
        built_in(BUILT_IN[usize::from(self.byte()) % BUILT_IN.len()].0)
    }

    /// A place of the record, with an answer for it.
    pub fn edit(&mut self) -> (String, Value) {
        static EVERYWHERE: LazyLock<Vec<String>> =
            LazyLock::new(|| places().into_iter().map(|place| place.path).collect());
        static ODD: LazyLock<Vec<Value>> = LazyLock::new(odd);

        let (kind, rows) = (self.byte(), self.byte());
        let known = &families()[usize::from(kind >> 4) % families().len()].answers;
        let (path, was) = match kind & 1 {
            0 => (self.pick(&EVERYWHERE).clone(), &Value::Null),
            _ => {
                let (path, was) = self.pick(known);
                (path.clone(), was)
            }
        };
        let path = elsewhere_by(&path, usize::from(rows >> 4), usize::from(rows & 3));
        let answer = match kind >> 1 & 7 {
            0 => Value::Null,
            1 => json!(self.text()),
            2 => json!(self.day().to_string()),
            3 => self.pick(&ODD).clone(),
            4 => self.pick(known).1.clone(),
            5 => json!(f64::from(self.number() as u16 as i16) / 8.0),
            _ => was.clone(),
        };
        (path, answer)
    }

    /// A record of its own, or a family's with changes.
    pub fn record(&mut self) -> Value {
        let start = usize::from(self.byte());
        let mut record = families().get(start).map_or(Value::Null, |family| family.record.clone());
        while !self.is_over() {
            let (path, answer) = self.edit();
            put(&mut record, &path, answer);
        }
        record
    }
}
