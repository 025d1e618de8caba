//! Days, times, periods and working days, as the tables in `tests/days/` tell them.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use cinplan::day::{
    ANNOUNCED_UNTIL, BankHoliday, Calendar, Day, DayProblem, Time, Weekday, bank_holiday_on, bank_holidays,
};
use cinplan::period::{Period, Unit};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn days(from: Day, to: Day) -> impl Iterator<Item = Day> {
    (0..=from.days_until(to)).map(move |n| from.plus_days(n))
}

/// What somebody typed, and either what it is or what the form answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    text: String,
    is: Option<String>,
    problem: Option<String>,
}

fn reads_as_told<T>(table: &str)
where
    T: FromStr<Err: Display> + Display + Debug + PartialEq + Serialize + DeserializeOwned,
{
    let cases: Vec<Typed> = serde_json::from_str(table).unwrap();
    for Typed { text, is, problem } in cases {
        let read = text.parse::<T>();
        let shown = read.as_ref().map(T::to_string).map_err(T::Err::to_string);
        let told = is.ok_or(problem.unwrap_or_default());
        assert_eq!(shown, told, "{text:?}");

        let json = serde_json::to_string(&text).unwrap();
        match (read, serde_json::from_str::<T>(&json)) {
            (Ok(value), Ok(same)) => {
                assert_eq!(value, same, "{text:?}");
                let written = serde_json::to_string(&value).unwrap();
                assert_eq!(serde_json::from_str::<T>(&written).unwrap(), value);
            }
            (Err(problem), Err(error)) => {
                assert!(error.to_string().starts_with(&problem.to_string()), "{error}");
            }
            (read, _) => panic!("{text:?} reads {:?}, but not so from JSON", read.ok()),
        }
    }
}

#[test]
fn dates_read_as_told() {
    reads_as_told::<Day>(include_str!("days/dates.json"));
}

#[test]
fn times_read_as_told() {
    reads_as_told::<Time>(include_str!("days/times.json"));
}

#[test]
fn periods_read_as_told() {
    reads_as_told::<Period>(include_str!("days/periods.json"));
}

#[test]
fn a_number_is_not_a_date() {
    let error = serde_json::from_str::<Day>("20260312").unwrap_err().to_string();
    assert!(error.contains("expected a date like 2026-03-12"), "{error}");
}

#[test]
fn every_day_reads_back_in_every_spelling() {
    for day in days(Day::FIRST, Day::LAST) {
        let (year, month, date) = (day.year(), day.month(), day.day());
        let weekday = day.weekday();
        let spellings = [
            day.to_string(),
            day.long(),
            format!("{weekday} {}", day.long()),
            format!("{date}/{month}/{year}"),
            format!("{date:02}.{month:02}.{year}"),
        ];
        for spelling in spellings {
            assert_eq!(Day::read(&spelling), Ok(day), "{spelling}");
        }
        let wrong = format!("{} {}", weekday.succ(), day.long());
        assert_eq!(Day::read(&wrong), Err(DayProblem::NotItsWeekday { falls_on: weekday }));
    }
}

#[test]
fn a_day_knows_its_parts() {
    let day = day("2026-03-12");
    assert_eq!((day.year(), day.month(), day.day()), (2026, 3, 12));
    assert_eq!(day.weekday(), Weekday::Thu);
    assert_eq!(day.long(), "12 March 2026");
    assert_eq!(Day::of(2026, 3, 12), Some(day));
    assert_eq!(Day::of(2026, 2, 29), None);
    assert_eq!(Day::of(2201, 1, 1), None);
    assert_eq!(Day::of(i32::MAX, u32::MAX, u32::MAX), None);
}

#[test]
fn months_end_where_the_month_does() {
    let cases = [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-01-30", 1, "2026-02-28"),
        ("2026-02-28", 1, "2026-03-28"),
        ("2026-05-31", 1, "2026-06-30"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-03-12", 0, "2026-03-12"),
        ("2026-03-12", 12, "2027-03-12"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
    ];
    for (from, months, to) in cases {
        assert_eq!(day(from).plus_months(months), day(to), "{from} + {months} months");
    }
    assert_eq!(day("2028-02-29").plus_years(1), day("2029-02-28"));
    assert_eq!(day("2026-03-31").minus_months(1), day("2026-02-28"));
    assert_eq!(day("2026-03-12").plus_weeks(6), day("2026-04-23"));
    assert_eq!(day("2026-03-12").plus_days(-12), day("2026-02-28"));
    assert_eq!(day("2026-03-12").days_until(day("2026-03-13")), 1);
    assert_eq!(day("2026-03-12").days_until(day("2026-03-02")), -10);
}

#[test]
fn arithmetic_stops_at_the_ends() {
    for day in [Day::FIRST, day("2026-03-12"), Day::LAST] {
        for far in [i64::MAX, i64::MAX / 2, i64::from(i32::MAX), 1_000_000] {
            assert_eq!(day.plus_days(far), Day::LAST);
            assert_eq!(day.plus_weeks(far), Day::LAST);
            assert_eq!(day.plus_days(-far), Day::FIRST);
            assert_eq!(day.plus_weeks(-far), Day::FIRST);
        }
        assert_eq!(day.plus_days(i64::MIN), Day::FIRST);
        for far in [u32::MAX, i32::MAX as u32, 5_000] {
            assert_eq!(day.plus_months(far), Day::LAST);
            assert_eq!(day.plus_years(far), Day::LAST);
            assert_eq!(day.minus_months(far), Day::FIRST);
        }
        let calendar = Calendar::default();
        assert_eq!(calendar.add_working_days(day, u32::MAX), Day::LAST);
        assert_eq!(calendar.subtract_working_days(day, u32::MAX), Day::FIRST);
    }
    let closed = Calendar::new(days(Day::FIRST, Day::LAST));
    assert_eq!(closed.next_working_day(day("2026-03-12")), Day::LAST);
}

#[test]
fn ages_are_reached_on_the_birthday() {
    let cases = [
        ("2010-03-12", "2026-03-11", Some(15)),
        ("2010-03-12", "2026-03-12", Some(16)),
        ("2010-03-12", "2010-03-12", Some(0)),
        ("2010-03-12", "2010-03-11", None),
        // Born on 29 February: 1 March, but for leap years.
        ("2008-02-29", "2026-02-28", Some(17)),
        ("2008-02-29", "2026-03-01", Some(18)),
        ("2008-02-29", "2028-02-28", Some(19)),
        ("2008-02-29", "2028-02-29", Some(20)),
    ];
    for (born, on, age) in cases {
        assert_eq!(day(born).age_on(day(on)), age, "born {born}, on {on}");
    }
}

#[test]
fn times_follow_each_other() {
    let at = |text| Time::read(text).unwrap();
    assert!(at("9.30am") < at("2pm"));
    assert_eq!(at("9:30").minutes_until(at("11:00")), 90);
    assert_eq!(at("11:00").minutes_until(at("9:30")), -90);
    assert_eq!((at("2.45pm").hour(), at("2.45pm").minute()), (14, 45));
    assert_eq!((Time::of(24, 0), Time::of(0, 60), Time::of(u32::MAX, u32::MAX)), (None, None, None));
    for minute in 0..24 * 60 {
        let time = Time::of(minute / 60, minute % 60).unwrap();
        assert_eq!(Time::read(&time.to_string()), Ok(time));
    }
}

/// An event of the official list, in the words of GOV.UK.
#[derive(Deserialize)]
struct Event {
    date: Day,
    title: String,
    notes: String,
}

fn official() -> Vec<Event> {
    #[derive(Deserialize)]
    struct List {
        events: Vec<Event>,
    }
    serde_json::from_str::<List>(include_str!("days/bank-holidays.json")).unwrap().events
}

#[test]
fn working_days_are_the_official_ones_day_by_day() {
    let official: BTreeMap<Day, Event> = official().into_iter().map(|event| (event.date, event)).collect();
    let calendar = Calendar::default();
    let mut working = 0;
    for day in days(day("2012-01-01"), ANNOUNCED_UNTIL) {
        let event = official.get(&day);
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        assert_eq!(calendar.is_working_day(day), !weekend && event.is_none(), "{day}");

        let computed = bank_holiday_on(day).map(|BankHoliday { name, substitute, .. }| (name, substitute));
        let listed = event.map(|event| (event.title.as_str(), event.notes == "Substitute day"));
        assert_eq!(computed, listed, "{day}");

        working += i64::from(calendar.is_working_day(day));
        if day.day() == 28 {
            let counted = calendar.working_days_between(self::day("2011-12-31"), day);
            assert_eq!(counted, working, "{day}");
        }
    }
    assert_eq!(official.len(), 140);
}

#[test]
fn bank_holidays_of_a_year_are_in_order() {
    for year in 2012..=2028 {
        let computed: Vec<Day> = bank_holidays(year).map(|holiday| holiday.day).collect();
        let listed: Vec<Day> =
            official().iter().map(|event| event.date).filter(|day| day.year() == year).collect();
        assert_eq!(computed, listed, "{year}");
    }
    assert_eq!(bank_holidays(2200).count(), 8);
    for year in [1899, 2201, i32::MIN, i32::MAX] {
        assert_eq!(bank_holidays(year).count(), 0, "{year}");
    }
}

/// Days moved or added before the official list begins, and ones far ahead of it.
#[test]
fn bank_holidays_outside_the_official_list() {
    let cases = [
        ("1974-01-01", Some("New Year’s Day")),
        ("1977-05-02", None),
        ("1977-06-07", Some("Queen’s Silver Jubilee")),
        ("1978-05-01", Some("Early May bank holiday")),
        ("1981-07-29", Some("Royal wedding")),
        ("1994-12-27", Some("Christmas Day")),
        ("1995-05-01", None),
        ("1995-05-08", Some("Early May bank holiday (VE day)")),
        ("1999-12-31", Some("Millennium bank holiday")),
        ("2000-01-03", Some("New Year’s Day")),
        ("2002-05-27", None),
        ("2002-06-03", Some("Queen’s Golden Jubilee")),
        ("2002-06-04", Some("Spring bank holiday")),
        ("2008-03-21", Some("Good Friday")),
        ("2008-03-24", Some("Easter Monday")),
        ("2010-12-27", Some("Christmas Day")),
        ("2010-12-28", Some("Boxing Day")),
        ("2011-01-03", Some("New Year’s Day")),
        ("2011-04-29", Some("Royal wedding")),
        ("2038-04-26", Some("Easter Monday")),
        ("2038-12-28", Some("Boxing Day")),
    ];
    for (on, name) in cases {
        assert_eq!(bank_holiday_on(day(on)).map(|holiday| holiday.name), name, "{on}");
    }
}

/// Easter Sundays from 1978 on, by another algorithm (Oudin, 1940).
#[test]
fn easter_is_when_another_algorithm_says() {
    let sundays: Vec<Day> = serde_json::from_str(include_str!("days/easter.json")).unwrap();
    assert_eq!(sundays.len(), 223);
    for sunday in sundays {
        let name = |by| bank_holiday_on(sunday.plus_days(by)).map(|holiday| holiday.name);
        assert_eq!((name(-2), name(1)), (Some("Good Friday"), Some("Easter Monday")), "{sunday}");
    }
}

#[derive(Deserialize)]
struct Added {
    from: Day,
    add: u32,
    gives: Day,
    why: String,
}

#[test]
fn working_days_add_up_as_told() {
    let calendar = Calendar::default();
    let cases: Vec<Added> = serde_json::from_str(include_str!("days/working-days.json")).unwrap();
    for Added { from, add, gives, why } in cases {
        assert_eq!(calendar.add_working_days(from, add), gives, "{from} + {add}: {why}");
        assert_eq!(calendar.working_days_between(from, gives), i64::from(add), "{why}");
    }
}

#[test]
fn working_days_add_and_subtract_alike() {
    let calendar = Calendar::new([day("2026-12-29"), day("2026-12-30"), day("2026-12-29")]);
    for from in days(day("2026-01-01"), day("2027-01-31")) {
        let next = calendar.next_working_day(from);
        assert!(calendar.is_working_day(next) && next >= from);
        assert_eq!(next == from, calendar.is_working_day(from));
        for n in [1, 2, 5, 10, 45] {
            let later = calendar.add_working_days(from, n);
            let earlier = calendar.subtract_working_days(from, n);
            assert!(calendar.is_working_day(later) && calendar.is_working_day(earlier));
            assert_eq!(calendar.working_days_between(from, later), i64::from(n));
            assert_eq!(calendar.working_days_between(from, earlier), -i64::from(n));
            if calendar.is_working_day(from) {
                assert_eq!(calendar.subtract_working_days(later, n), from);
            }
        }
    }
    assert_eq!(calendar.add_working_days(day("2026-12-24"), 1), day("2026-12-31"));
    assert_eq!(calendar.working_days_between(day("2026-03-13"), day("2026-03-13")), 0);
}

#[test]
fn periods_are_over_on_the_day_told() {
    let cases = [
        ("24 hours", "2026-03-12", "2026-03-13"),
        ("25 hours", "2026-03-12", "2026-03-14"),
        ("10 days", "2026-03-12", "2026-03-22"),
        ("10 working days", "2026-03-27", "2026-04-14"),
        ("1 working day", "2026-03-14", "2026-03-16"),
        ("6 weeks", "2026-03-12", "2026-04-23"),
        ("fortnightly", "2026-03-12", "2026-03-26"),
        ("3 months", "2026-11-30", "2027-02-28"),
        ("1 year", "2028-02-29", "2029-02-28"),
    ];
    for (length, from, to) in cases {
        let (from, to) = (day(from), day(to));
        assert_eq!(period(length).after(from, &Calendar::default()), to, "{length} after {from}");
    }
    let cases = [
        ("24 hours", "2026-03-12", "2026-03-11"),
        ("3 working days", "2026-04-08", "2026-04-01"),
        ("3 working days", "2026-04-11", "2026-04-08"),
        ("6 weeks", "2026-04-23", "2026-03-12"),
        ("1 month", "2026-03-31", "2026-02-28"),
        ("2 years", "2026-03-31", "2024-03-31"),
    ];
    for (length, by, from) in cases {
        let (by, from) = (day(by), day(from));
        assert_eq!(period(length).before(by, &Calendar::default()), from, "{length} before {by}");
    }
}

const UNITS: [Unit; 6] = [Unit::Hours, Unit::Days, Unit::WorkingDays, Unit::Weeks, Unit::Months, Unit::Years];

#[test]
fn periods_have_ends() {
    for unit in UNITS {
        assert_eq!(Period::of(0, unit), None);
        assert_eq!(Period::of(u32::MAX, unit), None);
        let longest = (1..1_000_000).rev().find_map(|count| Period::of(count, unit)).unwrap();
        assert_eq!(Period::read(&longest.to_string()), Ok(longest));
        for day in [Day::FIRST, Day::LAST] {
            assert!(longest.after(day, &Calendar::default()) >= day);
            assert!(longest.before(day, &Calendar::default()) <= day);
        }
        assert!(!longest.longer_than(longest));
    }
}

#[test]
fn longer_is_longer_from_any_day() {
    let calendar = Calendar::default();
    let counts = [1, 2, 3, 4, 5, 6, 8, 10, 12, 13, 15, 20, 24, 26, 27, 28, 30, 31, 32, 45, 48, 60, 90, 93];
    let periods: Vec<Period> = UNITS
        .iter()
        .flat_map(|unit| counts.iter().filter_map(|count| Period::of(*count, *unit)))
        .filter(|period| period.unit() != Unit::Years || period.count() <= 10)
        .collect();
    // Years with bank holidays close together, and with leap days.
    let starts = || {
        let crowded =
            [("1999-12-01", "2000-05-31"), ("2011-03-01", "2012-06-30"), ("2022-03-01", "2024-03-31")];
        crowded.into_iter().flat_map(|(from, to)| days(day(from), day(to)))
    };
    let ends: Vec<Vec<Day>> =
        periods.iter().map(|period| starts().map(|start| period.after(start, &calendar)).collect()).collect();
    for (longer, later) in periods.iter().zip(&ends) {
        for (shorter, earlier) in periods.iter().zip(&ends) {
            if longer.longer_than(*shorter) {
                let sooner = starts().zip(later.iter().zip(earlier)).find(|(_, (a, b))| a < b);
                assert_eq!(sooner, None, "{longer} is longer than {shorter}");
            }
        }
    }

    let cases = [
        ("7 weeks", "6 weeks", true),
        ("6 weeks", "6 weeks", false),
        ("5 weeks", "1 month", true),
        ("4 weeks", "1 month", false),
        ("1 month", "4 weeks", false),
        ("2 months", "6 weeks", true),
        ("1 year", "11 months", true),
        ("1 year", "12 months", false),
        ("8 days", "1 week", true),
        ("7 days", "1 week", false),
        ("6 weeks", "10 working days", true),
        ("10 working days", "1 week", true),
        ("3 weeks", "10 working days", true),
        ("2 weeks", "10 working days", false),
        ("30 days", "1 month", false),
        ("1 month", "30 days", false),
        ("25 hours", "1 day", true),
        ("1 year", "52 weeks", true),
        ("1 year", "53 weeks", false),
        ("2 years", "104 weeks", true),
        ("2 years", "730 days", false),
        ("8 years", "2920 days", true),
        ("8 years", "2921 days", false),
    ];
    for (longer, than, so) in cases {
        assert_eq!(period(longer).longer_than(period(than)), so, "{longer} longer than {than}");
    }
}

/// Junk of the kind that gets near: pieces of what is read, in any order, with other marks in between.
#[test]
fn no_text_is_too_odd() {
    const NUMBERS: [&str; 11] =
        ["12", "3", "0", "00", "29", "31", "2026", "26", "1900", "4294967296", "99999999999999999999"];
    const MARKS: [&str; 16] =
        [" ", " ", "/", "-", ".", ":", ",", "  ", "\u{a0}", "–", "½", "é", "İ", "🙂", "\u{200e}", "\0"];
    const WORDS: [&[&str]; 3] = [
        &["March", "Mar", "Sept", "february", "Thursday", "thu", "of", "the", "th", "st", "T", "Z"],
        &["am", "pm", "a.m.", "noon", "12 noon", "midday", ":30", ":00", ".15"],
        &[
            "every",
            "once",
            "a",
            "twice",
            "other",
            "at",
            "least",
            "two",
            "twenty",
            "zero",
            "to",
            "half",
            "weeks",
            "weekly",
            "working",
            "days",
            "fortnight",
            "monthly",
            "quarterly",
            "years",
            "hrs",
        ],
    ];
    // A linear congruential generator: the same junk each time.
    let mut state: u64 = 20_260_312;
    let mut upto = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % n
    };
    let mut read = [0; 3];
    for _ in 0..30_000 {
        let words = WORDS[upto(3)];
        let mut text = String::new();
        for _ in 0..=upto(7) {
            text.push_str(match upto(3) {
                0 => NUMBERS[upto(NUMBERS.len())],
                1 => MARKS[upto(MARKS.len())],
                _ => words[upto(words.len())],
            });
            text.push_str(["", " "][upto(2)]);
        }
        read[0] += reads_back::<Day>(&text);
        read[1] += reads_back::<Time>(&text);
        read[2] += reads_back::<Period>(&text);
    }
    assert!(read.iter().all(|n| *n > 20), "too little of it was near: {read:?}");

    let long = "12 ".repeat(100_000);
    assert_eq!(Day::read(&long), Err(DayProblem::NotADay));
    assert!(Time::read(&long).is_err() && Period::read(&long).is_err());
}

fn reads_back<T: FromStr<Err: Display> + Display + Debug + PartialEq>(text: &str) -> u32 {
    match text.parse::<T>() {
        Ok(value) => {
            assert_eq!(value.to_string().parse::<T>().ok(), Some(value), "{text:?}");
            1
        }
        Err(problem) => {
            let problem = problem.to_string();
            assert!(problem.starts_with("must ") && !problem.ends_with('.'), "{problem}");
            0
        }
    }
}
