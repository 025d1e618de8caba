//! What holds of every report, whatever stands in the record.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cinplan::{Finding, Given, Part, Procedure, Record, Report, Step, catalogue, check};
use serde_json::Value;

/// Fails where a report is not in order, points nowhere, cites nothing or marks words that are not there.
pub fn holds(record: &Record, report: &Report) {
    let data = serde_json::to_value(record).expect("a record is data");
    in_order(report);
    for finding in &report.findings {
        assert!(leads_somewhere(record, &finding.path), "{finding:#?} points nowhere");
        assert!(!finding.cites.is_empty(), "{finding:#?} cites nothing");
        assert!(!finding.message.is_empty() && !finding.remedy.is_empty(), "{finding:#?} says nothing");
        if let Some(span) = finding.span {
            let text = at(&data, &finding.path).and_then(Value::as_str).unwrap_or_default();
            assert!(is_within(span, text), "{finding:#?} marks what is not in {text:?}");
        }
    }
    for due in &report.deadlines {
        assert!(leads_somewhere(record, &due.path) && !due.cites.is_empty(), "{due:#?} points nowhere");
    }
    for question in &report.prompts {
        assert!(leads_somewhere(record, &question.path) && !question.cites.is_empty(), "{question:#?}");
    }
}

/// Fails where a record that was saved is found otherwise than it was. A group where an answer belongs, or the other way
/// round, is told and cannot be shown in any control, so there is nothing to save.
pub fn is_saved(record: &Record, report: &Report, procedure: &Procedure) {
    let misshapen = ["a group of answers", "a list of rows", "a single answer"];
    let is_misshapen = |finding: &Finding| misshapen.iter().any(|shape| finding.message.ends_with(shape));
    if report.findings.iter().any(is_misshapen) {
        return;
    }
    let data = serde_json::to_value(record).expect("a record is data");
    let saved: Record = serde_json::from_value(data.clone()).expect("a record is always read");
    assert_eq!(&check(&saved, procedure, report.today, report.stage), report, "{data}");
}

/// The gravest first, then as the catalogue has them; deadlines by their days.
fn in_order(report: &Report) {
    static ORDER: LazyLock<BTreeMap<&str, usize>> =
        LazyLock::new(|| catalogue(&[]).map(|entry| entry.about.id).zip(0..).collect());
    // An authority's own questions come after the catalogue.
    let place = |finding: &Finding| {
        let known = ORDER.get(finding.rule.as_ref()).copied();
        (std::cmp::Reverse(finding.severity), known.unwrap_or(usize::MAX))
    };
    assert!(report.findings.is_sorted_by_key(place), "{:#?}", report.findings);
    assert!(report.deadlines.is_sorted_by_key(|due| due.due), "{:#?}", report.deadlines);
}

/// What a record has at a path.
pub fn at<'v>(data: &'v Value, path: &str) -> Option<&'v Value> {
    path.split(['.', '[']).try_fold(data, |here, step| match step.strip_suffix(']') {
        None => here.get(step),
        Some(row) => here.get(row.parse::<usize>().ok()?),
    })
}

/// Whether the record has such a place, and every row on the way is there, or is the next that its list would get.
fn leads_somewhere(record: &Record, path: &str) -> bool {
    // What is no group of answers at all is told of the record itself.
    if path.is_empty() {
        return record.problem().is_some();
    }
    let mut here: Option<&dyn Part> = Some(record);
    let rows_are_there = path.split(['.', '[']).all(|step| {
        let row = step.strip_suffix(']').map(|row| row.parse::<usize>().expect("rows are numbered"));
        let mut rows = here.and_then(|list| list.measure()).unwrap_or_default() as usize;
        // Several choices are no list of rows, and the one that cannot be read has its number all the same.
        if let Some(choices) = here {
            choices.each(&mut |step, _| {
                if let Step::Row(row) = step {
                    rows = rows.max(row + 1);
                }
            });
        }
        here = here.and_then(|part| part.below(row.map_or(Step::Name(step), Step::Row)));
        row.is_none_or(|row| row <= rows)
    });
    rows_are_there && Record::default().set(path, Given::Nothing)
}

/// Whether a span has some of a text, and cuts no character in two.
pub fn is_within((start, end): (u32, u32), text: &str) -> bool {
    let units: Vec<u16> = text.encode_utf16().collect();
    let (start, end) = (start as usize, end as usize);
    start < end && units.get(start..end).is_some_and(|some| String::from_utf16(some).is_ok())
}
