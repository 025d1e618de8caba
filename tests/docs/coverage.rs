//! `docs/coverage.md`: each requirement, and what answers it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cinplan::{Kind, catalogue};

use super::{Requirement, cell, manuals, requirements};

/// Requirements that nothing cites, each with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("CAM-6.15", "the conferences of a record are those of all its children, so they are held together"),
    ("BOL-3.24", "what the answers are printed on is the case system's to see to"),
    ("CFP-5.14", "the referral is closed in the case system, and no form about the plan holds that entry"),
];

/// Requirements that are to be recorded and are only told, each with the reason.
pub const ONLY_TOLD: &[(&str, &str)] = &[
    ("BOL-3.09", "which team does the paperwork is not for the form about one child to ask"),
    ("CFP-2.40", "the request is made and kept in the case system"),
    ("CFP-2.41", "the request is made and kept in the case system"),
];

/// A requirement with what answers it.
pub struct Answered {
    pub requirement: Requirement,
    /// The checks that cite it, by id and kind.
    pub by: Vec<(&'static str, Kind)>,
    /// Why nothing does.
    pub exception: Option<&'static str>,
}

/// Each requirement of a manual, in the order of the manual.
pub fn answered(manual: &str) -> Vec<Answered> {
    let manuals: Vec<_> = manuals().into_iter().filter(|known| known.id == manual).collect();
    let mut citing: BTreeMap<String, Vec<(&'static str, Kind)>> = BTreeMap::new();
    for entry in catalogue(&manuals) {
        for id in entry.grounds.values().flat_map(|grounds| grounds.cites.iter()) {
            citing.entry(id.clone()).or_default().push((entry.about.id, entry.about.kind));
        }
    }
    requirements(manual)
        .into_iter()
        .map(|requirement| Answered {
            by: citing.remove(&requirement.id).unwrap_or_default(),
            exception: EXCEPTIONS.iter().find(|(id, _)| *id == requirement.id).map(|(_, reason)| *reason),
            requirement,
        })
        .collect()
}

pub fn page() -> String {
    let mut page = String::from(INTRODUCTION);
    for manual in manuals() {
        let answered = answered(&manual.id);
        let _ = write!(page, "\n## {} ({})\n\n", manual.title, manual.edition);
        let count = |kinds: &[Kind]| {
            answered
                .iter()
                .filter(|one| {
                    let gravest = [
                        &[Kind::Rule, Kind::Deadline, Kind::Wording][..],
                        &[Kind::Prompt],
                        &[Kind::Guidance],
                    ]
                    .into_iter()
                    .find(|kinds| one.by.iter().any(|(_, kind)| kinds.contains(kind)));
                    gravest == Some(kinds)
                })
                .count()
        };
        let unanswered = answered.iter().filter(|one| one.by.is_empty()).count();
        let _ = writeln!(
            page,
            "Of the {} requirements, {} are computed from what was filled in, {} are asked of a person, {} are\n\
             shown as guidance, and {}.",
            answered.len(),
            count(&[Kind::Rule, Kind::Deadline, Kind::Wording]),
            count(&[Kind::Prompt]),
            count(&[Kind::Guidance]),
            match unanswered {
                0 => "none is left out".into(),
                1 => "one is left out for a reason".into(),
                more => format!("{more} are left out for a reason"),
            },
        );
        let mut section = "";
        for one in &answered {
            if one.requirement.section != section {
                section = &one.requirement.section;
                let _ = write!(page, "\n### {section}\n\n");
                page.push_str("| Id | What it asks | Force | Answered by |\n| --- | --- | --- | --- |\n");
            }
            let by = match (one.by.is_empty(), one.exception) {
                (false, _) => one
                    .by
                    .iter()
                    .map(|(id, kind)| match kind {
                        Kind::Rule => format!("`{id}`"),
                        Kind::Deadline => format!("`{id}` (deadline)"),
                        Kind::Wording => format!("`{id}` (wording)"),
                        Kind::Prompt => format!("`{id}` (question)"),
                        Kind::Guidance => format!("`{id}` (guidance)"),
                    })
                    .collect::<Vec<_>>()
                    .join(", "),
                (true, Some(reason)) => format!("*not asked:* {reason}"),
                (true, None) => "**nothing**".into(),
            };
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} |",
                one.requirement.id,
                cell(&one.requirement.says),
                one.requirement.force,
                cell(&by)
            );
        }
    }
    page
}

/// Exceptions that no longer are any, because a check cites the requirement or there is none of that id.
pub fn needless_exceptions() -> Vec<&'static str> {
    let all: Vec<Answered> = manuals().iter().flat_map(|manual| answered(&manual.id)).collect();
    EXCEPTIONS
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| !all.iter().any(|one| one.requirement.id == *id && one.by.is_empty()))
        .collect()
}

const INTRODUCTION: &str = "\
# What answers each requirement

This page is written by `make docs` from the manuals and the checks as they stand in the code. Do not edit it.

Each statement of a manual that can be checked has an id and stands here in the project's own words. *Force* is how
strongly the manual asks: *must*, *should*, *may*, or a *fact* that it states. The last column names the checks that rest
on it; [rules.md](rules.md) tells what each of them does.
";
