//! No record is too odd to be checked: whatever stands wherever gives findings, the same ones each time, and no panic.
//!
//! The places come from the shape of the record itself, so that a new field is tried without anybody thinking of it.

#[allow(dead_code)]
mod cases;

use cases::holds::is_saved;
use cases::{all_cases, built_in, good_plan, places, put};
use cinplan::procedure::BUILT_IN;
use cinplan::{Day, Given, Procedure, Record, Report, Stage, check};
use serde::Deserialize;
use serde_json::{Value, json};

fn today() -> Day {
    Day::of(2026, 11, 20).expect("a day")
}

fn manuals() -> impl Iterator<Item = Procedure> {
    BUILT_IN.iter().map(|(id, _)| built_in(id))
}

fn record(value: &Value) -> Record {
    Record::deserialize(value).expect("a record is always read")
}

fn report(value: &Value, manual: &Procedure, stage: Stage) -> Report {
    check(&record(value), manual, today(), stage)
}

fn bytes(report: &Report) -> String {
    serde_json::to_string(report).expect("a report is data")
}

/// Values that no form gives, and some that a very odd one does.
fn junk() -> Vec<(&'static str, Value)> {
    let deep = (0..100).fold(json!("x"), |inner, _| json!({ "id": [inner] }));
    vec![
        ("yes", json!(true)),
        ("a number", json!(-1.5e300)),
        ("a list", json!(["x", 1, null, {}, []])),
        ("a group", json!({ "what": { "what": 7 }, "": null, "id": ["x"] })),
        ("a long text", json!("long words ".repeat(910))),
        ("an emoji", json!("👩‍👧‍👦 \u{202e}left\u{0}\u{feff}")),
        ("HTML", json!("<img src=x onerror=alert(1)>&\"'</textarea>")),
        ("a path", json!("meetings[4].chair.name")),
        ("a day out of reach", json!("9999-12-31")),
        ("a day long gone", json!("1583-01-01")),
        ("half a day", json!("31 February")),
        ("deep nesting", deep),
    ]
}

#[test]
fn there_are_places_to_try() {
    let places = places();
    assert!(places.iter().filter(|place| place.is_leaf).count() > 300);
    for place in
        ["meetings[0].invitees[0].name", "judgements.meeting-safety.on", "plan.actions[0].resources[0].name"]
    {
        assert!(places.iter().any(|known| known.path == place), "{place}");
    }
}

#[test]
fn one_kind_of_junk_everywhere_gives_findings_the_same_each_time() {
    let places = places();
    for (name, value) in junk() {
        let mut all = json!({});
        for place in places.iter().filter(|place| place.is_leaf) {
            put(&mut all, &place.path, value.clone());
        }
        for (manual, stage) in
            manuals().flat_map(|manual| Stage::ALL.iter().map(move |stage| (manual.clone(), stage)))
        {
            let report = report(&all, &manual, *stage);
            let by = format!("{name} by {} at {stage:?}", manual.id);
            assert!(!report.findings.is_empty(), "{by} goes unnoticed");
            assert_eq!(bytes(&report), bytes(&self::report(&all, &manual, *stage)), "{by}");
            for finding in &report.findings {
                assert!(!finding.cites.is_empty(), "{name}: {} cites nothing", finding.rule);
                assert!(
                    Record::default().set(&finding.path, Given::Nothing),
                    "{name}: {} points to {}, where there is nothing",
                    finding.rule,
                    finding.path
                );
            }
        }
    }
}

#[test]
fn junk_in_any_one_place_does_no_harm() {
    let manuals: Vec<Procedure> = manuals().collect();
    let good = good_plan().record();
    for (i, place) in places().iter().enumerate() {
        for (j, value) in
            [json!(7), json!({ "x": [null] }), json!([null, [null], {}])].into_iter().enumerate()
        {
            let mut record = good.clone();
            put(&mut record, &place.path, value);
            // Every place by several manuals, and every manual in several places of each kind.
            let _ = report(&record, &manuals[(i + j) % manuals.len()], Stage::Close);
        }
    }
}

#[test]
fn what_is_no_record_at_all_is_checked_as_well() {
    for value in
        [json!(null), json!([]), json!("x"), json!(3), json!(false), json!([[]]), json!({ "csrf": "token" })]
    {
        for manual in manuals() {
            for stage in Stage::ALL {
                let _ = report(&value, &manual, *stage);
            }
        }
    }
}

/// Rows that were taken out of a page leave holes; a huge list is read as far as it goes.
#[test]
fn holes_and_hosts_of_rows() {
    for manual in manuals() {
        holes_and_hosts(&manual);
    }
}

fn holes_and_hosts(manual: &Procedure) {
    let holes = json!({ "plan": { "actions": [null, {}, { "id": "a" }, { "what": "Book a speech assessment" }] }, "meetings": [null, null, { "held_on": "2026-11-02" }] });
    let report = report(&holes, manual, Stage::Close);
    assert!(
        report.findings.iter().all(|finding| !["[0]", "[1]"].iter().any(|row| finding.path.contains(row))),
        "an empty row is passed over: {:?}",
        report.findings.iter().map(|finding| &finding.path).collect::<Vec<_>>()
    );
    let many = json!({ "plan": { "signatures": vec![json!({ "name": "Kim Lowe" }); 6_000] } });
    assert!(!self::report(&many, manual, Stage::Close).findings.is_empty());
}

/// Findings tell where to look and never what was typed. A name may stand in one where its row is missing.
#[test]
fn no_finding_repeats_what_was_typed_about_a_person() {
    let words = "zebrafinch quagmire";
    let told = |path: &str| {
        let leaf = path.rsplit('.').next().unwrap_or_default();
        [
            "reason",
            "views",
            "lived_experience",
            "text",
            "what",
            "result",
            "progress",
            "contingency",
            "safety_plan",
            "measure",
        ]
        .iter()
        .any(|kind| leaf.starts_with(kind))
    };
    let mut typed = good_plan().record();
    let mut empty = json!({});
    for place in places().into_iter().filter(|place| place.is_leaf && told(&place.path)) {
        put(&mut typed, &place.path, json!(words));
        put(&mut empty, &place.path, json!(words));
    }
    for value in [typed, empty] {
        for manual in manuals() {
            for stage in Stage::ALL {
                for finding in report(&value, &manual, *stage).findings {
                    let said = format!("{} {}", finding.message, finding.remedy);
                    assert!(!said.contains("zebrafinch"), "{}: {said}", finding.rule);
                }
            }
        }
    }
}

/// What was saved is found again as it was.
#[test]
fn a_record_that_was_saved_gives_the_same_report() {
    let manuals: Vec<Procedure> = manuals().collect();
    let mut records: Vec<Value> = all_cases().iter().map(|case| case.record()).collect();
    records.push(good_plan().record());
    records.push(json!({}));
    for (_, value) in junk() {
        let mut all = json!({});
        for place in places().into_iter().filter(|place| place.is_leaf) {
            put(&mut all, &place.path, value.clone());
        }
        records.push(all);
    }
    for (i, value) in records.iter().enumerate() {
        // All of them by one manual or another.
        let manual = &manuals[i % manuals.len()];
        let before = report(value, manual, Stage::Close);
        is_saved(&record(value), &before, manual);
    }
}

/// A row that holds its key alone is an empty row, which need not be saved; a key that is told to be at fault is saved.
#[test]
fn keys_at_fault_are_saved() {
    let manual = built_in("bolton");
    for key in [json!("v9"), json!("x".repeat(201)), json!(["a", "b"])] {
        let value = json!({ "visits": [{}, { "id": key }], "plan": { "actions": [{ "id": key }] } });
        is_saved(&record(&value), &report(&value, &manual, Stage::Close), &manual);
    }
}

// ---- pairs ----

/// Pairs as a form holds them come to their places; of two with one path the first counts, but for boxes that are ticked.
#[test]
fn pairs_come_to_their_places() {
    let entered = |pairs: &[(&str, &str)]| {
        let mut record = Record::default();
        record.enter(pairs.iter().copied());
        serde_json::to_value(&record).expect("a record is data")
    };
    let parts = "sharing.exclusions[0].may_share";
    for (pairs, gives) in [
        (
            vec![("plan.actions[1].who", "Mum"), ("plan.actions[1].who", "Dad"), ("csrf", "token")],
            json!({ "plan": { "actions": [{}, { "who": "Mum" }] } }),
        ),
        // An empty control is no answer.
        (
            vec![("plan.contingency", ""), ("plan.contingency", "Ring Jo")],
            json!({ "plan": { "contingency": "Ring Jo" } }),
        ),
        (
            vec![(parts, "meetings"), (parts, "own-actions"), (parts, "contingency")],
            json!({ "sharing": { "exclusions": [{ "may_share": ["meetings", "own-actions", "contingency"] }] } }),
        ),
        (
            vec![(parts, "meetings"), ("plan.contingency", "Ring Jo"), (parts, "")],
            json!({ "plan": { "contingency": "Ring Jo" }, "sharing": { "exclusions": [{ "may_share": ["meetings"] }] } }),
        ),
        // What cannot be read stays as it was typed.
        (
            vec![("plan.started_on", "soon"), ("plan.started_on", "2026-03-02")],
            json!({ "plan": { "started_on": "soon" } }),
        ),
    ] {
        assert_eq!(entered(&pairs), gives, "{pairs:?}");
    }
}

// ---- without end ----

/// A text that is no JSON is an error and no record, however near it comes: nothing of a plan is left out in silence.
#[test]
fn broken_json_is_no_record() {
    let broken = |text: &str| serde_json::from_str::<Value>(text).is_err();
    let refused = |text: &str| serde_json::from_str::<Record>(text).is_err();
    for text in [
        r#"{"plan":{"continthe duty team"}}"#,
        r#"{"plan":{"contingency"}}"#,
        r#"{"plan":{"contingency":Ring the duty team}}"#,
        r#"{"plan":{"actions":[{"what":"Book it"},{"what"]}}"#,
        r#"{"plan":{"actions":[Book it]}}"#,
        r#"{"visits":[{"on":"2026-05-12"}},{"on":"2026-05-26"}]}"#,
        r#"{"plan":{"contingency":"\ud800"}}"#,
        r#"{"plan":{"contingency":1e999}}"#,
    ] {
        assert!(broken(text) && refused(text), "{text}");
    }
    // A record cut short, and one with a character too few or another in its place, at each place.
    let whole = r#"{"plan":{"actions":[{"what":"Book it","by":"9 June"},{"done":true}],"contingency":null},"visits":[{}]}"#;
    assert!(!refused(whole));
    for (at, one) in whole.char_indices() {
        let (before, rest) = (&whole[..at], &whole[at + one.len_utf8()..]);
        let texts = std::iter::once(before.to_owned()).chain(
            ["", "{", "}", "[", "]", "\"", ",", ":", "1"].map(|other| format!("{before}{other}{rest}")),
        );
        for text in texts {
            assert_eq!(refused(&text), broken(&text), "{text}");
        }
    }
}

/// A text of JSON is read whatever its depth: what the record has no place for is passed over, the rest is told.
#[test]
fn nesting_without_end_is_told_or_passed_over() {
    let lists = "[".repeat(100_000) + &"]".repeat(100_000);
    let groups = r#"{"plan":{"id":"#.repeat(50_000) + "1" + &"}}".repeat(50_000);
    let paths = |text: &str| -> Vec<String> {
        let record: Record = serde_json::from_str(text).expect("JSON is a record, whatever its depth");
        check(&record, &built_in("bolton"), today(), Stage::Close)
            .findings
            .into_iter()
            .map(|one| one.path)
            .collect()
    };
    let nothing = paths("{}");
    for deep in [&lists, &groups] {
        assert!(
            paths(&format!(r#"{{"plan":{{"contingency":{deep}}}}}"#)).contains(&"plan.contingency".into())
        );
        assert!(paths(&format!(r#"{{"plan":{deep}}}"#)).iter().any(|path| path.starts_with("plan")));
        assert_eq!(paths(&format!(r#"{{"unheard_of":{deep},"meetings":[]}}"#)), nothing);
        // What is broken is an error, and no record.
        assert!(serde_json::from_str::<Record>(&format!(r#"{{"plan":{{"contingency":{deep}}}"#)).is_err());
    }
    assert!(Procedure::read(&mut serde_json::Deserializer::from_str(&lists)).is_err());
}

/// A list is read up to 5,000 rows, and all lists together up to 20,000: a small text can stand for very many.
#[test]
fn rows_without_end_are_told() {
    let told = |text: &str| -> Vec<String> {
        let record: Record = serde_json::from_str(text).expect("a record is always read");
        let report = check(&record, &built_in("bolton"), today(), Stage::Draft);
        let many = |finding: &&cinplan::Finding| finding.message.contains("more rows than can be checked");
        report.findings.iter().filter(many).map(|finding| finding.path.clone()).collect()
    };
    let rows = |count: usize, row: &str| format!("[{}]", vec![row; count].join(","));
    assert_eq!(told(&format!(r#"{{"visits":{}}}"#, rows(1_000_000, "{}"))), ["visits"]);
    assert!(told(&format!(r#"{{"visits":{}}}"#, rows(5_000, "{}"))).is_empty());
    let meetings = rows(5_000, &format!(r#"{{"invitees":{}}}"#, rows(100, "{}")));
    let told = told(&format!(r#"{{"meetings":{meetings},"visits":{}}}"#, rows(3, "{}")));
    // 20,000 rows are 198 meetings with their invitees, and some of the next.
    assert_eq!(told.first().map(String::as_str), Some("meetings"));
    assert!(told.contains(&"meetings[198].invitees".into()) && told.contains(&"visits".into()), "{told:?}");
}

/// Of the words of a text as many characters are read as the longest field holds; the length itself is told.
#[test]
fn words_after_the_longest_text_are_not_read() {
    let told = |what: String| -> Vec<String> {
        let report = report(
            &json!({ "plan": { "actions": [{ "what": what }] } }),
            &built_in("bolton"),
            Stage::Circulate,
        );
        report.findings.into_iter().map(|finding| finding.rule.to_string()).collect()
    };
    let named = |before: &str| told(format!("{before}Rosalind takes the bins out every Friday"));
    let [near, far] = [10, 700].map(|times| named(&"Bins out every day. ".repeat(times)));
    assert!(!near.contains(&"action-who".into()) && !near.contains(&"record-size".into()), "{near:?}");
    assert!(far.contains(&"action-who".into()) && far.contains(&"record-size".into()), "{far:?}");
}

/// However long a text is, it is read in a time that grows with its length and no faster.
#[test]
fn texts_without_end_are_told() {
    let long = "Mum will take Noah to school every day, and the school will say so. ".repeat(30_000);
    for path in ["plan.contingency", "plan.actions[0].what", "plan.actions[0].who", "children[0].name"] {
        let mut record = good_plan().record();
        put(&mut record, path, json!(long));
        let report = report(&record, &built_in("cambridgeshire"), Stage::Close);
        let told = |finding: &cinplan::Finding| finding.path == path && finding.message.contains("or fewer");
        assert!(report.findings.iter().any(told), "{path}");
    }
}
