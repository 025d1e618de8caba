//! The generated pages: `docs/rules.md`, what is checked; `docs/coverage.md`, what answers each requirement; and
//! `docs/wording.md`, how well words are read.
//!
//! `examples/docs.rs` writes them (`make docs`), and `tests/catalogue.rs` holds them against the files.

pub mod coverage;
mod rules;
pub mod wording;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub use cinplan::procedure::GROUPS;
use cinplan::procedure::{BUILT_IN, Force};
use cinplan::{Procedure, Severity, Stage};
use serde::Deserialize;

/// What the ids of checks begin with, and the part of the plan that each stands for, in the order of the page.
pub const PARTS: &[(&str, &str)] = &[
    ("record", "The record"),
    ("case", "The case"),
    ("child", "The children"),
    ("plan", "The plan"),
    ("need", "Needs"),
    ("outcome", "Outcomes"),
    ("action", "Actions"),
    ("service", "Services"),
    ("change", "Changes between meetings"),
    ("attendance", "Who takes part"),
    ("chairing", "Who chairs"),
    ("sharing", "Signing, copies and from whom the plan is kept"),
    ("meeting", "Meetings"),
    ("minutes", "Minutes"),
    ("review", "Reviews"),
    ("visit", "Visits and supervision"),
    ("conference", "Child protection conferences"),
    ("core", "Core groups"),
    ("protection", "Visits under a child protection plan"),
    ("transfer", "Moves of a child with a child protection plan"),
    ("closure", "Closing the case"),
    ("moving", "Moving between areas"),
];

/// Each page by its path from the root of the project, as it should read.
pub fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("docs/rules.md", rules::page()),
        ("docs/coverage.md", coverage::page()),
        ("docs/wording.md", wording::page()),
    ]
}

/// One statement of a manual, in the project's own words.
#[derive(Clone, Debug, Deserialize)]
pub struct Requirement {
    pub id: String,
    /// The section of the manual: its number and title.
    pub section: String,
    pub says: String,
    /// `must`, `should`, `may` or `fact`.
    pub force: String,
    /// `computed`, `recorded` or `advised`.
    pub check: String,
}

impl Requirement {
    /// How strongly it can be asked. A fact asks nothing.
    pub fn force(&self) -> Force {
        match self.force.as_str() {
            "must" => Force::Must,
            "should" => Force::Should,
            _ => Force::May,
        }
    }

    /// The number of its section.
    pub fn section_number(&self) -> &str {
        self.section.split(' ').next().unwrap_or_default()
    }
}

/// The requirements of a manual, in its order.
pub fn requirements(manual: &str) -> Vec<Requirement> {
    #[derive(Deserialize)]
    struct File {
        requirement: Vec<Requirement>,
    }
    let path = root().join(format!("requirements/{manual}.toml"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    file.requirement
}

/// The procedures that ship.
pub fn manuals() -> Vec<Procedure> {
    BUILT_IN
        .iter()
        .map(|(id, text)| {
            Procedure::read(&mut serde_json::Deserializer::from_str(text))
                .unwrap_or_else(|problem| panic!("{id}: {problem}; also {:?}", problem.others))
        })
        .collect()
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

// ---- words ----

/// Every check stands under the part that its id begins with.
fn part(id: &str) -> &str {
    id.split('-').next().unwrap_or_default()
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "always",
        Stage::Meeting => "preparing a meeting",
        Stage::Circulate => "sending the plan out",
        Stage::Review => "reviewing",
        Stage::Close => "closing",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}

fn force(force: Force) -> &'static str {
    match force {
        Force::Must => "must",
        Force::Should => "should",
        Force::May => "may",
    }
}

/// Ids with the sections of the manual that they stand in: "§3: CAM-3.20, CAM-3.21; §6: CAM-6.60".
fn cited(cites: &[String], requirements: &BTreeMap<String, Requirement>) -> String {
    let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
    for id in cites {
        let section = requirements.get(id).map_or("?", Requirement::section_number);
        match sections.iter_mut().find(|(known, _)| *known == section) {
            Some((_, ids)) => ids.push(id),
            None => sections.push((section, vec![id])),
        }
    }
    let sections: Vec<String> =
        sections.iter().map(|(section, ids)| format!("§{section}: {}", ids.join(", "))).collect();
    sections.join("; ")
}

/// A text that stands in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn by_id(manual: &str) -> BTreeMap<String, Requirement> {
    requirements(manual).into_iter().map(|requirement| (requirement.id.clone(), requirement)).collect()
}

/// The name of a manual as it stands in a table: its title up to the colon.
fn short(manual: &Procedure) -> &str {
    manual.title.split(':').next().unwrap_or(&manual.title)
}
