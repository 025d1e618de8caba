//! Which places of a record a manual asks for at a stage: found by leaving them out and looking at what is told.
//!
//! Rules do not declare what they look at, and with some it depends on other answers. So records are checked in which
//! something is missing: an empty one, one whose rows are only begun, and a full one with one answer after the other
//! taken out.

use serde::Serialize;

use crate::day::Day;
use crate::finding::Stage;
use crate::order;
use crate::part::{self, Fields, Given, Info, Step};
use crate::procedure::Procedure;
use crate::record::Record;
use crate::report::check;

/// A place that is asked for where it is blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Wanted {
    /// The place, rows without their index: `plan.actions[].who`.
    pub path: String,
    /// Ids of the rules that ask for it.
    pub rules: Vec<String>,
    /// Whether it is asked for in an empty record already; else once its row or its part is in use.
    pub always: bool,
}

/// Parts of the record that hold answers to findings and questions, and none of the plan.
const OWN_NAMES: &[&str] = &["judgements", "accepted"];

/// Keys of rows and of people. They are the host's own, and nobody fills them in.
const KEYS: &[&str] = &["id", "person"];

/// Answers of each kind, for three records that differ where others depend on them: without choices, and with two of
/// each. A leaf takes the first that it can read.
const ANSWERS: [&[&str]; 3] = [
    &["Ann Lee", "2026-11-02", "yes", "5", "10:00", "3 weeks"],
    &[
        "Ann Lee",
        "2026-11-02",
        "yes",
        "5",
        "10:00",
        "3 weeks",
        "child in need",
        "initial",
        "parent",
        "home",
        "continue",
        "in progress",
        "confirmed",
        "professional",
        "attend",
        "actions",
        "locality",
    ],
    &[
        "Ann Lee",
        "2026-10-01",
        "no",
        "5",
        "10:00",
        "3 weeks",
        "interim",
        "review",
        "child",
        "school",
        "close",
        "not started",
        "scarce",
        "family",
        "none",
        "actions",
        "locality",
    ],
];

/// The places that a manual asks for at a stage, in the order of the record. A place that is only asked for in rare
/// company with other answers may be missing.
pub fn wanted(procedure: &Procedure, stage: Stage) -> Vec<Wanted> {
    let Some(today) = Day::of(2026, 11, 21) else { return Vec::new() };
    let mut wanted: Vec<Wanted> = Vec::new();
    // Only what is told of the place itself, where nothing stands there: the rest is about other answers.
    let mut look = |record: &mut Record, at: Option<&str>, always: bool| {
        for finding in check(record, procedure, today, stage).findings {
            let is_blank = part::at(record, &finding.path).is_none_or(|part| part.is_empty());
            if at.is_some_and(|path| path != finding.path) || !is_blank {
                continue;
            }
            let (path, rule) = (without_rows(&finding.path), finding.rule.into_owned());
            match wanted.iter_mut().find(|known| known.path == path) {
                None => wanted.push(Wanted { path, rules: vec![rule], always }),
                Some(known) if known.rules.contains(&rule) => {}
                Some(known) => known.rules.push(rule),
            }
        }
    };

    let places = leaves();
    look(&mut Record::default(), None, true);
    for answers in ANSWERS {
        let mut begun = Record::default();
        let mut full = Record::default();
        for path in &places {
            give(&mut full, path, answers);
            if row_of(path).is_some_and(|row| !is_begun(&mut begun, row)) {
                give(&mut begun, path, answers);
            }
        }
        look(&mut begun, None, false);
        look(&mut full, None, false);
        for path in &places {
            take(&mut full, path);
            look(&mut full, Some(path), false);
            give(&mut full, path, answers);
        }
    }

    let place = |path: &str| places.iter().position(|place| without_rows(place).starts_with(path));
    order::by_key(&mut wanted, |wanted| place(&wanted.path));
    wanted
}

/// Every leaf of the record, the first row of each list, in the order of the record. What stands by names of the
/// manual's or of the host's own is not part of it.
fn leaves() -> Vec<String> {
    fn below(fields: &'static [Info], above: &str, leaves: &mut Vec<String>) {
        for info in fields.iter().filter(|info| ![OWN_NAMES, KEYS].concat().contains(&info.name)) {
            let mut path = above.to_string();
            part::push(&mut path, Step::Name(info.name));
            if info.list {
                part::push(&mut path, Step::Row(0));
            }
            match info.below {
                [] => leaves.push(path),
                fields => below(fields, &path, leaves),
            }
        }
    }
    let mut leaves = Vec::new();
    below(Record::FIELDS, "", &mut leaves);
    leaves
}

/// Gives a leaf the first answer that it can read; a choice of its own that none of them is stays blank.
fn give(record: &mut Record, path: &str, answers: &[&str]) {
    let Some(leaf) = part::at(record, path) else { return };
    for answer in answers {
        leaf.take(Given::Text(answer));
        if leaf.problem().is_none() {
            return;
        }
    }
    leaf.take(Given::Nothing);
}

/// Takes the answer out again.
fn take(record: &mut Record, path: &str) {
    if let Some(leaf) = part::at(record, path) {
        leaf.take(Given::Nothing);
    }
}

/// The innermost row that a path leads into.
fn row_of(path: &str) -> Option<&str> {
    path.rfind(']').map(|end| &path[..=end])
}

fn is_begun(record: &mut Record, row: &str) -> bool {
    part::at(record, row).is_some_and(|row| !row.is_empty())
}

fn without_rows(path: &str) -> String {
    path.split('[')
        .map(|piece| piece.split_once(']').map_or(piece, |(_, rest)| rest))
        .collect::<Vec<_>>()
        .join("[]")
}
