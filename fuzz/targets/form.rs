//! A form that is filled in one answer after the other finds what a check of its whole record finds.
#![no_main]

use cinplan::{Form, Record, check};
use cinplan_fuzz::Bytes;
use cinplan_fuzz::cases::dice::{families, given};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut bytes = Bytes(data);
    let (manual, mut stage, mut today) = (bytes.manual(), bytes.stage(), bytes.day());
    let start = families().get(usize::from(bytes.byte()));
    let start = start.map_or(Record::default(), |family| {
        serde_json::from_value(family.record.clone()).expect("a record is always read")
    });
    let mut form = Form::new(manual.clone(), start);
    loop {
        let (path, answer) = bytes.edit();
        form.set(&path, given(&answer));
        // Several answers may change before anybody asks; the day and the stage may, too.
        match bytes.byte() {
            0..128 if !bytes.is_over() => continue,
            250 => stage = bytes.stage(),
            251 => today = bytes.day(),
            _ => {}
        }
        assert_eq!(form.report(today, stage), check(form.record(), &manual, today, stage), "after {path} = {answer}");
        if bytes.is_over() {
            return;
        }
    }
});
