//! Days and times as people type them, and counting from them.
#![no_main]

use cinplan::day::{DayProblem, Time};
use cinplan::{Calendar, Day};
use cinplan_fuzz::Bytes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = str::from_utf8(data) {
        match Day::read(text) {
            Ok(day) => {
                assert!((Day::FIRST..=Day::LAST).contains(&day));
                assert_eq!(Day::read(&day.to_string()), Ok(day));
                assert_eq!(Day::read(&day.long()), Ok(day));
                assert_eq!(Day::read(&format!("  {text} ")), Ok(day), "spaces around it change nothing");
                assert_eq!(Day::read(&text.to_ascii_uppercase()), Ok(day), "capitals change nothing");
            }
            Err(DayProblem::NoSuchDay { year, month }) => {
                assert!((1900..=2200).contains(&year) && (1..=12).contains(&month));
            }
            Err(problem) => assert!(problem.to_string().starts_with("must ")),
        }
        match Time::read(text) {
            Ok(time) => assert_eq!(Time::read(&time.to_string()), Ok(time)),
            Err(problem) => assert!(problem.to_string().starts_with("must ")),
        }
    }
    count(&mut Bytes(data));
});

/// Counting on and back, with some days on which nobody works.
fn count(bytes: &mut Bytes) {
    let (from, to) = (bytes.day(), bytes.day());
    let n = bytes.number() as u32;
    let calendar = Calendar::new((0..bytes.byte() % 8).map(|_| bytes.day()));

    assert_eq!(from.plus_days(from.days_until(to)), to);
    let (on, back) = (from.plus_months(n), from.minus_months(n));
    assert!(on >= from && back <= from);
    assert!(on == Day::LAST || on.day() == from.day() || on.plus_days(1).day() == 1, "{from} and {n} months: {on}");

    let due = calendar.add_working_days(from, n);
    if due < Day::LAST {
        assert_eq!(calendar.working_days_between(from, due), i64::from(n), "{from} and {n} working days");
        assert!(n == 0 || calendar.is_working_day(due));
    }
    let between = calendar.working_days_between(from, to);
    assert_eq!(between, -calendar.working_days_between(to, from) + step(&calendar, from, to));
    let next = calendar.next_working_day(from);
    assert!(next == Day::LAST || calendar.is_working_day(next));
    assert_eq!(calendar.working_days_in_hand(from, to), -calendar.working_days_in_hand(to, from));
}

/// By how much a count and the count back differ: each leaves out the day from which it starts.
fn step(calendar: &Calendar, from: Day, to: Day) -> i64 {
    if from == to {
        return 0;
    }
    i64::from(calendar.is_working_day(from.max(to))) - i64::from(calendar.is_working_day(from.min(to)))
}
