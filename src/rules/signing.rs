//! Who signs the plan, and which version of it.

use crate::case::Case;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::people::{self, Distinct, Person};
use crate::procedure::Asked;
use crate::roll;
use crate::rule::{Check, Rule};

pub(super) const CHECKS: &[&dyn Check] =
    &[&SHARING_SIGNED_PARENTS, &SHARING_SIGNED_CHILD, &SHARING_SIGNED, &SHARING_SIGNED_VERSION];

// ---- who signs ----

const SHARING_SIGNED_PARENTS: Rule<Asked> = Rule {
    id: "sharing-signed-parents",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The parents sign the plan, or the reason for no signature is recorded",
    remedy: SIGN,
    term: |procedure| procedure.sharing.signed_by_parents.get(),
    check: |_, case, found| {
        let parents = case.parents();
        report_unsigned(case, parents.iter(), |person| parents.has(person), found);
    },
};

const SHARING_SIGNED_CHILD: Rule<Asked> = Rule {
    id: "sharing-signed-child",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Each child signs the plan, or the reason for no signature is recorded",
    remedy: SIGN,
    term: |procedure| procedure.sharing.signed_by_child.get(),
    check: |_, case, found| {
        let children = case.children();
        // A child who is too young to take part has the reason recorded already.
        let able = children.iter().filter(|child| case.has_planning() && !case.has_reason_left_out(*child));
        report_unsigned(case, able, |person| children.has(person), found);
    },
};

const SHARING_SIGNED: Rule<Asked> = Rule {
    id: "sharing-signed",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "Everyone involved signs and dates the plan",
    remedy: SIGN,
    term: |procedure| procedure.sharing.signed.get(),
    check: sharing_signed,
};

const SIGN: &str = "Enter the day on which they signed, or the reason they did not.";

/// Parents and children are told by rules of their own where the manual has more to say of them.
fn sharing_signed(_: &Asked, case: &Case, found: &mut Found) {
    let terms = &case.procedure.sharing;
    let parents = terms.signed_by_parents.get().map(|_| case.parents()).unwrap_or_default();
    let children = terms.signed_by_child.get().map(|_| case.children()).unwrap_or_default();
    let is_other = |person: Person| !parents.has(person) && !children.has(person);
    let involved = case.involved().iter().copied().filter(|person| is_other(*person));
    report_unsigned(case, involved, is_other, found);
}

/// Tells of people without a signature, and of signatures without a day among those that are theirs.
fn report_unsigned<'a>(
    case: &Case<'a>,
    expected: impl Iterator<Item = Person<'a>>,
    is_theirs: impl Fn(Person) -> bool,
    found: &mut Found,
) {
    let signatures = &case.record.plan.signatures;
    let rows = signatures.rows().map(|(i, signature)| (i, Person::new(&signature.person, &signature.name)));
    let roll = roll::call(case, expected, rows);
    let lacking: Vec<_> =
        roll.iter().filter(|(_, row)| row.is_none()).map(|(person, _)| person.name).collect();
    if !lacking.is_empty() {
        found
            .at(field!(plan.signatures), format!("There is no signature of {}", people::in_a_row(&lacking)))
            .remedy("Add each signature with its day, or the reason there is none.");
    }
    for (i, signature) in signatures.rows() {
        if !is_theirs(Person::new(&signature.person, &signature.name)) {
            continue;
        }
        let field = field!(plan.signatures[i].signed_on);
        if signature.signed_on.is_blank() && signature.reason_not_signed.is_blank() {
            found.at(field, format!("Date signed is missing for signature {}", i + 1));
        } else if signature.signed_on.get().is_some_and(|day| day > case.today) {
            found.at(field, format!("Date signed is in the future for signature {}", i + 1));
        }
    }
}

// ---- which version ----

const SHARING_SIGNED_VERSION: Rule<Asked> = Rule {
    id: "sharing-signed-version",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "The version that is signed is the latest",
    remedy: "Have the latest version signed.",
    term: |procedure| procedure.sharing.latest_version_signed.get(),
    check: sharing_signed_version,
};

fn sharing_signed_version(_: &Asked, case: &Case, found: &mut Found) {
    let (plan, latest) = (&case.record.plan, case.latest_version());
    // The sheets of earlier versions may be kept above that of the latest: for whoever signed that, they are history.
    let mut signed_latest = Distinct::default();
    for (_, signature) in plan.signatures.rows() {
        if !latest.is_blank() && signature.version.is_version(latest) {
            signed_latest.add(Person::new(&signature.person, &signature.name));
        }
    }
    for (i, signature) in plan.signatures.rows() {
        let Some(signed_on) = signature.signed_on.get() else { continue };
        let is_latest = signature.version.is_version(latest);
        if !is_latest && signed_latest.has(Person::new(&signature.person, &signature.name)) {
            continue;
        }
        if !signature.version.is_blank() && !latest.is_blank() && !is_latest {
            let message = format!("Signature {} is under another version than the latest", i + 1);
            found.at(field!(plan.signatures[i].version), message);
        } else if plan.drawn_up_on.get().is_some_and(|drawn_up_on| signed_on < drawn_up_on) {
            let message = format!("Signature {} is from before the day the plan was drawn up", i + 1);
            found.at(field!(plan.signatures[i].signed_on), message);
        }
    }
}
