//! Civil days and times as people write them in England, and the working days between them.
//!
//! Start at [`Day::read`] for what somebody typed and at [`Calendar`] for working days. Nothing here reads a clock or
//! knows a time zone, and nothing panics: arithmetic stops at [`Day::FIRST`] and [`Day::LAST`].

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::atomic::{AtomicU16, Ordering};

use chrono::{Datelike, Month, Months, NaiveDate, TimeDelta};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::order;

pub use chrono::Weekday;

/// A day of the calendar between 1 January 1900 and 31 December 2200, without a time; shown as `2026-03-12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// 1 January 1900, at which counting back stops.
    pub const FIRST: Day = Day(NaiveDate::from_ymd_opt(1900, 1, 1).unwrap());
    /// 31 December 2200, at which counting on stops.
    pub const LAST: Day = Day(NaiveDate::from_ymd_opt(2200, 12, 31).unwrap());

    /// The day with this year, month (1 to 12) and day of the month (1 to 31); `None` where there is none.
    pub fn of(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day)
            .map(Day)
            .filter(|day| (Day::FIRST..=Day::LAST).contains(day))
    }

    /// The day that somebody wrote: ISO (`2026-03-12`), numbers with the day first (`12/03/2026`, `12.3.26`) or a month by
    /// name (`Thursday 12th March 2026`).
    ///
    /// A clock time behind the date is passed over (`12 March 2026, 2pm`, `2026-03-12T09:30:00`). One with a zone is not
    /// (`2026-03-12T23:30:00Z`): here that moment may be of another day.
    ///
    /// Numbers are never taken month first. Of years in two figures, 00 to 69 are 2000 to 2069 and 70 to 99 are 1970
    /// to 1999.
    pub fn read(text: &str) -> Result<Day, DayProblem> {
        // No date is longer; whoever pasted a page gets the answer as fast as everybody else.
        const LONGEST: usize = 100;

        let text = text.trim_matches(is_gap);
        if text.len() > LONGEST {
            return Err(DayProblem::NotADay);
        }
        match read_day(text) {
            Err(DayProblem::NotADay) => match before_a_time(text) {
                Some(date) => read_day(date),
                None if has_a_time(text) => Err(DayProblem::HasATime),
                None => Err(DayProblem::NotADay),
            },
            result => result,
        }
    }

    /// The year, 1900 to 2200.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The day as GOV.UK writes it: `12 March 2026`.
    pub fn long(self) -> String {
        format!("{} {} {}", self.day(), month_name(self.month()), self.year())
    }

    /// So many days later, or earlier when negative.
    pub fn plus_days(self, days: i64) -> Day {
        let moved = TimeDelta::try_days(days).and_then(|delta| self.0.checked_add_signed(delta));
        within(moved, days < 0)
    }

    /// So many weeks later, or earlier when negative.
    pub fn plus_weeks(self, weeks: i64) -> Day {
        self.plus_days(weeks.saturating_mul(7))
    }

    /// The same day of the month so many months later, or the month's last day where it has no such day: a month from
    /// 31 January is the last day of February. That is how English law counts months (Dodds v Walker, 1981).
    pub fn plus_months(self, months: u32) -> Day {
        within(self.0.checked_add_months(Months::new(months)), false)
    }

    /// The same day of the month so many months earlier, or the month's last day where it has no such day.
    pub fn minus_months(self, months: u32) -> Day {
        within(self.0.checked_sub_months(Months::new(months)), true)
    }

    /// The same day so many years later; from 29 February it is 28 February in a year without one.
    pub fn plus_years(self, years: u32) -> Day {
        self.plus_months(years.saturating_mul(12))
    }

    /// Days from this one to the other: 1 from a day to the next, negative when the other is earlier.
    pub fn days_until(self, other: Day) -> i64 {
        (other.0 - self.0).num_days()
    }

    /// Age in whole years on a day, of somebody born on this one; `None` when the day is before the birth.
    ///
    /// An age is reached as the anniversary of the birth begins (Family Law Reform Act 1969, section 9). Somebody born
    /// on 29 February has no anniversary in most years; there the age is reached on 1 March, once 28 February is over.
    pub fn age_on(self, on: Day) -> Option<u32> {
        if on < self {
            return None;
        }
        let before_birthday = (on.month(), on.day()) < (self.month(), self.day());
        u32::try_from(on.year() - self.year() - i32::from(before_birthday)).ok()
    }

    fn next(self) -> Option<Day> {
        self.0.succ_opt().map(Day).filter(|day| *day <= Day::LAST)
    }

    fn previous(self) -> Option<Day> {
        self.0.pred_opt().map(Day).filter(|day| *day >= Day::FIRST)
    }
}

fn within(moved: Option<NaiveDate>, back: bool) -> Day {
    let beyond = if back { Day::FIRST } else { Day::LAST };
    moved.map_or(beyond, Day).clamp(Day::FIRST, Day::LAST)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Day {
    type Err = DayProblem;

    fn from_str(text: &str) -> Result<Day, DayProblem> {
        Day::read(text)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        from_text(deserializer, "a date like 2026-03-12")
    }
}

/// Why a text is not a day; shown as what must hold, to be read after the field's label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayProblem {
    /// Nothing in it can be taken for a date.
    NotADay,
    /// The month has no day of that number.
    NoSuchDay {
        /// The year that was given.
        year: i32,
        /// The month that was given, 1 to 12.
        month: u32,
    },
    /// There is no month of that number, as in a date with the month first.
    NoSuchMonth,
    /// A month and a year, and no day.
    DayMissing,
    /// A day and a month, and no year.
    YearMissing,
    /// The year is not between 1900 and 2200.
    YearOutOfRange,
    /// The day of the week given with the date is not the one it falls on.
    NotItsWeekday {
        /// The one it falls on.
        falls_on: Weekday,
    },
    /// A time stands with the date that may be of another day here, as one with a zone.
    HasATime,
}

impl fmt::Display for DayProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            DayProblem::NotADay => f.write_str("must be a date like 12 March 2026"),
            DayProblem::NoSuchDay { year, month } => {
                let name = month_name(month);
                let days = days_in(year, month);
                write!(f, "must be a real date: {name} {year} has {days} days")
            }
            DayProblem::NoSuchMonth => {
                f.write_str("must be a real date: the day comes first, then a month from 1 to 12")
            }
            DayProblem::DayMissing => f.write_str("must include a day, like 12 March 2026"),
            DayProblem::YearMissing => f.write_str("must include a year, like 12 March 2026"),
            DayProblem::YearOutOfRange => f.write_str("must have a year from 1900 to 2200"),
            DayProblem::NotItsWeekday { falls_on } => {
                write!(f, "must match its day of the week, which is {}", weekday_name(falls_on))
            }
            DayProblem::HasATime => f.write_str("must be a date without a time, like 12 March 2026"),
        }
    }
}

impl std::error::Error for DayProblem {}

fn month_name(month: u32) -> &'static str {
    u8::try_from(month)
        .ok()
        .and_then(|month| Month::try_from(month).ok())
        .map_or("the month", |month| month.name())
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn days_in(year: i32, month: u32) -> u8 {
    u8::try_from(month)
        .ok()
        .and_then(|month| Month::try_from(month).ok())
        .and_then(|month| month.num_days(year))
        .unwrap_or(31)
}

/// A number as it was written: `2026` and `26` are different years, and so are `12` and `012`.
#[derive(Clone, Copy)]
struct Number {
    value: u32,
    figures: usize,
}

impl Number {
    fn is_a_year(self) -> bool {
        self.figures >= 4
    }
}

#[derive(Clone, Copy)]
enum Part {
    Number(Number),
    Month(u32),
}

fn read_day(text: &str) -> Result<Day, DayProblem> {
    const UNREADABLE: DayProblem = DayProblem::NotADay;
    let mut parts = [Part::Month(0); 3];
    let mut found = 0;
    let mut gaps = [None; 3];
    let mut weekday = None;

    let mut rest = text.strip_suffix('.').unwrap_or(text);
    loop {
        let gap = take_gap(&mut rest).ok_or(UNREADABLE)?;
        let Some(first) = rest.chars().next() else {
            break;
        };
        if found == 0 && gap.is_some() {
            return Err(UNREADABLE);
        }
        let part = if first.is_ascii_digit() {
            let figures = take_while(&mut rest, |c| c.is_ascii_digit());
            // Ten figures and more are beyond any year, whatever they are.
            let value = figures.parse().unwrap_or(u32::MAX);
            let mut after = rest;
            let ending = take_while(&mut after, char::is_alphabetic);
            if ["st", "nd", "rd", "th"].iter().any(|ordinal| ending.eq_ignore_ascii_case(ordinal)) {
                rest = after;
            }
            Part::Number(Number { value, figures: figures.len() })
        } else if first.is_alphabetic() {
            let word = take_while(&mut rest, char::is_alphabetic);
            if ["of", "the"].iter().any(|filler| word.eq_ignore_ascii_case(filler)) {
                continue;
            }
            if let Some(read) = read_weekday(word) {
                if weekday.replace(read).is_some() {
                    return Err(UNREADABLE);
                }
                continue;
            }
            Part::Month(read_month(word).ok_or(UNREADABLE)?)
        } else {
            return Err(UNREADABLE);
        };
        *parts.get_mut(found).ok_or(UNREADABLE)? = part;
        gaps[found] = gap;
        found += 1;
    }

    let (year, month, day) = match (parts, found) {
        ([Part::Number(year), Part::Month(month), Part::Number(day)], 3) if year.is_a_year() => {
            (year, month, day)
        }
        ([Part::Number(day), Part::Month(month), Part::Number(year)], 3) => (year, month, day),
        ([Part::Month(month), Part::Number(day), Part::Number(year)], 3) => (year, month, day),
        ([Part::Number(first), Part::Number(month), Part::Number(last)], 3) if gaps[1] == gaps[2] => {
            if month.figures > 2 {
                return Err(UNREADABLE);
            }
            if first.is_a_year() { (first, month.value, last) } else { (last, month.value, first) }
        }
        ([Part::Number(number), Part::Month(_), _] | [Part::Month(_), Part::Number(number), _], 2) => {
            return Err(missing(number.is_a_year()));
        }
        ([Part::Number(first), Part::Number(last), _], 2) => {
            return Err(missing(first.is_a_year() || last.is_a_year()));
        }
        _ => return Err(UNREADABLE),
    };
    if day.figures > 2 {
        return Err(UNREADABLE);
    }
    let year = match year {
        Number { value, figures: 2 } if value < 70 => 2000 + value,
        Number { value, figures: 2 } => 1900 + value,
        Number { value, .. } => value,
    };
    let year = i32::try_from(year)
        .ok()
        .filter(|year| (Day::FIRST.year()..=Day::LAST.year()).contains(year))
        .ok_or(DayProblem::YearOutOfRange)?;
    if !(1..=12).contains(&month) {
        return Err(DayProblem::NoSuchMonth);
    }
    let day = Day::of(year, month, day.value).ok_or(DayProblem::NoSuchDay { year, month })?;
    match weekday {
        Some(weekday) if weekday != day.weekday() => {
            Err(DayProblem::NotItsWeekday { falls_on: day.weekday() })
        }
        _ => Ok(day),
    }
}

fn missing(has_a_year: bool) -> DayProblem {
    if has_a_year { DayProblem::DayMissing } else { DayProblem::YearMissing }
}

fn read_month(word: &str) -> Option<u32> {
    if word.eq_ignore_ascii_case("sept") {
        return Some(9);
    }
    word.parse::<Month>().ok().map(|month| month.number_from_month())
}

fn read_weekday(word: &str) -> Option<Weekday> {
    const SHORT: [(&str, Weekday); 4] =
        [("tues", Weekday::Tue), ("weds", Weekday::Wed), ("thur", Weekday::Thu), ("thurs", Weekday::Thu)];
    let short = SHORT.iter().find(|(short, _)| word.eq_ignore_ascii_case(short));
    short.map(|(_, weekday)| *weekday).or_else(|| word.parse().ok())
}

/// The date before a clock time, as in `2026-03-12T09:30:00` or `12 March 2026 at 9.30am`. One with a zone is no clock
/// time: elsewhere that moment may be of another day.
fn before_a_time(text: &str) -> Option<&str> {
    dates_before(text, |time| {
        let whole = time.rsplit_once('.').filter(|(whole, part)| {
            whole.matches(':').count() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())
        });
        Time::read(whole.map_or(time, |(whole, _)| whole)).is_ok()
    })
}

/// Whether what is left after a date is a time that tells no day for certain, as in `2026-03-12T00:00:00Z`.
fn has_a_time(text: &str) -> bool {
    let begins_with_hours = |time: &str| {
        let after = time.trim_start_matches(|c: char| c.is_ascii_digit());
        after.len() < time.len() && after.starts_with(':')
    };
    dates_before(text, begins_with_hours).is_some()
}

/// What can be taken for a date before a time.
fn dates_before(text: &str, is_time: impl Fn(&str) -> bool) -> Option<&str> {
    text.char_indices().find_map(|(at, c)| {
        if !(is_gap(c) || matches!(c, 'T' | 't')) || !is_time(&text[at + c.len_utf8()..]) {
            return None;
        }
        let date = text[..at].trim_end_matches(is_gap);
        let date = date.strip_suffix(" at").unwrap_or(date).trim_end_matches(is_gap);
        (!matches!(read_day(date), Err(DayProblem::NotADay))).then_some(date)
    })
}

/// What people put between the parts of a date for the eye alone, among it the marks that copying from a page brings.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

/// Moves past spaces and at most one separator and gives that, if any; `None` where there are two.
fn take_gap(rest: &mut &str) -> Option<Option<char>> {
    let mut separator = None;
    let mut chars = rest.chars();
    while let Some(c) = chars.clone().next() {
        let found = match c {
            '/' | '.' => Some(c),
            '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2212}' => Some('-'),
            _ if is_gap(c) => None,
            _ => break,
        };
        if found.is_some() && separator.is_some() {
            return None;
        }
        separator = separator.or(found);
        chars.next();
    }
    *rest = chars.as_str();
    Some(separator)
}

fn take_while<'t>(rest: &mut &'t str, belongs: impl Fn(char) -> bool) -> &'t str {
    let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    let (taken, left) = rest.split_at(end);
    *rest = left;
    taken
}

/// A time of day to the minute, without a day or a zone; shown as `09:05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    minutes: u16,
}

impl Time {
    /// The time at this hour (0 to 23) and minute (0 to 59); `None` where there is none.
    pub fn of(hour: u32, minute: u32) -> Option<Time> {
        if hour > 23 || minute > 59 {
            return None;
        }
        u16::try_from(hour * 60 + minute).ok().map(|minutes| Time { minutes })
    }

    /// The time that somebody wrote: `9:05`, `09:05`, `09:05:00`, `9.05`, `9.30am`, `2pm`, `midday`.
    ///
    /// Seconds are dropped. A number alone (`9`, `1400`) is not taken for a time, and neither is `midnight`, which may
    /// be either end of a day.
    pub fn read(text: &str) -> Result<Time, TimeProblem> {
        let mut rest = text.trim_matches(is_gap);
        if ["midday", "noon", "12 noon"].iter().any(|noon| rest.eq_ignore_ascii_case(noon)) {
            return Ok(Time { minutes: 12 * 60 });
        }
        let mut numbers = [0; 3];
        let mut found = 0;
        loop {
            let figures = take_while(&mut rest, |c| c.is_ascii_digit());
            let fits = if found == 0 { (1..=2).contains(&figures.len()) } else { figures.len() == 2 };
            let number = figures.parse().ok().filter(|_| fits).ok_or(TimeProblem::NotATime)?;
            *numbers.get_mut(found).ok_or(TimeProblem::NotATime)? = number;
            found += 1;
            match rest.strip_prefix([':', '.']) {
                Some(after) => rest = after,
                None => break,
            }
        }
        let [hour, minute, second] = numbers;
        let half = rest.trim_start_matches(is_gap);
        let is = |spellings: [&str; 3]| spellings.iter().any(|spelling| half.eq_ignore_ascii_case(spelling));
        let hour = if half.is_empty() && found > 1 {
            hour
        } else if is(["am", "a.m.", "a.m"]) || is(["pm", "p.m.", "p.m"]) {
            if !(1..=12).contains(&hour) {
                return Err(TimeProblem::NoSuchHalfDay);
            }
            hour % 12 + if is(["pm", "p.m.", "p.m"]) { 12 } else { 0 }
        } else {
            return Err(TimeProblem::NotATime);
        };
        Time::of(hour, minute).filter(|_| second < 60).ok_or(TimeProblem::NoSuchTime)
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> u32 {
        u32::from(self.minutes / 60)
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> u32 {
        u32::from(self.minutes % 60)
    }

    /// Minutes from this time to another of the same day; negative when the other is earlier.
    pub fn minutes_until(self, other: Time) -> i64 {
        i64::from(other.minutes) - i64::from(self.minutes)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())
    }
}

impl FromStr for Time {
    type Err = TimeProblem;

    fn from_str(text: &str) -> Result<Time, TimeProblem> {
        Time::read(text)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        from_text(deserializer, "a time like 14:30")
    }
}

/// Why a text is not a time; shown as what must hold, to be read after the field's label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeProblem {
    /// Nothing in it can be taken for a time.
    NotATime,
    /// An hour, minute or second beyond what a day has.
    NoSuchTime,
    /// An hour with am or pm that is not between 1 and 12.
    NoSuchHalfDay,
}

impl fmt::Display for TimeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TimeProblem::NotATime => "must be a time like 9:30am or 14:30",
            TimeProblem::NoSuchTime => "must be a real time: hours go from 0 to 23 and minutes from 0 to 59",
            TimeProblem::NoSuchHalfDay => "must be a real time: hours go from 1 to 12 with am or pm",
        })
    }
}

impl std::error::Error for TimeProblem {}

/// The working days of an authority: Monday to Friday less the bank holidays of England and Wales and its own closures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// In order and each once, for looking up.
    closures: Vec<Day>,
}

impl Calendar {
    /// Working days with an authority's own closure days left out as well; the default has none.
    pub fn new(closures: impl IntoIterator<Item = Day>) -> Calendar {
        let mut closures: Vec<Day> = closures.into_iter().collect();
        order::distinct(&mut closures);
        Calendar { closures }
    }

    /// Whether it is a working day.
    pub fn is_working_day(&self, day: Day) -> bool {
        !is_weekend(day) && bank_holiday_on(day).is_none() && self.closures.binary_search(&day).is_err()
    }

    /// The day itself when it is a working day, else the first one after it.
    pub fn next_working_day(&self, day: Day) -> Day {
        if self.is_working_day(day) { day } else { self.add_working_days(day, 1) }
    }

    /// The `n`th working day after a day, which counts as day 0 whether or not it is one itself; 0 gives the day back.
    pub fn add_working_days(&self, from: Day, n: u32) -> Day {
        self.step(from, n, Day::next)
    }

    /// The `n`th working day before a day, counted as [`Calendar::add_working_days`] does.
    pub fn subtract_working_days(&self, from: Day, n: u32) -> Day {
        self.step(from, n, Day::previous)
    }

    /// Working days after `from` up to and with `to`, so that a working day `n` working days on is `n` away; negative
    /// when `to` is earlier (then those from `to` up to but without `from`).
    pub fn working_days_between(&self, from: Day, to: Day) -> i64 {
        // Both ways round the days counted leave out `from` and take in `to`.
        let (first, end) = if to < from { (Some(to), Some(from)) } else { (from.next(), to.next()) };
        let mut count = 0;
        let mut next = first;
        while let Some(day) = next
            && next != end
        {
            // Whole years at once: a record may hold thousands of days that are a century off.
            let year_after = Day::of(day.year() + 1, 1, 1).filter(|_| (day.month(), day.day()) == (1, 1));
            if let Some(after) = year_after.filter(|after| end.is_none_or(|end| *after <= end)) {
                count += working_days_of(day.year()) - self.closed_between(day, after);
                next = Some(after);
            } else {
                count += i64::from(self.is_working_day(day));
                next = day.next();
            }
        }
        if to < from { -count } else { count }
    }

    /// Working days after `from` up to and with `due`; negative when `due` has passed: then those after it up to and
    /// with `from`. On a Saturday nobody is a working day late for Friday.
    pub fn working_days_in_hand(&self, from: Day, due: Day) -> i64 {
        if due < from { -self.working_days_between(due, from) } else { self.working_days_between(from, due) }
    }

    /// Closures from the one day up to but without the other that would be working days.
    fn closed_between(&self, first: Day, end: Day) -> i64 {
        let at = |day| self.closures.partition_point(|closure| *closure < day);
        let closures = &self.closures[at(first)..at(end)];
        let lost = closures.iter().filter(|day| !is_weekend(**day) && bank_holiday_on(**day).is_none());
        i64::try_from(lost.count()).unwrap_or(i64::MAX)
    }

    fn step(&self, from: Day, n: u32, next: impl Fn(Day) -> Option<Day>) -> Day {
        let mut day = from;
        let mut left = n;
        while left > 0 {
            // The calendar's end bounds this, however large `n` is.
            let Some(following) = next(day) else { break };
            day = following;
            left -= u32::from(self.is_working_day(day));
        }
        day
    }
}

/// The working days of a whole year without an authority's closures, counted when they are first asked for.
fn working_days_of(year: i32) -> i64 {
    const YEARS: usize = 301;
    static COUNTED: [AtomicU16; YEARS] = [const { AtomicU16::new(0) }; YEARS];

    let count = || {
        let days = std::iter::successors(Day::of(year, 1, 1), |day| day.next());
        let days = days.take_while(|day| day.year() == year);
        days.filter(|day| !is_weekend(*day) && bank_holiday_on(*day).is_none()).count()
    };
    let known = usize::try_from(year - Day::FIRST.year()).ok().and_then(|at| COUNTED.get(at));
    let counted = known.map_or(0, |known| known.load(Ordering::Relaxed));
    if counted > 0 {
        return i64::from(counted);
    }
    let counted = u16::try_from(count()).unwrap_or(u16::MAX);
    if let Some(known) = known {
        known.store(counted, Ordering::Relaxed);
    }
    i64::from(counted)
}

pub(crate) fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The last day for which the government has announced bank holidays; later ones are computed by the rules.
///
/// Source: GOV.UK, "UK bank holidays" (`bank-holidays.json`), whose list ends with December 2028.
pub const ANNOUNCED_UNTIL: Day = Day(NaiveDate::from_ymd_opt(2028, 12, 31).unwrap());

/// A bank holiday of England and Wales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BankHoliday {
    /// The day that is kept, never a Saturday or Sunday.
    pub day: Day,
    /// Its official name, as GOV.UK gives it.
    pub name: &'static str,
    /// Whether it stands for a holiday that fell on a weekend.
    pub substitute: bool,
}

/// The bank holidays of England and Wales in a year, in order; none outside 1900 to 2200.
///
/// They are those of the Banking and Financial Dealings Act 1971 with the days moved or added by proclamation since.
/// Before 1974, when New Year's Day was added, days of older law (Whit Monday) are not known.
pub fn bank_holidays(year: i32) -> impl Iterator<Item = BankHoliday> {
    let first = Day::of(year, 1, 1);
    std::iter::successors(first, |day| day.next())
        .take_while(move |day| day.year() == year)
        .filter_map(bank_holiday_on)
}

/// The bank holiday of England and Wales on a day, if it is one.
pub fn bank_holiday_on(day: Day) -> Option<BankHoliday> {
    use Weekday::{Fri, Mon, Tue};

    let weekday = day.weekday();
    if is_weekend(day) {
        return None;
    }
    let holiday = |name| Some(BankHoliday { day, name, substitute: false });
    let substitute = |name| Some(BankHoliday { day, name, substitute: true });
    match (day.year(), day.month(), day.day()) {
        (1977, 6, 7) => holiday("Queen’s Silver Jubilee"),
        (1981, 7, 29) => holiday("Royal wedding"),
        (1995, 5, 1) => None,
        (1995, 5, 8) => holiday("Early May bank holiday (VE day)"),
        (1999, 12, 31) => holiday("Millennium bank holiday"),
        (2002 | 2012 | 2022, 5, 25..) => None,
        (2002, 6, 3) => holiday("Queen’s Golden Jubilee"),
        (2002, 6, 4) => holiday("Spring bank holiday"),
        (2011, 4, 29) => holiday("Royal wedding"),
        // GOV.UK lists this one alone of the moved days as a substitute.
        (2012, 6, 4) => substitute("Spring bank holiday"),
        (2012, 6, 5) => holiday("Queen’s Diamond Jubilee"),
        (2020, 5, 4) => None,
        (2020, 5, 8) => holiday("Early May bank holiday (VE day)"),
        (2022, 6, 2) => holiday("Spring bank holiday"),
        (2022, 6, 3) => holiday("Platinum Jubilee bank holiday"),
        (2022, 9, 19) => holiday("Bank Holiday for the State Funeral of Queen Elizabeth II"),
        (2023, 5, 8) => holiday("Bank holiday for the coronation of King Charles III"),

        (1974.., 1, 1) => holiday("New Year’s Day"),
        (1974.., 1, 2 | 3) if weekday == Mon => substitute("New Year’s Day"),
        (year, 3 | 4, _) if weekday == Fri && easter(year) == day.plus_days(2) => holiday("Good Friday"),
        (year, 3 | 4, _) if weekday == Mon && easter(year) == day.plus_days(-1) => holiday("Easter Monday"),
        (1978.., 5, ..=7) if weekday == Mon => holiday("Early May bank holiday"),
        (_, 5, 25..) if weekday == Mon => holiday("Spring bank holiday"),
        (_, 8, 25..) if weekday == Mon => holiday("Summer bank holiday"),
        (_, 12, 25) => holiday("Christmas Day"),
        (_, 12, 26) => holiday("Boxing Day"),
        // Christmas Day fell on the Saturday or Sunday; Boxing Day, on the Sunday or Monday, keeps its place after it.
        (_, 12, 27) if matches!(weekday, Mon | Tue) => substitute("Christmas Day"),
        (_, 12, 28) if matches!(weekday, Mon | Tue) => substitute("Boxing Day"),
        _ => None,
    }
}

/// Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i32) -> Day {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    // Days after 22 March, the earliest that Easter can be.
    let late = h + l - 7 * m;
    within(NaiveDate::from_ymd_opt(year, 3, 22), false).plus_days(i64::from(late))
}

/// Reads a value that is written as text, and says in `expected` what it looks like.
pub(crate) fn from_text<'de, D, T>(deserializer: D, expected: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    struct Text<T>(&'static str, PhantomData<T>);

    impl<T: FromStr<Err: fmt::Display>> de::Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Text(expected, PhantomData))
}
