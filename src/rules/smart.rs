//! What each action says, and whether needs, outcomes and actions hang together.

use std::borrow::Cow;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::case::{Case, Row, says_something};
use crate::cast::{self, Means};
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Letter, Severity, Stage};
use crate::office::Office;
use crate::part::{List, Part};
use crate::people::Person;
use crate::procedure::{Asked, Cited, Measured, Naming, Procedure, Served};
use crate::record::{Action, EarlierVersion, Need, Progress, ResourceStatus, RoleKind};
use crate::report::Smart;
use crate::rule::{Check, Rule};
use crate::wording::{Doer, Doing, Shown, Time, of_text};

pub(super) const CHECKS: &[&dyn Check] = &[
    &ACTION_RECORDED,
    &ACTION_WHAT,
    &ACTION_WHO,
    &ACTION_WHO_NAMED,
    &ACTION_WHO_KNOWN,
    &ACTION_MEASURE,
    &ACTION_DUE,
    &ACTION_DUE_IN_PLAN,
    &ACTION_NEW_DAY,
    &ACTION_RESOURCES,
    &ACTION_SCARCE,
    &ACTION_LOAD,
    &ACTION_DAY_OFF,
    &ACTION_BEFORE_SERVICE,
    &OUTCOME_NEED,
    &OUTCOME_NEED_KNOWN,
    &ACTION_OUTCOME_KNOWN,
    &NEED_OUTCOME,
    &OUTCOME_ACTION,
    &ACTION_OUTCOME,
    &ACTION_DONE,
    &ACTION_RESULT,
    &ACTION_PROMISE,
    &ACTION_SOCIAL_WORKER,
];

/// The actions in which something was entered.
fn actions(list: &List<Action>) -> impl Iterator<Item = Row<'_, Action>> {
    list.rows().filter(|(_, action)| says_something(action))
}

/// The actions that somebody is to take. What is no longer needed says nothing more.
fn wanted<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Action>> {
    case.wanted_actions()
}

/// Whether nothing more is expected of an action.
fn is_settled(action: &Action) -> bool {
    matches!(action.status.get(), Some(Progress::Done | Progress::Dropped))
        || (action.status.is_blank() && action.done_on.get().is_some())
}

// ---- specific ----

const ACTION_RECORDED: Rule<Asked> = Rule {
    id: "action-recorded",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "What the meeting agreed to do is on the plan",
    remedy: "Add the actions that were agreed.",
    term: |procedure| procedure.actions.recorded.get(),
    check: action_recorded,
};

fn action_recorded(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    // Where there are outcomes, the rule about them says that nothing is done towards them.
    if actions(&plan.actions).next().is_none() && plan.outcomes.is_empty() && case.asks_for_plan() {
        found.at(field!(plan.actions), "There is no action on the plan");
    }
}

const ACTION_WHAT: Rule<Asked> = Rule {
    id: "action-what",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each action says what will be done",
    remedy: "Say what will be done, in words that the family would use.",
    term: |procedure| procedure.actions.specific.get(),
    check: action_what,
};

fn action_what(_: &Asked, case: &Case, found: &mut Found) {
    for (i, action) in wanted(case) {
        if let Some(how) = cast::how_unsaid(&action.what) {
            found
                .at(field!(plan.actions[i].what), format!("Action {} {how} what will be done", i + 1))
                .letter(Letter::S);
        }
    }
}

const ACTION_WHO: Rule<Naming> = Rule {
    id: "action-who",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each action says who will do it: a person, or a role that one person holds",
    remedy: "Name the person or the role that will do it.",
    term: |procedure| procedure.actions.who.get(),
    check: action_who,
};

fn action_who(_: &Naming, case: &Case, found: &mut Found) {
    let cast = case.cast();
    for (i, action) in wanted(case) {
        let who = Person::new(&action.person, &action.who);
        let number = i + 1;
        let field = field!(plan.actions[i].who);
        if who.is_nobody() {
            if action.who.is_blank() {
                match case.reading(i).doer() {
                    Doer::Somebody(_) => {}
                    Doer::Group(_) => {
                        let message =
                            format!("Action {number} names a group, and nobody in particular, to do it");
                        found.at(field, message).letter(Letter::S).remedy(
                            "Name the person or the role that will see to it, even where others help.",
                        );
                    }
                    Doer::Unsaid => {
                        found
                            .at(field, format!("Action {number} does not say who will do it"))
                            .letter(Letter::S);
                    }
                }
            }
            continue;
        }
        match cast.means(who) {
            Means::Somebody | Means::Stranger => {}
            Means::Open => {
                let how = cast::how_unsaid(&action.who).unwrap_or("leaves open".into());
                found.at(field, format!("Action {number} {how} who will do it")).letter(Letter::S);
            }
            Means::Group => {
                let message = format!("Action {number} names a group, and nobody in particular, to do it");
                found
                    .at(field, message)
                    .letter(Letter::S)
                    .remedy("Name the person or the role that will see to it, even where others help.");
            }
            Means::Partly => {
                let message = format!("Action {number} leaves open in part who will do it");
                found
                    .at(field, message)
                    .at_most(Severity::Warning)
                    .letter(Letter::S)
                    .remedy("Name everyone who has a part in it, or only the person who will see to it.");
            }
        }
    }
}

const ACTION_WHO_NAMED: Rule<Naming> = Rule {
    id: "action-who-named",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each action has a named person who is responsible for it, where the procedure asks for a name",
    remedy: "Enter the name of the person, or name who holds the role among the roles of the plan.",
    term: |procedure| procedure.actions.who.get(),
    check: action_who_named,
};

fn action_who_named(naming: &Naming, case: &Case, found: &mut Found) {
    if *naming != Naming::Person {
        return;
    }
    let cast = case.cast();
    for (i, action) in wanted(case) {
        let who = Person::new(&action.person, &action.who);
        // A group and an open answer are told by the rule before this one.
        let meant = !who.is_nobody() && matches!(cast.means(who), Means::Somebody | Means::Stranger);
        if meant && !cast.is_named(who) {
            let message = format!("Action {} names a role, and no person, to do it", i + 1);
            found.at(field!(plan.actions[i].who), message).letter(Letter::S);
        }
    }
}

const ACTION_WHO_KNOWN: Rule<Naming> = Rule {
    id: "action-who-known",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "Whoever is to do something has a part in the plan",
    remedy: "Check how the name is written, or add this person to the roles of the plan.",
    term: |procedure| procedure.actions.who.get(),
    check: action_who_known,
};

fn action_who_known(_: &Naming, case: &Case, found: &mut Found) {
    let cast = case.cast();
    if !cast.is_listed() {
        return;
    }
    for (i, action) in wanted(case) {
        let who = Person::new(&action.person, &action.who);
        if !who.is_nobody() && cast.means(who) == Means::Stranger && !cast.may_be_parent(who) {
            let message = format!("Whoever will do action {} is not named anywhere else in the plan", i + 1);
            found.at(field!(plan.actions[i].who), message).letter(Letter::S);
        }
    }
}

// ---- measurable ----

const ACTION_MEASURE: Rule<Measured> = Rule {
    id: "action-measure",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each action, or an action of each outcome, says how everyone will know that it is done or has worked",
    remedy: "Say what can be seen, heard or counted once it is done.",
    term: |procedure| procedure.actions.measurable.get(),
    check: action_measure,
};

fn action_measure(measured: &Measured, case: &Case, found: &mut Found) {
    let has_measure =
        |(i, action): &Row<Action>| case.reading(*i).shows() || cast::how_unsaid(&action.measure).is_none();
    let plan = &case.record.plan;
    let one = plan.outcomes.rows().count() < 2;
    let outcomes = case.outcomes();
    // With one outcome, every action is about it.
    let led = |action: &Action| match plan.outcomes.rows().next() {
        Some((only, _)) if one => vec![only],
        _ if action.outcome.is_blank() => Vec::new(),
        _ => outcomes.follow(action.outcome.text()).to,
    };
    // What was done towards an outcome is a measure of it too.
    let known: HashSet<usize> = match measured {
        Measured::Action => HashSet::default(),
        Measured::Outcome => {
            actions(&plan.actions).filter(has_measure).flat_map(|(_, action)| led(action)).collect()
        }
    };
    for (i, action) in wanted(case) {
        let outcomes = led(action);
        let elsewhere = !outcomes.is_empty() && outcomes.iter().all(|outcome| known.contains(outcome));
        if let Some(how) = cast::how_unsaid(&action.measure).filter(|_| !elsewhere) {
            let reading = case.reading(i);
            // "Every school day until Christmas" can be counted without a measure of its own.
            if reading.shows() {
                continue;
            }
            let message = format!("Action {} {how} how everyone will know it is done", i + 1);
            let finding = found.at(field!(plan.actions[i].measure), message).letter(Letter::M);
            // Where who and by when stand in the sentence too, it says in its own words what will be done by that day.
            let says_all = action.who.is_blank()
                && action.due_on.is_blank()
                && reading.is_plain_act()
                && reading.time(case.today) == Time::Day;
            if reading.is_once() || says_all {
                // It is done, or it is not: what is missing is only how others get to know.
                finding
                    .at_most(Severity::Advice)
                    .remedy("Say what will show that it is done: a letter, a receipt, an entry, or somebody who sees it.");
            }
        }
    }
}

// ---- with a timescale ----

const ACTION_DUE: Rule<Asked> = Rule {
    id: "action-due",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each action has a day by which it will be done",
    remedy: "Enter the day by which it will be done. For something that goes on, enter the day on which you look at it together.",
    term: |procedure| procedure.actions.timescale.get(),
    check: action_due,
};

fn action_due(_: &Asked, case: &Case, found: &mut Found) {
    for (i, action) in wanted(case) {
        if !action.due_on.is_blank() {
            continue;
        }
        let (field, number) = (field!(plan.actions[i].due_on), i + 1);
        match case.reading(i).time(case.today) {
            Time::Day | Time::Event | Time::Reviewed => {}
            Time::Repeated => {
                let message = format!("Action {number} says how often, and not until when");
                found
                    .at(field, message)
                    .at_most(Severity::Advice)
                    .letter(Letter::T)
                    .remedy("Enter the day on which you look at it together.");
            }
            Time::PutOff(place) => {
                let message =
                    format!("Action {number} says only “{}” for by when it will be done", place.words);
                found.at(field, message).letter(Letter::T);
            }
            Time::Unsaid => {
                found
                    .at(field, format!("Action {number} does not say by when it will be done"))
                    .letter(Letter::T);
            }
        }
    }
}

const ACTION_DUE_IN_PLAN: Rule<Asked> = Rule {
    id: "action-due-in-plan",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Each action is due between the day the plan was drawn up and the day it is to end",
    remedy: "Check the day, or enter a new one that was agreed.",
    term: |procedure| procedure.actions.timescale.get(),
    check: action_due_in_plan,
};

fn action_due_in_plan(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let earlier = Carried::new(plan.earlier_versions.rows().flat_map(|(_, version)| version.actions.rows()));
    for (i, action) in actions(&plan.actions).filter(|(_, action)| !is_settled(action)) {
        let Some(due) = action.due_on.get() else { continue };
        let field = field!(plan.actions[i].due_on);
        if plan.drawn_up_on.get().is_some_and(|drawn_up_on| due < drawn_up_on) && !earlier.holds(action) {
            let message = format!("Action {} is due before the day the plan was drawn up", i + 1);
            found.at(field, message).letter(Letter::T);
        } else if plan.expected_end_on.get().is_some_and(|end| due > end) {
            found
                .at(field, format!("Action {} is due after the expected end date of the plan", i + 1))
                .at_most(Severity::Warning)
                .letter(Letter::T)
                .remedy(
                    "Check the day and the expected end date, or say who goes on with it after the plan.",
                );
        }
    }
}

const ACTION_NEW_DAY: Rule<Asked> = Rule {
    id: "action-new-day",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "An action that a new version carries on gets a new day",
    remedy: "Agree a new day by which it will be done, or enter that it is done or no longer needed.",
    term: |procedure| procedure.actions.timescale.get(),
    check: action_new_day,
};

fn action_new_day(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let Some(drawn_up_on) = plan.drawn_up_on.get() else { return };
    let earlier = Carried::new(plan.earlier_versions.rows().flat_map(|(_, version)| version.actions.rows()));
    for (i, action) in actions(&plan.actions).filter(|(_, action)| !is_settled(action)) {
        let overdue = action.due_on.get().is_some_and(|due| due < drawn_up_on && due < case.today);
        // One that says nothing of how far it came may be done.
        if overdue && !says_nothing(action) && action.done_on.is_blank() && earlier.holds(action) {
            let message =
                format!("Action {} goes on, and its day is from before this version of the plan", i + 1);
            found.at(field!(plan.actions[i].due_on), message).letter(Letter::T);
        }
    }
}

/// Actions of another version, to see which of them came over: by `id`, else by what is done.
struct Carried<'a> {
    ids: HashSet<&'a str>,
    texts: HashSet<String>,
}

impl<'a> Carried<'a> {
    fn new(actions: impl Iterator<Item = Row<'a, Action>>) -> Carried<'a> {
        let mut carried = Carried { ids: HashSet::default(), texts: HashSet::default() };
        for (_, action) in actions {
            carried.ids.insert(action.id.text().trim());
            carried.texts.insert(action.what.folded().join(" "));
        }
        carried.ids.remove("");
        carried.texts.remove("");
        carried
    }

    fn holds(&self, action: &Action) -> bool {
        self.ids.contains(action.id.text().trim()) || self.texts.contains(&action.what.folded().join(" "))
    }
}

// ---- achievable ----

const ACTION_RESOURCES: Rule<Asked> = Rule {
    id: "action-resources",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "The plan shows which resources can be counted on and which somebody still decides on",
    remedy: "Choose whether the resource is confirmed, waits for a decision, or is hard to come by.",
    term: |procedure| procedure.actions.resources.get(),
    check: action_resources,
};

fn action_resources(_: &Asked, case: &Case, found: &mut Found) {
    for (i, action) in wanted(case) {
        for (r, resource) in action.resources.rows() {
            if !resource.name.is_blank() && resource.status.is_blank() {
                let message =
                    format!("Resource status is missing for resource {} of action {}", r + 1, i + 1);
                found.at(field!(plan.actions[i].resources[r].status), message).letter(Letter::A);
            }
            if resource.status.is(ResourceStatus::Pending)
                && resource.decided_by.is_blank()
                && !is_settled(action)
            {
                let message = format!("Action {} does not say who decides on resource {}", i + 1, r + 1);
                found
                    .at(field!(plan.actions[i].resources[r].decided_by), message)
                    .at_most(Severity::Advice)
                    .letter(Letter::A)
                    .remedy("Enter who decides, such as a panel, so that everyone knows whom it waits for.");
            }
        }
    }
}

const ACTION_SCARCE: Rule<Asked> = Rule {
    id: "action-scarce",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan does not rest on resources that are scarce or not to be had",
    remedy: "Say what takes its place, or plan with something that can be counted on.",
    term: |procedure| procedure.actions.scarce_resources.get(),
    check: action_scarce,
};

fn action_scarce(_: &Asked, case: &Case, found: &mut Found) {
    for (i, action) in wanted(case).filter(|(_, action)| !is_settled(action)) {
        for (r, resource) in action.resources.rows() {
            let how = match resource.status.get() {
                Some(ResourceStatus::Scarce) => "scarce",
                Some(ResourceStatus::Unavailable) => "not to be had",
                _ => continue,
            };
            if resource.alternative.is_blank() {
                let row = r + 1;
                let message =
                    format!("Action {} has no alternative to resource {row}, which is {how}", i + 1);
                found.at(field!(plan.actions[i].resources[r].alternative), message).letter(Letter::A);
            }
        }
    }
}

const ACTION_LOAD: Rule<Asked> = Rule {
    id: "action-load",
    severity: Severity::Advice,
    stage: Stage::Circulate,
    title: "Nobody has more to do in one week than they can",
    remedy: "Check with them whether they can do all of it in that week, or move a day.",
    term: |procedure| procedure.actions.realistic.get(),
    check: action_load,
};

/// Actions in one week from which on one person is asked whether they can.
const MANY: usize = 5;

fn action_load(_: &Asked, case: &Case, found: &mut Found) {
    let mut places: HashMap<(String, Day), usize> = HashMap::default();
    let mut weeks: Vec<(Day, Vec<usize>)> = Vec::new();
    for (i, action) in wanted(case).filter(|(_, action)| !is_settled(action)) {
        let who = Person::new(&action.person, &action.who);
        if let Some(due) = action.due_on.get().filter(|_| !who.is_nobody()) {
            let monday = due.plus_days(-i64::from(due.weekday().num_days_from_monday()));
            let key: String = if who.key.is_empty() { who.folded().into() } else { who.key.into() };
            let place = *places.entry((key, monday)).or_insert(weeks.len());
            if place == weeks.len() {
                weeks.push((monday, Vec::new()));
            }
            weeks[place].1.push(i);
        }
    }
    for (monday, actions) in weeks {
        if let (Some(&i), true) = (actions.first(), actions.len() >= MANY) {
            let message = format!(
                "Action {} is one of {} that the same person is to do in the week of {}",
                i + 1,
                actions.len(),
                monday.long()
            );
            found.at(field!(plan.actions[i].due_on), message).letter(Letter::A);
        }
    }
}

const ACTION_DAY_OFF: Rule<Asked> = Rule {
    id: "action-day-off",
    severity: Severity::Advice,
    stage: Stage::Circulate,
    title: "What a professional is to do is due on a day on which people work",
    remedy: "Choose a working day, or leave it where that very day is meant.",
    term: |procedure| procedure.actions.realistic.get(),
    check: action_day_off,
};

fn action_day_off(_: &Asked, case: &Case, found: &mut Found) {
    let lead = &case.record.plan.lead_professional;
    let worker = &case.record.case.social_worker;
    let professionals = || {
        let roles = case.record.plan.roles.rows().filter(|(_, role)| role.kind.is(RoleKind::Professional));
        roles
            .map(|(_, role)| Person::new(&role.person, &role.name))
            .chain([Person::new(&lead.person, &lead.name), Person::new(&worker.person, &worker.name)])
            .filter(|person| !person.is_nobody())
    };
    for (i, action) in wanted(case).filter(|(_, action)| !is_settled(action)) {
        let Some(due) = action.due_on.get().filter(|due| !case.calendar.is_working_day(*due)) else {
            continue;
        };
        let who = Person::new(&action.person, &action.who);
        let works =
            !who.is_nobody() && (cast::is_office(who.name) || professionals().any(|known| known.is(who)));
        if works && !case.reading(i).names_weekday() {
            let message = format!("Action {} is due on {}, when offices are closed", i + 1, due.long());
            found.at(field!(plan.actions[i].due_on), message).letter(Letter::R);
        }
    }
}

const ACTION_BEFORE_SERVICE: Rule<Asked> = Rule {
    id: "action-before-service",
    severity: Severity::Advice,
    stage: Stage::Circulate,
    title: "An action that needs a service is due after the service starts",
    remedy: "Enter a later day, or say what is done until the service starts.",
    term: |procedure| procedure.actions.realistic.get(),
    check: action_before_service,
};

fn action_before_service(_: &Asked, case: &Case, found: &mut Found) {
    let services: Vec<(&[String], Day)> = case
        .record
        .plan
        .services
        .rows()
        .filter_map(|(_, service)| Some((service.name.folded(), service.starts_on.get()?)))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    if services.is_empty() {
        return;
    }
    for (i, action) in wanted(case).filter(|(_, action)| !is_settled(action)) {
        let Some(due) = action.due_on.get() else { continue };
        let words = action.what.folded();
        let needs = |name: &[String]| {
            words.windows(name.len()).any(|here| here == name)
                || action.resources.rows().any(|(_, resource)| resource.name.folded() == name)
        };
        if let Some((_, starts)) = services.iter().find(|(name, starts)| *starts > due && needs(name)) {
            let message = format!(
                "Action {} is due before the service that it needs starts on {}",
                i + 1,
                starts.long()
            );
            found.at(field!(plan.actions[i].due_on), message).letter(Letter::R);
        }
    }
}

// ---- needs, outcomes and actions hang together ----

const OUTCOME_NEED: Rule<Asked> = Rule {
    id: "outcome-need",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each outcome is related to a need that the assessment found",
    remedy: "Choose the need that the outcome meets.",
    term: |procedure| procedure.plan.outcomes_from_needs.get(),
    check: outcome_need,
};

fn outcome_need(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let outcomes = || plan.outcomes.rows().filter(|(_, outcome)| !outcome.text.is_blank());
    let Some((first, _)) = outcomes().next() else { return };
    // With one need, every outcome is about it; without any, the rule about needs says so.
    if plan.needs.rows().count() < 2 {
        return;
    }
    if outcomes().count() > 1 && outcomes().all(|(_, outcome)| outcome.need.is_blank()) {
        found
            .at(field!(plan.outcomes[first].need), "No outcome says which need it meets")
            .letter(Letter::R)
            .remedy("Choose the need that each outcome meets.");
        return;
    }
    for (i, _) in outcomes().filter(|(_, outcome)| outcome.need.is_blank()) {
        let message = format!("Outcome {} does not say which need it meets", i + 1);
        found.at(field!(plan.outcomes[i].need), message).letter(Letter::R);
    }
}

const OUTCOME_NEED_KNOWN: Rule<Asked> = Rule {
    id: "outcome-need-known",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The need that an outcome or a service meets is one of the plan's",
    remedy: "Choose one of the needs of the plan, or add the need.",
    term: outcomes_with_needs,
    check: outcome_need_known,
};

/// Whatever asks in a manual for needs, and for what meets them.
fn outcomes_with_needs(procedure: &Procedure) -> Option<&Cited<Asked>> {
    let plan = &procedure.plan;
    plan.outcomes_from_needs
        .get()
        .or(plan.needs.get())
        .or(plan.services_for_needs.get())
        .or(plan.resources_for_outcomes.get())
}

fn outcome_need_known(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    let needs = case.needs();
    if needs.is_empty() {
        return;
    }
    for (i, outcome) in plan.outcomes.rows() {
        if !outcome.need.is_blank() && needs.follow(outcome.need.text()).astray {
            let message = format!("The need that outcome {} meets is not among the needs of the plan", i + 1);
            found.at(field!(plan.outcomes[i].need), message);
        }
    }
    for (i, service) in plan.services.rows() {
        if !service.need.is_blank() && needs.follow(service.need.text()).astray {
            let message = format!("The need that service {} meets is not among the needs of the plan", i + 1);
            found.at(field!(plan.services[i].need), message);
        }
    }
}

const ACTION_OUTCOME_KNOWN: Rule<Asked> = Rule {
    id: "action-outcome-known",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The outcome that an action serves is one of the plan's",
    remedy: "Choose one of the outcomes of the plan, or add the outcome.",
    term: |procedure| procedure.actions.serves_outcome.get().or(procedure.plan.actions_for_outcomes.get()),
    check: action_outcome_known,
};

fn action_outcome_known(_: &Asked, case: &Case, found: &mut Found) {
    let outcomes = case.outcomes();
    if outcomes.is_empty() {
        return;
    }
    for (i, action) in wanted(case) {
        if !action.outcome.is_blank() && outcomes.follow(action.outcome.text()).astray {
            let message =
                format!("The outcome that action {} serves is not among the outcomes of the plan", i + 1);
            found.at(field!(plan.actions[i].outcome), message);
        }
    }
}

const NEED_OUTCOME: Rule<Served> = Rule {
    id: "need-outcome",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Every need has an outcome, or a service where the procedure lets that do",
    remedy: "Add an outcome for the need, or choose this need at the outcome that meets it.",
    term: |procedure| procedure.plan.every_need_served.get(),
    check: need_outcome,
};

fn need_outcome(served: &Served, case: &Case, found: &mut Found) {
    let service_will_do = *served == Served::OutcomeOrService;
    let plan = &case.record.plan;
    // With one need, every outcome is about it. Without any outcome, the rule about outcomes says so.
    let Some((first, _)) = plan.outcomes.rows().next() else { return };
    if plan.needs.rows().count() < 2 {
        return;
    }
    let by_service = |need: &Need| service_will_do && !need.services.is_blank();
    if service_will_do && plan.needs.rows().all(|(_, need)| by_service(need)) {
        return;
    }
    if plan.outcomes.rows().all(|(_, outcome)| outcome.need.is_blank()) {
        found
            .at(field!(plan.outcomes[first].need), "No outcome says which need it meets")
            .at_most(Severity::Warning)
            .remedy("Choose the need that each outcome meets, so that no need is left out.");
        return;
    }
    let needs = case.needs();
    let mut met: HashSet<usize> =
        plan.outcomes.rows().flat_map(|(_, outcome)| needs.follow(outcome.need.text()).to).collect();
    if service_will_do {
        met.extend(plan.services.rows().flat_map(|(_, service)| needs.follow(service.need.text()).to));
    }
    for (i, need) in plan.needs.rows() {
        if need.text.is_blank() || met.contains(&i) || by_service(need) {
            continue;
        }
        let what = if service_will_do { "neither an outcome nor a service" } else { "no outcome" };
        found.at(field!(plan.needs[i].text), format!("Need {} has {what}", i + 1));
    }
}

const OUTCOME_ACTION: Rule<Asked> = Rule {
    id: "outcome-action",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Every outcome has an action",
    remedy: "Add an action that leads to the outcome, or choose this outcome at the action that serves it.",
    term: |procedure| procedure.plan.actions_for_outcomes.get(),
    check: outcome_action,
};

fn outcome_action(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    // An outcome with its result has been dealt with; what led to it may stand in an earlier version.
    let waiting =
        || plan.outcomes.rows().filter(|(_, outcome)| !outcome.text.is_blank() && outcome.result.is_blank());
    if waiting().next().is_none() {
        return;
    }
    if wanted(case).next().is_none() {
        found
            .at(field!(plan.actions), "There is no action towards the outcomes of the plan")
            .remedy("Add the actions that lead to each outcome.");
        return;
    }
    // With one outcome, every action serves it.
    if plan.outcomes.rows().count() < 2 {
        return;
    }
    if let Some((first, _)) = wanted(case).next()
        && wanted(case).all(|(_, action)| action.outcome.is_blank())
    {
        // Where every action has to serve an outcome, the rule about actions says so once.
        if case.procedure.actions.serves_outcome.get().is_none() {
            found
                .at(field!(plan.actions[first].outcome), "No action says which outcome it serves")
                .at_most(Severity::Warning)
                .remedy("Choose the outcome that each action serves, so that no outcome is left out.");
        }
        return;
    }
    let outcomes = case.outcomes();
    let served: HashSet<usize> =
        wanted(case).flat_map(|(_, action)| outcomes.follow(action.outcome.text()).to).collect();
    for (i, _) in waiting() {
        if !served.contains(&i) {
            found.at(field!(plan.outcomes[i].text), format!("Outcome {} has no action", i + 1));
        }
    }
}

const ACTION_OUTCOME: Rule<Asked> = Rule {
    id: "action-outcome",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Every action serves an outcome",
    remedy: "Choose the outcome that the action serves, or leave the action out.",
    term: |procedure| procedure.actions.serves_outcome.get(),
    check: action_outcome,
};

fn action_outcome(_: &Asked, case: &Case, found: &mut Found) {
    if case.record.plan.outcomes.rows().count() < 2 {
        return;
    }
    let Some((first, _)) = wanted(case).next() else { return };
    if wanted(case).all(|(_, action)| action.outcome.is_blank()) {
        found
            .at(field!(plan.actions[first].outcome), "No action says which outcome it serves")
            .at_most(Severity::Warning)
            .remedy("Choose the outcome that each action serves, so that no outcome is left out.");
        return;
    }
    for (i, action) in wanted(case) {
        if action.outcome.is_blank() {
            let message = format!("Action {} does not say which outcome it serves", i + 1);
            found.at(field!(plan.actions[i].outcome), message);
        }
    }
}

// ---- what came of it ----

const ACTION_DONE: Rule<Asked> = Rule {
    id: "action-done",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "What was done was done by today",
    remedy: "Check the day and the progress of the action.",
    term: |procedure| procedure.actions.result.get(),
    check: action_done,
};

fn action_done(_: &Asked, case: &Case, found: &mut Found) {
    for (i, action) in case.record.plan.actions.rows() {
        let Some(done_on) = action.done_on.get() else { continue };
        if done_on > case.today {
            let message = format!("Date done of action {} is in the future", i + 1);
            found.at(field!(plan.actions[i].done_on), message);
        } else if action.status.is(Progress::NotStarted) {
            let message = format!("Progress of action {} is “not started”, and there is a date done", i + 1);
            found.at(field!(plan.actions[i].status), message).at_most(Severity::Warning);
        }
    }
}

const ACTION_RESULT: Rule<Asked> = Rule {
    id: "action-result",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "The review states what came of each action",
    remedy: "Enter how far the action has come, and what came of it.",
    term: |procedure| procedure.actions.result.get(),
    check: action_result,
};

fn action_result(_: &Asked, case: &Case, found: &mut Found) {
    let plan = &case.record.plan;
    for (i, action) in actions(&plan.actions) {
        let number = i + 1;
        if action.status.is(Progress::Done) && action.done_on.is_blank() {
            found
                .at(field!(plan.actions[i].done_on), format!("Action {number} is done, and has no date done"))
                .at_most(Severity::Warning)
                .remedy("Enter the day on which it was done.");
        }
        let Some(due) = action.due_on.get().filter(|due| *due < case.today) else { continue };
        if says_nothing(action) {
            let message = format!("Progress of action {number} is missing, and it was due on {}", due.long());
            found.at(field!(plan.actions[i].status), message);
        } else if action.status.is(Progress::NotStarted)
            && action.done_on.is_blank()
            && action.result.is_blank()
        {
            let message = format!(
                "Action {number} was due on {} and is not started, and its result does not say why",
                due.long()
            );
            found
                .at(field!(plan.actions[i].result), message)
                .at_most(Severity::Warning)
                .remedy("Say what stood in the way, and agree what happens now.");
        }
    }
    // The version before is the one that the review looks back on.
    let Some((v, before)) = version_before(case) else { return };
    let here = Carried::new(actions(&plan.actions));
    for (i, action) in actions(&before.actions) {
        if says_nothing(action) && !here.holds(action) {
            let message = format!("Progress of action {} of the version before is missing", i + 1);
            found.at(field!(plan.earlier_versions[v].actions[i].status), message);
        }
    }
}

fn says_nothing(action: &Action) -> bool {
    action.status.is_blank() && action.done_on.is_blank() && action.result.is_blank()
}

/// The latest of the earlier versions by day; without days, the last in the form.
fn version_before<'a>(case: &Case<'a>) -> Option<Row<'a, EarlierVersion>> {
    case.record
        .plan
        .earlier_versions
        .rows()
        .max_by_key(|(index, version)| (version.drawn_up_on.get().unwrap_or(Day::FIRST), *index))
}

const ACTION_PROMISE: Rule<Asked> = Rule {
    id: "action-promise",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The social worker does what was agreed, by the day that was agreed",
    remedy: "Do it or enter that it is done; else tell the family why not, and record the reason as the result.",
    term: |procedure| procedure.actions.promises_kept.get(),
    check: action_promise,
};

fn action_promise(_: &Asked, case: &Case, found: &mut Found) {
    let social_worker = social_worker(case);
    for (i, action) in wanted(case).filter(|(_, action)| !is_settled(action) && action.result.is_blank()) {
        let Some(due) = action.due_on.get().filter(|due| *due < case.today) else { continue };
        if is_own(action, social_worker) {
            let message =
                format!("Action {} of the social worker was due on {} and is not done", i + 1, due.long());
            found.at(field!(plan.actions[i].status), message);
        }
    }
}

/// The social worker of the case, else the lead professional where that is one.
fn social_worker<'a>(case: &Case<'a>) -> Person<'a> {
    let facts = &case.record.case.social_worker;
    let lead = &case.record.plan.lead_professional;
    let social_worker = Person::new(&facts.person, &facts.name);
    let lead_is_social_worker =
        lead.role.office().is_some_and(|office| office <= Office::AdvancedPractitioner);
    match social_worker.is_nobody() && lead_is_social_worker {
        true => Person::new(&lead.person, &lead.name),
        false => social_worker,
    }
}

/// Whether an action is the social worker's, alone or with others.
fn is_own(action: &Action, social_worker: Person) -> bool {
    let who = Person::new(&action.person, &action.who);
    who.is(social_worker)
        || (!social_worker.is_nobody() && cast::speaks_of(who.name, social_worker))
        || cast::is_social_worker(who.name)
}

const ACTION_SOCIAL_WORKER: Rule<Asked> = Rule {
    id: "action-social-worker",
    severity: Severity::Advice,
    stage: Stage::Circulate,
    title: "The social worker does more than watch what others do",
    remedy: "Add what the social worker does, or check that watching is not all there is.",
    term: |procedure| procedure.actions.social_worker_acts.get(),
    check: action_social_worker,
};

fn action_social_worker(_: &Asked, case: &Case, found: &mut Found) {
    let social_worker = social_worker(case);
    // An action for which nobody is named yet may be the social worker's.
    let named = wanted(case).all(|(_, action)| !Person::new(&action.person, &action.who).is_nobody());
    let some = wanted(case).next().is_some();
    if some && named && !wanted(case).any(|(_, action)| is_own(action, social_worker)) {
        found.at(field!(plan.actions), "There is no action of the social worker on the plan");
    }
}

// ---- the letters ----

/// The letters of SMART of each action, from the same reading as the checks.
pub(super) fn letters(case: &Case) -> Vec<Smart> {
    let terms = &case.procedure.actions;
    let cast = case.cast();
    let outcomes = case.outcomes();
    wanted(case)
        .map(|(i, action)| {
            let reading = case.reading(i);
            let path = field!(plan.actions[i]).path().into_owned();
            let who = Person::new(&action.person, &action.who);
            let has_doer = match who.is_nobody() {
                true => matches!(reading.doer(), Doer::Somebody(_)),
                false => matches!(cast.means(who), Means::Somebody | Means::Stranger | Means::Partly),
            };
            let does = cast::how_unsaid(&action.what).is_none() && *reading.doing() == Doing::Said;
            let shows = match reading.shown() {
                Shown::Said => reading.shows() || cast::how_unsaid(&action.measure).is_none(),
                Shown::Once | Shown::Vague(_) | Shown::Unsaid => false,
            };
            let timed = match (action.due_on.get(), action.due_on.problem()) {
                (Some(_), _) => true,
                (None, Some(_)) => of_text(&action.due_on.spelt().unwrap_or_default()).is_told(),
                (None, None) => reading.time(case.today).is_told(),
            };
            let resources = || action.resources.rows().filter(|(_, resource)| !resource.name.is_blank());
            let confirmed = resources().all(|(_, resource)| resource.status.is(ResourceStatus::Confirmed));
            Smart {
                item: action.id.spelt().map(Cow::into_owned),
                path,
                specific: terms.specific.get().map(|_| does && has_doer),
                measurable: terms.measurable.get().map(|_| shows),
                achievable: resources().next().map(|_| confirmed),
                realistic: (!action.outcome.is_blank() && !outcomes.is_empty())
                    .then(|| !outcomes.follow(action.outcome.text()).astray),
                timed: terms.timescale.get().map(|_| timed),
            }
        })
        .collect()
}
