//! The picture of the deadlines: places, working days, what is past, and the days on which nobody works.

use cinplan::procedure::BUILT_IN;
use cinplan::{Day, Due, Procedure, Record, Report, Stage, Status, check};
use serde_json::{Value, json};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// Cambridgeshire's manual, for an authority that is closed on some days.
fn procedure(closed: &[&str]) -> Procedure {
    let (_, text) = BUILT_IN.iter().find(|(id, _)| *id == "cambridgeshire").expect("it ships");
    let mut procedure: Value = serde_json::from_str(text).expect("JSON");
    procedure["closure_days"] = json!(closed);
    Procedure::read(&procedure).expect("a procedure")
}

fn report_with(procedure: &Procedure, record: Value, today: &str) -> Report {
    let record: Record = serde_json::from_value(record).expect("a record is always read");
    check(&record, procedure, day(today), Stage::Draft)
}

fn report(record: Value, today: &str) -> Report {
    report_with(&procedure(&[]), record, today)
}

fn deadline<'r>(report: &'r Report, id: &str) -> &'r Due {
    report.deadlines.iter().find(|due| due.id == id).unwrap_or_else(|| panic!("{id} is not due"))
}

/// Minutes of a meeting on Thursday 12 November 2026 are due 10 working days later, on Thursday 26 November.
fn minutes(circulated_on: &str) -> Value {
    json!({ "meetings": [{ "kind": "review", "held_on": "2026-11-12", "minutes": { "circulated_on": circulated_on } }] })
}

#[test]
fn working_days_are_told_with_their_sign() {
    let cases = [
        // The day of the check, the day on which it was done, working days in hand.
        ("2026-11-19", "", 5, Status::DueSoon),
        ("2026-11-18", "", 6, Status::Upcoming),
        // From a Saturday, Monday is the first.
        ("2026-11-21", "", 4, Status::DueSoon),
        ("2026-11-26", "", 0, Status::DueSoon),
        ("2026-11-27", "", -1, Status::Overdue),
        // Nobody was late by a working day on a Saturday.
        ("2026-11-28", "", -1, Status::Overdue),
        ("2026-11-30", "", -2, Status::Overdue),
        ("2026-12-10", "2026-11-24", 2, Status::Met),
        ("2026-12-10", "2026-11-26", 0, Status::Met),
        ("2026-12-10", "2026-12-01", -3, Status::MetLate),
    ];
    for (today, done, working_days, status) in cases {
        let report = report(minutes(done), today);
        let due = deadline(&report, "minutes-circulated");
        assert_eq!(due.due, day("2026-11-26"));
        assert_eq!((due.working_days, due.status), (working_days, status), "on {today}, done {done:?}");
        assert_eq!(due.day_after, day("2026-11-27"));
        assert_eq!(due.days.from, day(today).days_until(day("2026-11-12")));
        assert_eq!(due.days.due, day(today).days_until(day("2026-11-26")));
        assert_eq!(due.days.done, due.done_on.map(|done| day(today).days_until(done)));
    }
}

#[test]
fn bank_holidays_and_closures_are_no_working_days_and_stand_on_the_picture() {
    let closed = procedure(&["2026-12-29", "2026-12-27"]);
    let record = json!({ "meetings": [{ "kind": "review", "held_on": "2026-12-22" }] });
    let report = report_with(&closed, record, "2026-12-23");
    let due = deadline(&report, "minutes-circulated");
    // 23, 24, 30, 31 December, 4 to 8 and 11 January: Christmas, Boxing Day's substitute, the closure and New Year do not count.
    assert_eq!((due.due, due.working_days), (day("2027-01-11"), 9));
    let off: Vec<_> = report
        .timeline
        .days_off
        .iter()
        .map(|off| (off.day.to_string(), off.at, off.name, off.computed))
        .filter(|(day, ..)| ("2026-12-01".."2027-01-31").contains(&day.as_str()))
        .collect();
    assert_eq!(
        off,
        [
            ("2026-12-25".into(), 2, Some("Christmas Day"), false),
            ("2026-12-28".into(), 5, Some("Boxing Day"), false),
            // 27 December is a Sunday, on which nobody works anyway.
            ("2026-12-29".into(), 6, None, false),
            ("2027-01-01".into(), 9, Some("New Year’s Day"), false),
        ]
    );
}

#[test]
fn bank_holidays_that_are_not_announced_yet_say_so() {
    let report = report(json!({}), "2028-12-20");
    let off: Vec<_> =
        report.timeline.days_off.iter().map(|off| (off.day.to_string(), off.computed)).collect();
    assert_eq!(
        off,
        [("2028-12-25".into(), false), ("2028-12-26".into(), false), ("2029-01-01".into(), true),]
    );
}

/// The day up to which the list is official is told, and each deadline that lies past it, whatever it counts in: its working
/// days are counted with bank holidays that may yet be moved.
#[test]
fn deadlines_past_the_announced_bank_holidays_say_so() {
    let report = report(
        json!({ "meetings": [
            { "kind": "review", "held_on": "2028-12-01", "minutes": { "circulated_on": "2028-12-14" } },
            { "kind": "review", "held_on": "2028-12-20" },
        ] }),
        "2028-12-21",
    );
    assert_eq!(report.timeline.announced_until, day("2028-12-31"));
    let minutes: Vec<_> = report
        .deadlines
        .iter()
        .filter(|due| due.id == "minutes-circulated")
        .map(|due| (due.due.to_string(), due.computed))
        .collect();
    assert_eq!(minutes, [("2028-12-15".into(), false), ("2029-01-08".into(), true)]);
    for due in &report.deadlines {
        assert_eq!(due.computed, due.due > report.timeline.announced_until, "{} by {}", due.id, due.due);
    }
    assert!(report.deadlines.iter().any(|due| due.computed && !due.limit.contains("working")));
}

#[test]
fn a_picture_shows_whole_months_around_today_and_folds_what_is_past() {
    let meeting =
        |held: &str| json!({ "kind": "review", "held_on": held, "minutes": { "circulated_on": held } });
    let meetings = ["2025-03-03", "2025-06-02", "2026-10-12"].map(meeting);
    let report = report(json!({ "meetings": meetings }), "2026-11-21");
    let past: Vec<_> = report
        .deadlines
        .iter()
        .filter(|due| due.id == "minutes-circulated")
        .map(|due| (due.from.to_string(), due.past))
        .collect();
    assert_eq!(
        past,
        [("2025-03-03".into(), true), ("2025-06-02".into(), true), ("2026-10-12".into(), false)]
    );
    let on = |at| day("2026-11-21").plus_days(at).to_string();
    let timeline = &report.timeline;
    assert_eq!(on(timeline.first_of_all), "2025-03-01");
    assert_eq!(on(timeline.first)[8..], *"01");
    assert!(timeline.first_of_all < timeline.first && timeline.first < 0 && timeline.last > 0);
    assert_eq!(on(timeline.last + 1)[8..], *"01", "the last day ends a month");
    assert_eq!(
        timeline.months.first().map(|month| (month.at, month.year, month.month)),
        Some((timeline.first_of_all, 2025, 3))
    );
    assert!(
        timeline
            .mondays
            .iter()
            .all(|at| on(*at).parse::<Day>().expect("a day").weekday() == cinplan::day::Weekday::Mon)
    );
}

#[test]
fn what_is_not_done_is_never_folded_and_a_wrong_year_squeezes_nothing() {
    let report = report(json!({ "meetings": [{ "kind": "review", "held_on": "1926-11-12" }] }), "2026-11-21");
    let ancient = report.deadlines.iter().find(|due| due.status == Status::Overdue).expect("a deadline");
    assert_eq!((ancient.from, ancient.status, ancient.past), (day("1926-11-12"), Status::Overdue, false));
    assert!(ancient.working_days < -25_000, "{}", ancient.working_days);
    assert!(report.timeline.last - report.timeline.first < 19 * 31, "{:?}", report.timeline);
    assert_eq!(report.timeline.first_of_all, report.timeline.first);
}

/// Whole years are counted at once, so that thousands of rows that are a century overdue cost little.
#[test]
fn the_count_over_years_is_the_count_of_their_days() {
    let calendar = cinplan::Calendar::new(["2026-12-29", "2026-12-27", "2027-12-29", "2028-05-01"].map(day));
    let days = [
        "1900-01-01",
        "1999-12-31",
        "2000-01-01",
        "2026-03-30",
        "2026-12-31",
        "2027-01-01",
        "2029-01-02",
        "2200-12-31",
    ]
    .map(day);
    for from in days {
        for to in days {
            let (first, last) = (from.min(to), from.max(to));
            let each = (0..=first.days_until(last)).map(|n| first.plus_days(n));
            let working = |day: &Day| calendar.is_working_day(*day);
            let expected = if to < from {
                -i64::try_from(each.take_while(|day| *day < from).filter(working).count()).expect("few")
            } else {
                i64::try_from(each.skip(1).filter(working).count()).expect("few")
            };
            assert_eq!(calendar.working_days_between(from, to), expected, "{from} to {to}");
        }
    }
}
