//! Lengths of time as manuals and forms give them: `6 weeks`, `10 working days`, `fortnightly`.
//!
//! [`Period::read`] takes what somebody wrote, [`Period::after`] counts it from a day. What could mean two things is
//! refused with a reason, so that no deadline rests on a guess.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::day::{self, Calendar, Day};

/// What a period counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Hours of the clock.
    Hours,
    /// Days of the calendar.
    Days,
    /// Days that a [`Calendar`] calls working days.
    WorkingDays,
    /// Seven days each.
    Weeks,
    /// Months of the calendar.
    Months,
    /// Twelve months each.
    Years,
}

/// A length of time of at least 1 and at most about 100 years; shown as `1 week` or `10 working days`.
///
/// Periods in different units have no order, see [`Period::longer_than`]; `7 days` and `1 week` are not equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    count: u32,
    unit: Unit,
}

impl Period {
    /// So many of a unit; `None` for 0 and for more than 100 years.
    pub const fn of(count: u32, unit: Unit) -> Option<Period> {
        let most = match unit {
            Unit::Hours => 876_600,
            Unit::Days | Unit::WorkingDays => 36_525,
            Unit::Weeks => 5_217,
            Unit::Months => 1_200,
            Unit::Years => 100,
        };
        if count == 0 || count > most { None } else { Some(Period { count, unit }) }
    }

    /// The period that somebody wrote, as a length (`6 weeks`, `ten working days`) or as an interval (`every 3 weeks`,
    /// `6-weekly`, `fortnightly`, `once a month`).
    ///
    /// A fortnight is 2 weeks, a quarter 3 months and a business day a working day; `days` alone are those of the
    /// calendar. Refused are a range (`6 to 8 weeks`: the shorter would accuse and the longer excuse too much),
    /// a number of times (`twice a week`: it does not say how far apart) and words with two meanings (`biweekly`).
    pub fn read(text: &str) -> Result<Period, PeriodProblem> {
        let text = text.to_lowercase();
        let words = words_of(&text);
        let (count, (each, unit)) = size(&words).ok_or_else(|| why_not(&words))?;
        if count == 0 {
            return Err(PeriodProblem::Zero);
        }
        Period::of(count.saturating_mul(each), unit).ok_or(PeriodProblem::TooLong)
    }

    /// How many of its unit, 1 or more.
    pub const fn count(self) -> u32 {
        self.count
    }

    /// What it counts.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// The day on which the period from a day is over; that day counts as day 0, so a week from a Monday is a Monday.
    ///
    /// Hours end on the last day they can, the time being unknown: 24 from any time of a day end on the next. Only
    /// working days pass over weekends and bank holidays: 6 weeks may well end on one.
    pub fn after(self, day: Day, calendar: &Calendar) -> Day {
        let count = i64::from(self.count);
        match self.unit {
            Unit::Hours => day.plus_days(i64::from(self.count.div_ceil(24))),
            Unit::Days => day.plus_days(count),
            Unit::WorkingDays => calendar.add_working_days(day, self.count),
            Unit::Weeks => day.plus_weeks(count),
            Unit::Months => day.plus_months(self.count),
            Unit::Years => day.plus_years(self.count),
        }
    }

    /// The day that lies the period before a day, counted back as [`Period::after`] counts on: 3 working days before a
    /// Saturday is the Wednesday, a month before 31 March the last day of February.
    pub fn before(self, day: Day, calendar: &Calendar) -> Day {
        let count = i64::from(self.count);
        match self.unit {
            Unit::Hours => day.plus_days(-i64::from(self.count.div_ceil(24))),
            Unit::Days => day.plus_days(-count),
            Unit::WorkingDays => calendar.subtract_working_days(day, self.count),
            Unit::Weeks => day.plus_weeks(-count),
            Unit::Months => day.minus_months(self.count),
            Unit::Years => day.minus_months(self.count.saturating_mul(12)),
        }
    }

    /// Whether it is longer than another whatever day both are counted from, an authority's closure days aside.
    ///
    /// In one unit that is the greater number. Between units it holds only where it always does: 5 weeks are longer
    /// than a month, while neither of 30 days and a month is longer than the other.
    pub fn longer_than(self, other: Period) -> bool {
        match (self.months(), other.months()) {
            _ if self.unit == other.unit => self.count > other.count,
            (Some(months), Some(others)) => months > others,
            _ => self.shortest() > other.longest(),
        }
    }

    fn months(self) -> Option<u32> {
        match self.unit {
            Unit::Months => Some(self.count),
            Unit::Years => Some(self.count * 12),
            _ => None,
        }
    }

    /// Hours that it has at the least.
    fn shortest(self) -> u32 {
        // Days from the first of a month to that so many months on, in the worst case.
        const MONTHS: [u32; 12] = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];
        match (self.months(), self.unit) {
            (Some(months), _) => {
                let (years, rest) = (months / 12, months % 12);
                // A century year without its leap day may lie within.
                let days = years * 365 + (years / 4).saturating_sub(1);
                24 * (days + MONTHS.get(rest as usize).copied().unwrap_or(334))
            }
            (None, Unit::Hours) => self.count,
            // Counted from a Sunday and without a bank holiday, a weekend comes after every five.
            (None, Unit::WorkingDays) => 24 * (self.count + 2 * ((self.count - 1) / 5)),
            (None, Unit::Weeks) => 24 * 7 * self.count,
            (None, _) => 24 * self.count,
        }
    }

    /// Hours that it has at the most.
    fn longest(self) -> u32 {
        const MONTHS: [u32; 12] = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];
        match (self.months(), self.unit) {
            (Some(months), _) => {
                let (years, rest) = (months / 12, months % 12);
                let days = years * 365 + years.div_ceil(4);
                24 * (days + MONTHS.get(rest as usize).copied().unwrap_or(337))
            }
            (None, Unit::Hours) => self.count,
            // Bank holidays come up to four at once (Christmas and New Year 1999) and ten a year.
            (None, Unit::WorkingDays) => {
                let weekdays = self.count + 4 + self.count / 20;
                24 * (weekdays + 2 * weekdays.div_ceil(5))
            }
            (None, Unit::Weeks) => 24 * 7 * self.count,
            (None, _) => 24 * self.count,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Hours => "hour",
            Unit::Days => "day",
            Unit::WorkingDays => "working day",
            Unit::Weeks => "week",
            Unit::Months => "month",
            Unit::Years => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

impl FromStr for Period {
    type Err = PeriodProblem;

    fn from_str(text: &str) -> Result<Period, PeriodProblem> {
        Period::read(text)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        day::from_text(deserializer, "a length of time like 6 weeks")
    }
}

/// Why a text is not a period; shown as what must hold, to be read after the field's label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodProblem {
    /// Nothing in it can be taken for a length of time.
    NotAPeriod,
    /// A number without what it counts.
    UnitMissing,
    /// Two numbers, as in 6 to 8 weeks.
    Range,
    /// How often and not how far apart, as in twice a week.
    Times,
    /// A word that is used in two ways, as biweekly is.
    Ambiguous,
    /// A part of a unit, as in 1.5 weeks.
    NotWhole,
    /// A length of 0.
    Zero,
    /// Longer than 100 years.
    TooLong,
}

impl fmt::Display for PeriodProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PeriodProblem::NotAPeriod => "must be a length of time like 6 weeks or 10 working days",
            PeriodProblem::UnitMissing => "must say what it counts, like 6 weeks or 10 working days",
            PeriodProblem::Range => "must be one length of time like 6 weeks, not a range",
            PeriodProblem::Times => "must be how far apart, like every 2 weeks, not how many times",
            PeriodProblem::Ambiguous => "must say how far apart in weeks or months, like every 2 weeks",
            PeriodProblem::NotWhole => "must be a whole number, like 6 weeks or 10 working days",
            PeriodProblem::Zero => "must be 1 or more, like 6 weeks or 10 working days",
            PeriodProblem::TooLong => "must be no longer than 100 years",
        })
    }
}

impl std::error::Error for PeriodProblem {}

#[derive(Clone, Copy)]
enum Word<'t> {
    Figures(&'t str),
    Text(&'t str),
    Mark(char),
}

/// The words, numbers and marks of a text in lower case, without the spaces and dashes that part them.
fn words_of(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text.trim().trim_end_matches(['.', '\'', '’']);
    while let Some(first) = rest.chars().next() {
        let belongs: fn(char) -> bool =
            if first.is_ascii_digit() { |c| c.is_ascii_digit() } else { char::is_alphabetic };
        let (word, left) = rest.split_at(rest.find(|c| !belongs(c)).unwrap_or(rest.len()));
        if word.is_empty() {
            // A dash before everything else is a minus.
            if !first.is_whitespace() && (words.is_empty() || !is_dash(first)) {
                words.push(Word::Mark(first));
            }
            rest = rest.strip_prefix(first).unwrap_or_default();
        } else {
            words.push(if first.is_ascii_digit() { Word::Figures(word) } else { Word::Text(word) });
            rest = left;
        }
    }
    words
}

/// What the words say: a number, and a unit with how many of it each of the number stands for.
fn size(words: &[Word<'_>]) -> Option<(u32, (u32, Unit))> {
    let mut words = words;
    // "At least every 3 weeks" sets the same interval as "every 3 weeks", while "at least 3 weeks" sets none.
    let at_least = skip(&mut words, &["at", "least"]);
    let once = skip(&mut words, &["once"]);
    let every =
        skip(&mut words, &["every"]) || once && (skip(&mut words, &["a"]) || skip(&mut words, &["per"]));

    if every {
        if let Some(unit) = unit_of(words) {
            return Some((1, unit));
        }
        if skip(&mut words, &["other"]) || skip(&mut words, &["second"]) {
            return Some((2, unit_of(words)?));
        }
    } else if let [Word::Text(adverb)] = words {
        return Some((1, adverb_unit(adverb)?));
    }
    let (count, rest) = number(words)?;
    match rest {
        // As in 6-weekly. "2 daily" is heard as twice a day, and a number of fortnightly or quarterly as nothing.
        [Word::Text(adverb)] if !every && !once && adverb.ends_with("ly") => {
            let interval = adverb_unit(adverb)?;
            (interval.0 == 1 && interval.1 != Unit::Days).then_some((count, interval))
        }
        _ if every || !(at_least || once) => Some((count, unit_of(rest)?)),
        _ => None,
    }
}

/// What keeps the words from being a period, as helpfully as can be told.
fn why_not(words: &[Word<'_>]) -> PeriodProblem {
    let has =
        |texts: &[&str]| words.iter().any(|word| matches!(word, Word::Text(text) if texts.contains(text)));
    let is_number = |word: &Word<'_>| !matches!(word, Word::Text("a" | "an")) && number(&[*word]).is_some();

    let numbers = words.iter().filter(|word| is_number(word)).count();
    let side_by_side = words.windows(2).any(|pair| pair.iter().all(is_number));
    let fraction = words.iter().any(|word| matches!(word, Word::Mark('½' | '¼' | '¾')))
        || words
            .windows(3)
            .any(|three| matches!(three, [Word::Figures(_), Word::Mark('.'), Word::Figures(_)]));
    let so_many_a = words.windows(2).any(|pair| {
        is_number(&pair[0])
            && matches!(pair[1], Word::Text("a" | "per" | "daily" | "fortnightly" | "quarterly"))
    });
    match words {
        _ if has(&["bi", "biweekly", "bimonthly", "biannual", "biannually", "biyearly"]) => {
            PeriodProblem::Ambiguous
        }
        _ if has(&["twice", "thrice", "times", "x"]) || so_many_a => PeriodProblem::Times,
        _ if has(&["half"]) || fraction => PeriodProblem::NotWhole,
        _ if side_by_side || (numbers > 1 && has(&["to", "or", "between"])) => PeriodProblem::Range,
        [number] | [Word::Text("every"), number] if is_number(number) => PeriodProblem::UnitMissing,
        _ => PeriodProblem::NotAPeriod,
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2212}')
}

fn skip(words: &mut &[Word<'_>], phrase: &[&str]) -> bool {
    let Some((head, rest)) = words.split_at_checked(phrase.len()) else {
        return false;
    };
    let same = head.iter().zip(phrase).all(|(word, text)| matches!(word, Word::Text(word) if word == text));
    if same {
        *words = rest;
    }
    same
}

/// The number that the words begin with, in figures or in words up to ninety-nine, and what follows it.
fn number<'w, 't>(words: &'w [Word<'t>]) -> Option<(u32, &'w [Word<'t>])> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    let place = |names: &[&str], word: &str| names.iter().position(|name| *name == word);
    let (first, rest) = words.split_first()?;
    let word = match *first {
        // More figures than fit are beyond any period, whatever they are.
        Word::Figures(figures) => return Some((figures.parse().unwrap_or(u32::MAX), rest)),
        Word::Text("a" | "an") => return Some((1, rest)),
        Word::Text(word) => word,
        Word::Mark(_) => return None,
    };
    if let Some(small) = place(&SMALL, word) {
        return Some((u32::try_from(small).ok()?, rest));
    }
    let tens = 10 * (2 + u32::try_from(place(&TENS, word)?).ok()?);
    match rest {
        [Word::Text(word), after @ ..] => match place(&SMALL, word) {
            Some(ones @ 1..10) => Some((tens + u32::try_from(ones).ok()?, after)),
            _ => Some((tens, rest)),
        },
        _ => Some((tens, rest)),
    }
}

/// The unit that the words are, and how many of it one stands for.
fn unit_of(words: &[Word<'_>]) -> Option<(u32, Unit)> {
    Some(match words {
        [Word::Text("working" | "business"), Word::Text("day" | "days")] => (1, Unit::WorkingDays),
        [Word::Text("calendar"), Word::Text("day" | "days")] => (1, Unit::Days),
        [Word::Text("calendar"), Word::Text("month" | "months")] => (1, Unit::Months),
        [Word::Text(word)] => match *word {
            "hour" | "hours" | "hr" | "hrs" => (1, Unit::Hours),
            "day" | "days" => (1, Unit::Days),
            "week" | "weeks" | "wk" | "wks" => (1, Unit::Weeks),
            "fortnight" | "fortnights" => (2, Unit::Weeks),
            "month" | "months" | "mth" | "mths" => (1, Unit::Months),
            "quarter" | "quarters" => (3, Unit::Months),
            "year" | "years" | "yr" | "yrs" => (1, Unit::Years),
            _ => return None,
        },
        _ => return None,
    })
}

fn adverb_unit(word: &str) -> Option<(u32, Unit)> {
    Some(match word {
        "hourly" => (1, Unit::Hours),
        "daily" => (1, Unit::Days),
        "weekly" => (1, Unit::Weeks),
        "fortnightly" => (2, Unit::Weeks),
        "monthly" => (1, Unit::Months),
        "quarterly" => (3, Unit::Months),
        "yearly" | "annually" => (1, Unit::Years),
        _ => return None,
    })
}
