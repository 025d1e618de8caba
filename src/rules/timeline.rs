//! How long a plan lasts, and when progress is looked at on the way.

use crate::case::Case;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::procedure::{Asked, Limit};
use crate::rule::{Check, Rule};

pub(super) const CHECKS: &[&dyn Check] =
    &[&PLAN_LENGTH, &PLAN_NEXT_REVIEW, &PLAN_NEXT_REVIEW_DAY, &PLAN_REVIEW_POINTS, &PLAN_PROGRESS_JUDGED];

// ---- how long ----

const PLAN_LENGTH: Rule<Limit> = Rule {
    id: "plan-length",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "A plan that is expected to last longer than most gives its reason",
    remedy: "Say why the plan has to last longer, or check the expected end date.",
    term: |procedure| procedure.plan.usual_length.get(),
    check: plan_length,
};

fn plan_length(usual: &Limit, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let long_term = &plan.long_term_support;
    let told =
        !plan.reason_longer.is_blank() || !long_term.reason.is_blank() || long_term.acknowledged.is(true);
    let (Some(started_on), Some(end)) = (plan.started_on.get(), plan.expected_end_on.get()) else { return };
    let (last, period) = usual.after(started_on, case.calendar);
    if end > last && !told && !case.is_closed() {
        let message = format!(
            "Reason for a longer plan is missing: the expected end date is more than {period} after the day the plan started"
        );
        found.at(field!(plan.reason_longer), message);
    }
}

// ---- the next review ----

/// Whether another meeting or review is still to be expected.
fn goes_on(case: &Case) -> bool {
    case.has_planning() && !case.is_closing() && !case.is_closed()
}

/// Whether the record holds the day of the next review: on the plan, with the latest meeting, or as a meeting to come.
fn next_is_fixed(case: &Case) -> bool {
    !case.record.plan.next_review_on.is_blank()
        || case.held_meetings().last().is_some_and(|(_, meeting)| !meeting.next_meeting_on.is_blank())
        || case.plan_meetings().any(|(_, meeting)| meeting.held_on.get().is_some_and(|day| day > case.today))
}

const PLAN_NEXT_REVIEW: Rule<Asked> = Rule {
    id: "plan-next-review",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan carries the day that was agreed for its next review",
    remedy: "Enter the day that was agreed.",
    term: |procedure| procedure.plan.next_review.get(),
    check: plan_next_review,
};

fn plan_next_review(_: &Asked, case: &Case, found: &mut Found) {
    if goes_on(case) && !next_is_fixed(case) {
        found.at(field!(plan.next_review_on), "Next review is missing");
    }
}

const PLAN_NEXT_REVIEW_DAY: Rule<Limit> = Rule {
    id: "plan-next-review-day",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The next review is not set too far ahead",
    remedy: "Bring the day forward.",
    term: |procedure| procedure.plan.next_review_within.get(),
    check: plan_next_review_day,
};

fn plan_next_review_day(within: &Limit, case: &Case, found: &mut Found) {
    // Once a meeting was held, the clock of the next one tells where its day is too late.
    if !case.held_meetings().is_empty() && case.procedure.reviews.every.get().is_some() {
        return;
    }
    let plan = &case.record.plan;
    let latest = case.held_meetings().last().and_then(|(_, meeting)| meeting.held_on.get());
    let Some(from) = latest.max(plan.drawn_up_on.get()) else { return };
    let Some(next) = plan.next_review_on.get() else { return };
    let (last, period) = within.after(from, case.calendar);
    if goes_on(case) && next > last {
        let message = format!("Next review is more than {period} after {}", from.long());
        found.at(field!(plan.next_review_on), message);
    }
}

// ---- when and how progress is looked at ----

const PLAN_REVIEW_POINTS: Rule<Asked> = Rule {
    id: "plan-review-points",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan fixes when progress is looked at",
    remedy: "Enter the day on which progress is looked at.",
    term: |procedure| procedure.plan.review_points.get(),
    check: plan_review_points,
};

fn plan_review_points(_: &Asked, case: &Case, found: &mut Found) {
    let points = &case.record.plan.review_points;
    if points.is_empty() && goes_on(case) && !next_is_fixed(case) {
        found.at(field!(plan.review_points), "There is no review point on the plan");
    }
    for (i, _) in points.rows().filter(|(_, point)| point.on.is_blank()) {
        let message = format!("Review point {} has no date", i + 1);
        found.at(field!(plan.review_points[i].on), message);
    }
}

const PLAN_PROGRESS_JUDGED: Rule<Asked> = Rule {
    id: "plan-progress-judged",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan says by what means progress is judged",
    remedy: "Say what you will look at together: a chart, figures from school, what the child says.",
    term: |procedure| procedure.plan.progress_judged.get(),
    check: plan_progress_judged,
};

fn plan_progress_judged(_: &Asked, case: &Case, found: &mut Found) {
    let points = &case.record.plan.review_points;
    // Without any review point and any day, the rule about review points says so.
    if points.is_empty() && goes_on(case) && next_is_fixed(case) {
        found
            .at(field!(plan.review_points), "The plan does not say how progress is judged")
            .remedy("Add a review point, and say how progress is judged then.");
    }
    for (i, _) in points.rows().filter(|(_, point)| point.judged_by.is_blank()) {
        let message = format!("Review point {} does not say how progress is judged", i + 1);
        found.at(field!(plan.review_points[i].judged_by), message);
    }
}
