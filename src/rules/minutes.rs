//! Who takes the minutes of a meeting, who gets them, and how soon they go out and onto the case record.

use rustc_hash::FxHashSet as HashSet;

use crate::case::{Case, Row};
use crate::cast;
use crate::day::Day;
use crate::field::{Field, field};
use crate::finding::{Found, Severity, Stage};
use crate::part::Part;
use crate::people::{Distinct, Person, Register, Same, folded};
use crate::procedure::{Asked, Limit, Responsible};
use crate::record::{Invitee, InviteeRole, Meeting, Minutes, Recipient, RoleKind};
use crate::rule::{Check, Clock, Deadline, Rule};

pub(super) const CHECKS: &[&dyn Check] = &[
    &MINUTES_TAKER,
    &MINUTES_TAKEN,
    &MINUTES_TAKEN_BY,
    &MINUTES_ONE_DOCUMENT,
    &MINUTES_CIRCULATED,
    &MINUTES_CIRCULATED_DAY,
    &MINUTES_UPLOADED,
    &MINUTES_UPLOADED_DAY,
    &MINUTES_ON_RECORD,
    &MINUTES_TO_PARENTS,
    &MINUTES_TO_CHILDREN,
    &MINUTES_TO_AGENCIES,
    &MINUTES_TO_PARTICIPANTS,
    &MINUTES_SENT_BY,
];

/// The held meetings of which minutes are asked for. An earlier one of which hardly more is recorded than its day was
/// taken over from elsewhere, and a review without a meeting has no minutes.
fn minuted<'a>(case: &Case<'a>) -> Vec<Row<'a, Meeting>> {
    let mut held = case.held_meetings();
    let latest = held.last().map(|(i, _)| *i);
    held.retain(|(i, meeting)| {
        let recorded =
            !meeting.minutes.is_empty() || !meeting.invitees.is_empty() || !meeting.chair.name.is_blank();
        (recorded || Some(*i) == latest) && meeting.outside_meeting.by.is_blank()
    });
    held
}

// ---- who takes them ----

const MINUTES_TAKER: Rule<Asked> = Rule {
    id: "minutes-taker",
    severity: Severity::Warning,
    stage: Stage::Meeting,
    title: "A minute taker is asked for where the meeting is complex",
    remedy: "Ask for a minute taker and enter the day, or name the minute taker.",
    term: |procedure| procedure.minutes.complex_minute_taker.get(),
    check: minutes_taker,
};

fn minutes_taker(_: &Asked, case: &Case, found: &mut Found) {
    let latest = case.held_meetings().last().map(|(i, _)| *i);
    for (i, meeting) in case.plan_meetings() {
        // For an earlier meeting it is too late to ask anybody.
        let to_come =
            meeting.held_on.is_blank() || meeting.held_on.get().is_some_and(|day| day >= case.today);
        let asked_for = !meeting.minute_taker.is_blank() || !meeting.minute_taker_requested_on.is_blank();
        if meeting.complex.is(true)
            && !asked_for
            && (to_come || Some(i) == latest)
            && !taken_by_somebody_else(case, meeting)
        {
            let message =
                format!("Date a minute taker was requested is missing for complex meeting {}", i + 1);
            found.at(field!(meetings[i].minute_taker_requested_on), message);
        }
    }
}

/// Whether somebody took the minutes who neither holds the case nor chaired.
fn taken_by_somebody_else(case: &Case, meeting: &Meeting) -> bool {
    let taker = Person::called(&meeting.minutes.taken_by);
    let social_worker = &case.record.case.social_worker;
    !taker.is_nobody()
        && !taker.is(Person::new(&social_worker.person, &social_worker.name))
        && !taker.is(Person::new(&meeting.chair.person, &meeting.chair.name))
}

const MINUTES_TAKEN: Rule<Asked> = Rule {
    id: "minutes-taken",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "Somebody takes minutes of each meeting",
    remedy: "Enter who took the minutes.",
    term: |procedure| procedure.minutes.taken.get(),
    check: minutes_taken,
};

fn minutes_taken(_: &Asked, case: &Case, found: &mut Found) {
    for (i, meeting) in minuted(case) {
        let is_unsaid = cast::how_unsaid(&meeting.minutes.taken_by).is_some();
        if is_unsaid && cast::how_unsaid(&meeting.minute_taker).is_some() {
            let message = format!("Who took the minutes is missing for meeting {}", i + 1);
            found.at(field!(meetings[i].minutes.taken_by), message);
        }
    }
}

const MINUTES_TAKEN_BY: Rule<Asked> = Rule {
    id: "minutes-taken-by",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The chair takes the minutes, or a professional who works with the family",
    remedy: "Ask the chair, or a professional who works with the family, to take the minutes.",
    term: |procedure| procedure.minutes.taken_by_chair_or_professional.get(),
    check: minutes_taken_by,
};

fn minutes_taken_by(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, meeting)) = latest(case) else { return };
    let taker = Person::called(&meeting.minutes.taken_by);
    // Where nobody is on the list, nobody can be missing from it.
    if taker.is_nobody() || meeting.invitees.is_empty() {
        return;
    }
    let is_taker = |person: Person| person.compare(taker) != Same::No;
    let chair = Person::new(&meeting.chair.person, &meeting.chair.name);
    let social_worker = &case.record.case.social_worker;
    let mut roles = case.record.plan.roles.rows().map(|(_, role)| role);
    let mut invitees = meeting.invitees.rows().map(|(_, invitee)| invitee);
    let by_right = is_taker(chair)
        || is_taker(Person::new(&social_worker.person, &social_worker.name))
        || Responsible::Chair.is_meant(taker.name)
        || roles
            .any(|role| !role.kind.is(RoleKind::Family) && is_taker(Person::new(&role.person, &role.name)));
    if by_right {
        return;
    }
    let field = field!(meetings[i].minutes.taken_by);
    match invitees.find(|invitee| is_taker(Person::new(&invitee.person, &invitee.name))) {
        Some(invitee) if is_professional(invitee) => {}
        Some(_) => {
            let message = format!("Who took the minutes of meeting {} is not a professional", i + 1);
            found.at(field, message);
        }
        None => {
            let message =
                format!("Who took the minutes of meeting {} is neither the chair nor was invited", i + 1);
            found.at(field, message).at_most(Severity::Warning);
        }
    }
}

/// Whether somebody who was invited works with the family; one whose role is not filled in may well.
fn is_professional(invitee: &Invitee) -> bool {
    use InviteeRole::{Manager, Professional, SocialWorker};
    matches!(invitee.role.get(), None | Some(SocialWorker | Manager | Professional))
}

const MINUTES_ONE_DOCUMENT: Rule<Asked> = Rule {
    id: "minutes-one-document",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "The plan is the record of the meeting: there are no minutes beside it",
    remedy: "Put what was said into the plan, and send out the plan alone.",
    term: |procedure| procedure.minutes.one_document.get(),
    check: minutes_one_document,
};

/// Somebody writes things down all the same; a document of its own is one that goes out, or onto the case record.
fn minutes_one_document(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, meeting)) = latest(case) else { return };
    let minutes = &meeting.minutes;
    let field = if !minutes.circulated_on.is_blank() {
        field!(meetings[i].minutes.circulated_on)
    } else if !minutes.uploaded_on.is_blank() {
        field!(meetings[i].minutes.uploaded_on)
    } else if !minutes.recipients.is_empty() {
        field!(meetings[i].minutes.recipients)
    } else {
        return;
    };
    found.at(field, format!("Minutes of meeting {} are recorded apart from the plan", i + 1));
}

// ---- circulated ----

const MINUTES_CIRCULATED: Deadline = Deadline {
    id: "minutes-circulated",
    stage: Stage::Circulate,
    title: "Circulation of the minutes",
    remedy: "Circulate the minutes and enter the day.",
    term: |procedure| procedure.minutes.circulated_within.get(),
    clocks: |case| {
        clocks(case, |i, minutes| {
            let field = field!(meetings[i].minutes.circulated_on);
            (
                minutes.circulated_on.is_blank(),
                minutes.circulated_on.get().or_else(|| all_sent(minutes)),
                field,
            )
        })
    },
};

/// The day on which the last of the recipients was sent the minutes, once all of them were.
fn all_sent(minutes: &Minutes) -> Option<Day> {
    let due = || minutes.recipients.rows().filter(|(_, recipient)| recipient.reason_not_sent.is_blank());
    due()
        .map(|(_, recipient)| recipient.sent_on.get())
        .try_fold(None, |last, day| Some(last.max(Some(day?))))?
}

const MINUTES_CIRCULATED_DAY: Rule<Limit> = Rule {
    id: "minutes-circulated-day",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Minutes are circulated after the meeting and not in the future",
    remedy: "Check the day on which the minutes were circulated, and the day of the meeting.",
    term: |procedure| procedure.minutes.circulated_within.get(),
    check: |_, case, found| {
        for (i, meeting) in case.record.meetings.rows() {
            let field = field!(meetings[i].minutes.circulated_on);
            day_that_cannot_be(
                case,
                i,
                meeting,
                "circulated",
                meeting.minutes.circulated_on.get(),
                field,
                found,
            );
        }
    },
};

// ---- on the case record ----

const MINUTES_UPLOADED: Deadline = Deadline {
    id: "minutes-uploaded",
    stage: Stage::Circulate,
    title: "Upload of the minutes to the case record",
    remedy: "Upload the minutes and enter the day.",
    term: |procedure| procedure.minutes.uploaded_within.get(),
    clocks: |case| {
        clocks(case, |i, minutes| {
            let field = field!(meetings[i].minutes.uploaded_on);
            (minutes.uploaded_on.is_blank(), minutes.uploaded_on.get(), field)
        })
    },
};

const MINUTES_UPLOADED_DAY: Rule<Limit> = Rule {
    id: "minutes-uploaded-day",
    severity: Severity::Error,
    stage: Stage::Draft,
    title: "Minutes are uploaded after the meeting and not in the future",
    remedy: "Check the day on which the minutes were uploaded, and the day of the meeting.",
    term: |procedure| procedure.minutes.uploaded_within.get(),
    check: |_, case, found| {
        for (i, meeting) in case.record.meetings.rows() {
            let field = field!(meetings[i].minutes.uploaded_on);
            day_that_cannot_be(case, i, meeting, "uploaded", meeting.minutes.uploaded_on.get(), field, found);
        }
    },
};

const MINUTES_ON_RECORD: Rule<Asked> = Rule {
    id: "minutes-on-record",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "The minutes of the latest meeting are on the case record",
    remedy: "Put the minutes on the case record and enter the day.",
    term: |procedure| procedure.minutes.on_record.get(),
    check: minutes_on_record,
};

fn minutes_on_record(_: &Asked, case: &Case, found: &mut Found) {
    if let Some((i, meeting)) = latest(case)
        && meeting.minutes.uploaded_on.is_blank()
    {
        let message = format!("Date minutes were uploaded is missing for meeting {}", i + 1);
        found.at(field!(meetings[i].minutes.uploaded_on), message);
    }
}

// ---- who gets them ----

const MINUTES_TO_PARENTS: Rule<Asked> = Rule {
    id: "minutes-to-parents",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "Parents and carers get the minutes",
    remedy: "Send the minutes and enter the day, or the reason for no copy.",
    term: |procedure| procedure.minutes.to_parents.get(),
    check: minutes_to_parents,
};

fn minutes_to_parents(_: &Asked, case: &Case, found: &mut Found) {
    use InviteeRole::{Carer, Parent};
    let Some((i, meeting)) = latest(case) else { return };
    if meeting.minutes.recipients.is_empty() {
        let message = format!("Recipients of the minutes are missing for meeting {}", i + 1);
        let told = found.at(field!(meetings[i].minutes.recipients), message);
        // They went out: only to whom is not known.
        if !meeting.minutes.circulated_on.is_blank() {
            told.at_most(Severity::Warning).remedy("Enter who got the minutes.");
        }
        return;
    }
    let copies = Copies::of(i, meeting);
    for (_, invitee) in meeting.invitees.rows() {
        if matches!(invitee.role.get(), Some(Parent | Carer)) && invitee.reason_not_invited.is_blank() {
            copies.ask(case, Person::new(&invitee.person, &invitee.name), found);
        }
    }
}

const MINUTES_TO_CHILDREN: Rule<Asked> = Rule {
    id: "minutes-to-children",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "Each child gets the minutes, or there is a reason",
    remedy: "Send the minutes and enter the day, or the reason for no copy, such as the child's age.",
    term: |procedure| procedure.minutes.to_children.get(),
    check: minutes_to_children,
};

fn minutes_to_children(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, meeting)) = latest(case) else { return };
    let copies = Copies::of(i, meeting);
    for child in case.children().into_people() {
        if !case.has_reason_left_out(child) {
            copies.ask(case, child, found);
        }
    }
}

const MINUTES_TO_AGENCIES: Rule<Asked> = Rule {
    id: "minutes-to-agencies",
    severity: Severity::Error,
    stage: Stage::Review,
    title: "Every agency involved gets the minutes",
    remedy: "Send the minutes and enter the day, or the reason for no copy.",
    term: |procedure| procedure.minutes.to_agencies.get(),
    check: minutes_to_agencies,
};

/// Those who were invited or have a role at the time. One copy for an agency is enough, and whoever chaired, holds the
/// case or manages it has the minutes anyway.
fn minutes_to_agencies(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, meeting)) = latest(case) else { return };
    let invited = meeting.invitees.rows().map(|(_, invitee)| invitee);
    let invited = invited
        .filter(|invitee| invitee.role.is(InviteeRole::Professional) && invitee.reason_not_invited.is_blank())
        .map(|invitee| (Person::new(&invitee.person, &invitee.name), invitee.agency.text()));
    let met_on = case.day_of(meeting);
    let roles = case.record.plan.roles.rows().map(|(_, role)| role);
    let roles = roles
        .filter(|role| {
            role.kind.is(RoleKind::Professional)
                && role.involved_until.get().is_none_or(|day| day >= met_on)
                && role.involved_from.get().is_none_or(|day| day <= met_on)
        })
        .map(|role| (Person::new(&role.person, &role.name), role.agency.text()));
    let everyone: Vec<_> = invited.chain(roles).collect();
    let copies = Copies::of(i, meeting);
    let recipients = copies.rows.iter().flat_map(|(_, row)| [row.name.text(), row.agency.text()]);
    let of_colleagues = everyone
        .iter()
        .filter(|(person, _)| copies.register.find(*person).is_some())
        .map(|(_, agency)| *agency);
    let reached: HashSet<Vec<String>> =
        recipients.chain(of_colleagues).map(folded).filter(|agency| !agency.is_empty()).collect();
    let facts = &case.record.case;
    let own = [
        Person::new(&facts.social_worker.person, &facts.social_worker.name),
        Person::new(&facts.manager.person, &facts.manager.name),
        Person::new(&meeting.chair.person, &meeting.chair.name),
    ];
    let mut people = Distinct::default();
    for (person, agency) in everyone {
        // Whoever has no day yet is asked for it, whatever their agency.
        let has_row = copies.register.find(person).is_some();
        let has_minutes = reached.contains(&folded(agency)) || own.iter().any(|one| one.is(person));
        if (has_row || !has_minutes) && people.add(person) {
            copies.ask(case, person, found);
        }
    }
}

const MINUTES_TO_PARTICIPANTS: Rule<Asked> = Rule {
    id: "minutes-to-participants",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "Everyone else who took part in the meeting gets the minutes",
    remedy: "Send the minutes and enter the day, or the reason for no copy.",
    term: |procedure| procedure.minutes.to_participants.get(),
    check: minutes_to_participants,
};

/// Those who came and are neither parents, children nor of an agency, which are told of by themselves, nor of the
/// service that holds the minutes. An interpreter needs none.
fn minutes_to_participants(_: &Asked, case: &Case, found: &mut Found) {
    use InviteeRole::{Advocate, Family, Solicitor, Supporter};
    let Some((i, meeting)) = latest(case) else { return };
    let copies = Copies::of(i, meeting);
    for (_, invitee) in meeting.invitees.rows() {
        let other = matches!(invitee.role.get(), Some(Family | Supporter | Advocate | Solicitor));
        if other && invitee.attended.is(true) {
            copies.ask(case, Person::new(&invitee.person, &invitee.name), found);
        }
    }
}

const MINUTES_SENT_BY: Rule<Asked> = Rule {
    id: "minutes-sent-by",
    severity: Severity::Warning,
    stage: Stage::Review,
    title: "The chair sends the minutes",
    remedy: "Ask the chair to see to it that the minutes go out, and enter the chair as the one who sent them.",
    term: |procedure| procedure.minutes.sent_by_chair.get(),
    check: minutes_sent_by,
};

fn minutes_sent_by(_: &Asked, case: &Case, found: &mut Found) {
    let Some((i, meeting)) = latest(case) else { return };
    let chair = Person::new(&meeting.chair.person, &meeting.chair.name);
    let other = meeting.minutes.recipients.rows().find(|(_, recipient)| {
        let sender = Person::called(&recipient.sent_by);
        !sender.is_nobody() && !Responsible::Chair.is_meant(sender.name) && sender.compare(chair) == Same::No
    });
    if let Some((r, _)) = other.filter(|_| !chair.is_nobody()) {
        let message = format!("Who sent the minutes of meeting {} is not the chair", i + 1);
        found.at(field!(meetings[i].minutes.recipients[r].sent_by), message);
    }
}

/// The latest meeting of which there are minutes. What an earlier one lacked, nobody is asked for any more.
fn latest<'a>(case: &Case<'a>) -> Option<Row<'a, Meeting>> {
    minuted(case).pop().filter(|_| !case.is_child_protection())
}

/// The copies of the minutes of a meeting, to look people up among those who got one.
struct Copies<'a> {
    /// The meeting, by its place in the form.
    meeting: usize,
    /// One day for all copies stands in place of a day for each.
    circulated: bool,
    rows: Vec<(usize, &'a Recipient)>,
    register: Register<'a>,
}

impl<'a> Copies<'a> {
    fn of(meeting: usize, of: &'a Meeting) -> Copies<'a> {
        let rows: Vec<_> = of.minutes.recipients.rows().collect();
        let register = Register::of(rows.iter().map(|(_, row)| Person::new(&row.person, &row.name)));
        Copies { meeting, circulated: !of.minutes.circulated_on.is_blank(), rows, register }
    }

    /// Tells where somebody got no copy. One from whom the minutes are kept needs none, and where no recipients are
    /// recorded at all, that is told once.
    fn ask(&self, case: &Case, person: Person, found: &mut Found) {
        let i = self.meeting;
        if person.is_nobody() || self.rows.is_empty() || case.is_excluded(person) {
            return;
        }
        let copy = self.register.find(person).and_then(|(_, place)| self.rows.get(place));
        let Some((r, row)) = copy else {
            let message =
                format!("{} is not among the recipients of the minutes of meeting {}", person.name, i + 1);
            found.at(field!(meetings[i].minutes.recipients), message);
            return;
        };
        if row.sent_on.is_blank() && row.reason_not_sent.is_blank() && !self.circulated {
            let message =
                format!("Date sent is missing for recipient {} of the minutes of meeting {}", r + 1, i + 1);
            found.at(field!(meetings[i].minutes.recipients[*r].sent_on), message);
        }
    }
}

// ---- what the deadlines have in common ----

/// One clock for each meeting. `seen` tells whether the answer is blank, the day, and the control that holds it.
/// Minutes that never went out stay due, however many meetings follow; those that went out late are told until the
/// next meeting.
fn clocks(case: &Case, seen: impl Fn(usize, &Minutes) -> (bool, Option<Day>, Field)) -> Vec<Clock> {
    let minuted = minuted(case);
    let latest = minuted.last().map(|(i, _)| *i);
    minuted
        .into_iter()
        .filter_map(|(i, meeting)| {
            let (blank, day, field) = seen(i, &meeting.minutes);
            // An answer that cannot be read is neither missing nor late.
            if day.is_none() && !blank {
                return None;
            }
            let done = day.filter(|day| *day <= case.today);
            let past = Some(i) != latest && done.is_some();
            Some(Clock { past, ..Clock::new(meeting.held_on.get()?, "the meeting", done, field) })
        })
        .collect()
}

fn day_that_cannot_be(
    case: &Case,
    i: usize,
    meeting: &Meeting,
    done: &str,
    day: Option<Day>,
    field: Field,
    found: &mut Found,
) {
    let Some(day) = day else { return };
    if meeting.held_on.get().is_some_and(|held_on| day < held_on) {
        found.at(field, format!("Date minutes were {done} is before the day of meeting {}", i + 1));
    } else if day > case.today {
        let message = format!("Date minutes were {done} is in the future for meeting {}", i + 1);
        found.at(field, message).at_most(Severity::Warning);
    }
}
