//! A record of whatever shape: it is read and checked, the report is in order, and what was saved is found again.
#![no_main]

use cinplan::{Record, check};
use cinplan_fuzz::Bytes;
use cinplan_fuzz::cases::holds::{holds, is_saved};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut bytes = Bytes(data);
    let (manual, stage, today) = (bytes.manual(), bytes.stage(), bytes.day());
    let value = bytes.record();
    let record: Record = serde_json::from_value(value).expect("a record is always read");
    let report = check(&record, &manual, today, stage);
    assert_eq!(check(&record, &manual, today, stage), report, "the same each time");
    holds(&record, &report);
    is_saved(&record, &report, &manual);
});
