//! What is in a copy of the plan, and what is in none: nothing that was kept back survives anywhere in it.
//!
//! `copies/leaves.json` says of each answer who may see it, `copies/recipients.json` who may see what, and
//! `copies/texts.json` which words give something away.

#[allow(dead_code)]
mod cases;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cases::copied::{agreed, holds_no_more, leaves, list, parts, shared_actions, texts};
use cases::{built_in, good_plan, pattern, problems, put, read, root};
use cinplan::copy::{PlanCopy, Reader, Sees, copy_for, readers};
use cinplan::procedure::BUILT_IN;
use cinplan::{Given, Part, Record, Step};
use serde_json::{Value, json};

/// Every answer that a record may hold, by its path with two rows in each list.
fn places() -> Vec<String> {
    fn walk(part: &mut dyn Part, path: &str, all: &mut Vec<String>) {
        let mut names = Vec::new();
        part.each(&mut |step, _| {
            if let Step::Name(name) = step {
                names.push(name.to_owned());
            }
        });
        if names.is_empty() && part.start_names() {
            names.push("meeting-safety".into());
        }
        let is_group = !names.is_empty();
        for name in names {
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if let Some(part) = part.named(&name) {
                walk(part, &below, all);
            }
        }
        let mut is_list = false;
        for index in 0..2 {
            if let Some(row) = part.row(index) {
                is_list = true;
                walk(row, &format!("{path}[{index}]"), all);
            }
        }
        if !is_group && !is_list {
            all.push(path.into());
        }
    }
    let mut all = Vec::new();
    walk(&mut Record::default(), "", &mut all);
    all
}

fn record(value: &Value) -> Record {
    serde_json::from_value(value.clone()).expect("a record is always read")
}

fn data(record: &Record) -> Value {
    serde_json::to_value(record).expect("a record is data")
}

fn named(name: &str) -> Reader {
    Reader { name: name.into(), ..Reader::default() }
}

fn copy(value: &Value, name: &str) -> PlanCopy {
    let copy = copy_for(&record(value), &named(name), &built_in("cambridgeshire"))
        .unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    holds_no_more(&record(value), &copy);
    copy
}

// ---- every answer is classified ----

#[test]
fn somebody_has_decided_on_every_answer_of_the_record() {
    let (everybody, professionals) =
        (list(&leaves()["everybody"]["answers"]), list(&leaves()["professionals"]["answers"]));
    let nobody = list(&leaves()["nobody"]["answers"]);
    let is_kept = |path: &str| {
        nobody.contains(path)
            || nobody.iter().any(|above| above.ends_with('.') && path.starts_with(above.as_str()))
    };
    let all: BTreeSet<String> = places().iter().map(|path| pattern(path)).collect();
    for path in &all {
        let path = path.as_str();
        let times = [everybody.contains(path), professionals.contains(path), is_kept(path)];
        assert_eq!(
            times.iter().filter(|here| **here).count(),
            1,
            "{path} stands under one heading of tests/copies/leaves.json: everybody, professionals or nobody"
        );
    }
    let used: BTreeSet<&String> = everybody.iter().chain(&professionals).chain(&nobody).collect();
    for path in used {
        let is_there = all
            .iter()
            .any(|known| known == path || (path.ends_with('.') && known.starts_with(path.as_str())));
        assert!(is_there, "{path} is no place of the record any more");
    }
    for part in parts() {
        for path in agreed(part).iter().flatten() {
            assert!(everybody.contains(path) || professionals.contains(path), "{part}: {path}");
        }
    }
}

#[test]
fn the_parts_are_those_that_can_be_agreed() {
    let known: BTreeSet<&str> = cinplan::record::PlanPart::ALL.iter().map(|part| part.spelling()).collect();
    assert_eq!(parts().into_iter().collect::<BTreeSet<_>>(), known);
}

// ---- planted secrets ----

/// A word that stands nowhere else.
fn secret(number: usize) -> String {
    let letters: Vec<char> = "bdfgklmt".chars().collect();
    let mut word = String::from("zquxy");
    let mut rest = number;
    for _ in 0..5 {
        word.push(letters[rest % letters.len()]);
        rest /= letters.len();
    }
    word
}

/// A value that a leaf reads without a complaint, for answers that are not in words.
fn readable(path: &str) -> Option<String> {
    let problem = |text: &str| {
        let mut record = Record::default();
        assert!(record.set(path, Given::Text(text)), "{path}");
        let mut all = Vec::new();
        problems(&record, &mut all);
        all.pop()
    };
    let first = problem("zz")?;
    if let Some(choices) = first.strip_prefix("must be one of: ") {
        return choices.split(", ").next().map(|choice| choice.replace(' ', "-"));
    }
    let known = ["2026-03-04", "10:30", "yes", "3 weeks", "7"];
    Some(known.iter().find(|text| problem(text).is_none()).unwrap_or_else(|| panic!("{path}")).to_string())
}

/// Something in every answer: words that stand nowhere else wherever words fit, and anywhere where `everywhere`. Of two
/// rows the second is the one of Darren Walsh or of his child.
fn planted(may_share: &[&str], everywhere: bool) -> Value {
    static PLANTED: LazyLock<[Value; 2]> = LazyLock::new(|| [plant(false), plant(true)]);
    let mut record = PLANTED[usize::from(everywhere)].clone();
    let exclusion = json!({ "name": "Darren Walsh", "role": "Noah's father", "reason": "zquxyreason",
        "may_share": may_share, "agreed_by_social_worker": "zquxysocial", "agreed_by_manager": "zquxymanager" });
    put(&mut record, "sharing.exclusions", json!([exclusion]));
    record
}

fn plant(everywhere: bool) -> Value {
    let mut record = json!({});
    for (number, path) in places().into_iter().enumerate() {
        let value = if everywhere { None } else { readable(&path) };
        put(&mut record, &path, json!(value.unwrap_or_else(|| secret(number))));
    }
    for (path, value) in [
        ("meetings[0].kind", "review"),
        ("meetings[1].kind", "initial"),
        ("plan.roles[0].kind", "professional"),
        ("plan.roles[1].kind", "family"),
        ("children[1].name", "Noah Zwart"),
        ("plan.needs[0].child", "Amelia Zwart"),
        ("plan.needs[1].child", "Noah Zwart"),
        ("plan.outcomes[0].child", "Amelia Zwart"),
        ("plan.outcomes[1].child", "Noah Zwart"),
        ("plan.actions[1].who", "Darren Walsh"),
        ("plan.roles[1].name", "Darren Walsh"),
        ("meetings[0].invitees[1].name", "Darren Walsh"),
        ("meetings[1].invitees[1].name", "Darren Walsh"),
        ("sharing.recipients[0].name", "Rachel Zwart"),
    ] {
        put(&mut record, path, json!(value));
    }
    for path in places() {
        let is_key = path.ends_with(".person");
        let is_reason = path.ends_with("reason_not_invited");
        if is_key || is_reason || path.starts_with("sharing.exclusions") {
            put(&mut record, &path, Value::Null);
        }
    }
    record
}

/// Whether a row is the reader's own, or about their child; `None` where rows belong to nobody.
fn is_second_row(path: &str) -> bool {
    ["children[1]", "plan.needs[1]", "plan.outcomes[1]", "plan.actions[1]", "plan.roles[1]"]
        .iter()
        .any(|row| path.starts_with(row))
        || path.contains("invitees[1]")
}

/// Fails where anything of an answer that is not expected stands in the copy.
fn only(what: &str, value: &Value, copy: &PlanCopy, is_expected: impl Fn(&str) -> bool) {
    let copied = data(&copy.record);
    let text = copied.to_string();
    for (path, held) in texts(value) {
        if held.starts_with("zquxy") {
            assert_eq!(text.contains(&held), is_expected(&path), "{what}: {path}");
        }
    }
    let expected: BTreeSet<String> = texts(&data(&record(value)))
        .iter()
        .filter(|(path, _)| is_expected(path))
        .map(|(path, _)| pattern(path))
        .collect();
    let held: BTreeSet<String> = texts(&copied).iter().map(|(path, _)| pattern(path)).collect();
    assert_eq!(held, expected, "{what}");
}

#[test]
fn the_copy_of_somebody_from_whom_nothing_is_kept_holds_the_plan_and_no_working_paper() {
    let everybody = list(&leaves()["everybody"]["answers"]);
    let professionals = list(&leaves()["professionals"]["answers"]);
    for everywhere in [true, false] {
        let mut value = planted(&[], everywhere);
        // A yes or no that is no fact is left as it was typed; who came is known by name.
        put(&mut value, "plan.roles[0].kind", json!("professional"));
        let copy = copy(&value, "Rachel Zwart");
        only("whole", &value, &copy, |path| {
            everybody.contains(&pattern(path))
                || (professionals.contains(&pattern(path)) && path.starts_with("plan.roles[0]"))
        });
    }
}

#[test]
fn the_copy_of_somebody_from_whom_the_plan_is_kept_holds_the_agreed_parts_and_nothing_else() {
    let parts = parts();
    let mut combinations: Vec<Vec<&str>> = parts.iter().map(|part| vec![*part]).collect();
    for (i, one) in parts.iter().enumerate() {
        combinations.extend(parts[i + 1..].iter().map(|other| vec![*one, *other]));
    }
    combinations.push(parts.clone());
    assert!(combinations.len() > 80);
    for everywhere in [true, false] {
        let mut unread = BTreeSet::new();
        unreadable(&record(&planted(&[], everywhere)), "", &mut unread);
        // Two parts at a time are tried once, with a word in every place.
        let combinations = combinations.iter().filter(|parts| everywhere || parts.len() != 2);
        for agreed_parts in combinations {
            let value = planted(agreed_parts, everywhere);
            let copy = copy(&value, "Darren Walsh");
            only(&format!("{agreed_parts:?}"), &value, &copy, |path| {
                let here = pattern(path);
                agreed_parts.iter().any(|part| {
                    let [every_row, own_rows] = agreed(part);
                    let is_of_other_child = ["children[0]", "plan.needs[0]", "plan.outcomes[0]"]
                        .iter()
                        .any(|row| path.starts_with(row));
                    (every_row.contains(&here) && !is_of_other_child)
                        || (own_rows.contains(&here) && is_second_row(path))
                }) && !unread.contains(path)
            });
        }
    }
}

/// The answers that could not be read: nobody knows what they say.
fn unreadable(part: &dyn Part, path: &str, all: &mut BTreeSet<String>) {
    if part.problem().is_some() {
        all.insert(path.into());
    }
    part.each(&mut |step, part| {
        let below = match step {
            Step::Name(name) if path.is_empty() => name.to_owned(),
            Step::Name(name) => format!("{path}.{name}"),
            Step::Row(index) => format!("{path}[{index}]"),
        };
        unreadable(part, &below, all);
    });
}

#[test]
fn a_meeting_without_the_family_is_in_no_copy() {
    for kind in ["professionals", "family-network", "zquxymeeting", ""] {
        let mut value = planted(&["meetings", "minutes", "decisions"], true);
        for index in 0..2 {
            put(&mut value, &format!("meetings[{index}].kind"), json!(kind));
        }
        for name in ["Rachel Zwart", "Darren Walsh"] {
            assert!(data(&copy(&value, name).record).get("meetings").is_none(), "{kind} {name}");
        }
    }
}

#[test]
fn who_was_not_invited_is_not_named_among_those_who_were() {
    let record = good_plan().record();
    let copied = data(&copy(&record, "Rachel Hart").record);
    assert!(copied["meetings"][3]["invitees"].as_array().is_some_and(|rows| rows.len() == 6));
    assert!(!copied["meetings"].to_string().contains("Darren"));
}

/// Whose child a row is about has to be known, where there are several.
#[test]
fn rows_about_another_child_are_withheld() {
    let shared = |role: &str, children: &[&str], child: &str| {
        let mut value = json!({ "plan": { "needs": [{ "child": child, "text": "A calm evening" }] } });
        for (index, name) in children.iter().enumerate() {
            put(
                &mut value,
                &format!("children[{index}]"),
                json!({ "id": format!("c{index}"), "name": name }),
            );
        }
        put(
            &mut value,
            "sharing.exclusions",
            json!([{ "name": "Darren Walsh", "role": role, "may_share": ["needs"],
            "agreed_by_social_worker": "A", "agreed_by_manager": "B" }]),
        );
        data(&copy(&value, "Darren Walsh").record) != json!({})
    };
    let two = ["Noah Hart", "Amelia Hart"];
    assert!(shared("Noah's father", &two, "c0"));
    assert!(shared("Noah's father", &two, "Noah"));
    assert!(!shared("Noah's father", &two, "c1"));
    assert!(!shared("Noah's father", &two, "Amelia Hart"));
    assert!(!shared("Noah's father", &two, ""));
    assert!(!shared("father", &two, "c0"));
    assert!(shared("father", &two[..1], "c0"));
    assert!(shared("father", &two[..1], ""));
}

/// What the reader of a copy is called is taken from the record: nothing is let through because of what was asked for.
#[test]
fn nobody_lets_words_through_by_what_they_ask_for() {
    let value = shared_actions("Leave it with Amelia at Riverside", false);
    for (name, role) in [("Darren Walsh (Amelia)", ""), ("Darren Walsh", "of Amelia at Riverside")] {
        let reader = Reader { name: name.into(), role: role.into(), ..Reader::default() };
        let copied = copy_for(&record(&value), &reader, &built_in("cambridgeshire")).expect("a copy");
        assert_eq!(data(&copied.record), json!({}), "{name} {role}");
    }
}

// ---- words that give something away ----

fn survives(text: &str, own: bool) -> bool {
    let copied = data(&copy(&shared_actions(text, own), "Darren Walsh").record);
    let stays = copied["plan"]["actions"][0]["what"] == json!(text);
    assert!(stays || copied == json!({}), "a row is kept or withheld as a whole: {copied}");
    stays
}

#[test]
fn words_that_give_something_away_are_withheld_and_others_stay() {
    let cases: Value = read(&root().join("tests/copies/texts.json"));
    let cases = cases["texts"].as_array().expect("texts");
    let wrong: Vec<String> = cases
        .iter()
        .flat_map(|case| {
            let text = case["text"].as_str().expect("a text");
            [("others", false), ("own", true)]
                .into_iter()
                .filter(|(whose, own)| survives(text, *own) != case[*whose].as_bool().expect("yes or no"))
                .map(move |(whose, _)| format!("{whose}: {text}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A name that is planted in any one place of the record is known in every text.
#[test]
fn whatever_the_record_names_gives_itself_away_in_a_text() {
    let places = |kind: &str| list(&leaves()["names"][kind]);
    let planted = [
        "Zebedee Quillfeather",
        "zebedee quillfeather",
        "QUILLFEATHER, Zebedee",
        "Zebedee (Zeb) Quillfeather",
    ];
    let forms = ["quillfeather", "Zebedee's", "ask ZEBEDEE.", "zebedees", "Mr Quillfeather", "Quillfether"];
    for (path, is_place) in places("people")
        .into_iter()
        .map(|path| (path, false))
        .chain(places("places").into_iter().map(|path| (path, true)))
    {
        for (number, name) in planted.iter().enumerate().filter(|(number, _)| !is_place || *number < 2) {
            let is_thing =
                ["plan.services[].name", "plan.actions[].resources[].name"].contains(&path.as_str());
            let form = if is_thing { "to zebedee quillfeather" } else { forms[number] };
            for own in [true, false] {
                let mut value = shared_actions(&format!("then go {form} and talk"), own);
                // The first action is the one with the text, and may be his.
                let place = path.replace("plan.actions[]", "plan.actions[1]").replace("[]", "[0]");
                put(&mut value, &place, json!(name));
                let copied = data(&copy(&value, "Darren Walsh").record).to_string().to_lowercase();
                assert!(
                    !copied.contains("quill") && !copied.contains("zebedee"),
                    "{path}: {name} as {form}: {copied}"
                );
            }
        }
    }
    for form in forms {
        // Nobody has the name, so the row of his own stays: the test would see a name that is missed.
        let text = format!("then go {} and talk", form.to_lowercase().trim_end_matches('.'));
        assert!(survives(&text, true), "{text}");
    }
}

/// The good plans of all manuals, with somebody from whom they are kept: whatever is agreed, nobody else is named.
#[test]
fn no_good_plan_gives_anybody_away() {
    let names = list(&leaves()["names"]["people"]);
    let places = list(&leaves()["names"]["places"]);
    let everyday = list(&leaves()["names"]["everyday"]);
    for (id, _) in BUILT_IN {
        let name = if *id == "cambridgeshire" { "good".into() } else { format!("good-{id}") };
        let example: Value = read(&root().join(format!("www/examples/{name}.json")));
        let mut value = example["record"].clone();
        let exclusion = json!([{ "name": "Viktor Prendergast", "role": "Stepfather", "may_share": parts(),
            "reason": "A restraining order", "agreed_by_social_worker": "A", "agreed_by_manager": "B" }]);
        put(&mut value, "sharing.exclusions", exclusion);
        let copy = copy_for(&record(&value), &named("Viktor Prendergast"), &built_in(id))
            .unwrap_or_else(|refusal| panic!("{id}: {refusal}"));
        holds_no_more(&record(&value), &copy);
        let copied = texts(&data(&copy.record));
        assert!(copied.len() > 5, "{id}: days at least are shared");
        let words = |text: &str| -> BTreeSet<String> {
            text.split(|c: char| !c.is_alphanumeric())
                .map(str::to_lowercase)
                .filter(|word| word.len() > 1)
                .collect()
        };
        for (path, held) in texts(&value) {
            let here = rows_as_brackets(&path);
            for (at, text) in &copied {
                let found = words(text);
                if places.contains(&here) && !everyday.contains(&held) {
                    assert!(!text.to_lowercase().contains(&held.to_lowercase()), "{id}: {at} says {held:?}");
                } else if names.contains(&here) && held.split_whitespace().count() == 2 {
                    let given_away: Vec<String> = words(&held).intersection(&found).cloned().collect();
                    assert!(given_away.is_empty(), "{id}: {at} says {given_away:?} of {held:?}: {text}");
                }
            }
        }
        // And whoever else is asked for gets the plan.
        for (reader, sees) in readers(&record(&value), &built_in(id)) {
            let expected = if reader.name == "Viktor Prendergast" { Sees::AgreedParts } else { Sees::Plan };
            assert_eq!(sees, expected, "{id}: {reader:?}");
            let copy = copy_for(&record(&value), &reader, &built_in(id))
                .unwrap_or_else(|refusal| panic!("{refusal}"));
            holds_no_more(&record(&value), &copy);
        }
    }
}

fn rows_as_brackets(path: &str) -> String {
    path.split('[')
        .map(|piece| piece.split_once(']').map_or(piece.to_owned(), |(_, rest)| format!("]{rest}")))
        .collect::<Vec<_>>()
        .join("[")
}

// ---- who gets which copy ----

#[test]
fn each_recipient_gets_the_copy_that_they_may_see() {
    let cases: Vec<Value> = read(&root().join("tests/copies/recipients.json"));
    assert!(cases.len() > 30);
    for case in &cases {
        let name = case["name"].as_str().expect("a name");
        let mut value = good_plan().record();
        for (path, change) in case["change"].as_object().into_iter().flatten() {
            put(&mut value, path, change.clone());
        }
        let reader: Reader = serde_json::from_value(case["reader"].clone()).expect("a reader");
        let procedure = built_in(case["procedure"].as_str().unwrap_or("cambridgeshire"));
        let copied = copy_for(&record(&value), &reader, &procedure);
        match case["refused"].as_str() {
            Some(code) => {
                let refusal = copied.err().unwrap_or_else(|| panic!("{name}: there is a copy"));
                assert_eq!(refusal.code(), code, "{name}");
                assert!(!refusal.to_string().contains("Darren"), "{name}");
            }
            None => {
                let copied = copied.unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
                holds_no_more(&record(&value), &copied);
                assert_eq!(serde_json::to_value(copied.sees).ok().as_ref(), Some(&case["sees"]), "{name}");
                let is_whole = copied.record.plan.version.text() == "4";
                assert_eq!(is_whole, copied.sees == Sees::Plan, "{name}");
            }
        }
    }
}

#[test]
fn everybody_is_offered_once_with_what_they_may_see() {
    let value = good_plan().record();
    let all = readers(&record(&value), &built_in("cambridgeshire"));
    let seen: Vec<(&str, Sees)> = all.iter().map(|(reader, sees)| (reader.name.as_str(), *sees)).collect();
    assert!(seen.contains(&("Rachel Hart", Sees::Plan)));
    assert!(seen.contains(&("Darren Walsh", Sees::Nothing)));
    let names: BTreeSet<&str> = seen.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), seen.len(), "{seen:?}");
}
