//! What one control of a form holds: nothing, something that cannot be read, or an answer.
//!
//! A half-filled form is the normal case, so reading never fails. What cannot be read stays exactly as it was
//! typed, and one rule says what was expected: `record-readable`, unless the manual has more to say of the field.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::OnceLock;

use crate::day::{Day, Time};
use crate::office::Office;
use crate::part::{Fields, Given, Part, Step};
use crate::period::Period;
use crate::wording;
use crate::words::{Name, Pieces, folded};

/// One leaf of the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Answer<T> {
    /// Nothing was entered, or only spaces.
    #[default]
    Blank,
    /// Something was entered that is not a `T`.
    Unreadable(Box<Unreadable>),
    /// An answer.
    Given(T),
}

/// An answer that could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreadable {
    /// As it was typed.
    pub typed: String,
    /// What was expected, worded to follow the label of the field: "must be a real date: June has 30 days".
    pub problem: String,
}

/// A kind of answer that can be read from what somebody typed.
pub trait Readable: Sized {
    /// What to do where an answer of this kind cannot be read, beginning with a verb.
    const HELP: &'static str;

    /// Reads `typed`, which is trimmed and never empty. The error follows the label of the field.
    fn read(typed: &str) -> Result<Self, String>;

    /// The plainest spelling, which `read` takes back.
    fn spelt(&self) -> Cow<'_, str>;

    /// The number itself, for a number.
    fn measure(&self) -> Option<f64> {
        None
    }
}

impl<T> Answer<T> {
    /// Nothing was entered. An unreadable answer is not blank: it is told by a rule of its own.
    pub fn is_blank(&self) -> bool {
        matches!(self, Answer::Blank)
    }

    /// The answer, where there is one that can be read.
    pub fn given(&self) -> Option<&T> {
        match self {
            Answer::Given(value) => Some(value),
            _ => None,
        }
    }
}

impl<T: Copy> Answer<T> {
    /// The answer by value, where there is one that can be read.
    pub fn get(&self) -> Option<T> {
        self.given().copied()
    }
}

impl<T: PartialEq> Answer<T> {
    /// Whether this very answer was given.
    pub fn is(&self, value: T) -> bool {
        self.given() == Some(&value)
    }
}

impl Answer<Text> {
    /// Whether both name the same version: case, spaces and a leading "v" or "version" make no difference.
    pub fn is_version(&self, other: &Answer<Text>) -> bool {
        fn number(text: &str) -> &str {
            let text = text.trim();
            let after = |word: &str| {
                text.get(..word.len())
                    .filter(|front| front.eq_ignore_ascii_case(word))
                    .map(|_| &text[word.len()..])
            };
            after("version").or(after("v")).unwrap_or(text).trim_start_matches(['.', ' '])
        }
        let folded = |text| number(text).chars().flat_map(char::to_lowercase);
        folded(self.text()).eq(folded(other.text()))
    }

    /// The text as typed; empty where there is none.
    pub fn text(&self) -> &str {
        self.given().map_or("", |text| text.typed.as_str())
    }

    /// The words of the text, folded.
    pub(crate) fn folded(&self) -> &[String] {
        self.given().map_or(&[], |text| text.made().folded.get_or_init(|| folded(&text.typed)))
    }

    /// The office that the text names.
    pub(crate) fn office(&self) -> Option<Office> {
        self.given().and_then(|text| *text.made().office.get_or_init(|| Office::recognise(&text.typed)))
    }

    /// The text as its words, with what the lists know of them.
    pub(crate) fn tokens(&self) -> &wording::Text {
        self.given().map_or(const { &wording::Text::EMPTY }, Text::tokens)
    }

    /// What the text says is to be done.
    pub(crate) fn said(&self) -> &wording::Said {
        let said = |text| Text::made(text).said.get_or_init(|| wording::Said::of(text.tokens()));
        self.given().map_or(const { &wording::Said::NOTHING }, said)
    }

    /// What the text says of how something will show.
    pub(crate) fn measured(&self) -> &wording::Measure {
        let measured = |text| Text::made(text).measured.get_or_init(|| wording::Measure::of(text.tokens()));
        self.given().map_or(const { &wording::Measure::NOTHING }, measured)
    }

    /// How plain the words of the text are.
    pub(crate) fn plainness(&self) -> &wording::Plainness {
        let plainness =
            |text| Text::made(text).plainness.get_or_init(|| wording::Plainness::of(text.tokens()));
        self.given().map_or(const { &wording::Plainness::EMPTY }, plainness)
    }
}

impl<T> Fields for Answer<T> {}

impl<T: Readable> Part for Answer<T> {
    fn take(&mut self, given: Given) {
        let mut number = String::new();
        let typed = match given {
            Given::Nothing => "",
            Given::Text(text) => text,
            Given::YesNo(true) => "yes",
            Given::YesNo(false) => "no",
            Given::Number(value) => {
                // Writing to a String cannot fail.
                let _ = write!(number, "{value}");
                &number
            }
            Given::Other => {
                *self = unreadable("", "must be a single answer".into());
                return;
            }
        };
        *self = if is_blank(typed) {
            Answer::Blank
        } else {
            match T::read(typed) {
                Ok(value) => Answer::Given(value),
                Err(problem) => unreadable(typed, problem),
            }
        };
    }

    fn is_empty(&self) -> bool {
        self.is_blank()
    }

    fn problem(&self) -> Option<&str> {
        match self {
            Answer::Unreadable(unreadable) => Some(&unreadable.problem),
            _ => None,
        }
    }

    fn help(&self) -> &'static str {
        T::HELP
    }

    fn spelt(&self) -> Option<Cow<'_, str>> {
        match self {
            Answer::Blank => None,
            Answer::Unreadable(unreadable) => Some(Cow::Borrowed(&unreadable.typed)),
            Answer::Given(value) => Some(value.spelt()),
        }
    }

    fn measure(&self) -> Option<f64> {
        self.given().and_then(Readable::measure)
    }
}

fn unreadable<T>(typed: &str, problem: String) -> Answer<T> {
    Answer::Unreadable(Box::new(Unreadable { typed: typed.into(), problem }))
}

/// Whether a text says nothing: spaces, dashes and other punctuation alone.
pub fn is_blank(text: &str) -> bool {
    !text.chars().any(|c| c.is_alphanumeric() || !(c.is_ascii() || c.is_whitespace() || is_filler(c)))
}

/// Characters outside ASCII that take up room and say nothing: dashes, bullets, quotes and zero-width marks.
fn is_filler(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ad}' | '·' | '\u{2000}'..='\u{206f}' | '\u{3000}' | '\u{fe0f}' | '\u{feff}')
}

/// Words, kept exactly as typed.
#[derive(Clone, Debug)]
pub struct Text {
    typed: String,
    /// What has been made of it. It goes with the text, so that nothing is read twice however many checks look at it.
    made: OnceLock<Box<Made>>,
}

/// What can be made of a text, each once somebody has asked.
#[derive(Clone, Debug, Default)]
struct Made {
    name: OnceLock<Name>,
    pieces: OnceLock<Pieces>,
    folded: OnceLock<Vec<String>>,
    office: OnceLock<Option<Office>>,
    tokens: OnceLock<wording::Text>,
    said: OnceLock<wording::Said>,
    measured: OnceLock<wording::Measure>,
    plainness: OnceLock<wording::Plainness>,
}

impl Text {
    fn made(&self) -> &Made {
        self.made.get_or_init(Box::default)
    }

    /// The name of a person that it is.
    pub(crate) fn name(&self) -> &Name {
        self.made().name.get_or_init(|| Name::of(&self.typed))
    }

    /// The names that stand in it, where it names several.
    pub(crate) fn pieces(&self) -> &Pieces {
        self.made().pieces.get_or_init(|| Pieces::of(&self.typed))
    }

    fn tokens(&self) -> &wording::Text {
        self.made().tokens.get_or_init(|| wording::Text::read(&self.typed))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.typed == other.typed
    }
}

impl Readable for Text {
    const HELP: &'static str = "Enter the answer in words.";

    fn read(typed: &str) -> Result<Text, String> {
        Ok(Text { typed: typed.into(), made: OnceLock::new() })
    }

    fn spelt(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.typed)
    }
}

impl Readable for Day {
    const HELP: &'static str = "Enter one day with its month and year, such as 21 November 2026.";

    fn read(typed: &str) -> Result<Day, String> {
        match Day::read(typed) {
            // Read as a day, it would make everything else late by a hundred years.
            Ok(day) if day == Day::FIRST => {
                Err("must be the day itself: 1 January 1900 is what systems write where there is none".into())
            }
            day => day.map_err(|problem| problem.to_string()),
        }
    }

    fn spelt(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl Readable for Time {
    const HELP: &'static str = "Enter a time of day, such as 14:30.";

    fn read(typed: &str) -> Result<Time, String> {
        Time::read(typed).map_err(|problem| problem.to_string())
    }

    fn spelt(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl Readable for Period {
    const HELP: &'static str = "Enter one length of time, such as 3 weeks or 10 working days.";

    fn read(typed: &str) -> Result<Period, String> {
        Period::read(typed).map_err(|problem| problem.to_string())
    }

    fn spelt(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl Readable for bool {
    const HELP: &'static str = "Answer yes or no.";

    fn read(typed: &str) -> Result<bool, String> {
        match typed.trim().to_ascii_lowercase().as_str() {
            "yes" | "y" | "true" | "on" | "1" => Ok(true),
            "no" | "n" | "false" | "off" | "0" => Ok(false),
            _ => Err("must be yes or no".into()),
        }
    }

    fn spelt(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "yes" } else { "no" })
    }
}

/// A number without a unit, such as a score or whole or part years.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Number(pub f64);

impl Readable for Number {
    const HELP: &'static str = "Enter one number in figures, such as 7.";

    fn read(typed: &str) -> Result<Number, String> {
        let mut text = typed.trim();
        // "8/10", "8 out of 10" and "3 years" are how people write a score and an experience.
        for unit in ["/10", "out of 10", "years", "year"] {
            text = text.strip_suffix(unit).unwrap_or(text).trim_end();
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Number(value)),
            _ => Err("must be a number".into()),
        }
    }

    fn measure(&self) -> Option<f64> {
        Some(self.0)
    }

    fn spelt(&self) -> Cow<'_, str> {
        Cow::Owned(self.0.to_string())
    }
}

/// Declares a closed list of choices: its Rust name, its spelling in the record, and how it reads.
///
/// Case, spaces, hyphens and underscores are folded when a choice is read, and so are words that say no more than the
/// field does: "Initial CIN meeting" is the initial one.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$choice_doc:meta])* $choice:ident = $spelling:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
        #[cfg_attr(feature = "js", derive(tsify::Tsify))]
        pub enum $name {
            $($(#[$choice_doc])* #[serde(rename = $spelling)] $choice),+
        }

        impl $name {
            /// Every choice, in the order of the list.
            pub const ALL: &'static [$name] = &[$($name::$choice),+];

            /// Every choice as it is spelt in the record, in the same order.
            pub const SPELLINGS: &'static [&'static str] = &[$($spelling),+];

            /// As it is spelt in the record.
            pub fn spelling(self) -> &'static str {
                match self { $($name::$choice => $spelling),+ }
            }
        }

        impl $crate::answer::Readable for $name {
            const HELP: &'static str = $crate::answer::CHOOSE;

            fn read(typed: &str) -> Result<$name, String> {
                $crate::answer::choose(typed, $name::SPELLINGS).map(|index| $name::ALL[index])
            }

            fn spelt(&self) -> std::borrow::Cow<'_, str> {
                self.spelling().into()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let typed = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
                <$name as $crate::answer::Readable>::read(&typed).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use choice;

/// What to do where a choice cannot be read.
pub(crate) const CHOOSE: &str = "Choose the answer that comes nearest.";

/// The place of `typed` among the spellings of a choice.
pub(crate) fn choose(typed: &str, spellings: &[&str]) -> Result<usize, String> {
    fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars().filter(|c| !(c.is_whitespace() || matches!(c, '-' | '_'))).flat_map(char::to_lowercase)
    }
    let place = |typed: &str| spellings.iter().position(|spelling| folded(spelling).eq(folded(typed)));
    let place = place(typed).or_else(|| {
        let lower = typed.to_lowercase();
        let words = lower.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'));
        let telling: Vec<&str> =
            words.filter(|word| !matches!(*word, "" | "meeting" | "plan" | "cin")).collect();
        let telling = telling.join(" ");
        // Where Child in Need is one of the choices, it says something.
        let is_filler = !spellings.contains(&"child-in-need");
        place(&telling).or_else(|| place(&telling.replace("child in need", "")).filter(|_| is_filler))
    });
    match place {
        Some(index) => Ok(index),
        None => Err(format!(
            "must be one of: {}",
            spellings.iter().map(|spelling| spelling.replace('-', " ")).collect::<Vec<_>>().join(", ")
        )),
    }
}

/// Several choices of one list, as a group of tick boxes gives them. Not answered and "none of them" differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices<T> {
    answered: bool,
    ticked: Vec<Answer<Tick<T>>>,
}

/// A tick box of a group: one choice, or the box that says "none of them".
#[derive(Clone, Copy, Debug, PartialEq)]
enum Tick<T> {
    None,
    One(T),
}

impl<T: Readable> Readable for Tick<T> {
    const HELP: &'static str = T::HELP;

    fn read(typed: &str) -> Result<Tick<T>, String> {
        match typed.trim().to_ascii_lowercase().as_str() {
            "nothing" | "none" | "none of them" => Ok(Tick::None),
            _ => T::read(typed).map(Tick::One),
        }
    }

    fn spelt(&self) -> Cow<'_, str> {
        match self {
            Tick::None => Cow::Borrowed("nothing"),
            Tick::One(choice) => choice.spelt(),
        }
    }
}

impl<T> Default for Choices<T> {
    fn default() -> Self {
        Choices { answered: false, ticked: Vec::new() }
    }
}

impl<T: Copy + PartialEq> Choices<T> {
    /// Whether the question was answered, be it with "none of them".
    pub fn answered(&self) -> bool {
        self.answered
    }

    /// The choices that were ticked and can be read.
    pub fn ticked(&self) -> impl Iterator<Item = T> + '_ {
        self.ticked.iter().filter_map(|tick| match tick.get() {
            Some(Tick::One(choice)) => Some(choice),
            _ => None,
        })
    }
}

impl<T> Fields for Choices<T> {}

impl<T: Readable + 'static> Part for Choices<T> {
    fn take(&mut self, given: Given) {
        *self = Choices::default();
        match given {
            Given::Nothing => {}
            // One control may hold the whole list: "actions, meetings".
            Given::Text(text) => {
                self.answered = !is_blank(text);
                if self.answered {
                    for (index, one) in text.split([',', ';', '\n']).enumerate() {
                        if let Some(part) = self.row(index) {
                            part.take(Given::Text(one));
                        }
                    }
                }
            }
            other => {
                self.answered = true;
                if let Some(part) = self.row(0) {
                    part.take(other);
                }
            }
        }
    }

    fn start_rows(&mut self) -> bool {
        *self = Choices { answered: true, ticked: Vec::new() };
        true
    }

    fn row(&mut self, index: usize) -> Option<&mut dyn Part> {
        self.answered = true;
        crate::part::nth(&mut self.ticked, index).map(|answer| answer as &mut dyn Part)
    }

    fn each<'a>(&'a self, see: &mut dyn FnMut(Step<'a>, &'a dyn Part)) {
        for (index, answer) in self.ticked.iter().enumerate() {
            see(Step::Row(index), answer);
        }
    }

    fn below<'a>(&'a self, step: Step) -> Option<&'a dyn Part> {
        match step {
            Step::Row(index) => self.ticked.get(index).map(|answer| answer as &dyn Part),
            Step::Name(_) => None,
        }
    }

    fn problem(&self) -> Option<&str> {
        None
    }

    fn spelt(&self) -> Option<Cow<'_, str>> {
        self.answered.then_some(Cow::Borrowed("nothing"))
    }

    fn is_empty(&self) -> bool {
        !self.answered
    }
}
