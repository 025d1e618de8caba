//! What a plan holds: kind, needs and outcomes of each child, roles, safety, the child's views, dates and version.

use std::collections::HashSet;

use crate::answer::{Answer, Text};
use crate::case::{Case, Row};
use crate::cast;
use crate::day::Day;
use crate::field::{Field, field};
use crate::finding::{Found, Severity, Stage};
use crate::link::Links;
use crate::office::Office;
use crate::people::{Person, Same, folded};
use crate::procedure::{Asked, Limit};
use crate::record::{Child, Decision, InviteeRole, Meeting, MeetingKind, PlanKind, RoleKind, TakingPart};
use crate::rule::{Check, Clock, Deadline, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &PLAN_HELD,
    &PLAN_KIND,
    &PLAN_KIND_KNOWN,
    &PLAN_CONFERENCE,
    &PLAN_SUPERVISION_ORDER,
    &PLAN_ASSESSMENT,
    &PLAN_ASSESSMENT_DATES,
    &PLAN_ASSESSMENT_TIMESCALE,
    &PLAN_INTERIM,
    &CHILD_AGE,
    &PLAN_NEEDS,
    &NEED_CHILD,
    &PLAN_OUTCOMES,
    &OUTCOME_CHILD,
    &PLAN_LEAD_PROFESSIONAL,
    &PLAN_ONE_LEAD,
    &PLAN_ROLES,
    &PLAN_SAFETY,
    &PLAN_CONTINGENCY,
    &PLAN_WIDER_FAMILY,
    &CHILD_VIEWS,
    &CHILD_LIVED_EXPERIENCE,
    &CHILD_INFLUENCE,
    &PLAN_DATED,
    &PLAN_DATES,
    &PLAN_VERSION,
    &PLAN_VERSION_ORDER,
    &PLAN_UPDATED,
    &PLAN_RECORDED,
    &PLAN_RECORDED_DATE,
];

// ---- the plan and its kind ----

const PLAN_HELD: Rule<Asked> = Rule {
    id: "plan-held",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "A child with an open case has a plan",
    remedy: "Draw up the plan, or record the brief intervention that makes it unnecessary.",
    term: |procedure| procedure.plan.held.get(),
    check: plan_held,
};

fn plan_held(_: &Asked, case: &Case, found: &mut Found) {
    let opened = !case.record.case.referred_on.is_blank()
        || !case.record.case.responsibility_accepted_on.is_blank()
        || !case.held_meetings().is_empty();
    if opened && !case.has_plan() && !case.is_brief_intervention() && !case.is_closed() {
        found.at(field!(plan.kind), "The case is open and there is no plan");
    }
}

const PLAN_KIND: Rule<Vec<PlanKind>> = Rule {
    id: "plan-kind",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "The plan says of which kind it is",
    remedy: "Choose the kind of plan.",
    term: |procedure| procedure.plan.kinds.get(),
    check: plan_kind,
};

fn plan_kind(_: &Vec<PlanKind>, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    if plan.kind.is_blank() && !plan.interim.is(true) && case.has_plan() {
        found.at(field!(plan.kind), "Kind of plan is missing");
    }
}

const PLAN_KIND_KNOWN: Rule<Vec<PlanKind>> = Rule {
    id: "plan-kind-known",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "The kind of plan is one that the procedure has",
    remedy: "Choose another kind of plan, or check it against the procedure that fits it.",
    term: |procedure| procedure.plan.kinds.get(),
    check: |kinds, case, found| plan_kind_known(kinds, case, found),
};

fn plan_kind_known(kinds: &[PlanKind], case: &Case, found: &mut Found) {
    if case.record.plan.kind.get().is_some_and(|kind| !kinds.contains(&kind)) {
        found.at(field!(plan.kind), "Kind of plan is one that this procedure does not have");
    }
}

/// Whether a child protection plan is in force today.
fn has_child_protection_plan(case: &Case) -> bool {
    let facts = &case.record.case;
    facts.child_protection_plan.is(true)
        && facts.child_protection_plan_ended_on.get().is_none_or(|day| day > case.today)
}

const PLAN_CONFERENCE: Rule<Asked> = Rule {
    id: "plan-conference",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "A child protection plan, and no other, goes back to a child protection conference",
    remedy: "Check the kind of plan and what is recorded of the conference.",
    term: |procedure| procedure.plan.conference.get(),
    check: plan_conference,
};

fn plan_conference(_: &Asked, case: &Case, found: &mut Found) {
    let facts = &case.record.case;
    match case.record.plan.kind.get() {
        Some(PlanKind::ChildProtection)
            if facts.conference_on.is_blank()
                && case.record.conferences.is_empty()
                && facts.child_protection_plan.is_blank() =>
        {
            let message = "Date of the child protection conference is missing for a child protection plan";
            found.at(field!(case.conference_on), message);
        }
        Some(PlanKind::ChildInNeed) if has_child_protection_plan(case) => {
            found.at(
                field!(plan.kind),
                "Kind of plan is child in need while a child protection plan is in force",
            );
        }
        _ => {}
    }
}

const PLAN_SUPERVISION_ORDER: Rule<Asked> = Rule {
    id: "plan-supervision-order",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "A child under a supervision order has a Child in Need plan",
    remedy: "Draw up a Child in Need plan, or choose that kind.",
    term: |procedure| procedure.plan.supervision_order.get(),
    check: plan_supervision_order,
};

fn plan_supervision_order(_: &Asked, case: &Case, found: &mut Found) {
    let record = case.record;
    let under_order = record.case.supervision_order.is(true)
        || record.children.rows().any(|(_, child)| child.supervision_order.is(true));
    if !under_order || has_child_protection_plan(case) || case.is_closed() {
        return;
    }
    match record.plan.kind.get() {
        Some(PlanKind::ChildInNeed | PlanKind::Interim | PlanKind::ChildProtection) => {}
        Some(_) => {
            found.at(
                field!(plan.kind),
                "Kind of plan is not child in need while a supervision order is in force",
            );
        }
        None if !case.has_plan() => {
            found.at(field!(plan.kind), "A supervision order is in force and there is no plan");
        }
        None => {}
    }
}

// ---- the assessment ----

fn is_interim(case: &Case) -> bool {
    case.record.plan.interim.is(true) || case.record.plan.kind.is(PlanKind::Interim)
}

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
    if case.record.assessment.completed_on.is_blank() && !is_interim(case) && !case.is_brief_intervention() {
        found.at(
            field!(assessment.completed_on),
            "Date the assessment was completed is missing, and the plan is not an interim one",
        );
    }
}

const PLAN_ASSESSMENT_DATES: Rule<Asked> = Rule {
    id: "plan-assessment-dates",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The assessment was completed after it started, and by today",
    remedy: "Check the days of the assessment.",
    term: |procedure| procedure.plan.assessment.get(),
    check: plan_assessment_dates,
};

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
        found.at(field, "Who agreed the timescale is missing for the assessment").at_most(gravest);
    } else if Person::called(&assessment.timescale_agreed_by).is(social_worker) {
        found.at(field, "Who agreed the timescale of the assessment is the social worker").at_most(gravest);
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
    if drawn_up_on < completed_on && !is_interim(case) {
        let message =
            "The plan was drawn up before the assessment was completed, and is not marked as an interim plan";
        found.at(field!(plan.interim), message);
    } else if drawn_up_on > completed_on && is_interim(case) {
        let message = "Interim plan is chosen, and the assessment was complete when the plan was drawn up";
        let field = if plan.interim.is(true) { field!(plan.interim) } else { field!(plan.kind) };
        found.at(field, message).at_most(Severity::Warning);
    }
}

// ---- the children, their needs and outcomes ----

const CHILD_AGE: Rule<Asked> = Rule {
    id: "child-age",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The age of each child is that of a child",
    remedy: "Check the date of birth.",
    term: |procedure| procedure.plan.ages.get(),
    check: child_age,
};

/// Birthday from which somebody is no child any more (Children Act 1989, section 105).
const GROWN_UP: u32 = 18;

fn child_age(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let began = plan.started_on.get().or(plan.drawn_up_on.get()).unwrap_or(case.today);
    for (i, child) in case.record.children.rows() {
        let field = field!(children[i].date_of_birth);
        if child.date_of_birth.get().is_some_and(|born| born > case.today) {
            found
                .at(field, format!("Date of birth is in the future for child {}", i + 1))
                .remedy("Check the day. For a child who is not born yet, enter the expected date of birth.");
        } else if case.age(child, began).is_some_and(|age| age >= GROWN_UP) {
            let message = format!("Child {} was {GROWN_UP} or older when the plan started", i + 1);
            found.at(field, message).at_most(Severity::Advice);
        }
    }
}

/// The children a row is about, by the answer to "Child".
enum Whose {
    /// All of them.
    All,
    /// These, by their index.
    These(Vec<usize>),
    /// None whom the record has.
    Astray,
}

/// How a row refers to children: by `id`, number or name, or to all of them.
struct Children<'a> {
    rows: Vec<Row<'a, Child>>,
    links: Links<'a>,
}

impl<'a> Children<'a> {
    fn of(case: &Case<'a>) -> Children<'a> {
        let rows: Vec<_> = case.record.children.rows().collect();
        let links = Links::new(
            "child",
            rows.iter().map(|(index, child)| (*index, child.id.text(), child.name.text())),
        );
        Children { rows, links }
    }

    fn meant(&self, child: &Answer<Text>) -> Whose {
        let text = child.text();
        if child.is_blank() || self.rows.len() < 2 {
            return Whose::All;
        }
        let led = self.links.follow(text);
        if !led.astray {
            return Whose::These(led.to);
        }
        let named: Vec<usize> = self
            .rows
            .iter()
            .filter(|(_, child)| {
                let person = Person::new(&child.person, &child.name);
                (!person.key.is_empty() && person.key == text.trim()) || cast::speaks_of(text, person)
            })
            .map(|(index, _)| *index)
            .collect();
        let all = ["all", "both", "each", "every", "everyone", "children", "siblings", "whole"];
        match () {
            () if !named.is_empty() => Whose::These(named),
            () if folded(text).iter().any(|word| all.contains(&word.as_str())) => Whose::All,
            () => Whose::Astray,
        }
    }

    /// The children for whom there is no row, where there are several children.
    fn left_out<'r>(&self, rows: impl Iterator<Item = &'r Answer<Text>>) -> Vec<Row<'a, Child>> {
        let mut covered = HashSet::new();
        for child in rows {
            match self.meant(child) {
                Whose::All => return Vec::new(),
                Whose::These(these) => covered.extend(these),
                // Reported on its own; whom it means is not known.
                Whose::Astray => return Vec::new(),
            }
        }
        self.rows.iter().copied().filter(|(index, _)| !covered.contains(index)).collect()
    }
}

/// A child by name, or by number where there is none.
fn name_of(index: usize, child: &Child) -> String {
    match child.name.text().trim() {
        "" => format!("child {}", index + 1),
        name => name.into(),
    }
}

const PLAN_NEEDS: Rule<Asked> = Rule {
    id: "plan-needs",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan sets out the needs of each child",
    remedy: "Add what the child needs, for each child apart.",
    term: |procedure| procedure.plan.needs.get(),
    check: plan_needs,
};

fn plan_needs(_: &Asked, case: &Case, found: &mut Found) {
    if case.is_brief_intervention() {
        return;
    }
    let needs = &case.record.plan.needs;
    let mut told = needs.rows().filter(|(_, need)| !need.text.is_blank()).peekable();
    if told.peek().is_none() {
        found.at(field!(plan.needs), "There is no need on the plan");
    } else {
        for (index, child) in Children::of(case).left_out(told.map(|(_, need)| &need.child)) {
            found
                .at(field!(plan.needs), format!("There is no need of {} on the plan", name_of(index, child)));
        }
    }
    for (i, need) in needs.rows() {
        if need.text.is_blank() && !(need.services.is_blank() && need.progress.is_blank()) {
            found
                .at(field!(plan.needs[i].text), format!("Need is missing in row {}", i + 1))
                .remedy("Say what the child needs, or take the row away.");
        }
    }
}

const NEED_CHILD: Rule<Asked> = Rule {
    id: "need-child",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The child whose need it is belongs to the plan",
    remedy: "Choose one of the children, or leave the answer empty where it is about all of them.",
    term: |procedure| procedure.plan.needs.get(),
    check: need_child,
};

fn need_child(_: &Asked, case: &Case, found: &mut Found) {
    let children = Children::of(case);
    for (i, need) in case.record.plan.needs.rows() {
        if matches!(children.meant(&need.child), Whose::Astray) {
            found.at(
                field!(plan.needs[i].child),
                format!("Child (need {}) is not among the children of the plan", i + 1),
            );
        }
    }
}

const PLAN_OUTCOMES: Rule<Asked> = Rule {
    id: "plan-outcomes",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Every child has an outcome to work towards",
    remedy: "Add what will be different for the child.",
    term: |procedure| procedure.plan.outcome_for_each_child.get(),
    check: plan_outcomes,
};

fn plan_outcomes(_: &Asked, case: &Case, found: &mut Found) {
    if case.is_brief_intervention() {
        return;
    }
    let outcomes = &case.record.plan.outcomes;
    let mut told = outcomes.rows().filter(|(_, outcome)| !outcome.text.is_blank()).peekable();
    if told.peek().is_none() {
        found.at(field!(plan.outcomes), "There is no outcome on the plan");
    } else {
        for (index, child) in Children::of(case).left_out(told.map(|(_, outcome)| &outcome.child)) {
            found.at(
                field!(plan.outcomes),
                format!("There is no outcome for {} on the plan", name_of(index, child)),
            );
        }
    }
    for (i, outcome) in outcomes.rows() {
        let other = [&outcome.need, &outcome.progress, &outcome.result];
        if outcome.text.is_blank() && other.iter().any(|answer| !answer.is_blank()) {
            found
                .at(field!(plan.outcomes[i].text), format!("Outcome is missing in row {}", i + 1))
                .remedy("Say what will be different for the child, or take the row away.");
        }
    }
}

const OUTCOME_CHILD: Rule<Asked> = Rule {
    id: "outcome-child",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The child whom an outcome is for belongs to the plan",
    remedy: "Choose one of the children, or leave the answer empty where it is about all of them.",
    term: |procedure| procedure.plan.outcome_for_each_child.get(),
    check: outcome_child,
};

fn outcome_child(_: &Asked, case: &Case, found: &mut Found) {
    let children = Children::of(case);
    for (i, outcome) in case.record.plan.outcomes.rows() {
        if matches!(children.meant(&outcome.child), Whose::Astray) {
            let message = format!("Child (outcome {}) is not among the children of the plan", i + 1);
            found.at(field!(plan.outcomes[i].child), message);
        }
    }
}

// ---- who does what ----

const PLAN_LEAD_PROFESSIONAL: Rule<Asked> = Rule {
    id: "plan-lead-professional",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The lead professional of the family is named",
    remedy: "Enter the name of the one person who holds the plan together, and their role.",
    term: |procedure| procedure.plan.lead_professional.get(),
    check: plan_lead_professional,
};

fn plan_lead_professional(_: &Asked, case: &Case, found: &mut Found) {
    let lead = &case.record.plan.lead_professional;
    if case.is_brief_intervention() {
        return;
    }
    let field = field!(plan.lead_professional.name);
    if lead.name.is_blank() && lead.person.is_blank() {
        found.at(field, "Lead professional's name is missing");
    } else if cast::is_put_off(lead.name.text()) {
        found.at(field, "Lead professional's name is still open");
    } else if cast::is_nobody_in_particular(lead.name.text()) {
        found.at(field, "Lead professional's name is that of a group, and of nobody in particular");
    } else if lead.role.is_blank() {
        found
            .at(field!(plan.lead_professional.role), "Lead professional's role is missing")
            .at_most(Severity::Warning)
            .remedy("Enter the role of the lead professional.");
    }
}

const PLAN_ONE_LEAD: Rule<Asked> = Rule {
    id: "plan-one-lead",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "A family has one lead professional",
    remedy: "Name the one person who holds the plan together; enter others under roles.",
    term: |procedure| procedure.plan.lead_professional.get(),
    check: plan_one_lead,
};

fn plan_one_lead(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let lead = Person::new(&plan.lead_professional.person, &plan.lead_professional.name);
    let names = lead
        .name
        .split(['&', '+', ';', '/'])
        .flat_map(|part| part.split(" and "))
        .filter(|part| folded(part).len() > 1 && Office::recognise(part).is_none())
        .count();
    if names > 1 {
        found.at(field!(plan.lead_professional.name), "Lead professional's name holds more than one name");
    }
    if lead.is_nobody() {
        return;
    }
    for (i, role) in plan.roles.rows() {
        let person = Person::new(&role.person, &role.name);
        let leads = folded(role.role.text()).join(" ").contains("lead professional");
        let gone = role.involved_until.get().is_some_and(|day| day < case.today);
        if leads && !gone && !person.is_nobody() && person.compare(lead) == Same::No {
            let message = format!("Row {} of the roles is called lead professional too", i + 1);
            found.at(field!(plan.roles[i].role), message);
        }
    }
}

const PLAN_ROLES: Rule<Asked> = Rule {
    id: "plan-roles",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The role and responsibilities of each professional are stated",
    remedy: "Say what this person does in the plan.",
    term: |procedure| procedure.plan.roles.get(),
    check: plan_roles,
};

fn plan_roles(_: &Asked, case: &Case, found: &mut Found) {
    let roles = &case.record.plan.roles;
    for (i, role) in roles.rows() {
        let gone = role.involved_until.get().is_some_and(|day| day < case.today);
        // A relation says on whose side somebody stands, where nobody chose it.
        let family =
            role.kind.is(RoleKind::Family) || (role.kind.is_blank() && cast::is_relation(role.role.text()));
        let named = !Person::new(&role.person, &role.name).is_nobody();
        // A row in which nobody is named yet is one that a form has prepared.
        if gone || family || !(named || !role.role.is_blank() || !role.agency.is_blank()) {
            continue;
        }
        if role.role.is_blank() && named {
            found
                .at(field!(plan.roles[i].role), format!("Role is missing in row {} of the roles", i + 1))
                .remedy("Enter the role of this person.");
        }
        if role.responsibilities.is_blank() || cast::is_put_off(role.responsibilities.text()) {
            let message = format!("Responsibilities are missing in row {} of the roles", i + 1);
            found.at(field!(plan.roles[i].responsibilities), message);
        }
    }
    let missing = without_role(case);
    if roles.is_empty() && !missing.is_empty() {
        found
            .at(field!(plan.roles), "Roles and responsibilities of the professionals are missing")
            .remedy("Add each professional who takes part, with role and responsibilities.");
        return;
    }
    for person in missing {
        found
            .at(
                field!(plan.roles),
                format!("{} came to the meeting and has no role in the plan", person.name),
            )
            .at_most(Severity::Warning)
            .remedy("Add this person with role and responsibilities, if they have a part in the plan.");
    }
}

/// Professionals who came to the latest meeting and are neither in the roles nor holding the case.
fn without_role<'a>(case: &Case<'a>) -> Vec<Person<'a>> {
    let (facts, plan) = (&case.record.case, &case.record.plan);
    let Some((_, meeting)) = case.held_meetings().pop() else { return Vec::new() };
    let known: Vec<Person> = [
        Person::new(&facts.social_worker.person, &facts.social_worker.name),
        Person::called(&facts.social_worker.supervisor),
        Person::new(&facts.manager.person, &facts.manager.name),
        Person::new(&plan.lead_professional.person, &plan.lead_professional.name),
        Person::new(&meeting.chair.person, &meeting.chair.name),
        Person::called(&meeting.minute_taker),
        Person::called(&meeting.minutes.taken_by),
    ]
    .into_iter()
    .chain(plan.roles.rows().map(|(_, role)| Person::new(&role.person, &role.name)))
    .collect();
    meeting
        .invitees
        .rows()
        .filter(|(_, invitee)| invitee.role.is(InviteeRole::Professional) && invitee.attended.is(true))
        // A role may name the agency and leave open who comes.
        .filter(|(_, invitee)| {
            let agency = folded(invitee.agency.text());
            agency.is_empty() || !plan.roles.rows().any(|(_, role)| folded(role.agency.text()) == agency)
        })
        .map(|(_, invitee)| Person::new(&invitee.person, &invitee.name))
        .filter(|person| !person.name.is_empty())
        .filter(|person| !known.iter().any(|known| known.compare(*person) >= Same::Perhaps))
        .collect()
}

// ---- safety, contingency, family ----

const PLAN_SAFETY: Rule<Asked> = Rule {
    id: "plan-safety",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan has a safety plan",
    remedy: "Say what keeps the child safe, day and night, and who sees to it.",
    term: |procedure| procedure.plan.safety_plan.get(),
    check: |_, case, found| {
        text_there(case, &case.record.plan.safety_plan, "Safety plan", field!(plan.safety_plan), found);
    },
};

const PLAN_CONTINGENCY: Rule<Asked> = Rule {
    id: "plan-contingency",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan says what happens if it does not work",
    remedy: "Say what would show that the plan does not work, and who then does what.",
    term: |procedure| procedure.plan.contingency.get(),
    check: |_, case, found| {
        text_there(case, &case.record.plan.contingency, "Contingency plan", field!(plan.contingency), found);
    },
};

/// A text that every plan has to hold: it is there, and says more than that it is to come.
fn text_there(case: &Case, text: &Answer<Text>, label: &str, field: Field, found: &mut Found) {
    if case.is_brief_intervention() {
    } else if text.is_blank() {
        found.at(field, format!("{label} is missing"));
    } else if cast::is_put_off(text.text()) {
        found.at(field, format!("{label} is still open"));
    }
}

const PLAN_WIDER_FAMILY: Rule<Asked> = Rule {
    id: "plan-wider-family",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan says what part the wider family and friends play and what support they give",
    remedy: "Say who in the family and among friends helps and how, or that this was looked at and nobody can.",
    term: |procedure| procedure.plan.wider_family.get(),
    check: plan_wider_family,
};

fn plan_wider_family(_: &Asked, case: &Case, found: &mut Found) {
    let wider_family = &case.record.plan.wider_family;
    // "None" may be the answer here.
    let none = ["none", "nobody", "no one"].contains(&folded(wider_family.text()).join(" ").as_str());
    if !none {
        text_there(case, wider_family, "Wider family and friends", field!(plan.wider_family), found);
    }
}

// ---- the child's views ----

/// The children who are born, as far as is known.
fn born<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Child>> {
    let today = case.today;
    let asked = !case.is_brief_intervention();
    case.record.children.rows().filter(move |(_, child)| {
        asked
            && match child.date_of_birth.get() {
                Some(born) => born <= today,
                None => child.expected_date_of_birth.is_blank() || !child.date_of_birth.is_blank(),
            }
    })
}

const CHILD_VIEWS: Rule<Asked> = Rule {
    id: "child-views",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The views, wishes and feelings of each child are recorded, and how they were found out",
    remedy: "Write down what the child thinks, wants and feels, in the child's own words where you can.",
    term: |procedure| procedure.plan.child_views.get(),
    check: child_views,
};

fn child_views(_: &Asked, case: &Case, found: &mut Found) {
    if case.record.children.is_empty() && !case.is_brief_intervention() {
        found
            .at(field!(children), "There is no child on the plan")
            .remedy("Add each child, with what the child thinks, wants and feels.");
    }
    for (i, child) in born(case) {
        let number = i + 1;
        if child.views.text.is_blank() || cast::is_put_off(child.views.text.text()) {
            let message = format!("Child's views, wishes and feelings are missing for child {number}");
            let finding = found.at(field!(children[i].views.text), message);
            // A child may choose not to say; then the record holds why.
            let participation = &child.participation;
            if participation.form.is(TakingPart::None) && !participation.reason_not_involved.is_blank() {
                finding.at_most(Severity::Advice).remedy(
                    "Write down what is known of the child's views in other ways, or that the child keeps them private.",
                );
            }
            continue;
        }
        if child.views.gathered_by.is_blank() {
            found
                .at(
                    field!(children[i].views.gathered_by),
                    format!("Who found out the child's views is missing for child {number}"),
                )
                .at_most(Severity::Warning)
                .remedy("Enter who spoke with the child or observed the child.");
        }
        if child.views.method.is_blank() {
            found
                .at(
                    field!(children[i].views.method),
                    format!("How the child's views were found out is missing for child {number}"),
                )
                .at_most(Severity::Warning)
                .remedy("Say how you found out: a talk, a drawing, a tool, what you observed.");
        }
    }
}

const CHILD_LIVED_EXPERIENCE: Rule<Asked> = Rule {
    id: "child-lived-experience",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan shows what life is like for each child",
    remedy: "Describe a day in the child's life as the child lives it.",
    term: |procedure| procedure.plan.lived_experience.get(),
    check: child_lived_experience,
};

fn child_lived_experience(_: &Asked, case: &Case, found: &mut Found) {
    for (i, child) in born(case) {
        if child.views.lived_experience.is_blank() {
            let message = format!("What life is like for the child is missing for child {}", i + 1);
            found.at(field!(children[i].views.lived_experience), message);
        }
    }
}

const CHILD_INFLUENCE: Rule<Asked> = Rule {
    id: "child-influence",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The views of each child shape the plan",
    remedy: "Say what is in the plan because of what the child said or showed, and what is not, and why.",
    term: |procedure| procedure.plan.views_shape_plan.get(),
    check: child_influence,
};

fn child_influence(_: &Asked, case: &Case, found: &mut Found) {
    for (i, child) in born(case) {
        let views = &child.views;
        // Views that are not there are told by their own rules.
        let known = !views.text.is_blank() || !views.lived_experience.is_blank();
        if known && views.influence_on_plan.is_blank() {
            let message = format!("How the child's views shaped the plan is missing for child {}", i + 1);
            found.at(field!(children[i].views.influence_on_plan), message);
        }
    }
}

// ---- dates and versions ----

/// The meetings held by today from which a plan comes, in order of their days: all but those that end the work.
fn planning_meetings<'a>(case: &Case<'a>) -> Vec<Row<'a, Meeting>> {
    let mut held = case.held_meetings();
    held.retain(|(_, meeting)| match meeting.decision.get() {
        Some(decision) => decision == Decision::Continue,
        None => !meeting.kind.is(MeetingKind::Closing),
    });
    held
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
    if case.record.plan.drawn_up_on.is_blank() && !case.is_brief_intervention() {
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
    title: "The plan is later than its earlier versions, by number and by day",
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

/// The latest meeting that carried the work on starts the clock.
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
    let done = prepared.or(since(plan.drawn_up_on.get())).or(since(plan.updated_on.get()));
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
