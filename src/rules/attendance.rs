//! How a meeting is called together, and what the list of its invitees holds.

use std::collections::BTreeMap;

use crate::case::{Case, Row};
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::people::{Person, Same};
use crate::procedure::Asked;
use crate::record::{Invitee, Meeting, PlanPart};
use crate::rule::{Check, Rule};
use crate::sitting::person;

pub(super) const CHECKS: &[&dyn Check] = &[
    &ATTENDANCE_BARRIERS,
    &ATTENDANCE_PLAN_KEPT_FROM,
    &ATTENDANCE_INVITED_IN_TIME,
    &ATTENDANCE_INVITED_OR_NOT,
    &ATTENDANCE_CAME_OR_NOT,
    &ATTENDANCE_NAMED_ONCE,
];

// ---- calling the meeting ----

const ATTENDANCE_BARRIERS: Rule<Asked> = Rule {
    id: "attendance-barriers",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Something is done about each barrier to taking part",
    remedy: "Enter what was or will be done, so that this person can take part as fully as possible.",
    term: |procedure| procedure.attendance.barriers_addressed.get(),
    check: barriers,
};

fn barriers(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting) in case.current_meetings() {
        for (i, barrier) in meeting.barriers.rows() {
            if !barrier.what.is_blank() && barrier.done_about_it.is_blank() {
                let message =
                    format!("What was done about it is missing for barrier {} of meeting {}", i + 1, m + 1);
                found.at(field!(meetings[m].barriers[i].done_about_it), message);
            }
        }
    }
}

const ATTENDANCE_PLAN_KEPT_FROM: Rule<Asked> = Rule {
    id: "attendance-plan-kept-from",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "Nobody from whom the plan is kept is invited to a meeting where it is made",
    remedy: "Check with the manager whether they can come, or hear them on their own.",
    term: |procedure| procedure.sharing.kept_from_excluded.get(),
    check: plan_kept_from,
};

/// An invitation gives away where the family will be and when; it can be taken back only while the meeting lies ahead.
fn plan_kept_from(_: &Asked, case: &Case, found: &mut Found) {
    let exclusions = &case.record.sharing.exclusions;
    for (m, meeting) in case.plan_meetings() {
        if exclusions.is_empty() || meeting.held_on.get().is_some_and(|day| day < case.today) {
            continue;
        }
        for (i, invitee) in meeting.invitees.rows().filter(|(_, invitee)| !invitee.invited_on.is_blank()) {
            let same = exclusions
                .rows()
                .filter(|(_, exclusion)| !exclusion.may_share.ticked().any(|part| part == PlanPart::Meetings))
                .map(|(_, exclusion)| {
                    Person::new(&exclusion.person, &exclusion.name).compare(person(invitee))
                })
                .max();
            let field = field!(meetings[m].invitees[i].invited_on);
            let who = format!("Invitee {} of meeting {}", i + 1, m + 1);
            match same {
                Some(Same::Yes) => {
                    found.at(field, format!("{who} is invited, and is somebody the plan is kept from"));
                }
                Some(Same::Perhaps) => {
                    let message = format!("{who} may be somebody the plan is kept from: the names are alike");
                    found.at(field, message).at_most(Severity::Advice);
                }
                _ => {}
            }
        }
    }
}

// ---- contradictions ----

/// Every invitee of every meeting.
fn everyone<'a>(case: &Case<'a>) -> impl Iterator<Item = (usize, &'a Meeting, usize, &'a Invitee)> {
    case.record
        .meetings
        .rows()
        .flat_map(|(m, meeting)| meeting.invitees.rows().map(move |(i, invitee)| (m, meeting, i, invitee)))
}

const ATTENDANCE_INVITED_IN_TIME: Rule<Asked> = Rule {
    id: "attendance-invited-in-time",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "Invitations go out before the meeting",
    remedy: "Correct the day of the invitation, or the day of the meeting.",
    term: |procedure| procedure.attendance.recorded.get(),
    check: invited_in_time,
};

fn invited_in_time(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting, i, invitee) in everyone(case) {
        if let (Some(invited_on), Some(held_on)) = (invitee.invited_on.get(), meeting.held_on.get())
            && invited_on > held_on
        {
            let message =
                format!("Date invited is after the date of meeting {} for invitee {}", m + 1, i + 1);
            found.at(field!(meetings[m].invitees[i].invited_on), message);
        }
    }
}

const ATTENDANCE_INVITED_OR_NOT: Rule<Asked> = Rule {
    id: "attendance-invited-or-not",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "Nobody has both an invitation and a reason for none",
    remedy: "Take out the day of the invitation, or the reason.",
    term: |procedure| procedure.attendance.recorded.get(),
    check: invited_or_not,
};

fn invited_or_not(_: &Asked, case: &Case, found: &mut Found) {
    for (m, _, i, invitee) in everyone(case) {
        if !invitee.invited_on.is_blank() && !invitee.reason_not_invited.is_blank() {
            let message = format!(
                "Reason not invited is filled in for invitee {} of meeting {}, and so is the date invited",
                i + 1,
                m + 1
            );
            found.at(field!(meetings[m].invitees[i].reason_not_invited), message);
        }
    }
}

const ATTENDANCE_CAME_OR_NOT: Rule<Asked> = Rule {
    id: "attendance-came-or-not",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Who came was at a meeting that was held, and was not absent",
    remedy: "Correct whether this person attended, the reason absent, or the day of the meeting.",
    term: |procedure| procedure.attendance.recorded.get(),
    check: came_or_not,
};

fn came_or_not(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting, i, invitee) in everyone(case).filter(|(.., invitee)| invitee.attended.is(true)) {
        let (which, number) = (i + 1, m + 1);
        if meeting.held_on.get().is_some_and(|day| day > case.today) {
            let message =
                format!("Attended is yes for invitee {which} of meeting {number}, which is in the future");
            found.at(field!(meetings[m].invitees[i].attended), message);
        }
        if !invitee.reason_absent.is_blank() {
            let message =
                format!("Reason absent is filled in for invitee {which} of meeting {number}, who attended");
            found.at(field!(meetings[m].invitees[i].reason_absent), message).at_most(Severity::Warning);
        }
    }
}

const ATTENDANCE_NAMED_ONCE: Rule<Asked> = Rule {
    id: "attendance-named-once",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "Each invitee is listed once",
    remedy: "Keep one of the two rows, or tell the two people apart by name.",
    term: |procedure| procedure.attendance.recorded.get(),
    check: named_once,
};

fn named_once(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting) in case.record.meetings.rows() {
        let mut first: BTreeMap<String, Row<Invitee>> = BTreeMap::new();
        for (i, invitee) in meeting.invitees.rows().filter(|(_, invitee)| !person(invitee).is_nobody()) {
            let (key, name) = (person(invitee).key, person(invitee).folded());
            let names = [(!key.is_empty()).then(|| format!("key {key}")), (!name.is_empty()).then_some(name)];
            let before = names.iter().flatten().find_map(|known| first.get(known)).filter(|(_, other)| {
                let births = (invitee.date_of_birth.get(), other.date_of_birth.get());
                person(other).is(person(invitee)) && !matches!(births, (Some(one), Some(two)) if one != two)
            });
            if let Some((other, _)) = before {
                let message = format!(
                    "Invitee {} of meeting {} is the same person as invitee {}",
                    i + 1,
                    m + 1,
                    other + 1
                );
                found.at(field!(meetings[m].invitees[i].name), message);
            }
            for known in names.into_iter().flatten() {
                first.entry(known).or_insert((i, invitee));
            }
        }
    }
}
