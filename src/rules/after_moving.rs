//! After the move: the visit to the new home, the meeting there, the answer of the other authority, and the closing.

use crate::case::Case;
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::moving::{
    closing, is_closing, is_kept_back, is_referred, is_settled, is_unreadable, is_without_permission,
    leaving, left, meeting_since_move, new_home_visited_on,
};
use crate::office::Office;
use crate::part::Part;
use crate::people::{Person, first_upper, in_a_row};
use crate::procedure::{Asked, Limit};
use crate::record::{Consulted, Dispute, Transfer};
use crate::rule::{Check, Clock, Deadline, Rule, SOON};

pub(super) const CHECKS: &[&dyn Check] = &[
    &MOVING_HOME_VISIT,
    &MOVING_HOME_VISIT_WITHOUT_PERMISSION,
    &MOVING_JOINT_VISIT,
    &MOVING_MEETING,
    &MOVING_MEETING_DAY,
    &MOVING_MEETING_CONSULTED,
    &MOVING_SAFEGUARDING,
    &MOVING_ANSWER,
    &MOVING_DISPUTE,
    &MOVING_DISPUTE_DECIDED,
    &MOVING_DECISIONS,
    &MOVING_CLOSED,
    &MOVING_CLOSED_WITHOUT_REFERRAL,
    &MOVING_CLOSED_AFTER_MEETING,
];

// ---- visits after the move ----

const MOVING_HOME_VISIT: Rule<Asked> = Rule {
    id: "moving-home-visit",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The social worker visits the family in the new home",
    remedy: "Visit the family in the new home, and record the visit.",
    term: |procedure| procedure.moving.home_visit.get(),
    check: |_, case, found| {
        if left(case).is_some_and(is_referred) {
            moving_home_visit(case, found);
        }
    },
};

const MOVING_HOME_VISIT_WITHOUT_PERMISSION: Rule<Asked> = Rule {
    id: "moving-home-visit-without-permission",
    severity: Severity::Advice,
    stage: Stage::Meeting,
    title: "Without permission too, it is best practice to visit the family in the new home",
    remedy: "Visit the family in the new home and record the visit, or add a recorded reason.",
    term: |procedure| procedure.moving.home_visit_without_permission.get(),
    check: |_, case, found| {
        if left(case).is_some_and(is_without_permission) {
            moving_home_visit(case, found);
        }
    },
};

/// There is no time for it: before the case closes it is no more than a reminder.
fn moving_home_visit(case: &Case, found: &mut Found) {
    let transfer = &case.record.transfer;
    let closing = is_closing(case);
    if new_home_visited_on(transfer, case).is_none() && (closing || is_settled(transfer, case)) {
        let told = found.at(field!(visits), "There is no visit to the new home since the move");
        if !closing {
            told.at_most(Severity::Advice);
        }
    }
}

const MOVING_JOINT_VISIT: Rule<Asked> = Rule {
    id: "moving-joint-visit",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The family's new social worker is invited to a joint visit",
    remedy: "Invite the new social worker to a joint visit, or record why nobody could be invited.",
    term: |procedure| procedure.moving.joint_visit.get(),
    check: moving_joint_visit,
};

/// While the case is open there may be no new social worker yet, so it stands in nobody's way before the closing.
fn moving_joint_visit(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = left(case).filter(|transfer| is_referred(transfer)) else { return };
    let visit = &transfer.joint_visit;
    let closing = is_closing(case);
    let invited = !(visit.invited_on.is_blank() && visit.invited.is_blank() && visit.held_on.is_blank());
    if !invited && visit.reason_not_invited.is_blank() && (closing || is_settled(transfer, case)) {
        let told =
            found.at(field!(transfer.joint_visit.invited_on), "Date invited to a joint visit is missing");
        if !closing {
            told.at_most(Severity::Warning);
        }
    }
}

// ---- the meeting after the move ----

const MOVING_MEETING: Deadline = Deadline {
    id: "moving-meeting",
    stage: Stage::Meeting,
    title: "Arranging the meeting after the move",
    remedy: "Arrange the meeting with the new social worker, the professionals there and the family, and enter the day.",
    term: |procedure| procedure.moving.meeting_arranged_within.get(),
    clocks: |case| {
        let Some(transfer) = left(case).filter(|transfer| is_referred(transfer)) else { return Vec::new() };
        let arranged_on = &transfer.meeting_arranged_on;
        let (Some(from), false) = (transfer.moved_on.get(), is_unreadable(arranged_on)) else {
            return Vec::new();
        };
        // A meeting that was held had been arranged.
        let held = || meeting_since_move(transfer, case).and_then(|(_, meeting)| meeting.held_on.get());
        let done = arranged_on.get().or_else(held);
        vec![Clock::new(from, "the move", done, field!(transfer.meeting_arranged_on))]
    },
};

const MOVING_MEETING_DAY: Rule<Limit> = Rule {
    id: "moving-meeting-day",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The meeting that was arranged takes place in the same time",
    remedy: "Bring the day forward, or check the days.",
    term: |procedure| procedure.moving.meeting_arranged_within.get(),
    check: moving_meeting_day,
};

/// Arranged is not held: the day of the meeting is looked at apart.
fn moving_meeting_day(limit: &Limit, case: &Case, found: &mut Found) {
    let Some(transfer) = left(case).filter(|transfer| is_referred(transfer)) else { return };
    let Some((from, arranged_on)) = transfer.moved_on.get().zip(transfer.meeting_arranged_on.get()) else {
        return;
    };
    let (last, period) = limit.after(from, case.calendar);
    if let Some((i, meeting)) = meeting_since_move(transfer, case)
        && let Some(held_on) = meeting.held_on.get()
        && arranged_on <= last
        && held_on > last
    {
        let message = format!(
            "Date of meeting is {} for meeting {}, the first since the move, and {period} after the move are over on {}",
            held_on.long(),
            i + 1,
            last.long()
        );
        found.at(field!(meetings[i].held_on), message);
    }
}

const MOVING_MEETING_CONSULTED: Rule<Asked> = Rule {
    id: "moving-meeting-consulted",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The new social worker, the professionals there and the family are consulted about the meeting",
    remedy: "Consult them about the meeting, and tick who was consulted.",
    term: |procedure| procedure.moving.meeting_consulted.get(),
    check: moving_meeting_consulted,
};

fn moving_meeting_consulted(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = leaving(case).filter(|transfer| is_referred(transfer)) else { return };
    if transfer.meeting_arranged_on.get().is_none_or(|day| day > case.today) {
        return;
    }
    let field = field!(transfer.meeting_consulted);
    if !transfer.meeting_consulted.answered() {
        found.at(field, "Who was consulted about the meeting after the move is missing");
        return;
    }
    let consulted: Vec<_> = transfer.meeting_consulted.ticked().collect();
    let lacking: Vec<_> = [
        (Consulted::SocialWorker, "the new social worker"),
        (Consulted::Professionals, "the professionals there"),
        (Consulted::Family, "the family"),
    ]
    .into_iter()
    .filter(|(one, _)| !consulted.contains(one))
    .map(|(_, who)| who)
    .collect();
    if !lacking.is_empty() {
        let verb = if lacking == ["the new social worker"] { "was" } else { "were" };
        let message = format!(
            "{} {verb} not consulted about the meeting after the move",
            first_upper(&in_a_row(&lacking))
        );
        found.at(field, message);
    }
}

// ---- without permission ----

const MOVING_SAFEGUARDING: Rule<Asked> = Rule {
    id: "moving-safeguarding",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Without permission, it is decided and recorded whether a safeguarding referral is needed",
    remedy: "Decide it by how the family's circumstances have changed, and record who decided, when and why.",
    term: |procedure| procedure.moving.safeguarding_decided.get(),
    check: moving_safeguarding,
};

/// By when is not said: a week of work after the move leaves time to see the family in the new home.
fn moving_safeguarding(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = left(case).filter(|transfer| is_without_permission(transfer)) else { return };
    let referral = &transfer.safeguarding_referral;
    if referral.needed.is_blank() && (is_closing(case) || is_settled(transfer, case)) {
        let message = "Safeguarding referral needed is not answered, and there is no permission";
        found.at(field!(transfer.safeguarding_referral.needed), message);
    }
    let Some(needed) = referral.needed.get() else { return };
    if referral.reason.is_blank() {
        let message = "Reason for the decision on a safeguarding referral is missing";
        found.at(field!(transfer.safeguarding_referral.reason), message);
    }
    if Person::called(&referral.decided_by).is_nobody() {
        let message = "Who decided on a safeguarding referral is missing";
        found.at(field!(transfer.safeguarding_referral.decided_by), message);
    }
    if referral.decided_on.is_blank() {
        let message = "Date decided on a safeguarding referral is missing";
        found.at(field!(transfer.safeguarding_referral.decided_on), message);
    }
    if needed && referral.made_on.is_blank() {
        found
            .at(
                field!(transfer.safeguarding_referral.made_on),
                "Date of the safeguarding referral is missing",
            )
            .remedy("Make the safeguarding referral, and enter the day.");
    }
}

// ---- the answer of the other authority, and disputes ----

const MOVING_ANSWER: Deadline = Deadline {
    id: "moving-answer",
    stage: Stage::Meeting,
    title: "Answer of the other authority",
    remedy: "Enter the answer, or record the delay and take it to the senior manager.",
    term: |procedure| procedure.moving.answered_within.get(),
    clocks: |case| {
        let Some(transfer) = left(case).filter(|transfer| !is_kept_back(transfer)) else { return Vec::new() };
        let (accepted, declined) = (&transfer.accepted_on, &transfer.declined_on);
        let answer_readable = !is_unreadable(accepted) && !is_unreadable(declined);
        let (Some(from), true) = (transfer.moved_on.get(), answer_readable && !is_disputed(transfer)) else {
            return Vec::new();
        };
        let done = accepted.get().into_iter().chain(declined.get()).min();
        vec![Clock {
            at_most: Severity::Warning,
            ..Clock::new(from, "the move", done, field!(transfer.accepted_on))
        }]
    },
};

fn is_disputed(transfer: &Transfer) -> bool {
    !transfer.dispute.is_empty()
}

const MOVING_DISPUTE: Rule<Vec<Office>> = Rule {
    id: "moving-dispute",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "A dispute with the other authority, or a delay, is taken to a senior manager",
    remedy: "Have the team manager take it to the senior manager, and enter with whom and on which day.",
    term: |procedure| procedure.moving.dispute_taken_to.get(),
    check: |offices, case, found| moving_dispute(offices, case, found),
};

fn moving_dispute(offices: &[Office], case: &Case, found: &mut Found) {
    let Some(Dispute { discussed_on, discussed_with, kind, .. }) = dispute(case) else { return };
    if kind.is_blank() {
        found
            .at(field!(transfer.dispute.kind), "Kind of dispute or delay is missing")
            .at_most(Severity::Advice)
            .remedy("Choose the kind.");
    }
    if discussed_on.is_blank() {
        let message = "Date the dispute or delay was taken to a senior manager is missing";
        found.at(field!(transfer.dispute.discussed_on), message);
    } else if Person::new(&discussed_with.person, &discussed_with.name).is_nobody()
        && discussed_with.role.is_blank()
    {
        let message = "The senior manager to whom the dispute or delay was taken is missing";
        found.at(field!(transfer.dispute.discussed_with.name), message);
    }
    if is_other_office(offices, discussed_with.role.text()) {
        let message =
            format!("The dispute or delay was taken to somebody who is not {}", Office::one_of(offices));
        found.at(field!(transfer.dispute.discussed_with.role), message);
    }
}

/// A dispute or delay, whichever way the family moves.
fn dispute<'a>(case: &Case<'a>) -> Option<&'a Dispute> {
    let transfer = &case.record.transfer;
    (is_disputed(transfer) && !case.is_child_protection()).then_some(&transfer.dispute)
}

/// Whether a role names an office that is neither one of these nor above all of them. A title that nobody here knows
/// may be one of them under another name.
fn is_other_office(offices: &[Office], role: &str) -> bool {
    Office::recognise(role).is_some_and(|office| {
        let above = office.is_manager() && offices.iter().all(|named| *named < office);
        !offices.contains(&office) && !above && office != Office::LineManager
    })
}

const MOVING_DISPUTE_DECIDED: Rule<Vec<Office>> = Rule {
    id: "moving-dispute-decided",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The senior manager decides what happens next in a dispute or delay",
    remedy: "Enter what was decided, by whom and on which day.",
    term: |procedure| procedure.moving.dispute_decided_by.get(),
    check: |offices, case, found| moving_dispute_decided(offices, case, found),
};

fn moving_dispute_decided(offices: &[Office], case: &Case, found: &mut Found) {
    let Some(Dispute { discussed_on, decision, decided_by, .. }) = dispute(case) else { return };
    let waiting = |day: Day| case.calendar.add_working_days(day, SOON) >= case.today;
    if decision.is_blank() && discussed_on.get().is_some_and(|day| !waiting(day)) {
        found.at(field!(transfer.dispute.decision), "Decision on the dispute or delay is missing");
    }
    if is_other_office(offices, decided_by.role.text()) {
        let message = format!("Who decided on the dispute or delay is not {}", Office::one_of(offices));
        found.at(field!(transfer.dispute.decided_by.role), message);
    }
}

const MOVING_DECISIONS: Rule<Asked> = Rule {
    id: "moving-decisions",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "Each decision of a manager about the move has its reason, above all where a service is not to be had",
    remedy: "Record why it was decided, by whom and when.",
    term: |procedure| procedure.moving.decisions_reasoned.get(),
    check: moving_decisions,
};

fn moving_decisions(_: &Asked, case: &Case, found: &mut Found) {
    for (i, decision) in case.record.transfer.decisions.rows().filter(|_| !case.is_child_protection()) {
        let number = i + 1;
        if decision.reason.is_blank() {
            let message = format!("Reason for the management decision is missing for decision {number}");
            found.at(field!(transfer.decisions[i].reason), message);
        }
        if Person::called(&decision.by).is_nobody() {
            let message = format!("Who decided is missing for decision {number}");
            found.at(field!(transfer.decisions[i].by), message);
        } else if decision.on.is_blank() {
            let message = format!("Date decided is missing for decision {number}");
            found.at(field!(transfer.decisions[i].on), message).at_most(Severity::Advice);
        }
    }
}

// ---- closing ----

const MOVING_CLOSED: Rule<Asked> = Rule {
    id: "moving-closed",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The case stays open until the other authority takes it on, or declines in writing",
    remedy: "Keep the case open until the other authority takes it on, or declines in writing.",
    term: |procedure| procedure.moving.open_until_answered.get(),
    check: moving_closed,
};

fn moving_closed(_: &Asked, case: &Case, found: &mut Found) {
    let Some((transfer, on)) = closing(case) else { return };
    let (accepted, declined) = (&transfer.accepted_on, &transfer.declined_on);
    if is_unreadable(accepted) || is_unreadable(declined) {
        return;
    }
    let by_then = |day: Option<Day>| day.is_some_and(|day| day <= on);
    let is_declined = by_then(declined.get());
    if by_then(accepted.get()) || (is_declined && !transfer.declined_in_writing.is(false)) {
        return;
    }
    let seen = if is_declined {
        "the other authority has not declined in writing"
    } else {
        "the other authority has neither accepted responsibility nor declined in writing"
    };
    if case.is_closed() {
        let when = if accepted.get().or(declined.get()).is_some() && !is_declined { "by then " } else { "" };
        let message = format!("The case is closed, and {when}{seen}");
        found.at(field!(closure.closed_on), message);
    } else {
        found.at(field!(transfer.accepted_on), first_upper(seen));
    }
}

const MOVING_CLOSED_WITHOUT_REFERRAL: Rule<Asked> = Rule {
    id: "moving-closed-without-referral",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Without permission and need of a safeguarding referral, the case closes once that is decided",
    remedy: "Close the case.",
    term: |procedure| procedure.moving.closed_without_referral.get(),
    check: moving_closed_without_referral,
};

/// The decision comes first. By when the case closes is not said, so an open one is no more than a reminder.
fn moving_closed_without_referral(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = left(case).filter(|transfer| is_without_permission(transfer)) else { return };
    let referral = &transfer.safeguarding_referral;
    let closed_on = case.record.closure.closed_on.get().filter(|_| case.is_closed());
    match (closed_on, referral.decided_on.get()) {
        (Some(closed_on), Some(decided_on)) if closed_on < decided_on => {
            let message = "Date closed is before the day of the decision on a safeguarding referral";
            found.at(field!(closure.closed_on), message).remedy("Check both days.");
        }
        (None, Some(decided_on))
            if referral.needed.is(false) && case.calendar.add_working_days(decided_on, SOON) < case.today =>
        {
            let message = "The case is open, and no safeguarding referral is needed";
            found.at(field!(closure.closed_on), message).at_most(Severity::Advice);
        }
        _ => {}
    }
}

const MOVING_CLOSED_AFTER_MEETING: Rule<Asked> = Rule {
    id: "moving-closed-after-meeting",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "With permission, the case closes after the visit to the new home and the meeting after the move",
    remedy: "Keep the case open until both have taken place.",
    term: |procedure| procedure.moving.closed_after_meeting.get(),
    check: moving_closed_after_meeting,
};

/// A visit that is missing is told by a rule of its own; here it has come too late. A joint visit of its own counts too.
fn moving_closed_after_meeting(_: &Asked, case: &Case, found: &mut Found) {
    let Some((transfer, on)) = closing(case).filter(|(transfer, _)| is_referred(transfer)) else { return };
    // Without the day of the move nobody can tell which meetings were held since.
    if transfer.moved_on.get().is_none() && !case.held_meetings().is_empty() {
        return;
    }
    let held_on = meeting_since_move(transfer, case).and_then(|(_, meeting)| meeting.held_on.get());
    if !case.is_closed() {
        if held_on.is_none_or(|day| day > on) {
            found
                .at(field!(meetings), "No meeting has been held since the move")
                .remedy("Hold the meeting before the case closes.");
        }
        return;
    }
    let visits = [new_home_visited_on(transfer, case), transfer.joint_visit.held_on.get()];
    let what = match (held_on.is_none_or(|day| day > on), visits.into_iter().flatten().any(|day| day > on)) {
        (true, _) => "no meeting had been held since the move",
        (false, true) => "the visit after the move was made later",
        (false, false) => return,
    };
    found.at(field!(closure.closed_on), format!("The case is closed, and {what}"));
}
