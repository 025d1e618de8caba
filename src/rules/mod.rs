//! The catalogue: every check there is, one line a file.

use crate::procedure::{Procedure, Unreadable};
use crate::rule::{Check, Kind};

mod attendance;
mod chairing;
mod closure;
mod content;
mod guidance;
mod minutes;
mod prompts;
mod record;
mod reviews;
mod sharing;
mod smart;
mod visits;

/// Every check, file by file, in the order in which a plan is read.
const CATALOGUE: &[&[&dyn Check]] = &[
    record::CHECKS,
    smart::CHECKS,
    content::CHECKS,
    attendance::CHECKS,
    chairing::CHECKS,
    sharing::CHECKS,
    minutes::CHECKS,
    reviews::CHECKS,
    visits::CHECKS,
    closure::CHECKS,
    prompts::CHECKS,
    guidance::CHECKS,
];

/// Every check, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static dyn Check> {
    CATALOGUE.iter().flat_map(|file| file.iter().copied())
}

/// Refuses a procedure that names a prompt or a line of guidance that does not exist.
pub(crate) fn names_known(procedure: &Procedure) -> Result<(), Unreadable> {
    let lists =
        [("prompts", Kind::Prompt, &procedure.prompts), ("guidance", Kind::Guidance, &procedure.guidance)];
    for (list, kind, named) in lists {
        let known = || all().map(Check::about).filter(|about| about.kind == kind);
        if let Some(id) = named.keys().find(|id| !known().any(|about| about.id == id.as_str())) {
            return Err(Unreadable {
                key: format!("{list}.{id}"),
                problem: format!(
                    "there is no such id; known are: {}",
                    known().map(|about| about.id).collect::<Vec<_>>().join(", ")
                ),
            });
        }
    }
    Ok(())
}
