//! The record as such: what was entered can be read, and fits.

use crate::case::Case;
use crate::field::Field;
use crate::finding::{Found, Severity, Stage};
use crate::part;
use crate::procedure::Asked;
use crate::record::Record;
use crate::rule::{Check, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[&RECORD_READABLE, &RECORD_SIZE];

const RECORD_READABLE: Rule<Asked> = Rule {
    id: "record-readable",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Every answer can be read",
    remedy: "Change the answer. What was typed is kept until you do.",
    term: |procedure| procedure.record.readable.get(),
    check: record_readable,
};

fn record_readable(_: &Asked, case: &Case, found: &mut Found) {
    part::walk(case.record, &mut |place, _, part| {
        if let Some(problem) = part.problem() {
            report(place, problem, found);
        }
    });
}

const RECORD_SIZE: Rule<Asked> = Rule {
    id: "record-size",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "No answer is longer, and no score is higher, than the record holds",
    remedy: "Shorten the answer, or change the number.",
    term: |procedure| procedure.record.readable.get(),
    check: record_size,
};

fn record_size(_: &Asked, case: &Case, found: &mut Found) {
    part::walk(case.record, &mut |place, size, part| {
        if let Some(problem) = size.problem(part) {
            report(place, &problem, found);
        }
    });
}

fn report(place: &part::Place, problem: &str, found: &mut Found) {
    let path = place.path();
    found.at(Field::at_path(path.as_str()), format!("{} {problem}", Record::place(&path)));
}
