//! The shapes of a check. Each is a constant with plain functions beside it; the catalogue lists them all.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use crate::case::Case;
use crate::day::{ANNOUNCED_UNTIL, Calendar, Day};
use crate::field::Field;
use crate::finding::{Basis, Cites, Finding, Found, Section, Settled, Severity, Stage};
use crate::people::Person;
use crate::period::Period;
use crate::procedure::{Asked, Cited, FormalReview, Grounds, Limit, OwnPrompt, Procedure, Under};
use crate::record::{Judgement, Verdict};
use crate::report::Smart;
use crate::timeline::{self, DayCounts};

/// What the catalogue needs of every check, whatever its shape.
pub trait Check: Sync {
    /// What it is called and when it asks.
    fn about(&self) -> About;
    /// What it rests on in a manual; `None` where the manual is silent, and then it does not run.
    fn grounds(&self, procedure: &Procedure) -> Option<Grounds>;
    /// Looks at a case and adds what it has to say.
    fn run(&self, procedure: &Procedure, case: &Case, output: &mut Output);
}

/// What checks have to say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// What they found.
    pub findings: Vec<Finding>,
    /// What is and was due.
    pub deadlines: Vec<Due>,
    /// What they ask.
    pub prompts: Vec<Question>,
    /// The letters of SMART of each action.
    pub smart: Vec<Smart>,
}

/// A check as the catalogue shows it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct About {
    /// Id in kebab-case, for ever the same.
    pub id: &'static str,
    /// Its shape.
    pub kind: Kind,
    /// What holds when it is kept; the question of a prompt.
    pub title: &'static str,
    /// The gravest that a finding can be, in any manual.
    pub severity: Severity,
    /// The stage from which it asks.
    pub stage: Stage,
    /// The control that a line of guidance belongs to, rows without their index: `meetings[].venue`.
    pub path: Option<&'static str>,
}

/// The shape of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub enum Kind {
    /// Computes from the record.
    Rule,
    /// Something is due by a day.
    Deadline,
    /// Looks at the words of the plan.
    Wording,
    /// A judgement that a person makes.
    Prompt,
    /// Advice that is shown at a field.
    Guidance,
}

impl<T> Cited<T> {
    fn grounds(&self) -> Grounds {
        Grounds { force: self.force, cites: self.cites.clone(), note: self.note.clone() }
    }

    fn basis(&self, rule: &'static str, ceiling: Severity, remedy: &'static str) -> Basis<'_> {
        Basis {
            rule: rule.into(),
            severity: self.force.severity().min(ceiling),
            remedy,
            cites: &self.cites,
            note: self.note.as_deref(),
            leaves_room: self.leaves_room,
        }
    }
}

/// Adds what one check finds, and why recorded reasons do not settle it.
fn collect(basis: Basis, case: &Case, output: &mut Output, look: &dyn Fn(&mut Found)) {
    let first = output.findings.len();
    let mut found = Found::new(basis, case.record, &mut output.findings);
    look(&mut found);
    found.tell_reasons(first);
}

/// Computes something from the record and reports what it finds.
pub struct Rule<T: 'static> {
    /// Id: `part-what` in kebab-case, for ever the same.
    pub id: &'static str,
    /// The gravest that a finding can be. A manual that only advises makes it lighter.
    pub severity: Severity,
    /// The stage from which it asks; `Draft` for contradictions.
    pub stage: Stage,
    /// What holds when the rule is kept.
    pub title: &'static str,
    /// What to do, beginning with a verb.
    pub remedy: &'static str,
    /// The term it rests on and is handed.
    pub term: fn(&Procedure) -> Option<&Cited<T>>,
    /// Looks at the case.
    pub check: fn(&T, &Case, &mut Found),
}

/// Looks at the words of the plan: what is missing in them, where they stand, and a question that helps. How much is told
/// of one row at a time is for its check to hold down; nothing here is a verdict.
pub struct Wording<T: 'static> {
    /// Id: `part-what` in kebab-case, for ever the same.
    pub id: &'static str,
    /// The gravest that a finding can be. Words are a matter for advice, or for a warning where they are all there is.
    pub severity: Severity,
    /// What holds when the words are well chosen.
    pub title: &'static str,
    /// What to do, beginning with a verb.
    pub remedy: &'static str,
    /// The term it rests on and is handed.
    pub term: fn(&Procedure) -> Option<&Cited<T>>,
    /// Looks at the words.
    pub look: fn(&T, &Case, &mut Found),
}

impl<T> Wording<T> {
    /// Words are looked at when the plan goes out; a draft is nobody's business yet.
    const STAGE: Stage = Stage::Circulate;
}

impl<T: Sync> Check for Wording<T> {
    fn about(&self) -> About {
        About {
            id: self.id,
            kind: Kind::Wording,
            title: self.title,
            severity: self.severity,
            stage: Self::STAGE,
            path: None,
        }
    }

    fn grounds(&self, procedure: &Procedure) -> Option<Grounds> {
        (self.term)(procedure).map(Cited::grounds)
    }

    fn run(&self, procedure: &Procedure, case: &Case, output: &mut Output) {
        if let Some(cited) = (self.term)(procedure)
            && case.stage >= Self::STAGE
        {
            let basis = cited.basis(self.id, self.severity, self.remedy);
            collect(basis, case, output, &|found| (self.look)(&cited.value, case, found));
        }
    }
}

impl<T: Sync> Check for Rule<T> {
    fn about(&self) -> About {
        About {
            id: self.id,
            kind: Kind::Rule,
            title: self.title,
            severity: self.severity,
            stage: self.stage,
            path: None,
        }
    }

    fn grounds(&self, procedure: &Procedure) -> Option<Grounds> {
        (self.term)(procedure).map(Cited::grounds)
    }

    fn run(&self, procedure: &Procedure, case: &Case, output: &mut Output) {
        if let Some(cited) = (self.term)(procedure)
            && case.stage >= self.stage
        {
            let basis = cited.basis(self.id, self.severity, self.remedy);
            collect(basis, case, output, &|found| (self.check)(&cited.value, case, found));
        }
    }
}

/// Something that is due by a day. One declaration gives the day for the timeline, "overdue", "done late" and "planned
/// too late". The term it rests on holds the [`Limit`], or is [`Asked`] where the manual wants what was agreed for the
/// case to be kept.
pub struct Deadline<T: Ends + 'static = Limit> {
    /// Id: `part-what` in kebab-case, for ever the same.
    pub id: &'static str,
    /// The stage from which a missed one is reported. The timeline shows it at every stage.
    pub stage: Stage,
    /// What is due, as it stands on a timeline: "First meeting".
    pub title: &'static str,
    /// What to do when it is overdue, beginning with a verb.
    pub remedy: &'static str,
    /// The term it rests on.
    pub term: fn(&Procedure) -> Option<&Cited<T>>,
    /// The clocks that run in a case: none where the route of the case starts another.
    pub clocks: fn(&Case) -> Vec<Clock>,
}

/// One clock of a deadline.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// The day from which it counts, as day 0.
    pub from: Day,
    /// What happened on that day: "the referral", "the meeting".
    pub event: &'static str,
    /// The day on which it was done; `None` where it was not, or its day lies ahead.
    pub done: Option<Day>,
    /// The control that holds the day on which it was done.
    pub field: Field,
    /// The day for which it is planned, with the control that holds it. A plan that is too late is told at every
    /// stage, while there is time to change it.
    pub planned: Option<(Day, Field)>,
    /// The period agreed for the case, where the term asks that it be kept; see [`Ends`].
    pub agreed: Option<Period>,
    /// What the record says of why it is late.
    pub delay: Delay,
    /// The day from which it is no longer called for, with what happened on it: "the case closed". Where its time was
    /// over before, it stays missed; else there is no clock.
    pub until: Option<(Day, &'static str)>,
    /// What it is called in this case, where that is not what the deadline calls it.
    pub called: Option<Called>,
    /// The child whom it is about, by index, where several have clocks of their own.
    pub child: Option<usize>,
    /// Whether one of its kind came after it: what was late then stands on the timeline and is not told any more.
    pub past: bool,
    /// The gravest that a finding about it can be: lighter where it goes before a longer time that decides.
    pub at_most: Severity,
}

impl Clock {
    /// A clock with what every clock has; `Clock { past: true, ..Clock::new(…) }` adds to it.
    pub fn new(from: Day, event: &'static str, done: Option<Day>, field: Field) -> Clock {
        Clock {
            from,
            event,
            done,
            field,
            planned: None,
            agreed: None,
            delay: Delay::NoField,
            until: None,
            called: None,
            child: None,
            past: false,
            at_most: Severity::Error,
        }
    }
}

/// The reason for being late.
#[derive(Clone, Debug, PartialEq)]
pub enum Delay {
    /// The record has no field for it.
    NoField,
    /// The meeting has fields for it that are not filled in, or hold a new day that has passed.
    Missing,
    /// It is recorded and agreed. It settles the finding where the manual leaves room for a reason.
    Recorded(Settled),
}

/// Another name for what is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Called {
    /// In place of the title.
    pub title: &'static str,
    /// In place of the remedy.
    pub remedy: &'static str,
}

/// Something that is done again and again, such as visits.
pub struct Series {
    /// The day from which the first interval counts, and what happened on it.
    pub start: Option<(Day, &'static str)>,
    /// What happened on each day of it, for the next interval.
    pub event: &'static str,
    /// The rows that were done, by day.
    pub done: Vec<(usize, Day)>,
    /// The earliest row that lies ahead.
    pub planned: Option<(usize, Day)>,
    /// The control that holds the day of a row.
    pub field: fn(usize) -> Field,
    /// The list, where no row waits for a day.
    pub list: Field,
    /// Whether it goes on.
    pub open: bool,
}

impl Series {
    /// A clock for each interval, and one from the latest day to the next.
    pub fn clocks(self) -> Vec<Clock> {
        let Series { start, event, done, planned, field, list, open } = self;
        let mut from = start;
        let mut clocks: Vec<Clock> = Vec::new();
        for (i, day) in done.into_iter().filter(|(_, day)| start.is_none_or(|(start, _)| *day >= start)) {
            if let Some((from, event)) = from {
                clocks.push(Clock::new(from, event, Some(day), field(i)));
            }
            from = Some((day, event));
        }
        if let Some((_, earlier)) = clocks.split_last_mut() {
            earlier.iter_mut().for_each(|clock| clock.past = true);
        }
        if let Some((from, event)) = from
            && open
        {
            let planned = planned.map(|(i, day)| (day, field(i)));
            let control = planned.as_ref().map_or(list, |(_, field)| field.clone());
            clocks.push(Clock { planned, ..Clock::new(from, event, None, control) });
        }
        clocks
    }
}

/// A value that says by when something is due.
pub trait Ends {
    /// The last day in time, with the period that runs out on it; `None` where nothing says so.
    fn ends(&self, clock: &Clock, calendar: &Calendar) -> Option<(Day, Period)>;

    /// The period in words, to go before "after the meeting".
    fn in_words(&self, period: Period) -> String {
        period.to_string()
    }
}

impl Ends for Limit {
    fn ends(&self, clock: &Clock, calendar: &Calendar) -> Option<(Day, Period)> {
        Some(self.after(clock.from, calendar))
    }
}

impl Ends for Under {
    fn ends(&self, clock: &Clock, calendar: &Calendar) -> Option<(Day, Period)> {
        let Under(period) = *self;
        Some((period.after(clock.from, calendar).plus_days(-1), period))
    }

    fn in_words(&self, period: Period) -> String {
        format!("less than {period}")
    }
}

impl Ends for FormalReview {
    fn ends(&self, clock: &Clock, calendar: &Calendar) -> Option<(Day, Period)> {
        Some((self.after.after(clock.from, calendar), self.after))
    }
}

impl Ends for Asked {
    fn ends(&self, clock: &Clock, calendar: &Calendar) -> Option<(Day, Period)> {
        clock.agreed.map(|period| (period.after(clock.from, calendar), period))
    }
}

/// A deadline of the case, for the timeline and the calendar.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Due {
    /// Id of the deadline.
    pub id: &'static str,
    /// What is due.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub title: Cow<'static, str>,
    /// The day from which it counts.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub from: Day,
    /// What happened on that day.
    pub event: &'static str,
    /// The limit in words: "10 working days", "less than 6 weeks".
    pub limit: String,
    /// The last day on which it is in time.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub due: Day,
    /// Where it stands today.
    pub status: Status,
    /// The day on which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub done_on: Option<Day>,
    /// Working days from today until it is due, or from the day on which it was done; negative where it is or was
    /// late.
    pub working_days: i64,
    /// The day after the last one in time, at which an entry of a calendar ends.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub day_after: Day,
    /// Whether it lies past [`Timeline::announced_until`](crate::Timeline::announced_until): its working days, and its day
    /// where the limit counts in them, rest on bank holidays that are worked out by the rules.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "js", tsify(optional))]
    pub computed: bool,
    /// Its days, counted from today.
    pub days: DayCounts,
    /// Whether it was done so long ago that a timeline folds it away.
    pub past: bool,
    /// Name of the control that holds the day on which it was done.
    pub path: String,
    /// The `id` of the row it stands in, where the row has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Ids of the requirements it rests on.
    #[cfg_attr(feature = "js", tsify(type = "string[]"))]
    pub cites: Cites,
}

/// Where a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub enum Status {
    /// More than [`SOON`] working days away.
    Upcoming,
    /// Today or within [`SOON`] working days.
    DueSoon,
    /// Not done, and its day has passed.
    Overdue,
    /// Done in time; on its day is in time.
    Met,
    /// Done after its day.
    MetLate,
}

/// Working days before its day from which a deadline is due soon.
pub const SOON: u32 = 5;

impl Limit {
    /// The last day in time, counted from a day, with the period that runs out on it.
    pub fn after(&self, from: Day, calendar: &Calendar) -> (Day, Period) {
        let ends = |period: &Period| (period.after(from, calendar), *period);
        let Limit(first, others) = self;
        others
            .iter()
            .map(ends)
            .fold(ends(first), |earliest, next| if next.0 < earliest.0 { next } else { earliest })
    }
}

impl Limit {
    /// Whether a period is longer than the limit, from whatever day both are counted.
    pub fn is_exceeded_by(&self, period: Period) -> bool {
        let Limit(first, others) = self;
        period.longer_than(*first) || others.iter().any(|other| period.longer_than(*other))
    }
}

impl<T: Ends> Deadline<T> {
    fn due(&self, cited: &Cited<T>, clock: &Clock, case: &Case) -> Option<Due> {
        let (due, period) = cited.value.ends(clock, case.calendar)?;
        if clock.until.is_some_and(|(until, _)| due >= until) {
            return None;
        }
        let done = clock.done.filter(|day| *day <= case.today);
        let status = match done {
            Some(day) if day <= due => Status::Met,
            Some(_) => Status::MetLate,
            None if case.today > due => Status::Overdue,
            None if case.calendar.add_working_days(case.today, SOON) >= due => Status::DueSoon,
            None => Status::Upcoming,
        };
        Some(Due {
            id: self.id,
            title: match (clock.called.map_or(self.title, |called| called.title), clock.child) {
                (title, Some(child)) => format!("{title} (child {})", child + 1).into(),
                (title, None) => title.into(),
            },
            from: clock.from,
            event: clock.event,
            limit: cited.value.in_words(period),
            due,
            status,
            done_on: done,
            working_days: case.calendar.working_days_in_hand(done.unwrap_or(case.today), due),
            day_after: due.plus_days(1),
            computed: due > ANNOUNCED_UNTIL,
            days: DayCounts {
                from: case.today.days_until(clock.from),
                due: case.today.days_until(due),
                done: done.map(|day| case.today.days_until(day)),
            },
            past: done.is_some_and(|day| timeline::is_past(day.max(due), case.today)),
            path: clock.field.path().into_owned(),
            item: clock.field.row().and_then(|row| case.record.row_key(&row)),
            cites: cited.cites.clone(),
        })
    }

    /// Tells what is late, or is going to be.
    fn tell(&self, cited: &Cited<T>, clock: Clock, due: &Due, case: &Case, output: &mut Output) {
        let remedy = clock.called.map_or(self.remedy, |called| called.remedy);
        let basis = cited.basis(self.id, Severity::Error, remedy);
        let mut found = Found::new(basis, case.record, &mut output.findings);
        let due_by = || {
            let (day, from) = (due.due.long(), due.from.long());
            format!("{}: due by {day}, {} after {} on {from}", due.title, due.limit, due.event)
        };
        let asked = case.stage >= self.stage && !clock.past;
        let finding = match (due.status, due.done_on, clock.planned) {
            (Status::Overdue, ..) if asked => {
                let ended = clock.until.map(|(day, event)| format!(" when {event} on {}", day.long()));
                found.at(clock.field, format!("{}, and not done{}", due_by(), ended.unwrap_or_default()))
            }
            // What was done late cannot be done in time any more: it is told, and does not stand in the way.
            (Status::MetLate, Some(day), _) if asked => found
                .at(clock.field, format!("{}, and done on {}", due_by(), day.long()))
                .at_most(Severity::Warning)
                .remedy(match clock.delay {
                    Delay::Missing => {
                        "Enter the reason for the delay of the meeting, and who agreed the delay."
                    }
                    _ if cited.leaves_room => "Add a recorded reason: the procedure leaves room for one.",
                    _ => "Check the day. Where it is right, nothing is left to be done.",
                }),
            (Status::Upcoming | Status::DueSoon, _, Some((day, field))) if day > due.due => found
                .at(field, format!("{}, and planned for {}", due_by(), day.long()))
                .at_most(Severity::Warning)
                .remedy("Bring the day forward."),
            _ => return,
        }
        .at_most(clock.at_most);
        match clock.delay {
            Delay::Recorded(reason) if cited.leaves_room => {
                finding.accepted = finding.accepted.take().or(Some(reason));
            }
            // Nothing is left to be done, so it stands in nobody's way.
            Delay::Recorded(_) if due.status == Status::MetLate => {
                finding
                    .at_most(Severity::Advice)
                    .remedy("Keep the reason on record: the procedure leaves no room for a later day.");
            }
            Delay::Recorded(_) => {
                let remedy =
                    format!("{} The procedure leaves no room for the recorded reason.", finding.remedy);
                finding.remedy(remedy);
            }
            Delay::Missing | Delay::NoField => {}
        }
    }
}

impl<T: Ends> Check for Deadline<T> {
    fn about(&self) -> About {
        About {
            id: self.id,
            kind: Kind::Deadline,
            title: self.title,
            severity: Severity::Error,
            stage: self.stage,
            path: None,
        }
    }

    fn grounds(&self, procedure: &Procedure) -> Option<Grounds> {
        (self.term)(procedure).map(Cited::grounds)
    }

    fn run(&self, procedure: &Procedure, case: &Case, output: &mut Output) {
        let Some(cited) = (self.term)(procedure) else { return };
        let first = output.findings.len();
        let mut clocks: Vec<_> = (self.clocks)(case)
            .into_iter()
            .filter_map(|clock| self.due(cited, &clock, case).map(|due| (clock, due)))
            .collect();
        // What is overdue is more urgent than what was done late before it.
        if clocks.iter().any(|(clock, due)| due.status == Status::Overdue && !clock.past) {
            clocks.iter_mut().for_each(|(clock, due)| clock.past |= due.status == Status::MetLate);
        }
        for (clock, due) in clocks {
            self.tell(cited, clock, &due, case, output);
            output.deadlines.push(due);
        }
        let basis = cited.basis(self.id, Severity::Error, self.remedy);
        Found::new(basis, case.record, &mut output.findings).tell_reasons(first);
    }
}

/// A judgement that the manual wants made and recorded: one question, answered in `judgements`.
pub struct Prompt {
    /// Id: `part-what` in kebab-case, for ever the same; the name under `judgements`.
    pub id: &'static str,
    /// The part of the plan under which it is asked.
    pub section: Section,
    /// The question, to be answered yes, no or not applicable.
    pub question: &'static str,
    /// The stage from which it is asked.
    pub stage: Stage,
    /// Whether it applies to a case.
    pub when: fn(&Case) -> bool,
    /// The day from which an answer counts; `None` where it counts for good.
    pub since: fn(&Case) -> Option<Day>,
}

/// A question as it stands in the report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Question {
    /// Id of the prompt.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub id: Cow<'static, str>,
    /// The question.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub question: Cow<'static, str>,
    /// The part of the plan under which it is asked.
    pub section: Section,
    /// Name of the control that holds the answer.
    pub path: String,
    /// Ids of the requirements it rests on.
    #[cfg_attr(feature = "js", tsify(type = "string[]"))]
    pub cites: Cites,
    /// The answer, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Verdict>,
}

impl Check for Prompt {
    fn about(&self) -> About {
        About {
            id: self.id,
            kind: Kind::Prompt,
            title: self.question,
            severity: Severity::Error,
            stage: self.stage,
            path: None,
        }
    }

    fn grounds(&self, procedure: &Procedure) -> Option<Grounds> {
        procedure.prompts.get(self.id).cloned()
    }

    fn run(&self, procedure: &Procedure, case: &Case, output: &mut Output) {
        let Some(grounds) = procedure.prompts.get(self.id) else { return };
        if case.stage >= self.stage && (self.when)(case) {
            let asking = Asking {
                id: self.id.into(),
                question: self.question.into(),
                section: self.section,
                grounds,
                since: (self.since)(case),
            };
            asking.put(case, output);
        }
    }
}

impl OwnPrompt {
    /// Puts the question to a case, as those that ship are put. It applies to every case, and an answer stands.
    pub fn run(&self, case: &Case, output: &mut Output) {
        if case.stage >= self.stage {
            let asking = Asking {
                id: self.id.clone().into(),
                question: self.question.clone().into(),
                section: self.section,
                grounds: &self.grounds,
                since: None,
            };
            asking.put(case, output);
        }
    }
}

/// A question that is put to a case: one that ships, or an authority's own.
struct Asking<'a> {
    id: Cow<'static, str>,
    question: Cow<'static, str>,
    section: Section,
    grounds: &'a Grounds,
    /// The day from which an answer counts; `None` where it counts for good.
    since: Option<Day>,
}

impl Asking<'_> {
    fn put(&self, case: &Case, output: &mut Output) {
        let judgement = case.record.judgements.get(&self.id);
        output.prompts.push(Question {
            id: self.id.clone(),
            question: self.question.clone(),
            section: self.section,
            path: format!("judgements.{}.answer", self.id),
            cites: Arc::clone(&self.grounds.cites),
            answer: judgement.and_then(|judgement| judgement.answer.get()),
        });
        if let Some(judgement) = judgement {
            let basis = Basis {
                rule: self.id.clone(),
                severity: self.grounds.force.severity(),
                remedy: "Enter who answered, and on which day.",
                cites: &self.grounds.cites,
                note: self.grounds.note.as_deref(),
                leaves_room: false,
            };
            collect(basis, case, output, &|found| self.look_at(judgement, case, found));
        }
    }

    /// Looks at an answer: "no" and "not applicable" need a reason, and every answer a name and a day. Whether the
    /// answer is right is nobody's to check but a person's.
    fn look_at(&self, judgement: &Judgement, case: &Case, found: &mut Found) {
        let Some(answer) = judgement.answer.get() else { return };
        let field = |leaf: &str| Field::at_path(format!("judgements.{}.{leaf}", self.id));
        let question = &self.question;
        if answer != Verdict::Yes && judgement.reason.is_blank() {
            let answer_in_words = answer.spelling().replace('-', " ");
            let told = found.at(
                field("reason"),
                format!("“{question}” is answered with “{answer_in_words}”, without a reason"),
            );
            told.remedy("Record the reason.");
            if answer == Verdict::NotApplicable {
                told.at_most(Severity::Warning);
            }
        }
        let nobody = Person::called(&judgement.by).is_nobody();
        let lacks = match (nobody, judgement.on.is_blank()) {
            (true, true) => Some(("by", "name and day")),
            (true, false) => Some(("by", "name")),
            (false, true) => Some(("on", "day")),
            (false, false) => None,
        };
        if let Some((leaf, what)) = lacks {
            found
                .at(field(leaf), format!("“{question}” is answered without a {what}"))
                .at_most(Severity::Advice);
        }
        let Some(on) = judgement.on.get() else { return };
        if on > case.today {
            found
                .at(field("on"), format!("“{question}” is answered on a day in the future"))
                .at_most(Severity::Advice);
        } else if let Some(since) = self.since
            && on < since
        {
            found
                .at(
                    field("answer"),
                    format!("“{question}” was last answered before the meeting on {}", since.long()),
                )
                .at_most(Severity::Advice)
                .remedy("Answer it anew.");
        }
    }
}

/// Advice that is shown at the field it belongs to, and asks nothing.
pub struct Guidance {
    /// Id: `part-what` in kebab-case, for ever the same.
    pub id: &'static str,
    /// The advice, in a sentence.
    pub text: &'static str,
    /// The control it belongs to, rows without their index: `meetings[].venue`.
    pub path: &'static str,
}

impl Check for Guidance {
    fn about(&self) -> About {
        About {
            id: self.id,
            kind: Kind::Guidance,
            title: self.text,
            severity: Severity::Advice,
            stage: Stage::Draft,
            path: Some(self.path),
        }
    }

    fn grounds(&self, procedure: &Procedure) -> Option<Grounds> {
        procedure.guidance.get(self.id).cloned()
    }

    fn run(&self, _: &Procedure, _: &Case, _: &mut Output) {}
}
