//! What a procedure has to be: what ships can be read and written back, and what is wrong is told with its key.
//!
//! A case of `tests/procedures/unreadable.json` changes the first manual that ships: it puts values at keys, renames
//! keys or takes them away, and says which problems are to be told, in order. One of `own-prompts.json` adds questions
//! of an authority's own.

#[allow(dead_code)]
mod cases;

use std::collections::BTreeMap;

use cases::{Expected, built_in, good_plan, put, read, root};
use cinplan::procedure::BUILT_IN;
use cinplan::{Day, Procedure, Record, Stage, check};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    name: String,
    #[serde(default)]
    put: Map<String, Value>,
    #[serde(default)]
    rename: BTreeMap<String, String>,
    #[serde(default)]
    take_away: Vec<String>,
    problems: Vec<Problem>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Problem {
    key: String,
    /// Words that the problem says.
    says: String,
}

fn data(id: &str) -> Value {
    serde_json::to_value(built_in(id)).expect("a procedure is data")
}

/// Takes a key out, and gives what was there.
fn take_away(target: &mut Value, key: &str) -> Value {
    let (group, name) = key.rsplit_once('.').map_or(("", key), |(group, name)| (group, name));
    let pointer = group.split('.').filter(|step| !step.is_empty()).map(|step| format!("/{step}"));
    target
        .pointer_mut(&pointer.collect::<String>())
        .and_then(Value::as_object_mut)
        .and_then(|group| group.remove(name))
        .unwrap_or_else(|| panic!("there is no {key}"))
}

#[test]
fn what_ships_can_be_read_and_written_back() {
    for (id, text) in BUILT_IN {
        let procedure = built_in(id);
        assert_eq!(&procedure.id, id);
        let written = serde_json::to_string(&procedure).expect("a procedure is data");
        let again = Procedure::read(&mut serde_json::Deserializer::from_str(&written))
            .unwrap_or_else(|problem| panic!("{id}: {problem}"));
        assert_eq!(again, procedure, "{id}");
        // Nothing that stands in the file is passed over.
        let file: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(serde_json::to_value(&procedure).expect("a procedure is data"), file, "{id}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_key_and_what_was_expected() {
    let mut wrong = Vec::new();
    for case in read::<Vec<Change>>(&root().join("tests/procedures/unreadable.json")) {
        let mut procedure = data("cambridgeshire");
        for (key, value) in case.put {
            put(&mut procedure, &key, value);
        }
        for key in &case.take_away {
            take_away(&mut procedure, key);
        }
        for (key, name) in &case.rename {
            let value = take_away(&mut procedure, key);
            let group = key.rsplit_once('.').map_or(String::new(), |(group, _)| format!("{group}."));
            put(&mut procedure, &format!("{group}{name}"), value);
        }
        let Err(unreadable) = Procedure::read(&procedure) else {
            wrong.push(format!("{}: was read", case.name));
            continue;
        };
        let mut told = vec![(unreadable.key.clone(), unreadable.problem.clone())];
        told.extend(unreadable.others.clone());
        let as_expected = told.len() == case.problems.len()
            && told
                .iter()
                .zip(&case.problems)
                .all(|((key, problem), expected)| *key == expected.key && problem.contains(&expected.says));
        if !as_expected {
            wrong.push(format!("{}:\n  to be told: {:?}\n  was told: {told:?}", case.name, case.problems));
        }
        assert!(unreadable.to_string().contains(&unreadable.key), "{}: {unreadable}", case.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_procedure_at_all_is_told_and_does_no_harm() {
    for junk in [
        json!(null),
        json!(true),
        json!(12),
        json!("cambridgeshire"),
        json!([]),
        json!({}),
        json!({ "id": {} }),
    ] {
        assert!(Procedure::read(&junk).is_err(), "{junk}");
    }
    assert!(Procedure::read(&mut serde_json::Deserializer::from_str("{ \"id\": ")).is_err());
    // Deeper than any procedure, and not as deep as a JSON reader refuses.
    let deep = (0..100).fold(json!(null), |inner, _| json!({ "record": inner }));
    let problem = Procedure::read(&deep).expect_err("it is too deep").to_string();
    assert!(problem.contains("it is nested too deeply"), "{problem}");
    assert!(Procedure::built_in("atlantis").is_none());
}

/// Every term can be silent: nothing is asked then, and nothing breaks.
#[test]
fn a_manual_that_is_silent_asks_nothing() {
    for (id, _) in BUILT_IN {
        asks_nothing_once_silent(data(id));
    }
}

fn asks_nothing_once_silent(mut procedure: Value) {
    for group in procedure.as_object_mut().expect("a group").values_mut() {
        let Value::Object(terms) = group else { continue };
        for term in terms.values_mut() {
            *term = Value::Null;
        }
    }
    put(&mut procedure, "levels", Value::Null);
    put(&mut procedure, "prompts", json!({}));
    put(&mut procedure, "guidance", json!({}));
    let silent = Procedure::read(&procedure).expect("silence is allowed");
    let today = Day::of(2026, 11, 20).expect("a day");
    for record in [
        Record::default(),
        serde_json::from_value(cases::good_plan().record()).expect("a record is always read"),
    ] {
        for stage in Stage::ALL {
            let report = check(&record, &silent, today, *stage);
            assert!(report.findings.is_empty() && report.prompts.is_empty() && report.deadlines.is_empty());
        }
    }
}

/// In every manual that ships, each key has to be there: one that is missing is named.
#[test]
fn no_key_can_go_missing_unseen() {
    for (id, _) in BUILT_IN {
        let whole = data(id);
        for (group, terms) in whole.as_object().expect("a group") {
            let named = matches!(&**group, "prompts" | "guidance");
            let terms = terms.as_object().filter(|_| !named).map(|terms| terms.keys()).into_iter().flatten();
            for key in terms.map(|term| format!("{group}.{term}")).chain([group.clone()]) {
                let mut copy = whole.clone();
                take_away(&mut copy, &key);
                let Err(unreadable) = Procedure::read(&copy) else { panic!("{id}: {key} is not missed") };
                assert_eq!(unreadable.key, key, "{id}");
            }
        }
    }
}

/// The number that an authority puts in a copy is the number that is read.
#[test]
fn a_copy_with_another_number_is_checked_by_that_number() {
    let mut procedure = data("cambridgeshire");
    put(&mut procedure, "sharing.copies_within.value", json!("2 working days"));
    put(&mut procedure, "id", json!("our-own"));
    let copy = Procedure::read(&procedure).expect("a copy is a procedure");
    let record: Record =
        serde_json::from_value(cases::good_plan().record()).expect("a record is always read");
    let today = Day::of(2026, 11, 20).expect("a day");
    let limits = |procedure: &Procedure| -> Vec<String> {
        let report = check(&record, procedure, today, Stage::Draft);
        report.deadlines.into_iter().filter(|due| due.id == "sharing-copies").map(|due| due.limit).collect()
    };
    assert_eq!(limits(&copy), ["2 working days"]);
    assert_eq!(limits(&built_in("cambridgeshire")), ["10 working days"]);
}

/// What an authority asks otherwise of a plan of early help is asked of that, and of no other plan.
#[test]
fn another_level_of_plan_is_checked_by_what_is_asked_there() {
    let mut procedure = data("cambridgeshire");
    let levels = json!([
        { "kinds": ["early-help", "team-around-family"], "sharing": { "copies_within": null }, "prompts": { "plan-realistic": null } },
        { "kinds": ["early-help"], "sharing": { "copies_within": { "value": "3 working days", "force": "may", "cites": ["LOCAL-1"] } } },
    ]);
    put(&mut procedure, "levels", levels);
    let procedure = Procedure::read(&procedure).expect("levels are part of a procedure");
    let today = Day::of(2026, 11, 20).expect("a day");
    let asked = |kind: &str| {
        let mut record = cases::good_plan().record();
        put(&mut record, "plan.kind", json!(kind));
        let record: Record = serde_json::from_value(record).expect("a record is always read");
        let report = check(&record, &procedure, today, Stage::Circulate);
        let limits = report.deadlines.into_iter().filter(|due| due.id == "sharing-copies");
        let limits: Vec<String> = limits.map(|due| due.limit).collect();
        (limits, report.prompts.iter().any(|question| question.id == "plan-realistic"))
    };
    assert_eq!(asked("child-in-need"), (vec!["10 working days".into()], true));
    assert_eq!(asked("team-around-family"), (vec![], false));
    assert_eq!(asked("early-help"), (vec!["3 working days".into()], false));
}

/// An authority's own questions, put to the good plan.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    name: String,
    own_prompts: Value,
    stage: Stage,
    /// The answer to the first of them.
    #[serde(default)]
    judgement: Value,
    /// Which of them are asked, in order.
    asked: Vec<String>,
    finds: Vec<Expected>,
}

#[test]
fn questions_of_an_authoritys_own_are_asked_and_answered_like_any_other() {
    for own in read::<Vec<Own>>(&root().join("tests/procedures/own-prompts.json")) {
        let mut procedure = data("cambridgeshire");
        put(&mut procedure, "own_prompts", own.own_prompts.clone());
        let procedure =
            Procedure::read(&procedure).unwrap_or_else(|problem| panic!("{}: {problem}", own.name));
        let mut case = good_plan();
        if let (Value::Object(_), Some(first)) = (&own.judgement, procedure.own_prompts.first()) {
            case.change.insert(format!("judgements.{}", first.id), own.judgement.clone());
        }
        let record: Record = serde_json::from_value(case.record()).expect("a record is always read");
        let report = check(&record, &procedure, case.today, own.stage);
        let shipping = check(&record, &built_in("cambridgeshire"), case.today, own.stage);
        let (others, asked) = report.prompts.split_at(shipping.prompts.len());
        assert_eq!(others, shipping.prompts, "{}", own.name);
        assert_eq!(asked.iter().map(|one| &*one.id).collect::<Vec<_>>(), own.asked, "{}", own.name);
        for (question, prompt) in asked.iter().zip(&procedure.own_prompts) {
            assert_eq!((&*question.question, question.section), (&*prompt.question, prompt.section));
            assert_eq!(question.cites, prompt.grounds.cites);
        }
        assert_eq!(report.summary.prompts_total, report.prompts.len());
        let as_expected = report.findings.len() == own.finds.len()
            && report.findings.iter().zip(&own.finds).all(|(finding, expected)| expected.is(finding));
        assert!(as_expected, "{}: {:#?}", own.name, report.findings);
        // Nothing gets lost when the copy is kept.
        let kept = serde_json::to_value(&procedure).expect("a procedure is data");
        assert_eq!(Procedure::read(&kept).ok().as_ref(), Some(&procedure), "{}", own.name);
    }
}
