//! The catalogue and the manuals hold together: every term is used, every citation is right, every requirement
//! is answered, every text is fit to be read, and the generated pages are what the code says.

#[allow(dead_code)]
mod cases;
#[allow(dead_code)]
mod docs;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use cases::{Case, all_cases};
use cinplan::procedure::Force;
use cinplan::{Entry, Finding, Given, Kind, Procedure, Record, Report, Stage, catalogue};
use docs::coverage::{ONLY_TOLD, answered, needless_exceptions};
use docs::{GROUPS, PARTS, manuals, requirements};
use serde_json::Value;

// ---- citations ----

/// Terms, prompts and guidance whose force is not the strongest of what they cite, each with the reason.
const OTHER_FORCE: &[(&str, &str)] = &[(
    "cambridgeshire: plan.kinds",
    "which kinds of plan there are is a fact; CAM-1.04 stands there for the kind it adds, and is demanded by plan.interim",
)];

/// Everything in a procedure that cites, with its key.
fn citing(procedure: &Procedure) -> Vec<(String, Force, Vec<String>)> {
    fn walk(key: &str, value: &Value, all: &mut Vec<(String, Force, Vec<String>)>) {
        if let Value::Array(rows) = value {
            rows.iter().enumerate().for_each(|(i, row)| walk(&format!("{key}[{i}]"), row, all));
        }
        let Value::Object(keys) = value else { return };
        if let (Some(force), Some(Value::Array(cites))) = (keys.get("force"), keys.get("cites")) {
            let force = match force.as_str() {
                Some("must") => Force::Must,
                Some("should") => Force::Should,
                _ => Force::May,
            };
            let ids = cites.iter().filter_map(Value::as_str).map(String::from).collect();
            all.push((key.into(), force, ids));
            return;
        }
        for (name, below) in keys {
            walk(&if key.is_empty() { name.clone() } else { format!("{key}.{name}") }, below, all);
        }
    }
    let mut all = Vec::new();
    walk("", &serde_json::to_value(procedure).expect("a procedure is data"), &mut all);
    all
}

#[test]
fn every_citation_is_of_a_requirement_of_that_very_manual() {
    let mut wrong = Vec::new();
    for manual in manuals() {
        let known: BTreeSet<String> =
            requirements(&manual.id).into_iter().map(|requirement| requirement.id).collect();
        for (key, _, ids) in citing(&manual) {
            wrong.extend(
                ids.iter().filter(|id| !known.contains(*id)).map(|id| format!("{}: {key}: {id}", manual.id)),
            );
            let once: BTreeSet<_> = ids.iter().collect();
            if once.len() != ids.len() {
                wrong.push(format!("{}: {key} cites something twice", manual.id));
            }
        }
    }
    assert!(wrong.is_empty(), "not in requirements/:\n{}", wrong.join("\n"));
}

#[test]
fn everything_asks_as_strongly_as_the_strongest_of_what_it_cites() {
    let mut wrong = Vec::new();
    for manual in manuals() {
        let forces: BTreeMap<String, Force> =
            requirements(&manual.id).into_iter().map(|one| (one.id.clone(), one.force())).collect();
        for (key, force, ids) in citing(&manual) {
            let strongest = ids.iter().filter_map(|id| forces.get(id)).max();
            let excepted = OTHER_FORCE.iter().any(|(known, _)| *known == format!("{}: {key}", manual.id));
            if strongest != Some(&force) && !excepted {
                wrong.push(format!("{}: {key} is {force:?}, and what it cites is {strongest:?}", manual.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// ---- terms ----

#[test]
fn every_term_is_what_some_check_rests_on() {
    let mut unused = Vec::new();
    let manuals = manuals();
    for (kind, manual) in manuals.iter().flat_map(Procedure::levels) {
        let resting = |procedure: &Procedure| -> usize {
            catalogue(std::slice::from_ref(procedure)).filter(|entry| !entry.grounds.is_empty()).count()
        };
        // Each level on its own.
        let manual = Procedure { levels: None, ..manual.clone() };
        let all = resting(&manual);
        let data = serde_json::to_value(&manual).expect("a procedure is data");
        for (group, _, meanings) in GROUPS {
            for (name, ..) in *meanings {
                let mut without = data.clone();
                if without[group][name].is_null() {
                    continue;
                }
                without[group][name] = Value::Null;
                let without = Procedure::read(&without).expect("silence is always allowed");
                if resting(&without) == all {
                    unused.push(format!("{}, {kind:?}: {group}.{name}", manual.id));
                }
            }
        }
    }
    assert!(unused.is_empty(), "nothing rests on these terms: {unused:#?}");
}

#[test]
fn every_check_is_in_force_in_some_manual() {
    let manuals = manuals();
    let idle: Vec<_> =
        catalogue(&manuals).filter(|entry| entry.grounds.is_empty()).map(|entry| entry.about.id).collect();
    assert!(idle.is_empty(), "no manual that ships asks for these: {idle:?}");
}

#[test]
fn every_term_stands_in_the_pages() {
    for manual in manuals() {
        let data = serde_json::to_value(&manual).expect("a procedure is data");
        let groups: BTreeSet<&str> = GROUPS.iter().map(|(group, ..)| *group).collect();
        let named = ["id", "title", "edition", "closure_days", "prompts", "guidance", "levels"];
        for (key, _) in data.as_object().expect("a group") {
            assert!(groups.contains(key.as_str()) || named.contains(&key.as_str()), "GROUPS lacks {key}");
        }
    }
}

// ---- requirements ----

#[test]
fn every_requirement_is_answered() {
    let mut lacking = Vec::new();
    let mut looked_at = 0;
    for manual in manuals() {
        for one in answered(&manual.id) {
            looked_at += 1;
            if one.by.is_empty() && one.exception.is_none() {
                let requirement = &one.requirement;
                lacking.push(format!("{} [{}] {}", requirement.id, requirement.check, requirement.says));
            }
        }
    }
    assert!(lacking.is_empty(), "nothing cites these {}:\n{}", lacking.len(), lacking.join("\n"));
    assert_eq!(looked_at, 857, "statements of the five manuals");
    assert_eq!(needless_exceptions(), Vec::<&str>::new(), "these are no exceptions any more");
}

#[test]
fn few_things_that_can_be_computed_are_left_out() {
    for manual in manuals() {
        let computed: Vec<_> =
            answered(&manual.id).into_iter().filter(|one| one.requirement.check == "computed").collect();
        let left_out = computed.iter().filter(|one| one.exception.is_some()).count();
        assert!(left_out * 10 <= computed.len(), "{}: {left_out} of {}", manual.id, computed.len());
    }
}

/// What the manual wants recorded is asked of a person or seen in a field; being told about it is not enough, unless
/// it is a mere permission.
#[test]
fn what_is_to_be_recorded_is_asked() {
    let mut wrong = Vec::new();
    for manual in manuals() {
        for one in answered(&manual.id) {
            let told = one.by.iter().all(|(_, kind)| *kind == Kind::Guidance) && !one.by.is_empty();
            let asks = one.requirement.check == "recorded" && one.requirement.force() > Force::May;
            let excepted = ONLY_TOLD.iter().any(|(id, _)| *id == one.requirement.id);
            if (told && asks) != excepted {
                wrong.push(format!("{}: {:?}", one.requirement.id, one.by));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "to be recorded, and only told, or no exception any more:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn what_can_be_computed_is_no_question() {
    let mut wrong = Vec::new();
    for manual in manuals() {
        for one in answered(&manual.id) {
            let computed = one.by.iter().any(|(_, kind)| matches!(kind, Kind::Rule | Kind::Deadline));
            if one.requirement.check == "computed" && !one.by.is_empty() && !computed {
                wrong.push(format!("{}: {:?}", one.requirement.id, one.by));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "computed in the manual's catalogue, and answered by a person:\n{}",
        wrong.join("\n")
    );
}

// ---- names and texts ----

#[test]
fn every_id_is_unique_kebab_case_and_begins_with_its_part() {
    let mut seen = BTreeSet::new();
    for entry in catalogue(&[]) {
        let id = entry.about.id;
        assert!(seen.insert(id), "{id} is there twice");
        assert!(
            id.contains('-')
                && id.split('-').all(|word| {
                    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
                }),
            "{id} is not part-what in kebab-case"
        );
        let part = id.split('-').next().unwrap_or_default();
        assert!(PARTS.iter().any(|(known, _)| *known == part), "{id} begins with no known part");
    }
}

/// What no text says: it is no help to anybody, or blames whoever reads it.
const NEVER: &[&str] =
    &["please", "invalid", "sorry", "required", "must be filled", "mandatory", "oops", "you failed", "!"];

fn assert_fit(text: &str, of: &str) {
    let lower = text.to_lowercase();
    for word in NEVER {
        let found = lower.match_indices(word).any(|(at, _)| {
            let before = lower[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let after = lower[at + word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            before && after
        });
        assert!(!found, "{of} says “{word}”: {text}");
    }
    assert!(
        !text.contains("  ") && text.trim() == text && !text.is_empty(),
        "{of} has stray spaces: {text:?}"
    );
    assert!(!text.contains('\u{2014}'), "{of} has a dash where a sentence would do: {text}");
}

#[test]
fn titles_questions_and_guidance_are_fit_to_be_read() {
    for Entry { about, .. } in catalogue(&[]) {
        assert_fit(about.title, about.id);
        let first = about.title.chars().next().unwrap_or(' ');
        assert!(first.is_uppercase(), "{}: {}", about.id, about.title);
        let last = about.title.chars().next_back().unwrap_or(' ');
        match about.kind {
            Kind::Rule | Kind::Deadline | Kind::Wording => {
                assert!(
                    !matches!(last, '.' | '?' | ':'),
                    "{}: a title ends like a heading: {}",
                    about.id,
                    about.title
                );
            }
            Kind::Prompt => {
                assert_eq!(last, '?', "{}: a prompt is a question: {}", about.id, about.title);
                assert!(about.title.chars().count() <= 180, "{} is too long to be read", about.id);
            }
            Kind::Guidance => assert_eq!(last, '.', "{}: {}", about.id, about.title),
        }
    }
}

/// All cases, and the good plan read by each manual, each with its report: as many messages and remedies as there are.
static REPORTS: LazyLock<Vec<(Case, Report)>> = LazyLock::new(|| {
    let by_each = manuals().into_iter().map(|manual| Case {
        name: format!("The good plan by {}", manual.title),
        procedure: manual.id,
        ..cases::good_plan()
    });
    all_cases().into_iter().chain(by_each).map(|case| (case.clone(), case.report())).collect()
});

fn findings() -> impl Iterator<Item = &'static Finding> {
    REPORTS.iter().flat_map(|(_, report)| &report.findings)
}

#[test]
fn messages_and_remedies_are_fit_to_be_read() {
    for finding in findings() {
        let Finding { rule, message, remedy, .. } = finding;
        assert_fit(message, rule);
        assert_fit(remedy, rule);
        let first = message.chars().next().unwrap_or(' ');
        assert!(!first.is_lowercase(), "{rule}: a message begins like a sentence: {message}");
        assert!(!message.ends_with('.'), "{rule}: a message is one sentence without a full stop: {message}");
        assert!(remedy.starts_with(char::is_uppercase), "{rule}: {remedy}");
        assert!(
            remedy.ends_with(['.', '?']),
            "{rule}: a remedy is a sentence, or a question to answer: {remedy}"
        );
        assert!(message.chars().count() <= 300, "{rule}: too long to be read: {message}");
    }
}

/// Whether the record has this place.
fn is_place(path: &str) -> bool {
    Record::default().set(path, Given::Nothing)
}

#[test]
fn no_finding_goes_without_its_citation_or_points_where_there_is_no_field() {
    let manuals = manuals();
    let grounds: BTreeMap<&str, BTreeSet<String>> = catalogue(&manuals)
        .map(|entry| {
            (
                entry.about.id,
                entry.grounds.values().flat_map(|grounds| grounds.cites.iter().cloned()).collect(),
            )
        })
        .collect();
    for finding in findings() {
        let known = grounds.get(&*finding.rule).unwrap_or_else(|| panic!("{} is no check", finding.rule));
        assert!(!finding.cites.is_empty(), "{} cites nothing", finding.rule);
        assert!(
            finding.cites.iter().all(|id| known.contains(id)),
            "{} cites what it does not rest on",
            finding.rule
        );
        assert!(is_place(&finding.path), "{}: there is no {}", finding.rule, finding.path);
    }
}

#[test]
fn guidance_belongs_to_a_field_that_is_there() {
    for Entry { about, .. } in catalogue(&[]) {
        match (about.kind, about.path) {
            (Kind::Guidance, Some(path)) => {
                assert!(is_place(&path.replace("[]", "[0]")), "{}: there is no {path}", about.id);
            }
            (Kind::Guidance, None) => panic!("{} belongs to no field", about.id),
            (_, path) => assert_eq!(path, None, "{}", about.id),
        }
    }
}

// ---- how much is asked at once ----

/// A page of questions is read; ten pages are ticked.
#[test]
fn the_checklist_stays_a_page() {
    let most = [
        (Stage::Draft, 0),
        (Stage::Meeting, 7),
        (Stage::Circulate, 14),
        (Stage::Review, 20),
        (Stage::Close, 20),
    ];
    for manual in manuals() {
        for (stage, most) in most {
            let case = Case { stage, procedure: manual.id.clone(), ..cases::good_plan() };
            let asked = case.report().prompts.len();
            assert!(asked <= most, "{}: {asked} questions at {stage:?}", manual.id);
        }
    }
}

#[test]
fn the_good_plan_answers_every_question() {
    for stage in Stage::ALL {
        let report = Case { stage: *stage, ..cases::good_plan() }.report();
        let open: Vec<_> =
            report.prompts.iter().filter(|question| question.answer.is_none()).map(|one| &*one.id).collect();
        assert!(open.is_empty(), "at {stage:?}: {open:?}");
    }
}

#[test]
fn a_form_that_was_just_opened_is_silent_in_every_manual() {
    for manual in manuals() {
        let case =
            Case { stage: Stage::Draft, from_nothing: true, procedure: manual.id, ..cases::good_plan() };
        let report = case.report();
        assert!(report.findings.is_empty() && report.prompts.is_empty(), "{:#?}", report.findings);
    }
}

/// A closing that has not begun is a short list, not a flood.
#[test]
fn a_closing_that_has_not_begun_is_a_short_list() {
    let mut case = cases::good_plan();
    case.change.insert("closure".into(), Value::Null);
    let missing: Vec<_> =
        case.report().findings.into_iter().map(|finding| (finding.rule, finding.path)).collect();
    let rules: BTreeSet<_> = missing.iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules.len(), missing.len(), "each criterion once: {missing:#?}");
    assert!(missing.len() <= 8, "{missing:#?}");
}

// ---- the pages ----

#[test]
fn the_generated_pages_are_what_the_code_says() {
    for (path, page) in docs::pages() {
        let stands = fs::read_to_string(docs::root().join(path)).unwrap_or_default();
        let line = stands.lines().zip(page.lines()).position(|(is, should)| is != should);
        assert!(
            stands == page,
            "{path} is not what the code says (line {}). Run `make docs` and commit the page.",
            line.map_or(stands.lines().count(), |line| line) + 1
        );
    }
}

/// Rules that ask at a stage and not at every later one, each with the reason.
const OTHER_STAGES: &[(&str, &str)] = &[
    ("review-progress", "at the review the meeting at hand is taken for one; a case may close without any"),
    ("review-outcomes", "at the review the meeting at hand is taken for one; a case may close without any"),
    ("review-needs", "at the review the meeting at hand is taken for one; a case may close without any"),
];

/// What is asked at one stage is asked at every later one.
#[test]
fn each_stage_asks_all_that_the_ones_before_it_ask() {
    let mut wrong = BTreeSet::new();
    let places = |report: &Report| -> BTreeSet<(String, String)> {
        report.findings.iter().map(|finding| (finding.rule.to_string(), finding.path.clone())).collect()
    };
    for (case, report) in REPORTS.iter() {
        // Each case at its own stage against the last; those at the last against the one before it.
        let other = if case.stage == Stage::Close { Stage::Review } else { Stage::Close };
        let other = places(&Case { stage: other, ..case.clone() }.report());
        let own = places(report);
        let (before, after) = if case.stage == Stage::Close { (other, own) } else { (own, other) };
        let lost = before.difference(&after);
        for (rule, path) in lost.filter(|(rule, _)| !OTHER_STAGES.iter().any(|(known, _)| known == rule)) {
            wrong.insert(format!("{rule} at {path}: {}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
