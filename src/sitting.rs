//! The meetings of which anything missing is asked, and who sits there.
//!
//! A case may hold years of meetings. What is missing is asked of the latest meeting that was held and of the next to
//! come: an older one cannot be mended. Of a meeting that lies ahead nothing is asked before its first invitation, and
//! preparing the family is asked from its day; the first meeting of a case is asked in full.

use std::borrow::Cow;

use rustc_hash::FxHashSet as HashSet;

use crate::case::{Case, Row};
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity};
use crate::part::List;
use crate::people::{Person, Register, Same};
use crate::procedure::{MetBy, Occasion};
use crate::record::{Invitee, InviteeRole, Meeting, Role, Visit};

/// A meeting that is looked at for what is missing.
#[derive(Clone, Copy)]
pub struct Sitting<'a> {
    /// Its index in the form.
    pub m: usize,
    /// The meeting.
    pub meeting: &'a Meeting,
    /// The day on which ages and involvement are looked at.
    pub day: Day,
    /// Whether it has been held, today included.
    pub held: bool,
    /// Whether nobody has been invited yet to a meeting that lies ahead, with another held before.
    pub early: bool,
}

impl Sitting<'_> {
    /// The number by which people speak of it.
    pub fn number(&self) -> usize {
        self.m + 1
    }

    /// Whether it is over: held before today, or somebody has noted who came.
    pub fn is_over(&self, case: &Case) -> bool {
        let noted = || self.meeting.invitees.rows().any(|(_, invitee)| invitee.attended.get().is_some());
        self.held && (self.day < case.today || noted())
    }

    /// The day on which the first invitation went out, where one that can be read is noted.
    pub fn first_invitation(&self) -> Option<Day> {
        self.meeting.invitees.rows().filter_map(|(_, invitee)| invitee.invited_on.get()).min()
    }
}

/// The latest held meeting and the next, in this order.
pub fn sittings<'a>(case: &Case<'a>) -> Vec<Sitting<'a>> {
    let some_held = !case.held_meetings().is_empty();
    case.current_meetings()
        .into_iter()
        .map(|(m, meeting)| {
            let mut invitees = meeting.invitees.rows().map(|(_, invitee)| invitee);
            let held = match meeting.held_on.get() {
                Some(day) => day <= case.today,
                // Without a day, somebody who came shows that it was held.
                None => invitees.clone().any(|invitee| invitee.attended.is(true)),
            };
            let early = !held && some_held && !invitees.any(is_accounted_for);
            Sitting { m, meeting, day: case.day_of(meeting), held, early }
        })
        .collect()
}

/// The meetings to which people have to be invited by now.
pub fn prepared<'a>(case: &Case<'a>) -> impl Iterator<Item = Sitting<'a>> + use<'a> {
    sittings(case).into_iter().filter(|sitting| !sitting.early)
}

/// The meeting for which people have to be prepared by now: the latest held, or the first to come.
pub fn due<'a>(case: &Case<'a>) -> Option<Sitting<'a>> {
    let all = sittings(case);
    let some_held = !case.held_meetings().is_empty();
    all.into_iter().find(|sitting| sitting.held || !some_held)
}

/// The meeting of the plan that was held last.
pub fn held<'a>(case: &Case<'a>) -> Option<Sitting<'a>> {
    sittings(case).into_iter().find(|sitting| sitting.held)
}

/// The latest meeting that was held, with its parents and carers, where it is over and none of them came.
pub fn held_without_parents<'a>(case: &Case<'a>) -> Option<(Sitting<'a>, Vec<Person<'a>>)> {
    let sitting = held(case).filter(|sitting| sitting.is_over(case))?;
    let mut parents: Vec<&Invitee> =
        sitting.meeting.invitees.rows().map(|(_, invitee)| invitee).filter(|one| is_parent(one)).collect();
    parents.retain(|parent| !case.is_excluded(person(parent)) && parent.reason_not_invited.is_blank());
    let absent = !parents.is_empty() && parents.iter().all(|parent| parent.attended.is(false));
    absent.then(|| (sitting, parents.into_iter().map(person).collect()))
}

/// The meetings to which people have to be invited by now, of those that a manual speaks of.
pub fn prepared_at<'a, 'c>(
    occasion: Occasion,
    case: &'c Case<'a>,
) -> impl Iterator<Item = Sitting<'a>> + use<'a, 'c> {
    prepared(case).filter(move |sitting| case.is_at(occasion, sitting.m))
}

/// The latest meeting that was held, where it is over and one that a manual speaks of.
pub fn over_at<'a>(occasion: Occasion, case: &Case<'a>) -> Option<Sitting<'a>> {
    held(case).filter(|sitting| case.is_at(occasion, sitting.m) && sitting.is_over(case))
}

/// The meeting for which the family is to have been met by now, with the day by which, where it is known. Where they are
/// met before the meeting is arranged, it is asked once somebody is invited.
pub fn to_be_met_for<'a>(by: MetBy, case: &Case<'a>) -> Option<(Sitting<'a>, Option<Day>)> {
    match by {
        MetBy::Meeting => due(case).map(|sitting| (sitting, sitting.meeting.held_on.get())),
        MetBy::Invitations => {
            let invited = prepared(case).filter(|sitting| sitting.first_invitation().is_some());
            invited.last().map(|sitting| (sitting, sitting.first_invitation()))
        }
    }
}

/// Whether there was such a visit since the meeting before and by the day of the first invitation to this one: whoever was
/// seen then was met before the meeting was arranged.
pub fn is_visited(case: &Case, sitting: &Sitting, is_such: impl Fn(&Visit) -> bool) -> bool {
    let Some(by) = sitting.first_invitation() else { return false };
    let before = case.held_meetings().into_iter().filter_map(|(_, meeting)| meeting.held_on.get());
    let since = before.filter(|day| *day < sitting.day).max();
    case.record.visits.rows().any(|(_, visit)| {
        let in_time = visit.on.get().is_some_and(|day| day <= by && since.is_none_or(|since| day > since));
        in_time && is_such(visit)
    })
}

/// Asks of each of some invitees whether they came and, of those who did not, why. Where it does not say who came, it is
/// asked once for all of them, in the words for one and for several.
pub fn ask_who_came(
    sitting: &Sitting,
    rows: &[Row<Invitee>],
    (one, several): (&str, &str),
    found: &mut Found,
) {
    let (m, number) = (sitting.m, sitting.number());
    let unanswered: Vec<usize> =
        rows.iter().filter(|(_, invitee)| !says_whether_they_came(invitee)).map(|(i, _)| *i).collect();
    if let [i, others @ ..] = unanswered.as_slice() {
        let who = match others {
            [] => format!("invitee {}, {one},", i + 1),
            _ => format!("{} {several}", unanswered.len()),
        };
        found
            .at(
                field!(meetings[m].invitees[*i].attended),
                format!("It is not recorded whether {who} attended meeting {number}"),
            )
            .at_most(Severity::Warning)
            .remedy("Enter who came and, for those who did not, the reason.");
    }
    for (i, _) in rows.iter().filter(|(_, invitee)| invitee.attended.is(false) && !says_why_away(invitee)) {
        let message = format!(
            "Reason absent is missing for invitee {} of meeting {number}, {one} who did not attend",
            i + 1
        );
        found.at(field!(meetings[m].invitees[*i].reason_absent), message);
    }
}

/// Whether the row shows if somebody came. Who was not invited, or was absent for a reason, did not.
fn says_whether_they_came(invitee: &Invitee) -> bool {
    !invitee.attended.is_blank() || says_why_away(invitee)
}

/// Whether the row shows why somebody was not there.
fn says_why_away(invitee: &Invitee) -> bool {
    !invitee.reason_absent.is_blank()
        || !invitee.reason_not_invited.is_blank()
        || !invitee.reason_not_involved.is_blank()
}

/// Whether somebody who was not there has been heard.
pub fn is_heard(invitee: &Invitee) -> bool {
    !invitee.views.is_blank()
        || !invitee.views_represented_by.is_blank()
        || !invitee.report_requested_on.is_blank()
        || !invitee.report_received_on.is_blank()
}

/// The person in a row of the invitees.
pub fn person(invitee: &Invitee) -> Person<'_> {
    Person::new(&invitee.person, &invitee.name)
}

/// Who came without a day of invitation was let in by somebody.
pub fn is_invited(invitee: &Invitee) -> bool {
    !invitee.invited_on.is_blank() || invitee.attended.is(true)
}

/// Whether the row shows an invitation, or why there is none.
pub fn is_accounted_for(invitee: &Invitee) -> bool {
    is_invited(invitee) || !invitee.reason_not_invited.is_blank() || !invitee.reason_not_involved.is_blank()
}

/// Whether the row is a parent's or carer's.
pub fn is_parent(invitee: &Invitee) -> bool {
    matches!(invitee.role.get(), Some(InviteeRole::Parent | InviteeRole::Carer))
}

/// The invitees of a meeting, to look people up among. A name that is typed a little otherwise is found too, so that
/// nobody is called missing over an initial.
pub struct Seats<'a> {
    /// The rows of the invitees.
    pub rows: Vec<Row<'a, Invitee>>,
    register: Register<'a>,
}

impl<'a> Seats<'a> {
    /// Everyone on the list of a meeting.
    pub fn of(meeting: &'a Meeting) -> Seats<'a> {
        Seats::among(&meeting.invitees)
    }

    /// Everyone on a list of invitees.
    pub fn among(invitees: &'a List<Invitee>) -> Seats<'a> {
        let rows: Vec<Row<Invitee>> = invitees.rows().collect();
        let register = Register::of(rows.iter().map(|(_, invitee)| person(invitee)));
        Seats { rows, register }
    }

    /// The invitee who is this person, surely or perhaps.
    pub fn find(&self, person: Person) -> Option<Row<'a, Invitee>> {
        self.register.find(person).map(|(_, place)| self.rows[place])
    }

    /// The invitee who is surely this person.
    pub fn sure(&self, person: Person) -> Option<Row<'a, Invitee>> {
        self.register.find(person).filter(|(same, _)| *same == Same::Yes).map(|(_, place)| self.rows[place])
    }
}

/// Whether somebody takes part in a meeting by running it.
pub fn runs(meeting: &Meeting, person: Person) -> bool {
    let chair = Person::new(&meeting.chair.person, &meeting.chair.name);
    [chair, Person::called(&meeting.minute_taker), Person::called(&meeting.minutes.taken_by)]
        .into_iter()
        .any(|runner| runner.compare(person) != Same::No)
}

/// The social worker who holds the case.
pub fn worker<'a>(case: &Case<'a>) -> Person<'a> {
    Person::new(&case.record.case.social_worker.person, &case.record.case.social_worker.name)
}

/// Whether somebody holds the case or manages it: they belong to every meeting and are no other professional.
pub fn is_own(case: &Case, person: Person) -> bool {
    let manager = Person::new(&case.record.case.manager.person, &case.record.case.manager.name);
    worker(case).compare(person) != Same::No || manager.compare(person) != Same::No
}

/// Those who, as the roles say, had left by the day of a meeting or were still to come. Who has no role is not said to
/// have left.
pub struct Gone<'a>(HashSet<Cow<'a, str>>);

impl<'a> Gone<'a> {
    /// Those who had left, or were still to come.
    pub fn by(case: &Case<'a>, sitting: &Sitting) -> Gone<'a> {
        let (mut here, mut gone) = (HashSet::default(), HashSet::default());
        for (_, role) in case.record.plan.roles.rows() {
            let list = if was_involved(role, sitting) { &mut here } else { &mut gone };
            list.insert(Person::new(&role.person, &role.name).folded());
        }
        gone.retain(|person| !here.contains(person));
        Gone(gone)
    }

    /// Whether this person is one of them.
    pub fn has(&self, person: Person) -> bool {
        self.0.contains(person.folded().as_ref())
    }
}

/// Whether somebody with a role was involved on the day of a meeting.
pub fn was_involved(role: &Role, sitting: &Sitting) -> bool {
    role.involved_from.get().is_none_or(|day| day <= sitting.day)
        && role.involved_until.get().is_none_or(|day| day >= sitting.day)
}

/// The invitees of earlier meetings of the plan, each with the latest row of theirs, where that row is one of those
/// wanted. Somebody who was left out with a reason has been dealt with.
pub fn earlier<'a>(
    case: &Case<'a>,
    sitting: &Sitting<'a>,
    wanted: impl Fn(&Meeting, &Invitee) -> bool,
) -> Vec<Person<'a>> {
    let mut seen: HashSet<Cow<str>> = HashSet::default();
    let mut latest = Vec::new();
    for (_, meeting) in case.held_meetings().into_iter().rev() {
        if meeting.held_on.get().is_none_or(|day| day >= sitting.day) {
            continue;
        }
        for (_, invitee) in meeting.invitees.rows().filter(|(_, invitee)| !person(invitee).is_nobody()) {
            if seen.insert(person(invitee).folded())
                && wanted(meeting, invitee)
                && invitee.reason_not_invited.is_blank()
            {
                latest.push(person(invitee));
            }
        }
    }
    latest
}
