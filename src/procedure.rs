//! What one manual asks, as data. Rules read terms and name no authority.
//!
//! A term is a value with the requirements it rests on, or `null` where the manual is silent. Every key has to be
//! there: a misspelt one must not switch a rule off unseen.

use std::collections::BTreeMap;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Deserialize as DeriveDeserialize, Serialize};

use crate::answer::choice;
use crate::day::Day;
use crate::finding::{Cites, Severity};
use crate::office::Office;
use crate::period::Period;
use crate::record::PlanKind;

/// Something in which manuals differ: a value with its citations, or silence.
#[derive(Clone, Debug, PartialEq)]
pub struct Term<T>(Option<Cited<T>>);

/// A value of a manual, with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// How strongly the manual asks for it.
    pub force: Force,
    /// Ids of the requirements it rests on; never empty.
    #[serde(deserialize_with = "cites")]
    #[cfg_attr(feature = "js", tsify(type = "string[]"))]
    pub cites: Cites,
    /// Whether the manual lets a recorded reason settle a finding ("usually", "unless").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leaves_room: bool,
    /// How a vague passage was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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

impl<T> Term<T> {
    /// The value with its citations; `None` where the manual is silent.
    pub fn get(&self) -> Option<&Cited<T>> {
        self.0.as_ref()
    }
}

impl<T: Serialize> Serialize for Term<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Term<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Term<T>, D::Error> {
        struct Reader<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Term<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a term such as {\"value\": …, \"force\": \"must\", \"cites\": [\"…\"]}, or null where the manual is silent")
            }
            fn visit_unit<E>(self) -> Result<Term<T>, E> {
                Ok(Term(None))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Term<T>, A::Error> {
                Cited::deserialize(de::value::MapAccessDeserializer::new(map)).map(|cited| Term(Some(cited)))
            }
        }
        // Not `deserialize_option`: with that, serde would take a missing key for silence.
        source.deserialize_any(Reader(std::marker::PhantomData))
    }
}

fn cites<'de, D: Deserializer<'de>>(source: D) -> Result<Cites, D::Error> {
    let ids = Vec::<String>::deserialize(source)?;
    if ids.is_empty() {
        return Err(de::Error::custom(
            "expected at least one requirement id: nothing is asked without its source",
        ));
    }
    Ok(ids.into())
}

/// The value of a term that is either asked or not: `true`. Where it is not asked, the term is `null`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked;

impl Serialize for Asked {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

impl<'de> Deserialize<'de> for Asked {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Asked, D::Error> {
        match bool::deserialize(source)? {
            true => Ok(Asked),
            false => Err(de::Error::custom(
                "expected true; where the manual does not ask for this, put null for the whole term",
            )),
        }
    }
}

/// An age in whole years.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Age(pub u32);

impl<'de> Deserialize<'de> for Age {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Age, D::Error> {
        let years = f64::deserialize(source)?;
        if years.fract() == 0.0 && (0.0..=25.0).contains(&years) {
            Ok(Age(years as u32))
        } else {
            Err(de::Error::custom("expected an age in whole years from 0 to 25"))
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

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Limit, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Limit;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a period such as \"10 working days\", or a list of periods of which the first to run out counts")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Limit, E> {
                Period::read(text).map(|period| Limit(period, Vec::new())).map_err(E::custom)
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut periods: A) -> Result<Limit, A::Error> {
                let first = periods.next_element()?.ok_or_else(|| de::Error::invalid_length(0, &self))?;
                let mut others = Vec::new();
                while let Some(period) = periods.next_element()? {
                    others.push(period);
                }
                Ok(Limit(first, others))
            }
        }
        source.deserialize_any(Reader)
    }
}

/// Somebody who may chair a meeting.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Eligible {
    /// The office that the chair has to hold.
    pub office: Office,
    /// Years since qualifying that the chair has to have at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years_post_qualified: Option<u32>,
    /// Whether the chair has to be the social worker who holds the case.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holds_the_case: bool,
}

/// What a prompt or a line of guidance rests on.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Grounds {
    /// How strongly the manual asks for it.
    pub force: Force,
    /// Ids of the requirements it rests on; never empty.
    #[serde(deserialize_with = "cites")]
    #[cfg_attr(feature = "js", tsify(type = "string[]"))]
    pub cites: Cites,
    /// How a vague passage was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The manual of one authority.
#[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize)]
#[serde(deny_unknown_fields)]
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
    /// Questions that only a person can judge, by the id of the prompt. A prompt that is not here is not asked.
    #[cfg_attr(feature = "js", tsify(type = "{ [prompt: string]: Grounds }"))]
    pub prompts: BTreeMap<String, Grounds>,
    /// Guidance that is shown at a field, by its id.
    #[cfg_attr(feature = "js", tsify(type = "{ [guidance: string]: Grounds }"))]
    pub guidance: BTreeMap<String, Grounds>,
}

/// Declares one part of a procedure: its terms, each with its meaning as the first line of its comment.
macro_rules! terms {
    ($(#[doc = $about:literal])* $name:ident { $(#[doc = $meaning:literal] $(#[doc = $more:literal])* $term:ident : $value:ty,)* }) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq, Serialize, DeriveDeserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "js", derive(tsify::Tsify))]
        pub struct $name {
            $(#[doc = $meaning] $(#[doc = $more])* pub $term: Term<$value>,)*
        }

        impl $name {
            /// Each term with its meaning.
            pub const MEANINGS: &'static [(&'static str, &'static str)] = &[$((stringify!($term), $meaning)),*];
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
        /// The kinds of plan that there are.
        kinds: Vec<PlanKind>,
        /// The plan rests on a completed assessment; an interim plan may go before it.
        assessment: Asked,
        /// An interim plan gives structure while the assessment is under way.
        interim: Asked,
        /// A child under a supervision order has a Child in Need plan like any other.
        supervision_order: Asked,
        /// The plan sets out the needs of each child.
        needs: Asked,
        /// Every child has an outcome to work towards.
        outcome_for_each_child: Asked,
        /// Every need has an outcome and an action.
        every_need_served: Asked,
        /// One lead professional is named for the family.
        lead_professional: Asked,
        /// The role and responsibilities of each professional are stated.
        roles: Asked,
        /// The plan has a safety plan.
        safety_plan: Asked,
        /// The plan says what happens if it does not work.
        contingency: Asked,
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
        /// Each meeting leads to a plan that is made or brought up to date.
        updated_at_meetings: Asked,
        /// How soon a plan is recorded after it was drawn up.
        recorded_within: Limit,
    }
}

terms! {
    /// Terms about each action.
    ActionTerms {
        /// Each action says what will be done.
        specific: Asked,
        /// Each action says who will do it, by name or role.
        who: Asked,
        /// Each action says how everyone will know that it is done or has worked.
        measurable: Asked,
        /// Each action has a day by which it will be done, inside the life of the plan.
        timescale: Asked,
        /// Each action serves an outcome.
        serves_outcome: Asked,
        /// The plan shows which resources are confirmed and which await a decision.
        resources: Asked,
        /// A review states what came of each action.
        result: Asked,
        /// The social worker does what was agreed.
        promises_kept: Asked,
    }
}

terms! {
    /// Terms about who is invited and takes part.
    AttendanceTerms {
        /// The age from which a young person is invited to the meeting.
        young_person_invited_from: Age,
        /// The age from which the social worker asks a young person if and how they want to take part.
        young_person_asked_from: Age,
        /// A child who does not want to be involved has the reasons recorded.
        reasons_of_child: Asked,
        /// The age below which somebody else represents the child's views at the meeting.
        views_represented_below: Age,
        /// The age below which the way the child's views were found out is recorded.
        views_method_below: Age,
        /// Parents and carers are invited, or the reason is recorded for each who is not.
        parents_invited: Asked,
        /// The social worker meets parents and carers before the meeting.
        parents_met_before: Asked,
        /// Parents take part in any other meeting, or the reason is recorded.
        parents_at_other_meetings: Asked,
        /// Professionals who are part of the plan are invited.
        professionals_invited: Asked,
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
        /// A meeting of professionals alone has its reason recorded.
        professionals_reason: Asked,
        /// Separate education and Child in Need reviews have their reason recorded.
        education_review: Asked,
    }
}

terms! {
    /// Terms about who chairs.
    ChairingTerms {
        /// Who chairs the first meeting.
        first_meeting: Vec<Eligible>,
        /// Who chairs the later meetings.
        later_meetings: Vec<Eligible>,
    }
}

terms! {
    /// Terms about who gets the plan, and from whom it is kept.
    SharingTerms {
        /// Where the plan is kept from somebody, the reasons are recorded.
        exclusion_reason: Asked,
        /// The social worker and the manager agree what may be shared with somebody from whom the plan is kept.
        exclusion_agreed: Asked,
        /// A plan that is kept from somebody does not reach them.
        kept_from_excluded: Asked,
        /// Everyone involved signs and dates the plan.
        signed: Asked,
        /// The version that is signed is the latest.
        latest_version_signed: Asked,
        /// How soon everyone involved gets a copy after the plan was drawn up.
        copies_within: Limit,
        /// The record shows to whom the plan was sent, and when.
        sending_recorded: Asked,
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
    }
}

terms! {
    /// Terms about when meetings take place and what they settle.
    ReviewTerms {
        /// How soon the first meeting takes place after the referral.
        first_meeting_within: Limit,
        /// The first meeting keeps to the timescale that the manager agreed for the assessment.
        first_meeting_in_agreed_time: Asked,
        /// How soon a meeting takes place after a child protection plan ended.
        meeting_after_child_protection_plan: Limit,
        /// How soon a meeting takes place after a conference that made no child protection plan.
        meeting_after_conference: Limit,
        /// A plan is drawn up after a conference that makes or leaves no child protection plan.
        plan_after_conference: Asked,
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
        /// A review looks at progress towards each outcome.
        progress: Asked,
        /// A review records what the actual outcomes are.
        actual_outcomes: Asked,
        /// A review looks again at each need.
        needs_again: Asked,
        /// A review records a clear decision.
        decision: Asked,
    }
}

terms! {
    /// Terms about visits and supervision.
    VisitTerms {
        /// How far apart visits may be.
        every: Limit,
        /// How far apart visits may be for a disability social work team.
        every_disability_team: Limit,
        /// Visits are more frequent than this while the assessment is under way.
        during_assessment: Limit,
        /// The child is seen at each visit of a disability social work team.
        child_seen_disability_team: Asked,
        /// How often the manager goes through the plan in supervision, for a disability social work team.
        supervision_every_disability_team: Limit,
    }
}

terms! {
    /// Terms about the closing of a case.
    ClosureTerms {
        /// The group agrees that the actions of the plan are complete.
        actions_completed: Asked,
        /// The group agrees that there are no safeguarding concerns.
        no_safeguarding_concerns: Asked,
        /// Early help is considered.
        early_help_considered: Asked,
        /// Where early help takes over, the relevant documents are passed on.
        early_help_documents: Asked,
        /// A lead professional is named for after the closing, or the reason for none.
        lead_professional: Asked,
        /// The closing minutes name the lead professional.
        lead_professional_in_minutes: Asked,
        /// Who may approve the closing.
        approved_by: Vec<Office>,
        /// After a conference, a further meeting reviews the plan before closing is considered.
        further_meeting_after_conference: Asked,
        /// The line manager agrees before a case closes without an assessment or plan.
        brief_intervention_agreed: Asked,
        /// A case note shows the line manager's agreement.
        brief_intervention_case_note: Asked,
    }
}

/// The manuals that ship, as they stand in `procedures/`.
pub const BUILT_IN: &[(&str, &str)] =
    &[("cambridgeshire", include_str!("../procedures/cambridgeshire.json"))];

/// Why a procedure could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The key that could not be read, such as `reviews.every.value`.
    pub key: String,
    /// What was expected and what was found.
    pub problem: String,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self.key.as_str() {
            "" | "." => write!(f, "The procedure cannot be read: {}", self.problem),
            key => write!(f, "The procedure cannot be read at {key}: {}", self.problem),
        }
    }
}

impl std::error::Error for Unreadable {}

impl Procedure {
    /// Reads a procedure from anything that serde can show. The error names the key and what was expected.
    pub fn read<'de, D: Deserializer<'de>>(source: D) -> Result<Procedure, Unreadable> {
        let procedure: Procedure = serde_path_to_error::deserialize(source).map_err(|error| Unreadable {
            key: error.path().to_string(),
            problem: error.inner().to_string(),
        })?;
        crate::rules::names_known(&procedure)?;
        Ok(procedure)
    }

    /// One of the procedures that ship.
    #[cfg(feature = "json")]
    pub fn built_in(id: &str) -> Option<Procedure> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == id)?;
        let mut source = serde_json::Deserializer::from_str(text);
        // A built-in procedure that cannot be read does not pass the tests.
        Procedure::read(&mut source).ok()
    }
}
