//! What a copy may hold. Everything else of the record is a working paper and stays where it is.
//!
//! This is a list of what goes in and never of what stays out, so that a part of the record that is new is kept back
//! until somebody adds it here. `tests/copies/leaves.json` says the same for people who do not read Rust.

use crate::record::PlanPart::{self, *};

/// What an answer can give away, apart from the part of the plan that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A day, a time, a choice, a number: it says no more than it is.
    Fact,
    /// Words in which anybody and any place may be named.
    Words,
    /// The name of somebody.
    Person,
    /// An agency, a venue, a service: where somebody is to be found.
    Place,
    /// How to reach somebody.
    Contact,
    /// What rows refer to one another by. It has no meaning outside the host's own system.
    Key,
}
use Holds::*;

/// One answer that may go into a copy.
pub struct Shared {
    /// Its place in the record, rows as `[]`.
    pub path: &'static str,
    pub holds: Holds,
    /// The parts that have to be agreed, any one of them, for somebody from whom the plan is kept. None: it goes to those
    /// alone from whom nothing is kept.
    pub parts: &'static [PlanPart],
}

const fn shared(path: &'static str, holds: Holds, parts: &'static [PlanPart]) -> Shared {
    Shared { path, holds, parts }
}

const NO_PART: &[PlanPart] = &[];
const ACTIONS: &[PlanPart] = &[Actions, OwnActions];
const MEETING_DAYS: &[PlanPart] = &[Meetings, Minutes, Decisions];
const MEETING_TIMES: &[PlanPart] = &[Meetings, Minutes];
const DECISIONS: &[PlanPart] = &[Minutes, Decisions];

/// Every answer that may go into a copy.
pub const CONTENTS: &[Shared] = &[
    shared("children[].id", Key, NO_PART),
    shared("children[].name", Person, NO_PART),
    shared("children[].date_of_birth", Fact, NO_PART),
    shared("children[].expected_date_of_birth", Fact, NO_PART),
    shared("children[].views.text", Words, &[Views]),
    shared("children[].views.influence_on_plan", Words, &[Views]),
    shared("case.social_worker.name", Person, NO_PART),
    // The plan itself.
    shared("plan.kind", Fact, NO_PART),
    shared("plan.interim", Fact, NO_PART),
    shared("plan.version", Words, NO_PART),
    shared("plan.started_on", Fact, NO_PART),
    shared("plan.drawn_up_on", Fact, NO_PART),
    shared("plan.updated_on", Fact, NO_PART),
    shared("plan.expected_end_on", Fact, NO_PART),
    shared("plan.next_review_on", Fact, &[Reviews]),
    shared("plan.next_formal_review_on", Fact, &[Reviews]),
    shared("plan.needs[].id", Key, NO_PART),
    shared("plan.needs[].child", Key, NO_PART),
    shared("plan.needs[].text", Words, &[Needs]),
    shared("plan.needs[].services", Place, NO_PART),
    shared("plan.needs[].progress", Words, &[Needs]),
    shared("plan.outcomes[].id", Key, NO_PART),
    shared("plan.outcomes[].child", Key, NO_PART),
    shared("plan.outcomes[].text", Words, &[Outcomes]),
    shared("plan.outcomes[].need", Key, NO_PART),
    shared("plan.outcomes[].progress", Words, &[Outcomes]),
    shared("plan.outcomes[].result", Words, &[Outcomes]),
    shared("plan.actions[].id", Key, NO_PART),
    shared("plan.actions[].what", Words, ACTIONS),
    shared("plan.actions[].who", Person, ACTIONS),
    shared("plan.actions[].measure", Words, ACTIONS),
    shared("plan.actions[].outcome", Key, NO_PART),
    shared("plan.actions[].due_on", Fact, ACTIONS),
    shared("plan.actions[].resources[].name", Place, ACTIONS),
    shared("plan.actions[].resources[].status", Fact, NO_PART),
    shared("plan.actions[].resources[].alternative", Place, NO_PART),
    shared("plan.actions[].status", Fact, ACTIONS),
    shared("plan.actions[].done_on", Fact, ACTIONS),
    shared("plan.actions[].result", Words, ACTIONS),
    shared("plan.services[].name", Place, NO_PART),
    shared("plan.services[].provider", Place, NO_PART),
    shared("plan.services[].need", Key, NO_PART),
    shared("plan.services[].recipient", Person, NO_PART),
    shared("plan.services[].outcome", Key, NO_PART),
    shared("plan.services[].referred_on", Fact, NO_PART),
    shared("plan.services[].starts_on", Fact, NO_PART),
    shared("plan.lead_professional.name", Person, &[Roles]),
    shared("plan.lead_professional.role", Words, &[Roles]),
    shared("plan.lead_professional.responsibilities", Words, &[Roles]),
    shared("plan.lead_professional.visit_every", Fact, &[Visits]),
    shared("plan.roles[].name", Person, &[Roles]),
    shared("plan.roles[].role", Words, &[Roles]),
    shared("plan.roles[].agency", Place, &[Roles]),
    shared("plan.roles[].kind", Fact, &[Roles]),
    shared("plan.roles[].responsibilities", Words, &[Roles]),
    shared("plan.roles[].contact", Contact, NO_PART),
    shared("plan.roles[].contact_kind", Words, &[Roles]),
    shared("plan.roles[].contact_every", Fact, &[Roles]),
    shared("plan.roles[].involved_from", Fact, NO_PART),
    shared("plan.roles[].involved_until", Fact, NO_PART),
    shared("plan.contingency", Words, &[Contingency]),
    shared("plan.safety_plan", Words, &[SafetyPlan]),
    shared("plan.consequences", Words, NO_PART),
    shared("plan.wider_family", Words, NO_PART),
    shared("plan.review_points[].on", Fact, &[Reviews]),
    shared("plan.review_points[].judged_by", Words, &[Reviews]),
    shared("plan.long_term_support.acknowledged", Fact, NO_PART),
    shared("plan.long_term_support.reason", Words, NO_PART),
    shared("plan.visiting.arrangements", Words, &[Visits]),
    shared("plan.visiting.bedroom", Words, NO_PART),
    shared("plan.changes[].on", Fact, NO_PART),
    shared("plan.changes[].what", Words, NO_PART),
    shared("plan.signatures[].name", Person, NO_PART),
    shared("plan.signatures[].role", Words, NO_PART),
    shared("plan.signatures[].signed_on", Fact, NO_PART),
    shared("plan.signatures[].version", Words, NO_PART),
    // The meetings to which the family comes.
    shared("meetings[].kind", Fact, MEETING_DAYS),
    shared("meetings[].held_on", Fact, MEETING_DAYS),
    shared("meetings[].starts_at", Fact, MEETING_TIMES),
    shared("meetings[].ends_at", Fact, MEETING_TIMES),
    shared("meetings[].venue", Place, NO_PART),
    shared("meetings[].chair.name", Person, MEETING_TIMES),
    shared("meetings[].chair.role", Words, MEETING_TIMES),
    shared("meetings[].invitees[].name", Person, MEETING_TIMES),
    shared("meetings[].invitees[].role", Fact, MEETING_TIMES),
    shared("meetings[].invitees[].agency", Place, NO_PART),
    shared("meetings[].invitees[].attended", Fact, MEETING_TIMES),
    shared("meetings[].decision", Fact, DECISIONS),
    shared("meetings[].decision_reason", Words, DECISIONS),
    shared("meetings[].next_meeting_on", Fact, MEETING_TIMES),
    // When the family was visited; what was seen there is a working paper.
    shared("visits[].on", Fact, &[Visits]),
];

/// The answer of a row without which the rest of it means nothing, or more than it should.
pub const HEARTS: &[(&str, &str)] = &[
    ("plan.needs[]", "text"),
    ("plan.outcomes[]", "text"),
    ("plan.actions[]", "what"),
    ("plan.roles[]", "role"),
];

/// What is said of an answer that may go into a copy; `None` for all others.
pub fn shared_at(path: &str) -> Option<&'static Shared> {
    CONTENTS.iter().find(|shared| shared.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::part::{Fields, Step, info, steps};
    use crate::record::Record;

    #[test]
    fn every_place_is_one_of_the_record_and_stands_once() {
        for shared in CONTENTS {
            let path = shared.path.replace("[]", "[0]");
            let steps: Vec<Step> = steps(&path).expect("a path");
            let leaf = info(Record::FIELDS, &steps).unwrap_or_else(|| panic!("{} is no place", shared.path));
            assert!(leaf.below.is_empty(), "{} is no single answer", shared.path);
            assert_eq!(
                CONTENTS.iter().filter(|other| other.path == shared.path).count(),
                1,
                "{}",
                shared.path
            );
        }
        for (row, heart) in HEARTS {
            assert!(shared_at(&format!("{row}.{heart}")).is_some(), "{row} has no {heart}");
        }
    }
}
