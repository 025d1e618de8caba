//! Lengths of time as people type them.
#![no_main]

use cinplan::{Calendar, Day, Period};
use cinplan_fuzz::Bytes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut bytes = Bytes(data);
    let day = bytes.day();
    let texts = [bytes.text(), bytes.text()];
    let [one, other] = texts.each_ref().map(|text| Period::read(text));
    for (text, read) in texts.iter().zip([&one, &other]) {
        match read {
            Ok(period) => {
                assert_eq!(Period::read(&period.to_string()).as_ref(), Ok(period));
                assert_eq!(Period::of(period.count(), period.unit()).as_ref(), Some(period), "{text:?} is in bounds");
                let calendar = Calendar::default();
                let (after, before) = (period.after(day, &calendar), period.before(day, &calendar));
                assert!(after > day || day == Day::LAST, "{period} after {day} is {after}");
                assert!(before < day || day == Day::FIRST, "{period} before {day} is {before}");
            }
            Err(problem) => assert!(problem.to_string().starts_with("must ")),
        }
    }
    if let (Ok(one), Ok(other)) = (one, other) {
        assert!(!(one.longer_than(other) && other.longer_than(one)), "{one} and {other}");
        let ends = [one, other].map(|period| period.after(day, &Calendar::default()));
        if one.longer_than(other) && ends[0] < Day::LAST {
            assert!(ends[0] >= ends[1], "{one} is longer than {other}, and ends before it from {day}");
        }
    }
});
