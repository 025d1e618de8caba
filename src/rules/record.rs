//! The record as such: what was entered can be read, and fits.

use validator::{Validate, ValidationErrors, ValidationErrorsKind};

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
    part::walk(case.record, &mut String::new(), &mut |path, part| {
        if let Some(problem) = part.problem() {
            found.at(Field::at_path(path), format!("{} {problem}", Record::place(path)));
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
    if let Err(errors) = case.record.validate() {
        report_sizes(&errors, Field::at_path(""), found);
    }
}

/// `validator` gives a tree of errors keyed by field; the keys are sorted, so that the order is always the same.
fn report_sizes(errors: &ValidationErrors, here: Field, found: &mut Found) {
    let mut below: Vec<_> = errors.errors().iter().collect();
    below.sort_by(|a, b| a.0.cmp(b.0));
    for (name, kind) in below {
        let field = here.clone().then(part::Step::Name(name));
        match kind {
            ValidationErrorsKind::Struct(errors) => report_sizes(errors, field, found),
            ValidationErrorsKind::List(rows) => {
                for (index, errors) in rows {
                    report_sizes(errors, field.clone().then(part::Step::Row(*index)), found);
                }
            }
            ValidationErrorsKind::Field(errors) => {
                let place = Record::place(field.path());
                for error in errors {
                    let bound = |name: &str| error.params.get(name).and_then(|value| value.as_f64());
                    let message = match (error.code.as_ref(), bound("min"), bound("max")) {
                        ("range", Some(min), Some(max)) => format!("{place} must be between {min} and {max}"),
                        ("length", _, Some(max))
                            if error.params.get("value").is_some_and(|value| value.is_array()) =>
                        {
                            format!("{place} must be {max} rows or fewer")
                        }
                        ("length", _, Some(max)) => format!("{place} must be {max} characters or fewer"),
                        _ => format!("{place} is outside what the record holds"),
                    };
                    found.at(field.clone(), message);
                }
            }
        }
    }
}
