//! Bytes that may be JSON: what is JSON is a record, and what is none is an error.
#![no_main]

use cinplan::{Day, Record, Stage, check};
use cinplan_fuzz::cases::holds::{holds, is_saved};
use cinplan_fuzz::cases::built_in;
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;

fuzz_target!(|data: &[u8]| {
    let read = serde_json::from_slice::<Record>(data);
    let is_json = serde_json::from_slice::<IgnoredAny>(data).is_ok();
    // Texts that are no text, such as half a character, are passed over only where nobody reads them.
    assert!(is_json || read.is_err(), "read, though it is no JSON");
    let Ok(record) = read else { return };
    let manual = built_in("cambridgeshire");
    let report = check(&record, &manual, Day::of(2026, 11, 20).expect("a day"), Stage::Close);
    holds(&record, &report);
    is_saved(&record, &report, &manual);
});
