//! The record as such: what was entered can be read, fits, and leads to something.

use rustc_hash::FxHashSet as HashSet;

use crate::case::Case;
use crate::day::{Day, DayProblem};
use crate::field::{Field, field};
use crate::finding::{Finding, Found, Letter, Severity, Stage};
use crate::part::{self, Part};
use crate::procedure::Asked;
use crate::reads;
use crate::record::Record;
use crate::rule::{Check, Rule};
use crate::wording::{self, Time};

pub(super) const CHECKS: &[&dyn Check] =
    &[&RECORD_READABLE, &ACTION_DUE_READABLE, &RECORD_SIZE, &RECORD_REASONS];

// ---- what can be read ----

const RECORD_READABLE: Rule<Asked> = Rule {
    id: "record-readable",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Every answer can be read",
    remedy: "Change the answer to one that can be read.",
    term: |procedure| procedure.record.readable.get(),
    check: record_readable,
};

/// What to do depends on the kind of the answer. Where the manual has more to say of a field, a rule of its own tells it.
fn record_readable(_: &Asked, case: &Case, found: &mut Found) {
    let elsewhere: HashSet<Field> = match case.procedure.actions.timescale.get() {
        Some(_) => unreadable_timescales(case).map(|(field, _)| field).collect(),
        None => HashSet::default(),
    };
    for fault in case.faults() {
        if let Some(help) = fault.unread
            && !elsewhere.contains(&fault.field)
        {
            report(fault.field.clone(), &fault.problem, found).remedy(help);
        }
    }
}

const ACTION_DUE_READABLE: Rule<Asked> = Rule {
    id: "action-due-readable",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The timescale of each action is a day",
    remedy: "Enter a day; for something that goes on or is repeated, the day on which it is looked at again.",
    term: |procedure| procedure.actions.timescale.get(),
    check: action_due_readable,
};

fn action_due_readable(_: &Asked, case: &Case, found: &mut Found) {
    for (i, action) in case.record.plan.actions.rows() {
        let Some(problem) = action.due_on.problem() else { continue };
        let typed = action.due_on.spelt().unwrap_or_default();
        let finding = report(field!(plan.actions[i].due_on), problem, found);
        match wording::of_text(&typed) {
            // A day that does not exist is no day that anybody can tell.
            _ if !matches!(Day::read(&typed), Err(DayProblem::NotADay | DayProblem::YearMissing)) => {
                finding.letter(Letter::T);
            }
            // Everybody can tell the day, though nothing can remind of it.
            Time::Day | Time::Reviewed => {
                finding.at_most(Severity::Advice);
            }
            Time::Event => {
                finding.at_most(Severity::Warning);
            }
            Time::PutOff(place) => {
                finding.letter(Letter::T).span(place.span);
            }
            Time::Repeated | Time::Unsaid => {
                finding.letter(Letter::T);
            }
        }
    }
}

/// The timescales of actions that are no day, such as "ongoing", each with what was expected.
fn unreadable_timescales<'a>(case: &Case<'a>) -> impl Iterator<Item = (Field, &'a str)> {
    let actions = case.record.plan.actions.rows();
    actions.filter_map(|(i, action)| {
        action.due_on.problem().map(|problem| (field!(plan.actions[i].due_on), problem))
    })
}

// ---- what fits ----

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
    for fault in case.faults().iter().filter(|fault| fault.unread.is_none()) {
        report(fault.field.clone(), &fault.problem, found);
    }
}

fn report<'a>(field: Field, problem: &str, found: &'a mut Found) -> &'a mut Finding {
    let message = format!("{} {problem}", Record::place(&field.path()));
    found.at(field, message)
}

// ---- what leads to something ----

const RECORD_REASONS: Rule<Asked> = Rule {
    id: "record-reasons",
    severity: Severity::Advice,
    stage: Stage::Draft,
    title: "Each recorded reason is about a rule and a row that there are",
    remedy: "Record the reason at the finding that it is about, or take it out.",
    term: |procedure| procedure.record.readable.get(),
    check: record_reasons,
};

/// Whether a reason settles what its rule finds is told beside the finding. A reason for something that is not found
/// any more stays on the record without a word.
fn record_reasons(_: &Asked, case: &Case, found: &mut Found) {
    let accepted = &case.record.accepted;
    if accepted.is_empty() {
        return;
    }
    let own = case.procedure.own_prompts.iter().map(|prompt| prompt.id.as_str());
    let rules: HashSet<&str> = super::all().map(|check| check.about().id).chain(own).collect();
    let rows = row_keys(case.record);
    for (i, accepted) in accepted.rows() {
        let (rule, item) = (accepted.rule.text().trim(), accepted.item.text().trim());
        if !rule.is_empty() && !rules.contains(rule) {
            let message =
                format!("Recorded reason {} names a rule that does not exist, so it settles nothing", i + 1);
            found.at(field!(accepted[i].rule), message);
        } else if !item.is_empty() && !rows.contains(item) {
            let message = format!(
                "The row that recorded reason {} concerns is not on record, so it settles nothing",
                i + 1
            );
            found.at(field!(accepted[i].item), message);
        }
    }
}

/// The keys of all rows.
fn row_keys(record: &Record) -> HashSet<String> {
    reads::note(reads::ROW_KEYS);
    let mut keys = HashSet::default();
    part::walk(record, &mut |place, _, part| {
        if place.name() == Some("id")
            && let Some(key) = part.spelt()
        {
            keys.insert(key.into_owned());
        }
    });
    keys
}
