//! Days, lengths of time and how often, as they stand in a sentence.

use crate::day::Day;

use super::lists::Mark;
use super::reading::Place;
use super::token::{Kind, Text, Token};

/// By when something is to be done, as a text tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Time {
    /// A day, or a length of time that ends.
    Day,
    /// Something that the plan or the calendar sets: "by the next review".
    Event,
    /// It goes on, and is looked at on days that are told: "ongoing, reviewed every 4 weeks".
    Reviewed,
    /// Again and again, and nothing says until when.
    Repeated,
    /// Put off: "ASAP".
    PutOff(Place),
    /// Nothing of it.
    #[default]
    Unsaid,
}

impl Time {
    /// This, or the other where this says nothing.
    pub fn or(self, other: Time) -> Time {
        if self == Time::Unsaid { other } else { self }
    }

    /// Whether it tells a day on which it is done or looked at.
    pub fn is_told(&self) -> bool {
        matches!(self, Time::Day | Time::Event | Time::Reviewed)
    }
}

/// By when, as a text tells.
pub fn of_text(text: &str) -> Time {
    Times::of(&Text::read(text)).on(None)
}

/// By when, as a text tells on any day: what it tells of a day that is past is nothing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Times {
    /// The last day on which it tells a day.
    until: Option<Day>,
    /// What it tells after that.
    then: Time,
}

impl Times {
    /// Nothing.
    pub const NONE: Times = Times { until: None, then: Time::Unsaid };

    /// What a text tells.
    pub fn of(text: &Text) -> Times {
        let tokens = &text.tokens;
        let mut until = None;
        let mut found = Time::Unsaid;
        let mut repeated = false;
        let mut put_off = None;
        let mut reviewed = false;
        for (i, token) in tokens.iter().enumerate() {
            if token.quoted || token.words == 0 {
                continue;
            }
            until = until.max(if is_length(text, i) { Some(Day::LAST) } else { told_until(text, i) });
            if until == Some(Day::LAST) {
                break;
            }
            if is_event(tokens, i) {
                found = Time::Event;
            }
            repeated |= is_often(text, i);
            reviewed |= token.word.starts_with("review");
            if token.has(Mark::PutOff) && put_off.is_none() {
                put_off = Some(Place {
                    span: text.span(i, i + token.words - 1),
                    words: text.typed(i, i + token.words - 1).into(),
                });
            }
        }
        let then = match put_off {
            _ if found != Time::Unsaid => found,
            _ if reviewed && repeated => Time::Reviewed,
            Some(place) => Time::PutOff(place),
            None if repeated => Time::Repeated,
            None => Time::Unsaid,
        };
        Times { until, then }
    }

    /// What it tells on a day; on whatever day where there is none.
    pub fn on(&self, today: Option<Day>) -> Time {
        if self.until.is_some_and(|until| today.is_none_or(|today| today <= until)) {
            Time::Day
        } else {
            self.then.clone()
        }
    }
}

/// The last day on which a day that is told here is not past; none where it is past for certain: "since 3 March".
fn told_until(text: &Text, at: usize) -> Option<Day> {
    if !is_day(text, at) {
        return None;
    }
    let tokens = &text.tokens;
    let past = ["since", "dated", "born", "dob"];
    if (1..=3).filter_map(|back| at.checked_sub(back)).any(|i| tokens[i].is(&past)) {
        return None;
    }
    let day = |from: usize, to: usize| {
        tokens.get(to).filter(|_| to - from < 5).and_then(|_| Day::read(text.typed(from, to)).ok())
    };
    // "3 March 2026" is told at its number and again at its month.
    let full = (at.saturating_sub(2)..=at).flat_map(|from| (at..at + 4).map(move |to| (from, to)));
    Some(full.filter_map(|(from, to)| day(from, to)).min().unwrap_or(Day::LAST))
}

/// Words after which a day of the week or a month is a day to come.
const BEFORE_DAY: &[&str] = &[
    "by",
    "on",
    "before",
    "until",
    "till",
    "til",
    "next",
    "this",
    "from",
    "starting",
    "start",
    "starts",
    "begins",
    "ending",
    "ends",
    "due",
    "to",
    "after",
    "w/c",
    "commencing",
    "beginning",
    "last",
    "first",
    "in",
    "of",
    "mid",
    "early",
    "late",
    "through",
    "again",
];

fn is_each(token: &Token) -> bool {
    token.is(&["every", "each", "alternate", "per"])
}

/// Whether a day of the calendar is told here.
fn is_day(text: &Text, at: usize) -> bool {
    let tokens = &text.tokens;
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|i| &tokens[i]);
    let after_word = before.is_some_and(|before| before.is(BEFORE_DAY));
    if token.kind == Kind::Number {
        return is_date_number(&token.word)
            || (is_short_date(&token.word) && (after_word || is_short_date_there(tokens, at)))
            || (is_dotted_date(&token.word) && after_word)
            || is_day_of_month(tokens, at)
            || is_ordinal_day(tokens, at);
    }
    if token.has(Mark::Month) {
        let next =
            tokens.get(at + 1).filter(|next| next.kind == Kind::Number && number(&next.word).is_some());
        // "may" is more often a verb.
        let is_name = token.upper || token.word != "may";
        return is_name
            && (next.is_some()
                || after_word
                || before.is_some_and(|before| before.word == "end")
                || time_of_month(tokens, at));
    }
    if token.has(Mark::Weekday) && token.upper && !token.word.ends_with("days") {
        let other = |i: usize| tokens.get(i).is_some_and(|token| token.has(Mark::Weekday));
        let listed = tokens.get(at + 1).is_some_and(|next| next.is(&["and", ",", "&", "to", "or", "/"]))
            && other(at + 2);
        let last = at > 1 && other(at - 2);
        return (after_word || after_hour(tokens, at))
            && !listed
            && !last
            && !before.is_some_and(is_each)
            && !tokens.get(at + 1).is_some_and(|next| next.is(PARTS_OF_DAYS));
    }
    false
}

/// "mornings" after a day of the week: it comes again.
const PARTS_OF_DAYS: &[&str] = &["mornings", "afternoons", "evenings", "nights"];

/// "by 5pm Friday"
fn after_hour(tokens: &[Token], at: usize) -> bool {
    let is_hour = |token: &Token| {
        token.kind == Kind::Number && (token.word.ends_with("am") || token.word.ends_with("pm"))
    };
    at > 1 && is_hour(&tokens[at - 1]) && tokens[at - 2].is(&["by", "before", "until"])
}

/// "on the 18th", and not "on the 3rd visit"
fn is_ordinal_day(tokens: &[Token], at: usize) -> bool {
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| tokens[at].word.ends_with(end));
    let named = tokens.get(at + 1).is_some_and(|next| {
        next.is_word() && !next.is(&["and", "at", "to", "then", "so", "when", "with", "or"])
    });
    let on = |i: usize| tokens[i].is(&["on", "by", "until", "till", "til", "before", "from"]);
    ordinal && !named && at > 1 && tokens[at - 1].is(&["the"]) && on(at - 2)
}

/// Whether a day is told on which something is done: "on 4 December".
pub(super) fn is_on_a_day(text: &Text) -> bool {
    let tokens = &text.tokens;
    (0..tokens.len()).any(|i| {
        let weekday = tokens.get(i + 1).is_some_and(|next| next.has(Mark::Weekday));
        let day = i + 1 + usize::from(weekday);
        tokens[i].is(&["on"])
            && !tokens[i].quoted
            && tokens.get(day).is_some_and(|token| token.kind == Kind::Number && is_day(text, day))
    })
}

/// "December review"; "Dec, Jan and Feb"
fn time_of_month(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        next.is(&["half", "review", "meeting"])
            || (next.is(&[",", "and", "&"]) && tokens.get(at + 2).is_some_and(|other| other.has(Mark::Month)))
    })
}

/// "30/11" beside words that make it a day.
fn is_short_date_there(tokens: &[Token], at: usize) -> bool {
    at == 0
        || (at > 0 && matches!(tokens[at - 1].kind, Kind::Break)
            || tokens[at - 1]
                .is(&["c", "first", "and", "review", "due", "meeting", "date", "check", "again"])
            || tokens[at - 1].has(Mark::Weekday))
}

/// "2026-11-30", "30/11/26", "30.11.2026"
fn is_date_number(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn is_short_date(word: &str) -> bool {
    let parts: Vec<u32> = word.split('/').filter_map(|part| part.parse().ok()).collect();
    matches!(parts[..], [day, month] if (1..=31).contains(&day) && (1..=12).contains(&month))
}

/// "25.11", "9.12", and not "7.30" or "8.10", which are times of day.
fn is_dotted_date(word: &str) -> bool {
    let parts: Vec<u32> = word.split('.').filter_map(|part| part.parse().ok()).collect();
    matches!(parts[..], [day, month] if (1..=31).contains(&day) && (1..=12).contains(&month) && (day > 23 || month % 5 != 0))
}

/// Whether several days are listed from here on: "27 Nov, 11 Dec and 8 Jan".
pub(super) fn are_dates(text: &Text, at: usize) -> bool {
    let tokens = &text.tokens;
    let is_number = |i: usize| tokens.get(i).is_some_and(|token| token.kind == Kind::Number);
    let joins = |i: usize| tokens.get(i).is_some_and(|token| token.is(&[",", "and", "&", "then", "+"]));
    if !(is_number(at) && is_day(text, at)) {
        return false;
    }
    // What stands between two days: the month of the first, a comma, a weekday.
    let mut i = at + 1;
    if tokens.get(i).is_some_and(|token| token.has(Mark::Month)) {
        i += 1;
    }
    let joined = joins(i);
    while joins(i)
        || tokens.get(i).is_some_and(|token| token.has(Mark::Weekday) || token.is(&["on", "again", "by"]))
    {
        i += 1;
    }
    joined && is_number(i) && is_day(text, i)
}

/// "3 December", "3rd of Dec", "1, 8 and 15 December"
fn is_day_of_month(tokens: &[Token], at: usize) -> bool {
    let is_number = |token: &Token| {
        token.kind == Kind::Number && number(&token.word).is_some_and(|number| (1.0..=31.0).contains(&number))
    };
    if !is_number(&tokens[at]) {
        return false;
    }
    let mut i = at + 1;
    while let Some(token) = tokens.get(i)
        && i < at + 8
    {
        if token.has(Mark::Month) {
            return true;
        }
        if !(is_number(token) || token.is(&[",", "and", "&", "of", "-", "–", "to", "or", "/"])) {
            return false;
        }
        i += 1;
    }
    // "8 January" in a list of several: "27 Nov, 11 Dec"; "December 3"
    at > 0 && tokens[at - 1].has(Mark::Month)
}

/// A number in figures with what may hang on it: "3rd", "95%", "20".
fn number(word: &str) -> Option<f64> {
    let digits: String = word.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let rest = &word[digits.len()..];
    matches!(rest, "" | "st" | "nd" | "rd" | "th" | "%")
        .then(|| digits.trim_end_matches('.').parse().ok())
        .flatten()
}

/// Units that a length of time to come is told in.
fn is_calendar_unit(token: &Token) -> bool {
    let word = token.word.trim_end_matches(['\'', 's']);
    matches!(
        word,
        "hour"
            | "day"
            | "week"
            | "fortnight"
            | "month"
            | "year"
            | "term"
            | "half term"
            | "working"
            | "school"
    )
}

/// "within 2 weeks", "for the next five weeks", "in a month"
fn is_length(text: &Text, at: usize) -> bool {
    let tokens = &text.tokens;
    let token = &tokens[at];
    if token.is(&["within"]) {
        return tokens[at + 1..].iter().take(3).any(is_calendar_unit);
    }
    let counted = |token: &Token| {
        token.kind == Kind::Number || token.has(Mark::Number) || token.is(&["a", "one", "the", "next"])
    };
    if token.is(&["in", "for", "over", "after"]) {
        let mut i = at + 1;
        let mut number = false;
        while let Some(next) = tokens.get(i).filter(|next| counted(next)) {
            number |= next.kind == Kind::Number || next.has(Mark::Number) || next.is(&["next", "a", "one"]);
            i += 1;
        }
        return number
            && tokens.get(i).is_some_and(is_calendar_unit)
            && !(token.is(&["for"]) && tokens.get(i).is_some_and(|unit| unit.word.starts_with("hour")))
            && !tokens.get(i).is_some_and(|unit| unit.has(Mark::Month));
    }
    false
}

fn is_event(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if token.is(&["by", "before", "until", "till"]) {
        return is_meeting(&tokens[at + 1..]);
    }
    token.has(Mark::Event) && !(at > 0 && (is_each(&tokens[at - 1]) || tokens[at - 1].is(&["a"])))
}

/// "the CIN review", "review", "the core group": a meeting of the plan, and not "a meeting".
fn is_meeting(tokens: &[Token]) -> bool {
    const OF_PLAN: &[&str] = &[
        "the",
        "next",
        "our",
        "his",
        "her",
        "their",
        "first",
        "second",
        "third",
        "initial",
        "cin",
        "child",
        "in",
        "need",
        "protection",
        "core",
        "team",
        "around",
        "family",
        "professionals",
        "planning",
        "review",
    ];
    let before = tokens.iter().take_while(|token| token.is(OF_PLAN)).count();
    before <= 5
        && (before > 0 && tokens[before - 1].is(&["review"])
            || tokens.get(before).is_some_and(|token| token.is(&["meeting", "conference"]))
            || before > 0
                && tokens[before - 1].is(&["core"])
                && tokens.get(before).is_some_and(|token| token.is(&["group"])))
}

/// Whether it is told here how often: "every Tuesday", "twice a week", "Mondays", "at each visit".
pub(super) fn is_often(text: &Text, at: usize) -> bool {
    let tokens = &text.tokens;
    let token = &tokens[at];
    if token.quoted || token.words == 0 {
        return false;
    }
    let is_unit = |token: &Token| token.has(Mark::Unit) || token.has(Mark::Weekday);
    if is_each(token) {
        return tokens[at + 1..]
            .iter()
            .take(4)
            .take_while(|next| next.is_word() || next.kind == Kind::Number)
            .any(is_unit);
    }
    if token.has(Mark::Freq) {
        // "less of a night" says when, and not how often.
        return !(token.is(&["a"]) && at > 0 && tokens[at - 1].is(&["of"]));
    }
    if token.has(Mark::Weekday) && token.upper {
        // Several days of the week are days that come again.
        let next = tokens.get(at + 1).is_some_and(|next| next.is(&["and", ",", "&", "to", "or", "/"]));
        let parts = tokens.get(at + 1).is_some_and(|next| next.is(PARTS_OF_DAYS));
        let any = at > 1 && tokens[at - 1].is(&["a"]) && tokens[at - 2].is(&["on"]);
        return parts
            || any
            || (next && tokens.get(at + 2).is_some_and(|other| other.has(Mark::Weekday)))
            || (token.word.ends_with('s') && !token.possessive && token.word.ends_with("days"));
    }
    token.is(&["once"]) && tokens.get(at + 1).is_some_and(|next| next.is(&["a", "per", "every", "each"]))
}

/// Words before a number that is a name: "section 17", "year 6".
const NUMBERED: &[&str] = &[
    "section", "s", "year", "child", "aged", "age", "level", "tier", "stage", "part", "step", "room", "flat",
    "no", "phase", "chapter", "class", "action", "outcome", "need", "form", "key", "number", "option",
];

/// Whether something is counted or measured here: "4 of 5", "twenty minutes", "95%", "7pm".
pub(super) fn is_counted(text: &Text, at: usize) -> bool {
    let tokens = &text.tokens;
    let token = &tokens[at];
    let in_words = token.has(Mark::Number);
    let times = token
        .word
        .strip_prefix('x')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    let one = token.is(&["one", "a"])
        && tokens.get(at + 1).is_some_and(|next| {
            next.is(&["page", "minute", "hour"]) || (token.word == "one" && next.has(Mark::Unit))
        });
    if token.quoted || !(token.kind == Kind::Number || in_words || times || one) {
        return false;
    }
    if is_day(text, at)
        || is_age(tokens, at)
        || is_situation(tokens, at)
        || (is_short_date(&token.word) && at > 0 && tokens[at - 1].is(BEFORE_DAY))
    {
        return false;
    }
    if at > 0 && tokens[at - 1].is(NUMBERED) {
        return false;
    }
    // "1:1", "24/7", "one to one"
    if token.is(&["1:1", "24/7", "121", "2:1"]) || text.reads(at, &["one", "to", "one"]) {
        return false;
    }
    // The number of a line in a list.
    let heads_line = at == 0 || tokens[at - 1].word == "\n";
    if heads_line && tokens.get(at + 1).is_some_and(|next| next.is(&[".", ")"])) {
        return false;
    }
    // A year, and the length of time until it is to be done.
    let year = token.word.len() == 4 && token.word.starts_with("20") && token.kind == Kind::Number;
    let ordinal =
        token.kind == Kind::Number && ["st", "nd", "rd", "th"].iter().any(|end| token.word.ends_with(end));
    let before = (1..=3)
        .filter_map(|back| at.checked_sub(back))
        .map(|i| &tokens[i])
        .find(|before| !before.is(&["the", "next", "first", "at", "least"]));
    let length = before.is_some_and(|before| before.is(&["within", "in", "over", "for", "after"]))
        && tokens[at + 1..]
            .iter()
            .take(1)
            .any(|unit| is_calendar_unit(unit) && !unit.word.starts_with("hour"));
    // "12 weeks of support" is how long, and not how much; "three days a week" is.
    let long = tokens
        .get(at + 1)
        .is_some_and(|unit| is_calendar_unit(unit) && !unit.word.starts_with("hour"))
        && !tokens.get(at + 2).is_some_and(|next| next.is(&["a", "per", "each", "every", "out", "in"]))
        && !(tokens.get(at + 2).is_some_and(|next| next.is(&["of"]))
            && tokens.get(at + 3).is_some_and(|next| next.kind == Kind::Number || next.has(Mark::Number)));
    let next =
        long || at > 0 && tokens[at - 1].is(&["next"]) && tokens.get(at + 1).is_some_and(is_calendar_unit);
    !(year || ordinal || length || next)
}

/// Whether a number tells how things are, and not how much is to be done: "all 3 children", "the two bedrooms", "after four
/// incidents".
fn is_situation(tokens: &[Token], at: usize) -> bool {
    const THERE: &[&str] = &[
        "children",
        "kids",
        "siblings",
        "boys",
        "girls",
        "adults",
        "people",
        "brothers",
        "sisters",
        "parents",
        "agencies",
        "professionals",
        "bedroom",
        "bedrooms",
        "rooms",
        "floors",
        "medicines",
        "medications",
        "cats",
        "dogs",
    ];
    let before =
        |words: &[&str]| (1..=2).filter_map(|back| at.checked_sub(back)).any(|i| tokens[i].is(words));
    let next = tokens.get(at + 1);
    let of_many = tokens.get(at + 2).is_some_and(|next| next.is(&["or", "out", "per", "a", "each"]));
    let limited = before(&["than", "least", "most", "only", "maximum", "max", "to"]);
    let there = next.is_some_and(|next| next.is(THERE)) && !limited && !of_many;
    let happened = next
        .is_some_and(|next| next.is(&["incidents", "incident", "episodes", "occasions", "referrals"]))
        && before(&["the", "after", "following", "had", "were", "been", "recent", "last", "previous"]);
    let past = next.is_some_and(|next| next.is(&["previous", "past", "earlier", "recent"]));
    there || happened || past
}

/// "(13)", "Ayesha, 9,", "8 year old"
fn is_age(tokens: &[Token], at: usize) -> bool {
    let around =
        |i: Option<usize>, marks: &[&str]| i.and_then(|i| tokens.get(i)).is_some_and(|token| token.is(marks));
    let before = around(at.checked_sub(1), &["(", "["]);
    let after = around(Some(at + 1), &[")", "]"]);
    // "Ayesha, 9,", "(4 and 6)"
    let named = at > 1 && tokens[at - 1].is(&[","]) && tokens[at - 2].upper && tokens[at - 2].marks == 0;
    let beside = [",", "and", "&", "aged"];
    let listed = tokens[at].bracketed
        && (before || around(at.checked_sub(1), &beside))
        && (after || around(Some(at + 1), &beside));
    (before && after)
        || (named && around(Some(at + 1), &[","]))
        || listed
        || tokens[at + 1..]
            .iter()
            .take(3)
            .map(|token| token.word.as_str())
            .collect::<Vec<_>>()
            .join(" ")
            .starts_with("year old")
        || around(Some(at + 1), &["yrs", "yo", "yr"])
}
