//! How parents and carers are invited to the meetings, prepared for them, take part in them, and are heard.

use crate::case::{Case, Row};
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::procedure::{Asked, MetBy, Occasion};
use crate::record::{Invitee, Meeting, Place, Visit};
use crate::rule::{Check, Rule};
use crate::sitting::{
    Gone, Seats, Sitting, ask_who_came, earlier, held, is_accounted_for, is_invited, is_parent, is_visited,
    over_at, sittings, to_be_met_for,
};

pub(super) const CHECKS: &[&dyn Check] = &[
    &ATTENDANCE_PARENTS_INVITED,
    &ATTENDANCE_PARENTS_ATTEND,
    &ATTENDANCE_PARENTS_MET,
    &ATTENDANCE_PARENTS_VIEWS,
    &ATTENDANCE_PARENTS_AT_OTHER_MEETINGS,
    &ATTENDANCE_PARENTS_INFORMED,
];

// ---- meetings of the plan ----

const ATTENDANCE_PARENTS_INVITED: Rule<Occasion> = Rule {
    id: "attendance-parents-invited",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Parents and carers are invited, and the reason is recorded for each who is not",
    remedy: "Enter the day on which they were invited, or the reason they were not.",
    term: |procedure| procedure.attendance.parents_invited.get(),
    check: parents_invited,
};

fn parents_invited(occasion: &Occasion, case: &Case, found: &mut Found) {
    for sitting in sittings(case).into_iter().filter(|sitting| case.is_at(*occasion, sitting.m)) {
        let (m, number) = (sitting.m, sitting.number());
        if sitting.early && sitting.meeting.held_on.is_blank() {
            continue;
        } else if sitting.early {
            found
                .at(field!(meetings[m].invitees), format!("Nobody has been invited to meeting {number} yet"))
                .at_most(Severity::Advice)
                .remedy("Invite the parents or carers, and whoever else is to come.");
            continue;
        }
        let parents = || sitting.meeting.invitees.rows().filter(|(_, invitee)| is_parent(invitee));
        for (i, _) in parents().filter(|(_, invitee)| !is_accounted_for(invitee)) {
            let message = format!(
                "Date invited is missing for invitee {} of meeting {number}, a parent or carer",
                i + 1
            );
            found.at(field!(meetings[m].invitees[i].invited_on), message);
        }
        let mut roles = sitting.meeting.invitees.rows().map(|(_, invitee)| &invitee.role);
        if parents().next().is_none() {
            // A role that cannot be read, such as "mum", is told by another rule.
            if roles.clone().any(|role| !role.is_blank() && role.get().is_none()) {
                continue;
            }
            let unclear = roles.any(|role| role.is_blank());
            found
                .at(
                    field!(meetings[m].invitees),
                    format!("No parent or carer is among the invitees of meeting {number}"),
                )
                .at_most(if unclear { Severity::Warning } else { Severity::Error })
                .remedy(
                    "Invite at least one parent or carer, and add those who are left out with the reason.",
                );
            continue;
        }
        if parents().all(|(_, invitee)| !is_invited(invitee) && is_accounted_for(invitee)) {
            found
                .at(
                    field!(meetings[m].invitees),
                    format!(
                        "No parent or carer is invited to meeting {number}: each is left out with a reason"
                    ),
                )
                .at_most(Severity::Warning)
                .remedy("Invite at least one parent or carer, such as the one with whom the child lives.");
        }
        let seats = Seats::of(sitting.meeting);
        let gone = Gone::by(case, &sitting);
        for parent in earlier(case, &sitting, |_, invitee| is_parent(invitee) && is_invited(invitee)) {
            if seats.find(parent).is_none() && !case.is_excluded(parent) && !gone.has(parent) {
                found
                    .at(
                        field!(meetings[m].invitees),
                        format!("{} is not among the invitees of meeting {number}", parent.name),
                    )
                    .at_most(Severity::Warning)
                    .remedy("Invite this parent or carer, or add them with the reason they are not invited.");
            }
        }
    }
}

const ATTENDANCE_PARENTS_ATTEND: Rule<Occasion> = Rule {
    id: "attendance-parents-attend",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Parents and carers who are invited come to the meeting, or the reason is recorded",
    remedy: "Enter why they were not there.",
    term: |procedure| procedure.attendance.parents_attend.get(),
    check: parents_attend,
};

fn parents_attend(occasion: &Occasion, case: &Case, found: &mut Found) {
    let Some(sitting) = over_at(*occasion, case) else { return };
    let rows: Vec<Row<Invitee>> = involved_parents(&sitting).collect();
    ask_who_came(&sitting, &rows, ("a parent or carer", "parents and carers"), found);
}

const ATTENDANCE_PARENTS_MET: Rule<MetBy> = Rule {
    id: "attendance-parents-met",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The social worker meets parents and carers in time before the meeting",
    remedy: "Meet them to explain what the meeting is for, and enter the day.",
    term: |procedure| procedure.attendance.parents_met_by.get(),
    check: parents_met,
};

/// Before a meeting is arranged, a visit to the home will do.
fn parents_met(by: &MetBy, case: &Case, found: &mut Found) {
    let Some((sitting, limit)) = to_be_met_for(*by, case) else { return };
    let (m, number) = (sitting.m, sitting.number());
    let at_home = |visit: &Visit| matches!(visit.place.get(), Some(Place::Home) | None);
    if *by == MetBy::Invitations && is_visited(case, &sitting, at_home) {
        return;
    }
    for (i, invitee) in involved_parents(&sitting) {
        let field = field!(meetings[m].invitees[i].met_on);
        let label = "Date they were met before the meeting";
        if invitee.met_on.is_blank() {
            found.at(field, format!("{label} is missing for invitee {} of meeting {number}", i + 1));
        } else if limit.is_some_and(|limit| invitee.met_on.get().is_some_and(|met_on| met_on > limit)) {
            let message = format!("{label} is after {} for invitee {}", by.in_words(number), i + 1);
            found
                .at(field, message)
                .remedy("Enter the earlier day on which they were met, if there was one.");
        }
    }
}

const ATTENDANCE_PARENTS_VIEWS: Rule<Asked> = Rule {
    id: "attendance-parents-views",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The views of parents and carers on the plan are recorded",
    remedy: "Ask them what they think of the plan, and enter it in their words.",
    term: |procedure| procedure.attendance.parents_views.get(),
    check: parents_views,
};

fn parents_views(_: &Asked, case: &Case, found: &mut Found) {
    let Some(sitting) = held(case) else { return };
    let m = sitting.m;
    for (i, invitee) in involved_parents(&sitting) {
        if invitee.views.is_blank() {
            let message =
                format!("Views are missing for invitee {} of meeting {}, a parent or carer", i + 1, m + 1);
            found.at(field!(meetings[m].invitees[i].views), message);
        }
    }
}

/// The parents and carers who were invited to a meeting, and whom nothing kept from being involved.
fn involved_parents<'a>(sitting: &Sitting<'a>) -> impl Iterator<Item = Row<'a, Invitee>> + use<'a> {
    sitting.meeting.invitees.rows().filter(|(_, invitee)| {
        is_parent(invitee) && is_invited(invitee) && invitee.reason_not_involved.is_blank()
    })
}

// ---- meetings beside the plan ----

const ATTENDANCE_PARENTS_AT_OTHER_MEETINGS: Rule<Asked> = Rule {
    id: "attendance-parents-at-other-meetings",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Parents take part in meetings of professionals too, or the reason is recorded",
    remedy: "Enter the reason for meeting without the parents, or invite them.",
    term: |procedure| procedure.attendance.parents_at_other_meetings.get(),
    check: parents_at_other_meetings,
};

fn parents_at_other_meetings(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting) in case.current_meetings_of_professionals() {
        if meeting.reason.is_blank() && leaves_parents_out(meeting) {
            let message = format!(
                "Reason for the meeting is missing for meeting {}, to which no parent or carer is invited",
                m + 1
            );
            found.at(field!(meetings[m].reason), message);
        }
    }
}

/// Whether no parent or carer is invited, and it does not say why of each.
fn leaves_parents_out(meeting: &Meeting) -> bool {
    let parents = || meeting.invitees.rows().map(|(_, invitee)| invitee).filter(|invitee| is_parent(invitee));
    let each_settled = parents().next().is_some() && parents().all(is_accounted_for);
    !each_settled && !parents().any(is_invited)
}

const ATTENDANCE_PARENTS_INFORMED: Rule<Asked> = Rule {
    id: "attendance-parents-informed",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Parents are kept informed of a meeting of professionals",
    remedy: "Tell the parents of the meeting, and enter the day.",
    term: |procedure| procedure.attendance.parents_informed.get(),
    check: parents_informed,
};

fn parents_informed(_: &Asked, case: &Case, found: &mut Found) {
    for (m, meeting) in case.current_meetings_of_professionals() {
        let held = meeting.held_on.get().is_some_and(|day| day <= case.today);
        let mut parents = meeting.invitees.rows().filter(|(_, invitee)| is_parent(invitee));
        if held && meeting.parents_informed_on.is_blank() && !parents.any(|(_, invitee)| is_invited(invitee))
        {
            let message = format!("Date parents were told of the meeting is missing for meeting {}", m + 1);
            found.at(field!(meetings[m].parents_informed_on), message);
        }
    }
}
