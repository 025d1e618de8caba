//! What holds of every report, whatever stands in the record, by whatever manual, on whatever day and at whatever stage.

#[allow(dead_code)]
mod cases;
#[allow(dead_code)]
mod docs;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use cases::copied::{every_copy_holds, parts};
use cases::dice::{Dice, Tried, answers, families, given, tried};
use cases::holds::{at, holds};
use cases::{Case, all_cases, built_in, pattern, places, put};
use cinplan::procedure::BUILT_IN;
use cinplan::{Day, Finding, Form, Procedure, Record, Report, Stage, check};
use serde_json::{Value, json};

/// Records that look random.
const RECORDS: u64 = 60;

fn record(value: &Value) -> Record {
    serde_json::from_value(value.clone()).expect("a record is always read")
}

fn bytes(report: &Report) -> String {
    serde_json::to_string(report).expect("a report is data")
}

/// Each record with what every stage finds in it, by the manual that its family kept and by another one.
fn each_reported(look: impl Fn(&str, &Tried, &Record, &Procedure, &[Report]) + Sync) {
    in_parallel((0..RECORDS).collect(), |seed| {
        let tried = tried(&mut Dice::new(seed));
        let record = record(&tried.record);
        let other = BUILT_IN[seed as usize % BUILT_IN.len()].0;
        for manual in BTreeSet::from([tried.manual, other]) {
            let procedure = built_in(manual);
            let reports: Vec<Report> =
                Stage::ALL.iter().map(|stage| check(&record, &procedure, tried.today, *stage)).collect();
            look(&format!("record {seed} by {manual}"), &tried, &record, &procedure, &reports);
        }
    });
}

fn in_parallel<T: Send>(all: Vec<T>, work: impl Fn(T) + Sync) {
    let left = Mutex::new(all);
    let next = || left.lock().expect("nobody fails while taking one").pop();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(one) = next() {
                    work(one);
                }
            });
        }
    });
}

#[test]
fn a_record_gives_the_same_report_each_time() {
    each_reported(|name, tried, _, procedure, reports| {
        for report in reports {
            let again = check(&record(&tried.record), procedure, tried.today, report.stage);
            assert_eq!(bytes(&again), bytes(report), "{name} at {:?}", report.stage);
        }
    });
}

#[test]
fn what_holds_of_every_report_holds() {
    each_reported(|name, _, record, _, reports| {
        for report in reports {
            // Shown where it fails.
            print!("{name} at {:?}: ", report.stage);
            holds(record, report);
        }
    });
}

#[test]
fn every_finding_cites_requirements_that_exist() {
    let known: BTreeSet<String> = BUILT_IN
        .iter()
        .flat_map(|(manual, _)| docs::requirements(manual))
        .map(|requirement| requirement.id)
        .collect();
    each_reported(|name, _, _, _, reports| {
        for report in reports {
            let findings = report.findings.iter().map(|finding| (finding.rule.as_ref(), &finding.cites));
            let deadlines = report.deadlines.iter().map(|due| (due.id, &due.cites));
            let prompts = report.prompts.iter().map(|question| (question.id.as_ref(), &question.cites));
            for (id, cites) in findings.chain(deadlines).chain(prompts) {
                assert!(
                    !cites.is_empty() && cites.iter().all(|id| known.contains(id)),
                    "{name}: {id} {cites:?}"
                );
            }
        }
    });
}

#[test]
fn a_draft_is_never_told_that_something_is_missing() {
    each_reported(|name, _, _, _, reports| {
        for finding in &reports[0].findings {
            assert!(!finding.message.contains("missing"), "{name}: {finding:#?}");
        }
    });
}

#[test]
fn a_stage_asks_all_that_the_stages_before_it_ask() {
    each_reported(|name, _, _, _, reports| {
        for (before, after) in reports.iter().zip(&reports[1..]) {
            for finding in &before.findings {
                assert!(after.findings.contains(finding), "{name}, {:?}: {finding:#?}", after.stage);
            }
            for question in &before.prompts {
                assert!(after.prompts.contains(question), "{name}, {:?}: {question:#?}", after.stage);
            }
            assert_eq!((&before.deadlines, &before.smart), (&after.deadlines, &after.smart), "{name}");
        }
    });
}

#[test]
fn a_copy_holds_nothing_that_was_kept_back() {
    let parts = parts();
    in_parallel((0..RECORDS).collect(), |seed| {
        let mut dice = Dice::new(seed);
        let mut value = tried(&mut dice).record;
        let shared: Vec<&str> = parts.iter().copied().filter(|_| dice.throw(3) == 0).collect();
        let name = ["Dad", "Noah Hart", "Mum", "Priya Shah", "School"][dice.throw(5)];
        put(
            &mut value,
            "sharing.exclusions",
            json!([{ "name": name, "role": "father", "reason": "r", "may_share": shared,
            "agreed_by_social_worker": "Ann Lee", "agreed_by_manager": "Bo Tan", "agreed_on": "2026-01-05" }]),
        );
        every_copy_holds(&record(&value), &built_in(BUILT_IN[dice.throw(BUILT_IN.len())].0), &shared);
    });
}

// ---- mending ----

/// Rules of which a finding stays as it is whatever is answered at its place, each with the reason.
const NOT_MENDED_THERE: &[(&str, &str)] = &[(
    "closure-early-help-by-meeting",
    "A meeting more hands nothing over while the record says that closing was not decided at one.",
)];

/// What is found can be put right where the finding says: with another answer there, none, or a row more, it goes or
/// changes; at the latest, with other answers in the row or the group that the place belongs to. Every rule has cases in
/// which it finds something: the first of each.
#[test]
fn what_a_finding_names_can_be_put_right_there() {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for case in all_cases() {
        if seen.contains(&case.rule) || case.finds.is_empty() {
            continue;
        }
        let mut findings = case.report().findings;
        findings.retain(|finding| finding.rule == case.rule && seen.insert(case.rule.clone()));
        all.extend(findings.into_iter().map(|finding| (case.clone(), finding)));
    }
    let stuck = Mutex::new(BTreeMap::new());
    in_parallel(all, |(case, finding)| {
        if !is_mended(&case, &finding) {
            let told = format!("{}: {} at {}", case.name, finding.message, finding.path);
            stuck.lock().expect("no thread has failed").entry(case.rule.clone()).or_insert(told);
        }
    });
    let stuck = stuck.into_inner().expect("no thread has failed");
    let unexplained: Vec<_> =
        stuck.iter().filter(|(rule, _)| !NOT_MENDED_THERE.iter().any(|(known, _)| known == rule)).collect();
    assert!(unexplained.is_empty(), "nothing at their place changes these: {unexplained:#?}");
    let needless: Vec<_> = NOT_MENDED_THERE.iter().filter(|(rule, _)| !stuck.contains_key(*rule)).collect();
    assert!(needless.is_empty(), "these can be put right: {needless:#?}");
}

fn is_mended(case: &Case, finding: &Finding) -> bool {
    let (whole, procedure, path) = (case.record(), case.procedure(), finding.path.as_str());
    let stays = |report: Report| {
        let same = |other: &Finding| {
            (&other.rule, &other.path, &other.message) == (&finding.rule, &finding.path, &finding.message)
        };
        report.findings.iter().any(same)
    };
    // One answer: only what looked at it is checked again.
    let mut form = Form::new(procedure.clone(), record(&whole));
    assert!(stays(form.report(case.today, case.stage)), "{}: a form finds it too", case.name);
    let is_leaf = places().iter().any(|place| place.is_leaf && pattern(&place.path) == pattern(path));
    if is_leaf {
        for answer in leaf_answers(path, case.today) {
            if form.set(path, given(&answer)) && !stays(form.report(case.today, case.stage)) {
                return true;
            }
        }
    }
    let around = path.rfind(['.', '[']).map(|end| &path[..end]);
    let above = around.filter(|_| is_leaf);
    let tries = rows_to_add(&whole, path, case.today).into_iter();
    let tries = tries.chain((!is_leaf).then(|| (path.into(), Value::Null)));
    let tries =
        tries.chain(above.into_iter().flat_map(|above| groups(above).map(|group| (above.into(), group))));
    tries.into_iter().any(|(path, answer): (String, Value)| {
        let mut changed = whole.clone();
        put(&mut changed, &path, answer);
        !stays(check(&record(&changed), &procedure, case.today, case.stage))
    })
}

/// What families and cases hold, by its place: answers, rows and groups.
fn known(place: &str) -> impl Iterator<Item = &'static Value> + use<> {
    static KNOWN: LazyLock<BTreeMap<String, BTreeMap<String, Value>>> = LazyLock::new(|| {
        fn walk(value: &Value, place: &str, known: &mut BTreeMap<String, BTreeMap<String, Value>>) {
            match value {
                Value::Object(parts) => parts.iter().for_each(|(name, part)| {
                    walk(
                        part,
                        &if place.is_empty() { name.clone() } else { format!("{place}.{name}") },
                        known,
                    )
                }),
                Value::Array(rows) => rows.iter().for_each(|row| walk(row, &format!("{place}[]"), known)),
                _ => {}
            }
            if !value.is_null() {
                known.entry(place.into()).or_default().insert(value.to_string(), value.clone());
            }
        }
        let mut known = BTreeMap::new();
        families().iter().for_each(|family| walk(&family.record, "", &mut known));
        for case in all_cases() {
            let mut changed = Value::Null;
            case.change.iter().for_each(|(path, value)| put(&mut changed, path, value.clone()));
            walk(&changed, "", &mut known);
        }
        known
    });
    KNOWN.get(place).into_iter().flat_map(|known| known.values())
}

/// Answers to try at a place: none, those that other records have there, and those that go almost anywhere.
fn leaf_answers(path: &str, today: Day) -> Vec<Value> {
    let days = [-400, -60, -7, -1, 0, 1, 7, 60, 400].map(|days| json!(today.plus_days(days).to_string()));
    let plain = ["yes", "no", "5", "1", "10", "3 weeks", "weekly", "10:00", "23:00", "Ann Lee"]
        .map(|text| json!(text));
    let known = known(&pattern(path)).filter(|answer| !answer.is_object() && !answer.is_array());
    [Value::Null].into_iter().chain(known.take(60).cloned()).chain(plain).chain(days).collect()
}

/// Rows to try at the end of a list: of today and yesterday, of everybody and everything that the record names, and those
/// that other records have there.
fn rows_to_add(record: &Value, path: &str, today: Day) -> Vec<(String, Value)> {
    let place = format!("{}[]", pattern(path));
    let count = at(record, path).and_then(Value::as_array).map_or(0, Vec::len);
    let mut rows = Vec::new();
    rows_at(record, "", &place, &mut rows);
    let rows: Vec<Value> = rows.into_iter().cloned().chain(known(&place).cloned()).collect();
    let dated = rows.iter().flat_map(|row| {
        [today, today.plus_days(-1)].map(|day| {
            let mut row = row.clone();
            for (path, answer) in answers(&row) {
                if answer.as_str().is_some_and(|text| Day::read(text).is_ok()) {
                    put(&mut row, &path, json!(day.to_string()));
                }
            }
            row
        })
    });
    let texts = answers(record).into_iter().filter_map(|(_, answer)| answer.as_str().map(String::from));
    let names: BTreeSet<String> = texts.filter(|text| text.len() < 40 && Day::read(text).is_err()).collect();
    let named = names.iter().map(|name| json!({ "name": name, "agency": name, "sent_on": today }));
    let rows = rows.iter().cloned().chain(dated).chain(named).filter(Value::is_object);
    rows.map(|row| (format!("{path}[{count}]"), row)).collect()
}

/// The rows of a record at a place, such as `meetings[].invitees[]`.
fn rows_at<'v>(value: &'v Value, here: &str, place: &str, rows: &mut Vec<&'v Value>) {
    if here == place {
        rows.push(value);
    }
    match value {
        Value::Object(parts) => parts.iter().for_each(|(name, part)| {
            rows_at(part, &if here.is_empty() { name.clone() } else { format!("{here}.{name}") }, place, rows)
        }),
        Value::Array(all) => all.iter().for_each(|row| rows_at(row, &format!("{here}[]"), place, rows)),
        _ => {}
    }
}

/// What to try in place of a row or a group: nothing, and what other records have there.
fn groups(path: &str) -> impl Iterator<Item = Value> + use<> {
    [Value::Null].into_iter().chain(known(&pattern(path)).take(60).cloned())
}
