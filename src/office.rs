//! The offices that manuals give powers to, and how people write them.

use crate::answer::choice;

choice! {
    /// An office in an authority.
    Office {
        /// A student who is not yet qualified.
        StudentSocialWorker = "student-social-worker",
        /// A qualified social worker.
        SocialWorker = "social-worker",
        /// A senior social worker.
        SeniorSocialWorker = "senior-social-worker",
        /// A senior practitioner.
        SeniorPractitioner = "senior-practitioner",
        /// An advanced practitioner.
        AdvancedPractitioner = "advanced-practitioner",
        /// A consultant practitioner.
        ConsultantPractitioner = "consultant-practitioner",
        /// A practice supervisor.
        PracticeSupervisor = "practice-supervisor",
        /// An assistant or deputy team manager.
        AssistantTeamManager = "assistant-team-manager",
        /// A line manager of any grade.
        LineManager = "line-manager",
        /// A team manager.
        TeamManager = "team-manager",
        /// A service manager.
        ServiceManager = "service-manager",
        /// A district safeguarding manager.
        DistrictSafeguardingManager = "district-safeguarding-manager",
        /// A head of service.
        HeadOfService = "head-of-service",
        /// An independent reviewing officer.
        IndependentReviewingOfficer = "independent-reviewing-officer",
    }
}

/// How each office is written, longer spellings before the ones that they contain.
const SPELLINGS: &[(&str, Office)] = &[
    ("student social worker", Office::StudentSocialWorker),
    ("trainee social worker", Office::StudentSocialWorker),
    ("social work student", Office::StudentSocialWorker),
    ("senior social worker", Office::SeniorSocialWorker),
    ("senior practitioner", Office::SeniorPractitioner),
    ("snr practitioner", Office::SeniorPractitioner),
    ("advanced practitioner", Office::AdvancedPractitioner),
    ("consultant practitioner", Office::ConsultantPractitioner),
    ("consultant social worker", Office::ConsultantPractitioner),
    ("practice supervisor", Office::PracticeSupervisor),
    ("assistant team manager", Office::AssistantTeamManager),
    ("deputy team manager", Office::AssistantTeamManager),
    ("district safeguarding manager", Office::DistrictSafeguardingManager),
    ("independent reviewing officer", Office::IndependentReviewingOfficer),
    ("independent reviewing manager", Office::IndependentReviewingOfficer),
    ("head of service", Office::HeadOfService),
    ("service manager", Office::ServiceManager),
    ("line manager", Office::LineManager),
    ("team manager", Office::TeamManager),
    ("team leader", Office::TeamManager),
    ("social worker", Office::SocialWorker),
    ("iro", Office::IndependentReviewingOfficer),
    ("dsm", Office::DistrictSafeguardingManager),
    ("atm", Office::AssistantTeamManager),
    ("ssw", Office::SeniorSocialWorker),
    ("sw", Office::SocialWorker),
    ("sp", Office::SeniorPractitioner),
    ("tm", Office::TeamManager),
];

impl Office {
    /// The office that a role names, whatever stands around it: "Senior Practitioner, north team". `None` where no
    /// office is recognised. A longer name wins over one that it contains.
    pub fn recognise(role: &str) -> Option<Office> {
        let words: Vec<String> = role
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| match word.to_lowercase().as_str() {
                "mgr" => "manager".into(),
                "sr" => "senior".into(),
                lower => lower.into(),
            })
            .collect();
        SPELLINGS.iter().find(|(spelling, _)| contains(&words, spelling)).map(|(_, office)| *office)
    }

    /// As it reads in a sentence: "senior practitioner".
    pub fn title(self) -> String {
        self.spelling().replace('-', " ")
    }

    /// As several read in a sentence: "service manager or team manager".
    pub fn any_of(offices: &[Office]) -> String {
        let titles: Vec<String> = offices.iter().map(|office| office.title()).collect();
        match titles.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        }
    }

    /// As several read in a sentence about one person: "a service manager or team manager".
    pub fn one_of(offices: &[Office]) -> String {
        let list = Office::any_of(offices);
        let article = if list.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {list}")
    }

    /// Whether only a qualified social worker holds this office.
    pub fn is_social_worker(self) -> bool {
        (self >= Office::SocialWorker && self <= Office::PracticeSupervisor)
            || self == Office::IndependentReviewingOfficer
    }

    /// Whether somebody in this office manages social workers.
    pub fn is_manager(self) -> bool {
        self >= Office::AssistantTeamManager && self <= Office::HeadOfService
    }
}

fn contains(words: &[String], spelling: &str) -> bool {
    let wanted: Vec<&str> = spelling.split(' ').collect();
    words.windows(wanted.len()).any(|here| here.iter().zip(&wanted).all(|(a, b)| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_recognised_in_what_people_write() {
        for (role, office) in [
            ("Senior Practitioner, north team", Some(Office::SeniorPractitioner)),
            ("Sr. Practitioner", Some(Office::SeniorPractitioner)),
            ("social-worker", Some(Office::SocialWorker)),
            ("SW", Some(Office::SocialWorker)),
            ("Student Social Worker (final placement)", Some(Office::StudentSocialWorker)),
            ("Team Mgr", Some(Office::TeamManager)),
            ("Assistant Team Manager", Some(Office::AssistantTeamManager)),
            ("District Safeguarding Manager", Some(Office::DistrictSafeguardingManager)),
            ("IRO", Some(Office::IndependentReviewingOfficer)),
            ("Health visitor", None),
            ("", None),
        ] {
            assert_eq!(Office::recognise(role), office, "{role}");
        }
    }
}
