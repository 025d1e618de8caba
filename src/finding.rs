//! What a check reports, and the collector that sees to it that nothing is reported without its citation.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use crate::answer::choice;
use crate::day::Day;
use crate::field::{Field, field};
use crate::people::Person;
use crate::record::Record;

choice! {
    /// How grave a finding is. The order is from light to grave.
    Severity {
        /// Something that may help.
        Advice = "advice",
        /// The manual expects it.
        Warning = "warning",
        /// The manual demands it.
        Error = "error",
    }
}

choice! {
    /// How far the plan has come. Each stage asks all that the ones before it ask.
    Stage {
        /// Only contradictions in what was filled in.
        Draft = "draft",
        /// What has to stand when the meeting is held.
        Meeting = "meeting",
        /// What has to stand when the plan goes out.
        Circulate = "circulate",
        /// What has to stand at a review.
        Review = "review",
        /// What has to stand before the case closes.
        Close = "close",
    }
}

choice! {
    /// A part of the plan, as people look for it.
    Section {
        /// The children and their views.
        Children = "children",
        /// The case and the assessment.
        Case = "case",
        /// The plan itself.
        Plan = "plan",
        /// Meetings and who comes to them.
        Meetings = "meetings",
        /// Who gets the plan.
        Sharing = "sharing",
        /// Visits.
        Visits = "visits",
        /// Closing the case.
        Closure = "closure",
    }
}

/// The letter of SMART that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub enum Letter {
    /// Specific.
    S,
    /// Measurable.
    M,
    /// Achievable.
    A,
    /// Realistic, or related to what the assessment found: manuals differ.
    R,
    /// With a clear timescale.
    T,
}

/// The requirements that something rests on, shared by everything that cites them.
pub type Cites = Arc<[String]>;

/// One thing that was seen in the record.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Finding {
    /// Id of the rule, for ever the same.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub rule: Cow<'static, str>,
    /// How grave it is in the manual that is checked against.
    pub severity: Severity,
    /// Name of the control it is about. A place that the form does not have still stands in the summary.
    pub path: String,
    /// The `id` of the row it stands in, where the row has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// What was seen, in a sentence.
    pub message: String,
    /// What to do about it, beginning with a verb.
    pub remedy: String,
    /// Ids of the requirements it rests on.
    #[cfg_attr(feature = "js", tsify(type = "string[]"))]
    pub cites: Cites,
    /// How the manual is read where it leaves something open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The letter of SMART it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<Letter>,
    /// Where in the text at `path`, as UTF-16 offsets from start to end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<(u32, u32)>,
    /// Whether the manual lets a recorded reason settle it: "usually", "unless".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "js", tsify(optional))]
    pub leaves_room: bool,
    /// The recorded reason that settles it. A settled finding does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Settled>,
}

/// A recorded reason that settles a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Settled {
    /// The reason as recorded.
    pub reason: String,
    /// Who recorded it.
    pub by: String,
    /// Their role.
    pub role: String,
    /// The day, where one that can be read was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub on: Option<Day>,
}

impl Finding {
    /// Names the letter of SMART.
    pub fn letter(&mut self, letter: Letter) -> &mut Finding {
        self.letter = Some(letter);
        self
    }

    /// Says which words of the text it is about, as UTF-16 offsets.
    pub fn span(&mut self, span: (u32, u32)) -> &mut Finding {
        self.span = Some(span);
        self
    }

    /// Makes the finding no graver than this.
    pub fn at_most(&mut self, severity: Severity) -> &mut Finding {
        self.severity = self.severity.min(severity);
        self
    }

    /// Says what to do, where the rule's own remedy does not fit.
    pub fn remedy(&mut self, remedy: impl Into<String>) -> &mut Finding {
        self.remedy = remedy.into();
        self
    }
}

/// What stands behind the findings of one check: its id, its remedy, and the term that it was handed.
#[derive(Clone, Debug)]
pub struct Basis<'a> {
    /// Id of the check.
    pub rule: Cow<'static, str>,
    /// The gravest that its findings can be in this manual.
    pub severity: Severity,
    /// What to do, unless a finding says otherwise.
    pub remedy: &'static str,
    /// The requirements that the term rests on.
    pub cites: &'a Cites,
    /// How the manual is read where it leaves something open.
    pub note: Option<&'a str>,
    /// Whether the manual lets a recorded reason settle it.
    pub leaves_room: bool,
}

/// Collects the findings of one check, and gives each what it rests on.
pub struct Found<'a> {
    basis: Basis<'a>,
    record: &'a Record,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Found<'a> {
    /// A collector for one check.
    pub fn new(basis: Basis<'a>, record: &'a Record, findings: &'a mut Vec<Finding>) -> Found<'a> {
        Found { basis, record, findings }
    }

    /// Whether the manual lets a recorded reason settle what is found: "usually", "unless".
    pub fn leaves_room(&self) -> bool {
        self.basis.leaves_room
    }

    /// Reports something at a field.
    pub fn at(&mut self, field: Field, message: impl Into<String>) -> &mut Finding {
        let item = field.row().and_then(|row| self.record.row_key(&row));
        let accepted = if self.basis.leaves_room { self.settled(item.as_deref()) } else { None };
        let finding = Finding {
            rule: self.basis.rule.clone(),
            severity: self.basis.severity,
            path: field.path().into_owned(),
            item,
            message: message.into(),
            remedy: self.basis.remedy.into(),
            cites: Cites::clone(self.basis.cites),
            note: self.basis.note.map(String::from),
            letter: None,
            span: None,
            leaves_room: self.basis.leaves_room,
            accepted,
        };
        self.findings.push(finding);
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Says, where a reason was recorded against a finding of this check and the finding stands, why it does. The
    /// findings of this check begin at `first`.
    pub fn tell_reasons(mut self, first: usize) {
        let findings = first..self.findings.len();
        if findings.is_empty() {
            return;
        }
        for (i, accepted) in self.record.accepted.rows() {
            let item = accepted.item.text().trim();
            let stands = |finding: &Finding| {
                finding.accepted.is_none() && (item.is_empty() || finding.item.as_deref() == Some(item))
            };
            if accepted.rule.text().trim() != self.basis.rule
                || !self.findings[findings.clone()].iter().any(stands)
            {
                continue;
            }
            let row = i + 1;
            let (field, message, remedy, severity) = if !self.basis.leaves_room {
                (
                    field!(accepted[i].rule),
                    format!(
                        "Recorded reason {row} settles nothing: here the procedure leaves no room for a reason"
                    ),
                    "Put right what was found. The reason stays on the record.",
                    Severity::Advice,
                )
            } else if accepted.reason.is_blank() {
                (
                    field!(accepted[i].reason),
                    format!("Reason is missing for recorded reason {row}"),
                    "Enter the reason, or put right what was found.",
                    Severity::Warning,
                )
            } else if Person::called(&accepted.by).is_nobody() {
                (
                    field!(accepted[i].by),
                    format!("Who recorded the reason is missing for recorded reason {row}"),
                    "Enter who stands behind the reason. It counts once there is a name.",
                    Severity::Warning,
                )
            } else {
                continue;
            };
            let told = self.at(field, message).at_most(severity).remedy(remedy);
            // It is about the reason, which no further reason settles.
            told.leaves_room = false;
            told.accepted = None;
        }
    }

    /// The recorded reason that settles this rule for a row; one without a row settles it for all. A reason counts
    /// once somebody stands behind it by name.
    fn settled(&self, item: Option<&str>) -> Option<Settled> {
        self.record
            .accepted
            .rows()
            .map(|(_, accepted)| accepted)
            .find(|accepted| {
                let here = accepted.item.text().trim();
                accepted.rule.text().trim() == self.basis.rule
                    && (here.is_empty() || Some(here) == item)
                    && !accepted.reason.is_blank()
                    && !Person::called(&accepted.by).is_nobody()
            })
            .map(|accepted| Settled {
                reason: accepted.reason.text().into(),
                by: accepted.by.text().into(),
                role: accepted.role.text().into(),
                on: accepted.on.get(),
            })
    }
}
