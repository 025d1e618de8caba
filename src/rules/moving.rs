//! What the other authority is told of a family who moves, and who else is.

use crate::case::Case;
use crate::cast::{self, Agency};
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::moving::{
    are, has_ground, in_words, is_closing, is_kept_back, is_near, is_referred, is_settled, is_unreadable,
    is_without_permission, lacking_among, leaving, left, shared_on, unnamed,
};
use crate::people::Person;
use crate::procedure::{Asked, Limit};
use crate::record::{
    Direction, DocumentKind, PermissionAnswer, RoleKind, SentDocument, SharingGround, Transfer,
};
use crate::roll;
use crate::rule::{Check, Clock, Deadline, Rule, SOON};

pub(super) const CHECKS: &[&dyn Check] = &[
    &MOVING_ORDER,
    &MOVING_DAY,
    &MOVING_AGAIN,
    &MOVING_LOOKED_AFTER,
    &MOVING_PERMISSION,
    &MOVING_SHARING_GROUND,
    &MOVING_NOTIFIED,
    &MOVING_DOCUMENTS,
    &MOVING_IN,
    &MOVING_REFERRAL,
    &MOVING_REFERRAL_EARLY,
    &MOVING_FOLLOW_UP,
    &MOVING_FOLLOWED_UP,
    &MOVING_GAPS,
    &MOVING_AGENCIES,
    &MOVING_FAMILY_TOLD,
    &MOVING_FAMILY_TOLD_OF_ACCEPTANCE,
];

// ---- what cannot be so ----

const MOVING_ORDER: Rule<Asked> = Rule {
    id: "moving-order",
    severity: Severity::Warning,
    stage: Stage::Draft,
    title: "What is recorded of a move can be so",
    remedy: "Check both answers.",
    term: |procedure| procedure.moving.recorded.get(),
    check: moving_order,
};

/// A child who has a child protection plan moves by other rules, and the manual says other things of it.
fn moving_order(_: &Asked, case: &Case, found: &mut Found) {
    if case.is_child_protection() {
        return;
    }
    let transfer = &case.record.transfer;
    let (permission, referral, dispute) = (&transfer.permission, &transfer.referral, &transfer.dispute);
    let before =
        |one: Option<Day>, other: Option<Day>| one.zip(other).is_some_and(|(one, other)| one < other);
    let mut tell = |is_so: bool, field, message: &str| {
        if is_so {
            found.at(field, message);
        }
    };
    tell(
        before(permission.answered_on.get(), permission.asked_on.get()),
        field!(transfer.permission.answered_on),
        "Date permission was answered is before the day it was asked for",
    );
    tell(
        permission.answer.is(PermissionAnswer::NotSought) && permission.asked_on.get().is_some(),
        field!(transfer.permission.answer),
        "Permission is not sought, and there is a day on which it was asked for",
    );
    tell(
        before(referral.followed_up_on.get(), referral.made_on.get()),
        field!(transfer.referral.followed_up_on),
        "Date the referral was followed up is before the day of the referral",
    );
    tell(
        referral.made_on.get().is_some() && !referral.reason_not_made.is_blank(),
        field!(transfer.referral.reason_not_made),
        "Reason for no referral is given, and there is a day of the referral",
    );
    tell(
        transfer.safeguarding_referral.needed.is(false)
            && transfer.safeguarding_referral.made_on.get().is_some(),
        field!(transfer.safeguarding_referral.needed),
        "Safeguarding referral needed is answered no, and there is a day on which one was made",
    );
    tell(
        before(transfer.accepted_on.get(), transfer.known_on.get()),
        field!(transfer.accepted_on),
        "Date responsibility was accepted is before the day the move became known",
    );
    tell(
        before(transfer.family_told_of_acceptance_on.get(), transfer.accepted_on.get()),
        field!(transfer.family_told_of_acceptance_on),
        "Date the family was told that responsibility had passed is before the day it was accepted",
    );
    tell(
        before(dispute.discussed_on.get(), dispute.raised_on.get())
            || before(dispute.decided_on.get(), dispute.raised_on.get()),
        field!(transfer.dispute.raised_on),
        "Date the dispute or delay arose is after it was discussed or decided",
    );
    let with_case = case.record.case.moved_in_on.get();
    tell(
        transfer.direction.is(Direction::In)
            && with_case.zip(transfer.moved_on.get()).is_some_and(|(one, other)| one != other),
        field!(transfer.moved_on),
        "Date of the move is not the date the family moved into the area",
    );
}

const MOVING_DAY: Rule<Asked> = Rule {
    id: "moving-day",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The day of the move is recorded",
    remedy: "Enter the day on which the family moved.",
    term: |procedure| procedure.moving.recorded.get(),
    check: moving_day,
};

/// Most of what is asked counts from it. It is asked for once something shows that the family has moved.
fn moving_day(_: &Asked, case: &Case, found: &mut Found) {
    let transfer = &case.record.transfer;
    // A move out that was not planned is known once it is over; an arrival may stand with the case.
    let known = if transfer.direction.is(Direction::In) {
        !case.record.case.moved_in_on.is_blank()
    } else {
        transfer.planned.is(false) && !transfer.known_on.is_blank()
    };
    if !transfer.moved_on.is_blank() || known || case.is_child_protection() {
        return;
    }
    let shows = [
        &*transfer.accepted_on,
        &*transfer.declined_on,
        &*transfer.joint_visit.held_on,
        &*transfer.safeguarding_referral.decided_on,
    ];
    let over = shows.iter().any(|day| day.get().is_some_and(|day| day <= case.today));
    if over || (is_closing(case) && !transfer.other_authority.is_blank()) {
        found.at(field!(transfer.moved_on), "Date of the move is missing");
    }
}

const MOVING_AGAIN: Rule<Limit> = Rule {
    id: "moving-again",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "A family who moves more than once in a short time is looked at for trafficking and modern slavery",
    remedy: "Ask, and answer the question among the judgements.",
    term: |procedure| procedure.moving.moved_again_within.get(),
    check: moving_again,
};

/// The question itself is a judgement: what can be seen is that it matters here and has no answer.
fn moving_again(limit: &Limit, case: &Case, found: &mut Found) {
    let transfer = &case.record.transfer;
    let into_area = case.record.case.moved_in_on.get().filter(|_| !transfer.direction.is(Direction::In));
    let Some(before) = transfer.moved_before_on.get().max(into_area) else { return };
    let answered = case.record.judgements.get("moving-trafficking").is_some_and(|one| !one.answer.is_blank());
    if let Some(moved_on) = transfer.moved_on.get()
        && before < moved_on
        && moved_on <= limit.after(before, case.calendar).0
        && !answered
        && !case.is_child_protection()
    {
        let message = format!(
            "The family moved on {} and {}, and nobody has answered whether trafficking or modern slavery was considered",
            before.long(),
            moved_on.long()
        );
        found.at(field!(transfer.moved_on), message);
    }
}

const MOVING_LOOKED_AFTER: Rule<Asked> = Rule {
    id: "moving-looked-after",
    severity: Severity::Advice,
    stage: Stage::Meeting,
    title: "A child who is looked after moves under another procedure",
    remedy: "Work by the procedure on telling other authorities of a placement.",
    term: |procedure| procedure.moving.looked_after.get(),
    check: |_, case, found| {
        let rows = case.record.children.rows();
        for (i, _) in rows.filter(|(_, child)| child.looked_after.is(true) && leaving(case).is_some()) {
            let message = format!("Child {} is looked after, and moves to another area", i + 1);
            found.at(field!(children[i].looked_after), message);
        }
    },
};

// ---- permission ----

const MOVING_PERMISSION: Rule<Asked> = Rule {
    id: "moving-permission",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "Permission to share information with the other authority is asked for",
    remedy: "Ask the parents or carers, or record why they are not asked. Where somebody is at risk, share without waiting.",
    term: |procedure| procedure.moving.permission.get(),
    check: moving_permission,
};

fn moving_permission(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = leaving(case) else { return };
    let permission = &transfer.permission;
    let shared_on = shared_on(transfer, case);
    let due = left(case).is_some() || shared_on.is_some();
    let field = field!(transfer.permission.answer);
    if permission.answer.is_blank() {
        if permission.asked_on.is_blank() {
            if due || is_near(transfer, case) {
                found.at(field, "Permission is missing: given, refused or not sought");
            }
        } else if due {
            found.at(field, "Permission was asked for, and there is no answer").remedy(
                "Enter the answer. Where none comes, enter “refused”, and on what ground information is shared.",
            );
        }
    } else if permission.answer.is(PermissionAnswer::Given)
        && permission.asked_on.get().zip(shared_on).is_some_and(|(asked_on, shared_on)| asked_on > shared_on)
    {
        found
            .at(
                field!(transfer.permission.asked_on),
                "Date permission was asked for is after information went to the other authority",
            )
            .at_most(Severity::Advice)
            .remedy("Check both days.");
    }
}

const MOVING_SHARING_GROUND: Rule<Asked> = Rule {
    id: "moving-sharing-ground",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "Without permission, it is decided on what ground information is shared",
    remedy: "Choose the ground. Permission never stands in the way where a child or a vulnerable adult is at risk.",
    term: |procedure| procedure.moving.sharing_ground.get(),
    check: moving_sharing_ground,
};

fn moving_sharing_ground(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = leaving(case).filter(|transfer| is_without_permission(transfer)) else { return };
    let permission = &transfer.permission;
    let shared = shared_on(transfer, case).is_some();
    if permission.ground.is_blank() && (shared || left(case).is_some()) {
        let message = if shared {
            "Ground for sharing without permission is missing, and information went to the other authority"
        } else {
            "Ground for sharing without permission is missing: it may be that there is none"
        };
        found.at(field!(transfer.permission.ground), message);
    } else if permission.ground.is(SharingGround::None) && shared {
        found
            .at(
                field!(transfer.permission.ground),
                "There is no ground for sharing without permission, and information went to the other authority",
            )
            .remedy("Check the ground, or take advice on what was shared.");
    }
    if permission.ground.get().is_some() && permission.reason.is_blank() {
        found
            .at(field!(transfer.permission.reason), "The ground for sharing without permission has no reason")
            .remedy("Record the reason.");
    }
    if has_ground(transfer) && Person::called(&permission.decided_by).is_nobody() {
        found
            .at(field!(transfer.permission.decided_by), "Who decided about sharing is missing")
            .remedy("Enter who decided.");
    }
}

// ---- what the other authority gets ----

const MOVING_NOTIFIED: Rule<Asked> = Rule {
    id: "moving-notified",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The other authority is notified of the move in writing",
    remedy: "Notify children's social care there in writing, and enter the day.",
    term: |procedure| procedure.moving.notified.get(),
    check: moving_notified,
};

/// Before the move it is no more than a reminder, and that on its eve.
fn moving_notified(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = leaving(case).filter(|transfer| !is_kept_back(transfer)) else { return };
    let field = field!(transfer.notified_on);
    if !transfer.notified_on.is_blank() {
        let in_writing = field!(transfer.notified_in_writing);
        if transfer.notified_in_writing.is(false) {
            found.at(in_writing, "Notified in writing is answered no");
        } else if transfer.notified_in_writing.is_blank() {
            found
                .at(in_writing, "Notified in writing is not answered")
                .at_most(Severity::Advice)
                .remedy("Enter whether it was in writing.");
        }
    } else if left(case).is_some() {
        found.at(field, "Date the other authority was notified is missing, and the family has moved");
    } else if is_near(transfer, case) {
        found
            .at(field, "Date the other authority was notified is missing, and the move is near")
            .at_most(Severity::Advice);
    }
}

const MOVING_DOCUMENTS: Rule<Vec<DocumentKind>> = Rule {
    id: "moving-documents",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The other authority gets the documents about the child",
    remedy: "Send what is missing and enter the day, or the reason it was not sent.",
    term: |procedure| procedure.moving.documents.get(),
    check: |kinds, case, found| moving_documents(kinds, case, found),
};

/// Where the family is referred they go with the referral, else they are due once the family has moved.
fn moving_documents(kinds: &[DocumentKind], case: &Case, found: &mut Found) {
    let Some(transfer) = leaving(case).filter(|transfer| !is_kept_back(transfer)) else { return };
    let due = if case.procedure.moving.referral.get().is_some() {
        transfer.referral.made_on.get().is_some_and(|day| day <= case.today) && is_referred(transfer)
    } else {
        left(case).is_some()
    };
    if !due {
        return;
    }
    for (i, document) in transfer.documents.rows() {
        if document.kind.is_blank() {
            found
                .at(
                    field!(transfer.documents[i].kind),
                    format!("Kind of document is missing for document {}", i + 1),
                )
                .at_most(Severity::Advice)
                .remedy("Choose the kind.");
        }
        if document.sent_on.is_blank() && document.reason_not_sent.is_blank() {
            let message = format!("Date sent is missing for document {}", i + 1);
            found.at(field!(transfer.documents[i].sent_on), message);
        }
        if document.kind.is(DocumentKind::Plan) && is_outdated(document, case) {
            let message = format!("Version of the document is not that of the plan for document {}", i + 1);
            found
                .at(field!(transfer.documents[i].version), message)
                .remedy("Send the latest version, or check both versions.");
        }
    }
    let lacking = lacking(kinds, transfer, case);
    if let Some(message) = lacking_among(&lacking, unnamed(transfer), "documents for the other authority") {
        found.at(field!(transfer.documents), message);
    }
}

/// Whether the plan has another version than the one that was sent, and had it then.
fn is_outdated(document: &SentDocument, case: &Case) -> bool {
    let plan = &case.record.plan;
    let since = plan.drawn_up_on.get().max(plan.updated_on.get());
    let latest = case.latest_version();
    !(document.version.is_blank() || latest.is_blank() || document.version.is_version(latest))
        && document.sent_on.get().is_some_and(|sent_on| since.is_some_and(|since| since <= sent_on))
}

/// The kinds of document that are not there, in words. Where the plan is the record of the meeting it stands for the
/// minutes, and before the first meeting there are none.
fn lacking(kinds: &[DocumentKind], transfer: &Transfer, case: &Case) -> Vec<&'static str> {
    let minutes_apart =
        case.procedure.minutes.one_document.get().is_none() && !case.held_meetings().is_empty();
    let is_there = |kind: DocumentKind| transfer.documents.rows().any(|(_, document)| document.kind.is(kind));
    kinds
        .iter()
        .filter(|kind| minutes_apart || **kind != DocumentKind::MeetingMinutes)
        .filter(|kind| !is_there(**kind))
        .map(|kind| in_words(*kind))
        .collect()
}

const MOVING_IN: Rule<Vec<DocumentKind>> = Rule {
    id: "moving-in",
    severity: Severity::Advice,
    stage: Stage::Meeting,
    title: "For a family who moves in, the same list holds with the roles exchanged",
    remedy: "Ask the other authority for what is missing, or enter when it was sent.",
    term: |procedure| procedure.moving.documents_in.get(),
    check: |kinds, case, found| moving_in(kinds, case, found),
};

/// A hint, once the family has settled.
fn moving_in(kinds: &[DocumentKind], case: &Case, found: &mut Found) {
    let transfer = &case.record.transfer;
    if !transfer.direction.is(Direction::In) || !is_settled(transfer, case) || case.is_child_protection() {
        return;
    }
    let lacking = lacking(kinds, transfer, case);
    if let Some(message) = lacking_among(&lacking, unnamed(transfer), "documents of the other authority") {
        found.at(field!(transfer.documents), message);
    }
    if transfer.accepted_on.is_blank() {
        found
            .at(
                field!(transfer.accepted_on),
                "Date responsibility was accepted is missing, and the family lives here",
            )
            .remedy("Tell the other authority and the family who is responsible, and enter the days.");
    } else if transfer.family_told_of_acceptance_on.is_blank() {
        found
            .at(
                field!(transfer.family_told_of_acceptance_on),
                "Date the family was told that responsibility had passed is missing",
            )
            .remedy("Tell the family, and enter the day.");
    }
}

// ---- the referral ----

const MOVING_REFERRAL: Rule<Asked> = Rule {
    id: "moving-referral",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "With permission, the social worker contacts the other authority and refers the family",
    remedy: "Contact the other authority and refer the family, or record why not.",
    term: |procedure| procedure.moving.referral.get(),
    check: moving_referral,
};

/// It need not wait for the move; once the family has moved it is late.
fn moving_referral(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = leaving(case).filter(|transfer| is_referred(transfer)) else { return };
    let (referral, moved) = (&transfer.referral, left(case).is_some());
    if !(moved || is_near(transfer, case)) {
        return;
    }
    let gravest = if moved { Severity::Warning } else { Severity::Advice };
    if referral.made_on.is_blank() {
        let message = "Date of referral is missing, and permission is given";
        found.at(field!(transfer.referral.made_on), message).at_most(gravest);
    } else if transfer.contacted_on.is_blank() {
        found
            .at(field!(transfer.contacted_on), "Date the other authority was contacted is missing")
            .at_most(gravest)
            .remedy("Enter the day.");
    } else if Person::called(&referral.made_by).is_nobody() {
        found
            .at(field!(transfer.referral.made_by), "Who made the referral is missing")
            .at_most(Severity::Advice)
            .remedy("Enter who made it: the task is the social worker's.");
    }
}

const MOVING_REFERRAL_EARLY: Rule<Asked> = Rule {
    id: "moving-referral-early",
    severity: Severity::Advice,
    stage: Stage::Meeting,
    title: "The referral follows soon after permission was given",
    remedy: "Record why it took longer.",
    term: |procedure| procedure.moving.referral_early.get(),
    check: moving_referral_early,
};

/// No time is given for it: past a week of work, a reason is worth having.
fn moving_referral_early(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = leaving(case).filter(|transfer| is_referred(transfer)) else { return };
    let (permission, referral) = (&transfer.permission, &transfer.referral);
    let given_on = permission.answered_on.get().or(permission.asked_on.get());
    if let (Some(given_on), Some(made_on)) = (given_on, referral.made_on.get())
        && made_on > case.calendar.add_working_days(given_on, SOON)
        && referral.reason_delayed.is_blank()
    {
        let days = given_on.days_until(made_on);
        let message = format!("Date of referral is {days} days after permission was given");
        found.at(field!(transfer.referral.made_on), message);
    }
}

const MOVING_FOLLOW_UP: Deadline = Deadline {
    id: "moving-follow-up",
    stage: Stage::Meeting,
    title: "Following up the referral",
    remedy: "Ask the other authority whether the referral has arrived, and enter the day.",
    term: |procedure| procedure.moving.follow_up_within.get(),
    clocks: |case| {
        let Some(transfer) = leaving(case).filter(|transfer| !is_kept_back(transfer)) else {
            return Vec::new();
        };
        let referral = &transfer.referral;
        let made_on = referral.made_on.get().filter(|day| *day <= case.today);
        let (Some(from), false) = (made_on, is_unreadable(&referral.followed_up_on)) else {
            return Vec::new();
        };
        let field = field!(transfer.referral.followed_up_on);
        vec![Clock::new(from, "the referral", referral.followed_up_on.get(), field)]
    },
};

const MOVING_FOLLOWED_UP: Rule<Asked> = Rule {
    id: "moving-followed-up",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "Following up shows that the referral has arrived and that something is being done",
    remedy: "Enter what the other authority said.",
    term: |procedure| procedure.moving.followed_up.get(),
    check: moving_followed_up,
};

fn moving_followed_up(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = leaving(case) else { return };
    let referral = &transfer.referral;
    if referral.followed_up_on.get().is_none_or(|day| day > case.today) {
        return;
    }
    let received = field!(transfer.referral.received);
    if referral.received.is_blank() {
        found.at(received, "Referral received is not answered, and the referral was followed up");
    } else if referral.received.is(false) {
        found
            .at(received, "Referral received is answered no")
            .remedy("Send the referral again, and follow it up.");
    } else if referral.received.is(true) && referral.acted_upon.is_blank() {
        let message = "What is being done about the referral is missing, and the referral was followed up";
        found.at(field!(transfer.referral.acted_upon), message);
    }
}

// ---- services and agencies ----

const MOVING_GAPS: Rule<Asked> = Rule {
    id: "moving-gaps",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "Each gap in services is raised with the worker in the new area",
    remedy: "Raise it with the worker in the new area, and enter the day.",
    term: |procedure| procedure.moving.service_gaps_raised.get(),
    check: moving_gaps,
};

fn moving_gaps(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = left(case).filter(|transfer| !is_kept_back(transfer)) else { return };
    for (i, gap) in transfer.service_gaps.rows().filter(|(_, gap)| !gap.text.is_blank()) {
        if gap.raised_on.is_blank() {
            let message = format!("Date the gap was raised is missing for service gap {}", i + 1);
            found.at(field!(transfer.service_gaps[i].raised_on), message);
        } else if Person::called(&gap.raised_with).is_nobody() {
            let message = format!("Who the gap was raised with is missing for service gap {}", i + 1);
            found
                .at(field!(transfer.service_gaps[i].raised_with), message)
                .at_most(Severity::Advice)
                .remedy("Enter the worker's name.");
        }
    }
}

const MOVING_AGENCIES: Rule<Asked> = Rule {
    id: "moving-agencies",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The other agencies in the plan know of the move",
    remedy: "Tell them, and enter the day, or the reason for not telling them.",
    term: |procedure| procedure.moving.agencies_told.get(),
    check: moving_agencies,
};

fn moving_agencies(_: &Asked, case: &Case, found: &mut Found) {
    let Some(transfer) = left(case) else { return };
    let told = &transfer.agencies_told;
    for (i, row) in told.rows() {
        if row.told_on.is_blank() && row.reason_not_told.is_blank() {
            let message = format!("Date told of the move is missing for agency {} told of it", i + 1);
            found.at(field!(transfer.agencies_told[i].told_on), message);
        }
    }
    let facts = &case.record.case;
    let own = [
        Person::new(&facts.social_worker.person, &facts.social_worker.name),
        Person::new(&facts.manager.person, &facts.manager.name),
    ];
    let moved_on = transfer.moved_on.get().unwrap_or(case.today);
    // A row that names an agency stands for all its people; those of social care know it from the case.
    let known: Vec<Agency> = ["social care", "children's services"]
        .into_iter()
        .chain(told.rows().flat_map(|(_, row)| [row.agency.text(), row.name.text()]))
        .map(Agency::of)
        .collect();
    let is_told_as_agency = |agency: &str| {
        let agency = Agency::of(agency);
        known.iter().any(|known| agency.is(known))
    };
    let expected = case.record.plan.roles.rows().map(|(_, role)| role).filter(|role| {
        let person = Person::new(&role.person, &role.name);
        role.kind.is(RoleKind::Professional)
            && role.involved_until.get().is_none_or(|day| day >= moved_on)
            && !own.iter().any(|one| one.is(person))
            && !cast::is_social_worker(role.role.text())
            && ![role.agency.text(), role.role.text()].into_iter().any(is_told_as_agency)
    });
    let expected = expected.map(|role| Person::new(&role.person, &role.name));
    let rows = told.rows().map(|(i, row)| (i, Person::new(&row.person, &row.name)));
    let roll = roll::call(case, expected, rows);
    let lacking: Vec<&str> =
        roll.iter().filter(|(_, row)| row.is_none()).map(|(person, _)| person.name).collect();
    if !lacking.is_empty() {
        let message = format!("{} not among the agencies told of the move", are(&lacking));
        found.at(field!(transfer.agencies_told), message);
    }
}

// ---- the family ----

const MOVING_FAMILY_TOLD: Rule<Asked> = Rule {
    id: "moving-family-told",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The family knows which authority is responsible for what",
    remedy: "Tell the family, and enter the day.",
    term: |procedure| procedure.moving.family_told.get(),
    check: |_, case, found| {
        if let Some(transfer) = left(case)
            && transfer.family_told_on.is_blank()
            && transfer.family_told_of_acceptance_on.is_blank()
        {
            let message = "Date the family was told who is responsible for what is missing";
            found.at(field!(transfer.family_told_on), message);
        }
    },
};

const MOVING_FAMILY_TOLD_OF_ACCEPTANCE: Rule<Asked> = Rule {
    id: "moving-family-told-of-acceptance",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "The family is told once the other authority takes full responsibility",
    remedy: "Tell the family, and enter the day.",
    term: |procedure| procedure.moving.family_told_of_acceptance.get(),
    check: |_, case, found| {
        if let Some(transfer) = leaving(case)
            && transfer.accepted_on.get().is_some_and(|day| day < case.today)
            && transfer.family_told_of_acceptance_on.is_blank()
        {
            let message = "Date the family was told that responsibility had passed is missing";
            found.at(field!(transfer.family_told_of_acceptance_on), message);
        }
    },
};
