//! What is asked of a plan of early help, by one agency or by a team around the family.
//!
//! Which of the other rules ask the same of such a plan, and which rest, stands under `levels` in the procedure.

use crate::answer::Answer;
use crate::case::Case;
use crate::cast::{self, Agency, Family};
use crate::day::Day;
use crate::field::{Field, field};
use crate::finding::{Found, Section, Severity, Stage};
use crate::people::{Distinct, Person, Same};
use crate::procedure::Asked;
use crate::record::{Decision, Meeting, Progress, Role, RoleKind};
use crate::rule::{Check, Guidance, Prompt, Rule};
use crate::sitting;

pub(super) const CHECKS: &[&dyn Check] = &[
    &PLAN_ONE_AGENCY,
    &PLAN_ESCALATED,
    &PLAN_TEAM_DELIVERS,
    &CHAIRING_TURNS,
    &ATTENDANCE_WITHOUT_PARENTS,
    &PLAN_FURTHER_ISSUES,
    &PLAN_TEAM,
    &PLAN_WITHOUT_PARENTS,
    &PLAN_SINGLE_FOCUS,
    &PLAN_PROTECTION_ELSEWHERE,
    &PLAN_TEAM_MEMBERS,
];

// ---- a single focus ----

const PLAN_ONE_AGENCY: Rule<Asked> = Rule {
    id: "plan-one-agency",
    severity: Severity::Advice,
    stage: Stage::Circulate,
    title: "A plan with a single focus needs one agency alone",
    remedy: "Check whether the child needs support from several agencies, and with it a team around the family.",
    term: |procedure| procedure.plan.one_agency.get(),
    check: plan_one_agency,
};

/// The agency of an action is that of the role that its doer has in the plan.
fn plan_one_agency(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let mut agencies: Vec<Agency> = Vec::new();
    for (_, action) in plan.actions.rows().filter(|(_, action)| !action.status.is(Progress::Dropped)) {
        let doer = Person::new(&action.person, &action.who);
        let does = |role: &Role| {
            let member = Person::new(&role.person, &role.name);
            member.compare(doer) == Same::Yes || cast::speaks_of(doer.name, member)
        };
        for (_, role) in professionals(case).filter(|(_, role)| does(role)) {
            let agency = Agency::of(role.agency.text());
            if !role.agency.is_blank() && !agencies.iter().any(|known| known.is(&agency)) {
                agencies.push(agency);
            }
        }
    }
    if agencies.len() > 1 {
        let message =
            format!("The plan has a single focus, and its actions belong to {} agencies", agencies.len());
        found.at(field!(plan.kind), message);
    }
}

const PLAN_ESCALATED: Rule<Asked> = Rule {
    id: "plan-escalated",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "Where work with a single focus is stepped up, an early help assessment begins",
    remedy: "Begin the early help assessment and enter the day. It takes no new referral.",
    term: |procedure| procedure.plan.escalated.get(),
    check: plan_escalated,
};

fn plan_escalated(_: &Asked, case: &Case, found: &mut Found) {
    let held = case.held_meetings();
    let Some((i, meeting)) = held.last().filter(|(_, meeting)| meeting.decision.is(Decision::StepUp)) else {
        return;
    };
    let started_on = &case.record.assessment.started_on;
    let before = held.len().checked_sub(2).and_then(|before| held[before].1.held_on.get());
    // Where there is concern for the child's safety, the way up is another.
    let since = |on: &Answer<Day>| match on.get() {
        Some(day) => before.is_none_or(|before| day >= before),
        None => !on.is_blank(),
    };
    let protected = since(&case.record.case.strategy_discussion_on) || case.is_child_protection();
    if !since(started_on) && !protected && meeting.held_on.get().is_some_and(|day| day < case.today) {
        let number = i + 1;
        let message = if started_on.is_blank() {
            format!("Date the assessment started is missing, and meeting {number} decided to step up")
        } else {
            format!("Date the assessment started is long before meeting {number}, which decided to step up")
        };
        found.at(field!(assessment.started_on), message);
    }
}

// ---- the team around the family ----

const PLAN_TEAM_DELIVERS: Rule<Asked> = Rule {
    id: "plan-team-delivers",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "The team around the family shares the actions of the plan",
    remedy: "Agree with the team who takes which action.",
    term: |procedure| procedure.plan.team_delivers.get(),
    check: plan_team_delivers,
};

/// It is told where one professional has everything to do that the family does not do, and two others sit by.
fn plan_team_delivers(_: &Asked, case: &Case, found: &mut Found) {
    let family = Family::of(case);
    let plan = &case.record.plan;
    let mut doers = Distinct::default();
    let mut actions = 0;
    for (_, action) in plan.actions.rows().filter(|(_, action)| !action.status.is(Progress::Dropped)) {
        if action.who.is_blank() || cast::is_nobody_in_particular(action.who.text()) {
            return;
        }
        if !family.is_alone(action.who.text()) {
            doers.add(Person::new(&action.person, &action.who));
            actions += 1;
        }
    }
    let [doer] = doers.into_people()[..] else { return };
    let others = professionals(case)
        .filter(|(_, role)| Person::new(&role.person, &role.name).compare(doer) == Same::No)
        .filter(|(_, role)| !cast::speaks_of(doer.name, Person::new(&role.person, &role.name)));
    if actions > 1 && others.count() > 1 {
        found.at(
            field!(plan.actions),
            "One member of the team around the family has every action that is not the family's own",
        );
    }
}

/// The professionals with a part in the plan today.
fn professionals<'a>(case: &Case<'a>) -> impl Iterator<Item = (usize, &'a Role)> {
    let today = case.today;
    case.record.plan.roles.rows().filter(move |(_, role)| {
        role.kind.is(RoleKind::Professional)
            && role.involved_until.get().is_none_or(|day| day >= today)
            && role.involved_from.get().is_none_or(|day| day <= today)
    })
}

const CHAIRING_TURNS: Rule<Asked> = Rule {
    id: "chairing-turns",
    severity: Severity::Advice,
    stage: Stage::Review,
    title: "The members of the team take turns to chair and to take the minutes",
    remedy: "Agree who takes a turn at the next meeting, and enter them there.",
    term: |procedure| procedure.chairing.turns.get(),
    check: chairing_turns,
};

/// Meetings in a row after which it is time for a turn.
const ROW: usize = 3;

fn chairing_turns(_: &Asked, case: &Case, found: &mut Found) {
    let since = case.record.plan.started_on.get();
    let held: Vec<_> = case
        .held_meetings()
        .into_iter()
        .filter(|(_, meeting)| since.is_none_or(|since| meeting.held_on.get() >= Some(since)))
        .collect();
    let has_team = professionals(case).count() > 1;
    if held.len() < ROW || !has_team || case.is_closed() {
        return;
    }
    let next = case.upcoming_meeting().map(|(_, meeting)| meeting);
    let mut look = |who: for<'a> fn(&'a Meeting) -> Person<'a>, field: fn(usize) -> Field, did: &str| {
        let (last, meeting) = held[held.len() - 1];
        let latest = who(meeting);
        let same = held[held.len() - ROW..].iter().all(|(_, meeting)| who(meeting).is(latest));
        let turn = next.map(who).is_some_and(|next| !next.is_nobody() && next.compare(latest) == Same::No);
        if same && !latest.is_nobody() && !turn {
            found.at(field(last), format!("The same person {did} the last {ROW} meetings"));
        }
    };
    look(
        |meeting| Person::new(&meeting.chair.person, &meeting.chair.name),
        |m| field!(meetings[m].chair.name),
        "chaired",
    );
    look(minuted_by, |m| field!(meetings[m].minutes.taken_by), "took the minutes of");
}

fn minuted_by(meeting: &Meeting) -> Person<'_> {
    let taken_by = Person::called(&meeting.minutes.taken_by);
    if taken_by.is_nobody() { Person::called(&meeting.minute_taker) } else { taken_by }
}

// ---- a meeting without the parents ----

const ATTENDANCE_WITHOUT_PARENTS: Rule<Asked> = Rule {
    id: "attendance-without-parents",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "A team meeting goes ahead without the parents, and makes an action plan",
    remedy: "Make the action plan with those who came, and go through it with the parents as soon as can be.",
    term: |procedure| procedure.attendance.without_parents.get(),
    check: attendance_without_parents,
};

fn attendance_without_parents(_: &Asked, case: &Case, found: &mut Found) {
    let Some((sitting, _)) = sitting::held_without_parents(case) else { return };
    let (m, number) = (sitting.m, sitting.number());
    let mut others = sitting.meeting.invitees.rows().filter(|(_, one)| !sitting::is_parent(one));
    let postponed = &sitting.meeting.postponed;
    if !postponed.new_date.is_blank() && !others.any(|(_, invitee)| invitee.attended.get().is_some()) {
        let message = format!("Meeting {number} was put off, and only the parents are recorded as absent");
        found
            .at(field!(meetings[m].postponed.reason), message)
            .at_most(Severity::Warning)
            .remedy("Hold a meeting that the parents do not come to, and share with them what it plans.");
    } else if case.record.plan.actions.is_empty() && !case.is_closing() {
        let message = format!("Meeting {number} was held without the parents, and the plan has no actions");
        found.at(field!(plan.actions), message);
    }
}

// ---- what a person judges ----

const PLAN_FURTHER_ISSUES: Prompt = Prompt {
    id: "plan-further-issues",
    section: Section::Plan,
    question: "If more has come up than the single focus of the plan, has an early help assessment begun?",
    stage: Stage::Review,
    when: |_| true,
    since: latest_meeting,
};

const PLAN_TEAM: Prompt = Prompt {
    id: "plan-team",
    section: Section::Plan,
    question: "Did the team around the family work out the support together, with solutions rather than problems in view?",
    stage: Stage::Circulate,
    when: |_| true,
    since: |_| None,
};

const PLAN_WITHOUT_PARENTS: Prompt = Prompt {
    id: "plan-without-parents",
    section: Section::Plan,
    question: "Has the plan that was made without the parents been reviewed, and changed to fit what the family wishes and the child needs?",
    stage: Stage::Review,
    when: |case| sitting::held_without_parents(case).is_some(),
    since: latest_meeting,
};

fn latest_meeting(case: &Case) -> Option<crate::day::Day> {
    case.held_meetings().last().and_then(|(_, meeting)| meeting.held_on.get())
}

// ---- what is told ----

const PLAN_SINGLE_FOCUS: Guidance = Guidance {
    id: "plan-single-focus",
    text: "A plan with a single focus is for a need that one agency can meet, and comes to a multi-agency team from the front door. If more comes up, begin an early help assessment, without a new referral to the front door.",
    path: "plan.kind",
};

const PLAN_PROTECTION_ELSEWHERE: Guidance = Guidance {
    id: "plan-protection-elsewhere",
    text: "For a child protection plan, follow the procedure of the safeguarding children board on putting such plans into effect.",
    path: "plan.kind",
};

const PLAN_TEAM_MEMBERS: Guidance = Guidance {
    id: "plan-team-members",
    text: "In a team around the family, each member keeps the lead professional informed and offers guidance and advice.",
    path: "plan.roles[].responsibilities",
};
