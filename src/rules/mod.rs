//! The catalogue: every check there is, one line a file.

use crate::case::Case;
use crate::procedure::Procedure;
use crate::report::Smart;
use crate::rule::{Check, Kind};

mod after_moving;
mod assessment;
mod attendance;
mod chairing;
mod children;
mod closure;
mod conferences;
mod content;
mod core_groups;
mod decisions;
mod guidance;
mod handover;
mod levels;
mod minutes;
mod moving;
mod moving_questions;
mod oversight;
mod parents;
mod professionals;
mod prompts;
mod protection;
mod record;
mod reviews;
mod roles;
mod services;
mod sharing;
mod signing;
mod smart;
mod timeline;
mod transfers;
mod versions;
mod visits;
mod wording;

/// Every check, file by file, in the order in which a plan is read.
const CATALOGUE: &[&[&dyn Check]] = &[
    record::CHECKS,
    smart::CHECKS,
    wording::CHECKS,
    services::CHECKS,
    content::CHECKS,
    assessment::CHECKS,
    roles::CHECKS,
    versions::CHECKS,
    timeline::CHECKS,
    attendance::CHECKS,
    children::CHECKS,
    parents::CHECKS,
    professionals::CHECKS,
    chairing::CHECKS,
    signing::CHECKS,
    sharing::CHECKS,
    minutes::CHECKS,
    reviews::CHECKS,
    decisions::CHECKS,
    visits::CHECKS,
    conferences::CHECKS,
    core_groups::CHECKS,
    protection::CHECKS,
    transfers::CHECKS,
    oversight::CHECKS,
    closure::CHECKS,
    handover::CHECKS,
    levels::CHECKS,
    moving::CHECKS,
    after_moving::CHECKS,
    prompts::CHECKS,
    moving_questions::CHECKS,
    guidance::CHECKS,
];

/// The letters of SMART of each action.
pub fn letters(case: &Case) -> Vec<Smart> {
    smart::letters(case)
}

/// Every check, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static dyn Check> {
    CATALOGUE.iter().flat_map(|file| file.iter().copied())
}

/// How many checks there are.
pub fn count() -> usize {
    CATALOGUE.iter().map(|file| file.len()).sum()
}

/// The check at a place of the catalogue.
pub fn nth(mut place: usize) -> Option<&'static dyn Check> {
    for file in CATALOGUE {
        match file.get(place) {
            Some(check) => return Some(*check),
            None => place -= file.len(),
        }
    }
    None
}

/// The prompts and lines of guidance that a procedure names and that do not exist, each with its key.
pub(crate) fn unknown_names(procedure: &Procedure) -> Vec<(String, String)> {
    let lists =
        [("prompts", Kind::Prompt, &procedure.prompts), ("guidance", Kind::Guidance, &procedure.guidance)];
    let mut unknown = Vec::new();
    for (list, kind, named) in lists {
        let known: Vec<_> =
            all().map(Check::about).filter(|about| about.kind == kind).map(|about| about.id).collect();
        for id in named.keys().filter(|id| !known.contains(&id.as_str())) {
            unknown.push((
                format!("{list}.{id}"),
                format!("there is no such id; known are: {}", known.join(", ")),
            ));
        }
    }
    unknown
}
