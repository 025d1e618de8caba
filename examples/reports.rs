//! Prints a report for every case, example and family, and for records that look random, for the builds for JavaScript to
//! be held against.
//!
//! A line is an array: a record, the day, and its reports, each with the manual, the stage and the bytes of the report.
//! `make test` and `make compare` run it, with the number of records that look random.

#[allow(dead_code)]
#[path = "../tests/cases/mod.rs"]
mod cases;

use std::io::{BufWriter, Result, Write, stdout};

use cases::dice::{Dice, tried};
use cases::{all_cases, built_in, good_plan, put, read, root};
use cinplan::procedure::BUILT_IN;
use cinplan::{Day, Procedure, Record, Stage, check};
use serde_json::{Value, json};

fn main() -> Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    let manuals: Vec<_> = BUILT_IN.iter().map(|(id, _)| (json!(id), built_in(id))).collect();

    // A case is about one rule at one stage, by one manual; the other manuals read it at one of the stages, in turn.
    for (turn, case) in all_cases().into_iter().enumerate() {
        let own = case.procedure();
        let stages = Stage::ALL.iter().cycle().skip(turn);
        let mut asked: Vec<_> = manuals
            .iter()
            .zip(stages)
            .filter(|((id, _), _)| *id != *case.procedure)
            .map(|((id, manual), stage)| (id.clone(), manual, *stage))
            .collect();
        let as_given =
            if case.terms.is_empty() { json!(case.procedure) } else { serde_json::to_value(&own)? };
        asked.push((as_given, &own, case.stage));
        print(&mut out, &case.record(), case.today, &asked)?;
    }

    for entry in read::<Vec<Value>>(&root().join("www/examples/index.json")) {
        let (record, today) = example(entry["name"].as_str().unwrap_or_default());
        let everywhere =
            |(id, manual)| Stage::ALL.iter().map(move |stage| (Value::clone(id), manual, *stage));
        let asked: Vec<_> = manuals.iter().map(|(id, manual)| (id, manual)).flat_map(everywhere).collect();
        print(&mut out, &record, today.unwrap_or(good_plan().today), &asked)?;
    }

    let mut dice = Dice::new(0);
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(0);
    for _ in 0..count {
        let tried = tried(&mut dice);
        // Half of them by the manual that they were made for, half by any.
        let (id, manual) = match dice.throw(2) {
            0 => &manuals[dice.throw(manuals.len())],
            _ => manuals.iter().find(|(id, _)| id == tried.manual).expect("it ships"),
        };
        print(&mut out, &tried.record, tried.today, &[(id.clone(), manual, tried.stage)])?;
    }
    out.flush()
}

fn print(
    out: &mut impl Write,
    record: &Value,
    today: Day,
    asked: &[(Value, &Procedure, Stage)],
) -> Result<()> {
    let read: Record = serde_json::from_value(record.clone())?;
    let reports = asked
        .iter()
        .map(|(manual, procedure, stage)| {
            let report = serde_json::to_string(&check(&read, procedure, today, *stage))?;
            Ok(json!([manual, stage, report]))
        })
        .collect::<Result<Vec<_>>>()?;
    writeln!(out, "{}", json!([record, today, reports]))
}

/// An example of the demo: a whole record, or another one with changes.
fn example(name: &str) -> (Value, Option<Day>) {
    let own: Value = read(&root().join(format!("www/examples/{name}.json")));
    let mut record = match own["base"].as_str() {
        Some(base) => example(base).0,
        None => own["record"].clone(),
    };
    for (path, value) in own["change"].as_object().into_iter().flatten() {
        put(&mut record, path, value.clone());
    }
    (record, own["today"].as_str().and_then(|today| Day::read(today).ok()))
}
