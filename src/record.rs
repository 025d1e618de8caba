//! What a form holds about one plan. Every leaf may be blank, and every name is the name of the form's control.
//!
//! The first line of a field's comment is its label, which findings use. Days are civil dates, `person` is the
//! host's own key of a person, and `id` is a row's own key, unique in its list.

use crate::answer::choice;
use crate::day::{Day, Time};
use crate::part::{self, Fields, Given, part};
use crate::period::Period;
use crate::reads;

part! {
    /// One plan, with the case, meetings, sharing, visits and closure around it.
    #[cfg_attr(feature = "js", tsify(rename = "PlanRecord"))]
    Record {
        /// Children
        children: [Child],
        /// Case
        case: {CaseFacts},
        /// Assessment
        assessment: {Assessment},
        /// Plan
        plan: {Plan},
        /// Meetings
        meetings: [Meeting],
        /// Sharing
        sharing: {Sharing},
        /// Visits
        visits: [Visit],
        /// Closure
        closure: {CaseClosure},
        /// Move between areas
        transfer: {Transfer},
        /// Child protection conferences
        conferences: [Conference],
        /// Judgements
        judgements: <Judgement>,
        /// Recorded reasons
        accepted: [Accepted],
    }
}

// ---- children ----

part! {
    /// A child or young person whom the plan is for.
    Child {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Child's name
        name: Name,
        /// Date of birth
        date_of_birth: Day,
        /// Expected date of birth
        expected_date_of_birth: Day,
        /// Education, Health and Care Plan held
        education_health_care_plan: bool,
        /// Supervision order in force
        supervision_order: bool,
        /// Looked after by the local authority
        looked_after: bool,
        /// Date referred
        /// Where a brother or sister was referred on another day than the case.
        referred_on: Day,
        /// Participation
        participation: {Participation},
        /// Child's views
        views: {Views},
    }
}

part! {
    /// How a child takes part in planning.
    Participation {
        /// Date you discussed taking part
        discussed_on: Day,
        /// Who discussed taking part
        discussed_by: Name,
        /// How the child takes part
        form: TakingPart,
        /// Child's reasons for not being involved
        reason_not_involved: Text,
        /// Reason the child does not attend
        reason_not_attending: Text,
        /// Where the child would like to meet
        preferred_place: Name,
    }
}

choice! {
    /// How somebody takes part in a meeting.
    TakingPart {
        /// Comes to the meeting.
        Attend = "attend",
        /// Comes to a part of it.
        Part = "part",
        /// Gives views in a form of their choosing.
        Views = "views",
        /// Sends an advocate.
        Advocate = "advocate",
        /// Chooses not to be involved.
        None = "none",
    }
}

part! {
    /// What a child thinks, and how it was found out.
    Views {
        /// Child's views, wishes and feelings
        text: Text,
        /// What life is like for the child
        lived_experience: Text,
        /// Who found out the child's views
        gathered_by: Name,
        /// How the child's views were found out
        method: Text,
        /// Who represented the child's views at the meeting
        represented_by: Name,
        /// How the child's views shaped the plan
        influence_on_plan: Text,
    }
}

// ---- case and assessment ----

part! {
    /// The facts of the case that start clocks and name who decides.
    CaseFacts {
        /// Date of referral
        referred_on: Day,
        /// Team
        team: Team,
        /// Date the team accepted responsibility
        responsibility_accepted_on: Day,
        /// Social worker
        social_worker: {SocialWorker},
        /// No social worker allocated
        unallocated: bool,
        /// Manager
        manager: {Officer},
        /// Date of strategy discussion
        /// The one that started the enquiry, where there were several.
        strategy_discussion_on: Day,
        /// Outcome of strategy discussion
        strategy_discussion_outcome: EnquiryOutcome,
        /// Date the section 47 enquiry ended
        section_47_ended_on: Day,
        /// Outcome of the section 47 enquiry
        section_47_outcome: EnquiryOutcome,
        /// Child protection plan in force
        child_protection_plan: bool,
        /// Date the child protection plan ended
        child_protection_plan_ended_on: Day,
        /// Date of the child protection conference
        conference_on: Day,
        /// Date the family moved into the area
        moved_in_on: Day,
        /// Complex case
        complex: bool,
        /// Supervision order in force
        supervision_order: bool,
        /// Early help plan started on
        early_help_plan_started_on: Day,
        /// Early help plan ended on
        early_help_plan_ended_on: Day,
        /// Family Group Conference
        family_group_conference: {FamilyMeeting},
        /// Family network meeting
        family_network_meeting: {FamilyMeeting},
        /// Authorised meeting interval
        meeting_interval: {Authorisation},
        /// Supervision sessions
        supervision: [Supervision],
        /// Significant changes
        significant_changes: [SignificantChange],
    }
}

choice! {
    /// The team that holds the case.
    Team {
        /// A locality team.
        Locality = "locality",
        /// The disability service.
        DisabilityService = "disability-service",
        /// A children's disability social work team.
        DisabilitySocialWork = "disability-social-work",
    }
}

choice! {
    /// What an enquiry led to.
    EnquiryOutcome {
        /// Child in Need.
        ChildInNeed = "child-in-need",
        /// Child protection.
        ChildProtection = "child-protection",
        /// No further action.
        NoFurtherAction = "no-further-action",
    }
}

part! {
    /// The allocated social worker.
    SocialWorker {
        /// Person key
        person: Name,
        /// Social worker's name
        name: Name,
        /// Date allocated
        allocated_on: Day,
        /// Student social worker
        student: bool,
        /// Supervisor of the student
        supervisor: Name,
    }
}

part! {
    /// Somebody with an office, such as a team manager.
    Officer {
        /// Person key
        person: Name,
        /// Name
        name: Name,
        /// Role
        role: Name,
    }
}

part! {
    /// A meeting of the wider family that was offered.
    FamilyMeeting {
        /// Date agreed
        agreed_on: Day,
        /// Date referred
        referred_on: Day,
        /// Date held
        held_on: Day,
        /// Reason it was not used
        reason_not_used: Text,
    }
}

part! {
    /// Leave to meet at another interval than the usual one.
    Authorisation {
        /// Authorised interval
        every: Period,
        /// Who authorised the interval
        by: Name,
        /// Role of the authoriser
        role: Name,
        /// Date authorised
        on: Day,
        /// Reason for the interval
        reason: Text,
    }
}

part! {
    /// A supervision session.
    Supervision {
        /// Row key
        id: Name,
        /// Date of supervision
        on: Day,
        /// Supervisor
        by: Name,
        /// Supervisor's role
        role: Name,
        /// Joint supervision or mapping
        joint: bool,
        /// Who took part in the supervision
        attendees: [SupervisionAttendee],
        /// Plan reviewed in supervision
        plan_reviewed: bool,
        /// Decision and reason
        decision: Text,
    }
}

part! {
    /// Somebody who took part in a supervision session.
    SupervisionAttendee {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Name
        name: Name,
        /// Role
        role: Name,
    }
}

part! {
    /// A change that may call for an earlier review.
    SignificantChange {
        /// Row key
        id: Name,
        /// Date of the change
        on: Day,
        /// What changed
        what: Text,
    }
}

part! {
    /// The assessment that the plan rests on.
    Assessment {
        /// Date the assessment started
        started_on: Day,
        /// Date the assessment is due
        due_on: Day,
        /// Who agreed the timescale
        timescale_agreed_by: Name,
        /// Date the assessment was completed
        completed_on: Day,
        /// Outcome of the assessment
        outcome: AssessmentOutcome,
        /// Who agreed that a meeting is needed
        meeting_agreed_by: Name,
        /// Agencies that the assessment recommended
        recommended_agencies: Text,
        /// Date the outcome of the assessment was sent
        /// To the family and the agencies involved.
        outcome_sent_on: Day,
    }
}

choice! {
    /// What an assessment led to.
    AssessmentOutcome {
        /// Child in Need.
        ChildInNeed = "child-in-need",
        /// Child protection.
        ChildProtection = "child-protection",
        /// Strategy discussion.
        StrategyDiscussion = "strategy-discussion",
        /// Early help.
        EarlyHelp = "early-help",
        /// No further action.
        NoFurtherAction = "no-further-action",
    }
}

// ---- plan ----

part! {
    /// One version of the plan.
    Plan {
        /// Kind of plan
        kind: PlanKind,
        /// Interim plan
        interim: bool,
        /// Version
        version: Name,
        /// Date the plan started
        started_on: Day,
        /// Date the plan was drawn up
        drawn_up_on: Day,
        /// Meeting that the plan came from
        /// The `id` of a row of `meetings`.
        meeting: Name,
        /// Date the plan was recorded
        recorded_on: Day,
        /// Date the plan was updated
        updated_on: Day,
        /// Expected end date
        expected_end_on: Day,
        /// Reason for a longer plan
        reason_longer: Text,
        /// Next review
        next_review_on: Day,
        /// Next formal review
        next_formal_review_on: Day,
        /// Needs
        needs: [Need],
        /// Outcomes
        outcomes: [Outcome],
        /// Actions
        actions: [Action],
        /// Services
        services: [Service],
        /// Lead professional
        lead_professional: {LeadProfessional},
        /// Roles and responsibilities
        roles: [Role],
        /// Contingency plan
        contingency: Text,
        /// Safety plan
        safety_plan: Text,
        /// What happens if the plan is not followed
        consequences: Text,
        /// Wider family and friends
        wider_family: Text,
        /// Review points
        review_points: [ReviewPoint],
        /// Long-term support
        long_term_support: {LongTermSupport},
        /// Visiting schedule
        visiting: {Visiting},
        /// Agreement with the plan
        agreement: {Agreement},
        /// Changes between meetings
        changes: [Change],
        /// Signatures
        signatures: [Signature],
        /// Earlier versions
        earlier_versions: [EarlierVersion],
    }
}

choice! {
    /// The kind of a plan.
    PlanKind {
        /// Made while the assessment is under way.
        Interim = "interim",
        /// Child in Need.
        ChildInNeed = "child-in-need",
        /// Child protection.
        ChildProtection = "child-protection",
        /// Child and family progress.
        FamilyProgress = "family-progress",
        /// Early help.
        EarlyHelp = "early-help",
        /// Team around the family.
        TeamAroundFamily = "team-around-family",
    }
}

part! {
    /// What a child needs.
    Need {
        /// Row key
        id: Name,
        /// Child
        /// The `id` or name of a row of `children`; not needed where there is one child.
        child: Name,
        /// Need
        text: Text,
        /// Services
        services: Text,
        /// Progress with the need
        progress: Text,
    }
}

part! {
    /// What will be different for the child.
    Outcome {
        /// Row key
        id: Name,
        /// Child
        child: Name,
        /// Outcome
        text: Text,
        /// Need it meets
        /// The `id`, the number or the text of a row of `plan.needs`.
        need: Text,
        /// Progress towards the outcome
        progress: Text,
        /// Actual outcome
        result: Text,
    }
}

part! {
    /// A step that somebody takes by a day.
    Action {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// What will be done
        what: Text,
        /// Who will do it
        who: Name,
        /// How everyone will know it is done
        measure: Text,
        /// Outcome it serves
        /// The `id`, the number or the text of a row of `plan.outcomes`.
        outcome: Text,
        /// By when
        due_on: Day,
        /// Resources
        resources: [Resource],
        /// Progress
        status: Progress,
        /// Date done
        done_on: Day,
        /// Result
        result: Text,
    }
}

choice! {
    /// How far an action has come.
    Progress {
        /// Not started.
        NotStarted = "not-started",
        /// In progress.
        InProgress = "in-progress",
        /// Done.
        Done = "done",
        /// No longer needed.
        Dropped = "dropped",
    }
}

part! {
    /// Something that an action depends on.
    Resource {
        /// Row key
        id: Name,
        /// Resource
        name: Name,
        /// Resource status
        status: ResourceStatus,
        /// Who decides on the resource
        decided_by: Name,
        /// Alternative to the resource
        alternative: Text,
    }
}

choice! {
    /// Whether a resource can be counted on.
    ResourceStatus {
        /// It is there.
        Confirmed = "confirmed",
        /// Somebody, such as a panel, still decides.
        Pending = "pending",
        /// It is hard to come by.
        Scarce = "scarce",
        /// It is not to be had.
        Unavailable = "unavailable",
    }
}

part! {
    /// A service that meets a need.
    Service {
        /// Row key
        id: Name,
        /// Service
        name: Name,
        /// Provider
        provider: Name,
        /// Need it meets
        need: Text,
        /// Who the service is for
        recipient: Name,
        /// Outcome the service serves
        /// The `id`, the number or the text of a row of `plan.outcomes`.
        outcome: Text,
        /// Date referred
        referred_on: Day,
        /// Reason for no referral
        reason_not_referred: Text,
        /// Date the service starts
        starts_on: Day,
    }
}

part! {
    /// The person who holds the plan together.
    LeadProfessional {
        /// Person key
        person: Name,
        /// Lead professional's name
        name: Name,
        /// Lead professional's role
        role: Name,
        /// Lead professional's responsibilities
        responsibilities: Text,
        /// How often the lead professional visits
        visit_every: Period,
        /// Reason for the visiting interval
        reason_visit_interval: Text,
    }
}

part! {
    /// Somebody with a part in the plan.
    Role {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Name
        name: Name,
        /// Role
        role: Name,
        /// Agency
        agency: Name,
        /// Professional or family
        kind: RoleKind,
        /// Responsibilities
        responsibilities: Text,
        /// Contact details
        contact: Text,
        /// Kind of contact
        contact_kind: Name,
        /// How often they are in contact
        contact_every: Period,
        /// Involved since
        involved_from: Day,
        /// Involved until
        involved_until: Day,
    }
}

choice! {
    /// On whose side of the table somebody sits.
    RoleKind {
        /// Works with the family.
        Professional = "professional",
        /// Belongs to the family or its friends.
        Family = "family",
    }
}

part! {
    /// A point at which progress is judged.
    ReviewPoint {
        /// Row key
        id: Name,
        /// Date of the review point
        on: Day,
        /// How progress is judged
        judged_by: Text,
    }
}

part! {
    /// Support that is expected to go on beyond the usual length.
    LongTermSupport {
        /// Long-term support acknowledged
        acknowledged: bool,
        /// Reason for long-term support
        reason: Text,
    }
}

part! {
    /// How a child with a child protection plan is seen.
    Visiting {
        /// Visiting arrangements
        /// Who sees the child, how often and where.
        arrangements: Text,
        /// How often the bedroom is seen
        bedroom: Text,
    }
}

part! {
    /// Whether those concerned agree with the record.
    Agreement {
        /// Child agrees
        child: bool,
        /// Parents agree
        parents: bool,
        /// Reason the child was not asked to agree
        reason_not_asked: Text,
        /// Disagreement and what was done about it
        disagreement: Text,
    }
}

part! {
    /// A change to the plan between meetings.
    Change {
        /// Row key
        id: Name,
        /// Date of the change
        on: Day,
        /// What changed
        what: Text,
        /// Who was consulted
        consulted: Text,
        /// Reason somebody was not consulted
        reason_not_consulted: Text,
    }
}

part! {
    /// A signature under a version of the plan.
    Signature {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Name
        name: Name,
        /// Role
        role: Name,
        /// Date signed
        signed_on: Day,
        /// Version signed
        version: Name,
        /// Reason for no signature
        reason_not_signed: Text,
    }
}

part! {
    /// An earlier version of the plan, with what came of it.
    EarlierVersion {
        /// Row key
        id: Name,
        /// Version
        version: Name,
        /// Date the plan was drawn up
        drawn_up_on: Day,
        /// Outcomes
        outcomes: [Outcome],
        /// Actions
        actions: [Action],
    }
}

// ---- meetings ----

part! {
    /// A meeting about the plan.
    Meeting {
        /// Row key
        id: Name,
        /// Kind of meeting
        kind: MeetingKind,
        /// Date of meeting
        held_on: Day,
        /// Start time
        starts_at: Time,
        /// End time
        ends_at: Time,
        /// Venue
        venue: Name,
        /// Reason for a meeting in school time
        reason_school_time: Text,
        /// Reason for the meeting
        /// Why professionals meet on their own.
        reason: Text,
        /// Who convened the meeting
        convened_by: Name,
        /// Chair
        chair: {Chair},
        /// Invitees
        invitees: [Invitee],
        /// Complex meeting
        complex: bool,
        /// Minute taker
        minute_taker: Name,
        /// Date a minute taker was requested
        minute_taker_requested_on: Day,
        /// Minutes
        minutes: {Minutes},
        /// Barriers to taking part
        barriers: [Barrier],
        /// Closure expected
        closure_expected: bool,
        /// Date parents were told of the meeting
        parents_informed_on: Day,
        /// Combined with the education review
        combined_with_education_review: bool,
        /// Reason for separate reviews
        reason_not_combined: Text,
        /// Decision
        decision: Decision,
        /// Reason for the decision
        decision_reason: Text,
        /// Who recorded the decision
        decision_recorded_by: Name,
        /// Date the decision was recorded
        decision_recorded_on: Day,
        /// Date of next meeting
        next_meeting_on: Day,
        /// Late meeting
        postponed: {Postponement},
        /// Review outside a meeting
        outside_meeting: {OutsideMeeting},
    }
}

choice! {
    /// The kind of a meeting.
    MeetingKind {
        /// The first of a plan.
        Initial = "initial",
        /// A review of the plan.
        Review = "review",
        /// The last.
        Closing = "closing",
        /// A review at a higher level after a set time.
        FormalReview = "formal-review",
        /// Professionals without the family.
        Professionals = "professionals",
        /// The family's own network.
        FamilyNetwork = "family-network",
        /// The group that carries out a child protection plan.
        CoreGroup = "core-group",
    }
}

choice! {
    /// What a meeting decided.
    Decision {
        /// The plan goes on.
        Continue = "continue",
        /// The case can close.
        Close = "close",
        /// Enquiries under section 47.
        Section47 = "section-47",
        /// Step down to a lower level of help.
        StepDown = "step-down",
        /// Step up to a higher level of help.
        StepUp = "step-up",
    }
}

part! {
    /// The chair of a meeting.
    Chair {
        /// Person key
        person: Name,
        /// Chair's name
        name: Name,
        /// Chair's role
        role: Name,
        /// Chair is a qualified social worker
        qualified_social_worker: bool,
        /// Chair's years since qualifying
        years_post_qualified: Years,
        /// Reason for this chair
        reason: Text,
    }
}

part! {
    /// Somebody who was, or should have been, invited.
    Invitee {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Name
        name: Name,
        /// Role
        role: InviteeRole,
        /// Agency
        agency: Name,
        /// Date of birth
        date_of_birth: Day,
        /// Date invited
        invited_on: Day,
        /// Family agrees to the invitation
        family_agrees: bool,
        /// Reason for inviting without agreement
        reason_without_agreement: Text,
        /// Date they were met before the meeting
        met_on: Day,
        /// Who met them
        met_by: Name,
        /// How they take part
        participation: TakingPart,
        /// Arranged with the chair on
        arranged_with_chair_on: Day,
        /// Attended
        attended: bool,
        /// Reason not invited
        reason_not_invited: Text,
        /// Reason not involved
        reason_not_involved: Text,
        /// Reason absent
        reason_absent: Text,
        /// Views
        views: Text,
        /// Who represented their views
        views_represented_by: Name,
        /// Date a report was requested
        report_requested_on: Day,
        /// Date the report was received
        report_received_on: Day,
    }
}

choice! {
    /// The part that an invitee has in a meeting.
    InviteeRole {
        /// Child or young person.
        Child = "child",
        /// Parent.
        Parent = "parent",
        /// Carer.
        Carer = "carer",
        /// Family or friend.
        Family = "family",
        /// Supporter.
        Supporter = "supporter",
        /// Advocate.
        Advocate = "advocate",
        /// Solicitor.
        Solicitor = "solicitor",
        /// Social worker.
        SocialWorker = "social-worker",
        /// Manager.
        Manager = "manager",
        /// Another professional.
        Professional = "professional",
        /// Interpreter.
        Interpreter = "interpreter",
    }
}

part! {
    /// The minutes of a meeting.
    Minutes {
        /// Who took the minutes
        taken_by: Name,
        /// Date minutes were circulated
        circulated_on: Day,
        /// Date minutes were uploaded
        uploaded_on: Day,
        /// Recipients of the minutes
        recipients: [Recipient],
    }
}

part! {
    /// Something that keeps somebody from taking part.
    Barrier {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Whom it concerns
        name: Name,
        /// Barrier
        what: Text,
        /// What was done about it
        done_about_it: Text,
    }
}

part! {
    /// Why a meeting was put off.
    Postponement {
        /// Reason for the delay
        reason: Text,
        /// Who agreed the delay
        agreed_by: Name,
        /// Role of whoever agreed the delay
        role: Name,
        /// New date
        new_date: Day,
    }
}

part! {
    /// A review that was carried out without a meeting.
    OutsideMeeting {
        /// Who carried out the review
        by: Name,
        /// Manager who agreed
        agreed_by: Name,
        /// Reason for no meeting
        reason: Text,
    }
}

// ---- sharing ----

part! {
    /// Who gets the plan, and from whom it is kept.
    Sharing {
        /// Recipients
        recipients: [Recipient],
        /// People the plan is kept from
        exclusions: [Exclusion],
    }
}

part! {
    /// Somebody who gets a copy.
    Recipient {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Name
        name: Name,
        /// Role
        role: Name,
        /// Agency
        agency: Name,
        /// Version sent
        version: Name,
        /// Date sent
        sent_on: Day,
        /// Who sent it
        sent_by: Name,
        /// Reason for no copy
        reason_not_sent: Text,
    }
}

part! {
    /// Somebody from whom the plan, or a part of it, is kept.
    Exclusion {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Name
        name: Name,
        /// Role
        role: Name,
        /// Reason the plan is kept from them
        reason: Text,
        /// Date the reason was recorded
        recorded_on: Day,
        /// Social worker who agreed
        agreed_by_social_worker: Name,
        /// Manager who agreed
        agreed_by_manager: Name,
        /// Date agreed
        agreed_on: Day,
        /// What may be shared with them
        may_share: Choices<PlanPart>,
    }
}

choice! {
    /// A part of the plan that may be shared on its own.
    PlanPart {
        /// Needs.
        Needs = "needs",
        /// Outcomes.
        Outcomes = "outcomes",
        /// Actions.
        Actions = "actions",
        /// Their own actions alone.
        OwnActions = "own-actions",
        /// Roles.
        Roles = "roles",
        /// Meetings.
        Meetings = "meetings",
        /// Minutes.
        Minutes = "minutes",
        /// Visits.
        Visits = "visits",
        /// Review dates.
        Reviews = "reviews",
        /// Safety plan.
        SafetyPlan = "safety-plan",
        /// Contingency plan.
        Contingency = "contingency",
        /// The children's views.
        Views = "views",
        /// Decisions.
        Decisions = "decisions",
    }
}

// ---- visits ----

part! {
    /// A visit to a child.
    Visit {
        /// Row key
        id: Name,
        /// Date of visit
        on: Day,
        /// Child visited
        /// The `id` or name of a row of `children`; not needed where all of them were seen.
        child: Name,
        /// Who visited
        by: Name,
        /// Place of visit
        place: Place,
        /// Reason for a visit not at home
        reason_not_home: Text,
        /// Child seen
        child_seen: bool,
        /// Child seen alone
        seen_alone: bool,
        /// Child seen apart from parents and carers
        apart_from_parents: bool,
        /// Reason the child was not seen alone
        reason_not_alone: Text,
        /// Child awake
        awake: bool,
        /// Bedroom seen
        bedroom_seen: bool,
        /// Visit during a meeting
        during_meeting: bool,
        /// Plan discussed
        plan_discussed: bool,
    }
}

choice! {
    /// Where a visit took place.
    Place {
        /// The child's home.
        Home = "home",
        /// School.
        School = "school",
        /// Somewhere else.
        Other = "other",
    }
}

// ---- closure ----

part! {
    /// The closing of the case.
    CaseClosure {
        /// Date closure was decided
        decided_on: Day,
        /// Decided at a meeting
        decided_at_meeting: bool,
        /// Who recommended closure
        recommended_by: Name,
        /// Who closure was recommended to
        recommended_to: Name,
        /// Date closure was recommended
        recommended_on: Day,
        /// Reason for closing
        reason: Text,
        /// Brief intervention without a plan
        brief_intervention: bool,
        /// Date of the case note
        case_note_on: Day,
        /// Group agrees the actions are complete
        actions_completed: bool,
        /// Group agrees there are no safeguarding concerns
        no_safeguarding_concerns: bool,
        /// Date the group agreed
        agreed_on: Day,
        /// Safety scores
        safety_scores: [SafetyScore],
        /// Reason for closing below the usual score
        reason_below_usual_score: Text,
        /// Early help
        early_help: {EarlyHelp},
        /// Lead professional after closing
        lead_professional: {NextLead},
        /// Approval
        approved_by: {Approval},
        /// Closure letters
        letters: [ClosureLetter],
        /// Date closed
        closed_on: Day,
        /// Who closed the case
        closed_by: {Officer},
    }
}

part! {
    /// How safe somebody thinks the child is, from 0 to 10.
    SafetyScore {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Name
        name: Name,
        /// Role
        role: Name,
        /// Score
        score: Score,
    }
}

part! {
    /// Help after closing.
    EarlyHelp {
        /// Early help considered
        considered: bool,
        /// Early help decision
        decision: Name,
        /// Reason for the early help decision
        reason: Text,
        /// Date early help became involved
        engaged_on: Day,
        /// Date the plan of early help started
        plan_started_on: Day,
        /// Date documents were sent to early help
        documents_sent_on: Day,
        /// Who the documents were sent to
        documents_sent_to: Name,
        /// Reason for sending no documents
        reason_not_sent: Text,
    }
}

part! {
    /// Who leads once the case is closed.
    NextLead {
        /// Person key
        person: Name,
        /// Lead professional after closing
        name: Name,
        /// Reason no lead professional is needed
        reason_not_needed: Text,
        /// Recorded in the closing minutes
        in_minutes: bool,
    }
}

part! {
    /// Approval by somebody with an office.
    Approval {
        /// Person key
        person: Name,
        /// Approver's name
        name: Name,
        /// Approver's role
        role: Name,
        /// Date approved
        on: Day,
    }
}

part! {
    /// A letter that tells of the closing.
    ClosureLetter {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Name
        name: Name,
        /// Role
        role: LetterRole,
        /// Date sent
        sent_on: Day,
        /// Reason for no letter
        reason_not_sent: Text,
    }
}

choice! {
    /// To whom a letter goes.
    LetterRole {
        /// Child or young person.
        Child = "child",
        /// Parent or carer.
        Parent = "parent",
        /// Professional.
        Professional = "professional",
    }
}

// ---- moves between areas ----

part! {
    /// A move of the family out of the area or into it.
    Transfer {
        /// Direction of the move
        /// Where it is missing, a family who moves is one who leaves.
        direction: Direction,
        /// Other authority
        /// The one that the family moves to, or came from.
        other_authority: Name,
        /// Date the move became known
        known_on: Day,
        /// Date of the move
        moved_on: Day,
        /// Date of the move before this one
        moved_before_on: Day,
        /// Planned move
        planned: bool,
        /// Permanent move
        permanent: bool,
        /// Permission to share information
        permission: {Permission},
        /// Date the other authority was contacted
        contacted_on: Day,
        /// Date the other authority was notified
        notified_on: Day,
        /// Notified in writing
        notified_in_writing: bool,
        /// Referral to the other authority
        referral: {TransferReferral},
        /// Documents
        documents: [SentDocument],
        /// Gaps in services
        service_gaps: [ServiceGap],
        /// Agencies told of the move
        agencies_told: [AgencyTold],
        /// Date the family was told who is responsible for what
        family_told_on: Day,
        /// Safeguarding referral
        safeguarding_referral: {SafeguardingReferral},
        /// Joint visit
        joint_visit: {JointVisit},
        /// Date the meeting after the move was arranged
        /// The meeting itself is a row of `meetings`.
        meeting_arranged_on: Day,
        /// Who was consulted about the meeting after the move
        meeting_consulted: Choices<Consulted>,
        /// Date responsibility was accepted
        /// By the authority that the family moves to.
        accepted_on: Day,
        /// Date the family was told that responsibility had passed
        family_told_of_acceptance_on: Day,
        /// Date responsibility was declined
        declined_on: Day,
        /// Declined in writing
        declined_in_writing: bool,
        /// Dispute or delay
        dispute: {Dispute},
        /// Management decisions
        decisions: [ManagementDecision],
        /// Arrival of a child with a child protection plan
        arrival: {ProtectedArrival},
    }
}

part! {
    /// What is done when a child who has a child protection plan elsewhere moves into the area.
    ProtectedArrival {
        /// Date of first contact about the family
        first_contact_on: Day,
        /// Date the first contact was passed on
        /// To whoever arranges conferences.
        passed_on_on: Day,
        /// Date of the entry on the temporary list
        temporary_list_on: Day,
        /// Team that took the request
        team: Name,
        /// New home address
        address: Text,
        /// Date the manager of the area was alerted
        manager_alerted_on: Day,
        /// Date the manager's contact details were passed on
        contact_details_sent_on: Day,
        /// Date the permanent address was notified in writing
        address_notified_on: Day,
        /// Form with the other authority's details
        details: {ArrivalDetails},
        /// Date the earlier minutes and plan were asked for
        papers_requested_on: Day,
        /// Date the earlier minutes and plan went to the team
        papers_passed_on_on: Day,
    }
}

part! {
    /// The form on which the other authority gives what a transfer-in conference has to know.
    ArrivalDetails {
        /// Date the form was sent
        sent_on: Day,
        /// Time the form was sent
        sent_at: Time,
        /// Date the form came back
        returned_on: Day,
        /// Time the form came back
        returned_at: Time,
        /// Family details complete
        /// With every date of birth.
        family: bool,
        /// Professionals complete
        /// The names and addresses of all who are to be invited.
        professionals: bool,
        /// School named
        /// Or the child is not of school age.
        school: bool,
        /// GP named
        gp: bool,
        /// Date the form was passed on
        passed_on_on: Day,
    }
}

choice! {
    /// Which way a family moves.
    Direction {
        /// Away from this authority.
        Out = "out",
        /// To this authority.
        In = "in",
    }
}

part! {
    /// Permission of the parents or carers to share what is known with the other authority.
    Permission {
        /// Date permission was asked for
        asked_on: Day,
        /// Permission
        answer: PermissionAnswer,
        /// Date permission was answered
        answered_on: Day,
        /// Ground for sharing without permission
        ground: SharingGround,
        /// Reason for sharing without permission, or for not sharing
        reason: Text,
        /// Who decided about sharing
        decided_by: Name,
    }
}

choice! {
    /// What became of the question for permission. It is given once everyone who was asked has agreed.
    PermissionAnswer {
        /// Given.
        Given = "given",
        /// Refused, or never answered.
        Refused = "refused",
        /// Not asked for.
        NotSought = "not-sought",
    }
}

choice! {
    /// The ground on which information is shared without permission.
    SharingGround {
        /// A child or a vulnerable adult could come to harm if it were not shared.
        RiskOfHarm = "risk-of-harm",
        /// Asking could itself raise the risk of harm.
        RiskInAsking = "risk-in-asking",
        /// Advice was taken, from the Caldicott Guardian or from legal services.
        AdviceTaken = "advice-taken",
        /// There is none: what needs permission is not shared.
        None = "none",
    }
}

part! {
    /// The referral of the family to the other authority.
    TransferReferral {
        /// Date of referral
        made_on: Day,
        /// Who made the referral
        made_by: Name,
        /// Reason for a later referral
        reason_delayed: Text,
        /// Reason for no referral
        reason_not_made: Text,
        /// Date the referral was followed up
        followed_up_on: Day,
        /// Who followed the referral up
        followed_up_by: Name,
        /// Referral received
        received: bool,
        /// What is being done about the referral
        acted_upon: Text,
    }
}

part! {
    /// Something on paper that goes to the other authority, or comes from it.
    SentDocument {
        /// Row key
        id: Name,
        /// Kind of document
        kind: DocumentKind,
        /// Title of the document
        name: Name,
        /// Version of the document
        version: Name,
        /// Date sent
        sent_on: Day,
        /// Reason it was not sent
        reason_not_sent: Text,
    }
}

choice! {
    /// What a document is.
    DocumentKind {
        /// The social work assessment, up to date.
        Assessment = "assessment",
        /// The plan, whichever kind is in force.
        Plan = "plan",
        /// The minutes of the latest meeting of the plan.
        MeetingMinutes = "meeting-minutes",
        /// A summary or case report.
        Summary = "summary",
        /// A chronology.
        Chronology = "chronology",
        /// The reports to the latest child protection conference.
        ConferenceReports = "conference-reports",
        /// The minutes of a child protection conference.
        ConferenceMinutes = "conference-minutes",
        /// Legal orders and reports to court.
        LegalOrders = "legal-orders",
        /// The agencies involved, with how to reach them.
        AgencyDetails = "agency-details",
        /// What the move means for the child, and whether it raises or lowers the risk.
        Evaluation = "evaluation",
        /// Anything else.
        Other = "other",
    }
}

part! {
    /// Something that the child needs and that the new area does not offer.
    ServiceGap {
        /// Row key
        id: Name,
        /// Gap in services
        text: Text,
        /// Date the gap was raised
        raised_on: Day,
        /// Who the gap was raised with
        raised_with: Name,
    }
}

part! {
    /// Somebody in the plan who was told of the move.
    AgencyTold {
        /// Row key
        id: Name,
        /// Person key
        person: Name,
        /// Name
        name: Name,
        /// Agency
        agency: Name,
        /// Date told of the move
        told_on: Day,
        /// Reason not told of the move
        reason_not_told: Text,
    }
}

part! {
    /// Whether the other authority has to know of the family for the safety of a child.
    SafeguardingReferral {
        /// Safeguarding referral needed
        needed: bool,
        /// Reason for the decision on a safeguarding referral
        /// How the family's circumstances have changed.
        reason: Text,
        /// Who decided on a safeguarding referral
        decided_by: Name,
        /// Date decided on a safeguarding referral
        decided_on: Day,
        /// Date of the safeguarding referral
        made_on: Day,
    }
}

part! {
    /// A visit to the family together with their new social worker.
    JointVisit {
        /// Who was invited to a joint visit
        invited: Name,
        /// Date invited to a joint visit
        invited_on: Day,
        /// Reason for no invitation to a joint visit
        reason_not_invited: Text,
        /// Date of the joint visit
        held_on: Day,
    }
}

choice! {
    /// Somebody whose say counts when the meeting after a move is arranged.
    Consulted {
        /// The social worker on the other side.
        SocialWorker = "social-worker",
        /// The professionals on the other side.
        Professionals = "professionals",
        /// The family.
        Family = "family",
    }
}

part! {
    /// A dispute between the authorities, or a delay in accepting responsibility.
    Dispute {
        /// Kind of dispute or delay
        kind: DisputeKind,
        /// Date the dispute or delay arose
        raised_on: Day,
        /// Date it was taken to a senior manager
        discussed_on: Day,
        /// Who took it to a senior manager
        discussed_by: Name,
        /// Senior manager
        discussed_with: {Officer},
        /// Decision on the dispute or delay
        decision: Text,
        /// Date of the decision on the dispute or delay
        decided_on: Day,
        /// Who decided on the dispute or delay
        decided_by: {Officer},
    }
}

choice! {
    /// What the authorities disagree about, or what is held up.
    DisputeKind {
        /// Who is responsible for the case.
        Responsibility = "responsibility",
        /// The other authority is slow to accept it.
        Delay = "delay",
        /// Whether the child is in need.
        Threshold = "threshold",
    }
}

part! {
    /// What a manager decided.
    ManagementDecision {
        /// Row key
        id: Name,
        /// Management decision
        text: Text,
        /// Reason for the management decision
        reason: Text,
        /// Who decided
        by: Name,
        /// Role of whoever decided
        role: Name,
        /// Date decided
        on: Day,
    }
}

// ---- conferences ----

part! {
    /// A child protection conference.
    Conference {
        /// Row key
        id: Name,
        /// Kind of conference
        kind: ConferenceKind,
        /// Date the conference was requested
        requested_on: Day,
        /// Form used for the request
        request_form: Name,
        /// Approval of the request
        approved_by: {Approval},
        /// Date of the conference
        held_on: Day,
        /// Start time
        starts_at: Time,
        /// Social worker's report
        report: {ConferenceReport},
        /// Invitees
        invitees: [Invitee],
        /// Decision of the conference
        decision: ConferenceDecision,
        /// Reason for the decision
        decision_reason: Text,
        /// Lead social worker
        lead_social_worker: {LeadSocialWorker},
    }
}

choice! {
    /// The kind of a child protection conference.
    ConferenceKind {
        /// The first, on whether there is a plan.
        Initial = "initial",
        /// A review of the plan.
        Review = "review",
        /// The first of an unborn child, and a review of the plan of the others.
        Combined = "combined",
        /// The first after a child with a plan moved into the area.
        TransferIn = "transfer-in",
    }
}

choice! {
    /// What a child protection conference decided.
    ConferenceDecision {
        /// The child has a child protection plan from now on.
        PlanMade = "plan-made",
        /// The child has none.
        NoPlan = "no-plan",
        /// The plan goes on as it is.
        PlanContinues = "plan-continues",
        /// The plan goes on, and changes.
        PlanChanged = "plan-changed",
        /// The plan ends.
        PlanEnded = "plan-ended",
    }
}

part! {
    /// The social worker's report to a conference.
    ConferenceReport {
        /// Who prepared the report
        prepared_by: Name,
        /// Date the report was prepared
        prepared_on: Day,
        /// Date the report was shared with the parents
        shared_on: Day,
        /// Time the report was shared
        shared_at: Time,
        /// Report shared in person
        shared_in_person: bool,
    }
}

part! {
    /// The social worker whom a conference names to lead the work.
    LeadSocialWorker {
        /// Person key
        person: Name,
        /// Lead social worker's name
        name: Name,
        /// Lead social worker is qualified
        qualified: bool,
    }
}

// ---- judgements and recorded reasons ----

part! {
    /// An answer to a question that only a person can judge.
    Judgement {
        /// Answer
        answer: Verdict,
        /// Reason
        reason: Text,
        /// Name
        by: Name,
        /// Date
        on: Day,
    }
}

choice! {
    /// The answer to a judgement.
    Verdict {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// The question does not arise.
        NotApplicable = "not-applicable",
    }
}

part! {
    /// A reason recorded against a finding.
    Accepted {
        /// Row key
        id: Name,
        /// Rule
        rule: Name,
        /// Row it concerns
        /// The `id` of the row, or empty for every row.
        item: Name,
        /// Reason
        reason: Text,
        /// Who recorded the reason
        by: Name,
        /// Role
        role: Name,
        /// Date recorded
        on: Day,
    }
}

impl Record {
    /// Puts an answer at the place that a path leads to; false where the record has no such place.
    pub fn set(&mut self, path: &str, given: Given) -> bool {
        part::at(self, path).map(|part| part.take(given)).is_some()
    }

    /// Puts what a form holds at its places: pairs of path and text. Of two pairs with one path the first counts, but for
    /// the tick boxes of a group, which follow each other. What the record has no place for is passed over.
    ///
    /// ```
    /// let mut record = cinplan::Record::default();
    /// record.enter([("plan.actions[0].who", "Mum"), ("plan.actions[0].who", "Dad"), ("csrf", "token")]);
    /// assert_eq!(record.plan.actions[0].who.text(), "Mum");
    /// ```
    pub fn enter<'a>(&mut self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let mut before = ("", 0);
        for (path, text) in pairs {
            let repeats = if path == before.0 { before.1 + 1 } else { 0 };
            before = (path, repeats);
            if text.is_empty() {
                continue;
            }
            let Some(part) = part::at(self, path) else { continue };
            if part.is_empty() {
                part.take(Given::Text(text));
            } else if part.problem().is_none()
                && let Some(choice) = part.row(repeats).filter(|choice| choice.is_empty())
            {
                choice.take(Given::Text(text));
            }
        }
    }

    /// The field at a path in words: its label, with the row it stands in: "By when (action 3)".
    pub fn place(path: &str) -> String {
        let steps = part::steps(path).unwrap_or_default();
        // A tick box of a group has no label of its own; the group has.
        let label = (1..=steps.len()).rev().find_map(|length| part::info(Record::FIELDS, &steps[..length]));
        let label = label.map_or("This answer", |info| info.label);
        let row = steps.windows(2).rev().find_map(|pair| match pair {
            [part::Step::Name(list), part::Step::Row(index)] => {
                noun(list).map(|noun| format!(" ({noun} {})", index + 1))
            }
            _ => None,
        });
        format!("{label}{}", row.unwrap_or_default())
    }

    /// The `id` of the row at a path, where it has one.
    pub fn row_key(&self, row: &str) -> Option<String> {
        reads::note(reads::ROW_KEYS);
        part::find(self, row)?.below(part::Step::Name("id"))?.spelt().map(|id| id.into_owned())
    }
}

impl<'de> serde::Deserialize<'de> for Record {
    /// Reads whatever is there. Names that the record does not have are passed over; what has the wrong shape is
    /// kept as unreadable.
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Record, D::Error> {
        let mut record = Record::default();
        part::read(&mut record, source)?;
        Ok(record)
    }
}

impl serde::Serialize for Record {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        part::Plain(self).serialize(serializer)
    }
}

/// What one row of a list is called.
fn noun(list: &str) -> Option<String> {
    Some(match list {
        // A group of tick boxes is no list of rows.
        "may_share" | "meeting_consulted" => return None,
        "children" => "child".into(),
        "supervision" => "supervision".into(),
        "agencies_told" => "agency told of the move".into(),
        "accepted" => "recorded reason".into(),
        "safety_scores" => "safety score".into(),
        _ => list.strip_suffix('s').unwrap_or(list).replace('_', " "),
    })
}
