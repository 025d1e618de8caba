//! What a review settles: the decision and what follows from it, and what is looked at.

use crate::case::Case;
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::people::{Person, Same};
use crate::procedure::Asked;
use crate::record::{Decision, MeetingKind, Progress};
use crate::rule::{Check, Clock, Deadline, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &REVIEW_DECISION,
    &REVIEW_DECISION_KNOWN,
    &REVIEW_DECISION_REASON,
    &REVIEW_DECISION_DAY,
    &REVIEW_DECISION_RECORDED,
    &REVIEW_RECORDED_BY,
    &REVIEW_NEXT_SET,
    &REVIEW_LEVEL_FOLLOWED,
    &REVIEW_STRATEGY_DISCUSSION,
    &REVIEW_FAMILY_NETWORK,
    &REVIEW_FAMILY_GROUP_CONFERENCE,
    &REVIEW_PROGRESS,
    &REVIEW_OUTCOMES,
    &REVIEW_NEEDS,
    &REVIEW_ACTIONS_IN_TIME,
];

// ---- the decision ----

const REVIEW_DECISION: Rule<Vec<Decision>> = Rule {
    id: "review-decision",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A review makes a clear decision, which is recorded",
    remedy: "Choose what the meeting decided.",
    term: |procedure| procedure.reviews.decision.get(),
    check: |decisions, case, found| review_decision(decisions, case, found),
};

fn review_decision(decisions: &[Decision], case: &Case, found: &mut Found) {
    if let Some((i, meeting)) = case.latest_review()
        && meeting.decision.is_blank()
    {
        let message = format!("Decision is missing for meeting {}: {}", i + 1, choices(decisions));
        found.at(field!(meetings[i].decision), message);
    }
}

const REVIEW_DECISION_KNOWN: Rule<Vec<Decision>> = Rule {
    id: "review-decision-known",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "The decision of a review is one of those that the procedure gives",
    remedy: "Choose one of the decisions that the procedure gives.",
    term: |procedure| procedure.reviews.decision.get(),
    check: |decisions, case, found| review_decision_known(decisions, case, found),
};

fn review_decision_known(decisions: &[Decision], case: &Case, found: &mut Found) {
    if let Some((i, meeting)) = case.latest_review()
        && meeting.decision.get().is_some_and(|decision| !decisions.contains(&decision))
    {
        let message = format!("Decision of meeting {} is none of: {}", i + 1, choices(decisions));
        found.at(field!(meetings[i].decision), message);
    }
}

fn choices(decisions: &[Decision]) -> String {
    decisions.iter().map(|decision| decision.spelling().replace('-', " ")).collect::<Vec<_>>().join(", ")
}

const REVIEW_DECISION_REASON: Rule<Asked> = Rule {
    id: "review-decision-reason",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "The reason for the decision is recorded",
    remedy: "Record why the meeting decided this.",
    term: |procedure| procedure.reviews.decision_reason.get(),
    check: review_decision_reason,
};

fn review_decision_reason(_: &Asked, case: &Case, found: &mut Found) {
    if let Some((i, meeting)) = case.latest_review()
        && !meeting.decision.is_blank()
        && meeting.decision_reason.is_blank()
    {
        let message = format!("Reason for the decision is missing for meeting {}", i + 1);
        found.at(field!(meetings[i].decision_reason), message);
    }
}

const REVIEW_DECISION_DAY: Rule<Vec<Decision>> = Rule {
    id: "review-decision-day",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "A decision belongs to a meeting that was held while the case was open",
    remedy: "Check the decision, and the day of the meeting.",
    term: |procedure| procedure.reviews.decision.get(),
    check: |_, case, found| review_decision_day(case, found),
};

fn review_decision_day(case: &Case, found: &mut Found) {
    let closed_on = case.record.closure.closed_on.get().filter(|_| case.is_closed());
    for (i, meeting) in case.plan_meetings() {
        let Some((held_on, decision)) = meeting.held_on.get().zip(meeting.decision.get()) else { continue };
        let field = field!(meetings[i].decision);
        if held_on > case.today {
            found.at(field, format!("Decision is filled in for meeting {}, which lies ahead", i + 1));
        } else if decision == Decision::Continue && closed_on.is_some_and(|closed_on| held_on > closed_on) {
            let message =
                format!("Decision of meeting {} is to continue, and the case was closed before", i + 1);
            found.at(field, message);
        }
    }
}

const REVIEW_DECISION_RECORDED: Rule<Asked> = Rule {
    id: "review-decision-recorded",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "The decision is on the child's record, with the day",
    remedy: "Enter the day on which the decision went on the child's record.",
    term: |procedure| procedure.reviews.decision_recorded.get(),
    check: review_decision_recorded,
};

fn review_decision_recorded(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, meeting)) = case.latest_review().filter(|(_, meeting)| !meeting.decision.is_blank()) else {
        return;
    };
    let field = field!(meetings[i].decision_recorded_on);
    if meeting.decision_recorded_on.is_blank() {
        found.at(field, format!("Date the decision was recorded is missing for meeting {}", i + 1));
    } else if meeting.decision_recorded_on.get().is_some_and(|day| day > case.today) {
        found
            .at(field, format!("Date the decision was recorded is in the future for meeting {}", i + 1))
            .remedy("Check the day.");
    } else if meeting
        .decision_recorded_on
        .get()
        .zip(meeting.held_on.get())
        .is_some_and(|(day, held)| day < held)
    {
        found
            .at(field, format!("Date the decision was recorded is before the day of meeting {}", i + 1))
            .remedy("Check the day.");
    }
}

const REVIEW_RECORDED_BY: Rule<Asked> = Rule {
    id: "review-recorded-by",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "The lead professional records the review",
    remedy: "Ask the lead professional to record the review, and enter who did.",
    term: |procedure| procedure.reviews.recorded_by_lead_professional.get(),
    check: review_recorded_by,
};

fn review_recorded_by(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, meeting)) = case.latest_review() else { return };
    let lead = &case.record.plan.lead_professional;
    let lead = Person::new(&lead.person, &lead.name);
    let recorded_by = Person::called(&meeting.decision_recorded_by);
    let field = field!(meetings[i].decision_recorded_by);
    if recorded_by.is_nobody() {
        // One who recorded nothing yet is asked for the decision first.
        if !meeting.decision.is_blank() {
            found
                .at(field, format!("Who recorded the decision is missing for meeting {}", i + 1))
                .at_most(Severity::Warning);
        }
    } else if !lead.is_nobody() && recorded_by.compare(lead) == Same::No {
        found.at(
            field,
            format!("Who recorded the decision of meeting {} is not the lead professional", i + 1),
        );
    }
}

// ---- what follows from it ----

const REVIEW_NEXT_SET: Rule<Asked> = Rule {
    id: "review-next-set",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "Where the plan goes on, there is a day for the next meeting",
    remedy: "Set a day for the next meeting and enter it.",
    term: |procedure| procedure.reviews.next_meeting_set.get(),
    check: review_next_set,
};

fn review_next_set(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, meeting)) = case.latest_review().filter(|_| !case.is_closed()) else { return };
    let next_review_on = &case.record.plan.next_review_on;
    let on_plan = !next_review_on.is_blank()
        && next_review_on.get().zip(meeting.held_on.get()).is_none_or(|(next, held_on)| next > held_on);
    let ahead = case.upcoming_meeting().is_some_and(|(_, meeting)| !meeting.held_on.is_blank());
    if meeting.decision.is(Decision::Continue)
        && meeting.next_meeting_on.is_blank()
        && !on_plan
        && !ahead
        && !case.is_child_protection()
    {
        let message =
            format!("Date of next meeting is missing for meeting {}, which decided to continue", i + 1);
        found.at(field!(meetings[i].next_meeting_on), message);
    }
}

const REVIEW_LEVEL_FOLLOWED: Rule<Asked> = Rule {
    id: "review-level-followed",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "Where a review decides on another level of help, the plan moves to that level",
    remedy: "Move the plan to the level that was decided, and enter its kind.",
    term: |procedure| procedure.reviews.level_followed.get(),
    check: review_level_followed,
};

/// It may take some days: it is told once a meeting was held since and the plan is still of the old kind.
fn review_level_followed(_: &Asked, case: &Case, found: &mut Found) {
    let held = case.held_meetings();
    let [.., (i, before), _] = held.as_slice() else { return };
    let since = before.held_on.get();
    // A plan at the new level may stand in the same record.
    let started_anew = case.record.plan.started_on.get() >= since;
    let (level, followed) = match before.decision.get() {
        Some(Decision::StepDown) => {
            let early_help = &case.record.closure.early_help;
            let taken_over = !early_help.engaged_on.is_blank() || !early_help.plan_started_on.is_blank();
            ("down", case.is_early_help() || taken_over)
        }
        Some(Decision::StepUp) => {
            let facts = &case.record.case;
            let days = [&*facts.strategy_discussion_on, &*facts.conference_on];
            let conferences = case.record.conferences.rows().map(|(_, conference)| &*conference.held_on);
            let mut days = days.into_iter().chain(conferences);
            ("up", days.any(|day| !day.is_blank() && (day.get().is_none() || day.get() >= since)))
        }
        _ => return,
    };
    if !(followed || started_anew || case.is_closing() || case.is_child_protection()) {
        let message =
            format!("Kind of plan is the same since meeting {}, which decided to step {level}", i + 1);
        found.at(field!(plan.kind), message);
    }
}

const REVIEW_STRATEGY_DISCUSSION: Rule<Asked> = Rule {
    id: "review-strategy-discussion",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A strategy discussion follows where a review finds significant harm",
    remedy: "Ask for a strategy discussion now, and enter its day.",
    term: |procedure| procedure.reviews.strategy_discussion.get(),
    check: review_strategy_discussion,
};

/// One that was held since the meeting before is about the harm that this one found.
fn review_strategy_discussion(_: &Asked, case: &Case, found: &mut Found) {
    let held = case.held_meetings();
    let Some((i, meeting)) = held.last().filter(|_| !case.is_child_protection() && !case.is_closed()) else {
        return;
    };
    if !meeting.decision.is(Decision::Section47) {
        return;
    }
    let before = held.len().checked_sub(2).and_then(|before| held[before].1.held_on.get());
    // The discussion from which a first plan came is told by the assessment.
    let assessed_on = case.record.assessment.completed_on.get().filter(|_| held.len() == 1);
    let assessed_on = assessed_on.filter(|day| Some(*day) <= meeting.held_on.get());
    let discussed_on = &case.record.case.strategy_discussion_on;
    let field = field!(case.strategy_discussion_on);
    if discussed_on.is_blank() {
        found.at(
            field,
            format!("Date of strategy discussion is missing, and meeting {} decided on section 47", i + 1),
        );
    } else if discussed_on.get().is_some_and(|day| before.is_some_and(|before| day < before)) {
        let message = format!(
            "Date of strategy discussion is before the meeting that went before meeting {}, which decided on section 47",
            i + 1
        );
        found.at(field, message);
    } else if discussed_on.get().is_some_and(|day| assessed_on.is_some_and(|assessed_on| day < assessed_on)) {
        let message = format!(
            "Date of strategy discussion is before the assessment was completed, and meeting {} decided on section 47 after it",
            i + 1
        );
        found.at(field, message);
    }
}

// ---- meetings of the family ----

const REVIEW_FAMILY_NETWORK: Rule<Asked> = Rule {
    id: "review-family-network",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A family network meeting that was agreed takes place before the next meeting",
    remedy: "Organise the family network meeting and enter its day, or record why it was not used.",
    term: |procedure| procedure.reviews.family_network_meeting.get(),
    check: review_family_network,
};

/// It has no time of its own: by the meeting after the one that agreed it there is to be a day.
fn review_family_network(_: &Asked, case: &Case, found: &mut Found) {
    let family = &case.record.case.family_network_meeting;
    let Some(agreed_on) = family.agreed_on.get() else { return };
    let in_list = case.record.meetings.rows().any(|(_, meeting)| {
        meeting.kind.is(MeetingKind::FamilyNetwork)
            && meeting.held_on.get().is_none_or(|held_on| held_on >= agreed_on)
    });
    let met_since =
        case.held_meetings().last().is_some_and(|(_, meeting)| meeting.held_on.get() > Some(agreed_on));
    if met_since
        && !in_list
        && family.held_on.is_blank()
        && family.reason_not_used.is_blank()
        && !case.is_closed()
        && !case.is_child_protection()
    {
        let message = format!(
            "Date held is missing for the family network meeting, which was agreed on {}",
            agreed_on.long()
        );
        found.at(field!(case.family_network_meeting.held_on), message);
    }
}

const REVIEW_FAMILY_GROUP_CONFERENCE: Deadline = Deadline {
    id: "review-family-group-conference",
    stage: Stage::Circulate,
    title: "Referral for a Family Group Conference",
    remedy: "Refer for the Family Group Conference and enter the day, or record why it was not used.",
    term: |procedure| procedure.reviews.family_group_conference_within.get(),
    clocks: |case| family_group_conference(case).into_iter().collect(),
};

fn family_group_conference(case: &Case) -> Option<Clock> {
    let family = &case.record.case.family_group_conference;
    let agreed_on: Day = family.agreed_on.get().filter(|day| *day <= case.today)?;
    let referred_on = family.referred_on.get().filter(|day| *day <= case.today);
    let unreadable = !family.referred_on.is_blank() && family.referred_on.get().is_none();
    let given_up = referred_on.is_none()
        && (case.is_closed() || case.is_child_protection() || !family.reason_not_used.is_blank());
    // Of one that was held without a day of referral nobody asks for that day any more.
    if unreadable || given_up || (referred_on.is_none() && !family.held_on.is_blank()) {
        return None;
    }
    let past = referred_on.is_some()
        && case.held_meetings().last().is_some_and(|(_, meeting)| meeting.held_on.get() > Some(agreed_on));
    let field = field!(case.family_group_conference.referred_on);
    let planned = family.referred_on.get().filter(|day| *day > case.today).map(|day| (day, field.clone()));
    let clock = Clock::new(agreed_on, "it was agreed", referred_on, field);
    Some(Clock { planned, past, ..clock })
}

// ---- what a review looks at ----

/// Whether the plan is to show what a review saw: once one was held. Where the form holds no meetings, the stage says
/// that it is reviewed.
fn is_reviewed(case: &Case) -> bool {
    let no_meetings = case.plan_meetings().next().is_none();
    case.latest_review().is_some() || (case.stage == Stage::Review && no_meetings)
}

const REVIEW_PROGRESS: Rule<Asked> = Rule {
    id: "review-progress",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A review looks at progress towards each outcome",
    remedy: "Record how far things have come with this outcome.",
    term: |procedure| procedure.reviews.progress.get(),
    check: review_progress,
};

fn review_progress(_: &Asked, case: &Case, found: &mut Found) {
    if !is_reviewed(case) {
        return;
    }
    for (i, outcome) in case.record.plan.outcomes.rows() {
        if !outcome.text.is_blank() && outcome.progress.is_blank() {
            let message = format!("Progress towards the outcome is missing for outcome {}", i + 1);
            found.at(field!(plan.outcomes[i].progress), message);
        }
    }
}

const REVIEW_OUTCOMES: Rule<Asked> = Rule {
    id: "review-outcomes",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A review records what the actual outcomes are",
    remedy: "Record what has come of it so far, even where that is nothing yet.",
    term: |procedure| procedure.reviews.actual_outcomes.get(),
    check: review_outcomes,
};

fn review_outcomes(_: &Asked, case: &Case, found: &mut Found) {
    if !is_reviewed(case) {
        return;
    }
    for (i, outcome) in case.record.plan.outcomes.rows() {
        if !outcome.text.is_blank() && outcome.result.is_blank() {
            found.at(
                field!(plan.outcomes[i].result),
                format!("Actual outcome is missing for outcome {}", i + 1),
            );
        }
    }
}

const REVIEW_NEEDS: Rule<Asked> = Rule {
    id: "review-needs",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "A review looks again at each need and concern",
    remedy: "Record what has changed for the child since the need was written down.",
    term: |procedure| procedure.reviews.needs_again.get(),
    check: review_needs,
};

fn review_needs(_: &Asked, case: &Case, found: &mut Found) {
    if !is_reviewed(case) {
        return;
    }
    for (i, need) in case.record.plan.needs.rows() {
        if !need.text.is_blank() && need.progress.is_blank() {
            found.at(
                field!(plan.needs[i].progress),
                format!("Progress with the need is missing for need {}", i + 1),
            );
        }
    }
}

const REVIEW_ACTIONS_IN_TIME: Rule<Asked> = Rule {
    id: "review-actions-in-time",
    severity: Severity::Advice,
    stage: Stage::Review,
    title: "A review looks at the actions that are past their day",
    remedy: "Find out at the review what stands in the way, and agree what happens now.",
    term: |procedure| procedure.reviews.actions_in_time.get(),
    check: review_actions_in_time,
};

/// Of those that are not begun, or of which nothing is said, the result is asked for elsewhere.
fn review_actions_in_time(_: &Asked, case: &Case, found: &mut Found) {
    if !is_reviewed(case) || case.is_closed() {
        return;
    }
    for (i, action) in case.record.plan.actions.rows() {
        if let Some(due) = action.due_on.get().filter(|due| *due < case.today)
            && action.status.is(Progress::InProgress)
            && action.done_on.is_blank()
            && action.result.is_blank()
        {
            let message = format!("Action {} was due on {} and is not done", i + 1, due.long());
            found.at(field!(plan.actions[i].status), message);
        }
    }
}
