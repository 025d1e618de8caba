//! The words of the plan are read as well as `docs/wording.md` says, on statements that others wrote and labelled.

#[allow(dead_code)]
mod docs;

use cinplan::{Day, Kind, Procedure, Record, Report, Severity, Stage, check};
use docs::wording::{figures, other_words, share, statements, told};
use serde_json::{Value, json};

#[test]
fn most_of_what_lacks_something_is_told_and_little_of_what_is_good() {
    let figures = figures(&statements(&docs::root().join("tests/wording")));
    assert!(figures.bad + figures.good >= 200, "{} and {}", figures.bad, figures.good);
    let caught = share(figures.caught_rightly, figures.bad);
    let faulted = share(figures.faulted_gravely, figures.good);
    assert!(caught >= 0.9, "caught {caught:.3}:\n{}", figures.wrong.join("\n"));
    assert!(faulted <= 0.05, "faulted {faulted:.3}:\n{}", figures.wrong.join("\n"));
    for (letter, tally) in &figures.letters {
        let (precision, recall) = (tally.precision(), tally.recall());
        assert!(precision >= 0.9 && recall >= 0.8, "{letter}: precision {precision:.3}, recall {recall:.3}");
    }
}

/// What each principle of the reading tells and what it lets be, in words made for it.
#[test]
fn the_principles_tell_what_they_should_and_no_more() {
    let cases = statements(&docs::root().join("tests/wording/principles"));
    assert!(cases.len() > 60, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let told = told(case);
        let row = format!("{case:?}: {told:?}");
        if case.what.is_some() {
            for letter in ["S", "M", "T"] {
                let grave = told.get(letter).is_some_and(|told| told.severity >= Severity::Warning);
                let right = if case.lacks.contains(letter) { told.contains_key(letter) } else { !grave };
                wrong.extend((!right).then(|| format!("{letter} of {row}")));
            }
        } else if let Some(is_outcome) = case.is_outcome {
            wrong.extend((told.contains_key("action") == is_outcome).then_some(row));
        } else {
            wrong.extend((!told.keys().eq(case.trips.iter())).then_some(row));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of each statement with a word less, or in another place, as `make docs` has written it.
#[test]
fn with_other_words_the_same_is_told_as_before() {
    let (path, page) = other_words();
    let written = std::fs::read_to_string(docs::root().join(&path)).unwrap_or_default();
    for (line, (now, before)) in page.lines().zip(written.lines()).enumerate() {
        assert_eq!(now, before, "{path}:{}; make docs writes it anew", line + 1);
    }
    assert_eq!(page.len(), written.len(), "{path}; make docs writes it anew");
}

fn report(plan: Value) -> Report {
    let record: Record = serde_json::from_value(json!({ "plan": plan })).expect("a record is always read");
    let procedure = Procedure::built_in("cambridgeshire").expect("it ships");
    check(&record, &procedure, Day::of(2026, 11, 21).expect("a day"), Stage::Circulate)
}

#[test]
fn the_letters_fill_in_as_they_become_true() {
    let strip = |action: Value| {
        let report =
            report(json!({ "outcomes": [{ "id": "o1", "text": "Jay is in school" }], "actions": [action] }));
        serde_json::to_value(&report.smart).expect("data")
    };
    assert_eq!(
        strip(json!({ "id": "a1", "what": "Support Mum" })),
        json!([{ "path": "plan.actions[0]", "item": "a1", "S": false, "M": false, "T": false }])
    );
    assert_eq!(
        strip(json!({ "what": "Take Jay to school", "who": "Mum" })),
        json!([{ "path": "plan.actions[0]", "S": true, "M": false, "T": false }])
    );
    assert_eq!(
        strip(json!({ "what": "Mum will take Jay to school every day until 12 December", "outcome": "o1" })),
        json!([{ "path": "plan.actions[0]", "S": true, "M": true, "R": true, "T": true }])
    );
    assert_eq!(
        strip(json!({
            "what": "Take Jay to school", "who": "Mum", "measure": "4 days of 5 on the register", "due_on": "2026-12-18",
            "resources": [{ "name": "Bus pass", "status": "confirmed" }], "outcome": "nowhere"
        })),
        json!([{ "path": "plan.actions[0]", "S": true, "M": true, "A": true, "R": false, "T": true }])
    );
}

#[test]
fn the_letters_are_there_from_the_first_word_on() {
    let record: Record =
        serde_json::from_value(json!({ "plan": { "actions": [{ "what": "Support Mum" }] } }))
            .expect("a record");
    let procedure = Procedure::built_in("waltham-forest").expect("it ships");
    let report = check(&record, &procedure, Day::of(2026, 11, 21).expect("a day"), Stage::Draft);
    // A manual that is silent on a letter has none of it.
    assert_eq!(
        serde_json::to_value(&report.smart).expect("data"),
        json!([{ "path": "plan.actions[0]", "T": false }])
    );
}

#[test]
fn a_span_is_where_the_words_stand_as_javascript_counts() {
    let what = "\u{1f9f8} Zoë’s “teddy” – support Mum";
    let report = report(json!({ "actions": [{ "what": what }] }));
    let finding =
        report.findings.iter().find(|finding| finding.rule == "action-specific").expect("it is vague");
    let (from, to) = finding.span.expect("it has a place");
    let units: Vec<u16> = what.encode_utf16().collect();
    assert_eq!(String::from_utf16_lossy(&units[from as usize..to as usize]), "support");
}

#[test]
fn two_things_at_most_are_told_of_the_words_of_one_action() {
    let wording: Vec<&str> = cinplan::catalogue(&[])
        .map(|entry| entry.about)
        .filter(|about| about.kind == Kind::Wording && about.id.starts_with("action-"))
        .map(|about| about.id)
        .collect();
    let report = report(json!({ "actions": [{
        "what": "Ensure that everyone engages and Mum is supported as appropriate", "who": "Housing",
        "measure": "Better engagement", "due_on": "2026-12-18"
    }] }));
    let told = report.findings.iter().filter(|finding| wording.contains(&&*finding.rule)).count();
    assert!((1..=2).contains(&told), "{told}");
}

/// Whatever is typed is read, quickly, and every span lies within its text.
#[test]
fn nothing_that_is_typed_breaks_the_reading() {
    let long = "Mum and ".repeat(1_200);
    let dates = "1, 2, 3, ".repeat(1_000);
    let quotes = "“a” ".repeat(2_000);
    for text in [
        "",
        " ",
        ".",
        "'",
        "’s",
        "'ll",
        "“",
        "”“",
        "((((",
        "by",
        "to",
        "to be",
        "every",
        "12",
        "12/",
        "1/1",
        "w/c",
        "İstanbul’ll to",
        "x2",
        "x",
        "%",
        "A&E",
        "\u{0}\u{feff}",
        "👩‍👧 to support 👦🏽",
        "no",
        "No ",
        "within",
        "for the",
        "ensure",
        "that",
        &long,
        &dates,
        &quotes,
    ] {
        let report = report(json!({
            "outcomes": [{ "text": text }], "needs": [{ "text": text }],
            "actions": [{ "what": text, "measure": text, "who": text, "due_on": text }, { "what": "Fit the gate" }]
        }));
        for finding in report.findings {
            let length = text.encode_utf16().count() as u32;
            assert!(finding.span.is_none_or(|(from, to)| from < to && to <= length), "{text:?}: {finding:?}");
        }
    }
}
