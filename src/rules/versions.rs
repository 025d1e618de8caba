//! Where a plan comes from, and its versions: each dated, numbered, brought up to date and recorded.

use crate::answer::{Answer, Text};
use crate::case::{Case, Row};
use crate::cast::{self, Family};
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::people::Person;
use crate::procedure::{Asked, Limit};
use crate::record::{Change, Child, Decision, Meeting, MeetingKind, RoleKind};
use crate::rule::{Check, Clock, Deadline, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &PLAN_MEETING,
    &PLAN_DATED,
    &PLAN_DATES,
    &PLAN_VERSION,
    &PLAN_VERSION_ORDER,
    &PLAN_UPDATED,
    &PLAN_RECORDED,
    &PLAN_RECORDED_DATE,
    &CHANGE_PARENTS,
    &CHANGE_CHILD,
    &CHANGE_PROFESSIONALS,
    &PLAN_AGREEMENT,
];

/// The meetings held by today from which a plan comes, in order of their days: all but those that end the work.
fn planning_meetings<'a>(case: &Case<'a>) -> Vec<Row<'a, Meeting>> {
    let mut held = case.held_meetings();
    held.retain(|(_, meeting)| match meeting.decision.get() {
        Some(decision) => decision == Decision::Continue,
        None => !meeting.kind.is(MeetingKind::Closing),
    });
    held
}

const PLAN_MEETING: Rule<Asked> = Rule {
    id: "plan-meeting",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan is drawn up at a meeting, and a meeting leads to a plan",
    remedy: "Hold the meeting and draw up the plan there.",
    term: |procedure| procedure.plan.meeting.get(),
    check: plan_meeting,
};

fn plan_meeting(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    if case.is_brief_intervention() || case.is_child_protection() || case.is_closed() {
        return;
    }
    // A plan that is made while the assessment runs goes before the first meeting.
    let may_go_before = case.procedure.plan.made_in_assessment.get().is_some();
    match (case.held_meetings().first(), case.has_plan()) {
        (Some(_), false) if planning_meetings(case).last().is_some() => {
            found
                .at(field!(plan.drawn_up_on), "A meeting was held, and there is no plan")
                .remedy("Write up the plan that the meeting worked out.");
        }
        (None, true) if !may_go_before => {
            let told = found.at(field!(meetings), "There is no meeting at which the plan was drawn up");
            if case.record.meetings.is_empty() {
                told.at_most(Severity::Warning);
            }
        }
        (Some((_, first)), true) if !may_go_before => {
            let before =
                |day: Option<Day>| day.zip(first.held_on.get()).is_some_and(|(day, held_on)| day < held_on);
            let worked_on =
                !plan.meeting.is_blank() || plan.updated_on.get().is_some_and(|day| !before(Some(day)));
            if before(plan.drawn_up_on.get()) && !worked_on {
                found
                    .at(field!(plan.drawn_up_on), "Date the plan was drawn up is before the first meeting")
                    .at_most(Severity::Warning)
                    .remedy("Enter the meeting that the plan came from, or the day on which the meeting brought it up to date.");
            }
        }
        _ => {}
    }
}

const PLAN_DATED: Rule<Asked> = Rule {
    id: "plan-dated",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each version of the plan is dated",
    remedy: "Enter the day on which this version was drawn up.",
    term: |procedure| procedure.plan.dated.get(),
    check: plan_dated,
};

fn plan_dated(_: &Asked, case: &Case, found: &mut Found) {
    if case.record.plan.drawn_up_on.is_blank() && case.asks_for_plan() {
        found.at(field!(plan.drawn_up_on), "Date the plan was drawn up is missing");
    }
}

const PLAN_DATES: Rule<Asked> = Rule {
    id: "plan-dates",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The days of the plan follow one another",
    remedy: "Check both days.",
    term: |procedure| procedure.plan.dated.get(),
    check: plan_dates,
};

fn plan_dates(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let today = case.today;
    for (day, label, field) in [
        (plan.drawn_up_on.get(), "Date the plan was drawn up", field!(plan.drawn_up_on)),
        (plan.updated_on.get(), "Date the plan was updated", field!(plan.updated_on)),
    ] {
        if day.is_some_and(|day| day > today) {
            found.at(field, format!("{label} is in the future")).remedy("Check the day.");
        }
    }
    let before =
        |day: Option<Day>, other: Option<Day>| day.zip(other).is_some_and(|(day, other)| day < other);
    let (started_on, drawn_up_on) = (plan.started_on.get(), plan.drawn_up_on.get());
    if before(plan.expected_end_on.get(), started_on) {
        found.at(field!(plan.expected_end_on), "Expected end date is before the day the plan started");
    } else if before(plan.expected_end_on.get(), drawn_up_on) {
        found.at(field!(plan.expected_end_on), "Expected end date is before the day the plan was drawn up");
    }
    if before(plan.next_review_on.get(), drawn_up_on) {
        found.at(field!(plan.next_review_on), "Next review is before the day the plan was drawn up");
    }
    if before(plan.updated_on.get(), drawn_up_on) {
        found.at(field!(plan.updated_on), "Date the plan was updated is before the day it was drawn up");
    }
}

const PLAN_VERSION: Rule<Asked> = Rule {
    id: "plan-version",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each version of the plan carries its number",
    remedy: "Enter the number of this version: the first plan is 1, and each new draft one more.",
    term: |procedure| procedure.plan.version.get(),
    check: plan_version,
};

fn plan_version(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let meetings = planning_meetings(case);
    let field = field!(plan.version);
    if plan.version.is_blank() {
        if meetings.len() > 1 || !plan.earlier_versions.is_empty() {
            found.at(field, "Version is missing");
        }
        return;
    }
    // Other ways to number are left alone; "1" is plain.
    let review = meetings.get(1).and_then(|(_, meeting)| meeting.held_on.get());
    if number_of(&plan.version) == Some(vec![1])
        && plan.drawn_up_on.get().zip(review).is_some_and(|(drawn_up_on, review)| drawn_up_on >= review)
    {
        found
            .at(field, "Version is still 1 for a plan that was drawn up after a review")
            .at_most(Severity::Warning);
    }
}

/// The numbers of a version: "v2.1" is 2 and 1. `None` where it is not made of numbers.
fn number_of(version: &Answer<Text>) -> Option<Vec<u32>> {
    let lower = version.text().trim().to_lowercase();
    let numbers = lower.strip_prefix("version").or(lower.strip_prefix('v')).unwrap_or(&lower);
    let numbers = numbers.trim_start_matches(['.', ' ', ':']);
    numbers.split('.').map(|number| number.trim().parse().ok()).collect()
}

const PLAN_VERSION_ORDER: Rule<Asked> = Rule {
    id: "plan-version-order",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The plan is later than its earlier versions, by number and by day, and bears the number of what is signed and sent",
    remedy: "Check the version and the day of both.",
    term: |procedure| procedure.plan.version.get(),
    check: plan_version_order,
};

fn plan_version_order(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let earlier = || plan.earlier_versions.rows().map(|(_, version)| version);
    if let Some(number) = number_of(&plan.version)
        && earlier().filter_map(|version| number_of(&version.version)).any(|before| before >= number)
    {
        found.at(field!(plan.version), "Version is not higher than that of an earlier version");
    }
    if !plan.version.is_version(case.latest_version()) {
        let message = "Version is another than all that was signed and sent since the plan was drawn up";
        found
            .at(field!(plan.version), message)
            .at_most(Severity::Warning)
            .remedy("Check the number of this version, or have this version signed and sent.");
    }
    if let Some(drawn_up_on) = plan.drawn_up_on.get()
        && earlier().filter_map(|version| version.drawn_up_on.get()).any(|before| before > drawn_up_on)
    {
        found.at(
            field!(plan.drawn_up_on),
            "Date the plan was drawn up is before the day of an earlier version",
        );
    }
}

const PLAN_UPDATED: Deadline = Deadline {
    id: "plan-updated",
    stage: Stage::Circulate,
    title: "New or updated plan",
    remedy: "Bring the plan up to date with what the meeting agreed, and enter the day.",
    term: |procedure| procedure.plan.updated_within.get(),
    clocks: plan_updated,
};

/// The latest meeting that carried the work on starts the clock. A version that came from a later meeting, such as one
/// that ended the work, says nothing of when this one was written up.
fn plan_updated(case: &Case) -> Vec<Clock> {
    let plan = &case.record.plan;
    let Some((_, meeting)) = planning_meetings(case).pop() else { return Vec::new() };
    let Some(from) = meeting.held_on.get() else { return Vec::new() };
    let unreadable = plan.drawn_up_on.get().is_none() && !plan.drawn_up_on.is_blank();
    if unreadable || case.is_brief_intervention() {
        return Vec::new();
    }
    // A plan that was prepared beforehand and came from the meeting is as good as one drawn up there.
    let meant = !plan.meeting.is_blank() && plan.meeting.text().trim() == meeting.id.text().trim();
    let prepared = plan.drawn_up_on.get().filter(|_| meant).map(|day| day.max(from));
    let since = |day: Option<Day>| day.filter(|day| *day >= from);
    let earlier =
        plan.earlier_versions.rows().filter_map(|(_, version)| since(version.drawn_up_on.get())).min();
    let done = prepared.or(earlier).or(since(plan.drawn_up_on.get())).or(since(plan.updated_on.get()));
    let named = plan.meeting.text().trim();
    let from_later = case.held_meetings().into_iter().any(|(_, later)| {
        let named = !named.is_empty() && later.id.text().trim() == named;
        later.held_on.get().is_some_and(|day| {
            day > from && (named || plan.drawn_up_on.get().is_some_and(|drawn_up_on| drawn_up_on >= day))
        })
    });
    if from_later && earlier.is_none() && !meant {
        return Vec::new();
    }
    vec![Clock::new(from, "the meeting", done, field!(plan.drawn_up_on))]
}

const PLAN_RECORDED: Deadline = Deadline {
    id: "plan-recorded",
    stage: Stage::Circulate,
    title: "Recording of the plan",
    remedy: "Record the plan and enter the day.",
    term: |procedure| procedure.plan.recorded_within.get(),
    clocks: plan_recorded,
};

fn plan_recorded(case: &Case) -> Vec<Clock> {
    let plan = &case.record.plan;
    let Some(from) = plan.drawn_up_on.get().filter(|day| *day <= case.today) else { return Vec::new() };
    let unreadable = plan.recorded_on.get().is_none() && !plan.recorded_on.is_blank();
    if unreadable || plan.recorded_on.get().is_some_and(|day| day < from || day > case.today) {
        return Vec::new();
    }
    let done = plan.recorded_on.get();
    vec![Clock::new(from, "the plan was drawn up", done, field!(plan.recorded_on))]
}

const PLAN_RECORDED_DATE: Rule<Limit> = Rule {
    id: "plan-recorded-date",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The plan was recorded after it was drawn up, and by today",
    remedy: "Check both days.",
    term: |procedure| procedure.plan.recorded_within.get(),
    check: plan_recorded_date,
};

fn plan_recorded_date(_: &Limit, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let Some(recorded_on) = plan.recorded_on.get() else { return };
    let field = field!(plan.recorded_on);
    if recorded_on > case.today {
        found.at(field, "Date the plan was recorded is in the future").remedy("Check the day.");
    } else if plan.drawn_up_on.get().is_some_and(|drawn_up_on| recorded_on < drawn_up_on) {
        found
            .at(field, "Date the plan was recorded is before the day it was drawn up")
            .at_most(Severity::Warning);
    }
}

// ---- changes between meetings ----

/// The changes of which something was entered.
fn changes<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Change>> {
    case.record.plan.changes.rows().filter(|(_, change)| !(change.on.is_blank() && change.what.is_blank()))
}

const CHANGE_PARENTS: Rule<Asked> = Rule {
    id: "change-parents",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Parents are consulted on each change to the plan",
    remedy: "Talk the change over with the parents, and enter who was consulted.",
    term: |procedure| procedure.plan.changes_parents.get(),
    check: change_parents,
};

fn change_parents(_: &Asked, case: &Case, found: &mut Found) {
    let family = Family::of(case);
    for (i, change) in changes(case) {
        let row = i + 1;
        let field = field!(plan.changes[i].consulted);
        if change.consulted.is_blank() {
            let told = found.at(field, format!("Change {row} does not say who was consulted"));
            if !change.reason_not_consulted.is_blank() {
                told.at_most(Severity::Warning);
            }
        } else if !family.names_parent(change.consulted.text()) && change.reason_not_consulted.is_blank() {
            // How somebody is called in a sentence is not read for certain.
            found
                .at(field, format!("Change {row} does not name a parent among those consulted"))
                .at_most(Severity::Warning);
        }
    }
}

const CHANGE_CHILD: Rule<Asked> = Rule {
    id: "change-child",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "The child is consulted on each change to the plan, or the reason is recorded",
    remedy: "Talk the change over with the child, or enter the reason why not, such as the child's age.",
    term: |procedure| procedure.plan.changes_child.get(),
    check: change_child,
};

fn change_child(_: &Asked, case: &Case, found: &mut Found) {
    if !has_born_child(case) {
        return;
    }
    let family = Family::of(case);
    for (i, change) in changes(case) {
        // Where nobody is named at all, the rule about parents says so.
        let told = change.consulted.is_blank() || !change.reason_not_consulted.is_blank();
        if !told && !family.names_child(change.consulted.text()) {
            let message = format!("Change {} does not name the child among those consulted", i + 1);
            found.at(field!(plan.changes[i].consulted), message);
        }
    }
}

fn has_born_child(case: &Case) -> bool {
    let unborn = |child: &Child| child.date_of_birth.is_blank() && !child.expected_date_of_birth.is_blank();
    case.record.children.rows().any(|(_, child)| !unborn(child))
}

const CHANGE_PROFESSIONALS: Rule<Asked> = Rule {
    id: "change-professionals",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "Key professionals of other agencies are consulted on each change to the plan",
    remedy: "Talk the change over with those whose part it touches, and enter who was consulted.",
    term: |procedure| procedure.plan.changes_professionals.get(),
    check: change_professionals,
};

fn change_professionals(_: &Asked, case: &Case, found: &mut Found) {
    let facts = &case.record.case.social_worker;
    let social_worker = Person::new(&facts.person, &facts.name);
    let others = case.record.plan.roles.rows().any(|(_, role)| {
        role.kind.is(RoleKind::Professional)
            && !cast::is_social_worker(role.role.text())
            && !Person::new(&role.person, &role.name).is(social_worker)
    });
    if !others {
        return;
    }
    let family = Family::of(case);
    for (i, change) in changes(case) {
        let told = change.consulted.is_blank() || !change.reason_not_consulted.is_blank();
        if !told && !family.names_other_professional(change.consulted.text(), social_worker) {
            let message = format!("Change {} does not name a professional among those consulted", i + 1);
            found.at(field!(plan.changes[i].consulted), message);
        }
    }
}

// ---- agreement with the record ----

const PLAN_AGREEMENT: Rule<Asked> = Rule {
    id: "plan-agreement",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "The child and the parents agree the record, or it is known why not",
    remedy: "Ask whether they agree, and enter the answer.",
    term: |procedure| procedure.plan.agreement.get(),
    check: plan_agreement,
};

fn plan_agreement(_: &Asked, case: &Case, found: &mut Found) {
    let agreement = &case.record.plan.agreement;
    if case.held_meetings().is_empty() {
        return;
    }
    if agreement.parents.is_blank() {
        found.at(field!(plan.agreement.parents), "The record does not say whether the parents agree");
    }
    if agreement.child.is_blank() && agreement.reason_not_asked.is_blank() && has_born_child(case) {
        found.at(field!(plan.agreement.child), "The record does not say whether the child agrees").remedy(
            "Enter whether the child agrees, or the reason the child was not asked, such as being too young.",
        );
    }
    if (agreement.parents.is(false) || agreement.child.is(false)) && agreement.disagreement.is_blank() {
        found
            .at(
                field!(plan.agreement.disagreement),
                "The record does not say what the disagreement is and what was done about it",
            )
            .remedy("Record what they do not agree with, and what was done about it.");
    }
}
