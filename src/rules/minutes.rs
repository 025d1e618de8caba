//! Who takes the minutes of a meeting, and how soon they go out and onto the case record.

use crate::case::{Case, Row};
use crate::day::Day;
use crate::field::{Field, field};
use crate::finding::{Found, Severity, Stage};
use crate::part::Part;
use crate::people::Person;
use crate::procedure::{Asked, Limit};
use crate::record::{Meeting, Minutes};
use crate::rule::{Check, Clock, Deadline, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &MINUTES_TAKER,
    &MINUTES_TAKEN,
    &MINUTES_CIRCULATED,
    &MINUTES_CIRCULATED_DAY,
    &MINUTES_UPLOADED,
    &MINUTES_UPLOADED_DAY,
];

/// The held meetings of which minutes are asked for. An earlier one of which hardly more is recorded than its day was
/// taken over from elsewhere, and a review without a meeting has no minutes.
fn minuted<'a>(case: &Case<'a>) -> Vec<Row<'a, Meeting>> {
    let mut held = case.held_meetings();
    let latest = held.last().map(|(i, _)| *i);
    held.retain(|(i, meeting)| {
        let recorded =
            !meeting.minutes.is_empty() || !meeting.invitees.is_empty() || !meeting.chair.name.is_blank();
        (recorded || Some(*i) == latest) && meeting.outside_meeting.by.is_blank()
    });
    held
}

// ---- who takes them ----

const MINUTES_TAKER: Rule<Asked> = Rule {
    id: "minutes-taker",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "A minute taker is asked for where the meeting is complex",
    remedy: "Ask for a minute taker and enter the day, or name the minute taker.",
    term: |procedure| procedure.minutes.complex_minute_taker.get(),
    check: minutes_taker,
};

fn minutes_taker(_: &Asked, case: &Case, found: &mut Found) {
    let latest = case.held_meetings().last().map(|(i, _)| *i);
    for (i, meeting) in case.plan_meetings() {
        // For an earlier meeting it is too late to ask anybody.
        let to_come =
            meeting.held_on.is_blank() || meeting.held_on.get().is_some_and(|day| day >= case.today);
        let asked_for = !meeting.minute_taker.is_blank() || !meeting.minute_taker_requested_on.is_blank();
        if meeting.complex.is(true)
            && !asked_for
            && (to_come || Some(i) == latest)
            && !taken_by_somebody_else(case, meeting)
        {
            let message =
                format!("Date a minute taker was requested is missing for complex meeting {}", i + 1);
            found.at(field!(meetings[i].minute_taker_requested_on), message);
        }
    }
}

/// Whether somebody took the minutes who neither holds the case nor chaired.
fn taken_by_somebody_else(case: &Case, meeting: &Meeting) -> bool {
    let taker = Person::called(&meeting.minutes.taken_by);
    let social_worker = &case.record.case.social_worker;
    !taker.is_nobody()
        && !taker.is(Person::new(&social_worker.person, &social_worker.name))
        && !taker.is(Person::new(&meeting.chair.person, &meeting.chair.name))
}

const MINUTES_TAKEN: Rule<Asked> = Rule {
    id: "minutes-taken",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Somebody takes minutes of each meeting",
    remedy: "Enter who took the minutes.",
    term: |procedure| procedure.minutes.taken.get(),
    check: minutes_taken,
};

fn minutes_taken(_: &Asked, case: &Case, found: &mut Found) {
    for (i, meeting) in minuted(case) {
        if meeting.minutes.taken_by.is_blank() && meeting.minute_taker.is_blank() {
            let message = format!("Who took the minutes is missing for meeting {}", i + 1);
            found.at(field!(meetings[i].minutes.taken_by), message);
        }
    }
}

// ---- circulated ----

const MINUTES_CIRCULATED: Deadline = Deadline {
    id: "minutes-circulated",
    stage: Stage::Circulate,
    title: "Circulation of the minutes",
    remedy: "Circulate the minutes and enter the day.",
    term: |procedure| procedure.minutes.circulated_within.get(),
    clocks: |case| {
        clocks(case, |i, minutes| {
            let field = field!(meetings[i].minutes.circulated_on);
            (
                minutes.circulated_on.is_blank(),
                minutes.circulated_on.get().or_else(|| all_sent(minutes)),
                field,
            )
        })
    },
};

/// The day on which the last of the recipients was sent the minutes, once all of them were.
fn all_sent(minutes: &Minutes) -> Option<Day> {
    let due = || minutes.recipients.rows().filter(|(_, recipient)| recipient.reason_not_sent.is_blank());
    due()
        .map(|(_, recipient)| recipient.sent_on.get())
        .try_fold(None, |last, day| Some(last.max(Some(day?))))?
}

const MINUTES_CIRCULATED_DAY: Rule<Limit> = Rule {
    id: "minutes-circulated-day",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Minutes are circulated after the meeting and not in the future",
    remedy: "Check the day on which the minutes were circulated, and the day of the meeting.",
    term: |procedure| procedure.minutes.circulated_within.get(),
    check: |_, case, found| {
        for (i, meeting) in case.record.meetings.rows() {
            let field = field!(meetings[i].minutes.circulated_on);
            day_that_cannot_be(
                case,
                i,
                meeting,
                "circulated",
                meeting.minutes.circulated_on.get(),
                field,
                found,
            );
        }
    },
};

// ---- on the case record ----

const MINUTES_UPLOADED: Deadline = Deadline {
    id: "minutes-uploaded",
    stage: Stage::Circulate,
    title: "Upload of the minutes to the case record",
    remedy: "Upload the minutes and enter the day.",
    term: |procedure| procedure.minutes.uploaded_within.get(),
    clocks: |case| {
        clocks(case, |i, minutes| {
            let field = field!(meetings[i].minutes.uploaded_on);
            (minutes.uploaded_on.is_blank(), minutes.uploaded_on.get(), field)
        })
    },
};

const MINUTES_UPLOADED_DAY: Rule<Limit> = Rule {
    id: "minutes-uploaded-day",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Minutes are uploaded after the meeting and not in the future",
    remedy: "Check the day on which the minutes were uploaded, and the day of the meeting.",
    term: |procedure| procedure.minutes.uploaded_within.get(),
    check: |_, case, found| {
        for (i, meeting) in case.record.meetings.rows() {
            let field = field!(meetings[i].minutes.uploaded_on);
            day_that_cannot_be(case, i, meeting, "uploaded", meeting.minutes.uploaded_on.get(), field, found);
        }
    },
};

// ---- what both have in common ----

/// One clock for each meeting. `seen` tells whether the answer is blank, the day, and the control that holds it.
/// Minutes that never went out stay due, however many meetings follow; those that went out late are told until the
/// next meeting.
fn clocks(case: &Case, seen: impl Fn(usize, &Minutes) -> (bool, Option<Day>, Field)) -> Vec<Clock> {
    let minuted = minuted(case);
    let latest = minuted.last().map(|(i, _)| *i);
    minuted
        .into_iter()
        .filter_map(|(i, meeting)| {
            let (blank, day, field) = seen(i, &meeting.minutes);
            // An answer that cannot be read is neither missing nor late.
            if day.is_none() && !blank {
                return None;
            }
            let done = day.filter(|day| *day <= case.today);
            let past = Some(i) != latest && done.is_some();
            Some(Clock { past, ..Clock::new(meeting.held_on.get()?, "the meeting", done, field) })
        })
        .collect()
}

fn day_that_cannot_be(
    case: &Case,
    i: usize,
    meeting: &Meeting,
    done: &str,
    day: Option<Day>,
    field: Field,
    found: &mut Found,
) {
    let Some(day) = day else { return };
    if meeting.held_on.get().is_some_and(|held_on| day < held_on) {
        found.at(field, format!("Date minutes were {done} is before the day of meeting {}", i + 1));
    } else if day > case.today {
        let message = format!("Date minutes were {done} is in the future for meeting {}", i + 1);
        found.at(field, message).at_most(Severity::Warning);
    }
}
