//! What hosts do to a check: switch rules off, put words of their own, and ask which places a manual wants filled in.

use std::collections::BTreeMap;

use cinplan::{
    Day, Form, Given, Own, Part, Procedure, Record, Report, Stage, UnknownRule, catalogue, check, check_with,
    wanted,
};
use serde_json::Value;

const MANUALS: [&str; 5] =
    ["cambridgeshire", "bolton", "waltham-forest", "derbyshire", "child-and-family-progress"];

fn procedure(id: &str) -> Procedure {
    Procedure::built_in(id).expect("one that ships")
}

fn record() -> Record {
    serde_json::from_str(
        r#"{ "plan": { "actions": [{ "what": "Book a speech assessment" }, { "what": "Ring school" }] },
             "accepted": [{ "rule": "action-who", "reason": "" }] }"#,
    )
    .expect("a record")
}

fn checked(own: &Own) -> Result<Report, UnknownRule> {
    let today = Day::of(2026, 11, 21).expect("a day");
    check_with(&record(), &procedure("cambridgeshire"), today, Stage::Circulate, own)
}

fn as_is() -> Report {
    let today = Day::of(2026, 11, 21).expect("a day");
    check(&record(), &procedure("cambridgeshire"), today, Stage::Circulate)
}

#[test]
fn a_rule_that_is_switched_off_is_silent_and_listed_and_all_others_are_as_before() {
    let plain = as_is();
    assert!(plain.findings.iter().any(|finding| finding.rule == "action-who"));
    assert!(plain.off.is_empty() && plain.reworded.is_empty());
    // Twice, and not in the order of the catalogue.
    let off = ["plan-contingency", "action-who", "action-who"].map(String::from).to_vec();
    let report = checked(&Own { off, ..Own::default() }).expect("known ids");
    assert_eq!(report.off, ["action-who", "plan-contingency"]);
    let kept = |report: &Report| -> Vec<_> {
        let own = |rule: &str| rule == "action-who" || rule == "plan-contingency";
        report.findings.iter().filter(|finding| !own(&finding.rule)).cloned().collect()
    };
    assert_eq!(kept(&report), report.findings, "nothing of it is told");
    assert_eq!(kept(&report), kept(&plain));
    assert!(report.summary.errors < plain.summary.errors);
}

#[test]
fn deadlines_questions_and_guidance_can_be_switched_off_too() {
    let manual = procedure("cambridgeshire");
    let today = Day::of(2026, 11, 21).expect("a day");
    let record: Record =
        serde_json::from_str(r#"{ "case": { "referred_on": "2026-10-01" } }"#).expect("a record");
    let before = check(&record, &manual, today, Stage::Close);
    let deadline = before.deadlines.first().expect("a deadline").id;
    let prompt = before.prompts.first().expect("a question").id.clone();
    let off = vec![deadline.to_string(), prompt.to_string()];
    let own = Own { off, ..Own::default() };
    let after = check_with(&record, &manual, today, Stage::Close, &own).expect("known ids");
    assert!(after.deadlines.iter().all(|due| due.id != deadline));
    assert_eq!(after.prompts.len(), before.prompts.len() - 1);
    assert_eq!(after.summary.prompts_total, before.summary.prompts_total - 1);
    assert_eq!(after.off.len(), 2);
}

#[test]
fn a_form_that_is_changed_finds_the_same_with_what_a_host_changes() {
    let today = Day::of(2026, 11, 21).expect("a day");
    let manual = procedure("derbyshire");
    let own = Own {
        off: vec!["action-due".into()],
        messages: BTreeMap::from([("action-who".to_string(), "Who?".to_string())]),
    };
    let mut form = Form::new(procedure("derbyshire"), record());
    for own in [Own::default(), own.clone(), Own::default(), own] {
        for kind in ["child-in-need", "early-help", ""] {
            assert!(form.set("plan.kind", Given::Text(kind)));
            let expected = check_with(form.record(), &manual, today, Stage::Circulate, &own);
            assert_eq!(form.report_with(today, Stage::Circulate, &own), expected, "{kind} {own:?}");
        }
    }
    let unknown = Own { off: vec!["no-such".into()], ..Own::default() };
    assert!(form.report_with(today, Stage::Circulate, &unknown).is_err());
}

#[test]
fn own_words_stand_in_place_of_a_rules_and_can_hold_them() {
    let words = |text: &str| Own {
        messages: BTreeMap::from([("action-who".to_string(), text.to_string())]),
        ..Own::default()
    };
    let told = |report: &Report| -> Vec<String> {
        let of_the_rule = report.findings.iter().filter(|finding| finding.rule == "action-who");
        of_the_rule
            .filter(|finding| !finding.path.starts_with("accepted"))
            .map(|finding| finding.message.clone())
            .collect()
    };
    let before = told(&as_is());
    assert_eq!(before.len(), 2);
    let plain = checked(&words("Name a person")).expect("a known id");
    assert_eq!(told(&plain), ["Name a person", "Name a person"]);
    assert_eq!(plain.reworded, ["action-who"]);
    let wrapped = checked(&words("{message}. The duty desk helps.")).expect("a known id");
    let expected: Vec<_> = before.iter().map(|message| format!("{message}. The duty desk helps.")).collect();
    assert_eq!(told(&wrapped), expected);
    assert_eq!(plain.summary, as_is().summary, "words change no count");
    let of_reasons = |report: &Report| -> Vec<_> {
        report.findings.iter().filter(|finding| finding.path.starts_with("accepted")).cloned().collect()
    };
    assert_eq!(of_reasons(&plain), of_reasons(&as_is()), "what is wrong with a reason keeps its words");
    assert!(!of_reasons(&plain).is_empty());
}

#[test]
fn an_id_that_no_rule_has_is_told_with_the_nearest() {
    let off = Own { off: vec!["action-whoo".into()], ..Own::default() };
    let problem = checked(&off).expect_err("an unknown id");
    assert_eq!(problem.to_string(), r#"There is no rule "action-whoo"; the nearest is "action-who""#);
    let messages = Own { messages: BTreeMap::from([("acton-who".into(), "Who?".into())]), ..Own::default() };
    assert_eq!(checked(&messages).expect_err("an unknown id").nearest, "action-who");
    for (typed, nearest) in [
        ("plan-contingncy", "plan-contingency"),
        ("sharing-exclude", "sharing-excluded"),
        ("aciton-measure", "action-measure"),
        ("clsure-aproved", "closure-approved"),
        ("minutes_taken", "minutes-taken"),
    ] {
        let own = Own { off: vec![typed.into()], ..Own::default() };
        assert_eq!(checked(&own).expect_err("an unknown id").nearest, nearest);
    }
    let manual = procedure("cambridgeshire");
    for entry in catalogue(std::slice::from_ref(&manual)) {
        let own = Own { off: vec![entry.about.id.into()], ..Own::default() };
        assert_eq!(own.known_to(&manual), Ok(()));
    }
}

#[test]
fn places_that_a_manual_wants_are_places_of_the_record_and_name_rules_that_ask_by_then() {
    for id in MANUALS {
        let manual = procedure(id);
        let stages: BTreeMap<_, _> =
            catalogue(&[]).map(|entry| (entry.about.id.to_string(), entry.about.stage)).collect();
        let places = wanted(&manual, Stage::Circulate);
        assert!(places.len() > 10, "{id}: {}", places.len());
        let mut record = Record::default();
        for place in places {
            assert!(part_at(&mut record, &place.path.replace("[]", "[0]")).is_some(), "{id}: {}", place.path);
            assert!(!place.rules.is_empty(), "{id}: {}", place.path);
            for rule in &place.rules {
                let stage = stages.get(rule).copied();
                assert!(stage.is_some_and(|stage| stage <= Stage::Circulate), "{id}: {rule} {stage:?}");
            }
        }
    }
}

#[test]
fn what_a_manual_wants_depends_on_the_stage_and_on_the_manual() {
    let paths = |id: &str, stage: Stage| -> Vec<String> {
        wanted(&procedure(id), stage).into_iter().map(|place| place.path).collect()
    };
    let at_draft = paths("cambridgeshire", Stage::Draft);
    let when_sent = paths("cambridgeshire", Stage::Circulate);
    for path in [
        "plan.actions[].what",
        "plan.actions[].who",
        "plan.actions[].due_on",
        "plan.contingency",
        "plan.lead_professional.name",
        "meetings[].chair.name",
        "sharing.exclusions[].reason",
    ] {
        assert!(when_sent.iter().any(|place| place == path), "{path}");
        assert!(!at_draft.iter().any(|place| place == path), "{path}");
    }
    let always: Vec<_> = wanted(&procedure("cambridgeshire"), Stage::Circulate)
        .into_iter()
        .filter_map(|place| place.always.then_some(place.path))
        .collect();
    assert!(always.iter().any(|place| place == "plan.contingency"), "{always:?}");
    assert!(!always.iter().any(|place| place.contains('[')), "an empty record has no rows: {always:?}");
    let place = |path: &str| when_sent.iter().position(|place| place == path);
    assert!(place("plan.needs") < place("plan.actions[].who"), "in the order of the record");
    assert!(!when_sent.iter().any(|place| place == "closure.approved_by.name"));
    let bolton = paths("bolton", Stage::Close);
    assert!(bolton.iter().any(|place| place == "closure.approved_by.name"));
    let mut silent = serde_json::to_value(procedure("bolton")).expect("a procedure is data");
    silent["closure"].as_object_mut().expect("a group").values_mut().for_each(|term| *term = Value::Null);
    let silent = Procedure::read(silent).expect("a silent manual is a manual");
    let paths: Vec<_> = wanted(&silent, Stage::Close).into_iter().map(|place| place.path).collect();
    assert!(!paths.iter().any(|place| place == "closure.approved_by.name"), "nothing is asked in silence");
}

fn part_at<'a>(record: &'a mut Record, path: &str) -> Option<&'a mut dyn Part> {
    let mut here: &mut dyn Part = record;
    for piece in path.split('.') {
        let (name, row) = piece.split_once('[').map_or((piece, None), |(name, _)| (name, Some(0)));
        here = here.named(name)?;
        if let Some(row) = row {
            here = here.row(row)?;
        }
    }
    Some(here)
}
