//! What a host changes about a check: rules it switches off, and words of its own. Both stand in the report.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::procedure::Procedure;
use crate::rule::Output;
use crate::rules;

/// Rules that are switched off, and words in place of those of a rule, by its id. Empty unless something is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Ids of what does not run: rules, deadlines, questions and lines of guidance.
    pub off: Vec<String>,
    /// Messages by the id of their rule. `{message}` stands for what the rule itself says.
    pub messages: BTreeMap<String, String>,
}

/// An id that no check has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The id as it was given.
    pub id: String,
    /// The id that comes nearest.
    pub nearest: String,
}

impl std::fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "There is no rule {:?}; the nearest is {:?}", self.id, self.nearest)
    }
}

impl std::error::Error for UnknownRule {}

impl Own {
    /// Whether every id is that of a check, or of a question of the manual's own. A misspelt id would leave a rule
    /// on, or its words as they were, unseen.
    pub fn known_to(&self, procedure: &Procedure) -> Result<(), UnknownRule> {
        let mut ids = self.off.iter().chain(self.messages.keys());
        match ids.find(|id| !ids_of(procedure).any(|known| known == id.as_str())) {
            None => Ok(()),
            Some(id) => {
                let nearest = ids_of(procedure).min_by_key(|known| distance(id, known)).unwrap_or_default();
                Err(UnknownRule { id: id.clone(), nearest: nearest.into() })
            }
        }
    }

    /// Lets a check run, unless it is switched off, and puts the host's words in place of its own.
    pub(crate) fn run(&self, id: &str, output: &mut Output, check: impl FnOnce(&mut Output)) {
        if self.is_off(id) {
            return;
        }
        let first = output.findings.len();
        check(output);
        if let Some(words) = self.messages.get(id) {
            output.findings[first..].iter_mut().for_each(|finding| reword(finding, words));
        }
    }

    fn is_off(&self, id: &str) -> bool {
        self.off.iter().any(|off| off == id)
    }

    /// Ids that are switched off, each once, in the order of the catalogue.
    pub(crate) fn listed_off(&self, procedure: &Procedure) -> Vec<String> {
        if self.off.is_empty() {
            return Vec::new();
        }
        ids_of(procedure).filter(|id| self.is_off(id)).map(String::from).collect()
    }

    /// Ids with words of the host's own, in the order of the catalogue.
    pub(crate) fn listed_messages(&self, procedure: &Procedure) -> Vec<String> {
        if self.messages.is_empty() {
            return Vec::new();
        }
        ids_of(procedure).filter(|id| self.messages.contains_key(*id)).map(String::from).collect()
    }
}

/// What is wrong with a recorded reason is told under the rule that it is about, and keeps its words.
fn reword(finding: &mut Finding, words: &str) {
    if !finding.path.starts_with("accepted[") {
        finding.message = words.replace("{message}", &finding.message);
    }
}

/// The id of everything that can be found or asked with this manual, in the order of the catalogue.
fn ids_of(procedure: &Procedure) -> impl Iterator<Item = &str> {
    let own = procedure.own_prompts.iter().map(|prompt| prompt.id.as_str());
    rules::all().map(|check| check.about().id).chain(own)
}

/// How many letters have to be put in, taken out or changed to make one text of the other.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.bytes().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, other) in b.bytes().enumerate() {
            let change = corner + usize::from(letter != other);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
