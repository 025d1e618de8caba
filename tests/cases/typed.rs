//! What is read from what people type, where it is a little different: days, times, periods, names, answers of every kind,
//! words of a copy, and the procedure of an authority.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use cinplan::copy::{Reader, copy_for, readers};
use cinplan::day::{Calendar, Day, Time};
use cinplan::period::Period;
use cinplan::{Given, Procedure, Record};
use serde_json::{Value, json};

use super::copied::shared_actions;
use super::dice::{answers, given, odd};
use super::neighbours::CALLED;
use super::{built_in, good_plan, pattern, places, problems, put, read, root};

/// Every page, with its path from the root of the project.
pub fn pages() -> Vec<(String, String)> {
    [("days", days()), ("answers", typed_answers()), ("copies", copies()), ("procedures", procedures())]
        .map(|(name, page)| (format!("tests/neighbours/typed-{name}.txt"), page))
        .into()
}

/// What differs, by how it comes out, in the order in which it was first seen.
#[derive(Default)]
struct Groups(Vec<(String, Vec<String>)>);

impl Groups {
    fn add(&mut self, result: String, what: String) {
        match self.0.iter_mut().find(|(known, _)| *known == result) {
            Some((_, all)) => all.push(what),
            None => self.0.push((result, vec![what])),
        }
    }

    fn lines(self) -> String {
        self.0.into_iter().map(|(result, all)| format!("  {}: {result}\n", all.join(" | "))).collect()
    }
}

// ---- days, times and periods ----

fn days() -> String {
    table::<Day>("dates") + &table::<Time>("times") + &table::<Period>("periods") + &lengths()
}

/// How long a length of time is: from the last day of a month, and beside others.
fn lengths() -> String {
    let lengths = [
        "1 hour",
        "24 hours",
        "25 hours",
        "1 day",
        "2 days",
        "7 days",
        "28 days",
        "31 days",
        "32 days",
        "366 days",
        "1 working day",
        "5 working days",
        "6 working days",
        "21 working days",
        "1 week",
        "4 weeks",
        "5 weeks",
        "52 weeks",
        "53 weeks",
        "1 month",
        "2 months",
        "12 months",
        "13 months",
        "1 year",
        "2 years",
    ];
    let read = |text: &str| text.parse::<Period>().unwrap_or_else(|problem| panic!("{text}: {problem}"));
    let calendar = Calendar::default();
    let from = Day::of(2026, 3, 31).expect("a day");
    let mut page = format!("From {from} on, back from there, and what it is longer than\n");
    for text in lengths {
        let (after, before) = (read(text).after(from, &calendar), read(text).before(from, &calendar));
        let shorter: Vec<&str> =
            lengths.into_iter().filter(|other| read(text).longer_than(read(other))).collect();
        page += &format!("  {text}: {after}; {before}; {}\n", shorter.join(", "));
    }
    page
}

/// Each text of a table with a character left out, and with a digit one higher.
fn table<T: FromStr<Err: Display> + Display>(name: &str) -> String {
    let cases: Vec<Value> = read(&root().join(format!("tests/days/{name}.json")));
    let shown =
        |text: &str| text.parse::<T>().map_or_else(|problem| problem.to_string(), |read| read.to_string());
    let mut page = String::new();
    for case in &cases {
        let text = case["text"].as_str().expect("a text");
        let before = shown(text);
        let mut groups = Groups::default();
        for other in others(text) {
            let now = shown(&other);
            if now != before {
                groups.add(now, other);
            }
        }
        page += &format!("{text}: {before}\n{}\n", groups.lines());
    }
    page
}

fn others(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut others: Vec<String> = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let mut other = letters.clone();
        other.remove(at);
        others.push(other.iter().collect());
        if let Some(digit) = letter.to_digit(10).filter(|_| letter.is_ascii_digit()) {
            let mut other = letters.clone();
            other[at] = char::from_digit((digit + 1) % 10, 10).expect("a digit");
            others.push(other.iter().collect());
        }
    }
    others.dedup();
    others
}

// ---- answers ----

/// What is told of odd answers, for all places of the record that take the same ones.
fn typed_answers() -> String {
    let odd = odd();
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for place in places() {
        let mut groups = Groups::default();
        for answer in &odd {
            let mut record = Record::default();
            let taken = record.set(&place.path, given(answer));
            let mut told = Vec::new();
            problems(&record, &mut told);
            let held = serde_json::to_value(&record).expect("a record is data");
            let held: Vec<String> = answers(&held).iter().map(|(_, held)| short(held)).collect();
            let held = match (taken, &held[..]) {
                (false, _) => "no such place".into(),
                (true, []) => "nothing".into(),
                (true, [held]) if *held == short(answer) => "as it was typed".into(),
                (true, held) => held.join(", "),
            };
            told.insert(0, held);
            groups.add(told.join("; "), short(answer));
        }
        kinds.entry(groups.lines()).or_default().push(pattern(&place.path));
    }
    let mut page = labels();
    let mut pages: Vec<String> =
        kinds.into_iter().map(|(told, paths)| format!("{}\n{told}\n", paths.join("\n"))).collect();
    pages.sort();
    page += &pages.concat();
    page
}

/// What each place is called, where it cannot be read.
fn labels() -> String {
    let case = good_plan();
    let mut page = String::new();
    for place in places() {
        let mut record = Record::default();
        record.set(&place.path, Given::Other);
        let report = cinplan::check(&record, &case.procedure(), case.today, case.stage);
        let told = report
            .findings
            .iter()
            .filter(|finding| finding.path == place.path && finding.rule.starts_with("record"));
        page += &format!(
            "{}: {}\n",
            place.path,
            told.map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("; ")
        );
    }
    page + "\n"
}

fn short(answer: &Value) -> String {
    shortened(&answer.to_string(), 60)
}

fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text.into(),
    }
}

// ---- copies ----

/// Whether an action stays in the copy of somebody from whom the plan is kept, where a word of it is left out, or where it
/// calls somebody by each of many names; and what each of those would get who are called so.
fn copies() -> String {
    let mut page = String::new();
    let cases: Value = read(&root().join("tests/copies/texts.json"));
    let stays = |text: &str| {
        let both = [false, true].map(|own| {
            let record = shared_actions(text, own);
            let reader = Reader { name: "Darren Walsh".into(), ..Reader::default() };
            let copy = copy_for(&held(&record), &reader, &built_in("cambridgeshire")).expect("a copy");
            copy.record.plan.actions.rows().next().is_some()
        });
        match both {
            [true, true] => "stays",
            [true, false] => "stays where it is somebody else's",
            [false, true] => "stays where it is his own",
            [false, false] => "is withheld",
        }
    };
    for case in cases["texts"].as_array().expect("texts") {
        let text = case["text"].as_str().expect("a text");
        let before = stays(text);
        let words: Vec<&str> = text.split(' ').collect();
        let mut groups = Groups::default();
        for at in 0..words.len() {
            let mut other = words.clone();
            other.remove(at);
            let now = stays(&other.join(" "));
            if now != before {
                groups.add(now.into(), format!("without “{}”", words[at]));
            }
        }
        page += &format!("{text}: {before}\n{}\n", groups.lines());
    }
    let mut groups = Groups::default();
    for name in CALLED {
        groups.add(stays(&format!("Then ask {name} first")).into(), (*name).into());
    }
    page += &format!("Then ask … first\n{}\n", groups.lines());

    let record = held(&good_plan().record());
    let mut groups = Groups::default();
    for name in CALLED {
        let reader = Reader { name: (*name).into(), ..Reader::default() };
        let copy = copy_for(&record, &reader, &built_in("cambridgeshire"));
        let sees = |copy: &cinplan::copy::PlanCopy| json!(copy.sees).as_str().unwrap_or_default().to_owned();
        groups.add(copy.as_ref().map_or_else(|refusal| refusal.code().into(), sees), (*name).into());
    }
    page += &format!("Whose copy holds what, by their name\n{}\n", groups.lines());
    let mut groups = Groups::default();
    for name in CALLED.iter().chain(["Grandad Peter", "Noah Hart's dad", "Father Tomasz Lis"].iter()) {
        let mut record = shared_actions("Read to Noah at bedtime", false);
        put(&mut record, "sharing.exclusions[0].name", json!(name));
        let reader = Reader { name: "Rachel Hart".into(), ..Reader::default() };
        let copy = copy_for(&held(&record), &reader, &built_in("cambridgeshire"));
        groups.add(copy.map_or_else(|refusal| refusal.code().into(), |_| "a copy".into()), (*name).into());
    }
    page += &format!("What the mother gets, where the plan is kept from\n{}\n", groups.lines());
    for (reader, sees) in readers(&record, &built_in("cambridgeshire")) {
        page += &format!("{}, {}: {}\n", reader.name, reader.role, json!(sees).as_str().unwrap_or_default());
    }
    page
}

fn held(record: &Value) -> Record {
    serde_json::from_value(record.clone()).expect("a record is always read")
}

// ---- procedures ----

/// What is told of a procedure where one of its values is left out, or is another; nothing where it fits all the same.
fn procedures() -> String {
    let mut page = String::new();
    for id in ["cambridgeshire", "derbyshire"] {
        let whole = serde_json::to_value(built_in(id)).expect("a procedure is data");
        let mut groups = Groups::default();
        for (path, value) in answers(&whole) {
            // Where a requirement stands in its manual is text, thousands of times.
            if path.contains("cites") {
                continue;
            }
            for (how, other) in [("left out", Value::Null), ("other", near(&value))] {
                let mut procedure = whole.clone();
                put(&mut procedure, &path, other);
                if let Err(problem) = Procedure::read(&procedure) {
                    let told = problem.to_string().replace(&path, "…");
                    groups.add(format!("{how}: {}", shortened(&told, 160)), pattern(&path));
                }
            }
        }
        groups.0.iter_mut().for_each(|(_, paths)| paths.dedup());
        page += &format!("{id}\n{}\n", groups.lines());
    }
    page
}

/// A value of the same kind.
fn near(value: &Value) -> Value {
    match value {
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => json!(number.as_f64().expect("JSON holds no others") + 1.0),
        Value::String(text) => json!(format!("{text}-x")),
        other => other.clone(),
    }
}
