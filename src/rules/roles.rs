//! Who does what: the lead professional, and the part of everyone else.

use crate::answer::{Answer, Text};
use crate::case::{Case, Row};
use crate::cast::{self, Family};
use crate::field::{Field, field};
use crate::finding::{Found, Severity, Stage};
use crate::office::Office;
use crate::people::{Person, Same, folded};
use crate::procedure::{Asked, Limit};
use crate::record::{InviteeRole, LeadProfessional, Meeting, PlanKind, Role, RoleKind, Team};
use crate::rule::{Check, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &PLAN_LEAD_PROFESSIONAL,
    &PLAN_ONE_LEAD,
    &PLAN_LEAD_SOCIAL_WORKER,
    &PLAN_LEAD_RESPONSIBILITIES,
    &PLAN_VISITS_STATED,
    &PLAN_VISITS_USUAL,
    &PLAN_VISITS_LONGEST,
    &PLAN_SOCIAL_WORKER_ROLE,
    &PLAN_ROLES,
    &PLAN_FAMILY_ROLES,
    &PLAN_CONTACT_KIND,
    &PLAN_CONTACT_EVERY,
];

// ---- the lead professional ----

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
    if !case.asks_for_plan() {
        return;
    }
    let field = field!(plan.lead_professional.name);
    if lead.name.is_blank() && lead.person.is_blank() {
        found.at(field, "Lead professional's name is missing");
    } else if cast::is_put_off(&lead.name) {
        let message =
            format!("Lead professional's name is missing: it says only “{}”", lead.name.text().trim());
        found.at(field, message);
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
        let leads = role.role.folded().join(" ").contains("lead professional");
        let gone = role.involved_until.get().is_some_and(|day| day < case.today);
        if leads && !gone && !person.is_nobody() && person.compare(lead) == Same::No {
            let message = format!("Row {} of the roles is called lead professional too", i + 1);
            found.at(field!(plan.roles[i].role), message);
        }
    }
}

const PLAN_LEAD_SOCIAL_WORKER: Rule<Asked> = Rule {
    id: "plan-lead-social-worker",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The lead professional of a Child in Need plan is the social worker",
    remedy: "Name the social worker. Where another lead professional fits better, step the case down to early help.",
    term: |procedure| procedure.plan.lead_is_social_worker.get(),
    check: plan_lead_social_worker,
};

fn plan_lead_social_worker(_: &Asked, case: &Case, found: &mut Found) {
    let lead = &case.record.plan.lead_professional;
    let social_worker = &case.record.case.social_worker;
    let person = Person::new(&lead.person, &lead.name);
    let social_worker = Person::new(&social_worker.person, &social_worker.name);
    let in_need = match case.record.plan.kind.get() {
        None => case.record.plan.kind.is_blank(),
        Some(kind) => kind == PlanKind::ChildInNeed,
    };
    if !in_need || case.is_closed() || person.is_nobody() {
        return;
    }
    if !social_worker.is_nobody() && person.compare(social_worker) != Same::No {
        return;
    }
    let field = field!(plan.lead_professional.name);
    // A manager who holds a case that is not allocated is a social worker too.
    let office = lead.role.office();
    if office.is_some_and(|office| office.is_social_worker() || office.is_manager()) {
        if !social_worker.is_nobody() {
            found
                .at(field, "Lead professional and social worker of the case are two people")
                .at_most(Severity::Warning)
                .remedy("Check which of the two holds the case.");
        }
    } else if !lead.role.is_blank() || !social_worker.is_nobody() {
        found.at(field, "Lead professional is not the social worker");
    }
}

const PLAN_LEAD_RESPONSIBILITIES: Rule<Asked> = Rule {
    id: "plan-lead-responsibilities",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan says what the lead professional answers for",
    remedy: "Say what the lead professional does to put the plan into effect.",
    term: |procedure| procedure.plan.lead_responsibilities.get(),
    check: plan_lead_responsibilities,
};

fn plan_lead_responsibilities(_: &Asked, case: &Case, found: &mut Found) {
    let lead = &case.record.plan.lead_professional;
    // Without a name, the rule about the lead professional says so.
    if Person::new(&lead.person, &lead.name).is_nobody()
        || is_told(&lead.responsibilities)
        || has_told_role(case, lead)
    {
        return;
    }
    found.at(
        field!(plan.lead_professional.responsibilities),
        "Lead professional's responsibilities are missing",
    );
}

fn is_told(text: &Answer<Text>) -> bool {
    !text.is_blank() && !cast::is_put_off(text)
}

/// Whether the lead professional stands among the roles as well, with responsibilities there.
fn has_told_role(case: &Case, lead: &LeadProfessional) -> bool {
    let lead = Person::new(&lead.person, &lead.name);
    let roles = &case.record.plan.roles;
    roles
        .rows()
        .any(|(_, role)| is_told(&role.responsibilities) && Person::new(&role.person, &role.name).is(lead))
}

// ---- how often the child is visited ----

const PLAN_VISITS_STATED: Rule<Asked> = Rule {
    id: "plan-visits-stated",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan says how often the child is visited",
    remedy: "Enter how often the child is visited, such as every 4 weeks.",
    term: |procedure| procedure.plan.visits_stated.get(),
    check: plan_visits_stated,
};

fn plan_visits_stated(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let lead = &plan.lead_professional;
    let words = lead.responsibilities.folded();
    let has = |some: &[&str]| words.iter().any(|word| some.iter().any(|stem| word.contains(stem)));
    // "Visits every four weeks" says it among the responsibilities.
    let in_words = has(&["visit"]) && has(&["week", "fortnight", "month", "day"]);
    let by_role = || {
        plan.roles.rows().any(|(_, role)| {
            !role.contact_every.is_blank()
                && (cast::is_social_worker(role.role.text()) || is_social_worker(case, role))
        })
    };
    if lead.visit_every.is_blank() && !in_words && !by_role() && case.has_plan() {
        found.at(
            field!(plan.lead_professional.visit_every),
            "The plan does not say how often the lead professional visits",
        );
    }
}

fn is_social_worker(case: &Case, role: &Role) -> bool {
    let social_worker = &case.record.case.social_worker;
    Person::new(&role.person, &role.name).is(Person::new(&social_worker.person, &social_worker.name))
}

const PLAN_VISITS_USUAL: Rule<Limit> = Rule {
    id: "plan-visits-usual",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "The plan sets visits no further apart than usual, or says why",
    remedy: "Enter a shorter interval, or the reason for this one.",
    term: |procedure| procedure.plan.visits_usual.get(),
    check: plan_visits_usual,
};

fn plan_visits_usual(usual: &Limit, case: &Case, found: &mut Found) {
    let lead = &case.record.plan.lead_professional;
    let Some(every) = lead.visit_every.get() else { return };
    let too_long =
        case.procedure.plan.visits_longest.get().is_some_and(|longest| longest.value.is_exceeded_by(every));
    let told = found.leaves_room() && !lead.reason_visit_interval.is_blank();
    if usual.is_exceeded_by(every) && !too_long && !told {
        let message =
            format!("The lead professional visits less often than every {}, which is usual", usual.0);
        found.at(field!(plan.lead_professional.visit_every), message);
    }
}

const PLAN_VISITS_LONGEST: Rule<Limit> = Rule {
    id: "plan-visits-longest",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The plan sets visits no further apart than the procedure allows",
    remedy: "Enter a shorter interval.",
    term: |procedure| procedure.plan.visits_longest.get(),
    check: plan_visits_longest,
};

fn plan_visits_longest(longest: &Limit, case: &Case, found: &mut Found) {
    let own_interval = case.record.case.team.is(Team::DisabilitySocialWork)
        && case.procedure.visits.every_disability_team.get().is_some();
    let Some(every) = case.record.plan.lead_professional.visit_every.get() else { return };
    if longest.is_exceeded_by(every) && !own_interval && !case.is_closed() {
        let message = format!("The lead professional visits less often than every {}", longest.0);
        found.at(field!(plan.lead_professional.visit_every), message);
    }
}

// ---- everyone's part ----

const PLAN_SOCIAL_WORKER_ROLE: Rule<Asked> = Rule {
    id: "plan-social-worker-role",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The role of the social worker is spelled out",
    remedy: "Say what the social worker does in the plan.",
    term: |procedure| procedure.plan.social_worker_role.get(),
    check: plan_social_worker_role,
};

fn plan_social_worker_role(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let lead = &plan.lead_professional;
    let facts = &case.record.case.social_worker;
    let social_worker = Person::new(&facts.person, &facts.name);
    let own = plan
        .roles
        .rows()
        .find(|(_, role)| is_social_worker(case, role) || cast::is_social_worker(role.role.text()));
    let leads =
        Person::new(&lead.person, &lead.name).is(social_worker) || cast::is_social_worker(lead.role.text());
    if !case.has_plan()
        || own.is_some_and(|(_, role)| is_told(&role.responsibilities))
        || (leads && is_told(&lead.responsibilities))
    {
        return;
    }
    let field = match own {
        Some((i, _)) => field!(plan.roles[i].responsibilities),
        None if leads => field!(plan.lead_professional.responsibilities),
        None => field!(plan.roles),
    };
    found.at(field, "The role of the social worker is not spelled out");
}

/// Whether a row of the roles stands on the family's side: by its kind, or where nobody chose one by the relation.
fn is_family(role: &Role) -> bool {
    role.kind.is(RoleKind::Family) || (role.kind.is_blank() && cast::is_relation(role.role.text()))
}

/// The roles that somebody has today. A row in which nobody is named yet is one that a form has prepared.
fn roles<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Role>> {
    let today = case.today;
    case.record.plan.roles.rows().filter(move |(_, role)| {
        let named = !Person::new(&role.person, &role.name).is_nobody();
        let gone = role.involved_until.get().is_some_and(|day| day < today);
        !gone && (named || !role.role.is_blank() || !role.agency.is_blank())
    })
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
    for (i, role) in roles(case).filter(|(_, role)| !is_family(role)) {
        let named = !Person::new(&role.person, &role.name).is_nobody();
        // A row may name no more than the office or the agency.
        if role.role.is_blank() && named && !cast::is_office(role.name.text()) {
            found
                .at(field!(plan.roles[i].role), format!("Role is missing in row {} of the roles", i + 1))
                .remedy("Enter the role of this person.");
        }
        if !is_told(&role.responsibilities) {
            let message = format!("Responsibilities are missing in row {} of the roles", i + 1);
            found.at(field!(plan.roles[i].responsibilities), message);
        }
    }
    let missing = without_role(case);
    if case.record.plan.roles.is_empty() && !missing.is_empty() {
        found
            .at(field!(plan.roles), "Roles and responsibilities of the professionals are missing")
            .remedy("Add each professional who takes part, with role and responsibilities.");
        return;
    }
    // Who came to hear that the work ends has no part in it any more.
    for person in missing.into_iter().filter(|_| !case.is_closing()) {
        found
            .at(
                field!(plan.roles),
                format!("{} came to the meeting and has no role in the plan", person.name),
            )
            .at_most(Severity::Warning)
            .remedy("Add this person with role and responsibilities, if they have a part in the plan.");
    }
}

/// The meeting that the plan came from: the one it names, else the latest by the day of the plan. Who came to a later
/// one only is not looked for in the plan.
fn meeting_of_plan<'a>(case: &Case<'a>) -> Option<Row<'a, Meeting>> {
    let plan = &case.record.plan;
    let mut held = case.held_meetings();
    let named = plan.meeting.text().trim();
    if let Some(row) = held.iter().find(|(_, meeting)| !named.is_empty() && meeting.id.text().trim() == named)
    {
        return Some(*row);
    }
    let by = plan.drawn_up_on.get().max(plan.updated_on.get());
    held.retain(|(_, meeting)| by.is_none_or(|by| meeting.held_on.get().is_some_and(|day| day <= by)));
    held.pop()
}

/// Professionals who came to the meeting of the plan and are neither in the roles nor holding the case.
fn without_role<'a>(case: &Case<'a>) -> Vec<Person<'a>> {
    let (facts, plan) = (&case.record.case, &case.record.plan);
    let Some((_, meeting)) = meeting_of_plan(case) else { return Vec::new() };
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
            let agency = invitee.agency.folded();
            agency.is_empty() || !plan.roles.rows().any(|(_, role)| role.agency.folded() == agency)
        })
        .map(|(_, invitee)| Person::new(&invitee.person, &invitee.name))
        .filter(|person| !person.name.is_empty())
        .filter(|person| !known.iter().any(|known| known.compare(*person) >= Same::Perhaps))
        .collect()
}

const PLAN_FAMILY_ROLES: Rule<Asked> = Rule {
    id: "plan-family-roles",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The role and responsibilities of family members are stated",
    remedy: "Say what this person does in the plan.",
    term: |procedure| procedure.plan.family_roles.get(),
    check: plan_family_roles,
};

fn plan_family_roles(_: &Asked, case: &Case, found: &mut Found) {
    let mut some = false;
    for (i, role) in roles(case).filter(|(_, role)| is_family(role)) {
        some = true;
        if !is_told(&role.responsibilities) {
            let message = format!("Responsibilities are missing in row {} of the roles", i + 1);
            found.at(field!(plan.roles[i].responsibilities), message);
        }
    }
    let family = Family::of(case);
    // Somebody of the family who takes on an action has a part that is stated.
    let mut actions = case.record.plan.actions.rows();
    if !some && case.has_plan() && !actions.any(|(_, action)| family.is_named(action.who.text())) {
        found
            .at(field!(plan.roles), "Roles and responsibilities of the family are missing")
            .remedy("Add the parents and others of the family who take part, with what they do.");
    }
}

// ---- contact with the family ----

/// Professionals whose contact with the family the plan describes. That of the lead professional is in the visits.
fn professionals<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Role>> {
    let lead = &case.record.plan.lead_professional;
    let visits = !lead.visit_every.is_blank();
    let lead = Person::new(&lead.person, &lead.name);
    roles(case)
        .filter(|(_, role)| !is_family(role))
        .filter(move |(_, role)| !(visits && Person::new(&role.person, &role.name).is(lead)))
}

const PLAN_CONTACT_KIND: Rule<Asked> = Rule {
    id: "plan-contact-kind",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan says what kind of contact each professional has with the family",
    remedy: "Say what kind of contact it is: visits at home, meetings in school, telephone calls, or none.",
    term: |procedure| procedure.plan.contact_kind.get(),
    check: |_, case, found| {
        let field = |i: usize| field!(plan.roles[i].contact_kind);
        each_or_all(
            case,
            |role| role.contact_kind.is_blank(),
            "what kind of contact they have",
            field,
            found,
        );
    },
};

const PLAN_CONTACT_EVERY: Rule<Asked> = Rule {
    id: "plan-contact-every",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan says how often each professional is in contact with the family",
    remedy: "Enter how often they are in contact, such as every 2 weeks.",
    term: |procedure| procedure.plan.contact_every.get(),
    check: |_, case, found| {
        let field = |i: usize| field!(plan.roles[i].contact_every);
        let missing = |role: &Role| role.contact_every.is_blank() && !cast::is_put_off(&role.contact_kind);
        each_or_all(case, missing, "how often they are in contact", field, found);
    },
};

/// Tells of each professional of whom something is missing; where it is missing of all, once.
fn each_or_all(
    case: &Case,
    missing: impl Fn(&Role) -> bool,
    what: &str,
    field: impl Fn(usize) -> Field,
    found: &mut Found,
) {
    let lacking: Vec<usize> =
        professionals(case).filter(|(_, role)| missing(role)).map(|(index, _)| index).collect();
    match lacking[..] {
        [first, _, ..] if lacking.len() == professionals(case).count() => {
            found.at(field(first), format!("No row of the professionals says {what}"));
        }
        _ => {
            for i in lacking {
                found.at(field(i), format!("Row {} of the roles does not say {what}", i + 1));
            }
        }
    }
}
