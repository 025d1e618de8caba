//! The picture of a case's deadlines, in days counted from the day of the check: whoever draws it only scales numbers.

use serde::Serialize;

use crate::day::{ANNOUNCED_UNTIL, Calendar, Day, Weekday, bank_holiday_on, is_weekend};
use crate::rule::Due;

/// Months after which a deadline that was met, or met late, is of the past: a picture folds it away.
const PAST_AFTER: u32 = 3;
/// Months before and after today that a picture shows at most, so that one wrong year does not squeeze the rest.
const MOST_BEFORE: u32 = 6;
const MOST_AFTER: u32 = 12;
/// Months before today that it shows at most once what is past is unfolded.
const MOST_UNFOLDED: u32 = 10 * 12;
/// Months before and after today that it shows at least.
const LEAST: u32 = 1;

/// The days that a picture of the deadlines shows. All are counted from the day of the check, which is 0; earlier ones
/// are negative. A deadline may lie beyond either end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Timeline {
    /// The first day while what is past is folded away: the first of a month.
    pub first: i64,
    /// The first day once what is past is shown: the first of a month.
    pub first_of_all: i64,
    /// The last day: the last of a month.
    pub last: i64,
    /// The months from the first of all to the last.
    pub months: Vec<Month>,
    /// The Mondays in the same time.
    pub mondays: Vec<i64>,
    /// The days from Monday to Friday in the same time on which nobody works.
    pub days_off: Vec<DayOff>,
    /// The last day for which the government has announced bank holidays; those after it are worked out by the rules.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub announced_until: Day,
}

/// A month of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Month {
    /// Its first day, counted from today.
    pub at: i64,
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
}

/// A weekday on which nobody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct DayOff {
    /// The day.
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub day: Day,
    /// The day, counted from today.
    pub at: i64,
    /// The name of a bank holiday; none on a day on which the authority is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js", tsify(type = "string"))]
    pub name: Option<&'static str>,
    /// Whether a bank holiday is worked out by the rules, because the government has not announced it yet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "js", tsify(optional))]
    pub computed: bool,
}

/// The days of a deadline, counted from the day of the check; earlier ones are negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct DayCounts {
    /// The day from which it counts.
    pub from: i64,
    /// The last day on which it is in time.
    pub due: i64,
    /// The day on which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<i64>,
}

/// Whether what ended on a day is of the past, so that a picture folds it away.
pub(crate) fn is_past(day: Day, today: Day) -> bool {
    day < today.minus_months(PAST_AFTER)
}

impl Timeline {
    /// The first day, the first of all and the last that a picture of these deadlines shows. Two that agree in these, and
    /// in the day and the calendar, are the same.
    pub(crate) fn ends<'a>(deadlines: impl Iterator<Item = &'a Due> + Clone, today: Day) -> (i64, i64, i64) {
        let earliest = |due: &Due| due.done_on.map_or(due.from, |done| done.min(due.from));
        let latest = |due: &Due| due.done_on.map_or(due.due, |done| done.max(due.due));
        let shown = || deadlines.clone().filter(|due| !due.past);
        let first = shown().map(earliest).min().unwrap_or(today);
        let first = month_of(first.clamp(today.minus_months(MOST_BEFORE), today.minus_months(LEAST)));
        let of_all = deadlines.clone().filter(|due| due.past).map(earliest).min().unwrap_or(first);
        let of_all = month_of(of_all.max(today.minus_months(MOST_UNFOLDED))).min(first);
        let last = shown().map(latest).max().unwrap_or(today);
        let last = last.clamp(today.plus_months(LEAST), today.plus_months(MOST_AFTER));
        let last = month_of(last).plus_months(1).plus_days(-1);
        (today.days_until(first), today.days_until(of_all), today.days_until(last))
    }

    /// The days that a picture of these deadlines shows.
    pub(crate) fn of<'a>(
        deadlines: impl Iterator<Item = &'a Due> + Clone,
        calendar: &Calendar,
        today: Day,
    ) -> Timeline {
        let (first, first_of_all, last) = Timeline::ends(deadlines, today);
        let mut timeline = Timeline {
            first,
            first_of_all,
            last,
            months: Vec::new(),
            mondays: Vec::new(),
            days_off: Vec::new(),
            announced_until: ANNOUNCED_UNTIL,
        };
        for at in timeline.first_of_all..=timeline.last {
            let day = today.plus_days(at);
            if day.day() == 1 {
                timeline.months.push(Month { at, year: day.year(), month: day.month() });
            }
            if day.weekday() == Weekday::Mon {
                timeline.mondays.push(at);
            }
            if !is_weekend(day) && !calendar.is_working_day(day) {
                let name = bank_holiday_on(day).map(|holiday| holiday.name);
                let computed = name.is_some() && day > ANNOUNCED_UNTIL;
                timeline.days_off.push(DayOff { day, at, name, computed });
            }
        }
        timeline
    }
}

fn month_of(day: Day) -> Day {
    day.plus_days(1 - i64::from(day.day()))
}
