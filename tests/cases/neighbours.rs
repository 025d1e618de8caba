//! What becomes of each case of `tests/rules/` where one of its answers is another: a day earlier or later, the other way,
//! one more or less, or left out.

use std::path::Path;

use cinplan::Day;
use serde_json::{Value, json};

use super::dice::answers;
use super::{Case, good_plan, put, read, root};

/// The page of a file of cases: its path from the root of the project, and how it should read.
pub fn page(file: &Path) -> (String, String) {
    let name = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
    let cases: Vec<Case> = read(file);
    (format!("tests/neighbours/{name}.txt"), cases.iter().map(neighbours).collect())
}

/// The page as it stands in its file; empty where there is none yet.
pub fn written(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}

/// The neighbours of a case in which its rule finds something else.
fn neighbours(case: &Case) -> String {
    let record = case.record();
    let before = told(case, &record);
    let days = [-1, 1].map(|by| {
        ("today".into(), moved(by), Case { today: case.today.plus_days(by), ..case.clone() }, record.clone())
    });
    let other = |(path, answer): (String, Value)| {
        let record = &record;
        others(&answer).into_iter().map(move |(how, value)| {
            let mut record = record.clone();
            put(&mut record, &path, value);
            (path.clone(), how, case.clone(), record)
        })
    };
    let answers = answers(&record).into_iter().filter(|(path, _)| is_of_case(case, path, &record));
    let lines = days.into_iter().chain(answers.flat_map(other)).filter_map(|(place, how, case, record)| {
        let told = told(&case, &record);
        (told != before).then(|| format!("  {place} {how}: {told}\n"))
    });
    let lines: String = lines.collect();
    let head = format!("{}, by {}: {}: {before}\n", case.rule, case.procedure, case.name);
    if lines.is_empty() { String::new() } else { head + &lines + "\n" }
}

/// Whether an answer is one that the case is about, and not one of the good plan.
fn is_of_case(case: &Case, path: &str, record: &Value) -> bool {
    case.from_nothing
        || case.change.keys().any(|changed| match changed.strip_suffix('+') {
            Some(list) => {
                let pointer = format!("/{}", list.replace(['.', '['], "/").replace(']', ""));
                let rows = record.pointer(&pointer).and_then(Value::as_array).map_or(0, Vec::len);
                path.starts_with(&format!("{list}[{}]", rows.saturating_sub(1)))
            }
            None => path
                .strip_prefix(changed.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])),
        })
}

/// Answers that are next to one, each with how it differs.
fn others(answer: &Value) -> Vec<(&'static str, Value)> {
    let mut others = match answer {
        Value::Bool(yes) => vec![("the other way", json!(!yes))],
        Value::Number(number) => {
            let number = number.as_f64().expect("JSON holds no others");
            [-1.0, 1.0].map(|by| (if by < 0.0 { "one less" } else { "one more" }, json!(number + by))).into()
        }
        Value::String(text) => match serde_json::from_value::<Day>(json!(text)) {
            Ok(day) if text.len() == 10 && text.contains('-') => {
                [-1, 1].map(|by| (moved(by), json!(day.plus_days(by)))).into()
            }
            _ => Vec::new(),
        },
        _ => return Vec::new(),
    };
    others.push(("left out", Value::Null));
    others
}

fn moved(by: i64) -> &'static str {
    if by < 0 { "a day earlier" } else { "a day later" }
}

/// What the rule of a case finds, or whether its question is asked.
fn told(case: &Case, record: &Value) -> String {
    let report = case.report_of(record);
    if case.asks.is_some() {
        let asks = report.prompts.iter().any(|question| question.id == case.rule);
        return if asks { "asked" } else { "not asked" }.into();
    }
    let own = report.findings.iter().filter(|finding| finding.rule == case.rule);
    let told: Vec<_> = own
        .map(|finding| {
            let severity = json!(finding.severity).as_str().expect("a word").to_owned();
            let settled = if finding.accepted.is_some() { ", settled" } else { "" };
            format!("{severity} at {}{settled}", finding.path)
        })
        .collect();
    if told.is_empty() { "nothing".into() } else { told.join("; ") }
}

/// What is found in the good plan where somebody is called in another way, at each place where people are named. The path
/// of the page, and how it should read.
pub fn names() -> (String, String) {
    let case = good_plan();
    let mut page = String::new();
    for place in NAMED {
        let mut all: Vec<(String, Vec<&str>)> = Vec::new();
        for name in CALLED {
            let mut record = case.record();
            put(&mut record, place, json!(name));
            let told = told_of_all(&case, &record);
            match all.iter_mut().find(|(known, _)| *known == told) {
                Some((_, names)) => names.push(name),
                None => all.push((told, vec![name])),
            }
        }
        page += &format!("{place}\n");
        for (told, names) in all {
            page += &format!("  {}: {told}\n", names.join(" | "));
        }
        page += "\n";
    }
    ("tests/neighbours/names.txt".into(), page)
}

/// What all rules find: those of one rule once, with how many they are.
fn told_of_all(case: &Case, record: &Value) -> String {
    let mut told: Vec<(String, usize)> = Vec::new();
    for finding in case.report_of(record).findings {
        let words = format!("{} {}", finding.rule, json!(finding.severity).as_str().expect("a word"));
        match told.iter_mut().find(|(known, _)| *known == words) {
            Some((_, count)) => *count += 1,
            None => told.push((words, 1)),
        }
    }
    let words = |(words, count)| if count == 1 { words } else { format!("{words} ({count})") };
    let told: Vec<String> = told.into_iter().map(words).collect();
    if told.is_empty() { "nothing".into() } else { told.join("; ") }
}

/// Where the good plan names people.
const NAMED: &[&str] = &[
    "sharing.recipients[0].name",
    "sharing.exclusions[0].name",
    "plan.actions[0].who",
    "plan.roles[0].name",
    "plan.lead_professional.name",
    "case.social_worker.name",
    "meetings[4].invitees[0].name",
    "meetings[4].chair.name",
    "meetings[4].convened_by",
    "meetings[4].minutes.taken_by",
    "closure.approved_by.name",
    "children[0].name",
];

/// What people write where a name is asked for.
const CALLED: &[&str] = &[
    "Darren Walsh",
    "darren walsh",
    "DARREN WALSH",
    "Darren",
    "Walsh",
    "D Walsh",
    "D. Walsh",
    "Darren W",
    "D.W.",
    "DW",
    "Walsh, Darren",
    "Mr Walsh",
    "Mr D Walsh",
    "Daren Walsh",
    "Darren Walch",
    "Darren Walshe",
    "Darrne Walsh",
    "Darren Walsh-Smith",
    "Darren Lee Walsh",
    "Darren (dad)",
    "Dad (Darren)",
    "Darren and Rachel",
    "Tina & Darren",
    "darren.walsh@example.org",
    "Daz Walsh",
    "Tina Walsh",
    "Rachel Hart",
    "Rachel",
    "Mrs Hart",
    "R Hart",
    "Rachael Hart",
    "Amelia Hart",
    "Amelia",
    "Amelia H",
    "Amy Hart",
    "Noah",
    "Noah's dad",
    "Noah’s Mum and Dad",
    "Dad",
    "Mum",
    "Mother",
    "Father",
    "Parents",
    "Both parents",
    "Mum and Dad",
    "Mum, Nan and school",
    "Grandma",
    "Auntie Jo",
    "Foster carer",
    "Priya Shah",
    "Priya",
    "P Shah",
    "Priya Shar",
    "Priya Shah (social worker)",
    "SW",
    "Social worker",
    "The social worker",
    "Allocated social worker",
    "Student social worker",
    "Tom Ellis",
    "Team manager",
    "Margaret Lowe",
    "Service Manager",
    "Grace Okafor",
    "Grace",
    "Grace Okafor / Helen Price",
    "DSL",
    "School",
    "Riverside Academy",
    "School nurse",
    "The school nurse, Helen",
    "Health visitor",
    "HV",
    "GP",
    "CAMHS",
    "Police",
    "Family support worker",
    "Ben Carter",
    "Ben",
    "Joan Marsh",
    "Chair",
    "The chair",
    "Everyone",
    "All",
    "The team",
    "Professionals",
    "Core group",
    "The family",
    "Somebody",
    "TBC",
    "To be confirmed",
    "N/A",
    "?",
    "None",
    "Ahmed",
    "Li Wei",
    "O'Brien",
    "Siân Evans",
    "Amélia Härt",
    "Ðarren Wałsh",
    "Đarren Walsh",
    "Priyá Šhah",
    "Rachel Hårt",
    "Grace Økafor",
    "Žoë Ňovák",
    "Łukasz Ďurić",
    "Ţom Ēllis",
    "Amelia Haŕt",
    "Ġrace Oķafor",
    "Jœ Mærsh",
    "Dr Patel",
];
