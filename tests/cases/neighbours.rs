//! What becomes of each case of `tests/rules/` where one of its answers is another: a day earlier or later, the other way,
//! one more or less, or left out.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cinplan::{Day, Form, Given, Record, Report, Stage};
use serde_json::{Map, Value, json};

use super::dice::{answers, given};
use super::{Case, good_plan, read, root};

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

/// The neighbours of a case in which its rule finds something else. A form is checked rather than each record anew, which
/// is quicker; `tests/forms.rs` holds that it finds the same.
fn neighbours(case: &Case) -> String {
    let record = case.record();
    let held: Record = serde_json::from_value(record.clone()).expect("a record is always read");
    let mut form = Form::new(case.procedure(), held);
    let told = |form: &mut Form, today: Day| told(case, &form.report(today, case.stage));
    let mut lines = String::new();
    let mut now: Vec<(String, String)> = Vec::new();
    for by in [-1, 1] {
        now.push((format!("today {}", moved(by)), told(&mut form, case.today.plus_days(by))));
    }
    let before = told(&mut form, case.today);
    let own: Vec<_> =
        answers(&record).into_iter().filter(|(path, _)| is_of_case(case, path, &record)).collect();
    let mut days: Vec<Day> = own.iter().filter_map(|(_, answer)| day(answer)).chain([case.today]).collect();
    days.sort();
    days.dedup();
    for (path, answer) in &own {
        for (how, value) in others(answer, &days) {
            // A key of the host's own is no answer.
            if !form.set(path, given(&value)) {
                continue;
            }
            now.push((format!("{path} {how}"), told(&mut form, case.today)));
        }
        form.set(path, given(answer));
    }
    for (what, now) in now {
        if now != before {
            lines += &format!("  {what}: {now}\n");
        }
    }
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

/// Answers that are next to one, each with how it differs: of a day also each other that the case has.
fn others(answer: &Value, days: &[Day]) -> Vec<(String, Value)> {
    let mut others: Vec<(String, Value)> = match (answer, day(answer)) {
        (Value::Bool(yes), _) => vec![("the other way".into(), json!(!yes))],
        (Value::Number(number), _) => {
            let number = number.as_f64().expect("JSON holds no others");
            let by = |by: f64| (if by < 0.0 { "one less" } else { "one more" }.into(), json!(number + by));
            [-1.0, 1.0].map(by).into()
        }
        (_, Some(day)) => {
            let near = [-1, 1].map(|by| (moved(by).into(), json!(day.plus_days(by))));
            let same =
                days.iter().filter(|other| **other != day).map(|day| (format!("on {day}"), json!(day)));
            near.into_iter().chain(same).collect()
        }
        (Value::String(_), _) => Vec::new(),
        _ => return Vec::new(),
    };
    others.push(("left out".into(), Value::Null));
    others
}

/// A day that is written as in the cases.
fn day(answer: &Value) -> Option<Day> {
    answer
        .as_str()
        .filter(|text| text.len() == 10 && text.contains('-'))
        .and_then(|text| Day::read(text).ok())
}

fn moved(by: i64) -> &'static str {
    if by < 0 { "a day earlier" } else { "a day later" }
}

/// What the rule of a case finds, or whether its question is asked.
fn told(case: &Case, report: &Report) -> String {
    if case.asks.is_some() {
        let asks = report.prompts.iter().any(|question| question.id == case.rule);
        return if asks { "asked" } else { "not asked" }.into();
    }
    let own = report.findings.iter().filter(|finding| finding.rule == case.rule);
    let due = report.deadlines.iter().filter(|due| due.id == case.rule).map(|due| {
        let past = if due.past { ", past" } else { "" };
        format!("due {}, {}{past}", due.due, json!(due.status).as_str().expect("a word"))
    });
    let told: Vec<_> = own
        .map(|finding| {
            let severity = json!(finding.severity).as_str().expect("a word").to_owned();
            let settled = if finding.accepted.is_some() { ", settled" } else { "" };
            format!("{severity} at {}{settled}", finding.path)
        })
        .chain(due)
        .collect();
    if told.is_empty() { "nothing".into() } else { told.join("; ") }
}

/// What is found in the good plan, and in one that names few, where somebody is called in another way, at each place where
/// people are named. The path of the page, and how it should read.
pub fn names() -> (String, String) {
    let good = called("In the good plan", &good_plan(), NAMED);
    let few = Case { from_nothing: true, stage: Stage::Circulate, change: few(), ..good_plan() };
    ("tests/neighbours/names.txt".into(), good + &called("In a plan that names few", &few, NAMED_FEW))
}

fn called(title: &str, case: &Case, places: &[&str]) -> String {
    let record = case.record();
    let held: Record = serde_json::from_value(record.clone()).expect("a record is always read");
    let mut form = Form::new(case.procedure(), held);
    let before = counts(&form.report(case.today, case.stage));
    let mut page = format!("{title}\n\n");
    for place in places {
        let mut all: Vec<(String, Vec<&str>)> = Vec::new();
        for name in CALLED {
            assert!(form.set(place, Given::Text(name)), "{place}");
            let told = differences(&before, &counts(&form.report(case.today, case.stage)));
            match all.iter_mut().find(|(known, _)| *known == told) {
                Some((_, names)) => names.push(name),
                None => all.push((told, vec![name])),
            }
        }
        let was = answers(&record).into_iter().find(|(path, _)| path == place);
        form.set(place, was.as_ref().map_or(Given::Nothing, |(_, was)| given(was)));
        page += &format!("{place}\n");
        for (told, names) in all {
            page += &format!("  {}: {told}\n", names.join(" | "));
        }
        page += "\n";
    }
    page
}

/// Three children, one of whom the host knows by a key and one without a name; one of the family, whose first name is short;
/// nobody who works with them.
fn few() -> Map<String, Value> {
    let record = json!({
        "children": [
            { "id": "c1", "person": "k1", "name": "Amelia Hart", "date_of_birth": "2010-05-09" },
            { "id": "c2", "name": "Jo Hart", "date_of_birth": "2020-01-31" },
            { "id": "c3", "date_of_birth": "2008-02-29" }
        ],
        "plan": {
            "started_on": "2026-09-01",
            "needs": [{ "text": "A calm evening", "child": "c1" }],
            "actions": [{ "what": "Ring the clinic", "measure": "A letter", "who": "Jo Marsh", "due_on": "2026-12-18" }],
            "roles": [{ "name": "Jo Marsh", "role": "Grandmother", "kind": "family" }, { "role": "Nursing lead", "agency": "Clinic" }]
        },
        "meetings": [{ "kind": "review", "held_on": "2026-10-12", "invitees": [{ "name": "Amelia", "role": "child", "attended": true }] }],
        "sharing": {
            "exclusions": [{ "name": "Dad", "role": "Jo's father", "reason": "A court order" }],
            "recipients": [{ "name": "Jo Marsh" }]
        }
    });
    match record {
        Value::Object(parts) => parts,
        _ => Map::new(),
    }
}

const NAMED_FEW: &[&str] = &[
    "plan.actions[0].who",
    "plan.needs[0].child",
    "plan.roles[1].name",
    "meetings[0].invitees[0].name",
    "sharing.exclusions[0].name",
    "sharing.recipients[0].name",
];

/// What all rules find: how many of each rule and severity.
type Counts = BTreeMap<String, usize>;

fn counts(report: &Report) -> Counts {
    let mut counts = Counts::new();
    for finding in &report.findings {
        let words = format!("{} {}", finding.rule, json!(finding.severity).as_str().expect("a word"));
        *counts.entry(words).or_default() += 1;
    }
    counts
}

/// What is found more and less than before.
fn differences(before: &Counts, now: &Counts) -> String {
    let rules: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let told: Vec<String> = rules
        .into_iter()
        .filter_map(|rule| {
            let [was, is] = [before, now].map(|counts| counts.get(rule).copied().unwrap_or_default());
            match is.cmp(&was) {
                Ordering::Equal => None,
                _ if was == 0 && is == 1 => Some(rule.clone()),
                _ if was == 0 => Some(format!("{rule} ({is})")),
                _ => Some(format!("{rule} ({is} instead of {was})")),
            }
        })
        .collect();
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
    "closure.early_help.documents_sent_to",
    "children[0].name",
    "children[0].views.gathered_by",
    "case.manager.name",
    "case.social_worker.supervisor",
    "plan.signatures[0].name",
    "plan.services[0].recipient",
    "plan.needs[1].child",
    "plan.roles[0].role",
    "plan.roles[0].agency",
    "plan.lead_professional.role",
    "meetings[4].invitees[0].role",
    "sharing.recipients[0].role",
    "sharing.exclusions[0].role",
    "visits[0].by",
];

/// What people write where a name is asked for.
pub const CALLED: &[&str] = &[
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
    "Darren (Daz) Walsh",
    "Both children",
    "Noah and Amelia",
    "For Noah Hart and Amelia",
    "The siblings",
    "Grandad",
    "Grandparents",
    "Stepdad",
    "Mum's partner",
    "Uncle Pete",
    "Cousin",
    "Neighbour",
    "Godmother",
    "Family friend",
    "Al",
    "GP surgery",
    "Children's Services",
    "Health",
    "Nursery",
    "Head of year",
    "SENCO",
    "Teacher",
    "Nurse",
    "Nursing team",
    "Midwife",
    "Probation",
    "Housing",
    "Advocate",
    "Family network",
    "Agencies",
    "Mr Hart",
    "Ms R. Hart",
    "Priya/Tom",
    "Priya + Grace",
    "Priya; Grace",
    "Rachel Hart (mother) and Priya Shah",
    "Nobody",
    "Not yet known",
    "Manager",
    "Lead professional",
    "Early help coordinator",
    "EHC",
    "Clinic",
    "School nursing",
    "k1",
    "c2",
    "r1",
];
