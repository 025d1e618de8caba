//! A form that is changed one answer at a time finds, after each change, what a check of its whole record finds.

#[allow(dead_code)]
mod cases;

use cases::dice::{Dice, Family, elsewhere, families, given, odd};
use cases::{built_in, places};
use cinplan::{Day, Form, Record, Report, Stage, check};
use serde_json::{Value, json};

/// Changes in all, to the forms of nine families.
const EDITS: usize = 10_000;

fn bytes(report: &Report) -> String {
    serde_json::to_string(report).expect("a report is data")
}

/// Changes a form that starts from a family's plan, and compares after each change.
fn change_and_compare(family: &Family, edits: usize) {
    let known = &family.answers;
    let everywhere: Vec<String> = places().into_iter().map(|place| place.path).collect();
    let odd = odd();
    let days = [family.today, family.today.plus_days(1), Day::of(2028, 12, 30).expect("a day")];
    let kinds =
        ["child-in-need", "child-protection", "early-help", "team-around-family"].map(|kind| json!(kind));

    let procedure = built_in(&family.manual);
    let record: Record = serde_json::from_value(family.record.clone()).expect("a record is always read");
    let mut form = Form::new(procedure.clone(), record);
    let (mut today, mut stage) = (days[0], Stage::Close);
    let mut dice = Dice::new(known.len() as u64);
    for edit in 0..edits {
        let path = match dice.throw(8) {
            0 => dice.pick(&everywhere).clone(),
            1 | 2 => elsewhere(&dice.pick(known).0, &mut dice),
            _ => dice.pick(known).0.clone(),
        };
        let answer = match dice.throw(6) {
            0 => &Value::Null,
            1 => dice.pick(&odd),
            2 => &dice.pick(known).1,
            // Back to what it was, if it was there.
            _ => known.iter().find(|(known, _)| *known == path).map_or(&Value::Null, |(_, was)| was),
        };
        form.set(&path, given(answer));
        match dice.throw(200) {
            0 => today = *dice.pick(&days),
            1 => stage = *dice.pick(Stage::ALL),
            2 => assert!(form.set("plan.kind", given(dice.pick(&kinds)))),
            _ => {}
        }
        let whole = check(form.record(), &procedure, today, stage);
        let kept = form.report(today, stage);
        if kept != whole {
            assert_eq!(bytes(&kept), bytes(&whole), "{}: edit {edit}, {path} = {answer}", family.manual);
        }
    }
}

#[test]
fn a_form_finds_what_a_check_of_its_record_finds() {
    let families = families();
    std::thread::scope(|scope| {
        for family in families {
            scope.spawn(move || change_and_compare(family, EDITS.div_ceil(families.len())));
        }
    });
}
