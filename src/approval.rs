//! Approvals and the offices that may give them, told in the same words wherever something is approved.

use crate::answer::{Answer, Text};
use crate::cast;
use crate::field::Field;
use crate::finding::{Found, Severity};
use crate::office::Office;
use crate::record::Approval;

/// What is missing of an approval: all of it in one finding, or each part that is. The fields are those of the name, the
/// role and the day; `what` is what is missing, as a sentence begins with it.
pub fn report_missing(approval: &Approval, fields: [Field; 3], what: &str, found: &mut Found) {
    let [name, role, on] = fields;
    let nobody = approval.person.is_blank() && cast::how_unsaid(&approval.name).is_some();
    if nobody && approval.role.is_blank() && approval.on.is_blank() {
        found.at(name, format!("{what} is missing"));
        return;
    }
    let mut missing = |is_missing: bool, field: Field, label: &str| {
        if is_missing {
            found.at(field, format!("{label} is missing from {}", lower_first(what)));
        }
    };
    missing(nobody, name, "Approver's name");
    missing(approval.role.is_blank(), role, "Approver's role");
    missing(approval.on.is_blank(), on, "Date approved");
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// How a role stands against the offices that are asked for.
#[derive(Clone, Copy, PartialEq)]
pub enum Holds {
    /// It is one of them.
    Yes,
    /// An office above those that are named, but not one of them.
    Above,
    /// A title that nobody here knows may be the same office under another name.
    Perhaps,
    /// It is another.
    No,
}

/// How a role stands against some offices.
pub fn holds(offices: &[Office], role: &str) -> Holds {
    match Office::recognise(role) {
        Some(office) if offices.contains(&office) => Holds::Yes,
        // A line manager is a manager of any grade, and mostly the manager of the team.
        Some(office) if offices.contains(&Office::LineManager) && office.is_manager() => Holds::Yes,
        Some(Office::LineManager) if offices.contains(&Office::TeamManager) => Holds::Perhaps,
        Some(office) if office.is_manager() && offices.iter().all(|named| *named < office) => Holds::Above,
        Some(_) => Holds::No,
        None => Holds::Perhaps,
    }
}

/// Tells a role that is not, or does not show that it is, one of the offices that are asked for. A role that is missing
/// is told elsewhere.
pub fn report_office(offices: &[Office], role: &Answer<Text>, label: &str, field: Field, found: &mut Found) {
    let wanted = Office::one_of(offices);
    match holds(offices, role.text()) {
        Holds::Yes => {}
        Holds::Perhaps if role.text().is_empty() => {}
        Holds::Perhaps => {
            found
                .at(field, format!("{label} does not show that it is {wanted}"))
                .at_most(Severity::Warning)
                .remedy("Check that the office is the one asked for, and name it.");
        }
        held => {
            let told = found.at(field, format!("{label} is not that of {wanted}"));
            if held == Holds::Above {
                told.at_most(Severity::Warning);
            }
        }
    }
}
