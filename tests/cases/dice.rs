//! Records and answers that look random and are the same in every run.

use std::sync::LazyLock;

use cinplan::procedure::BUILT_IN;
use cinplan::{Day, Given, Stage};
use serde_json::{Map, Value, json};

use super::{places, put, read, root};

/// Numbers that look random and are the same in every run.
pub struct Dice(u64);

impl Dice {
    /// Dice of their own for each seed.
    pub fn new(seed: u64) -> Dice {
        Dice(0x9e37_79b9_7f4a_7c15 ^ seed.wrapping_mul(0xd134_2543_de82_ef95))
    }

    pub fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.throw(from.len())]
    }
}

/// The answers of a record, each with its path.
pub fn answers(value: &Value) -> Vec<(String, Value)> {
    fn walk(value: &Value, path: &str, all: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(parts) => parts.iter().for_each(|(name, part)| {
                walk(part, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, all)
            }),
            Value::Array(rows) => {
                rows.iter().enumerate().for_each(|(i, row)| walk(row, &format!("{path}[{i}]"), all))
            }
            answer => all.push((path.into(), answer.clone())),
        }
    }
    let mut all = Vec::new();
    walk(value, "", &mut all);
    all
}

/// A path with the number of one of its rows raised, so that rows are added, left out and moved.
pub fn elsewhere(path: &str, dice: &mut Dice) -> String {
    elsewhere_by(path, dice.throw(8), dice.throw(3))
}

/// A path with the number of one of its rows raised.
pub fn elsewhere_by(path: &str, which: usize, by: usize) -> String {
    let rows: Vec<usize> = path.match_indices('[').map(|(at, _)| at + 1).collect();
    if rows.is_empty() {
        return path.into();
    }
    let start = rows[which % rows.len()];
    let end = start + path[start..].find(']').expect("a row ends");
    let row: usize = path[start..end].parse().expect("rows are numbered");
    format!("{}{}{}", &path[..start], row + by, &path[end..])
}

/// What a control gives that holds an answer.
pub fn given(answer: &Value) -> Given<'_> {
    match answer {
        Value::Null => Given::Nothing,
        Value::Bool(yes) => Given::YesNo(*yes),
        Value::Number(number) => Given::Number(number.as_f64().expect("JSON holds no others")),
        Value::String(text) => Given::Text(text),
        Value::Array(_) | Value::Object(_) => Given::Other,
    }
}

/// Answers that hardly belong where they stand.
pub fn odd() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "-",
        "TBC",
        "31 June 2026",
        "yes",
        "no",
        "none",
        "Dad",
        "20",
        "7",
        "2026-11-27",
        "21/11/2026",
        "child",
        "social worker",
        "every 3 weeks",
        "10 working days",
        "14:30",
        "closing meeting",
        "1900-01-01",
        "2200-12-31",
        "ASAP",
        "Mum to engage with services as appropriate",
        "<b>&amp;\"'</b>",
        "\u{202e}\u{0}👩‍👧 é",
        "SW will ring on Friday 27 November 2026 and record it",
        "ﬀ İ ß",
        "Mr Noah Hart (Noah)",
    ];
    let mut all: Vec<Value> = texts.iter().map(|text| json!(text)).collect();
    all.extend([json!(true), json!(false), json!(0), json!(-1.5e300), json!(11), json!(2026)]);
    all.extend([json!([]), json!({}), json!(["actions", "x", null]), json!({ "what": { "id": [7] } })]);
    all.push(json!("long words ".repeat(1_000)));
    all
}

/// A family's plan from the demo and the tests: where records that look random begin.
pub struct Family {
    pub manual: String,
    pub today: Day,
    pub record: Value,
    pub answers: Vec<(String, Value)>,
}

/// One for each manual, at every level of plan, and some who move.
pub fn families() -> &'static [Family] {
    static ALL: LazyLock<Vec<Family>> = LazyLock::new(|| {
        let good = |manual: &str| match manual {
            "cambridgeshire" => "www/examples/good.json".into(),
            other => format!("www/examples/good-{other}.json"),
        };
        let others = ["derbyshire-team", "derbyshire-single-focus"].map(&good);
        let moving = ["www/examples/moving-area.json", "tests/families/moving/out-with-permission.json"];
        let files =
            BUILT_IN.iter().map(|(manual, _)| good(manual)).chain(moving.map(String::from)).chain(others);
        files
            .map(|file| {
                let example: Value = read(&root().join(&file));
                let manual = example["procedure"].as_str().expect("the manual that the family keeps");
                Family {
                    manual: manual.into(),
                    today: Day::read(example["today"].as_str().expect("a day")).expect("a day"),
                    record: example["record"].clone(),
                    answers: answers(&example["record"]),
                }
            })
            .collect()
    });
    &ALL
}

/// A record that looks random, with a day and a stage to check it at.
pub struct Tried {
    pub record: Value,
    pub today: Day,
    pub stage: Stage,
    /// The manual that the family kept from which it began.
    pub manual: &'static str,
}

/// A record that looks random: some of what a family's plan holds, or nearly all of it, with answers that were changed,
/// moved to other rows, taken from elsewhere, or make no sense.
pub fn tried(dice: &mut Dice) -> Tried {
    static EVERYWHERE: LazyLock<Vec<String>> =
        LazyLock::new(|| places().into_iter().map(|place| place.path).collect());
    static ODD: LazyLock<Vec<Value>> = LazyLock::new(odd);

    let family = dice.pick(families());
    let mut record = if dice.throw(4) == 0 { family.record.clone() } else { Value::Object(Map::new()) };
    if record == json!({}) {
        // Small ones are checked fast and have most of what there is to find.
        for _ in 0..dice.throw(60) {
            // Several answers of one row, or of rows beside it.
            let from = dice.throw(family.answers.len());
            for (path, answer) in family.answers[from..].iter().take(1 + dice.throw(8)) {
                put(&mut record, path, answer.clone());
            }
        }
    }
    for _ in 0..dice.throw(12) {
        let path = match dice.throw(4) {
            0 => dice.pick(&EVERYWHERE).clone(),
            1 => elsewhere(&dice.pick(&family.answers).0, dice),
            _ => dice.pick(&family.answers).0.clone(),
        };
        let answer = match dice.throw(4) {
            0 => Value::Null,
            1 => dice.pick(&family.answers).1.clone(),
            _ => dice.pick(&ODD).clone(),
        };
        put(&mut record, &path, answer);
    }
    let moved = [0, 0, 0, 1, -1, 30, -200, 900][dice.throw(8)];
    Tried {
        record,
        today: family.today.plus_days(moved),
        stage: *dice.pick(Stage::ALL),
        manual: &family.manual,
    }
}
