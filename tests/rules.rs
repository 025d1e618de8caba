//! Every rule, in cases that a practice lead can read.
//!
//! `tests/rules/` mirrors `src/rules/` file for file. A case is a small change to the good plan of the demo; `finds`
//! lists what its rule is to find, and an empty list says that the rule rests. A change puts a value at a path, or
//! takes away what is there with `null`; `+` behind the path of a list adds a row. A case about a prompt says whether
//! it is asked.

#[allow(dead_code)]
mod cases;

use std::collections::{BTreeMap, BTreeSet};

use cases::{Case, Expected, all_cases, good_plan, places};
use cinplan::procedure::BUILT_IN;
use cinplan::{Day, Finding, Kind, Severity, Stage, catalogue};

#[test]
fn every_case_finds_what_it_says() {
    let mut wrong = Vec::new();
    for case in all_cases() {
        let found: Vec<Finding> =
            case.report().findings.into_iter().filter(|finding| finding.rule == case.rule).collect();
        let as_expected = found.len() == case.finds.len()
            && found.iter().zip(&case.finds).all(|(finding, expected)| expected.is(finding));
        if !as_expected {
            let seen: Vec<_> = found.iter().map(Expected::of).collect();
            wrong.push(format!(
                "{}: {}\n  to be found: {:#?}\n  was found: {:#?}",
                case.rule, case.name, case.finds, seen
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_rule_has_a_case_that_trips_it_and_one_that_rests() {
    let mut seen: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    for case in all_cases() {
        let (trips, rests) = seen.entry(case.rule).or_default();
        *trips |= !case.finds.is_empty();
        *rests |= case.finds.is_empty();
    }
    let lacking: Vec<_> = catalogue(&[])
        .map(|entry| entry.about)
        .filter(|about| matches!(about.kind, Kind::Rule | Kind::Deadline | Kind::Wording))
        .filter(|about| seen.get(about.id) != Some(&(true, true)))
        .map(|about| about.id)
        .collect();
    assert!(lacking.is_empty(), "rules without a case that trips or one that rests: {lacking:?}");
}

#[test]
fn every_prompt_is_asked_when_it_applies() {
    let mut asked = BTreeSet::new();
    let mut wrong = Vec::new();
    for case in all_cases() {
        let Some(asks) = case.asks else { continue };
        if case.report().prompts.iter().any(|question| question.id == case.rule) != asks {
            wrong.push(format!("{}: {}: asked is to be {asks}", case.rule, case.name));
        }
        if asks {
            asked.insert(case.rule);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let lacking: Vec<_> = catalogue(&[])
        .map(|entry| entry.about)
        .filter(|about| about.kind == Kind::Prompt && !asked.contains(about.id))
        .map(|about| about.id)
        .collect();
    assert!(lacking.is_empty(), "prompts without a case in which they are asked: {lacking:?}");
}

#[test]
fn every_case_names_a_rule_that_exists() {
    let known: BTreeSet<_> = catalogue(&[]).map(|entry| entry.about.id).collect();
    for case in all_cases() {
        assert!(known.contains(case.rule.as_str()), "{}: there is no rule {}", case.name, case.rule);
    }
}

#[test]
fn the_good_plan_is_silent_at_every_stage() {
    for stage in Stage::ALL {
        let case = Case { stage: *stage, ..good_plan() };
        let loud: Vec<_> = case.report().findings.iter().map(Expected::of).collect();
        assert!(loud.is_empty(), "at {stage:?}: {loud:#?}");
    }
}

/// Whatever says of a day that it lies ahead says it of tomorrow, and of today no longer.
#[test]
fn today_does_not_lie_ahead() {
    let good = good_plan();
    let ends = ["_on", ".on", ".date_of_birth"];
    let days: Vec<String> = places()
        .into_iter()
        .filter(|place| place.is_leaf && ends.iter().any(|end| place.path.ends_with(end)))
        .map(|place| place.path)
        .collect();
    // Where a rule says so, with every day of the record on the same one.
    let ahead = |manual: &str, day: Day| -> BTreeSet<(String, String)> {
        let mut case = Case { procedure: manual.into(), ..good.clone() };
        case.change.extend(days.iter().map(|path| (path.clone(), day.to_string().into())));
        let findings = case.report().findings.into_iter();
        findings
            .filter(|finding| {
                finding.message.contains("in the future") || finding.message.contains("lies ahead")
            })
            .map(|finding| (finding.rule.to_string(), finding.path))
            .collect()
    };
    let mut told = BTreeSet::new();
    for (manual, _) in BUILT_IN {
        told.extend(ahead(manual, good.today.plus_days(1)));
        assert_eq!(ahead(manual, good.today), BTreeSet::new(), "{manual}");
    }
    assert!(told.len() >= 20, "few days are told to lie ahead: {told:#?}");
}

/// What is settled by a recorded reason does not count.
#[test]
fn the_summary_counts_what_stands_open() {
    let mut answered = 0;
    for case in all_cases() {
        let report = case.report();
        let open = |severity| {
            report.findings.iter().filter(|one| one.accepted.is_none() && one.severity == severity).count()
        };
        let summary = report.summary;
        assert_eq!(summary.errors, open(Severity::Error), "{}", case.name);
        assert_eq!(summary.warnings, open(Severity::Warning), "{}", case.name);
        assert_eq!(summary.advice, open(Severity::Advice), "{}", case.name);
        let with_answer = report.prompts.iter().filter(|question| question.answer.is_some()).count();
        assert_eq!((summary.prompts_answered, summary.prompts_total), (with_answer, report.prompts.len()));
        answered += with_answer;
    }
    assert!(answered > 0);
}
