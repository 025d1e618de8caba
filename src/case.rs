//! What a check looks at, and facts of the case that several checks ask for.

use std::rc::Rc;

use crate::answer::{Answer, Text};
use crate::cast::Cast;
use crate::day::{Calendar, Day};
use crate::field::Field;
use crate::finding::Stage;
use crate::link::Links;
use crate::order;
use crate::part::{self, List, Part};
use crate::people::{Distinct, Person, Same};
use crate::procedure::{Occasion, Procedure, Responsible};
use crate::reads::{self, Columns, Memo, Once, OnceEach};
use crate::record::{
    Action, AssessmentOutcome, Child, Conference, ConferenceDecision, Direction, Invitee, InviteeRole,
    Meeting, MeetingKind, PlanKind, Progress, Record, TakingPart,
};
use crate::wording::Reading;
use crate::young::Young;

/// One record on one day at one stage.
pub struct Case<'a> {
    /// What the form holds.
    pub record: &'a Record,
    /// The day on which it is checked.
    pub today: Day,
    /// How far the plan has come.
    pub stage: Stage,
    /// The working days of the authority.
    pub calendar: &'a Calendar,
    /// The manual. A check cites the term it is handed; here it asks only which of several terms holds in this case.
    pub procedure: &'a Procedure,
    /// What several checks ask for.
    known: &'a Known,
    involved: Once<Vec<Person<'a>>>,
    /// Children by the list of invitees and the day.
    pub(crate) young: OnceEach<(*const List<Invitee>, Day), Rc<[Young<'a>]>>,
}

/// Declares [`Known`]: each fact with its type and the question of the case that works it out.
macro_rules! known {
    ($($(#[doc = $about:literal])* $fact:ident: $type:ty, by $ask:ident;)+) => {
        /// What several checks ask for, each once somebody has asked. A form keeps it for as long as nothing changes that
        /// it was worked out from.
        pub struct Known {
            $($(#[doc = $about])* $fact: Memo<$type>,)+
        }

        impl Default for Known {
            fn default() -> Known {
                let mut numbers = 0..;
                let mut number = || numbers.next().unwrap_or_default();
                Known { $($fact: Memo::new(number()),)+ }
            }
        }

        impl Known {
            /// Keeps nothing that was worked out from what has changed.
            pub fn forget(&mut self, changed: &Columns) {
                $(self.$fact.forget(changed);)+
            }

            /// Works out anew what it has forgotten, and gives the places of what comes out otherwise.
            pub fn renew(&self, case: &Case) -> Columns {
                let mut changed = Columns::NONE;
                $(self.$fact.renew(&|| _ = case.$ask(), &mut changed);)+
                changed
            }
        }
    };
}

known! {
    /// Everyone whom the plan names.
    cast: Cast, by cast;
    /// What cannot be read or does not fit.
    faults: Vec<Fault>, by faults;
    /// The needs and the outcomes, as other rows refer to them.
    needs: Links, by needs;
    outcomes: Links, by outcomes;
    /// Rows by their index.
    actions: Vec<usize>, by wanted_actions;
    held: Vec<usize>, by held_meetings;
    first: Option<usize>, by first_meeting;
    latest: Option<usize>, by latest_meeting;
    current: Vec<usize>, by current_meetings;
    conferences: Vec<usize>, by held_conferences;
    child_protection: bool, by is_child_protection;
    start: Option<(Day, &'static str)>, by plan_start;
}

/// An answer that cannot be read or does not fit.
#[derive(PartialEq)]
pub struct Fault {
    /// Where it stands.
    pub field: Field,
    /// What is wrong with it, worded to follow the label of the field.
    pub problem: String,
    /// What to do, where it cannot be read.
    pub unread: Option<&'static str>,
}

/// Whether something was entered of an action. A row with no more than its progress is one that a form has prepared.
pub fn says_something(action: &Action) -> bool {
    !(action.what.is_blank()
        && action.who.is_blank()
        && action.measure.is_blank()
        && action.outcome.is_blank()
        && action.due_on.is_blank()
        && action.done_on.is_blank()
        && action.result.is_blank()
        && action.resources.is_empty())
}

fn places<'a, T: 'a>(rows: impl IntoIterator<Item = Row<'a, T>>) -> Vec<usize> {
    rows.into_iter().map(|(index, _)| index).collect()
}

/// A row with its index in the form.
pub type Row<'a, T> = (usize, &'a T);

impl<'a> Case<'a> {
    /// A record as it is looked at on a day, at a stage, by a manual.
    pub fn new(
        record: &'a Record,
        today: Day,
        stage: Stage,
        calendar: &'a Calendar,
        procedure: &'a Procedure,
        known: &'a Known,
    ) -> Case<'a> {
        Case {
            record,
            today,
            stage,
            calendar,
            procedure,
            known,
            involved: Once::default(),
            young: OnceEach::default(),
        }
    }

    /// Everyone whom the plan names.
    pub fn cast(&self) -> &'a Cast {
        self.known.cast.get_or(|| Cast::of(self))
    }

    /// The needs of the plan, as other rows refer to them.
    pub fn needs(&self) -> &'a Links {
        self.known.needs.get_or(|| Links::needs(&self.record.plan.needs))
    }

    /// The outcomes of the plan, as other rows refer to them.
    pub fn outcomes(&self) -> &'a Links {
        self.known.outcomes.get_or(|| Links::outcomes(&self.record.plan.outcomes))
    }

    /// The actions that somebody is to take. What is no longer needed says nothing more.
    pub fn wanted_actions(&self) -> impl Iterator<Item = Row<'a, Action>> + use<'a> {
        let actions = &self.record.plan.actions;
        let wanted = self.known.actions.get_or(|| {
            let wanted =
                |(_, action): &Row<Action>| says_something(action) && !action.status.is(Progress::Dropped);
            places(actions.rows().filter(wanted))
        });
        wanted.iter().map(|i| (*i, &actions[*i]))
    }

    /// What the action with this index says.
    pub fn reading(&self, index: usize) -> Reading<'a> {
        let action = &self.record.plan.actions[index];
        Reading::of(action.what.said(), action.measure.measured())
    }

    /// What cannot be read or does not fit, in the order of the record.
    pub fn faults(&self) -> &'a [Fault] {
        self.known.faults.get_or(|| {
            reads::note(reads::FAULTS);
            let mut faults = Vec::new();
            part::walk_doubtful(self.record, &mut |place, size, part| {
                let mut add = |problem: String, unread| {
                    faults.push(Fault { field: Field::at_path(place.path()), problem, unread });
                };
                if let Some(problem) = part.problem() {
                    add(problem.into(), Some(part.help()));
                }
                if let Some(problem) = size.problem(part) {
                    add(problem, None);
                }
            });
            faults
        })
    }

    /// The meetings of the plan itself that have been held by today, in order of their days. Meetings of
    /// professionals and of the family's network stand beside the plan and start no clock; those of a core group
    /// have clocks of their own.
    pub fn held_meetings(&self) -> Vec<Row<'a, Meeting>> {
        let held = self.known.held.get_or(|| {
            let held =
                |(_, meeting): &Row<Meeting>| meeting.held_on.get().is_some_and(|day| day <= self.today);
            let mut held: Vec<_> = self.plan_meetings().filter(held).collect();
            order::by_key(&mut held, |(_, meeting)| meeting.held_on.get());
            places(held)
        });
        held.iter().map(|m| self.meeting(*m)).collect()
    }

    fn meeting(&self, index: usize) -> Row<'a, Meeting> {
        (index, &self.record.meetings[index])
    }

    /// The meetings of the plan itself, held or to come, in the order of the form.
    pub fn plan_meetings(&self) -> impl DoubleEndedIterator<Item = Row<'a, Meeting>> + use<'a> {
        self.record.meetings.rows().filter(|(_, meeting)| {
            !matches!(
                meeting.kind.get(),
                Some(MeetingKind::Professionals | MeetingKind::FamilyNetwork | MeetingKind::CoreGroup)
            )
        })
    }

    /// The first meeting of the plan: the one of that kind, else the earliest by day, else the first in the form. Where
    /// the kind of that one cannot be read, nobody can tell which it is.
    pub fn first_meeting(&self) -> Option<Row<'a, Meeting>> {
        let first = self.known.first.get_or(|| {
            let initial = self.plan_meetings().find(|(_, meeting)| meeting.kind.is(MeetingKind::Initial));
            let first = initial.or_else(|| {
                self.plan_meetings()
                    .filter(|(_, meeting)| meeting.kind.get().is_none())
                    .min_by_key(|(index, meeting)| {
                        (meeting.held_on.get().is_none(), meeting.held_on.get(), *index)
                    })
                    .filter(|(_, meeting)| meeting.kind.is_blank())
            });
            first.map(|(index, _)| index)
        });
        first.map(|index| self.meeting(index))
    }

    /// Whether this is the first meeting of the plan.
    pub fn is_first(&self, index: usize) -> bool {
        self.first_meeting().is_some_and(|(first, _)| first == index)
    }

    /// Whether this is a meeting of the plan after the first one. A meeting whose kind cannot be read is neither.
    pub fn is_later(&self, index: usize) -> bool {
        let first = self.first_meeting().map(|(first, _)| first);
        self.plan_meetings().find(|(i, _)| *i == index).is_some_and(|(_, meeting)| {
            let may_be_first = meeting.kind.is_blank() || meeting.kind.is(MeetingKind::Initial);
            Case::is_later_kind(meeting) || may_be_first && first.is_some_and(|first| first != index)
        })
    }

    /// Whether a manual that speaks of some of the meetings speaks of this one.
    pub fn is_at(&self, occasion: Occasion, index: usize) -> bool {
        match occasion {
            Occasion::First => self.is_first(index),
            Occasion::Reviews => self.is_later(index),
            Occasion::Every => true,
        }
    }

    /// The latest meeting of the plan by day; without days, the last in the form.
    pub fn latest_meeting(&self) -> Option<Row<'a, Meeting>> {
        let latest = self.known.latest.get_or(|| {
            let latest = self.plan_meetings().max_by_key(|(index, meeting)| (meeting.held_on.get(), *index));
            latest.map(|(index, _)| index)
        });
        latest.map(|index| self.meeting(index))
    }

    /// Whether a meeting is of a kind that comes after the first one.
    pub fn is_later_kind(meeting: &Meeting) -> bool {
        matches!(
            meeting.kind.get(),
            Some(MeetingKind::Review | MeetingKind::Closing | MeetingKind::FormalReview)
        )
    }

    /// The latest review that was held. What an earlier one decided shows in the work that went on. None is the latest where
    /// the kind of a meeting held since cannot be read.
    pub fn latest_review(&self) -> Option<Row<'a, Meeting>> {
        let is_review = |(i, meeting): &Row<Meeting>| {
            Case::is_later_kind(meeting) || (meeting.kind.is_blank() && self.is_later(*i))
        };
        let may_be =
            |row: &Row<Meeting>| is_review(row) || (row.1.kind.get().is_none() && !row.1.kind.is_blank());
        self.held_meetings().into_iter().rev().find(may_be).filter(is_review)
    }

    /// The meeting of the plan that comes next, with the earliest day ahead, or else without a day.
    pub fn upcoming_meeting(&self) -> Option<Row<'a, Meeting>> {
        self.plan_meetings()
            .filter(|(_, meeting)| meeting.held_on.get().is_none_or(|day| day > self.today))
            .min_by_key(|(i, meeting)| (meeting.held_on.get().is_none(), meeting.held_on.get(), *i))
    }

    /// Whether the days of all meetings are known or blank. While one cannot be read, nobody can tell what lies between.
    pub fn meeting_days_known(&self) -> bool {
        self.plan_meetings().all(|(_, meeting)| meeting.held_on.is_blank() || meeting.held_on.get().is_some())
    }

    /// The day on which the plan started, or on which the child came to it from a child protection plan, and which of
    /// the two it was.
    pub fn plan_start(&self) -> Option<(Day, &'static str)> {
        *self.known.start.get_or(|| self.find_plan_start())
    }

    fn find_plan_start(&self) -> Option<(Day, &'static str)> {
        let plan = &self.record.plan;
        let earlier = plan.earlier_versions.rows().filter_map(|(_, version)| version.drawn_up_on.get());
        let met = self.first_meeting().and_then(|(_, meeting)| meeting.held_on.get());
        let started_on =
            plan.started_on.get().or_else(|| earlier.chain(plan.drawn_up_on.get()).chain(met).min());
        let started = started_on.map(|day| (day, "the plan started"));
        let ended = self.protection_ended_on().map(|day| (day, "the child protection plan ended"));
        started.into_iter().chain(ended).filter(|(day, _)| *day <= self.today).max_by_key(|(day, _)| *day)
    }

    /// Whether the plan acknowledges, with the reason, that support has to last longer than is usual.
    pub fn is_long_term(&self) -> bool {
        let support = &self.record.plan.long_term_support;
        support.acknowledged.is(true) && !support.reason.is_blank()
    }

    /// The meetings of the plan of which anything missing is asked: the latest that was held, and the next to come. What
    /// is missing of an older one cannot be mended any more, and one after the next is not being prepared yet. A child
    /// protection plan has meetings of another kind: of them nothing is asked.
    pub fn current_meetings(&self) -> Vec<Row<'a, Meeting>> {
        let current = self.known.current.get_or(|| places(self.current(self.plan_meetings())));
        current.iter().map(|m| self.meeting(*m)).collect()
    }

    /// As [`Case::current_meetings`], of the meetings of professionals, which stand beside the plan.
    pub fn current_meetings_of_professionals(&self) -> Vec<Row<'a, Meeting>> {
        let meetings = self.record.meetings.rows();
        self.current(meetings.filter(|(_, meeting)| meeting.kind.is(MeetingKind::Professionals)))
    }

    /// The latest held and the next to come. A meeting without a day is read as the next where no day lies ahead; one
    /// that did not take place because the review was carried out without a meeting is left out.
    fn current(&self, meetings: impl Iterator<Item = Row<'a, Meeting>>) -> Vec<Row<'a, Meeting>> {
        if self.is_child_protection() {
            return Vec::new();
        }
        let mut held: Option<(Day, Row<Meeting>)> = None;
        let mut ahead: Option<(Day, Row<Meeting>)> = None;
        let mut undated = None;
        for row in meetings {
            let outside = &row.1.outside_meeting;
            if !(outside.by.is_blank() && outside.agreed_by.is_blank() && outside.reason.is_blank()) {
                continue;
            }
            match row.1.held_on.get() {
                Some(day) if day > self.today => {
                    let next = ahead.is_none_or(|(earliest, _)| day < earliest);
                    ahead = if next { Some((day, row)) } else { ahead };
                }
                Some(day) => {
                    let last = held.is_none_or(|(latest, _)| day >= latest);
                    held = if last { Some((day, row)) } else { held };
                }
                None if row.1.held_on.is_blank() => undated = Some(row),
                None => {}
            }
        }
        let next = ahead.map(|(_, row)| row).or(undated).filter(|_| !self.is_closed());
        held.map(|(_, row)| row).into_iter().chain(next).collect()
    }

    /// The day on which a meeting is or was held; today where it is not known.
    pub fn day_of(&self, meeting: &Meeting) -> Day {
        meeting.held_on.get().unwrap_or(self.today)
    }

    /// Who has a task around a meeting; nobody where the record does not name them.
    pub fn responsible(&self, responsible: Responsible, meeting: &'a Meeting) -> Person<'a> {
        let record = self.record;
        let (lead, worker) = (&record.plan.lead_professional, &record.case.social_worker);
        match responsible {
            Responsible::Chair => Person::new(&meeting.chair.person, &meeting.chair.name),
            Responsible::LeadProfessional => Person::new(&lead.person, &lead.name),
            Responsible::SocialWorker => Person::new(&worker.person, &worker.name),
        }
    }

    /// The age of a child on a day, in whole years; `None` where the date of birth is not known or lies ahead.
    pub fn age(&self, child: &Child, on: Day) -> Option<u32> {
        child.date_of_birth.get().and_then(|born| born.age_on(on))
    }

    /// Whether a child is not born yet on a day.
    pub fn is_unborn(&self, child: &Child, on: Day) -> bool {
        match child.date_of_birth.get() {
            Some(born) => born > on,
            None => child.date_of_birth.is_blank() && !child.expected_date_of_birth.is_blank(),
        }
    }

    /// The child protection conferences held by today, in order of their days.
    pub fn held_conferences(&self) -> Vec<Row<'a, Conference>> {
        let conferences = &self.record.conferences;
        let held = self.known.conferences.get_or(|| {
            let held = |(_, one): &Row<Conference>| one.held_on.get().is_some_and(|day| day <= self.today);
            let mut held: Vec<_> = conferences.rows().filter(held).collect();
            order::by_key(&mut held, |(_, conference)| conference.held_on.get());
            places(held)
        });
        held.iter().map(|index| (*index, &conferences[*index])).collect()
    }

    /// What the latest conference whose decision is known decided, and when.
    pub fn conference_decision(&self) -> Option<(Day, ConferenceDecision)> {
        let held = self.held_conferences().into_iter().rev();
        held.filter_map(|(_, conference)| conference.held_on.get().zip(conference.decision.get())).next()
    }

    /// The day on which the child protection plan ended or is to end: that of the conference which ended it, else as the
    /// case has it. One that ended before a conference which made or kept a plan was an earlier one.
    pub fn protection_ended_on(&self) -> Option<Day> {
        use ConferenceDecision::{NoPlan, PlanChanged, PlanContinues, PlanEnded, PlanMade};
        let noted = self.record.case.child_protection_plan_ended_on.get();
        match self.conference_decision() {
            Some((day, PlanEnded)) => Some(day),
            Some((day, PlanMade | PlanContinues | PlanChanged)) => noted.filter(|noted| *noted >= day),
            Some((_, NoPlan)) | None => noted,
        }
    }

    /// The day of the conference that made no child protection plan: the latest, where no other has decided since; else
    /// as the case has it.
    pub fn conference_without_plan_on(&self) -> Option<Day> {
        match self.conference_decision() {
            Some((day, ConferenceDecision::NoPlan)) => Some(day),
            Some(_) => None,
            None => self.record.case.conference_on.get(),
        }
    }

    /// Whether the child has a child protection plan today, by the conferences or else by the case.
    pub fn has_child_protection_plan(&self) -> bool {
        use ConferenceDecision::{NoPlan, PlanEnded};
        let decided = self.conference_decision().map(|(_, decision)| !matches!(decision, NoPlan | PlanEnded));
        decided.unwrap_or_else(|| self.record.case.child_protection_plan.is(true))
            && self.protection_ended_on().is_none_or(|day| day > self.today)
    }

    /// The day from which the child has had the child protection plan that is in force, and what happened on it: the
    /// conference that made it, else the first one on record, else the day that the plan bears.
    pub fn protection_start(&self) -> Option<(Day, &'static str)> {
        use ConferenceDecision::{NoPlan, PlanEnded, PlanMade};
        let held = self.held_conferences();
        let days = |wanted: &dyn Fn(&Conference) -> bool| -> Vec<Day> {
            held.iter().filter(|(_, one)| wanted(one)).filter_map(|(_, one)| one.held_on.get()).collect()
        };
        let left_none = days(&|one| matches!(one.decision.get(), Some(NoPlan | PlanEnded))).pop();
        let made = days(&|one| one.decision.is(PlanMade)).pop();
        let first = days(&|_| true).into_iter().find(|day| left_none.is_none_or(|none| *day > none));
        let plan = &self.record.plan;
        let conference = made.or(first).or(self.record.case.conference_on.get());
        let started = plan.started_on.get().or(plan.drawn_up_on.get());
        conference
            .map(|day| (day, "the conference"))
            .or(started.map(|day| (day, "the plan started")))
            .filter(|(day, _)| *day <= self.today && self.is_child_protection())
    }

    /// The social worker whom the latest conference that names one made the lead, with the conference.
    pub fn lead_social_worker(&self) -> Option<(Row<'a, Conference>, Person<'a>)> {
        let held = self.held_conferences().into_iter().rev();
        let mut named = held.map(|row| {
            let lead = &row.1.lead_social_worker;
            (row, Person::new(&lead.person, &lead.name))
        });
        named.find(|(_, lead)| !lead.is_nobody())
    }

    /// The core groups with a known day, in order of their days.
    pub fn core_groups(&self) -> Vec<Row<'a, Meeting>> {
        let meetings = self.record.meetings.rows();
        let mut groups: Vec<_> = meetings
            .filter(|(_, meeting)| meeting.kind.is(MeetingKind::CoreGroup) && meeting.held_on.get().is_some())
            .collect();
        order::by_key(&mut groups, |(_, meeting)| meeting.held_on.get());
        groups
    }

    /// The core groups held by today under the child protection plan that is in force, in order of their days; where
    /// none is, all of them.
    pub fn held_core_groups(&self) -> Vec<Row<'a, Meeting>> {
        let since = self.protection_start().map(|(day, _)| day);
        let mut groups = self.core_groups();
        groups.retain(|(_, group)| {
            group.held_on.get().is_some_and(|day| day <= self.today && since.is_none_or(|since| day >= since))
        });
        groups
    }

    /// Whether every child of the record is still to be born.
    pub fn is_before_birth(&self) -> bool {
        let children = &self.record.children;
        !children.is_empty()
            && children
                .rows()
                .all(|(_, child)| child.date_of_birth.is_blank() && !child.expected_date_of_birth.is_blank())
    }

    /// Whether a child protection plan is in force, which has meetings and visits of its own. One that was drawn up as
    /// such and has ended since is not.
    pub fn is_child_protection(&self) -> bool {
        *self.known.child_protection.get_or(|| self.find_child_protection())
    }

    fn find_child_protection(&self) -> bool {
        let plan = &self.record.plan;
        match self.protection_ended_on() {
            Some(ended) if ended <= self.today => {
                let drawn_up = plan.started_on.get().max(plan.drawn_up_on.get());
                plan.kind.is(PlanKind::ChildProtection) && drawn_up > Some(ended)
            }
            Some(_) => true,
            None => plan.kind.is(PlanKind::ChildProtection) || self.has_child_protection_plan(),
        }
    }

    /// Whether the case has been closed by today.
    pub fn is_closed(&self) -> bool {
        self.record.closure.closed_on.get().is_some_and(|day| day <= self.today)
    }

    /// Whether the latest meeting decided to close the case, or closing is recorded.
    pub fn is_closing(&self) -> bool {
        let closure = &self.record.closure;
        !closure.decided_on.is_blank()
            || !closure.closed_on.is_blank()
            || self.latest_meeting().is_some_and(|(_, meeting)| {
                meeting.decision.is(crate::record::Decision::Close) || meeting.kind.is(MeetingKind::Closing)
            })
    }

    /// Whether the group around the plan closes the case. A brief intervention, an assessment that ended without a plan
    /// and a family who moved away close in another way.
    pub fn is_closed_by_group(&self) -> bool {
        let ended_at_assessment = matches!(
            self.record.assessment.outcome.get(),
            Some(AssessmentOutcome::NoFurtherAction | AssessmentOutcome::EarlyHelp)
        ) && !self.has_planning();
        let transfer = &self.record.transfer;
        let moving = !transfer.moved_on.is_blank() || !transfer.other_authority.is_blank();
        let closed_first = self
            .record
            .closure
            .closed_on
            .get()
            .zip(transfer.moved_on.get())
            .is_some_and(|(closed, moved)| closed < moved);
        let moved_away = moving && !closed_first && !transfer.direction.is(Direction::In);
        !self.is_brief_intervention() && !ended_at_assessment && !moved_away
    }

    /// The day on which the family moved into the area, as it stands with the case or else with the move.
    pub fn moved_in_on(&self) -> &'a Answer<Day> {
        let (with_case, transfer) = (&self.record.case.moved_in_on, &self.record.transfer);
        if with_case.is_blank() && transfer.direction.is(Direction::In) {
            &transfer.moved_on
        } else {
            with_case
        }
    }

    /// The day on which the family moved out of the area, or is going to.
    pub fn moved_away_on(&self) -> Option<Day> {
        let transfer = &self.record.transfer;
        transfer.moved_on.get().filter(|_| !transfer.direction.is(Direction::In))
    }

    /// The latest meeting by the day on which the case closed; by today while it is open.
    pub fn last_meeting_before_closing(&self) -> Option<Row<'a, Meeting>> {
        let by = self.record.closure.closed_on.get().filter(|_| self.is_closed());
        self.held_meetings()
            .into_iter()
            .rfind(|(_, meeting)| by.is_none_or(|by| meeting.held_on.get().is_some_and(|day| day <= by)))
    }

    /// Whether the plan holds needs, outcomes or actions.
    pub fn has_plan(&self) -> bool {
        let plan = &self.record.plan;
        !(plan.needs.is_empty() && plan.outcomes.is_empty() && plan.actions.is_empty())
    }

    /// Whether planning has begun: there is something of a plan, or a meeting about one.
    pub fn has_planning(&self) -> bool {
        self.has_plan() || !self.record.plan.drawn_up_on.is_blank() || !self.held_meetings().is_empty()
    }

    /// Whether anything of a plan was entered, or a meeting about one was held.
    pub fn has_begun_plan(&self) -> bool {
        self.has_planning() || !Part::is_empty(&*self.record.plan)
    }

    /// Whether it is known that the case was opened.
    pub fn is_opened(&self) -> bool {
        let facts = &self.record.case;
        !facts.referred_on.is_blank()
            || !facts.responsibility_accepted_on.is_blank()
            || !self.held_meetings().is_empty()
    }

    /// Whether what a plan holds is asked for. A brief intervention takes the place of a plan; and where an open case
    /// has nothing at all of one, a single finding says so.
    pub fn asks_for_plan(&self) -> bool {
        let told_once = self.procedure.plan.held.get().is_some() && self.is_opened();
        !self.is_brief_intervention() && (self.has_begun_plan() || !told_once)
    }

    /// The version that counts as the latest: that of the plan. Where all that was signed and sent since it was drawn up
    /// bears one other number, that number: the plan's is the slip, and a rule of its own says so.
    pub fn latest_version(&self) -> &'a Answer<Text> {
        let plan = &self.record.plan;
        let (version, since) = (&plan.version, plan.drawn_up_on.get().max(plan.updated_on.get()));
        if version.is_blank() || since.is_none() {
            return version;
        }
        let signed = plan.signatures.rows().map(|(_, row)| (row.signed_on.get(), &*row.version));
        let sent = self.record.sharing.recipients.rows().map(|(_, row)| (row.sent_on.get(), &*row.version));
        let mut borne = signed
            .chain(sent)
            .filter(|(day, version)| *day >= since && !version.is_blank())
            .map(|(_, version)| version);
        let Some(first) = borne.next() else { return version };
        let (mut others, mut alike) = (0, true);
        for other in borne {
            others += 1;
            alike &= other.is_version(first);
        }
        if others > 0 && alike { first } else { version }
    }

    /// Whether the plan is the interim one, made while the assessment is under way.
    pub fn is_interim(&self) -> bool {
        self.record.plan.interim.is(true) || self.record.plan.kind.is(PlanKind::Interim)
    }

    /// Whether the plan is one of early help, which somebody other than a social worker leads.
    pub fn is_early_help(&self) -> bool {
        matches!(self.record.plan.kind.get(), Some(PlanKind::EarlyHelp | PlanKind::TeamAroundFamily))
    }

    /// Whether the case ends with a brief intervention in place of a plan. Once planning has begun, that way is shut.
    pub fn is_brief_intervention(&self) -> bool {
        self.record.closure.brief_intervention.is(true) && !self.has_planning()
    }

    /// Everyone whom the record gives a part: children, social worker, manager, lead professional, those with a role,
    /// and invitees. A person may come up more than once.
    pub fn people(&self) -> impl Iterator<Item = Person<'a>> + use<'a> {
        let record = self.record;
        let case = &record.case;
        let lead = &record.plan.lead_professional;
        let children = record.children.rows().map(|(_, child)| Person::new(&child.person, &child.name));
        let officers = [
            Person::new(&case.social_worker.person, &case.social_worker.name),
            Person::new(&case.manager.person, &case.manager.name),
            Person::new(&lead.person, &lead.name),
        ];
        let roles = record.plan.roles.rows().map(|(_, role)| Person::new(&role.person, &role.name));
        let invitees = record
            .meetings
            .rows()
            .flat_map(|(_, meeting)| meeting.invitees.rows())
            .map(|(_, invitee)| Person::new(&invitee.person, &invitee.name));
        children.chain(officers).chain(roles).chain(invitees).filter(|person| !person.is_nobody())
    }

    /// Everyone involved in the plan who is to sign it and get a copy, each once: the lead professional, those with a
    /// role, the parents and carers of the latest meeting, and the young people who took part. People from whom the plan
    /// is kept are left out.
    pub fn involved(&self) -> &[Person<'a>] {
        self.involved.get_or(|| self.find_involved())
    }

    fn find_involved(&self) -> Vec<Person<'a>> {
        let plan = &self.record.plan;
        let lead = std::iter::once(Person::new(&plan.lead_professional.person, &plan.lead_professional.name));
        let roles = plan
            .roles
            .rows()
            .filter(|(_, role)| role.involved_until.get().is_none_or(|day| day >= self.today))
            .map(|(_, role)| Person::new(&role.person, &role.name));
        let family = self
            .latest_meeting()
            .into_iter()
            .flat_map(|(_, meeting)| meeting.invitees.rows())
            .filter(|(_, invitee)| match invitee.role.get() {
                Some(InviteeRole::Parent | InviteeRole::Carer) => invitee.reason_not_invited.is_blank(),
                Some(InviteeRole::Child) => self.is_taking_part(invitee),
                _ => false,
            })
            .map(|(_, invitee)| Person::new(&invitee.person, &invitee.name));
        let mut involved = Distinct::default();
        for person in lead.chain(roles).chain(family) {
            if !self.is_excluded(person) {
                involved.add(person);
            }
        }
        involved.into_people()
    }

    /// Whether a child on the list of a meeting is expected to sign and to be sent papers: one who came, and has the age
    /// from which the manual invites young people, or who has that age and gave views in another way.
    fn is_taking_part(&self, invitee: &Invitee) -> bool {
        let from = self.procedure.attendance.young_person_invited_from.get().map(|cited| cited.value.0);
        let Some(from) = from else { return invitee.attended.is(true) };
        let person = Person::new(&invitee.person, &invitee.name);
        let mut children = self.record.children.rows().map(|(_, child)| child);
        let child =
            children.find(|child| Person::new(&child.person, &child.name).compare(person) != Same::No);
        let gave = |form: &Answer<TakingPart>| form.get().is_some_and(|form| form != TakingPart::None);
        let took_part = invitee.attended.is(true)
            || gave(&invitee.participation)
            || child.is_some_and(|child| gave(&child.participation.form));
        let born = child.and_then(|child| child.date_of_birth.get()).or(invitee.date_of_birth.get());
        let age = born.and_then(|born| born.age_on(self.today));
        took_part && invitee.reason_not_invited.is_blank() && age.is_none_or(|age| age >= from)
    }

    /// The parents and carers of the latest meeting, each once. One who was not invited for a reason, and one from
    /// whom the plan is kept, are left out.
    pub fn parents(&self) -> Distinct<'a> {
        let mut parents = Distinct::default();
        for (_, invitee) in self.latest_meeting().into_iter().flat_map(|(_, meeting)| meeting.invitees.rows())
        {
            let person = Person::new(&invitee.person, &invitee.name);
            if matches!(invitee.role.get(), Some(InviteeRole::Parent | InviteeRole::Carer))
                && invitee.reason_not_invited.is_blank()
                && !self.is_excluded(person)
            {
                parents.add(person);
            }
        }
        parents
    }

    /// The children who are born, and from whom the plan is not kept, each once.
    pub fn children(&self) -> Distinct<'a> {
        let mut children = Distinct::default();
        for (_, child) in self.record.children.rows() {
            let person = Person::new(&child.person, &child.name);
            if !self.is_unborn(child, self.today) && !self.is_excluded(person) {
                children.add(person);
            }
        }
        children
    }

    /// Whether the latest meeting shows why a child was left out, too young for example. The one reason serves for all
    /// that a child of that age would get or sign; that a child did not want to come is none.
    pub fn has_reason_left_out(&self, child: Person) -> bool {
        self.latest_meeting().into_iter().flat_map(|(_, meeting)| meeting.invitees.rows()).any(
            |(_, invitee)| {
                Person::new(&invitee.person, &invitee.name).is(child)
                    && !(invitee.reason_not_invited.is_blank() && invitee.reason_not_involved.is_blank())
            },
        )
    }

    /// Whether the plan is kept from this person.
    pub fn is_excluded(&self, person: Person) -> bool {
        self.record
            .sharing
            .exclusions
            .rows()
            .any(|(_, exclusion)| Person::new(&exclusion.person, &exclusion.name).is(person))
    }
}
