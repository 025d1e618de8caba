//! Who asks for a copy, and what they may see.

use rustc_hash::FxHashSet as HashSet;

use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::cast;
use crate::likeness::Listed;
use crate::order;
use crate::part::Part;
use crate::people::{Person, Same};
use crate::procedure::Procedure;
use crate::record::{Action, Exclusion, MeetingKind, PlanPart, Record, Role};
use crate::words::words;

/// Somebody for whom a copy is made: as the record names them, by the host's key, by name, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Reader {
    /// The host's key of the person; empty where there is none.
    pub person: String,
    /// The name as it stands in the record.
    pub name: String,
    /// What they are to the children or in the plan: "father", "Designated Safeguarding Lead".
    pub role: String,
}

impl Reader {
    fn new(person: &str, name: &str, role: &str) -> Reader {
        Reader { person: person.trim().into(), name: name.trim().into(), role: role.trim().into() }
    }

    fn of(exclusion: &Exclusion) -> Reader {
        Reader::new(exclusion.person.text(), exclusion.name.text(), exclusion.role.text())
    }

    pub(super) fn person(&self) -> Person<'_> {
        Person::named(&self.person, &self.name)
    }

    /// Whether what stands in the place of a name says how somebody is related, and not who it is: "Dad", "Grandad
    /// Peter", "Noah Hart's dad", but not "Father Tomasz Lis".
    fn has_no_name(&self) -> bool {
        let words = words(&self.name);
        let is_relation = |word: &String| cast::is_relation(word);
        let named = words.iter().filter(|word| !is_relation(word)).count();
        words.last().is_none_or(is_relation)
            || (named < words.len() && (named < 2 || words.iter().any(|word| word == "of")))
    }

    fn listed(&self) -> Listed<'_> {
        Listed::named(self.person(), &self.role)
    }
}

/// How much of the plan somebody may see.
pub(super) enum Sight {
    Whole,
    /// These parts, for somebody from whom the plan is otherwise kept.
    Parts(Vec<PlanPart>),
}

/// Somebody whom the record knows, under every name that it has for them.
pub(super) struct Known {
    pub sight: Sight,
    pub names: Vec<Reader>,
    /// Their role, as those who keep the plan from them have written it.
    pub roles: Vec<String>,
}

impl Known {
    /// Whether a row surely means them.
    pub fn is(&self, person: Person) -> bool {
        let keyed = self.names.iter().find(|one| !one.person.is_empty());
        match keyed {
            Some(one) if !person.key.is_empty() => one.person == person.key,
            _ => self.names.iter().any(|one| one.person().is(person)),
        }
    }
}

impl Known {
    /// Whether an action is theirs alone.
    pub fn acts(&self, action: &Action) -> bool {
        self.is(Person::new(&action.person, &action.who))
    }

    /// Whether a part in the plan is theirs.
    pub fn has(&self, role: &Role) -> bool {
        self.is(Person::new(&role.person, &role.name))
    }

    /// The rows of the plan that are theirs, as paths begin with them.
    pub fn own_rows(&self, record: &Record) -> Vec<String> {
        let (actions, roles) = (record.plan.actions.rows(), record.plan.roles.rows());
        let actions =
            actions.filter(|(_, action)| self.acts(action)).map(|(i, _)| format!("plan.actions[{i}]."));
        let roles = roles.filter(|(_, role)| self.has(role)).map(|(i, _)| format!("plan.roles[{i}]."));
        actions.chain(roles).collect()
    }
}

/// Finds somebody in the record, and what they may see. Whatever is not clear is refused: a copy that went to the wrong
/// person cannot be taken back.
pub(super) fn know(record: &Record, reader: &Reader, procedure: &Procedure) -> Result<Known, Refusal> {
    let reader = Reader::new(&reader.person, &reader.name, &reader.role);
    if reader.person().is_nobody() {
        return Err(Refusal::UnknownRecipient);
    }
    let exclusions = &record.sharing.exclusions;
    let is_unreadable = |part: &dyn Part| part.problem().is_some();
    if is_unreadable(record) || is_unreadable(&*record.sharing) || is_unreadable(&**exclusions) {
        return Err(Refusal::UnreadableExclusions);
    }
    let mut names = names_of(record, &reader)?;
    if names.is_empty() && reader.name.is_empty() {
        return Err(Refusal::UnknownRecipient);
    }
    names.insert(0, reader);

    let (mut parts, mut roles): (Option<Vec<PlanPart>>, _) = (None, Vec::new());
    for (index, exclusion) in exclusions.rows() {
        match reaches(&names, &Reader::of(exclusion)) {
            Reach::No => {}
            Reach::Nameless => return Err(Refusal::UnnamedExclusion { row: index }),
            Reach::Perhaps => return Err(Refusal::AmbiguousRecipient),
            Reach::Yes => {
                let agreed = agreed_parts(exclusion, procedure)?;
                roles.push(exclusion.role.text().to_owned());
                // Kept from the same person twice: what both rows allow.
                parts = Some(match parts {
                    Some(earlier) => earlier.into_iter().filter(|part| agreed.contains(part)).collect(),
                    None => agreed,
                });
            }
        }
    }
    match parts {
        Some(parts) if parts.is_empty() => Err(Refusal::MaySeeNothing),
        Some(parts) => Ok(Known { sight: Sight::Parts(parts), names, roles }),
        None if names.len() == 1 => Err(Refusal::UnknownRecipient),
        None => Ok(Known { sight: Sight::Whole, names, roles }),
    }
}

fn agreed_parts(exclusion: &Exclusion, procedure: &Procedure) -> Result<Vec<PlanPart>, Refusal> {
    let parts: Vec<PlanPart> = exclusion.may_share.ticked().collect();
    let is_agreed = !exclusion.agreed_by_social_worker.is_blank() && !exclusion.agreed_by_manager.is_blank();
    if !parts.is_empty() && !is_agreed && procedure.sharing.exclusion_agreed.get().is_some() {
        return Err(Refusal::NotAgreed);
    }
    Ok(parts)
}

/// Every row that surely names somebody: those that name them as they were given, and those under the same key.
fn names_of(record: &Record, reader: &Reader) -> Result<Vec<Reader>, Refusal> {
    let all: Vec<Reader> = people(record).chain(exclusions(record)).collect();
    let mut names: Vec<Reader> = all.iter().filter(|one| one.person().is(reader.person())).cloned().collect();
    let keys: HashSet<String> = names.iter().chain([reader]).map(|one| one.person.clone()).collect();
    let mut keys = keys.into_iter().filter(|key| !key.is_empty());
    if let Some(key) = keys.next() {
        names.extend(all.into_iter().filter(|one| one.person == key));
    }
    if keys.next().is_some() {
        // Two people of one name, whom the host tells apart.
        return Err(Refusal::AmbiguousRecipient);
    }
    order::distinct(&mut names);
    Ok(names)
}

/// How sure it is that the plan is kept from somebody.
enum Reach {
    No,
    Perhaps,
    /// The row says that the plan is kept from somebody, and not from whom.
    Nameless,
    Yes,
}

fn reaches(names: &[Reader], kept_from: &Reader) -> Reach {
    let key = names.iter().map(|one| one.person.as_str()).find(|key| !key.is_empty());
    if let Some(key) = key.filter(|_| !kept_from.person.is_empty()) {
        return if key == kept_from.person { Reach::Yes } else { Reach::No };
    }
    if kept_from.has_no_name() {
        return Reach::Nameless;
    }
    let named = names.iter().any(|one| !one.name.is_empty());
    let same = names.iter().filter(|one| !(named && one.name.is_empty())).map(|one| {
        let same = one.listed().reaches(kept_from.listed());
        let could_be = one.has_no_name() && cast::could_be_one_relation(&one.name, &kept_from.role);
        if could_be { same.max(Same::Perhaps) } else { same }
    });
    let same = same.max();
    match same {
        Some(Same::Yes) => Reach::Yes,
        Some(Same::Perhaps) => Reach::Perhaps,
        Some(Same::No) | None => Reach::No,
    }
}

fn exclusions(record: &Record) -> impl Iterator<Item = Reader> + '_ {
    record.sharing.exclusions.rows().map(|(_, exclusion)| Reader::of(exclusion))
}

/// Everyone who has a part in the plan or is on the list of those who get it.
fn people(record: &Record) -> impl Iterator<Item = Reader> + '_ {
    let (worker, manager, plan) = (&record.case.social_worker, &record.case.manager, &record.plan);
    let lead = &plan.lead_professional;
    let recipients = record.sharing.recipients.rows();
    let recipients =
        recipients.map(|(_, one)| Reader::new(one.person.text(), one.name.text(), one.role.text()));
    let children = record.children.rows();
    let children = children.map(|(_, one)| Reader::new(one.person.text(), one.name.text(), "child"));
    let invitees = record
        .meetings
        .rows()
        .filter(|(_, meeting)| !meeting.kind.is(MeetingKind::Professionals))
        .flat_map(|(_, meeting)| meeting.invitees.rows())
        .map(|(_, one)| {
            let role = one.role.get().map_or("", |role| role.spelling());
            Reader::new(one.person.text(), one.name.text(), role)
        });
    let roles = plan.roles.rows();
    let roles = roles.map(|(_, one)| Reader::new(one.person.text(), one.name.text(), one.role.text()));
    let signatures = plan.signatures.rows();
    let signatures =
        signatures.map(|(_, one)| Reader::new(one.person.text(), one.name.text(), one.role.text()));
    let officers = [
        Reader::new(lead.person.text(), lead.name.text(), lead.role.text()),
        Reader::new(worker.person.text(), worker.name.text(), "social worker"),
        Reader::new(manager.person.text(), manager.name.text(), manager.role.text()),
    ];
    recipients
        .chain(children)
        .chain(invitees)
        .chain(roles)
        .chain(signatures)
        .chain(officers)
        .filter(|one| !one.person().is_nobody())
}

/// Everyone for whom a copy can be asked for, each once, in the order in which the record names them.
pub(super) fn everyone(record: &Record) -> Vec<Reader> {
    let mut all: Vec<Reader> = Vec::new();
    for one in people(record).chain(exclusions(record)) {
        if one.person().is_nobody() {
            continue;
        }
        match all.iter_mut().find(|known| known.person().is(one.person())) {
            Some(known) => {
                if known.person.is_empty() {
                    known.person = one.person;
                }
                if known.role.is_empty() {
                    known.role = one.role;
                }
            }
            None => all.push(one),
        }
    }
    all
}
