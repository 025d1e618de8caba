//! How well the words of a plan are read: the figures of `docs/wording.md`, for any folder of labelled statements.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cinplan::{Day, Letter, Procedure, Record, Report, Severity, Stage, check};
use serde::Deserialize;
use serde_json::json;

/// A statement as somebody wrote it, with what it lacks in their judgement.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Statement {
    pub what: Option<String>,
    pub who: Option<String>,
    pub measure: Option<String>,
    pub due_on: Option<String>,
    pub outcome: Option<String>,
    /// Letters of SMART; empty for a good one.
    pub lacks: BTreeSet<String>,
    pub outcome_text: Option<String>,
    pub is_outcome: Option<bool>,
    /// A text of another kind, and what about its language gets in the way of a family.
    pub text: Option<String>,
    pub trips: BTreeSet<String>,
    pub area: String,
    pub why: String,
}

/// Every statement of a folder of `.json` files.
pub fn statements(folder: &Path) -> Vec<Statement> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|path| {
            let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            serde_json::from_str::<Vec<Statement>>(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        })
        .collect()
}

/// What was told, at its gravest.
#[derive(Clone, Debug)]
pub struct Told {
    pub severity: Severity,
    /// The rule and what it says.
    pub finding: String,
    /// The words it is about.
    pub words: Option<String>,
}

/// What was told of a statement, by `letter` or kind.
pub fn told(statement: &Statement) -> BTreeMap<String, Told> {
    let mut record = json!({});
    let row = |value: &Option<String>| value.clone().unwrap_or_default();
    let place = if let Some(text) = &statement.outcome_text {
        record["plan"] = json!({ "outcomes": [{ "text": text }] });
        "plan.outcomes[0].text"
    } else if let Some(text) = &statement.text {
        record["plan"] = json!({ "needs": [{ "text": text }] });
        "plan.needs[0].text"
    } else {
        record["plan"] = json!({
            "outcomes": [{ "text": row(&statement.outcome) }],
            "actions": [{
                "what": row(&statement.what), "who": row(&statement.who), "measure": row(&statement.measure),
                "due_on": row(&statement.due_on),
            }]
        });
        "plan.actions[0]"
    };
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    for finding in report(&record).findings.into_iter().filter(|finding| finding.path.starts_with(place)) {
        let kind = match (finding.letter, KINDS.iter().find(|(rule, _)| *rule == finding.rule)) {
            (Some(letter @ (Letter::S | Letter::M | Letter::T)), _) => format!("{letter:?}"),
            (_, Some((_, kind))) => (*kind).into(),
            _ => continue,
        };
        let text = match &finding.path[place.len()..] {
            ".what" => &statement.what,
            ".measure" => &statement.measure,
            _ => statement.outcome_text.as_ref().map_or(&statement.text, |_| &statement.outcome_text),
        };
        let words = text.as_ref().zip(finding.span).map(|(text, (from, to))| {
            let units: Vec<u16> = text.encode_utf16().collect();
            String::from_utf16_lossy(&units[from as usize..to as usize])
        });
        let now = Told {
            severity: finding.severity,
            finding: format!("{}: {}", finding.rule, finding.message),
            words,
        };
        let known = told.entry(kind).or_insert_with(|| now.clone());
        if now.severity > known.severity {
            *known = now;
        }
    }
    told
}

/// The rules about language and outcomes, with what the statements call what they find.
const KINDS: &[(&str, &str)] = &[
    ("outcome-not-action", "action"),
    ("plan-jargon", "jargon"),
    ("plan-abbreviations", "abbreviation"),
    ("plan-labels", "blame"),
    ("plan-long-sentences", "long"),
];

fn report(record: &serde_json::Value) -> Report {
    let record: Record = serde_json::from_value(record.clone()).expect("a record is always read");
    let procedure = Procedure::built_in("cambridgeshire").expect("it ships");
    check(&record, &procedure, Day::of(2026, 11, 21).expect("a day"), Stage::Circulate)
}

/// Right and wrong, of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub caught: usize,
    pub missed: usize,
    pub false_alarms: usize,
}

impl Tally {
    fn add(&mut self, lacking: bool, told: bool) {
        match (lacking, told) {
            (true, true) => self.caught += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.false_alarms += 1,
            (false, false) => {}
        }
    }

    pub fn precision(&self) -> f64 {
        share(self.caught, self.caught + self.false_alarms)
    }

    pub fn recall(&self) -> f64 {
        share(self.caught, self.caught + self.missed)
    }
}

pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { f64::NAN } else { part as f64 / whole as f64 }
}

/// The figures of a set of statements.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// By letter, at any severity.
    pub letters: BTreeMap<String, Tally>,
    pub bad: usize,
    /// Bad ones of which something was told, and of which something right was told.
    pub caught: usize,
    pub caught_rightly: usize,
    pub caught_gravely: usize,
    pub good: usize,
    /// Good ones of which something was told at all, and at a warning or above.
    pub faulted: usize,
    pub faulted_gravely: usize,
    /// Everything told of the good ones, language too.
    pub told_of_good: usize,
    pub outcomes: Tally,
    pub outcome_statements: usize,
    pub language: BTreeMap<String, Tally>,
    pub texts: usize,
    /// What went wrong, in words.
    pub wrong: Vec<String>,
}

pub fn figures(statements: &[Statement]) -> Figures {
    let mut figures = Figures::default();
    for statement in statements {
        let told = told(statement);
        let has = |kind: &str| told.contains_key(kind);
        let shown = || {
            told.iter()
                .map(|(kind, Told { severity, finding, .. })| {
                    format!("\n      {kind} {severity:?} {finding}")
                })
                .collect::<String>()
        };
        if let (Some(text), Some(is_outcome)) = (&statement.outcome_text, statement.is_outcome) {
            figures.outcome_statements += 1;
            figures.outcomes.add(!is_outcome, has("action"));
            if is_outcome == has("action") {
                figures.wrong.push(format!("OUTCOME {is_outcome}: {text}{}", shown()));
            }
        } else if let Some(text) = &statement.text {
            figures.texts += 1;
            for kind in ["jargon", "abbreviation", "blame", "long"] {
                figures
                    .language
                    .entry(kind.into())
                    .or_default()
                    .add(statement.trips.contains(kind), has(kind));
                if statement.trips.contains(kind) != has(kind) {
                    figures.wrong.push(format!("LANGUAGE {:?} {kind}: {text}{}", statement.trips, shown()));
                }
            }
        } else {
            let row = format!(
                "{:?} | {:?} | {:?} | {:?}",
                statement.what.as_deref().unwrap_or_default(),
                statement.who.as_deref().unwrap_or_default(),
                statement.measure.as_deref().unwrap_or_default(),
                statement.due_on.as_deref().unwrap_or_default(),
            );
            let lacks: String = statement.lacks.iter().map(String::as_str).collect();
            let mut amiss = Vec::new();
            for letter in ["S", "M", "T"] {
                let lacking = statement.lacks.contains(letter);
                figures.letters.entry(letter.into()).or_default().add(lacking, has(letter));
                if lacking != has(letter) {
                    amiss.push(format!("{}{letter}", if lacking { "-" } else { "+" }));
                }
            }
            let letters = || told.iter().filter(|(kind, _)| kind.len() == 1);
            let graver = letters().any(|(_, told)| told.severity >= Severity::Warning);
            let any = letters().next().is_some();
            if statement.lacks.is_empty() {
                figures.good += 1;
                figures.faulted += usize::from(any);
                figures.faulted_gravely += usize::from(graver);
                figures.told_of_good += told.len();
            } else {
                figures.bad += 1;
                figures.caught += usize::from(any);
                figures.caught_gravely += usize::from(graver);
                figures.caught_rightly += usize::from(statement.lacks.iter().any(|letter| has(letter)));
            }
            let good = statement.lacks.is_empty();
            if !amiss.is_empty() {
                let mark = match () {
                    () if good && graver => "GOOD!!",
                    () if good => "GOOD",
                    () if !any => "MISSED",
                    () => "letters",
                };
                figures.wrong.push(format!("{mark} [{lacks}] {}: {row}{}", amiss.join(" "), shown()));
            }
        }
    }
    figures
}

// ---- the page ----

/// What the table of unseen statements cannot show, since the code has changed after it was first made.
const FIRST_RUN: &str = "
These were written in two parts by two other people, who saw neither the code nor the lists. The figures that say most are
those of the first run of each part, before anything was mended:

| First run | Of the first part | Of the second part |
| --- | --- | --- |
| Actions that lack something, and are told so | 162 of 170 (95 %) | 118 of 126 (94 %) |
| Good actions of which a letter is told at a warning or above | 10 of 140 (7 %) | 9 of 126 (7 %) |

The kinds of mistake in the first part were mended by examples of their own, by somebody who did not see the statements. In the
second part, which was no more than counted meanwhile, that left 7 of 126 (6 %) faulted at a warning or above; one kind of mistake
in it was mended afterwards. Expect figures between these and the table's for the statements of others.
";

pub fn page() -> String {
    let root = super::root().join("tests/wording");
    let mut page = String::from(INTRODUCTION);
    tables(&mut page, "The set that the lists were written with", &figures(&statements(&root)));
    if root.join("unseen").is_dir() {
        let unseen = figures(&statements(&root.join("unseen")));
        tables(&mut page, "A set that was not looked at while the lists were written", &unseen);
        page.push_str(FIRST_RUN);
    }
    page.push_str(METHODS);
    page
}

fn tables(page: &mut String, heading: &str, figures: &Figures) {
    let percent =
        |share: f64| if share.is_nan() { "\u{2013}".into() } else { format!("{:.0} %", share * 100.0) };
    let count = figures.bad + figures.good;
    let _ = write!(
        page,
        "\n## {heading}\n\n{count} actions, {} of them good and {} lacking something; {} statements that are an outcome or only \
         look like one; {} sentences to be judged by their language.\n\n",
        figures.good, figures.bad, figures.outcome_statements, figures.texts,
    );
    page.push_str("| | Share |\n| --- | --- |\n");
    for (what, part, whole) in [
        ("Actions that lack something, and are told so", figures.caught, figures.bad),
        ("… told of a letter that they do lack", figures.caught_rightly, figures.bad),
        ("… at a warning or above", figures.caught_gravely, figures.bad),
        (
            "Good actions of which a letter is told at a warning or above",
            figures.faulted_gravely,
            figures.good,
        ),
        ("Good actions of which a letter is told at all, as advice", figures.faulted, figures.good),
    ] {
        let _ = writeln!(page, "| {what} | {part} of {whole} ({}) |", percent(share(part, whole)));
    }
    let _ = writeln!(
        page,
        "\nFalse alarms for each good action, letters and language together: {:.2}.\n",
        figures.told_of_good as f64 / figures.good.max(1) as f64
    );
    page.push_str("| | Precision | Recall | Lacking |\n| --- | --- | --- | --- |\n");
    let letters = figures.letters.iter().map(|(letter, tally)| (letter_name(letter), *tally));
    let language = figures.language.iter().map(|(kind, tally)| (kind.as_str(), *tally));
    for (name, tally) in
        letters.chain([("an action that stands for an outcome", figures.outcomes)]).chain(language)
    {
        let (precision, recall) = (percent(tally.precision()), percent(tally.recall()));
        let _ = writeln!(page, "| {name} | {precision} | {recall} | {} |", tally.caught + tally.missed);
    }
}

fn letter_name(letter: &str) -> &str {
    match letter {
        "S" => "S: specific",
        "M" => "M: measurable",
        "T" => "T: with a timescale",
        other => other,
    }
}

const INTRODUCTION: &str = "\
# How well the words of a plan are read

This page is written by `make docs` from the labelled statements in `tests/wording/` and the code as it stands. Do not edit
it. `cargo run --example wording -- FOLDER --list` gives the same figures for any folder of such statements, and lists what
went wrong.

Each statement was written and labelled by people who did not write the code: what it lacks in their judgement, letter by
letter. It is checked alone, as the only action of a plan, by the manual of Cambridgeshire, which asks for all letters, at the
stage at which the plan goes out. What counts is whether a letter is told at all, in whichever column.

*Precision* is the share of what was told that was lacking; *recall* the share of what was lacking that was told.
";

const METHODS: &str = "
## How it is read

Nothing is scored and nothing is learnt: every finding follows from rules that can be read in `src/wording/`. A row is read
once. The text is cut into words with their places; lists (`src/wording/lists.txt`) say what a word or phrase may be: a verb
that somebody can be seen doing or one that only says what is aimed at, a person, a group, a unit of time, a thing that shows
what happened. Each list has examples that must and must not trip it.

- **Specific** looks for the verbs of the main clauses, with who stands before them. One verb that can be seen is enough. A
  verb such as “support” is let be where it is said how: “by taking her there”, a number, how often, with which tool.
- **Measurable** looks for a number that counts something, how often, a thing that shows it or somebody who sees it, in the
  measure or in what is done. Dates, ages, names such as “Year 6” and lengths of time are no measure. What is done once, and
  then is done, is advice at most.
- **Timescale** looks for a day, a length of time that ends or a day that the calendar sets, in the column and in what is done.
  “Ongoing” with a review that is dated or comes again is one; “every week” alone says not until when, which is advice. A day that is past is none.
- What stands in quotation marks is somebody's own words, and is not judged.
- At most two things are told of the words of one action, the most useful first.
- **Reading age** is the Automated Readability Index (Senter and Smith, 1967) and five years: characters, words and sentences
  are counted, and nothing is guessed. The figures agree with those of textstat for Python. It is told above 14, for a plan of
  a hundred words and more. A sentence is long from 38 words on.

## Known weaknesses

- A thing may be named that measures nothing here: “complete the chart” counts as shown by the chart.
- A length of time is no measure, but a number of sessions is, whatever happens in them: “engage with … for 10 sessions” is
  advice at most.
- An agency is known by its kind (“team”, “service”, “Housing”); one that is called by a name alone, such as “Riverside”, is
  taken for somebody.
- A sentence without a verb is judged by its nouns alone.
- Names are known by their capital letter; a name in small letters is not seen in a sentence, and a thing that begins a
  sentence may be taken for somebody.
- A misspelt verb is not on any list, and counts as one that can be seen.
- Other manuals ask for fewer letters; where one is silent, nothing is told of that letter.
- Abbreviations of people whom every family meets (GP, SW, HV, FSW) are let be. Others are told once for the whole plan, and
  where each statement is checked alone, as here, that is once for each.
- Jargon, labels and abbreviations are lists: what is on none of them is not seen. What counts as jargon is a matter of taste;
  the labels are left alone where a council, a school or the police are told about.
- An outcome is known from an action by verbs of service (“attend”, “refer”, “receive”); “make a plan” and “take her tablets”
  pass for outcomes.
- Whether a number is the right number, a person the right person and a day a realistic one is for people to judge.
";

/// What is told of each statement where one of its words is left out; of those that show a principle, also where a word
/// changes places with the next, begins otherwise or ends a sentence. The path of the page, and how it should read.
pub fn other_words() -> (String, String) {
    let folder = super::root().join("tests/wording");
    let principles: String = statements(&folder.join("principles"))
        .iter()
        .map(|one| neighbours(one, &[&left_out, &swapped, &other_case, &ended]))
        .collect();
    let others: String = statements(&folder).iter().map(|one| neighbours(one, &[&left_out])).collect();
    ("tests/neighbours/words.txt".into(), principles + &others)
}

/// The words of a text with another at a place, and how they differ; `None` where they cannot.
type Other<'a> = &'a dyn Fn(&[&str], usize) -> Option<(String, Vec<String>)>;

fn with(
    words: &[&str],
    at: usize,
    how: &str,
    instead: Vec<String>,
    count: usize,
) -> Option<(String, Vec<String>)> {
    let mut other: Vec<String> = words.iter().map(|word| (*word).into()).collect();
    other.splice(at..at + count, instead);
    Some((format!("“{}” {how}", words[at]), other))
}

fn left_out(words: &[&str], at: usize) -> Option<(String, Vec<String>)> {
    with(words, at, "left out", Vec::new(), 1)
}

fn swapped(words: &[&str], at: usize) -> Option<(String, Vec<String>)> {
    let next = words.get(at + 1)?;
    with(words, at, "after the next", vec![(*next).into(), words[at].into()], 2)
}

fn other_case(words: &[&str], at: usize) -> Option<(String, Vec<String>)> {
    let mut letters = words[at].chars();
    let first = letters.next()?;
    let other: String =
        if first.is_uppercase() { first.to_lowercase().collect() } else { first.to_uppercase().collect() };
    if other == first.to_string() {
        None
    } else {
        with(words, at, "begins otherwise", vec![other + letters.as_str()], 1)
    }
}

fn ended(words: &[&str], at: usize) -> Option<(String, Vec<String>)> {
    words.get(at + 1)?;
    with(words, at, "ends a sentence", vec![format!("{}.", words[at])], 1)
}

fn neighbours(statement: &Statement, others: &[Other]) -> String {
    let told = |statement: &Statement| {
        let told: Vec<_> = told(statement)
            .into_iter()
            .map(|(kind, Told { severity, words, .. })| {
                let words = words.map(|words| format!(" “{words}”")).unwrap_or_default();
                format!("{kind} {}{words}", json!(severity).as_str().unwrap_or_default())
            })
            .collect();
        if told.is_empty() { "nothing".into() } else { told.join(", ") }
    };
    let before = told(statement);
    let texts: [fn(&mut Statement) -> &mut Option<String>; 4] = [
        |statement| &mut statement.what,
        |statement| &mut statement.measure,
        |statement| &mut statement.outcome_text,
        |statement| &mut statement.text,
    ];
    let mut page = String::new();
    for text in texts {
        let Some(typed) = text(&mut statement.clone()).clone() else { continue };
        let words: Vec<_> = typed.split(' ').collect();
        for (other, at) in others.iter().flat_map(|other| (0..words.len()).map(move |at| (other, at))) {
            let Some((how, changed)) = other(&words, at) else { continue };
            let mut neighbour = statement.clone();
            *text(&mut neighbour) = Some(changed.join(" "));
            let now = told(&neighbour);
            if now != before {
                let behind =
                    at.checked_sub(1).map_or("at the beginning".into(), |i| format!("after “{}”", words[i]));
                page += &format!("  {how}, {behind}: {now}\n");
            }
        }
    }
    type Column = (&'static str, fn(&mut Statement) -> &mut Option<String>);
    let columns: [Column; 3] = [
        ("who", |statement| &mut statement.who),
        ("measure", |statement| &mut statement.measure),
        ("day", |statement| &mut statement.due_on),
    ];
    for (name, column) in columns {
        let mut neighbour = statement.clone();
        if column(&mut neighbour).take().is_none_or(|typed| typed.is_empty()) {
            continue;
        }
        let now = told(&neighbour);
        if now != before {
            page += &format!("  no {name}: {now}\n");
        }
    }
    let head = [&statement.what, &statement.measure, &statement.outcome_text, &statement.text];
    let head: Vec<_> = head.into_iter().flatten().map(String::as_str).collect();
    format!("{}: {before}\n{page}\n", head.join(" | "))
}
