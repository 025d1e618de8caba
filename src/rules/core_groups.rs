//! Core groups, which work out and carry out a child protection plan between its conferences.
//!
//! A core group is a meeting of that kind: who chairs it is looked at with the chairs of other meetings, and nothing that
//! is asked of the meetings of a Child in Need plan is asked of it.

use crate::case::{Case, Row};
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Section, Severity, Stage};
use crate::procedure::Asked;
use crate::record::{ConferenceDecision, ConferenceKind, InviteeRole, Meeting, MeetingKind, PlanKind};
use crate::rule::{Check, Clock, Deadline, Prompt, Rule};
use crate::sitting::is_heard;

pub(super) const CHECKS: &[&dyn Check] = &[
    &CORE_GROUP_FIRST,
    &CORE_GROUP_INTERVAL,
    &CORE_GROUP_FAMILY,
    &CORE_GROUP_CONTRIBUTIONS,
    &CORE_GROUP_PLAN_SMART,
    &CORE_GROUP_PLAN,
    &CORE_GROUP_LEAD,
    &CORE_GROUP_CHRONOLOGY,
];

// ---- when they meet ----

/// Whether it is known of each core group when it was or will be held, and of each meeting whether it is one.
fn days_known(case: &Case) -> bool {
    let mut meetings = case.record.meetings.rows().map(|(_, meeting)| meeting);
    meetings.all(|meeting| {
        (meeting.held_on.is_blank() || meeting.held_on.get().is_some())
            && (meeting.kind.is_blank() || meeting.kind.get().is_some())
    })
}

/// Whether core groups still meet.
fn goes_on(case: &Case) -> bool {
    case.is_child_protection() && !case.is_closed()
}

/// The day of the conference that made the plan: where a plan is in force, an initial one without its decision did.
fn made_on(case: &Case) -> Option<Day> {
    let (day, _) = case.protection_start()?;
    let held = case.held_conferences();
    let mut made = held.iter().filter(|(_, one)| {
        one.decision.is(ConferenceDecision::PlanMade)
            || one.decision.is_blank() && one.kind.is(ConferenceKind::Initial)
    });
    made.any(|(_, conference)| conference.held_on.get() == Some(day)).then_some(day)
}

/// The core group that comes next, as a row of its own, with or without a day.
fn next<'a>(case: &Case<'a>) -> Option<Row<'a, Meeting>> {
    let groups = case.record.meetings.rows().filter(|(_, meeting)| meeting.kind.is(MeetingKind::CoreGroup));
    groups
        .filter(|(_, group)| group.held_on.get().is_none_or(|day| day > case.today))
        .min_by_key(|(i, group)| (group.held_on.get().is_none(), group.held_on.get(), *i))
}

/// A clock that runs from a day to the next core group.
fn until_next(case: &Case, from: Day, event: &'static str) -> Clock {
    let next = next(case);
    let field = next.map_or_else(|| field!(meetings), |(i, _)| field!(meetings[i].held_on));
    let row = next.and_then(|(_, group)| group.held_on.get()).map(|day| (day, field.clone()));
    let agreed = case.held_core_groups().pop().and_then(|(i, group)| {
        let day = group.next_meeting_on.get().filter(|day| *day >= case.today)?;
        Some((day, field!(meetings[i].next_meeting_on)))
    });
    Clock { planned: row.or(agreed), ..Clock::new(from, event, None, field) }
}

const CORE_GROUP_FIRST: Deadline = Deadline {
    id: "core-group-first",
    stage: Stage::Meeting,
    title: "First core group",
    remedy: "Hold the core group and enter its day.",
    term: |procedure| procedure.protection.core_group_within.get(),
    clocks: |case| first(case).into_iter().collect(),
};

fn first(case: &Case) -> Option<Clock> {
    let from = made_on(case).filter(|_| goes_on(case) && days_known(case))?;
    let held = case.held_core_groups();
    let event = "the conference";
    Some(match held.first() {
        Some((i, group)) => {
            let clock = Clock::new(from, event, group.held_on.get(), field!(meetings[*i].held_on));
            Clock { past: held.len() > 1, ..clock }
        }
        None => until_next(case, from, event),
    })
}

const CORE_GROUP_INTERVAL: Deadline = Deadline {
    id: "core-group-interval",
    stage: Stage::Meeting,
    title: "Next core group",
    remedy: "Hold the core group and enter its day.",
    term: |procedure| procedure.protection.core_group_every.get(),
    clocks: interval,
};

/// Those of a plan that has ended are history.
fn interval(case: &Case) -> Vec<Clock> {
    if !goes_on(case) || !days_known(case) {
        return Vec::new();
    }
    let held = case.held_core_groups();
    let event = "the core group";
    let mut clocks: Vec<Clock> = held
        .windows(2)
        .enumerate()
        .filter_map(|(k, pair)| {
            let ((_, before), (i, group)) = (&pair[0], &pair[1]);
            let clock =
                Clock::new(before.held_on.get()?, event, group.held_on.get(), field!(meetings[*i].held_on));
            Some(Clock { past: k + 2 < held.len(), ..clock })
        })
        .collect();
    if let Some(from) = held.last().and_then(|(_, group)| group.held_on.get()) {
        clocks.push(until_next(case, from, event));
    }
    clocks
}

// ---- who takes part ----

const CORE_GROUP_FAMILY: Rule<Asked> = Rule {
    id: "core-group-family",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "The first core group is for the family as well as for the professionals",
    remedy: "Invite them, or add them to the invitees with the reason they were not invited.",
    term: |procedure| procedure.protection.core_group_of_family.get(),
    check: core_group_family,
};

/// Asked until a second one has been held; of one that lies ahead, once somebody is on its list.
fn core_group_family(_: &Asked, case: &Case, found: &mut Found) {
    let held = case.held_core_groups();
    let first = match held.as_slice() {
        [first] => Some(*first),
        [] => next(case),
        _ => None,
    };
    let Some((m, group)) = first.filter(|_| goes_on(case) && made_on(case).is_some()) else { return };
    let is_held = group.held_on.get().is_some_and(|day| day <= case.today);
    if group.invitees.is_empty() && !is_held {
        return;
    }
    let has = |wanted: &[InviteeRole]| {
        group.invitees.rows().any(|(_, invitee)| {
            let role = invitee.role.get();
            invitee.role.get().is_none() && !invitee.role.is_blank()
                || role.is_some_and(|role| wanted.contains(&role))
        })
    };
    use InviteeRole::{Carer, Child, Family, Parent, Professional};
    let lacking = match (has(&[Parent, Carer, Family, Child]), has(&[Professional])) {
        (true, true) => return,
        (false, true) => "Nobody of the family",
        (true, false) => "No professional",
        (false, false) => "Neither family nor professionals",
    };
    let verb = if lacking.starts_with("Neither") { "are" } else { "is" };
    let message = format!("{lacking} {verb} among the invitees of meeting {}, the first core group", m + 1);
    found.at(field!(meetings[m].invitees), message);
}

const CORE_GROUP_CONTRIBUTIONS: Rule<Asked> = Rule {
    id: "core-group-contributions",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "Every professional contributes to the core group",
    remedy: "Ask for a report or views, and enter them.",
    term: |procedure| procedure.protection.core_group_contributions.get(),
    check: core_group_contributions,
};

fn core_group_contributions(_: &Asked, case: &Case, found: &mut Found) {
    let Some((m, group)) = case.held_core_groups().pop().filter(|_| goes_on(case)) else { return };
    for (i, invitee) in group.invitees.rows() {
        let stayed_away = invitee.attended.is(false) && invitee.reason_not_invited.is_blank();
        if invitee.role.is(InviteeRole::Professional) && stayed_away && !is_heard(invitee) {
            let message = format!(
                "Invitee {} of meeting {}, the latest core group, neither came nor sent views or a report",
                i + 1,
                m + 1
            );
            found.at(field!(meetings[m].invitees[i].views), message);
        }
    }
}

// ---- the plan ----

const CORE_GROUP_PLAN_SMART: Rule<Asked> = Rule {
    id: "core-group-plan-smart",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Once the core group has met, the child protection plan has actions that can be checked",
    remedy: "Add the actions, each with who does it, by when, and how everyone will know it is done.",
    term: |procedure| procedure.protection.plan_smart.get(),
    check: plan_smart,
};

/// How each action is worded is looked at with all actions.
fn plan_smart(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let Some((m, group)) = case.held_core_groups().pop().filter(|_| goes_on(case)) else { return };
    if plan.kind.is(PlanKind::ChildProtection)
        && plan.actions.rows().all(|(_, action)| action.what.is_blank())
        && group.held_on.get().is_some_and(|day| day < case.today)
    {
        let message = format!(
            "The child protection plan has no actions, and meeting {}, a core group, was held",
            m + 1
        );
        found.at(field!(plan.actions), message);
    }
}

// ---- questions ----

fn has_met(case: &Case) -> bool {
    goes_on(case) && !case.held_core_groups().is_empty()
}

const CORE_GROUP_PLAN: Prompt = Prompt {
    id: "core-group-plan",
    section: Section::Meetings,
    question: "Did the core group work the child protection plan out further, and talk through how and when the child is visited?",
    stage: Stage::Meeting,
    when: |case| has_met(case) && case.held_core_groups().len() == 1,
    since: |_| None,
};

const CORE_GROUP_LEAD: Prompt = Prompt {
    id: "core-group-lead",
    section: Section::Meetings,
    question: "Does the lead social worker work directly with child and family, convene the later core groups, and see that each member is clear about their part?",
    stage: Stage::Meeting,
    when: has_met,
    since: |_| None,
};

const CORE_GROUP_CHRONOLOGY: Prompt = Prompt {
    id: "core-group-chronology",
    section: Section::Case,
    question: "Has the core group brought the shared chronology and the assessment up to date, and were they looked at for the review conference?",
    stage: Stage::Meeting,
    when: has_met,
    since: |case| {
        let conferences = case.held_conferences().into_iter().rev();
        conferences.filter_map(|(_, conference)| conference.held_on.get()).next()
    },
};
