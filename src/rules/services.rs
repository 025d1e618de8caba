//! The services and resources of a plan: what meets the needs, whom it is for, and who was asked for it.

use rustc_hash::FxHashSet as HashSet;

use crate::case::{Case, Row};
use crate::cast::Family;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::people::Person;
use crate::procedure::Asked;
use crate::record::{Progress, Service};
use crate::rule::{Check, Rule};

pub(super) const CHECKS: &[&dyn Check] =
    &[&PLAN_SERVICES, &OUTCOME_RESOURCES, &SERVICE_FOR_CHILD, &SERVICE_REFERRED, &PLAN_SERVICE_ACTION];

/// The services of which something was entered.
fn services<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Service>> {
    let services = case.record.plan.services.rows();
    services.filter(|(_, service)| !(service.name.is_blank() && service.provider.is_blank()))
}

// ---- services and resources for needs and outcomes ----

/// The needs and outcomes for which the plan names a service or a resource, or that none is called for.
struct Supplied {
    needs: HashSet<usize>,
    outcomes: HashSet<usize>,
    /// Whether anything is named at all.
    any: bool,
    /// Whether something is named of which the plan does not say what it is for.
    loose: bool,
}

impl Supplied {
    fn of(case: &Case) -> Supplied {
        let plan = &case.record.plan;
        let mut supplied =
            Supplied { needs: HashSet::default(), outcomes: HashSet::default(), any: false, loose: false };
        let needs = case.needs();
        let outcomes = case.outcomes();
        for (i, need) in plan.needs.rows() {
            if !need.services.is_blank() {
                supplied.needs.insert(i);
            }
        }
        for (_, service) in services(case) {
            let to_need = needs.follow(service.need.text()).to;
            let to_outcome = outcomes.follow(service.outcome.text()).to;
            supplied.loose |= to_need.is_empty() && to_outcome.is_empty();
            supplied.needs.extend(to_need);
            supplied.outcomes.extend(to_outcome);
        }
        for (_, action) in plan.actions.rows() {
            let has_resource = action.resources.rows().any(|(_, resource)| !resource.name.is_blank());
            if !has_resource || action.status.is(Progress::Dropped) {
                continue;
            }
            let to_outcome = outcomes.follow(action.outcome.text()).to;
            supplied.loose |= to_outcome.is_empty();
            supplied.outcomes.extend(to_outcome);
        }
        // What is named for an outcome is named for its need, and the other way round.
        let mut for_needs = Vec::new();
        for (i, outcome) in plan.outcomes.rows() {
            let met = needs.follow(outcome.need.text()).to;
            if supplied.outcomes.contains(&i) {
                for_needs.extend(met);
            } else if met.iter().any(|need| supplied.needs.contains(need)) {
                supplied.outcomes.insert(i);
            }
        }
        supplied.needs.extend(for_needs);
        supplied.any = supplied.loose || !supplied.needs.is_empty() || !supplied.outcomes.is_empty();
        supplied
    }

    /// Whether all that is named may be for the only row of a list, or for any of it.
    fn settles(&self, rows: usize) -> bool {
        self.any && (self.loose || rows < 2)
    }
}

const PLAN_SERVICES: Rule<Asked> = Rule {
    id: "plan-services",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan sets out the services that are called for",
    remedy: "Add the service, or say at the need that none is called for.",
    term: |procedure| procedure.plan.services_for_needs.get().or(procedure.plan.services.get()),
    check: plan_services,
};

fn plan_services(_: &Asked, case: &Case, found: &mut Found) {
    if !case.has_plan() {
        return;
    }
    let terms = &case.procedure.plan;
    let needs = &case.record.plan.needs;
    let supplied = Supplied::of(case);
    if !supplied.any {
        // Where resources and services are asked for each outcome, that rule says that there are none.
        if terms.resources_for_outcomes.get().is_none() || case.record.plan.outcomes.is_empty() {
            found.at(field!(plan.services), "There is no service on the plan");
        }
        return;
    }
    if terms.services_for_needs.get().is_none() || supplied.settles(needs.rows().count()) {
        return;
    }
    for (i, need) in needs.rows() {
        if !need.text.is_blank() && !supplied.needs.contains(&i) {
            found.at(field!(plan.needs[i].services), format!("Services are missing for need {}", i + 1));
        }
    }
}

const OUTCOME_RESOURCES: Rule<Asked> = Rule {
    id: "outcome-resources",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan names the resources and services that each outcome takes",
    remedy: "Add the resource to an action that serves the outcome, or the service; or say at the need that none is called for.",
    term: |procedure| procedure.plan.resources_for_outcomes.get(),
    check: outcome_resources,
};

fn outcome_resources(_: &Asked, case: &Case, found: &mut Found) {
    let outcomes = &case.record.plan.outcomes;
    // An outcome with its result has been dealt with.
    let mut waiting = outcomes
        .rows()
        .filter(|(_, outcome)| !outcome.text.is_blank() && outcome.result.is_blank())
        .peekable();
    if waiting.peek().is_none() {
        return;
    }
    let supplied = Supplied::of(case);
    if !supplied.any {
        found.at(field!(plan.services), "There is no resource or service on the plan for its outcomes");
        return;
    }
    if supplied.settles(outcomes.rows().count()) {
        return;
    }
    for (i, _) in waiting {
        if !supplied.outcomes.contains(&i) {
            found.at(
                field!(plan.outcomes[i].text),
                format!("Outcome {} has no resource and no service", i + 1),
            );
        }
    }
}

// ---- whom a service is for, and who was asked ----

const SERVICE_FOR_CHILD: Rule<Asked> = Rule {
    id: "service-for-child",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "A service for a parent is tied to what it brings about for the child",
    remedy: "Choose the outcome for the child that the service serves.",
    term: |procedure| procedure.plan.services_for_parents.get(),
    check: service_for_child,
};

fn service_for_child(_: &Asked, case: &Case, found: &mut Found) {
    let family = Family::of(case);
    let (needs, outcomes) = (case.needs(), case.outcomes());
    for (i, service) in services(case) {
        let recipient = service.recipient.text();
        if !family.names_parent(recipient) || family.names_child(recipient) {
            continue;
        }
        let row = i + 1;
        let field = field!(plan.services[i].outcome);
        if !service.outcome.is_blank()
            && !outcomes.is_empty()
            && outcomes.follow(service.outcome.text()).astray
        {
            found.at(
                field,
                format!("The outcome that service {row} serves is not among the outcomes of the plan"),
            );
        } else if service.outcome.is_blank() && (service.need.is_blank() || needs.is_empty()) {
            found.at(
                field,
                format!(
                    "Service {row} is for a parent, and does not say which outcome for the child it serves"
                ),
            );
        }
    }
}

const SERVICE_REFERRED: Rule<Asked> = Rule {
    id: "service-referred",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "Somebody has referred to each agency that provides a service of the plan",
    remedy: "Refer and enter the day, or say why no referral is needed.",
    term: |procedure| procedure.plan.services_referred.get(),
    check: service_referred,
};

fn service_referred(_: &Asked, case: &Case, found: &mut Found) {
    for (i, service) in services(case) {
        let started = service.starts_on.get().is_some_and(|day| day <= case.today);
        if service.referred_on.is_blank() && service.reason_not_referred.is_blank() && !started {
            let message = format!("Date referred is missing for service {}", i + 1);
            found.at(field!(plan.services[i].referred_on), message);
        } else if service.referred_on.get().is_some_and(|day| day > case.today) && !started {
            let message = format!("Date referred is in the future for service {}", i + 1);
            found.at(field!(plan.services[i].referred_on), message).at_most(Severity::Advice);
        }
    }
}

// ---- service actions ----

const PLAN_SERVICE_ACTION: Rule<Asked> = Rule {
    id: "plan-service-action",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan has service actions, apart from the safety plan",
    remedy: "Add what services do, as an action of its own and not as a part of the safety plan.",
    term: |procedure| procedure.plan.service_actions.get(),
    check: plan_service_action,
};

fn plan_service_action(_: &Asked, case: &Case, found: &mut Found) {
    if !case.asks_for_plan() || services(case).next().is_some() {
        return;
    }
    let plan = &case.record.plan;
    let family = Family::of(case);
    let by_service = plan.actions.rows().any(|(_, action)| {
        let who = Person::new(&action.person, &action.who);
        // Nobody is named yet: it may be a service.
        !action.what.is_blank() && (who.name.is_empty() || !family.is_alone(who.name))
    });
    if !by_service {
        found.at(field!(plan.services), "There is no service action on the plan");
    }
}
