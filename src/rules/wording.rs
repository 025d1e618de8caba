//! How the plan is worded: whether an action says what somebody does, and how it will show; whether an outcome says what
//! is different afterwards; and whether a family would understand it.
//!
//! Every action is read as a row, and at most [`MOST`] things are told of its words at a time.

use rustc_hash::FxHashSet as HashSet;

use crate::answer::{Answer, Text};
use crate::case::{Case, Row};
use crate::cast;
use crate::field::{Field, field};
use crate::finding::{Found, Letter, Severity};
use crate::people::{Person, first_upper, in_a_row};
use crate::procedure::{Asked, Measured, Naming, Procedure};
use crate::record::{Action, Progress, Record};
use crate::rule::{Check, Wording};
use crate::wording::{self, Doer, Doing, Hint, Place, Shown, Unplain};

pub(super) const CHECKS: &[&dyn Check] = &[
    &ACTION_SPECIFIC,
    &ACTION_WHO_AGENCY,
    &ACTION_MEASURABLE,
    &OUTCOME_NOT_ACTION,
    &PLAN_LABELS,
    &PLAN_ABBREVIATIONS,
    &PLAN_JARGON,
    &PLAN_LONG_SENTENCES,
    &PLAN_READING_AGE,
];

/// Findings about the words of one action at a time: more are not read.
const MOST: usize = 2;

/// The actions that are still to be done: the words of one that is done help nobody any more.
fn open<'a>(case: &Case<'a>) -> impl Iterator<Item = Row<'a, Action>> {
    case.record.plan.actions.rows().filter(|(_, action)| {
        let settled = matches!(action.status.get(), Some(Progress::Done | Progress::Dropped));
        !settled && action.done_on.get().is_none()
    })
}

/// Something that the words of an action lack.
enum Lack {
    /// It says nothing that anybody can be seen doing.
    Doing(Place),
    /// Its measure measures nothing.
    Measure(Place),
    /// An agency is to do it, and nobody there: the field that names it.
    Agency(Field),
    /// It says what is to hold, and not what somebody does.
    Ensured(Place),
    /// It says how often or how much, and not what somebody does.
    Loose(Place),
}

/// What the words of an action lack, the most useful first, as far as the manual asks for it.
fn lacks(case: &Case, i: usize, action: &Action) -> Vec<Lack> {
    let terms = &case.procedure.actions;
    let reading = case.reading(i);
    let mut lacks = Vec::new();
    let doing = if terms.specific.get().is_some() { reading.doing() } else { &Doing::Said };
    if let Doing::Vague(place) = doing {
        lacks.push(Lack::Doing(place.clone()));
    }
    // That it says "TBC" is told with what is missing.
    if terms.measurable.get().is_some()
        && !cast::is_put_off(&action.measure)
        && let Shown::Vague(place) = reading.shown()
    {
        lacks.push(Lack::Measure(place));
    }
    if terms.who.get().is_some_and(|cited| cited.value != Naming::Person)
        && let Some(field) = agency(case, i, action)
    {
        lacks.push(Lack::Agency(field));
    }
    // Where its measure is still missing, that is the better question.
    if let Doing::Ensured(place) = doing
        && lacks.is_empty()
        && reading.shown() == Shown::Said
    {
        lacks.push(Lack::Ensured(place.clone()));
    }
    if let Doing::Loose(place) = doing {
        lacks.push(Lack::Loose(place.clone()));
    }
    lacks.truncate(MOST);
    lacks
}

const ACTION_SPECIFIC: Wording<Asked> = Wording {
    id: "action-specific",
    severity: Severity::Warning,
    title: "Each action says what somebody does, so that they can be seen doing it",
    remedy: "Say how: what will somebody do, with whom, and how often?",
    term: |procedure: &Procedure| procedure.actions.specific.get(),
    look: action_specific,
};

fn action_specific(_: &Asked, case: &Case, found: &mut Found) {
    for (i, action) in open(case) {
        for lack in lacks(case, i, action) {
            let field = field!(plan.actions[i].what);
            let number = i + 1;
            match lack {
                Lack::Doing(Place { span, words }) => {
                    let message = format!("Action {number} says “{words}”, and not what somebody will do");
                    found.at(field, message).letter(Letter::S).span(span);
                }
                Lack::Ensured(Place { span, words }) => {
                    let message =
                        format!("Action {number} says “{words}”, and not how somebody brings it about");
                    found
                        .at(field, message)
                        .at_most(Severity::Advice)
                        .letter(Letter::S)
                        .span(span)
                        .remedy("Say what somebody does so that it happens.");
                }
                Lack::Loose(Place { span, words }) => {
                    let message = format!("Action {number} says “{words}”, and not what somebody will do");
                    found.at(field, message).at_most(Severity::Advice).letter(Letter::S).span(span);
                }
                Lack::Measure(_) | Lack::Agency(_) => {}
            }
        }
    }
}

const ACTION_WHO_AGENCY: Wording<Naming> = Wording {
    id: "action-who-agency",
    severity: Severity::Advice,
    title: "Where an agency is to do something, it is known who there will see to it",
    // Where a name is asked for, the rule about names tells it.
    remedy: "Add the name or the role: who there will see to it?",
    term: |procedure: &Procedure| procedure.actions.who.get(),
    look: action_who_agency,
};

fn action_who_agency(_: &Naming, case: &Case, found: &mut Found) {
    for (i, action) in open(case) {
        for lack in lacks(case, i, action) {
            if let Lack::Agency(field) = lack {
                let message = format!("Action {} names an agency, and nobody there, to do it", i + 1);
                found.at(field, message).letter(Letter::S);
            }
        }
    }
}

/// The field that names an agency as the one to do something, where the plan does not say who it is there.
fn agency(case: &Case, i: usize, action: &Action) -> Option<Field> {
    let who = Person::new(&action.person, &action.who);
    if !who.key.is_empty() {
        return None;
    }
    let (text, is_agency, field) = match case.reading(i).doer() {
        _ if !who.is_nobody() => {
            (who.name, wording::is_agency(action.who.tokens()), field!(plan.actions[i].who))
        }
        Doer::Somebody(text) if action.who.is_blank() => {
            (text.as_str(), wording::is_agency(&wording::Text::read(text)), field!(plan.actions[i].what))
        }
        _ => return None,
    };
    (is_agency && !case.cast().is_held(text)).then_some(field)
}

const ACTION_MEASURABLE: Wording<Measured> = Wording {
    id: "action-measurable",
    severity: Severity::Warning,
    title: "The measure of each action can be counted, seen or heard",
    remedy: "Say what will show it: what can somebody see or count, how much is enough, and who will look?",
    term: |procedure: &Procedure| procedure.actions.measurable.get(),
    look: action_measurable,
};

fn action_measurable(_: &Measured, case: &Case, found: &mut Found) {
    for (i, action) in open(case) {
        for lack in lacks(case, i, action) {
            if let Lack::Measure(Place { span, words }) = lack {
                let message = format!(
                    "Action {} has “{words}” for its measure, and not what anybody can count or see",
                    i + 1
                );
                found.at(field!(plan.actions[i].measure), message).letter(Letter::M).span(span);
            }
        }
    }
}

// ---- outcomes ----

const OUTCOME_NOT_ACTION: Wording<Asked> = Wording {
    id: "outcome-not-action",
    severity: Severity::Advice,
    title: "Each outcome says what is different for the child afterwards, and not what is done",
    remedy: "Say what will be different: what will the child see, say or do once this is done?",
    term: |procedure: &Procedure| {
        procedure.plan.outcomes.get().or(procedure.plan.outcome_for_each_child.get())
    },
    look: outcome_not_action,
};

fn outcome_not_action(_: &Asked, case: &Case, found: &mut Found) {
    for (i, outcome) in case.record.plan.outcomes.rows() {
        if let Some(Place { span, words }) = wording::service(outcome.text.tokens()) {
            let message = format!("Outcome {} reads like something to do: “{words}”", i + 1);
            found.at(field!(plan.outcomes[i].text), message).span(span);
        }
    }
}

// ---- words that a family understands ----

/// The texts of a plan that a family reads, in the order of the plan. What a child said stands elsewhere and is left alone.
fn texts<'a>(case: &Case<'a>) -> Vec<(Field, &'a Answer<Text>)> {
    let plan = &case.record.plan;
    let mut texts: Vec<(Field, &Answer<Text>)> = Vec::new();
    for (i, need) in plan.needs.rows() {
        texts.push((field!(plan.needs[i].text), &need.text));
    }
    for (i, outcome) in plan.outcomes.rows() {
        texts.push((field!(plan.outcomes[i].text), &outcome.text));
    }
    for (i, action) in open(case) {
        texts.push((field!(plan.actions[i].what), &action.what));
        texts.push((field!(plan.actions[i].measure), &action.measure));
    }
    texts.push((field!(plan.contingency), &plan.contingency));
    texts.push((field!(plan.safety_plan), &plan.safety_plan));
    texts.push((field!(plan.consequences), &plan.consequences));
    texts.retain(|(_, text)| !text.text().is_empty());
    texts
}

/// Words of one kind, each once, with the field in which they stand first.
fn unplain<'a>(case: &Case<'a>, kind: Unplain) -> Vec<(Field, &'a Hint)> {
    let mut seen = HashSet::default();
    texts(case)
        .into_iter()
        .flat_map(|(field, text)| {
            let hints = text.plainness().hints.iter().filter(move |hint| hint.kind == kind);
            hints.map(move |hint| (field.clone(), hint))
        })
        .filter(|(_, hint)| kind == Unplain::Long || seen.insert(hint.place.words.to_lowercase()))
        .collect()
}

/// Findings of one kind about the language of a plan: what helps is to begin.
const FEW: usize = 3;

const PLAN_LABELS: Wording<Asked> = Wording {
    id: "plan-labels",
    severity: Severity::Advice,
    title: "The plan says what happened and puts no label on anybody",
    remedy: "Say what happened, and what stood in the way.",
    term: |procedure: &Procedure| procedure.plan.plain_language.get(),
    look: |_, case, found| {
        for (field, Hint { place, better, .. }) in unplain(case, Unplain::Label).into_iter().take(FEW) {
            let message =
                format!("{} says “{}”, a label that may be read as blame", label(&field), place.words);
            let finding = found.at(field, message).span(place.span);
            if let Some(better) = better {
                finding.remedy(sentence(better));
            }
        }
    },
};

/// What a field is called, with the row it stands in.
fn label(field: &Field) -> String {
    Record::place(&field.path())
}

/// A hint as a sentence.
fn sentence(hint: &str) -> String {
    format!("{}.", first_upper(hint))
}

const PLAN_ABBREVIATIONS: Wording<Asked> = Wording {
    id: "plan-abbreviations",
    severity: Severity::Advice,
    title: "Abbreviations are written out the first time",
    remedy: "Write the words out the first time, with the letters in brackets.",
    term: |procedure: &Procedure| procedure.plan.plain_language.get(),
    look: plan_abbreviations,
};

/// All of them in one finding: nobody mends them one by one.
fn plan_abbreviations(_: &Asked, case: &Case, found: &mut Found) {
    let mut all = unplain(case, Unplain::Short);
    all.truncate(MOST_LETTERS);
    let Some((field, first)) = all.first() else { return };
    let quoted: Vec<String> = all.iter().map(|(_, hint)| format!("“{}”", hint.place.words)).collect();
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    let verb = if all.len() == 1 { "is" } else { "are" };
    let finding = found
        .at((*field).clone(), format!("{} {verb} not explained", in_a_row(&quoted)))
        .span(first.place.span);
    let known: Vec<String> =
        all.iter().filter_map(|(_, hint)| Some(format!("{} ({})", hint.better?, hint.place.words))).collect();
    if !known.is_empty() {
        finding.remedy(format!("Write the words out the first time: {}.", known.join(", ")));
    }
}

/// Abbreviations that one finding names.
const MOST_LETTERS: usize = 6;

const PLAN_JARGON: Wording<Asked> = Wording {
    id: "plan-jargon",
    severity: Severity::Advice,
    title: "The plan is written in words that the family uses",
    remedy: "Say it in words that the family uses.",
    term: |procedure: &Procedure| procedure.plan.plain_language.get(),
    look: |_, case, found| {
        for (field, Hint { place, better, .. }) in unplain(case, Unplain::Jargon).into_iter().take(FEW) {
            let message =
                format!("{} says “{}”, a word that the family may not know", label(&field), place.words);
            let finding = found.at(field, message).span(place.span);
            if let Some(better) = better {
                finding.remedy(format!("Say it in words that the family uses, such as: {better}."));
            }
        }
    },
};

const PLAN_LONG_SENTENCES: Wording<Asked> = Wording {
    id: "plan-long-sentences",
    severity: Severity::Advice,
    title: "Sentences are short enough to be followed",
    remedy: "Make two or three sentences of it.",
    term: |procedure: &Procedure| procedure.plan.plain_language.get(),
    look: |_, case, found| {
        for (field, Hint { place, .. }) in unplain(case, Unplain::Long).into_iter().take(FEW) {
            let message = format!("{} has a long sentence, which begins “{}”", label(&field), place.words);
            found.at(field, message).span(place.span);
        }
    },
};

const PLAN_READING_AGE: Wording<Asked> = Wording {
    id: "plan-reading-age",
    severity: Severity::Advice,
    title: "The plan can be read by somebody who left school at 14",
    remedy: "Use shorter words and shorter sentences.",
    term: |procedure: &Procedure| procedure.plan.plain_language.get(),
    look: |_, case, found| {
        let texts = texts(case);
        if let (Some(age), Some((field, _))) =
            (wording::reading_age(texts.iter().map(|(_, text)| text.plainness())), texts.first())
            && age > HARD
        {
            found.at(
                field.clone(),
                format!("The words of the plan are those of a text for people of {age} and older"),
            );
        }
    },
};

/// Reading age above which the words of a plan are told to be hard.
const HARD: u32 = 14;
