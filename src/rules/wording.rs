//! How the plan is worded: whether an action says what somebody does, and how it will show.
//!
//! Every action is read as a row, and at most [`MOST`] things are told of its words at a time.

use crate::case::{Case, Row};
use crate::field::field;
use crate::finding::{Found, Letter, Severity};
use crate::procedure::{Asked, Measured, Procedure};
use crate::record::{Action, Progress};
use crate::rule::{Check, Wording};
use crate::wording::{Doing, Place, Shown};

pub(super) const CHECKS: &[&dyn Check] = &[&ACTION_SPECIFIC, &ACTION_MEASURABLE];

/// Findings about the words of one action at a time: more are not read.
const MOST: usize = 2;

/// The actions that are still to be done: the words of one that is done help nobody any more.
fn open<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Action>> {
    case.record.plan.actions.rows().filter(|(_, action)| {
        let settled = matches!(action.status.get(), Some(Progress::Done | Progress::Dropped));
        !settled && action.done_on.get().is_none()
    })
}

/// Something that the words of an action lack.
enum Lack {
    /// It says nothing that anybody can be seen doing.
    Doing(Place),
    /// Its measure measures nothing.
    Measure(Place),
    /// It says what is to hold, and not what somebody does.
    Ensured(Place),
}

/// What the words of an action lack, the most useful first, as far as the manual asks for it.
fn lacks(case: &Case, i: usize) -> Vec<Lack> {
    let terms = &case.procedure.actions;
    let reading = case.reading(i);
    let mut lacks = Vec::new();
    let doing = if terms.specific.get().is_some() { reading.doing() } else { Doing::Said };
    if let Doing::Vague(place) = &doing {
        lacks.push(Lack::Doing(place.clone()));
    }
    if terms.measurable.get().is_some()
        && let Shown::Vague(place) = reading.shown()
    {
        lacks.push(Lack::Measure(place));
    }
    // Where its measure is still missing, that is the better question.
    if let Doing::Ensured(place) = doing
        && lacks.is_empty()
        && reading.shown() == Shown::Said
    {
        lacks.push(Lack::Ensured(place));
    }
    lacks.truncate(MOST);
    lacks
}

const ACTION_SPECIFIC: Wording<Asked> = Wording {
    id: "action-specific",
    severity: Severity::Warning,
    title: "Each action says what somebody does, so that they can be seen doing it",
    remedy: "Say how: what will somebody do, with whom, and how often?",
    term: |procedure: &Procedure| procedure.actions.specific.get(),
    look: action_specific,
};

fn action_specific(_: &Asked, case: &Case, found: &mut Found) {
    for (i, _) in open(case) {
        for lack in lacks(case, i) {
            let field = field!(plan.actions[i].what);
            let number = i + 1;
            match lack {
                Lack::Doing(Place { span, words }) => {
                    let message = format!("Action {number} says “{words}”, and not what somebody will do");
                    found.at(field, message).letter(Letter::S).span(span);
                }
                Lack::Ensured(Place { span, words }) => {
                    let message =
                        format!("Action {number} says “{words}”, and not how somebody brings it about");
                    found
                        .at(field, message)
                        .at_most(Severity::Advice)
                        .letter(Letter::S)
                        .span(span)
                        .remedy("Say what somebody does so that it happens.");
                }
                Lack::Measure(_) => {}
            }
        }
    }
}

const ACTION_MEASURABLE: Wording<Measured> = Wording {
    id: "action-measurable",
    severity: Severity::Warning,
    title: "The measure of each action can be counted, seen or heard",
    remedy: "Say what will show it: what can somebody see or count, how much is enough, and who will look?",
    term: |procedure: &Procedure| procedure.actions.measurable.get(),
    look: action_measurable,
};

fn action_measurable(_: &Measured, case: &Case, found: &mut Found) {
    for (i, _) in open(case) {
        for lack in lacks(case, i) {
            if let Lack::Measure(Place { span, words }) = lack {
                let message = format!(
                    "Action {} has “{words}” for its measure, and not what anybody can count or see",
                    i + 1
                );
                found.at(field!(plan.actions[i].measure), message).letter(Letter::M).span(span);
            }
        }
    }
}
