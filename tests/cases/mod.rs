//! Cases as data: the good plan, a change to it, and what is to be found.

pub mod copied;
pub mod dice;
pub mod holds;
pub mod neighbours;
pub mod typed;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use cinplan::{Day, Finding, Part, Procedure, Record, Report, Severity, Stage, Step, check};
use serde::Deserialize;
use serde_json::{Map, Value};

/// One case: a change to the good plan, checked on a day, at a stage, against a manual.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case shows.
    pub name: String,
    /// The rule that it is about; findings of other rules are left aside.
    pub rule: String,
    #[serde(default = "cambridgeshire")]
    pub procedure: String,
    /// Terms of the procedure that the case changes, by their path.
    #[serde(default)]
    pub terms: Map<String, Value>,
    #[serde(default = "good_day")]
    pub today: Day,
    #[serde(default = "last_stage")]
    pub stage: Stage,
    /// Values by their path.
    #[serde(default)]
    pub change: Map<String, Value>,
    /// Starts from an empty record instead of the good plan.
    #[serde(default)]
    pub from_nothing: bool,
    /// Whether the prompt is to be asked, where the case is about one.
    #[serde(default)]
    pub asks: Option<bool>,
    /// What the rule is to find, in order.
    pub finds: Vec<Expected>,
}

/// A finding that is to be there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub path: String,
    pub severity: Severity,
    /// Words of the message.
    pub says: String,
    /// Words of the remedy.
    #[serde(default)]
    pub does: String,
    /// Whether a recorded reason settles it.
    #[serde(default)]
    pub accepted: bool,
}

impl Expected {
    pub fn of(finding: &Finding) -> Expected {
        Expected {
            path: finding.path.clone(),
            severity: finding.severity,
            says: finding.message.clone(),
            does: finding.remedy.clone(),
            accepted: finding.accepted.is_some(),
        }
    }

    pub fn is(&self, finding: &Finding) -> bool {
        self.path == finding.path
            && self.severity == finding.severity
            && finding.message.contains(&self.says)
            && finding.remedy.contains(&self.does)
            && self.accepted == finding.accepted.is_some()
    }
}

impl Case {
    pub fn record(&self) -> Value {
        let mut record = if self.from_nothing { Value::Object(Map::new()) } else { good_record() };
        for (path, value) in &self.change {
            put(&mut record, path, value.clone());
        }
        record
    }

    pub fn report(&self) -> Report {
        self.report_of(&self.record())
    }

    /// The report of another record on its day, at its stage, against its manual.
    pub fn report_of(&self, record: &Value) -> Report {
        let record: Record = serde_json::from_value(record.clone()).expect("a record is always read");
        check(&record, &self.procedure(), self.today, self.stage)
    }

    pub fn procedure(&self) -> Procedure {
        if self.terms.is_empty() {
            return built_in(&self.procedure);
        }
        let mut procedure = serde_json::to_value(built_in(&self.procedure)).expect("a procedure is data");
        for (path, value) in &self.terms {
            put(&mut procedure, path, value.clone());
        }
        Procedure::read(&procedure).unwrap_or_else(|problem| panic!("{}: {problem}", self.name))
    }
}

pub fn built_in(id: &str) -> Procedure {
    static READ: LazyLock<Mutex<BTreeMap<String, Procedure>>> = LazyLock::new(Default::default);
    let known = READ.lock().ok().and_then(|read| read.get(id).cloned());
    known.unwrap_or_else(|| {
        let procedure = Procedure::built_in(id)
            .unwrap_or_else(|| panic!("{id} is no procedure that ships, or cannot be read"));
        if let Ok(mut read) = READ.lock() {
            read.insert(id.into(), procedure.clone());
        }
        procedure
    })
}

/// Every case of every file of `tests/rules/`.
pub fn all_cases() -> Vec<Case> {
    case_files().iter().flat_map(|path| read::<Vec<Case>>(path)).collect()
}

/// The files of `tests/rules/`.
pub fn case_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("tests/rules"))
        .expect("cases")
        .map(|entry| entry.expect("entry").path())
        .collect();
    files.sort();
    files
}

/// The good plan as it stands, as a case in which nothing is to be found.
pub fn good_plan() -> Case {
    Case {
        name: "The good plan".into(),
        rule: String::new(),
        procedure: cambridgeshire(),
        terms: Map::new(),
        today: good_day(),
        stage: last_stage(),
        change: Map::new(),
        from_nothing: false,
        asks: None,
        finds: Vec::new(),
    }
}

fn good() -> &'static Value {
    static GOOD: LazyLock<Value> = LazyLock::new(|| read(&root().join("www/examples/good.json")));
    &GOOD
}

fn good_record() -> Value {
    good()["record"].clone()
}

fn good_day() -> Day {
    serde_json::from_value(good()["today"].clone()).expect("the good plan has a day")
}

fn last_stage() -> Stage {
    Stage::Close
}

fn cambridgeshire() -> String {
    "cambridgeshire".into()
}

/// The folder of the project, for the targets of `fuzz/` too.
pub fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().find(|folder| folder.join("procedures").exists()).unwrap_or(own)
}

pub fn read<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Puts a value at a path such as `meetings[0].chair.name`, makes what is missing on the way, and takes away what is
/// there where the value is `null`.
pub fn put(target: &mut Value, path: &str, value: Value) {
    let (path, add) = match path.strip_suffix('+') {
        Some(path) => (path, true),
        None => (path, false),
    };
    let mut here = target;
    for step in path.split(['.', '[']) {
        here = match step.strip_suffix(']').map(|index| index.parse::<usize>().expect("an index")) {
            Some(index) => {
                if !here.is_array() {
                    *here = Value::Array(Vec::new());
                }
                let rows = here.as_array_mut().expect("a list");
                if rows.len() <= index {
                    rows.resize(index + 1, Value::Null);
                }
                &mut rows[index]
            }
            None => {
                if !here.is_object() {
                    *here = Value::Object(Map::new());
                }
                here.as_object_mut().expect("a group").entry(step).or_insert(Value::Null)
            }
        };
    }
    if add {
        if !here.is_array() {
            *here = Value::Array(Vec::new());
        }
        here.as_array_mut().expect("a list").push(value);
    } else {
        *here = value;
    }
}

/// A path with rows without their number: `meetings[].chair.name`.
pub fn pattern(path: &str) -> String {
    let mut pattern = String::new();
    for (at, piece) in path.split('[').enumerate() {
        match piece.split_once(']') {
            Some((_, after)) if at > 0 => pattern = pattern + "[]" + after,
            _ => pattern += piece,
        }
    }
    pattern
}

/// A place of the record.
pub struct Place {
    pub path: String,
    pub is_leaf: bool,
}

/// Every place there is, with one row in each list and one name in each group of names.
pub fn places() -> Vec<Place> {
    fn walk(part: &mut dyn Part, path: &str, all: &mut Vec<Place>) {
        let mut names = Vec::new();
        part.each(&mut |step, _| {
            if let Step::Name(name) = step {
                names.push(name.to_owned());
            }
        });
        if names.is_empty() && part.start_names() {
            names.push("meeting-safety".into());
        }
        let mut is_leaf = names.is_empty();
        for name in names {
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if let Some(part) = part.named(&name) {
                walk(part, &below, all);
            }
        }
        if let Some(row) = part.row(0) {
            is_leaf = false;
            walk(row, &format!("{path}[0]"), all);
        }
        if !path.is_empty() {
            all.push(Place { path: path.into(), is_leaf });
        }
    }
    let mut all = Vec::new();
    walk(&mut Record::default(), "", &mut all);
    all
}

/// What is told of each answer of a part that cannot be read.
pub fn problems(part: &dyn Part, all: &mut Vec<String>) {
    all.extend(part.problem().map(str::to_owned));
    part.each(&mut |_, part| problems(part, all));
}
