//! The JavaScript face. It reads, calls and writes, and decides nothing.

mod running;
mod source;

use std::cell::{RefCell, RefMut};
use std::collections::BTreeMap;
use std::sync::Arc;

use js_sys::{Array, Object};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::copy::{self, Reader, Sees};
use crate::finding::Cites;
use crate::form::{Checked, Slot};
use crate::part;
use crate::procedure::{Accepts, BUILT_IN, GROUPS};
use crate::report::{sort_deadlines, sort_findings};
use crate::rule::Output;
use crate::wasm::running::{call, outside};
use crate::wasm::source::{Room, Source, pairs_of, two_texts};
use crate::{
    Day, Due, Finding, Kind, Manual, Own, Procedure, Readable, Record, Report, Severity, Stage, Summary,
    Timeline,
};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/// <reference lib="esnext.disposable" />

/** What a control may hold. Anything can be missing, and text in any spelling that a person would use is read. */
export type Answer<T> = (T extends boolean ? boolean | string : T) | null;
/** Rows of a form. A removed row may leave a hole. */
export type List<T> = (T | null)[];
/** Groups by a name that the record does not fix. */
export type Named<T> = { [name: string]: T };
/** Several choices; an empty list is the answer "nothing". */
export type Choices<T> = T[] | string | null;
export type Text = string;
/** A civil date: ISO or as people write it, `12/03/2026`, `12 March 2026`. */
export type Day = string;
/** A time of day, `HH:MM`. */
export type Time = string;
/** A length of time: `6 weeks`, `10 working days`, `weekly`. */
export type Period = string;
export type Number = number | string;
/** A value of a manual with what it rests on; `null` where the manual is silent. */
export type Term<T> = Cited<T> | null;
export type Asked = true;
export type Age = number;
/** A score on the scale from 0 to 10. */
export type Score = number;
/** A period, or several of which the first to run out counts. */
export type Limit = Period | Period[];
/** A length of time that is not reached: `less than 6 weeks`. */
export type Under = string;

/** What a form holds, control by control: the path and the text of each, such as `new FormData(form)` where they are named so. */
export type Pairs = Iterable<[path: string, text: string | File]>;

/** What a manual asks otherwise of plans of some kinds; what is left out stays as it is, `null` is not asked there. */
export type Level = { kinds: PlanKind[] } & {
    [G in Exclude<keyof Procedure, "id" | "title" | "edition" | "closure_days" | "prompts" | "guidance" | "levels" | "own_prompts">]?: Partial<Procedure[G]>;
} & { [G in "prompts" | "guidance"]?: { [id: string]: Grounds | null } };

/** How a record is checked. */
export interface Options {
    /** The day of the check; nothing here reads a clock. */
    today: Day;
    /** How far the plan has come. */
    stage: Stage;
    /** Ids of rules, deadlines, questions and lines of guidance that are switched off. The report lists them. */
    off?: string[];
    /** Words of your own, by the id of the rule; `{message}` stands for what the rule itself says. The report lists them. */
    messages?: { [rule: string]: string };
}

/** Why there is no copy of the plan for somebody. */
export type CopyRefusal = "may-see-nothing" | "not-agreed" | "unknown-recipient" | "ambiguous-recipient" |
    "unnamed-exclusion" | "unreadable-exclusions";

/** A copy of the plan for one person, with what was kept back to make it. */
export interface PlanCopy {
    /** Whether it is the plan as it is shared, or the parts of it that were agreed. */
    sees: Exclude<Sees, "nothing">;
    /** What the person may see: a record with less in it. Every answer is one of the whole record. */
    record: PlanRecord;
    /** What the person may not see. It is for those who send the copy. */
    removed: Removed[];
}

/**
 * What is thrown where a procedure, a day, a stage or the id of a rule cannot be used. A record never throws.
 *
 * `internal` is a fault of our own; its message says where in the program, and nothing of the record. From then on every
 * call throws `stopped`, until the page is loaded again. Where the engine has no more memory it throws an error of its own,
 * without a code, and what comes after is `stopped` as well; where it has no more stack, further calls may throw without one.
 */
export interface CinplanError extends Error {
    code: "unknown-procedure" | "unreadable-procedure" | "unreadable-today" | "unreadable-stage" | "unknown-rule" | "unreadable-options" |
        "form-in-use" | "internal" | "stopped" | CopyRefusal;
    /** The key of the procedure that could not be read. */
    key?: string;
    /** Everything that is wrong with the procedure. */
    problems?: Problem[];
}
"#;

#[wasm_bindgen]
extern "C" {
    /// Where and how a record is checked.
    #[wasm_bindgen(typescript_type = "Options")]
    pub type Options;

    #[wasm_bindgen(structural, method, getter, catch)]
    fn today(this: &Options) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(structural, method, getter, catch)]
    fn stage(this: &Options) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(structural, method, getter, catch)]
    fn off(this: &Options) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(structural, method, getter, catch)]
    fn messages(this: &Options) -> Result<JsValue, JsValue>;
}

/// Checks records against one manual.
#[wasm_bindgen]
pub struct Validator {
    procedure: Arc<Procedure>,
}

#[wasm_bindgen]
impl Validator {
    /// A validator for a procedure of your own. Throws with the code `unreadable-procedure`, and says which key
    /// could not be read and what was expected.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Procedure")] procedure: JsValue,
    ) -> Result<Validator, JsValue> {
        let _call = call()?;
        read_procedure(procedure).map(Validator::of)
    }

    /// A validator for one of the procedures that ship. Throws with the code `unknown-procedure`.
    #[wasm_bindgen(js_name = builtIn)]
    pub fn built_in(
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
    ) -> Result<Validator, JsValue> {
        let _call = call()?;
        built_in(&text(&id)).and_then(read_procedure).map(Validator::of)
    }

    /// One of the procedures that ship, as an object to copy and edit.
    #[wasm_bindgen(unchecked_return_type = "Procedure")]
    pub fn procedure(
        #[wasm_bindgen(unchecked_param_type = "string")] id: JsValue,
    ) -> Result<JsValue, JsValue> {
        let _call = call()?;
        built_in(&text(&id))
    }

    /// Checks a whole record.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn check(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PlanRecord | null | undefined")] record: JsValue,
        options: &Options,
    ) -> Result<JsValue, JsValue> {
        let _call = call()?;
        let (today, stage, own) = read_options(options, &self.procedure)?;
        to_js(&crate::report::run(&read_record(record), &self.procedure, today, stage, &own))
    }

    /// Checks a whole form, given as pairs of the path and the text of each control. Of two pairs with one path the first
    /// counts; several choices follow each other.
    #[wasm_bindgen(js_name = checkPairs, unchecked_return_type = "Report")]
    pub fn check_pairs(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Pairs")] pairs: JsValue,
        options: &Options,
    ) -> Result<JsValue, JsValue> {
        let _call = call()?;
        let (today, stage, own) = read_options(options, &self.procedure)?;
        to_js(&crate::report::run(&read_pairs(&pairs), &self.procedure, today, stage, &own))
    }

    /// The places that this procedure asks for at a stage, where they are blank: what a form needs a control for. A place
    /// that is only asked for in rare company with other answers may be missing.
    #[wasm_bindgen(unchecked_return_type = "Wanted[]")]
    pub fn wanted(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Stage")] stage: JsValue,
    ) -> Result<JsValue, JsValue> {
        let _call = call()?;
        to_js(&crate::wanted(&self.procedure, read_stage(&text(&stage))?))
    }

    /// The copy of a record that one person may see. Throws where they may see nothing, and where it is not clear who
    /// they are or what was agreed; the error has a `CopyRefusal` as its code.
    #[wasm_bindgen(js_name = copyFor, unchecked_return_type = "PlanCopy")]
    pub fn copy_for(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PlanRecord | null | undefined")] record: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Partial<Reader>")] person: JsValue,
    ) -> Result<JsValue, JsValue> {
        let _call = call()?;
        // What is no person is nobody, who is refused.
        let reader: Reader = read(person).unwrap_or_default();
        copy::copy_for(&read_record(record), &reader, &self.procedure)
            .map_err(|refusal| error(refusal.code(), &refusal.to_string()))
            .and_then(|copy| to_js(&copy))
    }

    /// Everyone for whom a copy can be asked for, each once, with how much of the plan they may see.
    #[wasm_bindgen(unchecked_return_type = "KnownReader[]")]
    pub fn readers(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PlanRecord | null | undefined")] record: JsValue,
    ) -> Result<JsValue, JsValue> {
        let _call = call()?;
        let known = copy::readers(&read_record(record), &self.procedure);
        let known: Vec<_> = known.into_iter().map(|(reader, sees)| KnownReader { reader, sees }).collect();
        to_js(&known)
    }

    /// Opens a form that is checked as it changes, without an object being built each time.
    pub fn open(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PlanRecord | null | undefined")] record: Option<JsValue>,
    ) -> Result<Form, JsValue> {
        let _call = call()?;
        let record = record.map(read_record).unwrap_or_default();
        let form = crate::Form::new(self.procedure.clone(), record);
        let latest = Object::new().unchecked_into();
        Ok(Form(RefCell::new(Held { form, asked: None, kept: Vec::new(), days: None, latest })))
    }
}

impl Validator {
    fn of(procedure: Procedure) -> Validator {
        Validator { procedure: Arc::new(procedure) }
    }
}

/// A record that is kept here and changed one answer at a time.
#[wasm_bindgen]
pub struct Form(RefCell<Held>);

struct Held {
    form: crate::Form,
    /// What was asked of the latest report.
    asked: Option<Asked>,
    /// What each check had to say, as JavaScript holds it.
    kept: Vec<Kept>,
    /// The ends of the timeline that the latest report shows.
    days: Option<(i64, i64, i64)>,
    /// The latest report.
    latest: Shown,
}

/// What is asked of a report, with the texts that it was read from: read again only where they are others.
struct Asked {
    texts: (Option<String>, Option<String>),
    today: Day,
    stage: Stage,
    own: Own,
}

#[wasm_bindgen]
extern "C" {
    /// A report as JavaScript holds it.
    #[wasm_bindgen(extends = Object)]
    #[derive(Clone)]
    type Shown;

    #[wasm_bindgen(structural, method, setter)]
    fn set_findings(this: &Shown, findings: &JsValue);

    #[wasm_bindgen(structural, method, setter)]
    fn set_deadlines(this: &Shown, deadlines: &JsValue);

    #[wasm_bindgen(structural, method, setter)]
    fn set_timeline(this: &Shown, timeline: &JsValue);

    #[wasm_bindgen(structural, method, setter)]
    fn set_prompts(this: &Shown, prompts: &JsValue);

    #[wasm_bindgen(structural, method, setter)]
    fn set_smart(this: &Shown, smart: &JsValue);

    #[wasm_bindgen(structural, method, setter)]
    fn set_summary(this: &Shown, summary: &JsValue);
}

/// What one check had to say, as JavaScript holds it.
#[derive(Default)]
struct Kept {
    version: u32,
    findings: Vec<JsValue>,
    deadlines: Vec<JsValue>,
    prompts: Vec<JsValue>,
    smart: Vec<JsValue>,
}

impl Kept {
    /// What is told as before stays the same object, where rows before it or behind it are as many as they were.
    fn renewed(&self, slot: &Slot) -> Result<Kept, JsValue> {
        fn each<T: Serialize + PartialEq>(
            kept: &[JsValue],
            before: &[T],
            now: &[T],
        ) -> Result<Vec<JsValue>, JsValue> {
            let at = |(place, one): (usize, &T)| {
                let from_end = (place + before.len()).checked_sub(now.len());
                let mut places = [Some(place), from_end].into_iter().flatten();
                match places.find(|place| before.get(*place) == Some(one)) {
                    Some(place) => Ok(kept[place].clone()),
                    None => to_js(one).map(frozen),
                }
            };
            now.iter().enumerate().map(at).collect()
        }
        let none = Output::default();
        let before = if self.version + 1 == slot.version { &slot.before } else { &none };
        let now = &slot.output;
        Ok(Kept {
            version: slot.version,
            findings: each(&self.findings, &before.findings, &now.findings)?,
            deadlines: each(&self.deadlines, &before.deadlines, &now.deadlines)?,
            prompts: each(&self.prompts, &before.prompts, &now.prompts)?,
            smart: each(&self.smart, &before.smart, &now.smart)?,
        })
    }
}

/// The lists of a report that have changed.
#[derive(Default)]
struct Changed {
    findings: bool,
    deadlines: bool,
    prompts: bool,
    smart: bool,
}

impl Changed {
    /// Notes which lists hold something of what a check says now or said before.
    fn note(&mut self, one: &Kept) {
        self.findings |= !one.findings.is_empty();
        self.deadlines |= !one.deadlines.is_empty();
        self.prompts |= !one.prompts.is_empty();
        self.smart |= !one.smart.is_empty();
    }
}

/// What is kept and handed out again is nobody's to change.
fn frozen(value: JsValue) -> JsValue {
    Object::freeze(value.unchecked_ref::<Object>());
    value
}

fn list<'a>(all: impl Iterator<Item = &'a JsValue>) -> JsValue {
    let list = Array::new();
    all.for_each(|one| {
        list.push(one);
    });
    frozen(list.into())
}

#[wasm_bindgen]
impl Form {
    /// Puts what a control holds at its place; false where the record has no such place. `null` clears a place or a
    /// whole row.
    pub fn set(
        &self,
        path: &str,
        #[wasm_bindgen(unchecked_param_type = "unknown")] value: JsValue,
    ) -> Result<bool, JsValue> {
        let _call = call()?;
        Ok(self.hold()?.form.change(path, |part| read_into(part, value)))
    }

    /// Puts a whole form, given as pairs of path and text, in place of what was held before; see `checkPairs`.
    pub fn fill(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Pairs")] pairs: JsValue,
    ) -> Result<(), JsValue> {
        let _call = call()?;
        self.hold()?.form.replace(read_pairs(&pairs));
        Ok(())
    }

    /// What was found in the form as it stands: what `check` finds in its record. Only the checks that have looked at
    /// what changed run again; what they found before stands in the report as the very same objects, and where nothing
    /// has changed the report is the very same too. All of it is frozen.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn report(&self, options: &Options) -> Result<JsValue, JsValue> {
        let _call = call()?;
        let Held { form, asked, kept, days, latest } = &mut *self.hold()?;
        let is_new = Asked::renew(asked, options, form.procedure())?;
        let Some(Asked { today, stage, own, .. }) = asked else { return Ok(JsValue::UNDEFINED) };
        let (today, stage) = (*today, *stage);
        let Checked { slots, procedure, calendar } = form.slots(today, stage, own);
        let mut changed = Changed::default();
        kept.resize_with(slots.len(), Kept::default);
        for (kept, slot) in kept.iter_mut().zip(slots) {
            if kept.version != slot.version {
                changed.note(kept);
                *kept = kept.renewed(slot)?;
                changed.note(kept);
            }
        }
        let Changed { findings, deadlines, prompts, smart } = changed;
        if !(is_new || findings || deadlines || prompts || smart) {
            return Ok(latest.clone().into());
        }
        // What has not changed comes from the report before. A new one is drawn up where the day, the stage or the
        // host's words are others.
        let report = Object::new();
        if is_new {
            let empty = to_js(&Report::of(Output::default(), procedure, calendar, today, stage, own))?;
            Object::assign(&report, empty.unchecked_ref());
            *days = None;
        } else {
            Object::assign(&report, latest);
        }
        let report: Shown = report.unchecked_into();
        let outputs = || kept.iter().zip(slots.iter().map(|slot| &slot.output));
        if is_new || findings {
            let mut all: Vec<(&JsValue, &Finding)> =
                outputs().flat_map(|(kept, output)| kept.findings.iter().zip(&output.findings)).collect();
            sort_findings(&mut all, |(_, finding)| finding.severity);
            report.set_findings(&list(all.into_iter().map(|(kept, _)| kept)));
        }
        if is_new || deadlines {
            let mut all: Vec<(&JsValue, &Due)> =
                outputs().flat_map(|(kept, output)| kept.deadlines.iter().zip(&output.deadlines)).collect();
            sort_deadlines(&mut all, |(_, due)| due.due);
            report.set_deadlines(&list(all.iter().map(|(kept, _)| *kept)));
            let all = all.iter().map(|(_, due)| *due);
            let ends = Timeline::ends(all.clone(), today);
            if *days != Some(ends) {
                report.set_timeline(&frozen(to_js(&Timeline::of(all, calendar, today))?));
                *days = Some(ends);
            }
        }
        if is_new || prompts {
            report.set_prompts(&list(outputs().flat_map(|(kept, _)| &kept.prompts)));
        }
        if is_new || smart {
            report.set_smart(&list(outputs().flat_map(|(kept, _)| &kept.smart)));
        }
        if is_new || findings || prompts {
            let findings = outputs().flat_map(|(_, output)| &output.findings);
            let questions = outputs().flat_map(|(_, output)| &output.prompts);
            report.set_summary(&frozen(to_js(&Summary::of(findings, questions))?));
        }
        *latest = report;
        Ok(frozen(latest.clone().into()))
    }
}

impl Form {
    /// What the form holds. An object that is being read into it may call again meanwhile.
    fn hold(&self) -> Result<RefMut<'_, Held>, JsValue> {
        self.0.try_borrow_mut().map_err(|_| error("form-in-use", "This form is reading an answer"))
    }
}

impl Asked {
    /// Reads what is asked, where it is not what was asked before; true where it is not.
    fn renew(asked: &mut Option<Asked>, options: &Options, procedure: &Procedure) -> Result<bool, JsValue> {
        let plain = options.is_object()
            && given(options, Options::off).is_undefined()
            && given(options, Options::messages).is_undefined();
        let texts =
            || (given(options, Options::today).as_string(), given(options, Options::stage).as_string());
        if plain
            && let Some(before) = asked
            && before.own == Own::default()
            && before.texts == texts()
        {
            return Ok(false);
        }
        let (today, stage, own) = read_options(options, procedure)?;
        let is_new = asked
            .as_ref()
            .is_none_or(|asked| (asked.today, asked.stage) != (today, stage) || asked.own != own);
        *asked = Some(Asked { texts: texts(), today, stage, own });
        Ok(is_new)
    }
}

/// The procedures that ship.
#[wasm_bindgen(unchecked_return_type = "Manual[]")]
pub fn procedures() -> Result<JsValue, JsValue> {
    let _call = call()?;
    let manuals: Vec<Manual> = all_built_in()?
        .into_iter()
        .map(|procedure| Manual { id: procedure.id, title: procedure.title, edition: procedure.edition })
        .collect();
    to_js(&manuals)
}

/// Every check there is, with what it rests on in each procedure that ships.
#[wasm_bindgen(unchecked_return_type = "CatalogueEntry[]")]
pub fn rules() -> Result<JsValue, JsValue> {
    let _call = call()?;
    let manuals = all_built_in()?;
    let entries: Vec<CatalogueEntry> = crate::catalogue(&manuals)
        .map(|entry| CatalogueEntry {
            id: entry.about.id,
            kind: entry.about.kind,
            title: entry.about.title,
            severity: entry.about.severity,
            stage: entry.about.stage,
            path: entry.about.path,
            cites: entry.grounds.into_iter().map(|(manual, grounds)| (manual, grounds.cites)).collect(),
        })
        .collect();
    to_js(&entries)
}

/// Everything in which manuals differ, with its meaning: where to look in a procedure, and what it stands for there.
#[wasm_bindgen(unchecked_return_type = "TermEntry[]")]
pub fn terms() -> Result<JsValue, JsValue> {
    let _call = call()?;
    let entries: Vec<TermEntry> = GROUPS
        .iter()
        .flat_map(|&(group, heading, terms)| {
            terms.iter().map(move |&(term, meaning, accepts)| TermEntry {
                group,
                heading,
                term,
                meaning: meaning.trim(),
                accepts,
            })
        })
        .collect();
    to_js(&entries)
}

/// The version of this package.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

/// Somebody for whom a copy can be asked for.
#[derive(Serialize, Tsify)]
struct KnownReader {
    /// Whom to pass to `copyFor`.
    reader: Reader,
    sees: Sees,
}

/// One check of the catalogue.
#[derive(Serialize, Tsify)]
struct CatalogueEntry {
    id: &'static str,
    kind: Kind,
    /// What holds when it is kept; the question of a prompt.
    title: &'static str,
    /// The gravest that a finding can be, in any manual.
    severity: Severity,
    /// The stage from which it asks.
    stage: Stage,
    /// The control that a line of guidance belongs to, rows without their index: `meetings[].venue`.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'static str>,
    /// The requirements it rests on, by the id of the procedure.
    #[tsify(type = "{ [procedure: string]: string[] }")]
    cites: BTreeMap<String, Cites>,
}

/// One term of a procedure.
#[derive(Serialize, Tsify)]
struct TermEntry {
    /// The group of the procedure that holds it, such as `reviews`.
    group: &'static str,
    /// The group in words: "Meetings and reviews".
    heading: &'static str,
    /// Its key in the group, such as `every`.
    term: &'static str,
    /// What it means, in a sentence.
    meaning: &'static str,
    /// What its value can be.
    accepts: Accepts,
}

/// One thing that is wrong with a procedure.
#[derive(Serialize, Tsify)]
struct Problem {
    /// Where, such as `reviews.every.value`; empty for the whole.
    key: String,
    /// What was expected and what was found.
    problem: String,
}

fn read_options(options: &Options, procedure: &Procedure) -> Result<(Day, Stage, Own), JsValue> {
    let options: &JsValue = options.as_ref();
    if !options.is_object() {
        return Err(error(
            "unreadable-today",
            "check needs { today, stage }: the day of the check and the stage of the plan",
        ));
    }
    let options: &Options = options.unchecked_ref();
    let today = match given(options, Options::today).as_string() {
        Some(text) => {
            Day::read(&text).map_err(|problem| error("unreadable-today", &format!("today {problem}")))?
        }
        None => return Err(error("unreadable-today", "today must be a text such as \"2026-11-21\"")),
    };
    let stage = read_stage(&text(&given(options, Options::stage)))?;
    let own = Own {
        off: read_option("off", given(options, Options::off), "a list of ids")?,
        messages: read_option(
            "messages",
            given(options, Options::messages),
            "texts by the id of their rule",
        )?,
    };
    own.known_to(procedure).map_err(|problem| error("unknown-rule", &problem.to_string()))?;
    Ok((today, stage, own))
}

/// What stands among the options. What throws when it is looked at is not there.
fn given(options: &Options, get: fn(&Options) -> Result<JsValue, JsValue>) -> JsValue {
    outside(|| get(options)).unwrap_or_default()
}

fn read_stage(stage: &str) -> Result<Stage, JsValue> {
    Stage::read(stage).map_err(|problem| error("unreadable-stage", &format!("stage {problem}")))
}

/// An option that may be left out.
fn read_option<T: DeserializeOwned + Default>(
    name: &str,
    value: JsValue,
    expected: &str,
) -> Result<T, JsValue> {
    if value.is_null_or_undefined() {
        return Ok(T::default());
    }
    read(value).ok_or_else(|| error("unreadable-options", &format!("{name} must be {expected}")))
}

/// Plain data of a known shape; nothing where it has another.
fn read<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    T::deserialize(Source::new(value, &Room::default())).ok()
}

/// A text; empty where it is none.
fn text(value: &JsValue) -> String {
    value.as_string().unwrap_or_default()
}

fn read_record(value: JsValue) -> Record {
    let mut record = Record::default();
    read_into(&mut record, value);
    record
}

/// Reads a form from pairs of path and text. What is no pair of texts is passed over.
fn read_pairs(pairs: &JsValue) -> Record {
    /// Stands between the texts, which come as one: a step across the boundary for each would cost more than all else.
    const BETWEEN: char = '\u{1f}';
    let (pairs, text) = pairs_of(pairs, BETWEEN.encode_utf8(&mut [0; 1]));
    let mut record = Record::default();
    let texts = text.split(BETWEEN);
    // A file that is sent along, say, is an object and no text.
    let are_texts = texts.clone().all(|text| !text.starts_with("[object "));
    if are_texts && texts.count() == 2 * pairs.len() {
        let mut texts = text.split(BETWEEN);
        record.enter(std::iter::from_fn(|| Some((texts.next()?, texts.next()?))));
    } else {
        // A text that holds it, or what is no pair.
        let pairs: Vec<_> = pairs.iter().filter_map(two_texts).collect();
        record.enter(pairs.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    }
    record
}

/// Reads whatever JavaScript holds; what cannot be read, such as a function, is kept as unreadable.
fn read_into(part: &mut dyn part::Part, value: JsValue) {
    // There are no errors: unlike a text of JSON, what JavaScript holds is never broken as a whole.
    let _ = part::read(part, Source::new(value, &Room::default()));
}

/// The text of a procedure that ships, read by the engine's own JSON reader.
fn built_in(id: &str) -> Result<JsValue, JsValue> {
    match BUILT_IN.iter().find(|(known, _)| *known == id) {
        Some((_, text)) => js_sys::JSON::parse(text),
        None => {
            let known: Vec<_> = BUILT_IN.iter().map(|(id, _)| *id).collect();
            Err(error(
                "unknown-procedure",
                &format!("There is no procedure {id:?}; known are: {}", known.join(", ")),
            ))
        }
    }
}

fn all_built_in() -> Result<Vec<Procedure>, JsValue> {
    BUILT_IN.iter().map(|(id, _)| built_in(id).and_then(read_procedure)).collect()
}

fn read_procedure(value: JsValue) -> Result<Procedure, JsValue> {
    Procedure::read(Source::new(value, &Room::default())).map_err(|problem| {
        let thrown = error("unreadable-procedure", &problem.to_string());
        set(&thrown, "key", &problem.key.as_str().into());
        let all = std::iter::once((&problem.key, &problem.problem))
            .chain(problem.others.iter().map(|(key, problem)| (key, problem)));
        let problems: Vec<_> =
            all.map(|(key, problem)| Problem { key: key.clone(), problem: problem.clone() }).collect();
        if let Ok(problems) = to_js(&problems) {
            set(&thrown, "problems", &problems);
        }
        thrown
    })
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|problem| error("internal", &problem.to_string()))
}

fn error(code: &str, message: &str) -> JsValue {
    let thrown: JsValue = js_sys::Error::new(message).into();
    set(&thrown, "code", &code.into());
    thrown
}

fn set(target: &JsValue, key: &str, value: &JsValue) {
    // Setting a key of an error that was just made cannot fail.
    let _ = js_sys::Reflect::set(target, &key.into(), value);
}
