//! A form that is changed one answer at a time finds, after each change, what a check of its whole record finds.

#[allow(dead_code)]
mod cases;

use cases::{built_in, places, read, root};
use cinplan::procedure::BUILT_IN;
use cinplan::{Day, Form, Given, Record, Report, Stage, check};
use serde_json::Value;

/// Changes to each of the seven forms: ten thousand in all.
const EDITS: usize = 1_430;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.throw(from.len())]
    }
}

/// The answers of a record, each with its path.
fn answers(value: &Value, path: &str, all: &mut Vec<(String, String)>) {
    match value {
        Value::Object(parts) => parts.iter().for_each(|(name, part)| {
            answers(part, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, all)
        }),
        Value::Array(rows) => {
            rows.iter().enumerate().for_each(|(i, row)| answers(row, &format!("{path}[{i}]"), all))
        }
        Value::String(text) => all.push((path.into(), text.clone())),
        other => all.push((path.into(), other.to_string())),
    }
}

fn bytes(report: &Report) -> String {
    serde_json::to_string(report).expect("a report is data")
}

/// A path with the number of one of its rows raised, so that rows are added, left out and moved.
fn elsewhere(path: &str, dice: &mut Dice) -> String {
    let rows: Vec<usize> = path.match_indices('[').map(|(at, _)| at + 1).collect();
    if rows.is_empty() {
        return path.into();
    }
    let start = *dice.pick(&rows);
    let end = start + path[start..].find(']').expect("a row ends");
    let row: usize = path[start..end].parse().expect("rows are numbered");
    format!("{}{}{}", &path[..start], row + dice.throw(3), &path[end..])
}

/// Changes a form that starts from a family's plan, and compares after each change.
fn change_and_compare(file: &str) {
    let example: Value = read(&root().join(file));
    let manual = example["procedure"].as_str().expect("the manual that the family keeps");
    let mut known = Vec::new();
    answers(&example["record"], "", &mut known);
    let everywhere: Vec<String> = places().into_iter().map(|place| place.path).collect();
    let odd = ["", "TBC", "31 June 2026", "yes", "no", "Dad", "20", "2026-11-27", "child", "social worker"];
    let days =
        [Day::of(2026, 11, 20).unwrap(), Day::of(2026, 11, 21).unwrap(), Day::of(2028, 12, 30).unwrap()];
    let kinds = ["child-in-need", "child-protection", "early-help", "team-around-family"];
    let stages = [Stage::Draft, Stage::Meeting, Stage::Circulate, Stage::Review, Stage::Close];

    let procedure = built_in(manual);
    let record: Record = serde_json::from_value(example["record"].clone()).expect("a record is always read");
    let mut form = Form::new(procedure.clone(), record);
    let (mut today, mut stage) = (days[0], Stage::Close);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for edit in 0..EDITS {
        let path = match dice.throw(8) {
            0 => dice.pick(&everywhere).clone(),
            1 | 2 => elsewhere(&dice.pick(&known).0, &mut dice),
            _ => dice.pick(&known).0.clone(),
        };
        let given = match dice.throw(6) {
            0 => Given::Nothing,
            1 => Given::Text(odd[dice.throw(odd.len())]),
            2 => Given::Text(&dice.pick(&known).1),
            3 => Given::Other,
            // Back to what it was, if it was there.
            _ => known
                .iter()
                .find(|(known, _)| *known == path)
                .map_or(Given::Nothing, |(_, was)| Given::Text(was)),
        };
        form.set(&path, given);
        match dice.throw(200) {
            0 => today = *dice.pick(&days),
            1 => stage = *dice.pick(&stages),
            2 => assert!(form.set("plan.kind", Given::Text(kinds[dice.throw(kinds.len())]))),
            _ => {}
        }
        let whole = check(form.record(), &procedure, today, stage);
        let kept = form.report(today, stage);
        if kept != whole {
            assert_eq!(bytes(&kept), bytes(&whole), "{file}: edit {edit}, {path} = {given:?}");
        }
    }
}

#[test]
fn a_form_finds_what_a_check_of_its_record_finds() {
    let good = |manual: &str| match manual {
        "cambridgeshire" => "www/examples/good.json".into(),
        other => format!("www/examples/good-{other}.json"),
    };
    let moving = ["www/examples/moving-area.json", "tests/families/moving/out-with-permission.json"];
    let files = BUILT_IN.iter().map(|(manual, _)| good(manual)).chain(moving.map(String::from));
    std::thread::scope(|scope| {
        for file in files {
            scope.spawn(move || change_and_compare(&file));
        }
    });
}
