//! How a child with a child protection plan is seen: by whom, how often, and what the plan says of it.
//!
//! Each way of seeing the child has a clock of its own. One visit that was missed is told once, by the gravest of the
//! clocks that it let run out.

use crate::answer::Answer;
use crate::case::Case;
use crate::cast::{Agency, is_nobody_in_particular, is_office, is_social_worker};
use crate::day::Day;
use crate::field::field;
use crate::finding::{Found, Severity, Stage};
use crate::office::Office;
use crate::order;
use crate::people::{Distinct, Person, Same};
use crate::period::{Period, Unit};
use crate::procedure::Asked;
use crate::record::{InviteeRole, PlanKind, Visit};
use crate::rule::{Check, Clock, Deadline, Guidance, Rule, Series};
use crate::sitting::person;
use crate::young::{Children, Whose};

pub(super) const CHECKS: &[&dyn Check] = &[
    &PROTECTION_SEEN,
    &PROTECTION_SEEN_APART,
    &PROTECTION_SEEN_ALONE,
    &PROTECTION_SEEN_AWAKE,
    &PROTECTION_BEDROOM,
    &PROTECTION_REASON_NOT_ALONE,
    &PROTECTION_VISITING,
    &PROTECTION_BEDROOM_STATED,
    &PROTECTION_PLACE,
];

// ---- which visits count ----

/// Those who may see a child, and what the form asks of visits.
struct Team<'a> {
    workers: Vec<Person<'a>>,
    members: Vec<Person<'a>>,
    agencies: Vec<Agency>,
    /// Whether a core group lists who belongs to it.
    is_listed: bool,
    /// Whether the form asks of any visit if the child was seen.
    asks_if_seen: bool,
}

impl<'a> Team<'a> {
    /// The social workers are the one who holds the case, a lead whom a conference named, and others of whom a list says
    /// that they are. To the core group belong those who were invited to one, who chaired one, and who have a role.
    fn of(case: &Case<'a>) -> Team<'a> {
        let record = case.record;
        let worker = &record.case.social_worker;
        let leads = record.conferences.rows().map(|(_, conference)| &conference.lead_social_worker);
        let mut workers: Vec<Person> = leads.map(|lead| Person::new(&lead.person, &lead.name)).collect();
        workers.push(Person::new(&worker.person, &worker.name));
        let meetings = record.meetings.rows().flat_map(|(_, meeting)| meeting.invitees.rows());
        let conferences = record.conferences.rows().flat_map(|(_, one)| one.invitees.rows());
        let listed = meetings.chain(conferences).map(|(_, invitee)| invitee);
        workers.extend(listed.filter(|one| one.role.is(InviteeRole::SocialWorker)).map(person));
        workers.retain(|worker| !worker.is_nobody());
        let groups = case.core_groups();
        let invitees = || groups.iter().flat_map(|(_, group)| group.invitees.rows()).map(|(_, one)| one);
        let roles = record.plan.roles.rows().map(|(_, role)| Person::new(&role.person, &role.name));
        let chairs = groups.iter().map(|(_, group)| Person::new(&group.chair.person, &group.chair.name));
        let mut members = Distinct::default();
        invitees().map(person).chain(roles).chain(chairs).for_each(|member| {
            members.add(member);
        });
        let mut agencies: Vec<&str> = invitees().map(|invitee| invitee.agency.text().trim()).collect();
        agencies.sort_unstable();
        agencies.dedup();
        Team {
            workers,
            members: members.into_people(),
            agencies: agencies.into_iter().map(Agency::of).collect(),
            is_listed: invitees().next().is_some(),
            asks_if_seen: record.visits.rows().any(|(_, visit)| !visit.child_seen.is_blank()),
        }
    }

    /// Whether the child was seen. Where the form asks it of no visit, each counts; an answer that cannot be read is told
    /// elsewhere and accuses nobody.
    fn has_seen(&self, visit: &Visit) -> bool {
        visit.child_seen.get().unwrap_or_else(|| {
            !visit.child_seen.is_blank() || visit.seen_alone.is(true) || !self.asks_if_seen
        })
    }

    /// Whether the social worker made a visit. Where nobody is named on either side, it may well have been.
    fn is_by_worker(&self, visit: &Visit) -> bool {
        let by = Person::called(&visit.by);
        by.is_nobody()
            || self.workers.is_empty()
            || is_social_worker(by.name)
            || Office::recognise(by.name).is_some_and(Office::is_social_worker)
            || self.workers.iter().any(|worker| worker.compare(by) != Same::No)
    }

    /// Whether somebody of the core group made a visit. An office in place of a name may be anybody's, and where no core
    /// group lists who belongs to it, everybody may.
    fn is_by_member(&self, visit: &Visit) -> bool {
        let by = Person::called(&visit.by);
        self.is_by_worker(visit)
            || !self.is_listed
            || is_office(by.name)
            || is_nobody_in_particular(by.name)
            || self.members.iter().any(|member| member.compare(by) != Same::No)
            || self.agencies.iter().any(|agency| Agency::of(by.name).is(agency))
    }
}

/// Whether an answer is yes, or one that cannot be read.
fn may_be(answer: &Answer<bool>) -> bool {
    answer.get().unwrap_or(!answer.is_blank())
}

fn is_alone(visit: &Visit) -> bool {
    may_be(&visit.seen_alone)
}

fn is_apart(visit: &Visit) -> bool {
    is_alone(visit) || may_be(&visit.apart_from_parents)
}

// ---- the clocks ----

/// The clocks of one way to see a child, from the conference or from the birth. Children whom the visits tell apart have
/// clocks of their own, each under its child.
fn clocks(
    case: &Case,
    event: &'static str,
    is_asked_of: impl Fn(usize) -> bool,
    counts: fn(&Team, &Visit) -> bool,
) -> Vec<Clock> {
    let Some(start) = case.protection_start() else { return Vec::new() };
    let visits = || case.record.visits.rows();
    let readable = visits().all(|(_, visit)| visit.on.is_blank() || visit.on.get().is_some());
    if !readable || case.is_closed() || case.is_before_birth() {
        return Vec::new();
    }
    let (team, children) = (Team::of(case), Children::of(case));
    let rows: Vec<usize> = case.record.children.rows().map(|(c, _)| c).collect();
    let told_apart =
        rows.len() > 1 && visits().any(|(_, visit)| matches!(children.meant(&visit.child), Whose::These(_)));
    let series = |child: Option<usize>| {
        let is_of = |visit: &Visit| match (children.meant(&visit.child), child) {
            (Whose::These(these), Some(child)) => these.contains(&child),
            _ => true,
        };
        let born = match (child, rows.as_slice()) {
            (Some(child), _) | (None, &[child]) => case.record.children[child].date_of_birth.get(),
            _ => None,
        };
        let start = match born.filter(|born| *born > start.0) {
            Some(born) => (born, "the birth"),
            None => start,
        };
        let mut done: Vec<(usize, Day)> = visits()
            .filter(|(_, visit)| is_of(visit) && counts(&team, visit))
            .filter_map(|(i, visit)| visit.on.get().map(|on| (i, on)))
            .filter(|(_, on)| *on <= case.today)
            .collect();
        order::by_key(&mut done, |(i, on)| (*on, *i));
        let ahead = visits()
            .filter(|(_, visit)| is_of(visit))
            .filter_map(|(i, visit)| visit.on.get().map(|on| (i, on)))
            .filter(|(_, on)| *on > case.today);
        let mut clocks = Series {
            start: Some(start),
            event,
            done,
            planned: ahead.min_by_key(|(_, on)| *on),
            field: |i| field!(visits[i].on),
            list: field!(visits),
            open: true,
        }
        .clocks();
        clocks.iter_mut().for_each(|clock| clock.child = child);
        clocks
    };
    let is_born =
        |child: &usize| !case.is_unborn(&case.record.children[*child], case.today) && is_asked_of(*child);
    if told_apart {
        return rows.iter().filter(|child| is_born(child)).flat_map(|child| series(Some(*child))).collect();
    }
    if rows.is_empty() || rows.iter().any(is_born) { series(None) } else { Vec::new() }
}

fn seen_apart(case: &Case) -> Vec<Clock> {
    clocks(
        case,
        "the child was seen apart",
        |_| true,
        |team, visit| team.has_seen(visit) && is_apart(visit) && team.is_by_member(visit),
    )
}

/// Leaves what is still to be done on the timeline alone where the child has not been seen apart in time: that tells, and
/// is the graver.
fn give_way(mut clocks: Vec<Clock>, case: &Case) -> Vec<Clock> {
    let Some(limit) = case.procedure.protection.apart_every.get() else { return clocks };
    let apart = seen_apart(case);
    for clock in clocks.iter_mut().filter(|clock| clock.done.is_none()) {
        clock.past |= apart.iter().any(|other| {
            let due = limit.value.after(other.from, case.calendar).0;
            other.child == clock.child && other.done.is_none() && due < case.today
        });
    }
    clocks
}

const PROTECTION_SEEN: Deadline = Deadline {
    id: "protection-seen",
    stage: Stage::Meeting,
    title: "Child seen by the core group",
    remedy: "See the child, and record the visit and who made it.",
    term: |procedure| procedure.protection.seen_every.get(),
    clocks: |case| {
        let seen = |team: &Team, visit: &Visit| team.has_seen(visit) && team.is_by_member(visit);
        give_way(clocks(case, "the child was seen", |_| true, seen), case)
    },
};

const PROTECTION_SEEN_APART: Deadline = Deadline {
    id: "protection-seen-apart",
    stage: Stage::Meeting,
    title: "Child seen apart from parents and carers",
    remedy: "See the child apart from the parents and carers, and record it.",
    term: |procedure| procedure.protection.apart_every.get(),
    clocks: seen_apart,
};

const PROTECTION_SEEN_ALONE: Deadline = Deadline {
    id: "protection-seen-alone",
    stage: Stage::Meeting,
    title: "Child seen alone by the social worker",
    remedy: "See the child alone, and record it.",
    term: |procedure| procedure.protection.alone_every.get(),
    clocks: |case| {
        let alone =
            |team: &Team, visit: &Visit| team.has_seen(visit) && is_alone(visit) && team.is_by_worker(visit);
        give_way(clocks(case, "the child was seen alone", |_| true, alone), case)
    },
};

const PROTECTION_SEEN_AWAKE: Deadline = Deadline {
    id: "protection-seen-awake",
    stage: Stage::Meeting,
    title: "Young child seen awake by the social worker",
    remedy: "See the child awake, and record it.",
    // Without an age nobody knows of whom it is asked.
    term: |procedure| {
        let terms = &procedure.protection;
        terms.awake_every.get().filter(|_| terms.awake_up_to.get().is_some())
    },
    clocks: |case| {
        let up_to = case.procedure.protection.awake_up_to.get().map_or(0, |cited| cited.value.0);
        let is_young =
            |child: usize| case.age(&case.record.children[child], case.today).is_some_and(|age| age <= up_to);
        if !case.record.children.rows().any(|(child, _)| is_young(child)) {
            return Vec::new();
        }
        let awake = |team: &Team, visit: &Visit| {
            team.has_seen(visit) && may_be(&visit.awake) && team.is_by_worker(visit)
        };
        give_way(clocks(case, "the child was seen awake", is_young, awake), case)
    },
};

const PROTECTION_BEDROOM: Deadline<Asked> = Deadline {
    id: "protection-bedroom",
    stage: Stage::Meeting,
    title: "Child's bedroom seen between conferences",
    remedy: "See the child's bedroom, and record it with the visit.",
    term: |procedure| procedure.protection.bedroom_between_conferences.get(),
    clocks: |case| bedroom(case).into_iter().collect(),
};

/// It runs from a conference to the next one: the day that is set for it, else the last on which it may be held. What was
/// missed before the latest conference is told until the bedroom has been seen.
fn bedroom(case: &Case) -> Option<Clock> {
    let (start, event) = case.protection_start().filter(|_| !case.is_closed() && !case.is_before_birth())?;
    let terms = &case.procedure.protection;
    let held = case.held_conferences().into_iter().filter_map(|(_, conference)| conference.held_on.get());
    let mut days: Vec<Day> = held.filter(|day| *day > start).collect();
    days.insert(0, start);
    let ahead = case.record.conferences.rows().filter_map(|(_, conference)| conference.held_on.get());
    let set = ahead.filter(|day| *day > case.today).min();
    let limit = if days.len() == 1 { &terms.first_review_within } else { &terms.reviews_every };
    let last = days.last()?;
    days.push(set.or(limit.get().map(|cited| cited.value.after(*last, case.calendar).0))?);
    let mut seen: Vec<(Day, usize)> = case
        .record
        .visits
        .rows()
        .filter(|(_, visit)| {
            visit.bedroom_seen.is(true)
                || visit.bedroom_seen.get().is_none() && !visit.bedroom_seen.is_blank()
        })
        .filter_map(|(i, visit)| visit.on.get().map(|on| (on, i)))
        .filter(|(on, _)| *on >= start && *on <= case.today)
        .collect();
    order::sorted(&mut seen);
    let gap = |k: usize| seen.iter().find(|(on, _)| *on >= days[k]);
    let now = days.len() - 2;
    let before = now.checked_sub(1).filter(|before| gap(*before).is_none());
    let k = before.unwrap_or(now);
    let period = Period::of(u32::try_from(days[k].days_until(days[k + 1])).ok()?, Unit::Days)?;
    let done = gap(k);
    let field = done.map_or_else(|| field!(visits), |(_, i)| field!(visits[*i].bedroom_seen));
    let clock = Clock::new(days[k], event, done.map(|(on, _)| *on), field);
    Some(Clock { agreed: Some(period), ..clock })
}

// ---- what is recorded of a visit ----

const PROTECTION_REASON_NOT_ALONE: Rule<Asked> = Rule {
    id: "protection-reason-not-alone",
    severity: Severity::Error,
    stage: Stage::Meeting,
    title: "Where a child is seen apart from the parents with a brother, a sister or somebody else, the reason is recorded",
    remedy: "Record who was with the child, and why.",
    term: |procedure| procedure.protection.reason_not_alone.get(),
    check: reason_not_alone,
};

/// Of the latest visit: what an earlier one lacked, a later one has made good.
fn reason_not_alone(_: &Asked, case: &Case, found: &mut Found) {
    let visits = case.record.visits.rows().filter(|(_, visit)| {
        visit.on.get().is_some_and(|on| on <= case.today) && !visit.child_seen.is(false)
    });
    let Some((i, visit)) = visits.max_by_key(|(i, visit)| (visit.on.get(), *i)) else { return };
    if case.is_child_protection()
        && !case.is_closed()
        && visit.apart_from_parents.is(true)
        && visit.seen_alone.is(false)
        && visit.reason_not_alone.is_blank()
    {
        let message = format!(
            "Reason the child was not seen alone is missing for visit {}, which was apart from the parents",
            i + 1
        );
        found.at(field!(visits[i].reason_not_alone), message);
    }
}

// ---- what the plan says ----

/// Whether the plan at hand is the child protection plan that is in force.
fn has_own_plan(case: &Case) -> bool {
    case.is_child_protection() && case.record.plan.kind.is(PlanKind::ChildProtection) && case.has_plan()
}

const PROTECTION_VISITING: Rule<Asked> = Rule {
    id: "protection-visiting",
    severity: Severity::Warning,
    stage: Stage::Circulate,
    title: "The child protection plan sets out how the child is visited",
    remedy: "Enter who sees the child, how often and where.",
    term: |procedure| procedure.protection.visiting_arrangements.get(),
    check: |_, case, found| {
        let plan = &case.record.plan;
        if has_own_plan(case)
            && plan.visiting.arrangements.is_blank()
            && plan.lead_professional.visit_every.is_blank()
        {
            found.at(field!(plan.visiting.arrangements), "Visiting arrangements are missing from the plan");
        }
    },
};

const PROTECTION_BEDROOM_STATED: Rule<Asked> = Rule {
    id: "protection-bedroom-stated",
    severity: Severity::Error,
    stage: Stage::Circulate,
    title: "The child protection plan says how often the child's bedroom is seen",
    remedy: "Agree how often, and enter it. It is at least once between one conference and the next.",
    term: |procedure| procedure.protection.bedroom_stated.get(),
    check: |_, case, found| {
        if has_own_plan(case) && case.record.plan.visiting.bedroom.is_blank() {
            let message = "How often the bedroom is seen is missing from the plan";
            found.at(field!(plan.visiting.bedroom), message);
        }
    },
};

// ---- guidance ----

const PROTECTION_PLACE: Guidance = Guidance {
    id: "protection-place",
    text: "A senior practitioner can agree where a child with a child protection plan is seen, as the case stands: at home, at school or elsewhere.",
    path: "visits[].place",
};
