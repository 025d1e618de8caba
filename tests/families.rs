//! One family for each manual, over a year of work that keeps it: silent in its own manual, and read by the others.
//!
//! The families stand among the examples of the demo. `tests/families/<family>-by-<manual>.json` lists what another
//! manual finds in a family that was looked after by its own, each with the reason that a practitioner of that manual
//! would give. A finding that nobody there would agree with is a fault of the rule and has no place in a list.
//!
//! Beside them stand families who move out of the area or into it, each looked after by the manual that it names.

#[allow(dead_code)]
mod cases;

use cases::{built_in, read, root};
use cinplan::procedure::BUILT_IN;
use cinplan::{Day, Record, Report, Severity, Stage, check};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A family, as the demo shows it. It is called by the manual that it keeps, and by the level of its plan where that is
/// another than that of a child in need; one who moves is called by its file.
#[derive(Clone, Deserialize)]
struct Family {
    #[serde(skip)]
    name: String,
    #[serde(rename = "procedure")]
    manual: String,
    today: Day,
    record: Value,
}

/// The days on which a family's plan is looked at in mid-life: after it went out, and before the next review.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Look {
    family: String,
    on: Vec<Day>,
}

/// What another manual finds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    rule: String,
    severity: Severity,
    path: String,
    /// What a practitioner of that manual would say.
    why: String,
}

/// Families of early help, whose plans are at another level than those of the others.
const OTHER_LEVELS: &[&str] = &["derbyshire-team", "derbyshire-single-focus"];

impl Family {
    fn of(manual: &str) -> Family {
        let file =
            if manual == "cambridgeshire" { "good.json".into() } else { format!("good-{manual}.json") };
        let family = Family { name: manual.into(), ..read(&root().join("www/examples").join(file)) };
        assert!(family.name.starts_with(&family.manual), "{} keeps {}", family.name, family.manual);
        family
    }

    /// Each family, those at other levels of plan with them.
    fn at_every_level() -> impl Iterator<Item = Family> {
        Family::all().chain(OTHER_LEVELS.iter().map(|name| Family::of(name)))
    }

    /// The families who move.
    fn moving() -> impl Iterator<Item = Family> {
        let files = ["out-with-permission", "out-without-permission", "in"];
        let files = files.into_iter().map(|file| format!("tests/families/moving/{file}"));
        std::iter::once("www/examples/moving-area".to_owned())
            .chain(files)
            .map(|name| Family { name: name.clone(), ..read(&root().join(name + ".json")) })
    }

    fn all() -> impl Iterator<Item = Family> {
        BUILT_IN.iter().map(|(manual, _)| Family::of(manual))
    }

    fn report(&self, manual: &str, stage: Stage) -> Report {
        let record: Record = serde_json::from_value(self.record.clone()).expect("a record is always read");
        check(&record, &built_in(manual), self.today, stage)
    }

    /// The family as its record stood on an earlier day: what came later has not been written yet.
    fn on(mut self, day: Day) -> Family {
        self.today = day;
        let day = day.to_string();
        let next = prepared(&self.record, &day);
        take_back(&mut self.record, &day);
        self.record["meetings"].as_array_mut().expect("meetings").extend(next);
        let record = self.record.as_object_mut().expect("a record is a group");
        record.remove("closure");
        let plan = record.get_mut("plan").and_then(Value::as_object_mut).expect("a plan");
        for outcome in rows(plan, "outcomes") {
            outcome.remove("result");
        }
        for action in rows(plan, "actions").filter(|action| !action.contains_key("done_on")) {
            action.remove("result");
            action.insert("status".into(), json!("in-progress"));
        }
        self
    }
}

fn rows<'a>(
    part: &'a mut Map<String, Value>,
    list: &str,
) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let rows = part.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
    rows.filter_map(Value::as_object_mut)
}

/// The next meeting as it stands while it is being prepared: once the first is invited, and before anybody came.
fn prepared(record: &Value, day: &str) -> Option<Value> {
    let mut meetings = record["meetings"].as_array()?.iter();
    let mut next = meetings.find(|meeting| meeting["held_on"].as_str() > Some(day))?.clone();
    let invited = |invitee: &Value| invitee["invited_on"].as_str().is_some_and(|on| on <= day);
    if !next["invitees"].as_array()?.iter().any(invited) {
        return None;
    }
    let meeting = next.as_object_mut()?;
    meeting.retain(|name, _| !name.starts_with("decision") && name != "minutes" && name != "next_meeting_on");
    for invitee in rows(meeting, "invitees") {
        for later in ["attended", "reason_absent", "views", "views_represented_by"] {
            invitee.remove(later);
        }
    }
    take_back(&mut next["invitees"], day);
    Some(next)
}

/// Takes out every day after this one, and each row and answer that is about such a day. What looks ahead stays.
fn take_back(value: &mut Value, day: &str) {
    const ABOUT: &[&str] = &["decided_on", "held_on", "on", "involved_from"];
    const AHEAD: &[&str] = &[
        "due_on",
        "expected_end_on",
        "moved_on",
        "next_formal_review_on",
        "next_meeting_on",
        "next_review_on",
        "review_points",
    ];
    let later = |value: &Value| value.as_str().is_some_and(|text| is_day(text) && text > day);
    let about_later = |value: &Value| ABOUT.iter().any(|name| value.get(name).is_some_and(later));
    match value {
        Value::Array(rows) => rows.retain(|row| !about_later(row)),
        Value::Object(fields) => fields
            .retain(|name, field| AHEAD.contains(&name.as_str()) || !(later(field) || about_later(field))),
        _ => {}
    }
    match value {
        Value::Array(rows) => rows.iter_mut().for_each(|row| take_back(row, day)),
        Value::Object(fields) => {
            let fields = fields.iter_mut().filter(|(name, _)| !AHEAD.contains(&name.as_str()));
            fields.for_each(|(_, field)| take_back(field, day));
        }
        _ => {}
    }
}

/// Days are written one way here: `2026-11-20`.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, c)| if i == 4 || i == 7 { c == b'-' } else { c.is_ascii_digit() })
}

/// What counts of a report: errors and warnings that no recorded reason settles.
fn loud(report: &Report) -> Vec<(String, Severity, String)> {
    let findings = report.findings.iter();
    let findings =
        findings.filter(|finding| finding.accepted.is_none() && finding.severity >= Severity::Warning);
    findings.map(|finding| (finding.rule.to_string(), finding.severity, finding.path.clone())).collect()
}

fn silent(family: &Family, stages: &[Stage], wrong: &mut Vec<String>) {
    for stage in stages {
        let report = family.report(&family.manual, *stage);
        // Of a move not even advice is left to give.
        let of_move = report.findings.iter().any(|finding| finding.rule.starts_with("moving-"));
        if of_move || !loud(&report).is_empty() {
            wrong.push(format!("{} on {} at {stage:?}: {:#?}", family.name, family.today, report.findings));
        }
    }
}

#[test]
fn every_family_is_silent_in_its_own_manual() {
    let mut wrong = Vec::new();
    for family in Family::at_every_level().chain(Family::moving()) {
        silent(&family, Stage::ALL, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What a family's own manual does not ask for, or what something else stands for.
const MAY_BE_LEFT_OUT: &[&str] = &[
    "www/examples/moving-area: contacted_on",
    "www/examples/moving-area: decisions",
    // Whoever was told that responsibility has passed knows who has it.
    "www/examples/moving-area: family_told_on",
    "www/examples/moving-area: joint_visit",
    // There may be no gap.
    "www/examples/moving-area: service_gaps",
    "tests/families/moving/out-with-permission: accepted_on",
    "tests/families/moving/out-with-permission: family_told_of_acceptance_on",
    // A meeting that was held had been arranged.
    "tests/families/moving/out-with-permission: meeting_arranged_on",
    // What the other authority did before the family came is for its own manual to ask.
    "tests/families/moving/in: contacted_on",
    "tests/families/moving/in: family_told_on",
    "tests/families/moving/in: notified_in_writing",
    "tests/families/moving/in: notified_on",
];

/// Silence has to be earned: whatever a move is made of is missed where it is taken out.
#[test]
fn what_is_left_out_of_a_move_is_found() {
    /// What only sets the scene, or is there for other manuals.
    const SCENE: &[&str] =
        &["direction", "known_on", "moved_before_on", "other_authority", "permanent", "planned"];
    let mut unnoticed = Vec::new();
    for family in Family::moving() {
        let parts: Vec<_> = family.record["transfer"].as_object().expect("a move").keys().cloned().collect();
        for part in parts.iter().filter(|part| !SCENE.contains(&part.as_str())) {
            let mut without = family.clone();
            without.record["transfer"].as_object_mut().expect("a move").remove(part);
            let report = without.report(&family.manual, Stage::Close);
            if report.findings.is_empty() {
                unnoticed.push(format!("{}: {part}", family.name));
            }
        }
    }
    assert_eq!(unnoticed, MAY_BE_LEFT_OUT);
}

/// People check plans in mid-life, and not at the end alone.
#[test]
fn every_family_is_silent_in_mid_life() {
    let looks = read::<Vec<Look>>(&root().join("tests/families/mid-life.json"));
    let mut wrong = Vec::new();
    for family in Family::at_every_level().chain(Family::moving()) {
        let name = &family.name;
        let days: Vec<Day> =
            looks.iter().filter(|look| look.family == *name).flat_map(|look| look.on.clone()).collect();
        assert!(!days.is_empty(), "{name}: nobody looks at the plan in mid-life");
        for day in days {
            let stages = [Stage::Draft, Stage::Meeting, Stage::Circulate];
            silent(&family.clone().on(day), &stages, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A family from the strategy discussion through conferences and core groups to a Child in Need plan and its closing. While
/// the child protection plan was in force, that was the plan at hand.
#[test]
fn a_family_with_a_child_protection_plan_is_silent_all_the_way() {
    let file = root().join("www/examples/conference.json");
    let whole = Family { name: "cambridgeshire".into(), ..read(&file) };
    let protection: Map<String, Value> = read(&root().join("tests/families/protection-plan.json"));
    let drawn_up = |plan: &Value| plan["drawn_up_on"].as_str().expect("a day").to_owned();
    let (first, second) = (drawn_up(&protection["plan"]), drawn_up(&whole.record["plan"]));
    let ended = whole.record["conferences"].as_array().and_then(|all| all.last()?["held_on"].as_str());
    let ended = ended.expect("a conference that ended the plan").to_owned();
    let mut wrong = Vec::new();
    silent(&whole, Stage::ALL, &mut wrong);
    let looks = read::<Vec<Look>>(&root().join("tests/families/mid-life.json"));
    let days: Vec<Day> =
        looks.iter().filter(|look| look.family == "conference").flat_map(|look| look.on.clone()).collect();
    assert!(days.len() > 10, "too few looks at the family in mid-life");
    for day in days {
        let mut family = whole.clone();
        let on = day.to_string();
        let protected = on >= first && on <= ended;
        for (part, value) in protection.iter().filter(|_| on < second) {
            family.record[part] = if protected { value.clone() } else { json!({}) };
        }
        // Before there is a plan none goes out.
        let going_out = if protected || on >= second { &[Stage::Circulate][..] } else { &[] };
        silent(&family.on(day), &[&[Stage::Draft, Stage::Meeting], going_out].concat(), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_other_manual_finds_what_its_practitioners_would() {
    let mut wrong = Vec::new();
    for family in Family::all() {
        for (manual, _) in BUILT_IN.iter().filter(|(manual, _)| *manual != family.name) {
            let file = format!("{}-by-{manual}.json", family.name);
            let listed: Vec<Listed> = read(&root().join("tests/families").join(&file));
            let report = family.report(manual, Stage::Close);
            for one in listed.iter().filter(|one| one.why.trim().is_empty()) {
                wrong.push(format!("{file}: no reason stands by {} at {}", one.rule, one.path));
            }
            let mut expected: Vec<_> =
                listed.into_iter().map(|one| (one.rule, one.severity, one.path)).collect();
            let mut found = loud(&report);
            expected.sort();
            found.sort();
            for (rule, severity, path) in found.iter().filter(|one| !expected.contains(one)) {
                let message = report.findings.iter().find(|one| one.rule == *rule && one.path == *path);
                let message = message.map_or("", |one| &*one.message);
                wrong.push(format!("{file}: also found: {rule}, {severity:?}, {path}: {message}"));
            }
            for (rule, severity, path) in expected.iter().filter(|one| !found.contains(one)) {
                wrong.push(format!("{file}: not found: {rule}, {severity:?}, {path}"));
            }
            if expected.len() != found.len() {
                wrong.push(format!("{file}: {} are listed, {} were found", expected.len(), found.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
