//! Whether a row that refers to another leads somewhere: an action to its outcome, an outcome to its need.

use rustc_hash::FxHashMap as HashMap;

use crate::part::List;
use crate::people;
use crate::record::{Need, Outcome};

/// The rows of a list, as other rows refer to them.
#[derive(PartialEq)]
pub struct Links {
    /// What a row is called where it is referred to by its number: "outcome".
    noun: &'static str,
    ids: HashMap<String, usize>,
    texts: HashMap<String, usize>,
    /// Numbers of the rows, as people count them.
    numbers: HashMap<usize, usize>,
    /// The ids with their digits taken out. An id that is gone must not be read as a row number.
    shapes: Vec<String>,
}

/// Where a reference leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Led {
    /// The indices of the rows that it leads to.
    pub to: Vec<usize>,
    /// Whether it, or a part of it, leads nowhere.
    pub astray: bool,
}

impl Links {
    /// The rows of a list: index, `id` and folded text of each.
    pub fn new<'a>(noun: &'static str, rows: impl Iterator<Item = (usize, &'a str, &'a [String])>) -> Links {
        let mut links = Links {
            noun,
            ids: HashMap::default(),
            texts: HashMap::default(),
            numbers: HashMap::default(),
            shapes: Vec::new(),
        };
        for (index, id, text) in rows {
            let id = id.trim();
            if !id.is_empty() {
                links.ids.entry(id.into()).or_insert(index);
                let shape = shape(id);
                if !links.shapes.contains(&shape) {
                    links.shapes.push(shape);
                }
            }
            if !text.is_empty() {
                links.texts.entry(text.join(" ")).or_insert(index);
            }
            links.numbers.insert(index + 1, index);
        }
        links
    }

    /// The needs of a plan.
    pub fn needs(needs: &List<Need>) -> Links {
        Links::new("need", needs.rows().map(|(index, need)| (index, need.id.text(), need.text.folded())))
    }

    /// The outcomes of a plan.
    pub fn outcomes(outcomes: &List<Outcome>) -> Links {
        let rows = outcomes.rows();
        Links::new("outcome", rows.map(|(index, outcome)| (index, outcome.id.text(), outcome.text.folded())))
    }

    /// Whether there is a row to refer to.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Where a reference leads: by `id`, else by number ("2", "Outcome 2", "o2"), else by text. Several may be named
    /// at once: "1 and 3".
    pub fn follow(&self, reference: &str) -> Led {
        if let Some(index) = self.row(reference) {
            return Led { to: vec![index], astray: false };
        }
        let mut led = Led::default();
        for part in reference
            .split([',', ';', '&', '+', '/', '\n'])
            .flat_map(|part| part.split(" and "))
            .filter(|part| !crate::answer::is_blank(part))
        {
            match self.row(part) {
                Some(index) => led.to.push(index),
                None => led.astray = true,
            }
        }
        led.astray |= led.to.is_empty();
        led
    }

    fn row(&self, reference: &str) -> Option<usize> {
        let reference = reference.trim();
        self.ids
            .get(reference)
            .copied()
            .or_else(|| self.numbered(reference))
            .or_else(|| self.worded(reference))
    }

    fn numbered(&self, reference: &str) -> Option<usize> {
        let lower = reference.to_lowercase();
        let mut rest = lower.as_str();
        for word in [self.noun, "s", "number", "no", &self.noun[..1], ".", ":", "#"] {
            rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
        }
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        // "2. Noah sleeps" is row 2, "2 nights of sleep" is a text.
        if !after.is_empty() && !after.starts_with(['.', ':', ')']) {
            return None;
        }
        if after.is_empty() && self.shapes.contains(&shape(reference)) {
            return None;
        }
        self.numbers.get(&number.parse().ok()?).copied()
    }

    fn worded(&self, reference: &str) -> Option<usize> {
        let reference = people::folded(reference).join(" ");
        if let Some(index) = self.texts.get(&reference) {
            return Some(*index);
        }
        // A list of choices may show no more than how the text begins.
        let begins = |text: &&String| reference.len() >= 15 && text.starts_with(&reference);
        self.texts.keys().filter(begins).map(|text| self.texts[text]).min()
    }
}

fn shape(id: &str) -> String {
    id.chars().filter(|c| !c.is_ascii_digit()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(ids: [&'static str; 3], reference: &str) -> Led {
        let texts = ["Amelia gets to school on time", "Noah sleeps, and feels safe", "Noah is understood"];
        let texts = texts.map(people::folded);
        let rows = ids.into_iter().zip(&texts).enumerate();
        Links::new("outcome", rows.map(|(index, (id, text))| (index, id, text.as_slice()))).follow(reference)
    }

    #[test]
    fn a_row_is_found_by_id_number_or_text() {
        for (reference, to) in [
            ("o1", vec![0]),
            (" o3 ", vec![2]),
            ("2", vec![1]),
            ("Outcome 2", vec![1]),
            ("outcome no. 2", vec![1]),
            ("#2", vec![1]),
            ("3. Noah is understood", vec![2]),
            ("noah sleeps and feels safe", vec![1]),
            ("Amelia gets to sch…", vec![0]),
            ("1 and 3", vec![0, 2]),
            ("Outcomes 1, 2", vec![0, 1]),
            ("o1; o2", vec![0, 1]),
        ] {
            assert_eq!(follow(["o1", "o2", "o3"], reference), Led { to, astray: false }, "{reference}");
        }
        assert_eq!(follow(["", "", ""], "o2").to, [1]);
        assert_eq!(follow(["a81f", "77c0", "9d2e"], "2").to, [1]);
    }

    #[test]
    fn a_reference_to_nothing_is_astray() {
        for reference in ["o9", "7", "Outcome 0", "Be happy", "o1 and o9"] {
            assert!(follow(["o1", "o2", "o3"], reference).astray, "{reference}");
        }
        // Rows that were removed are not counted anew.
        assert!(follow(["o1", "o3", "o4"], "o2").astray);
        assert!(follow(["1", "3", "4"], "2").astray);
    }
}
