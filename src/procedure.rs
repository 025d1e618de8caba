//! What one manual asks, as data. Rules read terms and name no authority.
//!
//! A term is a value with the requirements it rests on, or `null` where the manual is silent. Every key has to be
//! there: a misspelt one must not switch a rule off unseen.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserializer, Serialize};

use crate::answer::{Readable, choice};
use crate::day::{Day, Time};
use crate::finding::{Cites, Section, Severity, Stage};
use crate::json::Json;
use crate::office::Office;
use crate::period::Period;
use crate::record::{Decision, DocumentKind, PlanKind};

/// Something in which manuals differ: a value with its citations, or silence. The levels of a manual share what they do
/// not ask otherwise.
#[derive(Debug, PartialEq)]
pub struct Term<T>(Option<Arc<Cited<T>>>);

impl<T> Clone for Term<T> {
    fn clone(&self) -> Term<T> {
        Term(self.0.clone())
    }
}

impl<T> Default for Term<T> {
    fn default() -> Term<T> {
        Term(None)
    }
}

/// A value of a manual, with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// How strongly the manual asks for it.
    pub force: Force,
    /// Ids of the requirements it rests on; never empty.
    #[cfg_attr(feature = "js", tsify(type = "string[]"))]
    pub cites: Cites,
    /// Whether the manual lets a recorded reason settle a finding ("usually", "unless").
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub leaves_room: bool,
    /// How a vague passage was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

choice! {
    /// How strongly a manual asks for something. The order is from weak to strong.
    Force {
        /// A fact or an option: advice at most.
        May = "may",
        /// It is expected: a warning.
        Should = "should",
        /// It is demanded: an error.
        Must = "must",
    }
}

impl Force {
    /// The gravest that a finding can be.
    pub fn severity(self) -> Severity {
        match self {
            Force::May => Severity::Advice,
            Force::Should => Severity::Warning,
            Force::Must => Severity::Error,
        }
    }
}

choice! {
    /// What every need of a plan leads to.
    Served {
        /// An outcome.
        Outcome = "outcome",
        /// An outcome, or a service that meets the need.
        OutcomeOrService = "outcome-or-service",
    }
}

choice! {
    /// How the one who will do an action is named.
    Naming {
        /// By name, or by a role that one person holds.
        PersonOrRole = "person-or-role",
        /// So that it is known who it is by name.
        Person = "person",
    }
}

choice! {
    /// What has a measure of its own.
    Measured {
        /// Each action.
        Action = "action",
        /// Each outcome: the measure of one of its actions will do.
        Outcome = "outcome",
    }
}

impl<T> Term<T> {
    /// The value with its citations; `None` where the manual is silent.
    pub fn get(&self) -> Option<&Cited<T>> {
        self.0.as_deref()
    }
}

impl<T: Serialize> Serialize for Term<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The value of a term that is either asked or not: `true`. Where it is not asked, the term is `null`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked;

impl Serialize for Asked {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

impl Value for Asked {
    const ACCEPTS: Accepts = Accepts::Asked;

    fn read(json: &Json) -> Result<Asked, String> {
        match json {
            Json::Bool(true) => Ok(Asked),
            _ => {
                Err("expected true; where the manual does not ask for this, put null for the whole term"
                    .into())
            }
        }
    }
}

/// The highest age that a manual can name.
const OLDEST: u32 = 25;

/// The highest score on a scale.
const HIGHEST_SCORE: u32 = 10;

/// Groups as they are written, for whoever has to write one.
const SCHOOL_TIME: &str = r#"{"ages": [5, 16], "from": "09:00", "until": "15:00"}"#;
const ELIGIBLE: &str = r#"{"office": "social-worker", "years_post_qualified": 2}"#;
const FORMAL_REVIEW: &str = r#"{"after": "12 months"}"#;
const PARTICIPANT: &str = r#"{"role": ["social worker"]}"#;

/// An age in whole years.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Age(pub u32);

impl Value for Age {
    const ACCEPTS: Accepts = Accepts::Number { least: 0, most: OLDEST };

    fn read(json: &Json) -> Result<Age, String> {
        match json {
            Json::Number(years) if years.fract() == 0.0 && (0.0..=f64::from(OLDEST)).contains(years) => {
                Ok(Age(*years as u32))
            }
            _ => Err(format!("expected an age in whole years from 0 to {OLDEST}")),
        }
    }
}

/// A score on the scale from 0 to 10.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score(pub u32);

impl Value for Score {
    const ACCEPTS: Accepts = Accepts::Number { least: 0, most: HIGHEST_SCORE };

    fn read(json: &Json) -> Result<Score, String> {
        match json {
            Json::Number(score)
                if score.fract() == 0.0 && (0.0..=f64::from(HIGHEST_SCORE)).contains(score) =>
            {
                Ok(Score(*score as u32))
            }
            _ => Err(format!("expected a score from 0 to {HIGHEST_SCORE}")),
        }
    }
}

/// A limit of time: one period, or several of which the first to run out counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit(pub Period, pub Vec<Period>);

impl Serialize for Limit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Limit(first, others) = self;
        if others.is_empty() {
            first.serialize(serializer)
        } else {
            serializer.collect_seq(std::iter::once(first).chain(others))
        }
    }
}

impl Value for Limit {
    const ACCEPTS: Accepts = Accepts::Limit;

    fn read(json: &Json) -> Result<Limit, String> {
        match json {
            Json::Text(text) => Period::read(text).map(|period| Limit(period, Vec::new())).map_err(|problem| problem.to_string()),
            Json::List(periods) => match Vec::<Period>::read(json)?.split_first() {
                Some((first, others)) => Ok(Limit(*first, others.to_vec())),
                None => Err(format!("expected a period in a list of {}", periods.len())),
            },
            _ => Err("expected a period such as \"10 working days\", or a list of periods of which the first to run out counts".into()),
        }
    }
}

/// A length of time that is not reached: a year is too long where less than a year is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Under(pub Period);

impl Serialize for Under {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("less than {}", self.0))
    }
}

impl Value for Under {
    const ACCEPTS: Accepts = Accepts::Under;

    fn read(json: &Json) -> Result<Under, String> {
        const EXPECTED: &str = "expected a text such as \"less than 6 weeks\"";
        let Json::Text(text) = json else { return Err(EXPECTED.into()) };
        let period = text.strip_prefix("less than ").ok_or(EXPECTED)?;
        Period::read(period).map(Under).map_err(|problem| problem.to_string())
    }
}

impl Value for Period {
    const ACCEPTS: Accepts = Accepts::Period;

    fn read(json: &Json) -> Result<Period, String> {
        match json {
            Json::Text(text) => Period::read(text).map_err(|problem| problem.to_string()),
            _ => Err("expected a period such as \"10 working days\"".into()),
        }
    }
}

/// What something is called there, such as a form.
impl Value for String {
    const ACCEPTS: Accepts = Accepts::Text;

    fn read(json: &Json) -> Result<String, String> {
        text(json).ok_or_else(|| "expected a text".into())
    }
}

/// What the value of a term can be, for whoever draws a control for it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Accepts {
    /// `true`: it is asked or it is not.
    Asked,
    /// A whole number.
    Number { least: u32, most: u32 },
    /// A period: "10 working days".
    Period,
    /// A period, or a list of periods of which the first to run out counts.
    Limit,
    /// A period that is not reached: "less than 6 weeks".
    Under,
    /// A text of any kind.
    Text,
    /// One of some choices.
    Choice {
        #[cfg_attr(feature = "js", tsify(type = "string[]"))]
        choices: &'static [&'static str],
    },
    /// A group of keys such as this one, written as JSON.
    Group { example: &'static str },
    /// A list with one such value at least.
    List {
        #[cfg_attr(feature = "js", tsify(type = "Accepts"))]
        of: &'static Accepts,
    },
}

/// What the value of a term can be.
pub trait Value: Sized {
    /// What is accepted.
    const ACCEPTS: Accepts;

    /// Reads it. The error says what was expected.
    fn read(json: &Json) -> Result<Self, String>;
}

/// A list with one value at least: where there is none, the term is `null`.
impl<T: Value> Value for Vec<T> {
    const ACCEPTS: Accepts = Accepts::List { of: &T::ACCEPTS };

    fn read(json: &Json) -> Result<Vec<T>, String> {
        match json {
            Json::List(values) if !values.is_empty() => values.iter().map(T::read).collect(),
            _ => Err("expected a list with one value at least".into()),
        }
    }
}

/// Declares that a closed list of choices can be the value of a term.
macro_rules! values {
    ($($choice:ident),+) => {
        $(impl Value for $choice {
            const ACCEPTS: Accepts = Accepts::Choice { choices: $choice::SPELLINGS };

            fn read(json: &Json) -> Result<$choice, String> {
                match json {
                    Json::Text(text) => <$choice as Readable>::read(text),
                    _ => <$choice as Readable>::read(""),
                }
            }
        })+
    };
}
values!(
    Decision,
    DocumentKind,
    Force,
    Measured,
    MetBy,
    Naming,
    Occasion,
    Office,
    PlanKind,
    Responsible,
    Section,
    Served,
    Stage
);

choice! {
    /// The meetings of which something is asked.
    Occasion {
        /// The first meeting of the plan.
        First = "first-meeting",
        /// Those after the first.
        Reviews = "reviews",
        /// Each one.
        Every = "every-meeting",
    }
}

choice! {
    /// The day by which the family is met.
    MetBy {
        /// The day of the meeting.
        Meeting = "meeting",
        /// The day of the first invitation, before the meeting is arranged.
        Invitations = "invitations",
    }
}

impl MetBy {
    /// That day in a sentence about a meeting.
    pub fn in_words(self, number: usize) -> String {
        match self {
            MetBy::Meeting => format!("the date of meeting {number}"),
            MetBy::Invitations => format!("the first invitation to meeting {number}"),
        }
    }
}

/// The hours of school, in which no meeting is held where it can be avoided. No manual gives them: an authority may
/// set its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct SchoolTime {
    /// The ages of school, in whole years, from the first to the last.
    pub ages: [u32; 2],
    /// When school begins.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub from: Time,
    /// When school ends.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub until: Time,
}

impl Value for SchoolTime {
    const ACCEPTS: Accepts = Accepts::Group { example: SCHOOL_TIME };

    fn read(json: &Json) -> Result<SchoolTime, String> {
        let expected = format!("expected a group such as {SCHOOL_TIME}");
        let Json::Group(keys) = json else { return Err(expected) };
        let (mut ages, mut from, mut until) = (None, None, None);
        for (key, value) in keys {
            match (key.as_str(), value) {
                ("ages", Json::List(_)) => ages = <[Age; 2]>::try_from(Vec::<Age>::read(value)?).ok(),
                ("from", Json::Text(text)) => from = Time::read(text).ok(),
                ("until", Json::Text(text)) => until = Time::read(text).ok(),
                _ => return Err(expected),
            }
        }
        match (ages, from, until) {
            (Some([Age(first), Age(last)]), Some(from), Some(until)) if first <= last && from < until => {
                Ok(SchoolTime { ages: [first, last], from, until })
            }
            _ => Err(expected),
        }
    }
}

choice! {
    /// Somebody of the case whose task something is.
    Responsible {
        /// Whoever chaired the meeting.
        Chair = "chair",
        /// The lead professional.
        LeadProfessional = "lead-professional",
        /// The social worker who holds the case.
        SocialWorker = "social-worker",
    }
}

impl Responsible {
    /// As it reads in a sentence: "the lead professional".
    pub fn title(self) -> String {
        format!("the {}", self.spelling().replace('-', " "))
    }

    /// Whether a text that stands for a person names the task instead of the person: "Chair".
    pub fn is_meant(self, text: &str) -> bool {
        text.to_lowercase().contains(&self.spelling().replace('-', " "))
    }
}

/// Somebody who may chair a meeting. What is left out is not asked of them; one that asks for no office is anybody.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Eligible {
    /// The office that the chair has to hold. A line manager is a manager of any grade; a social worker is anybody
    /// who is qualified as one, whatever their grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<Office>,
    /// Years since qualifying that the chair has to have at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years_post_qualified: Option<u32>,
    /// Whether the chair has to be the social worker who holds the case.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub holds_the_case: bool,
    /// Whether this chair will do only where the case comes from a child protection plan.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub after_child_protection_plan: bool,
}

impl Value for Eligible {
    const ACCEPTS: Accepts = Accepts::Group { example: ELIGIBLE };

    fn read(json: &Json) -> Result<Eligible, String> {
        let Json::Group(keys) = json else {
            return Err(format!("expected a group such as {ELIGIBLE}"));
        };
        let mut eligible = Eligible {
            office: None,
            years_post_qualified: None,
            holds_the_case: false,
            after_child_protection_plan: false,
        };
        for (key, value) in keys {
            match (key.as_str(), value) {
                ("office", value) => eligible.office = Some(<Office as Value>::read(value)?),
                ("years_post_qualified", Json::Number(years)) if years.fract() == 0.0 && *years >= 0.0 => {
                    eligible.years_post_qualified = Some(*years as u32);
                }
                ("holds_the_case", Json::Bool(holds)) => eligible.holds_the_case = *holds,
                ("after_child_protection_plan", Json::Bool(after)) => {
                    eligible.after_child_protection_plan = *after;
                }
                _ => {
                    return Err(format!(
                        "expected office, years_post_qualified, holds_the_case and after_child_protection_plan, found {key}: {value}"
                    ));
                }
            }
        }
        // Nothing at all is a slip of the pen rather than leave for anybody.
        if keys.is_empty() {
            return Err("expected an office".into());
        }
        Ok(eligible)
    }
}

/// When a plan has a formal review, beside the usual ones.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct FormalReview {
    /// How long a plan runs before there is one.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub after: Period,
    /// Whether it is asked of complex cases alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub complex_only: bool,
    /// Whether a plan that acknowledges support over a longer term goes without one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub not_for_long_term: bool,
}

impl Value for FormalReview {
    const ACCEPTS: Accepts = Accepts::Group { example: FORMAL_REVIEW };

    fn read(json: &Json) -> Result<FormalReview, String> {
        let expected = || format!("expected a group such as {FORMAL_REVIEW}");
        let Json::Group(keys) = json else { return Err(expected()) };
        let (mut after, mut complex_only, mut not_for_long_term) = (None, false, false);
        for (key, value) in keys {
            match (key.as_str(), value) {
                ("after", value) => after = Some(<Period as Value>::read(value)?),
                ("complex_only", Json::Bool(only)) => complex_only = *only,
                ("not_for_long_term", Json::Bool(not)) => not_for_long_term = *not,
                _ => {
                    return Err(format!(
                        "expected after, complex_only and not_for_long_term, found {key}: {value}"
                    ));
                }
            }
        }
        let after = after.ok_or_else(expected)?;
        Ok(FormalReview { after, complex_only, not_for_long_term })
    }
}

/// Somebody who takes part in a joint supervision.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Participant {
    /// The role, in each of its spellings; the first is the one that messages use.
    pub role: Vec<String>,
    /// Words by which somebody's part in the plan makes them take part; empty where they always do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub where_involved: Vec<String>,
}

impl Value for Participant {
    const ACCEPTS: Accepts = Accepts::Group { example: PARTICIPANT };

    fn read(json: &Json) -> Result<Participant, String> {
        let Json::Group(keys) = json else {
            return Err(format!("expected a group such as {PARTICIPANT}"));
        };
        let mut participant = Participant { role: Vec::new(), where_involved: Vec::new() };
        for (key, value) in keys {
            let words = match value {
                Json::List(words) => words.iter().map(text).collect::<Option<Vec<_>>>(),
                _ => None,
            };
            match (key.as_str(), words) {
                ("role", Some(words)) => participant.role = words,
                ("where_involved", Some(words)) => participant.where_involved = words,
                _ => {
                    return Err(format!(
                        "expected role and where_involved with a list of texts, found {key}: {value}"
                    ));
                }
            }
        }
        if participant.role.is_empty() {
            return Err("expected a role".into());
        }
        Ok(participant)
    }
}

/// What a prompt or a line of guidance rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Grounds {
    /// How strongly the manual asks for it.
    pub force: Force,
    /// Ids of the requirements it rests on; never empty.
    #[cfg_attr(feature = "js", tsify(type = "string[]"))]
    pub cites: Cites,
    /// How a vague passage was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Grounds {
    /// What something rests on at one level of plan or another.
    pub(crate) fn and(self, other: Grounds) -> Grounds {
        let mut cites = self.cites.to_vec();
        cites.extend(other.cites.iter().filter(|id| !self.cites.contains(id)).cloned());
        Grounds { force: self.force.max(other.force), cites: cites.into(), note: self.note.or(other.note) }
    }
}

/// A question that an authority adds of its own. It is put to every case, and answered like any other.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct OwnPrompt {
    /// Id in kebab-case; the name under `judgements`. It begins with `own-`, so that it never meets one that ships.
    pub id: String,
    /// The question, to be answered yes, no or not applicable.
    pub question: String,
    /// The part of the plan under which it is asked.
    pub section: Section,
    /// The stage from which it is asked.
    pub stage: Stage,
    /// What it rests on. The ids are the authority's own.
    #[serde(flatten)]
    pub grounds: Grounds,
}

/// The manual of one authority.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Procedure {
    /// Short name in kebab-case, such as `cambridgeshire`.
    pub id: String,
    /// Title of the manual.
    pub title: String,
    /// Edition of the manual.
    pub edition: String,
    /// Days on which the authority's offices are closed, beside weekends and bank holidays.
    #[cfg_attr(feature = "js", tsify(type = "string[]"))]
    pub closure_days: Vec<Day>,
    /// The record as such.
    pub record: RecordTerms,
    /// What a plan holds.
    pub plan: PlanTerms,
    /// What each action says.
    pub actions: ActionTerms,
    /// Who is invited and takes part.
    pub attendance: AttendanceTerms,
    /// Who chairs.
    pub chairing: ChairingTerms,
    /// Who gets the plan, and from whom it is kept.
    pub sharing: SharingTerms,
    /// The minutes.
    pub minutes: MinutesTerms,
    /// When meetings take place and what they settle.
    pub reviews: ReviewTerms,
    /// Visits and supervision.
    pub visits: VisitTerms,
    /// What must be true before a case closes.
    pub closure: ClosureTerms,
    /// A family who moves out of the area or into it.
    pub moving: MovingTerms,
    /// Child protection: conferences, core groups, and how the child is seen.
    pub protection: ProtectionTerms,
    /// Questions that only a person can judge, by the id of the prompt. A prompt that is not here is not asked.
    #[cfg_attr(feature = "js", tsify(type = "{ [prompt: string]: Grounds }"))]
    pub prompts: BTreeMap<String, Grounds>,
    /// Guidance that is shown at a field, by its id.
    #[cfg_attr(feature = "js", tsify(type = "{ [guidance: string]: Grounds }"))]
    pub guidance: BTreeMap<String, Grounds>,
    /// What is asked otherwise of plans of some kinds; `None` where all of them are asked the same.
    #[cfg_attr(feature = "js", tsify(type = "Level[] | null"))]
    pub levels: Option<Levels>,
    /// Questions that the authority adds of its own. The one key that may be left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "js", tsify(optional))]
    pub own_prompts: Vec<OwnPrompt>,
}

/// What a manual asks otherwise of plans of some kinds. Each row names the kinds, and the terms, prompts and guidance
/// that are other there; what it leaves out stays as it is.
#[derive(Clone, Debug)]
pub struct Levels {
    /// As it was read, to be written back.
    rows: Json,
    /// The whole procedure for each kind that is named.
    by_kind: Vec<(PlanKind, Arc<Procedure>)>,
}

/// What was read decides the rest.
impl PartialEq for Levels {
    fn eq(&self, other: &Levels) -> bool {
        self.rows == other.rows
    }
}

impl Serialize for Levels {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rows.serialize(serializer)
    }
}

/// Declares one part of a procedure: its terms, each with its meaning as the first line of its comment.
macro_rules! terms {
    ($(#[doc = $about:literal])* $name:ident { $(#[doc = $meaning:literal] $(#[doc = $more:literal])* $term:ident : $value:ty,)* }) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize)]
        #[cfg_attr(feature = "js", derive(tsify::Tsify))]
        pub struct $name {
            $(#[doc = $meaning] $(#[doc = $more])* pub $term: Term<$value>,)*
        }

        impl $name {
            /// Each term with its meaning and what it accepts.
            pub const MEANINGS: Meanings = &[$((stringify!($term), $meaning, <$value as Value>::ACCEPTS)),*];

            /// Reads what stands there; what does not stays as it is in the base, where there is one.
            fn read(group: &mut Group, base: Option<&$name>) -> $name {
                let mut terms = base.cloned().unwrap_or_default();
                group.terms($name::MEANINGS, &mut [$(&mut terms.$term),*], base.is_some());
                terms
            }
        }
    };
}

terms! {
    /// Terms about the record as such.
    RecordTerms {
        /// What is recorded can be read.
        readable: Asked,
    }
}

terms! {
    /// Terms about what a plan holds.
    PlanTerms {
        /// An open case has a plan.
        held: Asked,
        /// An assessment that finds a child in need is followed by a plan.
        after_assessment: Asked,
        /// The plan is drawn up at a meeting.
        meeting: Asked,
        /// The kinds of plan that there are.
        kinds: Vec<PlanKind>,
        /// A child protection plan is agreed at a child protection conference.
        conference: Asked,
        /// A Child in Need plan does not stand beside a child protection plan.
        beside_protection: Asked,
        /// The plan rests on a completed assessment; an interim plan may go before it.
        assessment: Asked,
        /// The assessment comes before the first meeting.
        assessment_before_meeting: Asked,
        /// The plan is for a child whom an assessment found to be in need.
        assessment_finds_need: Asked,
        /// How soon after the assessment started the plan is made.
        made_in_assessment: Limit,
        /// An early help plan stands until this plan takes its place, and no longer.
        early_help_replaced: Asked,
        /// The manager agrees the timescale of the assessment at the outset.
        assessment_timescale: Asked,
        /// An interim plan gives structure while the assessment is under way.
        interim: Asked,
        /// A child under a supervision order has a Child in Need plan like any other.
        supervision_order: Asked,
        /// The plan sets out the needs of each child.
        needs: Asked,
        /// Who each child is and how old is known, since it shapes what the child needs.
        ages: Asked,
        /// The plan says what is to be different.
        outcomes: Asked,
        /// The plan is written so that the family understands it.
        plain_language: Asked,
        /// Every child has an outcome to work towards.
        outcome_for_each_child: Asked,
        /// What every need leads to.
        every_need_served: Served,
        /// Each outcome is related to a need that the assessment found.
        outcomes_from_needs: Asked,
        /// Every outcome has an action.
        actions_for_outcomes: Asked,
        /// The plan sets out services.
        services: Asked,
        /// The plan sets out the services that each need calls for.
        services_for_needs: Asked,
        /// The plan names the resources and services that each outcome takes.
        resources_for_outcomes: Asked,
        /// A service for a parent is tied to what it brings about for the child.
        services_for_parents: Asked,
        /// Somebody refers to the agencies that provide the services of the plan.
        services_referred: Asked,
        /// The plan has service actions apart from the safety plan.
        service_actions: Asked,
        /// One lead professional is named for the family.
        lead_professional: Asked,
        /// The lead professional is the social worker.
        lead_is_social_worker: Asked,
        /// The plan says what the lead professional answers for.
        lead_responsibilities: Asked,
        /// The plan says how often the child is visited.
        visits_stated: Asked,
        /// How far apart the plan usually sets visits.
        visits_usual: Limit,
        /// How far apart the plan may set visits.
        visits_longest: Limit,
        /// The role of the social worker is spelled out.
        social_worker_role: Asked,
        /// The role and responsibilities of each professional are stated.
        roles: Asked,
        /// The role and responsibilities of family members are stated.
        family_roles: Asked,
        /// The plan says what kind of contact each professional has with the family.
        contact_kind: Asked,
        /// The plan says how often each professional is in contact with the family.
        contact_every: Asked,
        /// The plan has a safety plan.
        safety_plan: Asked,
        /// The plan says what happens if it does not work.
        contingency: Asked,
        /// The plan says what may follow if it is not kept to.
        consequences: Asked,
        /// The plan says what the wider family and friends can do.
        wider_family: Asked,
        /// The child's views are recorded, with how and by whom they were found out.
        child_views: Asked,
        /// The plan shows what life is like for the child.
        lived_experience: Asked,
        /// The child's views shape the plan.
        views_shape_plan: Asked,
        /// Each version of the plan is dated.
        dated: Asked,
        /// Each version of the plan carries its number.
        version: Asked,
        /// How soon after each meeting the plan is made or brought up to date.
        updated_within: Limit,
        /// How soon a plan is recorded after it was drawn up.
        recorded_within: Limit,
        /// Parents are consulted on each change to the plan.
        changes_parents: Asked,
        /// The child is consulted on each change to the plan.
        changes_child: Asked,
        /// Key professionals of other agencies are consulted on each change to the plan.
        changes_professionals: Asked,
        /// The child and the parents agree the record.
        agreement: Asked,
        /// How long most plans are expected to last.
        usual_length: Limit,
        /// The plan carries the day of its next review.
        next_review: Asked,
        /// How far ahead the next review lies.
        next_review_within: Limit,
        /// A plan with a single focus needs one agency alone.
        one_agency: Asked,
        /// Work with a single focus that is stepped up goes on with an early help assessment.
        escalated: Asked,
        /// The members of the team around the family share the actions of the plan.
        team_delivers: Asked,
        /// The plan fixes when progress is looked at.
        review_points: Asked,
        /// The plan says by what means progress is judged.
        progress_judged: Asked,
    }
}

terms! {
    /// Terms about each action.
    ActionTerms {
        /// The actions that a meeting agrees are on the plan.
        recorded: Asked,
        /// Each action says what will be done.
        specific: Asked,
        /// How the one who will do an action is named.
        who: Naming,
        /// What says how everyone will know that it is done or has worked.
        measurable: Measured,
        /// Each action has a day by which it will be done, inside the life of the plan.
        timescale: Asked,
        /// Each action serves an outcome.
        serves_outcome: Asked,
        /// Each action can be done by whoever is to do it, in the time that there is.
        realistic: Asked,
        /// The plan shows which resources are confirmed and which await a decision.
        resources: Asked,
        /// The plan does not rest on resources that are scarce or not to be had.
        scarce_resources: Asked,
        /// A review states what came of each action.
        result: Asked,
        /// The social worker does what was agreed.
        promises_kept: Asked,
        /// The social worker has actions of their own.
        social_worker_acts: Asked,
    }
}

terms! {
    /// Terms about who is invited and takes part.
    AttendanceTerms {
        /// Who is invited and who comes to each meeting is on record, without contradiction.
        recorded: Asked,
        /// The social worker calls the meeting.
        convened_by_social_worker: Occasion,
        /// A place is found for the meeting.
        venue_booked: Asked,
        /// The hours of school, in which a meeting that a child of school age comes to is not held without a reason.
        school_time: SchoolTime,
        /// Whoever is not invited to a review is asked for their views.
        heard_at_review: Asked,
        /// Each child comes to the meeting, or the reason is recorded.
        children_attend: Occasion,
        /// The day by which the social worker meets the child.
        child_met_by: MetBy,
        /// The age from which a young person is invited to the meeting.
        young_person_invited_from: Age,
        /// The age from which the social worker asks a young person if and how they want to take part.
        young_person_asked_from: Age,
        /// How shortly before the meeting a young person is prepared for it.
        prepared_within: Limit,
        /// A child who does not want to be involved has the reasons recorded.
        reasons_of_child: Asked,
        /// The age below which somebody else represents the child's views at the meeting.
        views_represented_below: Age,
        /// The age below which the way the child's views were found out is recorded.
        views_method_below: Age,
        /// Parents and carers are invited, or the reason is recorded for each who is not.
        parents_invited: Occasion,
        /// Parents and carers come to the meeting, or the reason is recorded.
        parents_attend: Occasion,
        /// The day by which the social worker meets parents and carers.
        parents_met_by: MetBy,
        /// A meeting that the parents do not come to goes ahead and makes an action plan.
        without_parents: Asked,
        /// The views of parents and carers on the plan are recorded.
        parents_views: Asked,
        /// Parents take part in meetings of professionals too, or the reason for meeting without them is recorded.
        parents_at_other_meetings: Asked,
        /// Professionals who are part of the plan are invited.
        professionals_invited: Occasion,
        /// Professionals who are part of the plan come to the meeting, or the reason is recorded.
        professionals_attend: Occasion,
        /// The agencies that the assessment recommended come to the meeting, or the reason is recorded.
        recommended_agencies: Asked,
        /// More than one agency takes part in the formal review.
        agencies_at_formal_review: Asked,
        /// The child and family agree to the other professionals who are invited.
        family_agrees: Asked,
        /// Reports are asked of invited professionals who cannot come.
        reports_requested: Asked,
        /// The allocated social worker attends the first meeting.
        social_worker_at_first: Asked,
        /// A solicitor comes only by arrangement with the chair.
        solicitor_arranged: Asked,
        /// A review involves those who made the plan and those who joined since.
        contributors_at_review: Asked,
        /// Early help is invited where the case is expected to close.
        early_help_at_closing: Asked,
        /// Something is done about each barrier to taking part.
        barriers_addressed: Asked,
        /// Parents are kept informed of a meeting of professionals.
        parents_informed: Asked,
        /// Separate education and Child in Need reviews have their reason recorded.
        education_review: Asked,
        /// Where a child may meet at school, it is known where the child would like to meet.
        venue_preference: Asked,
    }
}

terms! {
    /// Terms about who chairs.
    ChairingTerms {
        /// Who chairs the first meeting.
        first_meeting: Vec<Eligible>,
        /// Who chairs the later meetings.
        later_meetings: Vec<Eligible>,
        /// Who chairs the formal review.
        formal_review: Vec<Eligible>,
        /// Who chairs the first core group.
        first_core_group: Vec<Eligible>,
        /// Who chairs the later core groups.
        later_core_groups: Vec<Eligible>,
        /// Who chairs the first meeting and every other one after it where a student social worker does the work.
        student_meetings: Vec<Eligible>,
        /// Somebody supervises the student social worker.
        student_supervised: Asked,
        /// Who chairs the reviews where no social worker is allocated.
        unallocated: Vec<Eligible>,
        /// The lead professional carries out a review that is held without a meeting.
        outside_meeting: Asked,
        /// The members of the team take turns to chair and to take the minutes.
        turns: Asked,
    }
}

terms! {
    /// Terms about who gets the plan, and from whom it is kept.
    SharingTerms {
        /// Where the plan is kept from somebody, the reasons are recorded.
        exclusion_reason: Asked,
        /// The day on which those reasons were recorded is known.
        exclusion_dated: Asked,
        /// The social worker and the manager agree what may be shared with somebody from whom the plan is kept.
        exclusion_agreed: Asked,
        /// A plan that is kept from somebody does not reach them.
        kept_from_excluded: Asked,
        /// The parents sign that they agree to the plan.
        signed_by_parents: Asked,
        /// The child signs to agree to the plan, or the reason for no signature is recorded.
        signed_by_child: Asked,
        /// Everyone else involved signs and dates the plan; parents and child too, where they have no term of their own.
        signed: Asked,
        /// The version that is signed is the latest.
        latest_version_signed: Asked,
        /// The parents get a copy of the plan.
        copy_to_parents: Asked,
        /// Parents who did not come to the meeting get a copy of the plan that it made.
        copy_to_absent_parents: Asked,
        /// Each child gets a copy of the plan, or the reason for none is recorded.
        copy_to_child: Asked,
        /// Everyone else involved gets a copy; parents and child too, where they have no term of their own.
        copy_to_involved: Asked,
        /// Whoever provides a service under the plan gets a copy.
        copy_to_providers: Asked,
        /// The record shows when each copy was sent.
        sending_recorded: Asked,
        /// How soon everyone involved gets a copy after the plan was drawn up.
        copies_within: Limit,
        /// How soon after a meeting everyone involved gets a copy of the plan that it made or changed.
        copies_within_of_meeting: Limit,
        /// Whose task it is to send out the plan.
        sent_by: Vec<Responsible>,
        /// Whose task it is to send out the plan that a review has changed.
        changed_plan_sent_by: Vec<Responsible>,
        /// The outcome of the assessment goes to the family and to the agencies involved, in writing.
        assessment_outcome: Asked,
    }
}

terms! {
    /// Terms about the minutes.
    MinutesTerms {
        /// Somebody takes minutes of the meeting.
        taken: Asked,
        /// A minute taker is asked for where the meeting is complex.
        complex_minute_taker: Asked,
        /// How soon the minutes go out after the meeting.
        circulated_within: Limit,
        /// How soon the minutes are on the case record after the meeting.
        uploaded_within: Limit,
        /// The minutes are taken by the chair or by a professional who works with the family.
        taken_by_chair_or_professional: Asked,
        /// The plan is the record of the meeting: there are no minutes beside it.
        one_document: Asked,
        /// The minutes are on the case record; by when is not said.
        on_record: Asked,
        /// Parents and carers get the minutes.
        to_parents: Asked,
        /// Each child gets the minutes, or the reason for no copy is recorded.
        to_children: Asked,
        /// Every agency involved gets the minutes.
        to_agencies: Asked,
        /// Everyone else who took part in the meeting gets the minutes.
        to_participants: Asked,
        /// The chair sends the minutes.
        sent_by_chair: Asked,
    }
}

terms! {
    /// Terms about when meetings take place and what they settle.
    ReviewTerms {
        /// How soon the first meeting takes place after the referral.
        first_meeting_within: Limit,
        /// The first meeting keeps to the timescale that the manager agreed for the assessment.
        first_meeting_in_agreed_time: Asked,
        /// A meeting takes place where the assessment found a child in need.
        first_meeting_held: Asked,
        /// How soon the first meeting takes place after a strategy discussion that found a child in need.
        meeting_after_strategy_discussion: Limit,
        /// How soon the first meeting takes place after a section 47 enquiry that found a child in need.
        meeting_after_section_47: Limit,
        /// How soon the first meeting takes place after the plan started, where nothing else starts its time.
        meeting_after_plan_start: Limit,
        /// A shorter time for the first meeting that the manual gives beside the one that decides.
        first_meeting_sooner: Limit,
        /// How soon a meeting takes place after a child protection plan ended.
        meeting_after_child_protection_plan: Limit,
        /// How soon a meeting takes place after the family moved into the area.
        meeting_after_moving_in: Limit,
        /// How soon a meeting takes place after a conference that made no child protection plan.
        meeting_after_conference: Limit,
        /// How soon a plan is drawn up after a conference that makes or leaves no child protection plan.
        plan_after_conference: Limit,
        /// The first meeting comes before the reviews, and each sets a later day for the next.
        in_order: Asked,
        /// How far apart meetings may be.
        every: Limit,
        /// How far apart meetings may be for the disability service.
        every_disability_service: Limit,
        /// How far apart meetings may be for the disability service once a longer interval is authorised.
        every_disability_service_authorised: Limit,
        /// Who may authorise the disability service to meet less often.
        longer_interval_authorised_by: Vec<Office>,
        /// How far apart review meetings may be for a disability social work team.
        every_disability_team: Limit,
        /// How far apart reviews may be where the plan acknowledges support over a longer term.
        every_long_term: Limit,
        /// How soon the first review takes place after the plan started, where no meeting came before it.
        first_review_after_plan_start: Limit,
        /// How far apart meetings are at the least, as a rule.
        no_sooner_than: Limit,
        /// A meeting that is put off has a reason, a decider and a new date.
        put_off: Asked,
        /// A significant change brings the next meeting forward.
        early_after_change: Asked,
        /// A review is carried out in a meeting.
        in_meeting: Asked,
        /// The manager agrees where a review is carried out without a meeting.
        outside_meeting_agreed: Asked,
        /// When a plan has a formal review.
        formal: FormalReview,
        /// How far apart formal reviews may be.
        formal_every: Limit,
        /// A formal review sets the date of the next one.
        formal_next: Asked,
        /// A review looks at progress towards each outcome.
        progress: Asked,
        /// A review records what the actual outcomes are.
        actual_outcomes: Asked,
        /// A review looks again at each need.
        needs_again: Asked,
        /// Meetings keep to a shorter interval where one is authorised.
        more_often: Asked,
        /// The decisions between which each review makes a clear choice.
        decision: Vec<Decision>,
        /// The reason for a decision is recorded with it.
        decision_reason: Asked,
        /// A decision is recorded, with the day.
        decision_recorded: Asked,
        /// The lead professional records the review.
        recorded_by_lead_professional: Asked,
        /// Where the plan goes on, there is a day for the next meeting.
        next_meeting_set: Asked,
        /// Where a review decides on another level of help, the plan moves to that level.
        level_followed: Asked,
        /// A strategy discussion follows where a review finds significant harm.
        strategy_discussion: Asked,
        /// A review looks at which actions are past their day.
        actions_in_time: Asked,
        /// A family network meeting that was agreed takes place before the next meeting.
        family_network_meeting: Asked,
        /// How soon after the meeting that agreed it a Family Group Conference is referred for.
        family_group_conference_within: Limit,
    }
}

terms! {
    /// Terms about visits and supervision.
    VisitTerms {
        /// What is recorded of a visit can be so.
        recorded: Asked,
        /// How far apart visits may be.
        every: Limit,
        /// How far apart visits may be for a disability social work team.
        every_disability_team: Limit,
        /// How far apart visits may be while the assessment is under way.
        during_assessment: Under,
        /// How far apart visits are as a rule, where that is less than they may be.
        usually_every: Limit,
        /// Visits are made apart from meetings.
        apart_from_meetings: Asked,
        /// The child is seen at home.
        at_home: Asked,
        /// The child is seen alone.
        alone: Asked,
        /// The child is seen at each visit of a disability social work team.
        child_seen_disability_team: Asked,
        /// How often the manager goes through the plan in supervision, for a disability social work team.
        supervision_every_disability_team: Limit,
        /// The plan is gone through in supervision between one meeting and the next.
        supervision_between_meetings: Asked,
        /// How long a case is open before the team manager goes through it in a joint supervision.
        joint_supervision_after: Limit,
        /// Who takes part in the joint supervision; the narrower role stands before the wider one.
        joint_supervision_with: Vec<Participant>,
    }
}

terms! {
    /// Terms about the closing of a case.
    ClosureTerms {
        /// A meeting decides that the case can close.
        decided: Asked,
        /// A case that is closed between meetings has the reasons recorded.
        between_meetings: Asked,
        /// Who records the reasons for closing between meetings.
        between_meetings_by: Vec<Office>,
        /// A case note holds the reasons for closing between meetings.
        between_meetings_case_note: Asked,
        /// The group agrees that the actions of the plan are complete.
        actions_completed: Asked,
        /// The group agrees that there are no safeguarding concerns.
        no_safeguarding_concerns: Asked,
        /// No case closes against safeguarding concerns that are recorded.
        not_with_concerns: Asked,
        /// The score from which everybody holds the child to be safe enough, on the scale from 0 to 10.
        safety_score: Score,
        /// Early help is considered.
        early_help_considered: Asked,
        /// Where early help takes over, it becomes involved before the case closes.
        early_help_engaged: Asked,
        /// Where early help takes over, the relevant documents are passed on.
        early_help_documents: Asked,
        /// A meeting hands the case over where early help takes over.
        early_help_by_meeting: Asked,
        /// A case that steps down has a plan of early help in place of its own.
        early_help_plan: Asked,
        /// A lead professional is named for after the closing, or the reason for none.
        lead_professional: Asked,
        /// The closing minutes name the lead professional.
        lead_professional_in_minutes: Asked,
        /// Closing is recommended once the child is no longer in need.
        recommended: Asked,
        /// To whom closing is recommended.
        recommended_to: Vec<Office>,
        /// Who may approve the closing.
        approved_by: Vec<Office>,
        /// Each child gets a letter that confirms the closing, or the reason for none is recorded.
        letter_to_child: Asked,
        /// The parents get a letter that confirms the closing.
        letter_to_parents: Asked,
        /// The professionals involved get a letter that confirms the closing.
        letter_to_professionals: Asked,
        /// The letters go out by the day on which the case closes.
        letters_on_closing: Asked,
        /// Who closes the plan.
        closed_by: Vec<Office>,
        /// A case closes after a review of the plan, not at the meeting that makes it.
        after_review: Asked,
        /// After a conference, a further meeting reviews the plan before closing is considered.
        further_meeting_after_conference: Asked,
        /// A case may close without an assessment or plan after a brief intervention.
        brief_intervention: Asked,
        /// The line manager agrees before a case closes without an assessment or plan.
        brief_intervention_agreed: Asked,
        /// A case note shows the line manager's agreement.
        brief_intervention_case_note: Asked,
    }
}

terms! {
    /// Terms about a family who moves out of the area or into it.
    MovingTerms {
        /// What is recorded of a move can be so.
        recorded: Asked,
        /// Permission to share information with the other authority is asked for.
        permission: Asked,
        /// Without permission, information is shared on a ground that somebody decided on, with the reason.
        sharing_ground: Asked,
        /// The other authority is notified of the move in writing.
        notified: Asked,
        /// The documents that the other authority gets.
        documents: Vec<DocumentKind>,
        /// The documents that are looked for where a family moves in.
        documents_in: Vec<DocumentKind>,
        /// With permission, the social worker contacts the other authority and refers the family.
        referral: Asked,
        /// The referral follows as soon as it can.
        referral_early: Asked,
        /// How soon the referral is followed up.
        follow_up_within: Limit,
        /// Following up shows that the referral arrived and that something is being done.
        followed_up: Asked,
        /// Each gap in services is raised with the worker in the new area.
        service_gaps_raised: Asked,
        /// The other agencies in the plan know of the move.
        agencies_told: Asked,
        /// The family knows which authority is responsible for what.
        family_told: Asked,
        /// The family is told once the other authority takes full responsibility.
        family_told_of_acceptance: Asked,
        /// With permission, the social worker visits the family in the new home.
        home_visit: Asked,
        /// Without permission, the social worker visits the family in the new home.
        home_visit_without_permission: Asked,
        /// The family's new social worker is invited to a joint visit.
        joint_visit: Asked,
        /// How soon after the move a meeting of the plan is arranged.
        meeting_arranged_within: Limit,
        /// The new social worker, the professionals there and the family are consulted about that meeting.
        meeting_consulted: Asked,
        /// Without permission, it is decided and recorded whether a safeguarding referral is needed.
        safeguarding_decided: Asked,
        /// How soon after the move the other authority answers; later is a delay.
        answered_within: Limit,
        /// To whom a dispute with the other authority, or a delay, is taken.
        dispute_taken_to: Vec<Office>,
        /// Who decides what happens next in a dispute or delay.
        dispute_decided_by: Vec<Office>,
        /// Each decision of a manager about the move has its reason.
        decisions_reasoned: Asked,
        /// Moves that follow each other within this time call for the question of trafficking or modern slavery.
        moved_again_within: Limit,
        /// A child who is looked after moves under another procedure.
        looked_after: Asked,
        /// The case stays open until the other authority takes it on, or declines in writing.
        open_until_answered: Asked,
        /// Without permission and need of a safeguarding referral, the case closes once that is decided.
        closed_without_referral: Asked,
        /// With permission, the case closes after the visit to the new home and the meeting after the move.
        closed_after_meeting: Asked,
    }
}

terms! {
    /// Terms about child protection: conferences, core groups, and how the child is seen.
    ProtectionTerms {
        /// An initial conference follows an enquiry that found harm or the risk of it.
        after_enquiry: Asked,
        /// The form with which an initial conference is asked for.
        requested_with: String,
        /// Who may approve the request for an initial conference.
        request_approved_by: Vec<Office>,
        /// How soon the initial conference takes place after the strategy discussion that started the enquiry.
        initial_within: Limit,
        /// A shorter time for the initial conference of an unborn child, as a hint.
        unborn_within: Limit,
        /// The social worker prepares a report for each conference.
        report: Asked,
        /// How long before an initial conference the report is shared with the parents.
        report_before_initial: Period,
        /// The report to an initial conference is shared with the parents in person.
        report_in_person: Asked,
        /// How long before a review conference the report is shared with the parents.
        report_before_review: Period,
        /// How soon the first review conference takes place after the initial conference.
        first_review_within: Limit,
        /// How far apart review conferences may be.
        reviews_every: Limit,
        /// A review conference decides whether the child protection plan goes on, changes or ends.
        decision: Asked,
        /// It is recorded whether an initial conference made a child protection plan.
        decision_initial: Asked,
        /// The age from which young people are invited to a conference about them.
        young_person_invited_from: Age,
        /// The age from which young people are met and asked how they want to take part in a conference.
        young_person_asked_from: Age,
        /// A child who does not want to be involved in a conference has the reasons recorded.
        reasons_of_child: Asked,
        /// The age below which somebody represents the child's views at a conference.
        views_represented_below: Age,
        /// The chair knows of a supporter or advocate before the conference.
        supporters_told: Asked,
        /// The conference that makes a child protection plan names the lead social worker.
        lead_named: Asked,
        /// The lead social worker is qualified.
        lead_qualified: Asked,
        /// The case is allocated to the lead social worker.
        lead_allocated: Asked,
        /// How soon the first core group meets after the initial conference that made a plan.
        core_group_within: Limit,
        /// How far apart core groups may be.
        core_group_every: Limit,
        /// The family is invited to the first core group as well as the professionals.
        core_group_of_family: Asked,
        /// Every professional of the core group contributes.
        core_group_contributions: Asked,
        /// The child protection plan has actions that can be checked.
        plan_smart: Asked,
        /// The child protection plan sets out how the child is visited.
        visiting_arrangements: Asked,
        /// The child protection plan says how often the child's bedroom is seen.
        bedroom_stated: Asked,
        /// How often somebody of the core group sees the child.
        seen_every: Limit,
        /// How often the child is seen apart from parents and carers.
        apart_every: Limit,
        /// How often the social worker sees the child alone.
        alone_every: Limit,
        /// How often the social worker sees a young child awake.
        awake_every: Limit,
        /// The age up to which a child is seen awake.
        awake_up_to: Age,
        /// The child's bedroom is seen between one conference and the next.
        bedroom_between_conferences: Asked,
        /// Where a child is seen apart from the parents and not alone, the reason is recorded.
        reason_not_alone: Asked,
        /// The documents that the other authority gets of a child with a child protection plan who moves away.
        documents_out: Vec<DocumentKind>,
        /// The first contact about a family who moves in is passed on at once to whoever arranges conferences.
        arrival_passed_on: Asked,
        /// What is done when a child with a child protection plan moves in.
        arrival_steps: Asked,
        /// The other authority's form is complete, and is passed on once it came back.
        arrival_details: Asked,
        /// How soon the other authority is asked to return the form.
        arrival_details_within: Period,
        /// How soon the transfer-in conference takes place after the permanent address was notified in writing.
        transfer_conference_within: Limit,
        /// How soon the transfer-in conference takes place where a family who was not to stay is still there.
        transfer_conference_after_stay: Limit,
        /// After how long a family who was not to stay counts as staying.
        stay_after: Period,
    }
}

/// Terms by name, each with its meaning and what it accepts.
pub type Meanings = &'static [(&'static str, &'static str, Accepts)];

/// The groups of terms of a procedure: each with its heading, and its terms with their meanings.
pub const GROUPS: &[(&str, &str, Meanings)] = &[
    ("record", "The record", RecordTerms::MEANINGS),
    ("plan", "The plan", PlanTerms::MEANINGS),
    ("actions", "Actions", ActionTerms::MEANINGS),
    ("attendance", "Who takes part", AttendanceTerms::MEANINGS),
    ("chairing", "Who chairs", ChairingTerms::MEANINGS),
    ("sharing", "Who gets the plan", SharingTerms::MEANINGS),
    ("minutes", "Minutes", MinutesTerms::MEANINGS),
    ("reviews", "Meetings and reviews", ReviewTerms::MEANINGS),
    ("visits", "Visits and supervision", VisitTerms::MEANINGS),
    ("closure", "Closing the case", ClosureTerms::MEANINGS),
    ("moving", "Moving between areas", MovingTerms::MEANINGS),
    ("protection", "Child protection", ProtectionTerms::MEANINGS),
];

/// The manuals that ship, as they stand in `procedures/`.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("cambridgeshire", include_str!("../procedures/cambridgeshire.json")),
    ("bolton", include_str!("../procedures/bolton.json")),
    ("waltham-forest", include_str!("../procedures/waltham-forest.json")),
    ("derbyshire", include_str!("../procedures/derbyshire.json")),
    ("child-and-family-progress", include_str!("../procedures/child-and-family-progress.json")),
];

/// Why a procedure could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The key that could not be read, such as `reviews.every.value`; empty for the whole.
    pub key: String,
    /// What was expected and what was found.
    pub problem: String,
    /// Everything else that is wrong, each with its key.
    pub others: Vec<(String, String)>,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self.key.as_str() {
            "" => write!(f, "The procedure cannot be read: {}", self.problem)?,
            key => write!(f, "The procedure cannot be read at {key}: {}", self.problem)?,
        }
        match self.others.len() {
            0 => Ok(()),
            1 => f.write_str(" (and 1 more problem)"),
            more => write!(f, " (and {more} more problems)"),
        }
    }
}

impl std::error::Error for Unreadable {}

impl Procedure {
    /// Reads a procedure from anything that serde can show. The error names each key that is wrong, with what was
    /// expected and what was found.
    pub fn read<'de, D: Deserializer<'de>>(source: D) -> Result<Procedure, Unreadable> {
        let json = Json::read(source).map_err(|error| Unreadable {
            key: String::new(),
            problem: error.to_string(),
            others: Vec::new(),
        })?;
        let mut problems = Vec::new();
        let mut whole = Group::new(String::new(), &json, &mut problems);
        let id = whole.value("id", "a short name such as \"cambridgeshire\"", text).unwrap_or_default();
        let title = whole.value("title", "the title of the manual", text).unwrap_or_default();
        let edition = whole.value("edition", "the edition of the manual", text).unwrap_or_default();
        let closure_days =
            whole.value("closure_days", "a list of days such as [\"2026-12-29\"]", days).unwrap_or_default();
        let mut procedure =
            Procedure { id, title, edition, closure_days, ..Procedure::read_terms(&mut whole, None) };
        procedure.own_prompts = whole.own_prompts("own_prompts");
        procedure.levels = whole.levels(&procedure);
        whole.refuse_others();
        problems.extend(crate::rules::unknown_names(&procedure));
        let mut problems = problems.into_iter();
        match problems.next() {
            None => Ok(procedure),
            Some((key, problem)) => Err(Unreadable { key, problem, others: problems.collect() }),
        }
    }

    /// Reads every group of terms. Where there is a base, a group or a term that is left out stays as it is there.
    fn read_terms(whole: &mut Group, base: Option<&Procedure>) -> Procedure {
        macro_rules! group {
            ($name:ident, $terms:ident) => {
                whole.group(stringify!($name), base.map(|base| &base.$name), $terms::read)
            };
        }
        Procedure {
            id: String::new(),
            title: String::new(),
            edition: String::new(),
            closure_days: Vec::new(),
            record: group!(record, RecordTerms),
            plan: group!(plan, PlanTerms),
            actions: group!(actions, ActionTerms),
            attendance: group!(attendance, AttendanceTerms),
            chairing: group!(chairing, ChairingTerms),
            sharing: group!(sharing, SharingTerms),
            minutes: group!(minutes, MinutesTerms),
            reviews: group!(reviews, ReviewTerms),
            visits: group!(visits, VisitTerms),
            closure: group!(closure, ClosureTerms),
            moving: group!(moving, MovingTerms),
            protection: group!(protection, ProtectionTerms),
            prompts: whole
                .group("prompts", base.map(|base| &base.prompts), |group, base| group.all_grounds(base)),
            guidance: whole
                .group("guidance", base.map(|base| &base.guidance), |group, base| group.all_grounds(base)),
            levels: None,
            own_prompts: Vec::new(),
        }
    }

    /// The procedure as it reads for a plan of a kind: itself, unless the manual asks otherwise at that level.
    pub fn of_kind(&self, kind: Option<PlanKind>) -> &Procedure {
        let levels = self.levels.iter().flat_map(|levels| &levels.by_kind);
        let mut levels = levels.filter(|(known, _)| Some(*known) == kind);
        levels.next().map_or(self, |(_, procedure)| procedure)
    }

    /// The procedure itself, and as it reads at each level that differs, with the kind of plan.
    pub fn levels(&self) -> impl Iterator<Item = (Option<PlanKind>, &Procedure)> {
        let levels = self.levels.iter().flat_map(|levels| &levels.by_kind);
        std::iter::once((None, self)).chain(levels.map(|(kind, level)| (Some(*kind), &**level)))
    }

    /// One of the procedures that ship.
    pub fn built_in(id: &str) -> Option<Procedure> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == id)?;
        // A built-in procedure that cannot be read does not pass the tests.
        Procedure::read(&mut serde_json::Deserializer::from_str(text)).ok()
    }
}

fn text(json: &Json) -> Option<String> {
    match json {
        Json::Text(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    }
}

fn own_id(json: &Json) -> Option<String> {
    let id = text(json)?;
    let word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    (id.strip_prefix("own-")?.split('-').all(word)).then_some(id)
}

fn days(json: &Json) -> Option<Vec<Day>> {
    match json {
        Json::List(days) => days.iter().map(|day| Day::read(&text(day)?).ok()).collect(),
        _ => None,
    }
}

/// The ids of the requirements something rests on; never empty, as nothing is asked without its source.
fn cites(json: &Json) -> Option<Cites> {
    match json {
        Json::List(ids) if !ids.is_empty() => {
            ids.iter().map(text).collect::<Option<Vec<_>>>().map(Cites::from)
        }
        _ => None,
    }
}

/// A term that is being read, whatever its value is.
trait ReadTerm {
    /// The manual is silent.
    fn silence(&mut self);
    /// Reads what stands in a group.
    fn read(&mut self, group: &mut Group);
}

impl<T: Value> ReadTerm for Term<T> {
    fn silence(&mut self) {
        self.0 = None;
    }

    fn read(&mut self, group: &mut Group) {
        let value = group.read("value");
        let around = group.around_value();
        self.0 = value.zip(around).map(|(value, (leaves_room, Grounds { force, cites, note }))| {
            Arc::new(Cited { value, force, cites, leaves_room, note })
        });
    }
}

/// A group of a procedure that is being read: what is wrong is noted with its key, and reading goes on.
struct Group<'a> {
    path: String,
    keys: Vec<(&'a str, &'a Json)>,
    problems: &'a mut Vec<(String, String)>,
}

impl<'a> Group<'a> {
    fn new(path: String, json: &'a Json, problems: &'a mut Vec<(String, String)>) -> Group<'a> {
        let keys = match json {
            Json::Group(keys) => keys.iter().map(|(key, value)| (key.as_str(), value)).collect(),
            _ => {
                problems.push((path.clone(), format!("expected a group, found {json}")));
                Vec::new()
            }
        };
        Group { path, keys, problems }
    }

    fn key(&self, name: &str) -> String {
        if self.path.is_empty() { name.into() } else { format!("{}.{name}", self.path) }
    }

    fn wrong(&mut self, name: &str, problem: String) {
        let key = self.key(name);
        self.problems.push((key, problem));
    }

    /// Takes a key out of the group, so that those that are left are known to be misspelt.
    fn take(&mut self, name: &str) -> Option<&'a Json> {
        let index = self.keys.iter().position(|(key, _)| *key == name)?;
        Some(self.keys.remove(index).1)
    }

    fn value<T>(&mut self, name: &str, expected: &str, read: fn(&Json) -> Option<T>) -> Option<T> {
        let found = self.take(name);
        let value = found.and_then(read);
        if value.is_none() {
            self.unexpected(name, &format!("expected {expected}"), found);
        }
        value
    }

    fn below<'b>(&'b mut self, name: &str, json: &'b Json) -> Group<'b> {
        Group::new(self.key(name), json, self.problems)
    }

    fn group<T>(&mut self, name: &str, base: Option<&T>, read: fn(&mut Group, Option<&T>) -> T) -> T {
        let missing = Json::Group(Vec::new());
        let found = self.take(name);
        if found.is_none() && base.is_none() {
            self.wrong(name, "expected a group, found nothing".into());
        }
        let mut group = self.below(name, found.unwrap_or(&missing));
        let value = read(&mut group, base);
        group.refuse_others();
        value
    }

    /// Reads terms in the order of their names. Where there is a base, they are as they stand there to begin with.
    fn terms(&mut self, names: Meanings, terms: &mut [&mut dyn ReadTerm], has_base: bool) {
        for ((name, ..), term) in std::iter::zip(names, terms) {
            match self.take(name) {
                Some(Json::Null) => term.silence(),
                Some(json @ Json::Group(_)) => term.read(&mut self.below(name, json)),
                None if has_base => {}
                found => {
                    let expected =
                        "expected a value with its force and cites, or null where the manual is silent";
                    self.unexpected(name, expected, found);
                    term.silence();
                }
            }
        }
    }

    /// What stands beside the value of a term, and nothing else.
    fn around_value(&mut self) -> Option<(bool, Grounds)> {
        let leaves_room = match self.take("leaves_room") {
            None => false,
            Some(Json::Bool(leaves_room)) => *leaves_room,
            found => {
                self.unexpected("leaves_room", "expected true or false", found);
                false
            }
        };
        Some((leaves_room, self.grounds()?))
    }

    fn unexpected(&mut self, name: &str, expected: &str, found: Option<&Json>) {
        let found = found.map_or("nothing".into(), Json::to_string);
        self.wrong(name, format!("{expected}, found {found}"));
    }

    fn read<T: Value>(&mut self, name: &str) -> Option<T> {
        let found = self.take(name);
        match T::read(found.unwrap_or(&Json::Null)) {
            Ok(value) => Some(value),
            Err(expected) => {
                self.unexpected(name, &expected, found);
                None
            }
        }
    }

    fn levels(&mut self, base: &Procedure) -> Option<Levels> {
        let rows = match self.take("levels") {
            Some(Json::Null) => return None,
            Some(rows @ Json::List(_)) => rows,
            found => {
                let expected = "expected a list of what is asked otherwise of some kinds of plan, or null";
                self.unexpected("levels", expected, found);
                return None;
            }
        };
        let mut by_kind: Vec<(PlanKind, Arc<Procedure>)> = Vec::new();
        let Json::List(list) = rows else { return None };
        for (i, json) in list.iter().enumerate() {
            let mut row = self.below(&format!("levels[{i}]"), json);
            for kind in row.read::<Vec<PlanKind>>("kinds").unwrap_or_default() {
                let place = by_kind.iter().position(|(known, _)| *known == kind);
                let before = place.map_or(base, |place| &by_kind[place].1);
                // Each kind reads the row anew: what is wrong with it is told once.
                let mut problems = Vec::new();
                let mut copy =
                    Group { path: row.path.clone(), keys: row.keys.clone(), problems: &mut problems };
                let read = Procedure::read_terms(&mut copy, Some(before));
                copy.refuse_others();
                let level = Procedure {
                    id: base.id.clone(),
                    title: base.title.clone(),
                    edition: base.edition.clone(),
                    closure_days: base.closure_days.clone(),
                    own_prompts: base.own_prompts.clone(),
                    ..read
                };
                let inherited = crate::rules::unknown_names(base);
                let unknown = crate::rules::unknown_names(&level).into_iter();
                let here = unknown
                    .filter(|problem| !inherited.contains(problem))
                    .map(|(key, problem)| (format!("{}.{key}", row.path), problem));
                for problem in problems.into_iter().chain(here) {
                    if !row.problems.contains(&problem) {
                        row.problems.push(problem);
                    }
                }
                match place {
                    Some(place) => by_kind[place].1 = Arc::new(level),
                    None => by_kind.push((kind, Arc::new(level))),
                }
            }
        }
        Some(Levels { rows: rows.clone(), by_kind })
    }

    fn own_prompts(&mut self, name: &str) -> Vec<OwnPrompt> {
        let rows = match self.take(name) {
            None | Some(Json::Null) => return Vec::new(),
            Some(Json::List(rows)) => rows,
            found => {
                self.unexpected(name, "expected a list of questions", found);
                return Vec::new();
            }
        };
        let mut prompts: Vec<OwnPrompt> = Vec::new();
        for (i, json) in rows.iter().enumerate() {
            let mut row = self.below(&format!("{name}[{i}]"), json);
            let Some(prompt) = row.own_prompt() else { continue };
            if prompts.iter().any(|other| other.id == prompt.id) {
                row.wrong("id", format!("expected an id of its own, found a second {:?}", prompt.id));
            }
            prompts.push(prompt);
        }
        prompts
    }

    fn own_prompt(&mut self) -> Option<OwnPrompt> {
        let id =
            self.value("id", "an id in small letters that begins with own-, such as \"own-pets\"", own_id);
        let question = self.value("question", "a question", text);
        let section = self.read("section");
        let stage = self.read("stage");
        // Reads what is left, and refuses what does not belong there.
        let grounds = self.grounds();
        Some(OwnPrompt { id: id?, question: question?, section: section?, stage: stage?, grounds: grounds? })
    }

    /// Force, citations and note, and nothing else.
    fn grounds(&mut self) -> Option<Grounds> {
        let force = self.read("force");
        let cites = self.value(
            "cites",
            "a list with one requirement id at least: nothing is asked without its source",
            cites,
        );
        let note = match self.take("note") {
            None => None,
            Some(json) => {
                let note = text(json);
                if note.is_none() {
                    self.wrong("note", format!("expected a text, found {json}"));
                }
                note
            }
        };
        self.refuse_others();
        Some(Grounds { force: force?, cites: cites?, note })
    }

    /// Grounds by name. Where there is a base, those that are left out stay, and `null` takes one away.
    fn all_grounds(&mut self, base: Option<&BTreeMap<String, Grounds>>) -> BTreeMap<String, Grounds> {
        let mut all = base.cloned().unwrap_or_default();
        for (name, json) in std::mem::take(&mut self.keys) {
            if base.is_some() && *json == Json::Null {
                all.remove(name);
            } else if let Some(grounds) = self.below(name, json).grounds() {
                all.insert(name.to_owned(), grounds);
            }
        }
        all
    }

    fn refuse_others(&mut self) {
        for (name, _) in std::mem::take(&mut self.keys) {
            self.wrong(name, "there is no such key".into());
        }
    }
}
