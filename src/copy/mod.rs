//! The copy of a plan that one person may see.
//!
//! [`copy_for`] gives somebody the plan as the manuals share it, and somebody from whom the plan is kept no more than
//! was agreed for them. What may go into a copy is listed in `contents`; everything else stays out. Where it is not
//! clear who somebody is, or what was agreed, there is no copy.

mod contents;
mod reader;
mod secrets;

use std::fmt;

use serde::Serialize;

use crate::part::{self, Given, Part, Step};
use crate::people::Person;
use crate::procedure::Procedure;
use crate::record::{MeetingKind, PlanPart, Record, RoleKind};
use contents::Holds;
use reader::{Known, Sight};
use secrets::Secrets;

pub use reader::Reader;

/// A copy, with what was kept back to make it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanCopy {
    /// Whether it is the plan as it is shared, or the parts of it that were agreed.
    pub sees: Sees,
    /// What the person may see: a record like any other, with less in it. Every answer in it is one of the whole record,
    /// as it was entered there.
    pub record: Record,
    /// What the person may not see, in the order of the record. It is for those who send the copy.
    pub removed: Vec<Removed>,
}

/// One place that was kept out of a copy, with everything below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Removed {
    /// The place in the whole record.
    pub path: String,
    /// The place in words: "Reason for the decision (meeting 2)".
    pub label: String,
    /// Why it was kept out, in a sentence. It repeats nothing that was kept out.
    pub reason: String,
}

/// Why there is no copy for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The plan is kept from them, and no part of it may be shared.
    MaySeeNothing,
    /// What may be shared with them was not agreed by those who have to agree it.
    NotAgreed,
    /// They have no part in the plan and are not on the list of those who get it.
    UnknownRecipient,
    /// They could be somebody from whom the plan is kept, or one of two people of the same name.
    AmbiguousRecipient,
    /// The plan is kept from somebody whom the row does not name. The index of the row.
    UnnamedExclusion {
        /// From 0.
        row: usize,
    },
    /// The list of those from whom the plan is kept cannot be read.
    UnreadableExclusions,
}

impl Refusal {
    /// A name for it that stays the same: `may-see-nothing`.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::MaySeeNothing => "may-see-nothing",
            Refusal::NotAgreed => "not-agreed",
            Refusal::UnknownRecipient => "unknown-recipient",
            Refusal::AmbiguousRecipient => "ambiguous-recipient",
            Refusal::UnnamedExclusion { .. } => "unnamed-exclusion",
            Refusal::UnreadableExclusions => "unreadable-exclusions",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Refusal::MaySeeNothing => f.write_str("The plan is kept from this person, and no part of it may be shared with them"),
            Refusal::NotAgreed => f.write_str(
                "What may be shared with this person is not agreed: the social worker and the manager who agreed are both \
                 needed",
            ),
            Refusal::UnknownRecipient => {
                f.write_str("This person has no part in the plan and is not among its recipients")
            }
            Refusal::AmbiguousRecipient => f.write_str(
                "This person could be somebody the plan is kept from, or one of two people with the same name. Enter full \
                 names, or the key of the person",
            ),
            Refusal::UnnamedExclusion { row } => write!(
                f,
                "Person {} the plan is kept from has no name, so it is not known whether this is them. Enter the name first",
                row + 1
            ),
            Refusal::UnreadableExclusions => f.write_str(
                "The list of people the plan is kept from cannot be read, so it is not known who may see what",
            ),
        }
    }
}

impl std::error::Error for Refusal {}

/// How much of the plan somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub enum Sees {
    /// The plan as it is shared.
    Plan,
    /// The parts that were agreed, and nothing else.
    AgreedParts,
    /// Nothing, or nobody knows: there is no copy for them.
    Nothing,
}

/// Everyone who has a part in the plan, who is on the list of those who get it or from whom it is kept, each once, with
/// how much of it they may see.
pub fn readers(record: &Record, procedure: &Procedure) -> Vec<(Reader, Sees)> {
    let sees = |reader: &Reader| match reader::know(record, reader, procedure) {
        Ok(Known { sight: Sight::Whole, .. }) => Sees::Plan,
        Ok(Known { sight: Sight::Parts(_), .. }) => Sees::AgreedParts,
        Err(_) => Sees::Nothing,
    };
    let everyone = reader::everyone(record);
    everyone.into_iter().map(|reader| (sees(&reader), reader)).map(|(sees, reader)| (reader, sees)).collect()
}

/// The copy that somebody may see. Fails where they may see nothing, and where it is not clear who they are or what was
/// agreed.
///
/// ```
/// use cinplan::copy::{Reader, copy_for};
/// use cinplan::{Procedure, Record};
///
/// let record: Record = serde_json::from_str(r#"{
///     "plan": { "actions": [{ "what": "Attend the course", "who": "Darren Walsh" }], "contingency": "Ring Rachel" },
///     "sharing": { "exclusions": [{ "name": "Darren Walsh", "role": "Noah's father", "may_share": ["own-actions"],
///         "agreed_by_social_worker": "Priya Shah", "agreed_by_manager": "Tom Ellis" }] } }"#).unwrap();
/// let procedure = Procedure::built_in("cambridgeshire").unwrap();
///
/// let reader = Reader { name: "Darren Walsh".into(), ..Reader::default() };
/// let copy = copy_for(&record, &reader, &procedure).unwrap();
/// assert_eq!(copy.record.plan.actions[0].what.text(), "Attend the course");
/// assert!(copy.record.plan.contingency.is_blank());
///
/// let reader = Reader { name: "Dad".into(), ..Reader::default() };
/// assert_eq!(copy_for(&record, &reader, &procedure).unwrap_err().code(), "ambiguous-recipient");
/// ```
pub fn copy_for(record: &Record, reader: &Reader, procedure: &Procedure) -> Result<PlanCopy, Refusal> {
    let known = reader::know(record, reader, procedure)?;
    let (sees, secrets) = match known.sight {
        Sight::Whole => (Sees::Plan, None),
        Sight::Parts(_) => (Sees::AgreedParts, Some(Secrets::of(record, &known))),
    };
    let view = View { record, known, secrets };
    let mut copy = PlanCopy { sees, record: Record::default(), removed: Vec::new() };
    if let Some(kept) = view.look(record, &Here::default(), &mut copy.removed) {
        kept.put(&mut copy.record);
    }
    Ok(copy)
}

/// A place of the record on the way down.
#[derive(Clone, Default)]
struct Here {
    path: String,
    /// The path with rows as `[]`.
    pattern: String,
    rows: Vec<usize>,
    /// Whether the row that it stands in is the reader's own.
    own: bool,
}

impl Here {
    fn step(&mut self, step: Step) {
        part::push(&mut self.path, step);
        match step {
            Step::Row(index) => {
                self.rows.push(index);
                self.pattern.push_str("[]");
            }
            name => part::push(&mut self.pattern, name),
        }
    }
}

/// What is kept of a part.
enum Kept {
    Leaf(String),
    Group(Vec<(String, Kept)>),
    Rows(Vec<Kept>),
}

impl Kept {
    fn put(&self, into: &mut dyn Part) {
        match self {
            Kept::Leaf(text) => into.take(Given::Text(text)),
            Kept::Group(parts) => {
                for (name, part) in parts {
                    if let Some(into) = into.named(name) {
                        part.put(into);
                    }
                }
            }
            Kept::Rows(rows) => {
                for (index, row) in rows.iter().enumerate() {
                    if let Some(into) = into.row(index) {
                        row.put(into);
                    }
                }
            }
        }
    }
}

/// Why something is kept out of a copy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    WorkingPaper,
    NotAgreed,
    /// A row that is about somebody else.
    NotTheirs,
    /// A row about a child of whom the exclusion does not say that they are the reader's.
    OtherChild,
    /// A row in which too little is left.
    Remainder,
    NotInvited,
    Professionals,
    UnknownKind,
    PrivateContact,
    Named,
    GivesAway(&'static str),
    Unreadable,
}

impl Why {
    fn at(self, here: &Here) -> Removed {
        Removed { path: here.path.clone(), label: Record::place(&here.path), reason: self.to_string() }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Why::WorkingPaper => "It is a working paper and stays on the case record.",
            Why::NotAgreed => "It is not agreed that it may be shared with this person.",
            Why::NotTheirs => "It does not surely concern this person alone.",
            Why::OtherChild => {
                "It concerns a child who is not named in the role of this person, such as “Noah’s father”."
            }
            Why::Remainder => "What the row is about is kept back, so the rest of it is too.",
            Why::NotInvited => "This person was not invited.",
            Why::Professionals => "It was a meeting without the family.",
            Why::UnknownKind => {
                "The kind of meeting is not known, so it may have been one without the family."
            }
            Why::PrivateContact => "It is how to reach somebody who is not there as a professional.",
            Why::Named => "It names somebody or some place that is not theirs to know.",
            Why::GivesAway(what) => return write!(f, "It may give away {what}."),
            Why::Unreadable => "It cannot be read, so it is not known what it says.",
        })
    }
}

struct View<'a> {
    record: &'a Record,
    known: Known,
    /// What the copy may not give away; `None` where nothing is kept from the reader.
    secrets: Option<Secrets>,
}

impl View<'_> {
    /// What is kept of a part. What is not is noted, in one line where nothing is left and there is one reason.
    fn look(&self, part: &dyn Part, here: &Here, removed: &mut Vec<Removed>) -> Option<Kept> {
        let mut below = Vec::new();
        part.each(&mut |step, part| below.push((step, part)));
        if below.is_empty() {
            return self.leaf(part, here, removed);
        }
        let mut noted = Vec::new();
        let mut kept = Vec::new();
        for (step, part) in below {
            let mut here = here.clone();
            here.step(step);
            let found = match step {
                Step::Row(_) if part.is_empty() => self.secrets.is_none().then(|| Kept::Group(Vec::new())),
                Step::Row(_) => match self.row(&mut here) {
                    Ok(()) => self.look(part, &here, &mut noted),
                    Err(why) => {
                        noted.push(why.at(&here));
                        None
                    }
                },
                Step::Name(_) => self.look(part, &here, &mut noted),
            };
            kept.extend(found.map(|found| (step, found)));
        }
        if let Some((_, heart)) = contents::HEARTS.iter().find(|(row, _)| *row == here.pattern)
            && self.secrets.is_some()
            && !kept.is_empty()
            && !kept.iter().any(|(step, _)| *step == Step::Name(heart))
        {
            kept.clear();
            noted.push(Why::Remainder.at(here));
        }
        let is_rows = matches!(kept.first(), Some((Step::Row(_), _)));
        // Rows that hold nothing mark no place where nothing else is left.
        let is_nothing = kept.iter().all(|(_, kept)| matches!(kept, Kept::Group(parts) if parts.is_empty()));
        if is_nothing {
            match noted.first() {
                Some(first)
                    if !here.path.is_empty() && noted.iter().all(|other| other.reason == first.reason) =>
                {
                    removed.push(Removed { reason: first.reason.clone(), ..Why::NotAgreed.at(here) });
                }
                _ => removed.extend(noted),
            }
            return None;
        }
        removed.extend(noted);
        Some(if is_rows {
            Kept::Rows(kept.into_iter().map(|(_, kept)| kept).collect())
        } else {
            let name = |step| match step {
                Step::Name(name) => String::from(name),
                Step::Row(_) => String::new(),
            };
            Kept::Group(kept.into_iter().map(|(step, kept)| (name(step), kept)).collect())
        })
    }

    fn leaf(&self, leaf: &dyn Part, here: &Here, removed: &mut Vec<Removed>) -> Option<Kept> {
        let text = leaf.spelt()?;
        match self.may_see(leaf, &text, here) {
            Ok(()) if text.is_empty() => None,
            Ok(()) => Some(Kept::Leaf(text.into_owned())),
            Err(why) => {
                removed.push(why.at(here));
                None
            }
        }
    }

    fn may_see(&self, leaf: &dyn Part, text: &str, here: &Here) -> Result<(), Why> {
        let shared = contents::shared_at(&here.pattern).ok_or(Why::WorkingPaper)?;
        let (Sight::Parts(agreed), Some(secrets)) = (&self.known.sight, &self.secrets) else {
            return match shared.holds {
                Holds::Contact if !self.is_professional(here) => Err(Why::PrivateContact),
                _ => Ok(()),
            };
        };
        if !shared.parts.iter().any(|part| agreed.contains(part)) {
            return Err(Why::NotAgreed);
        }
        let gives_away =
            || secrets.given_away(text, here.own).map_or(Ok(()), |what| Err(Why::GivesAway(what)));
        match shared.holds {
            Holds::Fact if leaf.problem().is_some() => Err(Why::Unreadable),
            Holds::Fact => Ok(()),
            Holds::Words => gives_away(),
            Holds::Person if self.known.is(Person::named("", text)) => Ok(()),
            Holds::Person | Holds::Place if here.own => gives_away(),
            Holds::Person | Holds::Place | Holds::Contact | Holds::Key => Err(Why::Named),
        }
    }

    fn is_professional(&self, here: &Here) -> bool {
        match here.rows[..] {
            [row] => self.record.plan.roles[row].kind.is(RoleKind::Professional),
            _ => false,
        }
    }

    /// Whether a row may go into the copy, and whether it is the reader's own.
    fn row(&self, here: &mut Here) -> Result<(), Why> {
        let record = self.record;
        match (here.pattern.as_str(), &here.rows[..]) {
            ("children[]", [i]) => self.child(record.children[*i].name.text())?,
            ("plan.needs[]", [i]) => self.child(record.plan.needs[*i].child.text())?,
            ("plan.outcomes[]", [i]) => self.child(record.plan.outcomes[*i].child.text())?,
            ("plan.actions[]", [i]) => {
                here.own = self.known.acts(&record.plan.actions[*i]);
                if let Sight::Parts(agreed) = &self.known.sight
                    && !here.own
                    && !agreed.contains(&PlanPart::Actions)
                    && agreed.contains(&PlanPart::OwnActions)
                {
                    return Err(Why::NotTheirs);
                }
            }
            ("plan.roles[]", [i]) => {
                let role = &record.plan.roles[*i];
                here.own = self.known.has(role);
                // Who of the family does what for the children says where the children are.
                if self.secrets.is_some() && !here.own && !role.kind.is(RoleKind::Professional) {
                    return Err(Why::NotTheirs);
                }
            }
            ("meetings[]", [m]) => match record.meetings[*m].kind.get() {
                Some(MeetingKind::Professionals | MeetingKind::FamilyNetwork) => {
                    return Err(Why::Professionals);
                }
                Some(_) => {}
                None => return Err(Why::UnknownKind),
            },
            ("meetings[].invitees[]", [m, i]) => {
                let invitee = &record.meetings[*m].invitees[*i];
                here.own = self.known.is(Person::new(&invitee.person, &invitee.name));
                if self.secrets.is_some() && !here.own {
                    return Err(Why::NotTheirs);
                }
                if !invitee.reason_not_invited.is_blank() {
                    return Err(Why::NotInvited);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a row is about a child whom the exclusion names as the reader's, or about the only child that there is.
    fn child(&self, child: &str) -> Result<(), Why> {
        let Some(secrets) = &self.secrets else { return Ok(()) };
        let children = self.record.children.rows();
        let child = child.trim();
        let by_id = children.clone().find(|(_, row)| !child.is_empty() && row.id.text().trim() == child);
        let name = by_id.map_or(child, |(_, row)| row.name.text());
        let first = name.split_whitespace().next().unwrap_or_default();
        if children.count() < 2 || secrets.is_own(first) { Ok(()) } else { Err(Why::OtherChild) }
    }
}
