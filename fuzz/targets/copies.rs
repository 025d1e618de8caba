//! The copies of a plan: none of them holds what was kept back.
#![no_main]

use cinplan::Record;
use cinplan_fuzz::Bytes;
use cinplan_fuzz::cases::copied::{every_copy_holds, parts};
use cinplan_fuzz::cases::dice::families;
use cinplan_fuzz::cases::put;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|data: &[u8]| {
    let mut bytes = Bytes(data);
    let manual = bytes.manual();
    let (agreed, chosen) = (bytes.byte(), bytes.number());
    let shared: Vec<_> = parts().into_iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).collect();
    let shared: Vec<&str> = shared.into_iter().map(|(_, part)| part).collect();
    let (names, roles) = (people("name"), ["father", "", "Noah's dad", "Mum", "professional"]);
    let name = if agreed & 1 == 0 { bytes.pick(&names).clone() } else { bytes.text() };
    let role = bytes.pick(&roles);
    let by = |bit: u8, who| if agreed & bit == 0 { who } else { "" };
    let exclusion = json!({ "name": name, "role": role, "reason": "It is not safe.", "may_share": shared,
        "agreed_by_social_worker": by(2, "Ann Lee"), "agreed_by_manager": by(4, "Bo Tan"), "agreed_on": by(8, "2026-01-05") });
    let mut value = bytes.record();
    put(&mut value, "sharing.exclusions", json!([exclusion]));
    let record: Record = serde_json::from_value(value).expect("a record is always read");
    every_copy_holds(&record, &manual, &shared);
});

/// Everyone whom the families' plans name.
fn people(field: &str) -> Vec<String> {
    let answers = families().iter().flat_map(|family| &family.answers);
    let names = answers.filter(|(path, _)| path.rsplit('.').next() == Some(field));
    names.filter_map(|(_, name)| name.as_str().map(String::from)).collect()
}
