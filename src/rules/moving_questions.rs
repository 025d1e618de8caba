//! Questions about a move between areas that only a person can judge, asked while the record holds a move.

use crate::case::Case;
use crate::day::Day;
use crate::finding::{Section, Stage};
use crate::part::Part;
use crate::record::{Direction, PermissionAnswer, SharingGround};
use crate::rule::{Check, Prompt};

pub(super) const CHECKS: &[&dyn Check] = &[
    &MOVING_EFFECT,
    &MOVING_TRAFFICKING,
    &MOVING_PLAN_CONTINUES,
    &MOVING_PARENTS,
    &MOVING_SERVICES,
    &MOVING_ADVICE,
    &MOVING_RISKS,
    &MOVING_COUNTERPARTS,
    &MOVING_TOGETHER,
    &MOVING_LINKS,
    &MOVING_LEGAL_ADVICE,
    &MOVING_IN_MEETING,
    &MOVING_RECORD,
];

// ---- when a question applies ----

/// Answered once, it stands.
fn for_good(_: &Case) -> Option<Day> {
    None
}

/// A child who has a child protection plan moves by other rules.
fn moves(case: &Case) -> bool {
    !case.record.transfer.is_empty() && !case.is_child_protection()
}

fn moves_out(case: &Case) -> bool {
    moves(case) && !case.record.transfer.direction.is(Direction::In)
}

fn moves_in(case: &Case) -> bool {
    moves(case) && case.record.transfer.direction.is(Direction::In)
}

fn has_moved_out(case: &Case) -> bool {
    moves_out(case) && case.moved_away_on().is_some_and(|day| day <= case.today)
}

// ---- the child and the family ----

const MOVING_EFFECT: Prompt = Prompt {
    id: "moving-effect",
    section: Section::Case,
    question: "Has it been weighed, soon enough for the risk, what the move does to the child: what protects the child, and who may be a danger?",
    stage: Stage::Meeting,
    when: moves,
    since: for_good,
};

const MOVING_TRAFFICKING: Prompt = Prompt {
    id: "moving-trafficking",
    section: Section::Case,
    question: "Has it been asked whether the child may be a victim of trafficking or modern slavery, above all where the family moved more than once?",
    stage: Stage::Meeting,
    when: moves,
    since: for_good,
};

const MOVING_PLAN_CONTINUES: Prompt = Prompt {
    id: "moving-plan-continues",
    section: Section::Case,
    question: "Has a referral to the new authority been considered, so that the plan goes on there, and do the parents know why it has to?",
    stage: Stage::Meeting,
    when: moves_out,
    since: for_good,
};

const MOVING_PARENTS: Prompt = Prompt {
    id: "moving-parents",
    section: Section::Case,
    question: "Do the parents or carers know that it is for them to see to school, health care and special services in the new area?",
    stage: Stage::Meeting,
    when: moves_out,
    since: for_good,
};

const MOVING_SERVICES: Prompt = Prompt {
    id: "moving-services",
    section: Section::Case,
    question: "Is the family helped to find services in the new area that suit the child, and is every gap noted?",
    stage: Stage::Meeting,
    when: moves_out,
    since: for_good,
};

const MOVING_LINKS: Prompt = Prompt {
    id: "moving-links",
    section: Section::Visits,
    question: "Did the visit to the new home show that the family is putting down roots: a local GP, and a health visitor and a school applied for where the children's ages call for them?",
    stage: Stage::Meeting,
    when: has_moved_out,
    since: for_good,
};

// ---- the two authorities ----

const MOVING_ADVICE: Prompt = Prompt {
    id: "moving-advice",
    section: Section::Sharing,
    question: "Without permission or risk: have social worker and team manager considered advice from the Caldicott Guardian or legal services?",
    stage: Stage::Meeting,
    when: |case| {
        let permission = &case.record.transfer.permission;
        let lacking =
            matches!(permission.answer.get(), Some(PermissionAnswer::Refused | PermissionAnswer::NotSought));
        moves_out(case) && lacking && permission.ground.is(SharingGround::None)
    },
    since: for_good,
};

const MOVING_RISKS: Prompt = Prompt {
    id: "moving-risks",
    section: Section::Case,
    question: "Has each risk been made plain to the other authority, and understood there?",
    stage: Stage::Meeting,
    when: has_moved_out,
    since: for_good,
};

const MOVING_COUNTERPARTS: Prompt = Prompt {
    id: "moving-counterparts",
    section: Section::Sharing,
    question: "Are the agencies in the plan passing what matters to their counterparts in the new area as soon as they can?",
    stage: Stage::Meeting,
    when: has_moved_out,
    since: for_good,
};

const MOVING_TOGETHER: Prompt = Prompt {
    id: "moving-together",
    section: Section::Case,
    question: "As far as the distance allows: have the two social workers tried to meet, and considered a joint visit and coming to each other's meeting?",
    stage: Stage::Meeting,
    when: moves,
    since: for_good,
};

const MOVING_LEGAL_ADVICE: Prompt = Prompt {
    id: "moving-legal-advice",
    section: Section::Case,
    question: "Has the senior manager considered whether the dispute or delay calls for legal advice?",
    stage: Stage::Meeting,
    when: |case| moves(case) && !case.record.transfer.dispute.is_empty(),
    since: for_good,
};

const MOVING_IN_MEETING: Prompt = Prompt {
    id: "moving-in-meeting",
    section: Section::Meetings,
    question: "Are all relevant agencies invited to the meeting after the move, and the social worker and specialists from the area that the family left where the manual wants them?",
    stage: Stage::Meeting,
    when: moves_in,
    since: for_good,
};

const MOVING_RECORD: Prompt = Prompt {
    id: "moving-record",
    section: Section::Case,
    question: "Is every action, decision and arrangement about the move on the case record, managers' decisions with their reasons?",
    stage: Stage::Close,
    when: moves,
    since: for_good,
};
