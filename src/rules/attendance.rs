//! How a meeting is called together, and what the list of its invitees holds.

use std::borrow::Cow;

use rustc_hash::FxHashMap as HashMap;

use crate::case::{Case, Row};
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::office::Office;
use crate::people::{Person, Same};
use crate::procedure::{Asked, Occasion};
use crate::record::{Invitee, InviteeRole, Meeting, PlanPart, TakingPart};
use crate::rule::{Check, Rule};
use crate::sitting::{
    Seats, is_accounted_for, is_heard, is_invited, is_parent, over_at, person, prepared, prepared_at, worker,
};

pub(super) const CHECKS: &[&dyn Check] = &[
    &ATTENDANCE_CONVENED,
    &ATTENDANCE_VENUE_BOOKED,
    &ATTENDANCE_BARRIERS,
    &ATTENDANCE_PLAN_KEPT_FROM,
    &ATTENDANCE_HEARD_AT_REVIEW,
    &ATTENDANCE_INVITED_IN_TIME,
    &ATTENDANCE_INVITED_OR_NOT,
    &ATTENDANCE_CAME_OR_NOT,
    &ATTENDANCE_NAMED_ONCE,
];

// ---- calling the meeting ----

const ATTENDANCE_CONVENED: Rule<Occasion> = Rule {
    id: "attendance-convened",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The social worker calls the meeting",
    remedy: "Have the social worker call the meeting, or correct who convened it.",
    term: |procedure| procedure.attendance.convened_by_social_worker.get(),
    check: convened,
};

/// A case without a social worker is another matter. The social worker of the day may have been somebody else: any who
/// is on the list will do.
fn convened(occasion: &Occasion, case: &Case, found: &mut Found) {
    if case.record.case.unallocated.is(true) {
        return;
    }
    for sitting in prepared_at(*occasion, case) {
        let (m, number, meeting) = (sitting.m, sitting.number(), sitting.meeting);
        let by = Person::called(&meeting.convened_by);
        if meeting.convened_by.is_blank() {
            found
                .at(
                    field!(meetings[m].convened_by),
                    format!("Who convened the meeting is not recorded for meeting {number}"),
                )
                .at_most(Severity::Warning)
                .remedy("Enter who convened the meeting.");
            continue;
        }
        let office = Office::recognise(by.name);
        let is_worker = office.map(Office::is_social_worker) == Some(true)
            || office == Some(Office::StudentSocialWorker)
            || worker(case).compare(by) != Same::No
            || meeting.invitees.rows().any(|(_, invitee)| {
                invitee.role.is(InviteeRole::SocialWorker) && person(invitee).compare(by) != Same::No
            });
        // Without a social worker on record a name says nothing.
        if !is_worker && !by.is_nobody() && !worker(case).is_nobody() {
            let message = format!("Meeting {number} is not convened by the social worker who holds the case");
            found.at(field!(meetings[m].convened_by), message);
        }
    }
}

const ATTENDANCE_VENUE_BOOKED: Rule<Asked> = Rule {
    id: "attendance-venue-booked",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "A meeting has a venue",
    remedy: "Enter where the meeting takes place.",
    term: |procedure| procedure.attendance.venue_booked.get(),
    check: venue_booked,
};

fn venue_booked(_: &Asked, case: &Case, found: &mut Found) {
    for sitting in prepared(case).filter(|sitting| sitting.meeting.venue.is_blank()) {
        let m = sitting.m;
        found.at(field!(meetings[m].venue), format!("Venue is missing for meeting {}", sitting.number()));
    }
}

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
                    format!("Barrier {} of meeting {} does not say what was done about it", i + 1, m + 1);
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

// ---- those who are not invited ----

const ATTENDANCE_HEARD_AT_REVIEW: Rule<Asked> = Rule {
    id: "attendance-heard-at-review",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "Whoever is not invited to a review is asked for their views",
    remedy: "Ask for their views on the plan, and enter them.",
    term: |procedure| procedure.attendance.heard_at_review.get(),
    check: heard_at_review,
};

/// Who stands on the list without an invitation and without a reason is asked about by other rules. Nobody is sent to
/// somebody from whom the plan is kept, or who does not want to be involved.
fn heard_at_review(_: &Asked, case: &Case, found: &mut Found) {
    let Some(sitting) = over_at(Occasion::Reviews, case) else { return };
    let (m, number) = (sitting.m, sitting.number());
    for (i, invitee) in sitting.meeting.invitees.rows() {
        let has_a_say = is_parent(invitee) || invitee.role.is(InviteeRole::Professional);
        if has_a_say
            && !is_invited(invitee)
            && !invitee.reason_not_invited.is_blank()
            && invitee.reason_not_involved.is_blank()
            && !is_heard(invitee)
            && !case.is_excluded(person(invitee))
        {
            let message =
                format!("Views are missing for invitee {} of meeting {number}, who was not invited", i + 1);
            found.at(field!(meetings[m].invitees[i].views), message);
        }
    }
    let seats = Seats::of(sitting.meeting);
    for (c, child) in case.record.children.rows().filter(|(_, child)| !case.is_unborn(child, sitting.day)) {
        let seat = seats.find(Person::new(&child.person, &child.name)).map(|(_, invitee)| invitee);
        let away = match seat {
            Some(invitee) => !is_invited(invitee) && is_accounted_for(invitee),
            None => !child.participation.reason_not_attending.is_blank(),
        };
        let heard = !child.views.text.is_blank() || seat.is_some_and(is_heard);
        let declines = child.participation.form.is(TakingPart::None)
            || !child.participation.reason_not_involved.is_blank()
            || seat.is_some_and(|invitee| !invitee.reason_not_involved.is_blank());
        if away && !heard && !declines {
            let message = format!(
                "Child's views, wishes and feelings are missing for child {}, who was not invited to meeting {number}",
                c + 1
            );
            found.at(field!(children[c].views.text), message);
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
                format!("Date invited for invitee {} of meeting {} is after the meeting", i + 1, m + 1);
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
                "Invitee {} of meeting {} has a date invited, and also a reason not invited",
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
            let message = format!(
                "Invitee {which} is recorded as having attended meeting {number}, which is in the future"
            );
            found.at(field!(meetings[m].invitees[i].attended), message);
        }
        if !invitee.reason_absent.is_blank() {
            let message = format!("Invitee {which} attended meeting {number}, and also has a reason absent");
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
        let mut first: HashMap<Cow<str>, Row<Invitee>> = HashMap::default();
        for (i, invitee) in meeting.invitees.rows().filter(|(_, invitee)| !person(invitee).is_nobody()) {
            let (key, name) = (person(invitee).key, person(invitee).folded());
            let names =
                [(!key.is_empty()).then(|| format!("key {key}").into()), (!name.is_empty()).then_some(name)];
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
