//! A manual of an authority's own: it is read, or the error names a key; and what was read can be checked with.
#![no_main]

use std::sync::LazyLock;

use cinplan::procedure::BUILT_IN;
use cinplan::{Procedure, Record, check};
use cinplan_fuzz::Bytes;
use cinplan_fuzz::cases::dice::{answers, families};
use cinplan_fuzz::cases::holds::holds;
use cinplan_fuzz::cases::put;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// What terms hold, in all manuals.
static KNOWN: LazyLock<Vec<(Value, Vec<(String, Value)>)>> = LazyLock::new(|| {
    let manuals = BUILT_IN.iter().map(|(_, text)| serde_json::from_str::<Value>(text).expect("it ships"));
    manuals.map(|manual| (manual.clone(), answers(&manual))).collect()
});

fuzz_target!(|data: &[u8]| {
    let mut bytes = Bytes(data);
    let own = match bytes.byte() {
        // As it comes.
        255 => match serde_json::from_slice(bytes.0) {
            Ok(value) => value,
            Err(_) => return,
        },
        // One that ships, with changes.
        which => {
            let (manual, terms) = &KNOWN[usize::from(which) % KNOWN.len()];
            let mut own = manual.clone();
            while !bytes.is_over() {
                let kind = bytes.byte();
                let (path, _) = bytes.pick(terms);
                let path = match kind & 3 {
                    0 => path.as_str(),
                    // What stands around it.
                    1 => path.rsplit_once('.').map_or("title", |(above, _)| above),
                    _ => path.strip_suffix(".value").unwrap_or(path),
                };
                let value = match kind >> 2 & 7 {
                    0 => Value::Null,
                    1 => json!(bytes.text()),
                    2 => json!(bytes.number()),
                    3 => json!([bytes.text(), bytes.text()]),
                    4 => json!({ "value": bytes.text(), "force": "must", "cites": ["LOCAL-1"] }),
                    5 => json!({ bytes.text(): null }),
                    _ => bytes.pick(&KNOWN[usize::from(kind) % KNOWN.len()].1).1.clone(),
                };
                // A list of ids is no list of rows to put something in.
                if !path.contains('[') {
                    put(&mut own, path, value);
                }
            }
            own
        }
    };
    match Procedure::read(&own) {
        Err(unreadable) => {
            assert!(!unreadable.problem.is_empty());
            assert!(unreadable.to_string().len() < 100_000);
        }
        Ok(procedure) => {
            let again = serde_json::to_value(&procedure).expect("a procedure is data");
            assert_eq!(Procedure::read(&again).as_ref(), Ok(&procedure), "what was read is written and read again");
            for family in families() {
                let record: Record = serde_json::from_value(family.record.clone()).expect("a record is always read");
                for stage in cinplan::Stage::ALL {
                    holds(&record, &check(&record, &procedure, family.today, *stage));
                }
            }
        }
    }
});
