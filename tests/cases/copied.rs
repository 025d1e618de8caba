//! What is in a copy of the plan, as `tests/copies/leaves.json` says it answer by answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use cinplan::copy::{PlanCopy, Sees, copy_for, readers};
use cinplan::{Procedure, Record};
use serde_json::{Value, json};

use super::{good_plan, pattern, put, read, root};

pub fn leaves() -> &'static Value {
    static LEAVES: LazyLock<Value> = LazyLock::new(|| read(&root().join("tests/copies/leaves.json")));
    &LEAVES
}

pub fn list(value: &Value) -> BTreeSet<String> {
    let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter().map(|row| row.as_str().expect("a path").to_owned()).collect()
}

/// The answers that go into every row for an agreed part, and those that go into rows of the reader's own.
pub fn agreed(part: &str) -> [BTreeSet<String>; 2] {
    let part = &leaves()["parts"][part];
    [list(&part["every_row"]), list(&part["own_rows"])]
}

pub fn parts() -> Vec<&'static str> {
    let parts = leaves()["parts"].as_object().expect("parts");
    parts.keys().map(String::as_str).filter(|name| *name != "about").collect()
}

/// Every text of plain data, with where it stands.
pub fn texts(value: &Value) -> Vec<(String, String)> {
    fn walk(value: &Value, path: &str, all: &mut Vec<(String, String)>) {
        match value {
            Value::Object(group) => {
                for (name, value) in group {
                    walk(value, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, all);
                }
            }
            Value::Array(rows) => {
                for (index, value) in rows.iter().enumerate() {
                    walk(value, &format!("{path}[{index}]"), all);
                }
            }
            Value::Null => {}
            other => all.push((path.into(), other.as_str().map_or_else(|| other.to_string(), str::to_owned))),
        }
    }
    let mut all = Vec::new();
    walk(value, "", &mut all);
    all
}

/// What holds for every copy: it is a record, each of its texts is one of the whole record, and whatever is not in it is
/// told with a reason.
pub fn holds_no_more(record: &Record, copy: &PlanCopy) {
    let data = |record: &Record| serde_json::to_value(record).expect("a record is data");
    let copied = data(&copy.record);
    let again: Record = serde_json::from_value(copied.clone()).expect("a record is always read");
    assert_eq!(data(&again), copied, "a copy is read again as it was written");
    let whole = texts(&data(record));
    let mut times: BTreeMap<&str, i32> = BTreeMap::new();
    for (_, text) in &whole {
        *times.entry(text).or_default() += 1;
    }
    for (path, text) in texts(&copied) {
        let left = times
            .get_mut(text.as_str())
            .unwrap_or_else(|| panic!("{path} is {text:?}, which the record does not hold"));
        *left -= 1;
        assert!(*left >= 0, "{path} is {text:?}, which the record does not hold so often");
    }
    for removed in &copy.removed {
        assert!(removed.reason.ends_with('.') && !removed.label.is_empty(), "{removed:?}");
    }
    // Rows move up in a copy, so what is missing is counted: each has a reason, at its place or above it.
    let told: BTreeSet<&str> = copy.removed.iter().map(|removed| removed.path.as_str()).collect();
    let is_told = |path: &str| {
        let ends = path.match_indices(['.', '[']).map(|(end, _)| end).chain([path.len()]);
        ends.into_iter().any(|end| told.contains(&path[..end]))
    };
    // What had the wrong shape has no text, neither there nor here.
    let left: Vec<_> = whole.iter().filter(|(path, text)| !text.is_empty() && !is_told(path)).collect();
    // A row in which nothing is left but its key is an empty one.
    let is_key_alone = |path: &str| {
        let row = path.strip_suffix("id").filter(|row| row.ends_with("]."));
        row.is_some_and(|row| left.iter().filter(|(other, _)| other.starts_with(row)).count() == 1)
    };
    let untold: Vec<_> = left.iter().filter(|(path, _)| !is_key_alone(path)).collect();
    let copied = texts(&copied);
    assert_eq!(
        untold.len(),
        copied.len(),
        "what is not told to be removed is in the copy: {untold:#?}, {copied:#?}, {:#?}",
        copy.removed
    );
}

/// Makes every copy that can be made of a record from which the plan is kept from one person, who may see these parts of
/// it, and fails where one of them holds more than it may.
pub fn every_copy_holds(record: &Record, procedure: &Procedure, shared: &[&str]) {
    let in_agreed: BTreeSet<String> = shared.iter().flat_map(|part| agreed(part)).flatten().collect();
    let in_whole: BTreeSet<String> =
        ["everybody", "professionals"].iter().flat_map(|those| list(&leaves()[*those]["answers"])).collect();
    for (reader, sees) in readers(record, procedure) {
        let copy = match copy_for(record, &reader, procedure) {
            Ok(copy) => copy,
            Err(refusal) => {
                assert_eq!(sees, Sees::Nothing, "{reader:?}: {refusal}");
                continue;
            }
        };
        assert_eq!(copy.sees, sees, "{reader:?}");
        holds_no_more(record, &copy);
        let may_hold = if sees == Sees::Plan { &in_whole } else { &in_agreed };
        let people = list(&leaves()["names"]["people"]);
        for (path, text) in texts(&serde_json::to_value(&copy.record).expect("a record is data")) {
            let here = pattern(&path);
            let is_own_name = text == reader.name && people.contains(&here) && in_whole.contains(&here);
            assert!(may_hold.contains(&here) || is_own_name, "{reader:?}: {path} is in a copy of {shared:?}");
        }
    }
}

/// The good plan, where Darren Walsh may see the actions and has one of his own.
pub fn shared_actions(text: &str, own: bool) -> Value {
    let mut record = good_plan().record();
    put(&mut record, "sharing.exclusions[0].may_share", json!(["actions"]));
    let action = json!({ "what": text, "who": if own { "Darren Walsh" } else { "Priya Shah" }, "due_on": "2026-12-01" });
    put(&mut record, "plan.actions", json!([action]));
    put(&mut record, "plan.services", json!([{ "name": "Sanctuary scheme" }]));
    record
}
