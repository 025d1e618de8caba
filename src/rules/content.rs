//! What a plan holds: its kind, the needs and outcomes of each child, what keeps the child safe, and the child's views.

use crate::answer::{Answer, Text};
use crate::case::{Case, Row};
use crate::cast;
use crate::field::{Field, field};
use crate::finding::{Found, Severity, Stage};
use crate::people::Person;
use crate::procedure::Asked;
use crate::record::{Child, PlanKind, TakingPart};
use crate::rule::{Check, Rule};
use crate::young::{Children, Whose};

pub(super) const CHECKS: &[&dyn Check] = &[
    &PLAN_HELD,
    &PLAN_KIND,
    &PLAN_KIND_KNOWN,
    &PLAN_CONFERENCE,
    &PLAN_BESIDE_PROTECTION,
    &PLAN_SUPERVISION_ORDER,
    &CHILD_AGE,
    &PLAN_NEEDS,
    &NEED_CHILD,
    &PLAN_OUTCOMES,
    &OUTCOME_CHILD,
    &PLAN_SAFETY,
    &PLAN_CONTINGENCY,
    &PLAN_CONSEQUENCES,
    &PLAN_WIDER_FAMILY,
    &CHILD_VIEWS,
    &CHILD_LIVED_EXPERIENCE,
    &CHILD_INFLUENCE,
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
    if case.is_opened() && !case.has_plan() && !case.is_brief_intervention() && !case.is_closed() {
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
        found.at(field!(plan.kind), "Kind of plan is not one that this procedure has");
    }
}

const PLAN_CONFERENCE: Rule<Asked> = Rule {
    id: "plan-conference",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "A child protection plan goes back to a child protection conference",
    remedy: "Check the kind of plan and what is recorded of the conference.",
    term: |procedure| procedure.plan.conference.get(),
    check: plan_conference,
};

fn plan_conference(_: &Asked, case: &Case, found: &mut Found) {
    let facts = &case.record.case;
    if case.record.plan.kind.is(PlanKind::ChildProtection)
        && facts.conference_on.is_blank()
        && case.record.conferences.is_empty()
        && facts.child_protection_plan.is_blank()
    {
        let message = "Date of the child protection conference is missing for a child protection plan";
        found.at(field!(case.conference_on), message);
    }
}

const PLAN_BESIDE_PROTECTION: Rule<Asked> = Rule {
    id: "plan-beside-protection",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "A child with a child protection plan has no Child in Need plan beside it",
    remedy: "Check whether the child protection plan is still in force. While it is, follow the procedure for it.",
    term: |procedure| procedure.plan.beside_protection.get(),
    check: plan_beside_protection,
};

fn plan_beside_protection(_: &Asked, case: &Case, found: &mut Found) {
    let kinds = case.procedure.plan.kinds.get();
    // A manual that lists the kinds of plan may be one for child protection plans as well.
    let covers_protection = kinds.is_some_and(|kinds| kinds.value.contains(&PlanKind::ChildProtection));
    let kind = &case.record.plan.kind;
    if kind.is(PlanKind::ChildProtection) {
        if !covers_protection {
            found
                .at(
                    field!(plan.kind),
                    "Kind of plan is child protection, and this procedure is not for child protection plans",
                )
                .remedy("Follow the procedure for child protection plans, or choose another kind of plan.");
        }
        return;
    }
    let ahead =
        || case.plan_meetings().any(|(_, meeting)| meeting.held_on.get().is_some_and(|day| day > case.today));
    let own = !kind.is_blank() || (!covers_protection && (case.has_plan() || ahead()));
    if own && case.has_child_protection_plan() && !case.is_closed() {
        found.at(
            field!(plan.kind),
            "A child protection plan is in force, and the kind of this plan is another",
        );
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
    if !under_order || case.has_child_protection_plan() || case.is_closed() {
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
    if !case.asks_for_plan() {
        return;
    }
    let needs = &case.record.plan.needs;
    let mut told = needs.rows().filter(|(_, need)| !need.text.is_blank()).peekable();
    if told.peek().is_none() {
        found.at(field!(plan.needs), "There is no need on the plan");
    } else {
        let children = Children::of(case);
        for (index, child) in children.left_out(told.clone().map(|(_, need)| &*need.child)) {
            found.at(
                field!(plan.needs),
                format!("The plan does not say what {} needs", name_of(index, child)),
            );
        }
        if children.are_never_chosen(told.map(|(_, need)| &*need.child)) {
            found
                .at(field!(plan.needs), "No need says which child it is about")
                .at_most(Severity::Advice)
                .remedy("Choose the child at each need, so that it shows that no child is left out.");
        }
    }
    for (i, need) in needs.rows() {
        if need.text.is_blank() && !(need.services.is_blank() && need.progress.is_blank()) {
            found
                .at(field!(plan.needs[i].text), format!("Need {} does not say what the child needs", i + 1))
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
                format!("The child of need {} is not among the children of the plan", i + 1),
            );
        }
    }
}

const PLAN_OUTCOMES: Rule<Asked> = Rule {
    id: "plan-outcomes",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan has an outcome to work towards, for every child where the procedure asks for it",
    remedy: "Add what will be different for the child.",
    term: |procedure| procedure.plan.outcome_for_each_child.get().or(procedure.plan.outcomes.get()),
    check: plan_outcomes,
};

fn plan_outcomes(_: &Asked, case: &Case, found: &mut Found) {
    if !case.asks_for_plan() {
        return;
    }
    let outcomes = &case.record.plan.outcomes;
    let mut told = outcomes.rows().filter(|(_, outcome)| !outcome.text.is_blank()).peekable();
    if told.peek().is_none() {
        found.at(field!(plan.outcomes), "There is no outcome on the plan");
    } else if case.procedure.plan.outcome_for_each_child.get().is_some() {
        let children = Children::of(case);
        for (index, child) in children.left_out(told.clone().map(|(_, outcome)| &*outcome.child)) {
            found.at(
                field!(plan.outcomes),
                format!("There is no outcome for {} on the plan", name_of(index, child)),
            );
        }
        if children.are_never_chosen(told.map(|(_, outcome)| &*outcome.child)) {
            found
                .at(field!(plan.outcomes), "No outcome says which child it is for")
                .at_most(Severity::Advice)
                .remedy("Choose the child at each outcome, so that it shows that no child is left out.");
        }
    }
    for (i, outcome) in outcomes.rows() {
        let other = [&*outcome.need, &*outcome.progress, &*outcome.result];
        if outcome.text.is_blank() && other.iter().any(|answer| !answer.is_blank()) {
            found
                .at(
                    field!(plan.outcomes[i].text),
                    format!("Outcome {} does not say what will be different for the child", i + 1),
                )
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
    term: |procedure| procedure.plan.outcome_for_each_child.get().or(procedure.plan.outcomes.get()),
    check: outcome_child,
};

fn outcome_child(_: &Asked, case: &Case, found: &mut Found) {
    let children = Children::of(case);
    for (i, outcome) in case.record.plan.outcomes.rows() {
        if matches!(children.meant(&outcome.child), Whose::Astray) {
            let message = format!("The child of outcome {} is not among the children of the plan", i + 1);
            found.at(field!(plan.outcomes[i].child), message);
        }
    }
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
        let missing = "Safety plan is missing";
        text_there(case, &case.record.plan.safety_plan, missing, field!(plan.safety_plan), found);
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
        let missing = "Contingency plan is missing";
        text_there(case, &case.record.plan.contingency, missing, field!(plan.contingency), found);
    },
};

const PLAN_CONSEQUENCES: Rule<Asked> = Rule {
    id: "plan-consequences",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The plan says what may follow if it is not kept to",
    remedy: "Say what may follow, in words that the family would use.",
    term: |procedure| procedure.plan.consequences.get(),
    check: |_, case, found| {
        let missing = "The plan does not say what happens if the plan is not followed";
        text_there(case, &case.record.plan.consequences, missing, field!(plan.consequences), found);
    },
};

/// A text that every plan has to hold: it is there, and says more than that it is to come.
fn text_there(case: &Case, text: &Answer<Text>, missing: &str, field: Field, found: &mut Found) {
    if !case.asks_for_plan() {
    } else if text.is_blank() {
        found.at(field, missing);
    } else if cast::is_put_off(text) {
        found.at(field, format!("{missing}: it says only “{}”", text.text().trim()));
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
    let none = ["none", "nobody", "no one"].contains(&wider_family.folded().join(" ").as_str());
    if !none {
        let missing = "The part of wider family and friends is missing";
        text_there(case, wider_family, missing, field!(plan.wider_family), found);
    }
}

// ---- the child's views ----

/// The children who are born, as far as is known.
fn born<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Child>> {
    let today = case.today;
    let asked = case.asks_for_plan();
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
    if case.record.children.is_empty() && case.asks_for_plan() {
        found
            .at(field!(children), "There is no child on the plan")
            .remedy("Add each child, with what the child thinks, wants and feels.");
    }
    for (i, child) in born(case) {
        let number = i + 1;
        let text = &child.views.text;
        if text.is_blank() || cast::is_put_off(text) {
            let missing = format!("Views, wishes and feelings of child {number} are missing");
            let message = match text.text().trim() {
                only if !text.is_blank() => format!("{missing}: it says only “{only}”"),
                _ => missing,
            };
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
        if speaks_alone(case, child) {
            continue;
        }
        if child.views.gathered_by.is_blank() {
            found
                .at(
                    field!(children[i].views.gathered_by),
                    format!("The plan does not say who found out the views of child {number}"),
                )
                .at_most(Severity::Warning)
                .remedy("Enter who spoke with the child or observed the child.");
        }
        if child.views.method.is_blank() {
            found
                .at(
                    field!(children[i].views.method),
                    format!("The plan does not say how the views of child {number} were found out"),
                )
                .at_most(Severity::Warning)
                .remedy("Say how you found out: a talk, a drawing, a tool, what you observed.");
        }
    }
}

/// Whether a young person came to the meeting, where nobody else has to find out what they think.
fn speaks_alone(case: &Case, child: &Child) -> bool {
    let from = case.procedure.attendance.young_person_invited_from.get().map(|cited| cited.value.0);
    let old_enough = from.zip(case.age(child, case.today)).is_some_and(|(from, age)| age >= from);
    let person = Person::new(&child.person, &child.name);
    let meetings = case.held_meetings();
    let mut invitees = meetings.iter().flat_map(|(_, meeting)| meeting.invitees.rows());
    old_enough
        && invitees.any(|(_, invitee)| {
            invitee.attended.is(true) && Person::new(&invitee.person, &invitee.name).is(person)
        })
}

/// Whether the child chose not to say.
fn has_declined(child: &Child) -> bool {
    let words = child.views.text.folded();
    let has = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let in_words = has(&["declin", "refus"]) && has(&["view", "speak", "talk", "say", "share", "feeling"]);
    in_words || child.participation.form.is(TakingPart::None)
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
            let message = format!("The plan does not say what life is like for child {}", i + 1);
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
        let told = case.procedure.plan.child_views.get().is_some();
        let known = !told || !views.text.is_blank() || !views.lived_experience.is_blank();
        if known && views.influence_on_plan.is_blank() {
            let message = format!("The plan does not say how the views of child {} shaped it", i + 1);
            let finding = found.at(field!(children[i].views.influence_on_plan), message);
            if has_declined(child) {
                finding
                    .at_most(Severity::Warning)
                    .remedy("Say how the plan takes account of what is known of the child in other ways.");
            }
        }
    }
}
