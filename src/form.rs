//! A record that is changed one answer at a time, and checked again only where an answer matters.

use std::sync::Arc;

use crate::case::{Case, Known};
use crate::day::{Calendar, Day};
use crate::finding::Stage;
use crate::own::{Own, UnknownRule};
use crate::part::{self, Fields, Given, Info, Part, Step};
use crate::procedure::Procedure;
use crate::reads::{self, Columns, Readers};
use crate::record::{PlanKind, Record};
use crate::report::Report;
use crate::rule::Output;
use crate::rules;

/// A form that is being filled in, with what each check had to say of it.
///
/// ```
/// use cinplan::{Day, Form, Given, Procedure, Record, Stage};
///
/// let mut form = Form::new(Procedure::built_in("bolton").unwrap(), Record::default());
/// assert!(form.set("plan.actions[0].what", Given::Text("Book a speech assessment")));
/// let report = form.report(Day::of(2026, 11, 21).unwrap(), Stage::Circulate);
/// assert!(report.findings.iter().any(|finding| finding.path == "plan.actions[0].due_on"));
/// ```
pub struct Form {
    procedure: Arc<Procedure>,
    calendar: Calendar,
    record: Record,
    /// The columns in which answers have changed since the checks ran.
    changed: Columns,
    /// What the checks were asked when they ran.
    asked: Option<Asked>,
    /// One for each check of the catalogue, then one for each question of the authority's own, then one for the
    /// letters of SMART.
    slots: Vec<Slot>,
    /// What each of them looked at.
    readers: Readers,
    /// What several of them ask for.
    known: Known,
}

/// What checks are asked. The kind of plan decides which level of the manual they are handed.
struct Asked {
    today: Day,
    stage: Stage,
    kind: Option<PlanKind>,
    own: Own,
}

/// What one check had to say.
#[derive(Default)]
pub(crate) struct Slot {
    pub output: Output,
    /// What it had to say before that.
    pub before: Output,
    /// How often that has changed.
    pub version: u32,
}

/// What each check has to say of a form, with what it was checked by.
pub(crate) struct Checked<'a> {
    pub slots: &'a [Slot],
    /// The manual, whatever the level of the plan.
    pub procedure: &'a Procedure,
    pub calendar: &'a Calendar,
}

impl Form {
    /// A form that holds a record, to be checked against a manual.
    pub fn new(procedure: impl Into<Arc<Procedure>>, record: Record) -> Form {
        let procedure = procedure.into();
        let calendar = Calendar::new(procedure.closure_days.iter().copied());
        Form {
            procedure,
            calendar,
            record,
            changed: Columns::ALL,
            asked: None,
            slots: Vec::new(),
            readers: Readers::default(),
            known: Known::default(),
        }
    }

    /// What the form holds.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The manual.
    pub fn procedure(&self) -> &Procedure {
        &self.procedure
    }

    /// Puts an answer at the place that a path leads to; false where the record has no such place.
    pub fn set(&mut self, path: &str, given: Given) -> bool {
        self.change(path, |part| part.take(given))
    }

    /// Changes the part that a path leads to; false where the record has no such place.
    pub(crate) fn change(&mut self, path: &str, write: impl FnOnce(&mut dyn Part)) -> bool {
        let Some(steps) = part::steps(path) else { return false };
        let Some(leaf) = leaf(&steps) else {
            // A whole group or list, or a place that the record does not have.
            self.changed = Columns::ALL;
            return part::at(&mut self.record, path).map(write).is_some();
        };
        let before = Trail::of(&self.record, &steps, leaf);
        let Some(part) = part::at(&mut self.record, path) else {
            // A row past the last that a list holds.
            self.changed.add(reads::FAULTS);
            return false;
        };
        write(part);
        let after = Trail::of(&self.record, &steps, leaf);
        self.changed.add(leaf.column);
        if leaf.name == "id" {
            self.changed.add(reads::ROW_KEYS);
        }
        if before.at_fault || after.at_fault || before.empty.len() < after.empty.len() {
            self.changed.add(reads::FAULTS);
        }
        // Whoever looked at a list or a group has seen which of its rows and parts are empty.
        for (step, (column, empty)) in after.empty.iter().enumerate() {
            if before.empty.get(step).is_none_or(|(_, before)| before != empty) {
                self.changed.add(*column);
            }
        }
        true
    }

    /// Holds another record from now on.
    #[cfg(feature = "js")]
    pub(crate) fn replace(&mut self, record: Record) {
        self.record = record;
        self.changed = Columns::ALL;
    }

    /// Runs the checks again that have looked at what changed since, as on a day and as far as a stage asks.
    pub(crate) fn slots(&mut self, today: Day, stage: Stage, own: &Own) -> Checked<'_> {
        let Form { procedure, calendar, record, changed, asked, slots, readers, known } = self;
        let kind = record.plan.kind.get();
        let manual = &**procedure;
        let procedure = manual.of_kind(kind);
        let is_asked = |asked: &Asked| {
            (asked.today, asked.stage, asked.kind) == (today, stage, kind) && asked.own == *own
        };
        let count = rules::count() + procedure.own_prompts.len() + 1;
        let again = if asked.as_ref().is_some_and(is_asked) {
            let mut news = *changed;
            while news != Columns::NONE {
                known.forget(&news);
                let case = Case::new(record, today, stage, calendar, procedure, known);
                // What comes out otherwise may be what something else was worked out from.
                news = known.renew(&case);
                changed.add_all(&news);
            }
            readers.of(changed)
        } else {
            *asked = Some(Asked { today, stage, kind, own: own.clone() });
            *known = Known::default();
            *readers = Readers::new(count);
            slots.resize_with(count, Slot::default);
            (0..count).collect()
        };
        *changed = Columns::NONE;
        let case = Case::new(record, today, stage, calendar, procedure, known);
        for place in again {
            let (output, seen) = reads::noting(|| run(place, procedure, &case, own));
            readers.note(place, seen);
            let slot = &mut slots[place];
            if slot.output != output {
                slot.before = std::mem::replace(&mut slot.output, output);
                slot.version += 1;
            }
        }
        Checked { slots, procedure: manual, calendar }
    }

    /// What is found in the form as it stands: the same as [`crate::check`] finds in its record.
    pub fn report(&mut self, today: Day, stage: Stage) -> Report {
        self.whole(today, stage, &Own::default())
    }

    /// As [`crate::check_with`] finds in its record.
    pub fn report_with(&mut self, today: Day, stage: Stage, own: &Own) -> Result<Report, UnknownRule> {
        own.known_to(&self.procedure)?;
        Ok(self.whole(today, stage, own))
    }

    fn whole(&mut self, today: Day, stage: Stage, own: &Own) -> Report {
        let Checked { slots, procedure, calendar } = self.slots(today, stage, own);
        let mut all = Output::default();
        for Slot { output, .. } in slots {
            all.findings.extend_from_slice(&output.findings);
            all.deadlines.extend_from_slice(&output.deadlines);
            all.prompts.extend_from_slice(&output.prompts);
            all.smart.extend_from_slice(&output.smart);
        }
        Report::of(all, procedure, calendar, today, stage, own)
    }
}

/// What the check at a place of the slots has to say.
fn run(place: usize, procedure: &Procedure, case: &Case, own: &Own) -> Output {
    let mut output = Output::default();
    if let Some(check) = rules::nth(place) {
        own.run(check.about().id, &mut output, |output| check.run(procedure, case, output));
    } else if let Some(prompt) = procedure.own_prompts.get(place - rules::count()) {
        own.run(&prompt.id, &mut output, |output| prompt.run(case, output));
    } else {
        output.smart = rules::letters(case);
    }
    output
}

/// The field that steps lead to, where it is a single answer and no group or list of them.
fn leaf(steps: &[Step]) -> Option<&'static Info> {
    let named = match steps {
        // A tick box of a group of them.
        [named @ .., Step::Row(_)] => named,
        named => named,
    };
    part::info(Record::FIELDS, named).filter(|info| info.below.is_empty())
}

/// What a change to one answer can change around it.
struct Trail {
    /// For each step down that is there, the column it belongs to and whether nothing was entered below it.
    empty: Vec<(u16, bool)>,
    /// Whether the answer cannot be read or does not fit.
    at_fault: bool,
}

impl Trail {
    fn of(record: &Record, steps: &[Step], leaf: &Info) -> Trail {
        let mut empty = Vec::with_capacity(steps.len());
        let mut here: &dyn Part = record;
        let mut column = leaf.column;
        for step in steps {
            if let Step::Name(name) = step
                && let Some(info) = here.fields().iter().find(|info| info.name == *name)
            {
                column = info.column;
            }
            match here.below(*step) {
                Some(below) => here = below,
                None => return Trail { empty, at_fault: false },
            }
            empty.push((column, here.is_empty()));
        }
        // The tick boxes of a group are answers of their own.
        let mut at_fault = leaf.size.problem(here).is_some();
        part::walk(here, &mut |_, _, part| at_fault |= part.problem().is_some());
        Trail { empty, at_fault }
    }
}
