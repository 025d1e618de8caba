//! The assessment that a plan rests on, and the plans that go before it.

use crate::case::Case;
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::people::Person;
use crate::procedure::{Asked, Cited, Procedure};
use crate::record::{AssessmentOutcome, EnquiryOutcome, PlanKind};
use crate::rule::{Check, Clock, Deadline, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &PLAN_ASSESSMENT,
    &PLAN_ASSESSMENT_DATES,
    &PLAN_ASSESSMENT_TIMESCALE,
    &PLAN_INTERIM,
    &PLAN_INTERIM_KIND,
    &PLAN_ASSESSMENT_FIRST,
    &PLAN_ASSESSMENT_OUTCOME,
    &PLAN_AFTER_ASSESSMENT,
    &PLAN_IN_ASSESSMENT,
    &PLAN_EARLY_HELP,
    &PLAN_EARLY_HELP_ENDED,
];

const PLAN_ASSESSMENT: Rule<Asked> = Rule {
    id: "plan-assessment",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan rests on an assessment; until that is complete, the plan is an interim one",
    remedy: "Enter the day on which the assessment was completed, or mark the plan as interim until then.",
    term: |procedure| procedure.plan.assessment.get(),
    check: plan_assessment,
};

fn plan_assessment(_: &Asked, case: &Case, found: &mut Found) {
    if case.record.assessment.completed_on.is_blank()
        && !case.is_interim()
        && case.has_begun_plan()
        && !case.is_brief_intervention()
    {
        let field = field!(assessment.completed_on);
        if case.procedure.plan.interim.get().is_some() {
            let message = "Date the assessment was completed is missing, and the plan is not an interim one";
            found.at(field, message);
        } else {
            found
                .at(field, "Date the assessment was completed is missing")
                .remedy("Enter the day on which the assessment was completed.");
        }
    }
}

const PLAN_ASSESSMENT_DATES: Rule<Asked> = Rule {
    id: "plan-assessment-dates",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The assessment was completed after it started, and by today",
    remedy: "Check the days of the assessment.",
    term: about_the_assessment,
    check: plan_assessment_dates,
};

/// Whatever asks in a manual for the day of the assessment.
fn about_the_assessment(procedure: &Procedure) -> Option<&Cited<Asked>> {
    let plan = &procedure.plan;
    plan.assessment
        .get()
        .or(plan.assessment_before_meeting.get())
        .or(plan.after_assessment.get())
        .or(plan.early_help_replaced.get())
}

fn plan_assessment_dates(_: &Asked, case: &Case, found: &mut Found) {
    let assessment = &case.record.assessment;
    let Some(completed_on) = assessment.completed_on.get() else { return };
    if completed_on > case.today {
        found.at(field!(assessment.completed_on), "Date the assessment was completed is in the future");
    } else if assessment.started_on.get().is_some_and(|started_on| completed_on < started_on) {
        found.at(
            field!(assessment.completed_on),
            "Date the assessment was completed is before the day it started",
        );
    }
}

const PLAN_ASSESSMENT_TIMESCALE: Rule<Asked> = Rule {
    id: "plan-assessment-timescale",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The manager agrees the timescale of the assessment at the outset",
    remedy: "Agree the timescale with the manager, and enter who agreed and the day the assessment is due.",
    term: |procedure| procedure.plan.assessment_timescale.get(),
    check: plan_assessment_timescale,
};

fn plan_assessment_timescale(_: &Asked, case: &Case, found: &mut Found) {
    let assessment = &case.record.assessment;
    if assessment.started_on.get().is_none_or(|started_on| started_on > case.today) {
        return;
    }
    // Once the assessment is complete, its timescale is history.
    let gravest = if assessment.completed_on.is_blank() { Severity::Error } else { Severity::Advice };
    let social_worker = &case.record.case.social_worker;
    let social_worker = Person::new(&social_worker.person, &social_worker.name);
    let field = field!(assessment.timescale_agreed_by);
    if assessment.timescale_agreed_by.is_blank() {
        found
            .at(field, "The record does not say who agreed the timescale of the assessment")
            .at_most(gravest);
    } else if Person::called(&assessment.timescale_agreed_by).is(social_worker) {
        found
            .at(field, "The social worker agreed the timescale of the assessment, and not the manager")
            .at_most(gravest);
    } else if assessment.due_on.is_blank() {
        let severity = gravest.min(Severity::Warning);
        found.at(field!(assessment.due_on), "Date the assessment is due is missing").at_most(severity);
    }
}

const PLAN_INTERIM: Rule<Asked> = Rule {
    id: "plan-interim",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "A plan that goes before the completed assessment, and no other, is an interim plan",
    remedy: "Say whether this is the interim plan.",
    term: |procedure| procedure.plan.interim.get(),
    check: plan_interim,
};

fn plan_interim(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let (Some(drawn_up_on), Some(completed_on)) =
        (plan.drawn_up_on.get(), case.record.assessment.completed_on.get())
    else {
        return;
    };
    if drawn_up_on < completed_on && !case.is_interim() {
        let message =
            "The plan was drawn up before the assessment was completed, and is not marked as an interim plan";
        found.at(field!(plan.interim), message);
    } else if drawn_up_on > completed_on && case.is_interim() && !plan.interim.is(false) {
        let message = "Interim plan is chosen, and the assessment was complete when the plan was drawn up";
        let field = if plan.interim.is(true) { field!(plan.interim) } else { field!(plan.kind) };
        found.at(field, message).at_most(Severity::Warning);
    }
}

const PLAN_INTERIM_KIND: Rule<Asked> = Rule {
    id: "plan-interim-kind",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "The kind of plan and the answer to whether it is an interim plan agree",
    remedy: "Choose another kind of plan, or answer that it is an interim plan.",
    term: |procedure| procedure.plan.interim.get(),
    check: plan_interim_kind,
};

fn plan_interim_kind(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    if plan.kind.is(PlanKind::Interim) && plan.interim.is(false) {
        found.at(field!(plan.interim), "Kind of plan is interim, and Interim plan is answered with no");
    }
}

// ---- the assessment, the meeting and the plan ----

const PLAN_ASSESSMENT_FIRST: Rule<Asked> = Rule {
    id: "plan-assessment-first",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The assessment comes before the first meeting",
    remedy: "Complete the assessment before the meeting, or check both days.",
    term: |procedure| procedure.plan.assessment_before_meeting.get(),
    check: plan_assessment_first,
};

fn plan_assessment_first(_: &Asked, case: &Case, found: &mut Found) {
    let Some((_, meeting)) = case.first_meeting() else { return };
    let Some(held_on) = meeting.held_on.get() else { return };
    let assessment = &case.record.assessment;
    let field = field!(assessment.completed_on);
    if assessment.completed_on.is_blank() {
        if held_on <= case.today {
            let message = format!(
                "Date the assessment was completed is missing for the first meeting, on {}",
                held_on.long()
            );
            found.at(field, message).remedy("Enter the day on which the assessment was completed.");
        }
        return;
    }
    let started_on = assessment.started_on.get();
    // One that began after the meeting is another than the one before it.
    if started_on.is_some_and(|started_on| started_on > held_on) {
        return;
    }
    if assessment.completed_on.get().is_some_and(|completed_on| completed_on > held_on) {
        let gravest = if started_on.is_some() { Severity::Error } else { Severity::Warning };
        let message =
            format!("Date the assessment was completed is after the first meeting, on {}", held_on.long());
        found.at(field, message).at_most(gravest);
    }
}

/// Whether an assessment or an enquiry found the child to be in need, or the case comes from where that is settled.
fn is_in_need(case: &Case) -> bool {
    let facts = &case.record.case;
    case.record.assessment.outcome.is(AssessmentOutcome::ChildInNeed)
        || facts.strategy_discussion_outcome.is(EnquiryOutcome::ChildInNeed)
        || facts.section_47_outcome.is(EnquiryOutcome::ChildInNeed)
        || case.protection_ended_on().is_some()
        || !case.moved_in_on().is_blank()
}

const PLAN_ASSESSMENT_OUTCOME: Rule<Asked> = Rule {
    id: "plan-assessment-outcome",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan is for a child whom an assessment found to be in need",
    remedy: "Check the outcome of the assessment, and whether this plan is the right one.",
    term: |procedure| procedure.plan.assessment_finds_need.get(),
    check: plan_assessment_outcome,
};

fn plan_assessment_outcome(_: &Asked, case: &Case, found: &mut Found) {
    let assessment = &case.record.assessment;
    let complete = assessment.completed_on.get().is_some_and(|day| day <= case.today);
    if !complete || !case.has_plan() || case.is_closed() || is_in_need(case) {
        return;
    }
    let field = field!(assessment.outcome);
    match assessment.outcome.get() {
        None if assessment.outcome.is_blank() => {
            found
                .at(field, "Outcome of the assessment is missing")
                .at_most(Severity::Warning)
                .remedy("Choose what the assessment found.");
        }
        // What the discussion decided is not known yet.
        None | Some(AssessmentOutcome::StrategyDiscussion) => {}
        Some(_) => {
            found.at(field, "Outcome of the assessment is another than child in need, and there is a plan");
        }
    }
}

const PLAN_AFTER_ASSESSMENT: Rule<Asked> = Rule {
    id: "plan-after-assessment",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "An assessment that finds a child in need is followed by a plan",
    remedy: "Draw up the plan.",
    term: |procedure| procedure.plan.after_assessment.get(),
    check: plan_after_assessment,
};

fn plan_after_assessment(_: &Asked, case: &Case, found: &mut Found) {
    let assessment = &case.record.assessment;
    let in_need = assessment.outcome.is(AssessmentOutcome::ChildInNeed)
        && assessment.completed_on.get().is_some_and(|day| day <= case.today);
    if in_need && !case.has_plan() && !case.is_closed() && !case.is_brief_intervention() {
        found.at(field!(plan.kind), "The assessment found the child to be in need, and there is no plan");
    }
}

const PLAN_IN_ASSESSMENT: Deadline = Deadline {
    id: "plan-in-assessment",
    stage: Stage::Meeting,
    title: "Plan made in the assessment",
    remedy: "Draw up the plan and enter the day on which it started.",
    term: |procedure| procedure.plan.made_in_assessment.get(),
    clocks: plan_in_assessment,
};

/// The plan is due while the assessment runs. One that ended in time without finding a need asks for none.
fn plan_in_assessment(case: &Case) -> Vec<Clock> {
    let (plan, assessment) = (&case.record.plan, &case.record.assessment);
    let Some(from) = assessment.started_on.get().filter(|day| *day <= case.today) else { return Vec::new() };
    let days = [&*plan.started_on, &*plan.drawn_up_on];
    let earlier = plan.earlier_versions.rows().map(|(_, version)| &*version.drawn_up_on);
    let first = days.into_iter().chain(earlier.clone()).filter_map(|day| day.get()).min();
    let unreadable = days.into_iter().chain(earlier).any(|day| !day.is_blank() && day.get().is_none());
    if first.is_none() && unreadable {
        return Vec::new();
    }
    let done = first.filter(|day| *day <= case.today);
    let planned = first.filter(|day| *day > case.today).map(|day| (day, field!(plan.started_on)));
    let without_need = assessment.completed_on.get().filter(|_| !is_in_need(case));
    let limit = case.procedure.plan.made_in_assessment.get();
    let last = limit.map(|limit| limit.value.after(from, case.calendar).0);
    if done.is_none() && without_need.zip(last).is_some_and(|(completed_on, last)| completed_on <= last) {
        return Vec::new();
    }
    let past = case.is_closed() || (done.is_none() && without_need.is_some());
    let clock = Clock::new(from, "the assessment started", done, field!(plan.started_on));
    vec![Clock { planned, past, ..clock }]
}

// ---- the early help plan before it ----

const PLAN_EARLY_HELP: Rule<Asked> = Rule {
    id: "plan-early-help",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "An early help plan stands until this plan takes its place, and no longer",
    remedy: "Check the days of both plans.",
    term: |procedure| procedure.plan.early_help_replaced.get(),
    check: plan_early_help,
};

/// The early help plan may go over to this one from the day on which this one starts, and has to once the assessment
/// has decided as well.
fn plan_early_help(_: &Asked, case: &Case, found: &mut Found) {
    let facts = &case.record.case;
    let Some(ended_on) = facts.early_help_plan_ended_on.get() else { return };
    let field = field!(case.early_help_plan_ended_on);
    let started_on = case.record.plan.started_on.get();
    // One that started after this plan belongs to the time after it.
    if facts.early_help_plan_started_on.get().zip(started_on).is_some_and(|(early, plan)| early > plan) {
        return;
    }
    let decided_on = case.record.assessment.completed_on.get();
    if facts.early_help_plan_started_on.get().is_some_and(|day| ended_on < day) {
        found.at(field, "The early help plan ended before the day it started").at_most(Severity::Warning);
    } else if decided_on.is_some_and(|day| ended_on < day) && started_on.is_none_or(|day| ended_on < day) {
        found.at(field, "The early help plan ended before the assessment was completed");
    } else if started_on.is_some_and(|day| ended_on < day) {
        found
            .at(field, "The early help plan ended before the day the plan started")
            .at_most(Severity::Warning);
    } else if started_on.max(decided_on).is_some_and(|day| ended_on > day) && started_on.is_some() {
        found
            .at(field, "The early help plan ended after the plan had taken its place")
            .at_most(Severity::Warning);
    }
}

const PLAN_EARLY_HELP_ENDED: Rule<Asked> = Rule {
    id: "plan-early-help-ended",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "An early help plan ends once this plan has taken its place",
    remedy: "End the early help plan and enter the day.",
    term: |procedure| procedure.plan.early_help_replaced.get(),
    check: plan_early_help_ended,
};

fn plan_early_help_ended(_: &Asked, case: &Case, found: &mut Found) {
    let facts = &case.record.case;
    let by_today = |day: Option<Day>| day.is_some_and(|day| day <= case.today);
    let replaced = by_today(case.record.plan.started_on.get())
        && by_today(case.record.assessment.completed_on.get())
        && is_in_need(case);
    // One that started after this plan belongs to the time after it.
    let before = facts.early_help_plan_started_on.get().zip(case.record.plan.started_on.get());
    if replaced
        && facts.early_help_plan_ended_on.is_blank()
        && before.is_some_and(|(early, plan)| early < plan)
    {
        found.at(
            field!(case.early_help_plan_ended_on),
            "The day on which the early help plan ended is missing",
        );
    }
}
