//! Checks Child in Need plans against the procedure manual of an authority.
//!
//! A [`Record`] is what a form holds, half-filled or whole; a [`Procedure`] is what one manual asks, as data.
//! [`check`] reads the one against the other, as on a day and as far as a [`Stage`] asks, and gives a [`Report`]:
//! findings, deadlines and questions for a person's judgement, each with the requirements it rests on. Nothing here
//! reads a clock, a file or a network, and no record makes it fail.
//!
//! In a Rust program, `cinplan = { version = "0.1", default-features = false }` brings nothing of JavaScript along:
//!
//! ```
//! use cinplan::{Day, Procedure, Record, Stage, check};
//!
//! // As it comes from a form, a queue or a table: half-filled, with dates as people write them.
//! let sent = r#"{ "plan": { "started_on": "12/03/2026", "actions": [{ "what": "Speech assessment", "who": "Ann" }] } }"#;
//! let record: Record = serde_json::from_str(sent)?;
//!
//! let bolton = Procedure::built_in("bolton").ok_or("no such manual")?;
//! let report = check(&record, &bolton, Day::read("2026-11-21")?, Stage::Circulate);
//!
//! let missing = report.findings.iter().find(|finding| finding.path == "plan.actions[0].due_on");
//! assert!(missing.is_some_and(|finding| !finding.cites.is_empty()));
//! println!("{}", serde_json::to_string(&report)?); // the same bytes as in a browser
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Every check stands in `rules`, one file for each part of the plan.

mod answer;
mod approval;
mod case;
mod cast;
pub mod copy;
pub mod day;
mod field;
mod finding;
mod form;
mod json;
mod likeness;
mod link;
mod moving;
mod office;
mod order;
mod own;
mod part;
mod people;
pub mod period;
mod probe;
pub mod procedure;
mod reads;
pub mod record;
mod report;
mod roll;
mod rule;
mod rules;
mod sitting;
mod size;
mod timeline;
#[cfg(feature = "js")]
mod wasm;
mod wording;
mod words;
mod young;

pub use answer::{Answer, Choices, Number, Readable, Text};
pub use day::{Calendar, Day};
pub use field::Field;
pub use finding::{Finding, Letter, Section, Settled, Severity, Stage};
pub use form::Form;
pub use office::Office;
pub use own::{Own, UnknownRule};
pub use part::{Given, List, Named, Part, Step};
pub use people::{Person, Same};
pub use period::Period;
pub use probe::{Wanted, wanted};
pub use procedure::Procedure;
pub use record::Record;
pub use report::{Manual, Report, Smart, Summary, check, check_with};
pub use rule::{About, Due, Kind, Question, Status};
pub use timeline::{DayCounts, DayOff, Month, Timeline};

/// What only the targets of `fuzz/` call.
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing {
    use crate::wording::{Doing, Measure, Place, Plainness, Reading, Said, Shown, Text, service};

    /// The words of a row that something can be said about: of what, from where to where, and as they were typed.
    pub fn words(what: &str, measure: &str, today: crate::Day) -> Vec<(&'static str, (u32, u32), String)> {
        let [what, measure] = [what, measure].map(Text::read);
        let (said, measured) = (Said::of(&what), Measure::of(&measure));
        let reading = Reading::of(&said, &measured);
        let mut words = Vec::new();
        let mut add = |of, Place { span, words: typed }| words.push((of, span, typed));
        if let Doing::Ensured(place) | Doing::Loose(place) | Doing::Vague(place) = reading.doing().clone() {
            add("what", place);
        }
        if let Shown::Vague(place) = reading.shown() {
            add("measure", place);
        }
        for (of, text) in [("what", &what), ("measure", &measure)] {
            Plainness::of(text).hints.into_iter().for_each(|hint| add(of, hint.place));
        }
        if let Some(place) = service(&what) {
            add("what", place);
        }
        let _ = (reading.doer(), reading.time(today));
        words
    }
}

/// Every check there is: what it is called, when it asks, and what it rests on in each of the given manuals.
pub fn catalogue<'a>(manuals: &'a [Procedure]) -> impl Iterator<Item = Entry> + 'a {
    rules::all().map(move |check| Entry {
        about: check.about(),
        grounds: manuals
            .iter()
            .filter_map(|manual| {
                let at_levels = manual.levels().filter_map(|(_, level)| check.grounds(level));
                at_levels.reduce(procedure::Grounds::and).map(|grounds| (manual.id.clone(), grounds))
            })
            .collect(),
    })
}

/// One check of the catalogue.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is called and when it asks.
    pub about: About,
    /// What it rests on, by the id of the manual, at whatever level of plan; manuals that are silent are left out.
    pub grounds: std::collections::BTreeMap<String, procedure::Grounds>,
}
