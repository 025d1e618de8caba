//! What a row says in words: whatever it is, words that are pointed at are there, and it is read the same each time.
#![no_main]

use cinplan::fuzzing::words;
use cinplan_fuzz::Bytes;
use cinplan_fuzz::cases::holds::is_within;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // Long texts in one piece, so that the fuzzer can cut and join them.
    let mut pieces = data.splitn(2, |byte| *byte == 0).map(String::from_utf8_lossy);
    let what = pieces.next().unwrap_or_default();
    let measure = pieces.next().unwrap_or_default();
    let today = Bytes(data).day();
    let read = words(&what, &measure, today);
    for (of, span, typed) in &read {
        let text = if *of == "measure" { &measure } else { &what };
        assert!(is_within(*span, text), "{of}: {span:?} is not in {text:?}");
        let units: Vec<u16> = text.encode_utf16().collect();
        let marked = &units[span.0 as usize..span.1 as usize];
        assert_eq!(String::from_utf16_lossy(marked), *typed, "the words at {span:?} of {text:?}");
    }
    assert_eq!(words(&what, &measure, today), read, "the same each time");
});
