//! The outcome of a check, as plain data.

use serde::Serialize;

use crate::case::{Case, Known};
use crate::day::{Calendar, Day};
use crate::finding::{Finding, Severity, Stage};
use crate::order;
use crate::own::{Own, UnknownRule};
use crate::procedure::Procedure;
use crate::record::Record;
use crate::rule::{Due, Output, Question};
use crate::rules;
use crate::timeline::Timeline;

/// What was found in one record, on one day, at one stage, by one manual. The same record gives the same report,
/// anywhere.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Report {
    /// The manual.
    pub procedure: Manual,
    /// The stage that was asked for.
    pub stage: Stage,
    /// The day of the check.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub today: Day,
    /// What was found, the gravest first, then in the order of the catalogue and of the record.
    pub findings: Vec<Finding>,
    /// What is and was due, the earliest first.
    pub deadlines: Vec<Due>,
    /// The days that a picture of the deadlines shows.
    pub timeline: Timeline,
    /// The questions that only a person can judge, answered and not.
    pub prompts: Vec<Question>,
    /// Which letters of SMART each action fulfils as it stands, at every stage.
    pub smart: Vec<Smart>,
    /// How many of each.
    pub summary: Summary,
    /// Ids of what the host has switched off: it did not run, whatever the plan holds.
    pub off: Vec<String>,
    /// Ids of the rules whose findings are told in words of the host's own.
    pub reworded: Vec<String>,
}

/// A manual, as a report names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Manual {
    /// Its short name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its edition.
    pub edition: String,
}

/// The letters of SMART of one action. A letter is there where the manual asks for it and it can be told: `true` where
/// it is fulfilled, `false` where it is not yet. Whether an action is achievable and realistic is for people to judge:
/// these two are `true` only where the record shows what they rest on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Smart {
    /// The row of the action: `plan.actions[0]`.
    pub path: String,
    /// The `id` of the row, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Specific: it says what is done, and who does it.
    #[serde(rename = "S", skip_serializing_if = "Option::is_none")]
    pub specific: Option<bool>,
    /// Measurable: it says how everyone will know.
    #[serde(rename = "M", skip_serializing_if = "Option::is_none")]
    pub measurable: Option<bool>,
    /// Achievable: everything it depends on is confirmed.
    #[serde(rename = "A", skip_serializing_if = "Option::is_none")]
    pub achievable: Option<bool>,
    /// Realistic, or related to what the assessment found: it serves an outcome of the plan.
    #[serde(rename = "R", skip_serializing_if = "Option::is_none")]
    pub realistic: Option<bool>,
    /// With a timescale: there is a day.
    #[serde(rename = "T", skip_serializing_if = "Option::is_none")]
    pub timed: Option<bool>,
}

/// Counts of a report. A finding that is settled by a recorded reason does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Summary {
    /// Findings that the manual demands to be put right.
    pub errors: usize,
    /// Findings that the manual expects to be put right.
    pub warnings: usize,
    /// Findings that may help.
    pub advice: usize,
    /// Questions that have an answer.
    pub prompts_answered: usize,
    /// All questions.
    pub prompts_total: usize,
}

/// Checks a record against a manual, as on a day, as far as a stage asks.
///
/// ```
/// use cinplan::{Day, Procedure, Record, Stage, check};
///
/// let procedure = Procedure::built_in("cambridgeshire").unwrap();
/// let record: Record = serde_json::from_str(r#"{ "plan": { "actions": [{ "what": "Book a speech assessment" }] } }"#).unwrap();
/// let report = check(&record, &procedure, Day::of(2026, 11, 21).unwrap(), Stage::Circulate);
/// assert!(report.findings.iter().any(|finding| finding.path == "plan.actions[0].who"));
/// ```
pub fn check(record: &Record, procedure: &Procedure, today: Day, stage: Stage) -> Report {
    run(record, procedure, today, stage, &Own::default())
}

/// Checks as [`check`] does, with rules switched off and words of the host's own. Both are listed in the report. An id
/// that no check has is an error.
///
/// ```
/// use cinplan::{Day, Own, Procedure, Record, Stage, check_with};
///
/// let procedure = Procedure::built_in("cambridgeshire").unwrap();
/// let today = Day::of(2026, 11, 21).unwrap();
/// let own = Own { off: vec!["plan-contingency".into()], ..Own::default() };
/// let report = check_with(&Record::default(), &procedure, today, Stage::Circulate, &own).unwrap();
/// assert_eq!(report.off, ["plan-contingency"]);
/// ```
pub fn check_with(
    record: &Record,
    procedure: &Procedure,
    today: Day,
    stage: Stage,
    own: &Own,
) -> Result<Report, UnknownRule> {
    own.known_to(procedure)?;
    Ok(run(record, procedure, today, stage, own))
}

/// Checks with ids that are known.
pub(crate) fn run(record: &Record, procedure: &Procedure, today: Day, stage: Stage, own: &Own) -> Report {
    let procedure = procedure.of_kind(record.plan.kind.get());
    let calendar = Calendar::new(procedure.closure_days.iter().copied());
    let known = Known::default();
    let case = Case::new(record, today, stage, &calendar, procedure, &known);
    let mut output = Output::default();
    for check in rules::all() {
        own.run(check.about().id, &mut output, |output| check.run(procedure, &case, output));
    }
    for prompt in &procedure.own_prompts {
        own.run(&prompt.id, &mut output, |output| prompt.run(&case, output));
    }
    output.smart = rules::letters(&case);
    Report::of(output, procedure, &calendar, today, stage, own)
}

impl Report {
    /// What the checks have to say, in the order of the catalogue, as a report.
    pub(crate) fn of(
        output: Output,
        procedure: &Procedure,
        calendar: &Calendar,
        today: Day,
        stage: Stage,
        own: &Own,
    ) -> Report {
        let Output { mut findings, mut deadlines, prompts, smart } = output;
        sort_findings(&mut findings, |finding| finding.severity);
        sort_deadlines(&mut deadlines, |due| due.due);
        Report {
            procedure: Manual::of(procedure),
            stage,
            today,
            summary: Summary::of(findings.iter(), prompts.iter()),
            timeline: Timeline::of(deadlines.iter(), calendar, today),
            findings,
            deadlines,
            prompts,
            smart,
            off: own.listed_off(procedure),
            reworded: own.listed_messages(procedure),
        }
    }
}

/// Puts findings in the order of a report: the gravest first, then as they came, in the order of the catalogue and of
/// the record.
pub(crate) fn sort_findings<T>(findings: &mut [T], severity: impl Fn(&T) -> Severity) {
    order::by_key(findings, |finding| std::cmp::Reverse(severity(finding)));
}

/// Puts deadlines in the order of a report: the earliest first, then as they came.
pub(crate) fn sort_deadlines<T>(deadlines: &mut [T], due: impl Fn(&T) -> Day) {
    order::by_key(deadlines, due);
}

impl Manual {
    /// The manual of a procedure.
    pub(crate) fn of(procedure: &Procedure) -> Manual {
        let Procedure { id, title, edition, .. } = procedure;
        Manual { id: id.clone(), title: title.clone(), edition: edition.clone() }
    }
}

impl Summary {
    /// Counts what stands open.
    pub(crate) fn of<'a>(
        findings: impl Iterator<Item = &'a Finding>,
        prompts: impl Iterator<Item = &'a Question>,
    ) -> Summary {
        let mut summary = Summary::default();
        for finding in findings.filter(|finding| finding.accepted.is_none()) {
            match finding.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Advice => summary.advice += 1,
            }
        }
        for question in prompts {
            summary.prompts_total += 1;
            summary.prompts_answered += usize::from(question.answer.is_some());
        }
        summary
    }
}
