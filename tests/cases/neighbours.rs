//! What becomes of each case of `tests/rules/` where one of its answers is another: a day earlier or later, the other way,
//! one more or less, or left out.

use std::path::Path;

use cinplan::Day;
use serde_json::{Value, json};

use super::dice::answers;
use super::{Case, put, read, root};

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
