//! Whom a text such as "Mum and the health visitor" means, among those whom the plan names.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::answer::{Answer, Text, is_blank};
use crate::case::Case;
use crate::office::Office;
use crate::order;
use crate::people::{Person, Same};
use crate::record::{InviteeRole, RoleKind};
use crate::words::{Name, folded};

/// Whom the answer to "who" means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// People or roles that the plan names.
    Somebody,
    /// Somebody whom the plan does not name.
    Stranger,
    /// People whom the plan names, and others who are left open.
    Partly,
    /// A group, of whom nobody in particular is asked.
    Group,
    /// Nobody yet: "TBC".
    Open,
}

/// Everyone whom the plan names, with the roles and agencies it gives them.
#[derive(PartialEq)]
pub struct Cast {
    /// The host's keys of people.
    keys: HashSet<String>,
    /// The words of each name.
    names: Vec<Name>,
    /// The names that begin or end with a word.
    by_word: HashMap<String, Vec<usize>>,
    /// The names without their spaces.
    joined: HashSet<String>,
    /// The words of each role and agency.
    roles: Vec<Vec<String>>,
    /// The words of each role and agency of which the plan says by name who it is.
    held: Vec<Vec<String>>,
    children: bool,
    /// Parents and carers whom the plan is not kept from.
    parents: usize,
    family: bool,
    /// Whether a parent or carer is named, in a meeting or among the roles.
    has_parent: bool,
    /// Whether the record lists those who have a part in the plan.
    listed: bool,
    /// Whom texts mean that were asked about before: several checks ask about each row.
    asked: Asked,
}

/// Answers that were given before, which make no cast another.
#[derive(Default)]
struct Asked(RefCell<HashMap<String, Means>>);

impl PartialEq for Asked {
    fn eq(&self, _: &Asked) -> bool {
        true
    }
}

/// Words that put an answer off.
const OPEN: &[&str] = &[
    "tbc",
    "tba",
    "tbd",
    "na",
    "none",
    "nobody",
    "no one",
    "unknown",
    "not known",
    "not yet known",
    "not applicable",
    "to follow",
    "to be confirmed",
    "to be agreed",
    "to be allocated",
    "to be announced",
    "to be appointed",
    "to be arranged",
    "to be decided",
    "to be determined",
    "to be identified",
    "as above",
    "see above",
    "see below",
    "ditto",
    "pending",
];

/// Words in the longest of them.
const MOST_OPEN: usize = 3;

/// Groups, once the words in `AROUND` are taken away. A group of two is no group: see `plainly`.
const GROUPS: &[&str] = &[
    "everyone",
    "everybody",
    "anyone",
    "anybody",
    "someone",
    "somebody",
    "us",
    "we",
    "family",
    "families",
    "family members",
    "family network",
    "relatives",
    "friends",
    "professional",
    "professionals",
    "professional network",
    "network",
    "support network",
    "agency",
    "agencies",
    "services",
    "partners",
    "partner agencies",
    "parties",
    "people",
    "persons",
    "staff",
    "team",
    "teams",
    "workers",
    "members",
    "attendees",
    "participants",
    "adults",
    "stakeholders",
    "group",
    "group members",
    "core group",
    "core group members",
    "care team",
    "cin group",
    "cin team",
    "child in need group",
    "child in need team",
    "tac",
    "taf",
    "team around child",
    "team around family",
    "multi agency",
    "multi agency team",
];

/// Words that stand around a role or a group and say nothing of their own.
const AROUND: &[&str] = &[
    "the",
    "a",
    "an",
    "our",
    "their",
    "all",
    "both",
    "each",
    "every",
    "any",
    "whole",
    "wider",
    "other",
    "others",
    "relevant",
    "involved",
    "concerned",
    "remaining",
    "key",
    "new",
    "current",
    "named",
    "allocated",
    "of",
];

/// Words behind which comes what somebody does or with whose help, and no longer who.
const BEHIND: &[&str] = &["with", "supported", "to", "via", "through", "from", "for", "who", "at", "by"];

/// Relations to the child, a line each. The first lines are parents and those who stand in for them.
const KIN: &[&[&str]] = &[
    &["mum", "mummy", "mother", "mam", "mom", "stepmum", "stepmother", "mums"],
    &["dad", "daddy", "father", "stepdad", "stepfather", "dads"],
    &["parent", "carer", "guardian", "caregiver", "parents", "carers"],
    &["gran", "granny", "grandma", "grandmother", "nan", "nana", "nanna", "nanny", "mgm", "pgm"],
    &["grandad", "granddad", "grandpa", "grandfather", "mgf", "pgf"],
    &["grandparent", "grandparents"],
    &["aunt", "auntie", "aunty"],
    &["uncle"],
    &["cousin"],
    &["sister", "stepsister"],
    &["brother", "stepbrother"],
    &["partner", "boyfriend", "girlfriend", "husband", "wife"],
    &["godmother", "godfather", "godparent"],
    &["friend"],
    &["neighbour"],
];

/// The lines of `KIN` that are parents or stand in for them.
const PARENTS: usize = 3;

/// Lines of `KIN` that may name one person.
const ALIKE: &[&[usize]] = &[&[0, 2, 11], &[1, 2, 11], &[3, 5], &[4, 5]];

/// How children are spoken of.
const YOUNG: &[&str] = &[
    "child", "children", "young", "yp", "baby", "daughter", "son", "boy", "girl", "siblings", "kids", "twins",
];

/// A school, whatever it or the people in it are called.
const SCHOOL: &[&str] = &[
    "school",
    "academy",
    "college",
    "nursery",
    "preschool",
    "education",
    "dsl",
    "senco",
    "teacher",
    "headteacher",
    "head",
    "tutor",
    "teaching",
    "pastoral",
];

/// Words of work, which behind a name say what somebody does: "Grace Okafor, head of year".
const WORK: &[&str] = &[
    "worker",
    "officer",
    "nurse",
    "visitor",
    "manager",
    "practitioner",
    "lead",
    "coordinator",
    "assistant",
    "therapist",
    "psychologist",
    "adviser",
    "advisor",
    "advocate",
    "mentor",
    "midwife",
    "doctor",
    "gp",
    "police",
    "housing",
    "health",
    "support",
    "social",
    "care",
    "help",
    "service",
    "team",
    "centre",
    "clinic",
    "hospital",
    "charity",
    "trust",
    "council",
    "year",
];

/// Whom every open case has.
static ALWAYS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    ["social worker", "sw", "children's social care", "children's services", "csc"].map(folded).into()
});
static LEADS: LazyLock<Vec<Vec<String>>> =
    LazyLock::new(|| ["lead professional", "lead practitioner"].map(folded).into());

impl Cast {
    /// Everyone whom a record names.
    pub fn of(case: &Case) -> Cast {
        let record = case.record;
        let (facts, plan) = (&record.case, &record.plan);
        let lead = &plan.lead_professional;
        let mut people: Vec<Person> = case.people().collect();
        let mut roles: Vec<Cow<[String]>> = Vec::new();
        let mut parents: Vec<Person> = Vec::new();
        let mut cast = Cast {
            keys: HashSet::default(),
            names: Vec::new(),
            by_word: HashMap::default(),
            joined: HashSet::default(),
            roles: Vec::new(),
            held: Vec::new(),
            children: !record.children.is_empty(),
            parents: 0,
            family: false,
            has_parent: false,
            listed: !plan.roles.is_empty(),
            asked: Asked::default(),
        };
        people.push(Person::called(&facts.social_worker.supervisor));
        for (_, exclusion) in record.sharing.exclusions.rows() {
            people.push(Person::new(&exclusion.person, &exclusion.name));
            roles.push(exclusion.role.folded().into());
        }
        for (_, recipient) in record.sharing.recipients.rows() {
            people.push(Person::new(&recipient.person, &recipient.name));
            roles.push(recipient.role.folded().into());
        }
        for (_, signature) in plan.signatures.rows() {
            people.push(Person::new(&signature.person, &signature.name));
            roles.push(signature.role.folded().into());
        }
        let mut held: Vec<Cow<[String]>> = Vec::new();
        for (_, role) in plan.roles.rows() {
            if !Person::new(&role.person, &role.name).is_nobody() {
                held.extend([role.role.folded(), role.agency.folded()].map(Cow::from));
            }
            cast.family |= role.kind.is(RoleKind::Family);
            cast.has_parent |= is_parent(role.role.folded());
            roles.extend([role.role.folded(), role.agency.folded()].map(Cow::from));
        }
        for (_, service) in plan.services.rows() {
            roles.extend([service.name.folded(), service.provider.folded()].map(Cow::from));
        }
        roles.extend([lead.role.folded(), facts.manager.role.folded()].map(Cow::from));
        for (_, meeting) in record.meetings.rows() {
            people.push(Person::new(&meeting.chair.person, &meeting.chair.name));
            roles.push(meeting.chair.role.folded().into());
            for (_, invitee) in meeting.invitees.rows() {
                cast.listed = true;
                roles.push(invitee.agency.folded().into());
                if !Person::new(&invitee.person, &invitee.name).is_nobody() {
                    held.push(invitee.agency.folded().into());
                }
                match invitee.role.get() {
                    Some(InviteeRole::Child) => cast.children = true,
                    Some(InviteeRole::Parent | InviteeRole::Carer) => {
                        cast.family = true;
                        cast.has_parent = true;
                        let person = Person::new(&invitee.person, &invitee.name);
                        if !parents.iter().any(|known| known.is(person)) && !case.is_excluded(person) {
                            parents.push(person);
                        }
                    }
                    Some(InviteeRole::Family | InviteeRole::Supporter) => cast.family = true,
                    Some(
                        role @ (InviteeRole::Advocate | InviteeRole::Solicitor | InviteeRole::Interpreter),
                    ) => {
                        roles.push(folded(role.spelling()).into());
                    }
                    _ => {}
                }
            }
        }
        // Every open case has these, whether or not the form asks for them.
        roles.extend(ALWAYS.iter().chain(LEADS.iter()).map(Cow::from));
        cast.parents = parents.len();
        let mut names: Vec<Cow<Name>> = Vec::new();
        for person in people {
            if !person.key.is_empty() {
                cast.keys.insert(person.key.into());
            }
            names.push(person.words());
        }
        if !Person::new(&facts.social_worker.person, &facts.social_worker.name).is_nobody() {
            held.extend(["social worker", "sw"].map(|role| folded(role).into()));
        }
        if !Person::new(&lead.person, &lead.name).is_nobody() {
            held.push(lead.role.folded().into());
            held.extend(LEADS.iter().map(Cow::from));
        }
        if !Person::new(&facts.manager.person, &facts.manager.name).is_nobody() {
            held.extend([facts.manager.role.folded().into(), folded("manager").into()]);
        }
        for (list, mut all) in [(&mut cast.roles, roles), (&mut cast.held, held)] {
            order::distinct(&mut all);
            all.retain(|role| !role.is_empty() && !is_group(role));
            list.extend(all.into_iter().map(Cow::into_owned));
        }
        order::distinct(&mut names);
        names.retain(|name| !name.is_empty());
        cast.names.extend(names.into_iter().map(Cow::into_owned));
        for (index, name) in cast.names.iter().enumerate() {
            cast.joined.insert(name.joined.clone());
            for word in name.first().into_iter().chain(name.last()) {
                cast.by_word.entry(word.clone()).or_default().push(index);
            }
        }
        cast
    }

    /// Whether the record lists those who have a part in the plan, so that a name that is not there can be told.
    pub fn is_listed(&self) -> bool {
        self.listed
    }

    /// Whether a name that the plan does not know may be that of a parent, because no parent is named yet: an interim
    /// plan may go before the first meeting.
    pub fn may_be_parent(&self, who: Person) -> bool {
        !self.has_parent && !is_work(who.name)
    }

    /// Whom a row means by a key and a text. Of several who are named together, each is looked up.
    pub fn means(&self, who: Person) -> Means {
        if self.keys.contains(who.key) {
            return Means::Somebody;
        }
        if who.name.is_empty() {
            // The host's key names somebody, though not whom.
            return if who.key.is_empty() { Means::Open } else { Means::Somebody };
        }
        if let Some(known) = self.asked.0.borrow().get(who.name) {
            return *known;
        }
        let means = self.means_by_name(who.name);
        self.asked.0.borrow_mut().insert(who.name.into(), means);
        means
    }

    fn means_by_name(&self, name: &str) -> Means {
        let whole = folded(name);
        if is_open(&whole) {
            return Means::Open;
        }
        if self.roles.contains(&whole) {
            return Means::Somebody;
        }
        let (mut known, mut strange, mut group, mut open) = (false, false, false, false);
        for chunk in chunks(name) {
            // "Hart, Rachel" is one name.
            let surname_first = chunk.split_once(',').is_some_and(|(last, _)| folded(last).len() == 1);
            if surname_first && self.is_person(chunk) {
                known = true;
                continue;
            }
            for (place, part) in parts(chunk).enumerate() {
                match self.one(part) {
                    Means::Stranger if place > 0 && is_work(part) => {}
                    Means::Somebody | Means::Partly => known = true,
                    Means::Stranger => strange = true,
                    Means::Group => group = true,
                    Means::Open => open = true,
                }
            }
        }
        match (known || strange, group || open) {
            (true, true) => Means::Partly,
            (true, false) if strange => Means::Stranger,
            (true, false) => Means::Somebody,
            (false, _) if group => Means::Group,
            (false, _) => Means::Open,
        }
    }

    /// Whether a text is a role or an agency that the plan names, such as "Family support worker".
    pub fn is_role(&self, text: &str) -> bool {
        self.roles.contains(&folded(text))
    }

    /// Whether it is known by name who is meant: a person, one of the family, or a role whose holder the plan names.
    /// What is no more than work, such as "health visitor", names nobody by itself.
    pub fn is_named(&self, who: Person) -> bool {
        !who.key.is_empty()
            || chunks(who.name)
                .any(|chunk| self.is_person(chunk) || parts(chunk).any(|part| self.is_one(part)))
    }

    /// Whether the plan says by name who it is at an agency that a text names.
    pub fn is_held(&self, text: &str) -> bool {
        chunks(text).flat_map(parts).any(|part| {
            let words = folded(part);
            let role: Vec<&String> = words.iter().filter(|word| !AROUND.contains(&word.as_str())).collect();
            self.held.iter().any(|held| is_role(&role, held))
        })
    }

    fn is_one(&self, text: &str) -> bool {
        let words = folded(text);
        let role: Vec<&String> = words.iter().filter(|word| !AROUND.contains(&word.as_str())).collect();
        self.is_person(text)
            || is_relation(text)
            || words.iter().any(|word| YOUNG.contains(&word.as_str()))
            || words
                .iter()
                .any(|word| self.names.iter().flat_map(|name| name.iter()).any(|name| name == word))
            || self.held.iter().any(|held| is_role(&role, held))
            || !(is_work(text) || self.roles.iter().any(|known| is_role(&role, known)))
    }

    fn one(&self, text: &str) -> Means {
        let words = folded(text);
        if is_open(&words) {
            return Means::Open;
        }
        if is_group(&words) {
            return Means::Group;
        }
        if let Some(means) = self.plainly(&words) {
            return means;
        }
        let front = BEHIND.iter().filter_map(|word| words.iter().position(|known| known == word)).min();
        let known = self.is_person(text)
            || self.knows(&words)
            || front.is_some_and(|end| end > 0 && self.knows(&words[..end]))
            || Office::recognise(text).is_some_and(Office::is_manager);
        let has = |some: &[&str]| words.iter().any(|word| some.contains(&word.as_str()));
        match () {
            () if known => Means::Somebody,
            () if has(&["tbc", "tba", "tbd"]) => Means::Open,
            () if has(&[
                "all",
                "any",
                "everyone",
                "everybody",
                "anyone",
                "anybody",
                "someone",
                "somebody",
            ]) =>
            {
                Means::Group
            }
            () => Means::Stranger,
        }
    }

    fn is_person(&self, text: &str) -> bool {
        let name = Name::of(text);
        // Two names of one person have their first or their last word in common.
        self.joined.contains(&name.joined)
            || name
                .first()
                .into_iter()
                .chain(name.last())
                .any(|word| self.named(word).any(|known| known.compare(&name) >= Same::Perhaps))
    }

    fn named(&self, word: &str) -> impl Iterator<Item = &Name> {
        self.by_word.get(word).into_iter().flatten().map(|index| &self.names[*index])
    }

    /// What a single word means: "parents" are somebody where the plan names two of them, and else a group.
    fn plainly(&self, words: &[String]) -> Option<Means> {
        let left: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .filter(|word| !AROUND.contains(word) && *word != "foster")
            .collect();
        match left[..] {
            ["worker" | "manager"] => Some(Means::Somebody),
            // Where no parent is named yet, nothing speaks against there being two.
            ["parents" | "carers"] if self.parents != 1 => Some(Means::Somebody),
            ["parents" | "carers"] => Some(Means::Group),
            _ => None,
        }
    }

    fn knows(&self, words: &[String]) -> bool {
        let has = |word: &str| words.iter().any(|known| known == word);
        let begins =
            |at: usize| self.named(&words[at]).any(|name| name.len() > 1 && words[at..].starts_with(name));
        if (0..words.len()).any(begins) {
            return true;
        }
        if self.children && YOUNG.iter().any(|word| has(word)) {
            return true;
        }
        if KIN.iter().enumerate().any(|(line, kin)| kin.iter().any(|word| has(word)) && self.has_kin(line)) {
            return true;
        }
        let role: Vec<&String> = words.iter().filter(|word| !AROUND.contains(&word.as_str())).collect();
        if self.roles.iter().any(|known| is_role(&role, known)) {
            return true;
        }
        let is_school = |word: &String| SCHOOL.contains(&word.as_str());
        if role.iter().any(|word| is_school(word)) && self.roles.iter().flatten().any(is_school) {
            return true;
        }
        // What is left once relations and roles are taken away may be a first name or a surname.
        let about = |word: &str| {
            word.len() < 2
                || KIN.iter().any(|kin| kin.contains(&word))
                || WORK.contains(&word)
                || self.roles.iter().flatten().any(|known| known == word)
        };
        match role.into_iter().filter(|word| !about(word)).collect::<Vec<_>>()[..] {
            [only] => self.names.iter().flat_map(|name| name.iter()).any(|name| is_short_for(only, name)),
            _ => false,
        }
    }

    /// Whether the plan names such a relation, or none at all, so that nothing speaks against it.
    fn has_kin(&self, line: usize) -> bool {
        // Every child has parents, whether or not a meeting has listed them yet.
        line < PARENTS
            || !self.family
            || self.roles.iter().flatten().any(|word| KIN[line].contains(&word.as_str()))
    }
}

/// The children and their family, to tell them from professionals in a text such as "Mum and the school".
pub struct Family<'a> {
    children: Vec<Person<'a>>,
    parents: Vec<Person<'a>>,
    others: Vec<Person<'a>>,
}

/// Groups of the family.
const FAMILY: &[&str] = &["family", "families", "family members", "family network", "relatives", "friends"];

/// Groups of professionals.
const PROFESSIONALS: &[&str] = &[
    "professional",
    "professionals",
    "professional network",
    "agency",
    "agencies",
    "services",
    "partners",
    "partner agencies",
    "staff",
    "team",
    "teams",
    "workers",
    "multi agency",
    "multi agency team",
];

impl<'a> Family<'a> {
    /// The family of a record: its children, its invitees on the family's side, and its roles of that kind.
    pub fn of(case: &Case<'a>) -> Family<'a> {
        let record = case.record;
        let mut family = Family { children: Vec::new(), parents: Vec::new(), others: Vec::new() };
        for (_, child) in record.children.rows() {
            family.children.push(Person::new(&child.person, &child.name));
        }
        for (_, invitee) in record.meetings.rows().flat_map(|(_, meeting)| meeting.invitees.rows()) {
            let list = match invitee.role.get() {
                Some(InviteeRole::Child) => &mut family.children,
                Some(InviteeRole::Parent | InviteeRole::Carer) => &mut family.parents,
                Some(InviteeRole::Family | InviteeRole::Supporter) => &mut family.others,
                _ => continue,
            };
            let person = Person::new(&invitee.person, &invitee.name);
            if !list.iter().any(|known| known.is(person)) {
                list.push(person);
            }
        }
        for (_, role) in record.plan.roles.rows().filter(|(_, role)| role.kind.is(RoleKind::Family)) {
            let list = if is_parent(role.role.folded()) { &mut family.parents } else { &mut family.others };
            list.push(Person::new(&role.person, &role.name));
        }
        for list in [&mut family.children, &mut family.parents, &mut family.others] {
            list.retain(|person| !person.name.is_empty());
        }
        family
    }

    /// Whether a text names a parent or carer, alone or among others.
    pub fn names_parent(&self, text: &str) -> bool {
        each(text).any(|part| {
            is_parent(&folded(part))
                || is_of(part, FAMILY)
                || is_everyone(part)
                || any_of(&self.parents, part)
        })
    }

    /// Whether a text names a child, alone or among others.
    pub fn names_child(&self, text: &str) -> bool {
        each(text).any(|part| {
            is_young(part) || is_of(part, FAMILY) || is_everyone(part) || any_of(&self.children, part)
        })
    }

    /// Whether a text names somebody outside the family who is not the social worker.
    pub fn names_other_professional(&self, text: &str, social_worker: Person) -> bool {
        each(text).any(|part| {
            !(self.is_own(part)
                || is_open(&folded(part))
                || is_social_worker(part)
                || (!social_worker.is_nobody() && speaks_of(part, social_worker)))
        })
    }

    /// Whether a text names people of the family and nobody else.
    pub fn is_alone(&self, text: &str) -> bool {
        !is_blank(text) && each(text).all(|part| self.is_own(part))
    }

    /// Whether a text names somebody of the family, alone or among others.
    pub fn is_named(&self, text: &str) -> bool {
        each(text).any(|part| self.is_own(part))
    }

    fn is_own(&self, part: &str) -> bool {
        // "Noah's school" is no child, and "family support worker" no family.
        if is_work(part) {
            return any_of(&self.parents, part) || any_of(&self.others, part);
        }
        is_relation(part)
            || is_young(part)
            || is_of(part, FAMILY)
            || [&self.children, &self.parents, &self.others].into_iter().any(|people| any_of(people, part))
    }
}

fn any_of(people: &[Person], part: &str) -> bool {
    people.iter().any(|person| speaks_of(part, *person))
}

fn each(text: &str) -> impl Iterator<Item = &str> {
    chunks(text).flat_map(|chunk| {
        // "Hart, Rachel" is one name.
        let surname_first = chunk
            .split_once(',')
            .is_some_and(|(last, first)| folded(last).len() == 1 && folded(first).len() == 1);
        let whole = surname_first.then_some(chunk);
        whole.into_iter().chain(parts(if surname_first { "" } else { chunk }))
    })
}

fn is_parent(words: &[String]) -> bool {
    words.iter().any(|word| KIN[..PARENTS].iter().any(|kin| kin.contains(&word.as_str())))
}

fn is_young(text: &str) -> bool {
    folded(text).iter().any(|word| YOUNG.contains(&word.as_str()))
}

fn is_of(text: &str, groups: &[&str]) -> bool {
    groups.contains(&without_around(&folded(text)).join(" ").as_str())
}

fn is_everyone(text: &str) -> bool {
    is_group(&folded(text)) && !is_of(text, FAMILY) && !is_of(text, PROFESSIONALS)
}

fn without_around(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).filter(|word| !AROUND.contains(word)).collect()
}

/// Whether an answer only says that it is still to come, or that there is none: "TBC", "to be agreed", "n/a".
pub fn is_put_off(answer: &Answer<Text>) -> bool {
    is_open(answer.folded())
}

/// How a row leaves something unsaid, between the row and what it does not say: "does not say", or "says only “TBC”
/// for". `None` where it is said.
pub fn how_unsaid(answer: &Answer<Text>) -> Option<Cow<'static, str>> {
    match () {
        () if answer.is_blank() => Some("does not say".into()),
        () if is_put_off(answer) => Some(format!("says only “{}” for", answer.text().trim()).into()),
        () => None,
    }
}

/// Whether a name is that of an office or an agency, and of nobody in particular: "School", "HV", "Health visitor".
pub fn is_office(name: &str) -> bool {
    let words = folded(name);
    let known = |word: &String| WORK.contains(&word.as_str()) || SCHOOL.contains(&word.as_str());
    !words.is_empty()
        && (Office::recognise(name).is_some() || words.iter().any(known) || is_abbreviated(name))
}

/// Whether a text is a single word in capitals, as offices and agencies are shortened: "HV", "CAMHS".
fn is_abbreviated(text: &str) -> bool {
    let text = text.trim();
    (2..=6).contains(&text.len()) && text.chars().all(|c| c.is_ascii_uppercase())
}

/// Whether a text names a group and nobody in particular: "all", "the core group".
pub fn is_nobody_in_particular(text: &str) -> bool {
    is_group(&folded(text))
}

/// Whether a text names a relation to the child: "Grandmother (maternal)".
pub fn is_relation(text: &str) -> bool {
    folded(text).iter().any(|word| KIN.iter().any(|kin| kin.contains(&word.as_str())))
}

/// Whether two texts could name one relation: "Grandad" and "Grandfather", "Mum" and "parent". A text that names none
/// could be any.
pub fn could_be_one_relation(one: &str, other: &str) -> bool {
    let (one, other) = (relations(one), relations(other));
    let alike =
        |a: &usize, b: &usize| a == b || ALIKE.iter().any(|lines| lines.contains(a) && lines.contains(b));
    one.is_empty() || other.is_empty() || one.iter().any(|a| other.iter().any(|b| alike(a, b)))
}

/// Whether a relation is that of any parent or carer, which does not tell one from another.
pub fn is_any_parent(relation: usize) -> bool {
    relation + 1 == PARENTS
}

/// The relations that a text names, each by its line of `KIN`: all words for one relation have one number.
pub fn relations(text: &str) -> Vec<usize> {
    let words = folded(text);
    (0..KIN.len()).filter(|line| words.iter().any(|word| KIN[*line].contains(&word.as_str()))).collect()
}

/// Whether a text means this person, by name or by first name, alone or among others.
pub fn speaks_of(text: &str, person: Person) -> bool {
    let name = folded(person.name);
    let means = |text: &str| {
        let words = folded(text);
        Person::named("", text).compare(person) >= Same::Perhaps
            || (name.len() > 1 && words.windows(name.len()).any(|here| here == name))
            || matches!(&words[..], [only] if name.first() == Some(only))
    };
    chunks(text).any(|chunk| means(chunk) || parts(chunk).any(means))
}

/// The agencies in a list as people type it: a line each, or between commas. An "and" may stand in the name of one agency
/// or between two: what is known tells. What reads as prose is left out.
pub fn agencies(text: &str, is_known: impl Fn(&str) -> bool) -> Vec<&str> {
    let mut all = Vec::new();
    for whole in text.split(['\n', ';', ',']).map(str::trim).filter(|whole| !is_blank(whole)) {
        let parts: Vec<&str> = chunks(whole).map(str::trim).collect();
        let several = parts.len() > 1 && parts.iter().any(|part| is_known(part));
        all.extend(if several { parts } else { vec![whole] });
    }
    all.truncate(MOST_AGENCIES);
    all.retain(|agency| {
        let words = folded(agency);
        !words.is_empty() && words.len() <= LONGEST_AGENCY && !is_open(&words) && !is_group(&words)
    });
    all
}

/// Agencies that are looked at; no assessment recommends more.
const MOST_AGENCIES: usize = 30;

/// Words in the longest name of an agency: "child and adolescent mental health services".
const LONGEST_AGENCY: usize = 6;

/// The name of an agency, or a text that may name one; read once, to be compared with many.
pub struct Agency {
    /// Its words but for those that join others.
    words: Vec<String>,
    school: bool,
    nursing: bool,
}

impl Agency {
    /// What a text names.
    pub fn of(text: &str) -> Agency {
        let mut words = folded(text);
        let has = |is_such: fn(&str) -> bool| words.iter().any(|word| is_such(word));
        let (school, nursing) =
            (has(|word| SCHOOL.contains(&word)), has(|word| matches!(word, "nurse" | "nurses" | "nursing")));
        words.retain(|word| word != "and" && word != "of");
        Agency { words, school, nursing }
    }

    /// Whether "health visiting" and what a row names are one agency.
    pub fn is(&self, other: &Agency) -> bool {
        if self.words.is_empty() || other.words.is_empty() {
            return false;
        }
        let both_school = self.school && other.school;
        // A school nurse does not come for the school.
        if both_school && self.nursing != other.nursing {
            return false;
        }
        both_school || is_role(&self.words, &other.words) || is_role(&other.words, &self.words)
    }
}

/// Whether a text means the social worker by that office alone: "SW", "allocated social worker".
pub fn is_social_worker(text: &str) -> bool {
    chunks(text).flat_map(parts).any(|part| {
        let words = folded(part);
        matches!(without_around(&words)[..], ["social", "worker"] | ["sw"])
    })
}

fn is_open(words: &[String]) -> bool {
    // "N/A" and "T.B.C." fall into letters.
    let letters = words.iter().all(|word| word.chars().count() == 1);
    if !letters && words.len() > MOST_OPEN {
        return false;
    }
    OPEN.contains(&words.join(if letters { "" } else { " " }).as_str())
}

fn is_group(words: &[String]) -> bool {
    let left = without_around(words);
    (left.is_empty() && !words.is_empty()) || GROUPS.contains(&left.join(" ").as_str())
}

/// Whether some words mean a role: the same words, a part of them, or their first letters.
fn is_role(words: &[impl AsRef<str>], role: &[String]) -> bool {
    fn within(short: &[impl AsRef<str>], long: &[impl AsRef<str>]) -> bool {
        short.len() <= long.len()
            && long
                .windows(short.len())
                .any(|here| here.iter().zip(short).all(|(a, b)| is_stem(a.as_ref(), b.as_ref())))
    }
    if words.is_empty() {
        return false;
    }
    let initials = || role.iter().filter_map(|word| word.chars().next());
    within(words, role)
        || within(role, words)
        || (role.len() > 1 && words.iter().any(|word| word.as_ref().chars().eq(initials())))
}

/// Whether two words have one stem: "nurse" and "nursing", "visitor" and "visiting".
fn is_stem(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    // Most words differ at once.
    if one.get(..4) != other.get(..4) {
        return false;
    }
    let shorter = one.chars().count().min(other.chars().count());
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    shorter >= 5 && common >= (shorter - 2).max(4)
}

/// Whether a word is a name or how it is shortened: "Ben" for "Benjamin".
fn is_short_for(word: &str, name: &str) -> bool {
    let (short, long) = if word.len() <= name.len() { (word, name) } else { (name, word) };
    word == name || (short.chars().count() >= 3 && long.starts_with(short))
}

/// Whether a part tells what somebody does: "head of year".
fn is_work(part: &str) -> bool {
    folded(part).iter().any(|word| WORK.contains(&word.as_str()) || SCHOOL.contains(&word.as_str()))
}

/// Those who are named together, one by one; a name may still hold a comma.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    text.split(['&', '+', ';', '\n']).flat_map(|part| split_word(part, "and")).filter(|part| !is_blank(part))
}

fn parts(chunk: &str) -> impl Iterator<Item = &str> {
    chunk.split([',', '/']).filter(|part| !is_blank(part))
}

/// The parts of a text between a word that stands on its own.
fn split_word<'t>(text: &'t str, word: &str) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(found) = find_word(text, word, from) {
        parts.push(&text[start..found]);
        start = found + word.len();
        from = start;
    }
    parts.push(&text[start..]);
    parts
}

fn find_word(text: &str, word: &str, from: usize) -> Option<usize> {
    text[from..].char_indices().map(|(at, _)| from + at).find(|&at| {
        let end = at + word.len();
        text.get(at..end).is_some_and(|here| here.eq_ignore_ascii_case(word))
            && text[..at].chars().next_back().is_none_or(char::is_whitespace)
            && text[end..].chars().next().is_none_or(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Known;
    use crate::day::{Calendar, Day};
    use crate::finding::Stage;
    use crate::part::Given;
    use crate::procedure::Procedure;
    use crate::record::Record;

    fn record() -> Record {
        let mut record = Record::default();
        for (path, text) in [
            ("children[0].name", "Amelia Hart"),
            ("children[1].name", "Noah Hart"),
            ("case.social_worker.name", "Priya Shah"),
            ("case.manager.name", "Tom Ellis"),
            ("case.manager.role", "Team Manager"),
            ("plan.lead_professional.name", "Priya Shah"),
            ("plan.roles[0].name", "Grace Okafor"),
            ("plan.roles[0].role", "Designated Safeguarding Lead"),
            ("plan.roles[0].agency", "Riverside Academy"),
            ("plan.roles[1].name", "Helen Price"),
            ("plan.roles[1].role", "School nurse"),
            ("plan.roles[2].name", "Susan Hart"),
            ("plan.roles[2].role", "Grandmother"),
            ("plan.roles[2].kind", "family"),
            ("plan.roles[3].role", "Health visitor"),
            ("plan.roles[3].person", "P-4"),
            ("meetings[0].invitees[0].name", "Rachel Hart"),
            ("meetings[0].invitees[0].role", "parent"),
        ] {
            assert!(record.set(path, Given::Text(text)), "{path}");
        }
        record
    }

    fn with_case<T>(record: &Record, look: impl FnOnce(&Case) -> T) -> T {
        let calendar = Calendar::new([]);
        let today = Day::of(2026, 11, 20).unwrap();
        let procedure = Procedure::built_in("cambridgeshire").unwrap();
        look(&Case::new(record, today, Stage::Draft, &calendar, &procedure, &Known::default()))
    }

    fn means(record: &Record, name: &str) -> Means {
        with_case(record, |case| case.cast().means(Person::named("", name)))
    }

    #[test]
    fn somebody_in_the_plan_however_they_are_called() {
        let record = record();
        for who in [
            "Rachel Hart",
            "Hart, Rachel",
            "Ms Hart",
            "Rachel",
            "Rachel and Susan",
            "Rachel, Susan",
            "Rachel & Nan",
            "Rachel Hart/Priya Shah",
            "Mum",
            "Mum and Dad",
            "Mother (Rachel)",
            "Grace Okafor (school)",
            "DSL (Grace Okafor)",
            "Grace Okafor, head of year",
            "Priya Shah, social worker",
            "Priya - social worker",
            "SW",
            "Allocated social worker",
            "Team manager",
            "Lead professional",
            "School",
            "School nurse",
            "School Nursing Team",
            "HV",
            "The health visitor",
            "Class teacher",
            "Riverside",
            "Amelia",
            "The children",
            "Rachel with support from Susan",
            "G. Okafor",
            "Helen Prise",
            "The worker",
            "Service manager",
            "RachelHart",
            "Amelia's school",
            "Rachel to arrange; Priya to support",
            "Children's social care",
        ] {
            assert_eq!(means(&record, who), Means::Somebody, "{who}");
        }
    }

    #[test]
    fn somebody_whom_the_plan_does_not_name() {
        let record = record();
        for who in
            ["Bob Stone", "Midwife", "Rachel and Bob Stone", "Uncle Jim", "Rachel Stone", "Housing officer"]
        {
            assert_eq!(means(&record, who), Means::Stranger, "{who}");
        }
    }

    #[test]
    fn groups_and_answers_that_are_put_off() {
        let record = record();
        for who in [
            "All",
            "ALL.",
            "everyone",
            "Everyone involved",
            "Family",
            "the whole family",
            "Family and friends",
            "Professionals",
            "All professionals in the network",
            "all agencies",
            "Agencies / family",
            "The group",
            "Core Group",
            "parents",
            "Both parents",
        ] {
            assert_eq!(means(&record, who), Means::Group, "{who}");
        }
        for who in ["TBC", "t.b.c.", "n/a", "Housing officer TBC", "To be confirmed", "to be agreed"] {
            assert_eq!(means(&record, who), Means::Open, "{who}");
        }
        for who in ["Rachel and all professionals", "Rachel Hart, everyone", "Priya / TBC"] {
            assert_eq!(means(&record, who), Means::Partly, "{who}");
        }
    }

    #[test]
    fn parents_are_somebody_where_there_are_two() {
        let mut record = record();
        for (path, text) in
            [("meetings[0].invitees[1].name", "Darren Walsh"), ("meetings[0].invitees[1].role", "parent")]
        {
            record.set(path, Given::Text(text));
        }
        assert_eq!(means(&record, "Both parents"), Means::Somebody);
        record.set("sharing.exclusions[0].name", Given::Text("Darren Walsh"));
        assert_eq!(means(&record, "Parents"), Means::Group);
    }

    fn is_agency(agency: &str, known: &str) -> bool {
        Agency::of(agency).is(&Agency::of(known))
    }

    #[test]
    fn agencies_are_recognised() {
        for (agency, known) in [
            ("School", "Riverside Academy"),
            ("Health visiting", "Health visitor"),
            ("CAMHS", "Child and Adolescent Mental Health Service"),
            ("HV", "Health Visitor"),
            ("The school nurse", "School nursing"),
            ("Early help", "District Early Help Team"),
        ] {
            assert!(is_agency(agency, known) && is_agency(known, agency), "{agency} {known}");
        }
        for (agency, known) in
            [("Housing", "Riverside Academy"), ("School", "School nursing"), ("", "School")]
        {
            assert!(!is_agency(agency, known), "{agency} {known}");
        }
        let split = |text| agencies(text, |agency| is_agency(agency, "Health visiting"));
        assert_eq!(
            split("School; Housing and health visitor\nCAMHS"),
            ["School", "Housing", "health visitor", "CAMHS"]
        );
        assert_eq!(split("Alcohol and Drugs Team, tbc, all agencies"), ["Alcohol and Drugs Team"]);
        assert!(split("The assessment says that nobody needs to come to the meeting").is_empty());
    }

    #[test]
    fn a_role_is_named_where_the_plan_names_its_holder() {
        let mut record = record();
        // The host's key names the health visitor; without it nobody does.
        record.set("plan.roles[3].person", Given::Nothing);
        with_case(&record, |case| {
            let cast = case.cast();
            let is_named = |name| cast.is_named(Person::named("", name));
            for who in [
                "Rachel",
                "Mum",
                "DSL",
                "School nurse",
                "SW",
                "The children",
                "Nan",
                "Bob Stone",
                "Riverside",
            ] {
                assert!(is_named(who), "{who}");
            }
            for who in ["Health visitor", "HV", "Midwife", "Housing officer"] {
                assert!(!is_named(who), "{who}");
            }
            assert!(cast.is_named(Person::named("P-9", "Health visitor")));
        });
    }

    #[test]
    fn the_family_is_told_from_professionals() {
        with_case(&record(), |case| {
            let family = Family::of(case);
            let priya = Person::named("", "Priya Shah");
            for who in ["Mum", "Rachel", "Hart, Rachel", "The family", "Everyone", "School and both parents"]
            {
                assert!(family.names_parent(who), "{who}");
            }
            for who in ["Amelia", "Rachel, Noah and Grace", "the young person", "Everybody"] {
                assert!(family.names_child(who), "{who}");
            }
            for who in ["Grace Okafor", "Professionals", "Priya", ""] {
                assert!(!family.names_parent(who) && !family.names_child(who), "{who}");
            }
            for who in
                ["Mum and school", "Noah's school", "Grace", "Family support worker", "All professionals"]
            {
                assert!(family.names_other_professional(who, priya) && !family.is_alone(who), "{who}");
            }
            for who in ["Mum", "Priya and Rachel", "SW", "TBC", "The family"] {
                assert!(!family.names_other_professional(who, priya), "{who}");
            }
            assert!(family.is_alone("Rachel and Nan") && !family.is_alone("Rachel and Grace"));
        });
    }

    #[test]
    fn the_social_worker_is_recognised() {
        let priya = Person::named("", "Priya Shah");
        for who in ["Priya Shah", "Shah, Priya", "Priya", "Rachel and Priya", "Priya Shah (SW)"] {
            assert!(speaks_of(who, priya), "{who}");
        }
        assert!(!speaks_of("Rachel Hart", priya));
        assert!(is_social_worker("Rachel and the social worker") && is_social_worker("SW"));
        assert!(!is_social_worker("Student social worker") && !is_social_worker("Health visitor"));
    }
}
