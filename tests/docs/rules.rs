//! `docs/rules.md`: every check, every term of every manual, and what is not in force where.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use cinplan::procedure::Grounds;
use cinplan::{Entry, Kind, Procedure, catalogue};
use serde_json::Value;

use super::{GROUPS, PARTS, Requirement, by_id, cell, cited, force, manuals, part, severity, short, stage};

type Requirements = BTreeMap<String, BTreeMap<String, Requirement>>;

pub fn page() -> String {
    let manuals = manuals();
    let requirements: Requirements =
        manuals.iter().map(|manual| (manual.id.clone(), by_id(&manual.id))).collect();
    let entries: Vec<Entry> = catalogue(&manuals).collect();
    let mut page = String::from(INTRODUCTION);
    for (kind, heading, about) in KINDS {
        checks(&mut page, (*kind, heading, about), &entries, &manuals, &requirements);
    }
    page.push_str("\n## The manuals, term by term\n\n");
    page.push_str(TERMS);
    for manual in manuals.iter().filter(|manual| is_entered(manual, &entries)) {
        terms(&mut page, manual, &requirements[&manual.id]);
    }
    page.push_str("\n## What is not in force\n\n");
    silence(&mut page, &manuals, &entries);
    page
}

const INTRODUCTION: &str = "\
# What is checked, and why

This page is written by `make docs` from the checks and the manuals as they stand in the code. Do not edit it.

Each check asks from a stage of the work on: *always*, *preparing a meeting*, *sending the plan out*, *reviewing* or
*closing*. Each stage asks all that the ones before it ask; *always* means that only contradictions in what was filled
in are told, never something missing.

How grave a finding can be follows the manual: what it demands is an **error**, what it expects is a **warning**, what it
allows or suggests is **advice**. A check never speaks without the passage it rests on. Passages are named by their
section and by the id of the requirement; [coverage.md](coverage.md) says what each id asks.
";

const TERMS: &str = "\
What differs between manuals is a term: a value, how strongly the manual asks for it, and the requirements it rests on.
*Reason settles* marks a term where the manual says \"normally\" or \"unless\": a reason that is recorded with a name settles
the finding. The last column tells how a vague passage was read.
";

const KINDS: &[(Kind, &str, &str)] = &[
    (
        Kind::Rule,
        "Rules",
        "A rule computes from what was filled in. Its title says what holds when it is kept.",
    ),
    (
        Kind::Deadline,
        "Deadlines",
        "A deadline stands on the timeline, and is told once it has passed. The last day is in time.",
    ),
    (
        Kind::Wording,
        "Wording",
        "The words of the plan are read by rule, never scored. Each finding names the words, says what is missing, and offers \
         a question to answer. How well that works is told in [wording.md](wording.md).",
    ),
    (
        Kind::Prompt,
        "Questions for a person",
        "Some things only a person can judge. Each question is answered yes, no or not applicable, with a name and a day; \
         “no” and “not applicable” need a reason. A question that nobody answered is no finding; it stands on the checklist.",
    ),
    (Kind::Guidance, "Guidance", "Advice that is shown at a field and asks nothing."),
];

fn checks(
    page: &mut String,
    (kind, heading, about): (Kind, &str, &str),
    entries: &[Entry],
    manuals: &[Procedure],
    requirements: &Requirements,
) {
    let of_kind: Vec<&Entry> = entries.iter().filter(|entry| entry.about.kind == kind).collect();
    if of_kind.is_empty() {
        return;
    }
    let _ = write!(page, "\n## {heading} ({})\n\n{about}\n", of_kind.len());
    for (prefix, name) in PARTS {
        let here: Vec<&&Entry> = of_kind.iter().filter(|entry| part(entry.about.id) == *prefix).collect();
        if here.is_empty() {
            continue;
        }
        let _ = write!(page, "\n### {name}\n\n");
        let second = if kind == Kind::Guidance { "Shown at" } else { "Asked when" };
        let _ = writeln!(page, "| {} | {second} | Rests on |", first_column(kind));
        page.push_str("| --- | --- | --- |\n");
        for entry in here {
            let title = cell(entry.about.title);
            let when = match entry.about.path {
                Some(path) => format!("`{path}`"),
                None => stage(entry.about.stage).into(),
            };
            let rests: Vec<String> = manuals
                .iter()
                .filter_map(|manual| {
                    let grounds = entry.grounds.get(&manual.id)?;
                    Some(rests_on(manual, grounds, entry, &requirements[&manual.id]))
                })
                .collect();
            let rests = if rests.is_empty() { "no manual here".into() } else { rests.join("<br>") };
            let _ = writeln!(page, "| {title}<br>`{}` | {when} | {rests} |", entry.about.id);
        }
    }
}

fn first_column(kind: Kind) -> &'static str {
    match kind {
        Kind::Rule | Kind::Wording => "What holds",
        Kind::Deadline => "What is due",
        Kind::Prompt => "Question",
        Kind::Guidance => "Advice",
    }
}

fn rests_on(
    manual: &Procedure,
    grounds: &Grounds,
    entry: &Entry,
    requirements: &BTreeMap<String, Requirement>,
) -> String {
    let gravest = grounds.force.severity().min(entry.about.severity);
    let weight = match entry.about.kind {
        Kind::Rule | Kind::Deadline | Kind::Wording => format!(", {}", severity(gravest)),
        Kind::Prompt => format!(", {}", force(grounds.force)),
        Kind::Guidance => String::new(),
    };
    format!("{}{weight}. {}", short(manual), cited(&grounds.cites, requirements))
}

/// Whether anything of a manual has been entered.
fn is_entered(manual: &Procedure, entries: &[Entry]) -> bool {
    entries.iter().any(|entry| entry.grounds.contains_key(&manual.id))
}

fn terms(page: &mut String, manual: &Procedure, requirements: &BTreeMap<String, Requirement>) {
    let _ = write!(page, "\n### {} ({})\n", manual.title, manual.edition);
    let data = serde_json::to_value(manual).expect("a procedure is data");
    for (group, heading, meanings) in GROUPS {
        let (silent, said): (Vec<_>, Vec<_>) =
            meanings.iter().partition(|(name, ..)| data[group][name].is_null());
        let _ = write!(page, "\n#### {heading}\n\n");
        if !said.is_empty() {
            page.push_str(TERM_HEADS);
        }
        for (name, meaning, _) in &said {
            page.push_str(&term(&format!("{group}.{name}"), meaning, &data[group][name], requirements));
        }
        if !silent.is_empty() {
            let names: Vec<String> = silent.iter().map(|(name, ..)| format!("`{group}.{name}`")).collect();
            let gap = if said.is_empty() { "" } else { "\n" };
            let _ = writeln!(page, "{gap}Silent: {}.", names.join(", "));
        }
    }
    for (list, heading, grounds) in
        [("prompts", "Questions for a person", &manual.prompts), ("guidance", "Guidance", &manual.guidance)]
    {
        let noted: Vec<_> = grounds.iter().filter(|(_, grounds)| grounds.note.is_some()).collect();
        if noted.is_empty() {
            continue;
        }
        let _ = write!(page, "\n#### {heading}\n\nWhere a passage behind one was read in one way:\n\n");
        page.push_str("| Id | Rests on | Read as |\n| --- | --- | --- |\n");
        for (id, grounds) in noted {
            let _ = writeln!(
                page,
                "| `{list}.{id}` | {} | {} |",
                cited(&grounds.cites, requirements),
                cell(grounds.note.as_deref().unwrap_or_default())
            );
        }
    }
    levels(page, manual, &data, requirements);
    if manual.closure_days.is_empty() {
        page.push_str("\nNo closing days of its own are entered, beside weekends and bank holidays.\n");
    }
}

const TERM_HEADS: &str = "| Term | Value | Asked | Rests on | Read as |\n| --- | --- | --- | --- | --- |\n";

/// A row about a term.
fn term(key: &str, meaning: &str, term: &Value, requirements: &BTreeMap<String, Requirement>) -> String {
    format!(
        "| {}<br>`{key}` | {} | {}{} | {} | {} |\n",
        cell(meaning.trim()),
        cell(&value(&term["value"])),
        term["force"].as_str().unwrap_or_default(),
        if term["leaves_room"] == Value::Bool(true) { "; reason settles" } else { "" },
        cited(&ids(&term["cites"]), requirements),
        cell(term["note"].as_str().unwrap_or_default()),
    )
}

/// What a manual asks otherwise at another level of plan.
fn levels(page: &mut String, manual: &Procedure, data: &Value, requirements: &BTreeMap<String, Requirement>) {
    for (kind, level) in manual.levels() {
        let Some(kind) = kind else { continue };
        let here = serde_json::to_value(level).expect("a procedure is data");
        let name = serde_json::to_value(kind).expect("a kind is text");
        let _ = write!(page, "\n#### Otherwise where the plan is one of: {}\n\n", value(&name));
        let (mut other, mut rests) = (String::new(), Vec::new());
        for (group, _, meanings) in GROUPS {
            for (name, meaning, _) in *meanings {
                let (at_level, usual) = (&here[group][name], &data[group][name]);
                match at_level {
                    _ if at_level == usual => {}
                    Value::Null => rests.push(format!("`{group}.{name}`")),
                    _ => other.push_str(&term(&format!("{group}.{name}"), meaning, at_level, requirements)),
                }
            }
        }
        for (list, meaning) in [("prompts", "A question for a person."), ("guidance", "Guidance.")] {
            let names = [data, &here].map(|all| all[list].as_object().cloned().unwrap_or_default());
            let all: BTreeSet<&String> = names.iter().flat_map(|named| named.keys()).collect();
            for name in all {
                match (&names[1].get(name), &names[0].get(name)) {
                    (at_level, usual) if at_level == usual => {}
                    (None, _) => rests.push(format!("`{list}.{name}`")),
                    (Some(at_level), _) => {
                        other.push_str(&term(&format!("{list}.{name}"), meaning, at_level, requirements));
                    }
                }
            }
        }
        if !other.is_empty() {
            let _ = writeln!(page, "{TERM_HEADS}{other}");
        }
        if !rests.is_empty() {
            let _ = writeln!(page, "Not asked there: {}.", rests.join(", "));
        }
    }
}

fn ids(cites: &Value) -> Vec<String> {
    cites.as_array().into_iter().flatten().filter_map(Value::as_str).map(String::from).collect()
}

/// A value of a term in words.
fn value(value: &Value) -> String {
    match value {
        Value::Bool(_) => "yes".into(),
        Value::String(text) => text.replace('-', " "),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => {
            let between = match values.first() {
                Some(Value::Object(_)) => "; ",
                Some(Value::Number(_)) => " to ",
                _ => ", ",
            };
            values.iter().map(self::value).collect::<Vec<_>>().join(between)
        }
        Value::Object(keys) => {
            let mut words = String::new();
            // The office comes first, and what is asked of its holder behind it.
            let (office, others): (Vec<_>, Vec<_>) = keys.iter().partition(|(key, _)| *key == "office");
            for (key, value) in office.into_iter().chain(others) {
                let said = match (&**key, value) {
                    ("office", _) => self::value(value),
                    ("years_post_qualified", years) => format!("{years} years qualified"),
                    ("holds_the_case", Value::Bool(true)) => "who holds the case".into(),
                    ("after_child_protection_plan", Value::Bool(true)) if !keys.contains_key("office") => {
                        "anybody after a child protection plan".into()
                    }
                    (_, Value::Bool(true)) => key.replace('_', " "),
                    (_, Value::Array(choices)) if choices.iter().all(Value::is_string) => {
                        let choices: Vec<_> = choices.iter().map(self::value).collect();
                        format!("{} {}", key.replace('_', " "), choices.join(" or "))
                    }
                    _ => format!("{} {}", key.replace('_', " "), self::value(value)),
                };
                if !words.is_empty() {
                    words.push_str(if keys.contains_key("office") { " " } else { ", " });
                }
                words.push_str(&said);
            }
            words
        }
        Value::Null => String::new(),
    }
}

/// Which checks are in force in some manuals and not in others.
fn silence(page: &mut String, manuals: &[Procedure], entries: &[Entry]) {
    let (entered, empty): (Vec<&Procedure>, Vec<&Procedure>) =
        manuals.iter().partition(|manual| is_entered(manual, entries));
    let silent: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entered.iter().any(|manual| !entry.grounds.contains_key(&manual.id)))
        .collect();
    page.push_str("Where a manual is silent, marked \u{2013}, nothing is asked in its name.\n");
    for manual in empty {
        let _ = write!(page, "\n{}: nothing has been entered yet.\n", manual.title);
    }
    if silent.is_empty() {
        page.push_str("\nEvery check is in force wherever a manual has been entered.\n");
        return;
    }
    let names: Vec<&str> = entered.iter().map(|manual| short(manual)).collect();
    let _ = write!(page, "\n| Check | {} |\n| --- |{}\n", names.join(" | "), " --- |".repeat(names.len()));
    for entry in silent {
        let marks: Vec<&str> = entered
            .iter()
            .map(|manual| if entry.grounds.contains_key(&manual.id) { "in force" } else { "\u{2013}" })
            .collect();
        let title = cell(entry.about.title.trim_end_matches('.'));
        let _ = writeln!(page, "| {title}<br>`{}` | {} |", entry.about.id, marks.join(" | "));
    }
}
