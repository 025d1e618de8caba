//! The words of a text, each with its place and what the lists know of it.

use super::lists::{self, Mark};

/// What a piece of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Begins with a digit: "12", "3rd", "7pm", "8.50", "30/11", "95%".
    Number,
    /// Ends a sentence.
    Stop,
    /// Parts a sentence: a comma, a colon, a bracket, a dash on its own.
    Break,
}

/// How a verb of the lists is bent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Base,
    /// "takes"
    S,
    /// "taking"
    Ing,
    /// "checked", and what has a form of its own: "taken"
    Past,
}

/// A word, a number or a mark that parts the text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// In lower case, with straight apostrophes; "'s" at the end is taken away.
    pub word: String,
    pub kind: Kind,
    /// Inside quotation marks, which are somebody's own words.
    pub quoted: bool,
    /// Inside brackets.
    pub bracketed: bool,
    pub upper: bool,
    /// "Jay's"
    pub possessive: bool,
    /// What the lists know of the phrase that begins here.
    pub marks: u32,
    pub form: Form,
    /// Words of the phrase that begins here; 0 inside a phrase.
    pub words: usize,
}

impl Token {
    pub fn has(&self, mark: Mark) -> bool {
        self.marks & mark.bit() != 0
    }

    /// Whether it has one of several marks.
    pub fn any(&self, marks: u32) -> bool {
        self.marks & marks != 0
    }

    pub fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.word.as_str())
    }

    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    fn is_gap(&self) -> bool {
        matches!(self.kind, Kind::Stop | Kind::Break)
    }
}

/// Characters of a text that are looked at: as many as its field holds. That it has more is told, and what the rest says is
/// not.
const LONGEST: usize = 10_000;

/// A text as its tokens.
#[derive(Clone, Debug, Default)]
pub struct Text {
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
}

impl Text {
    /// No words.
    pub const EMPTY: Text = Text { text: String::new(), tokens: Vec::new() };

    /// Reads a text.
    pub fn read(text: &str) -> Text {
        let end = (text.len() > LONGEST).then(|| text.char_indices().nth(LONGEST)).flatten();
        let text = end.map_or(text, |(end, _)| &text[..end]);
        let mut read = Text { text: text.into(), tokens: Vec::new() };
        read.split();
        read.leave_out_labels();
        read.mark();
        read.find_names();
        read
    }

    /// From one token to another, as UTF-16 offsets.
    pub(super) fn span(&self, from: usize, to: usize) -> (u32, u32) {
        let units = |end: usize| self.text[..end].encode_utf16().count() as u32;
        (units(self.tokens[from].start), units(self.tokens[to.max(from)].end))
    }

    /// As it was typed, from one token to another.
    pub(super) fn typed(&self, from: usize, to: usize) -> &str {
        &self.text[self.tokens[from].start..self.tokens[to.max(from)].end]
    }

    pub(super) fn at(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    pub(super) fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &token.word)
    }

    /// Whether these words stand here one behind the other.
    pub(super) fn reads(&self, from: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| self.word(from + i) == *word)
    }

    fn split(&mut self) {
        let text = &self.text;
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let at = |i: usize| chars.get(i).map_or(' ', |(_, c)| *c);
        let byte = |i: usize| chars.get(i).map_or(text.len(), |(start, _)| *start);
        let quotes = quotations(&chars);
        let mut depth = 0_u32;
        let mut i = 0;
        while i < chars.len() {
            let c = at(i);
            if !c.is_alphanumeric() {
                let kind = match c {
                    '.' | '!' | '?' | '\n' | ';' | '•' => Some(Kind::Stop),
                    ',' | ':' | '(' | ')' | '[' | ']' | '/' | '+' | '&' => Some(Kind::Break),
                    '-' | '–' | '—'
                        if !(at(i + 1).is_alphanumeric() && i > 0 && at(i - 1).is_alphanumeric()) =>
                    {
                        Some(Kind::Break)
                    }
                    _ => None,
                };
                match c {
                    '(' | '[' => depth += 1,
                    ')' | ']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if let Some(kind) = kind {
                    self.tokens.push(Token {
                        start: byte(i),
                        end: byte(i + 1),
                        word: c.to_string(),
                        kind,
                        quoted: quotes.contains(i),
                        bracketed: depth > 0,
                        upper: false,
                        possessive: false,
                        marks: 0,
                        form: Form::Base,
                        words: 1,
                    });
                }
                i += 1;
                continue;
            }
            let first = i;
            let number = c.is_ascii_digit();
            i += 1;
            loop {
                let (here, next) = (at(i), at(i + 1));
                let joins = match here {
                    c if c.is_alphanumeric() => true,
                    '\'' | '’' => !number && next.is_alphanumeric(),
                    '.' | '/' | ':' | ',' => number && next.is_ascii_digit() && at(i - 1).is_ascii_digit(),
                    // An ISO date is one number; "21-22" are two.
                    '-' => number && (is_iso(&chars, first) && i - first < 8),
                    '%' => number,
                    _ => false,
                };
                if !joins {
                    break;
                }
                i += 1;
                if here == '%' {
                    break;
                }
            }
            let typed = &text[byte(first)..byte(i)];
            let mut word = match typed.is_ascii() {
                true => typed.to_ascii_lowercase(),
                false => typed.chars().flat_map(char::to_lowercase).collect(),
            };
            if word.contains('’') {
                word = word.replace('’', "'");
            }
            let mut ends = [Some((first, i)), None];
            let mut possessive = false;
            for ending in ["'s", "'ll", "'d", "'ve", "'re", "'m"] {
                if let Some(stem) = word.strip_suffix(ending) {
                    let cut = i - ending.len();
                    match ending {
                        "'s" => possessive = true,
                        _ => ends = [Some((first, cut)), Some((cut, i))],
                    }
                    word = stem.into();
                    break;
                }
            }
            possessive |= at(i) == '\'' || at(i) == '’';
            for (from, to) in ends.into_iter().flatten() {
                let word = match &text[byte(from)..byte(to)] {
                    _ if from == first => std::mem::take(&mut word),
                    ending if matches!(&*ending.to_lowercase(), "'ll" | "’ll") => "will".into(),
                    ending => ending.to_lowercase(),
                };
                self.tokens.push(Token {
                    start: byte(from),
                    end: byte(to),
                    word,
                    kind: if number { Kind::Number } else { Kind::Word },
                    quoted: quotes.contains(from),
                    bracketed: depth > 0,
                    upper: at(from).is_uppercase(),
                    possessive,
                    marks: 0,
                    form: Form::Base,
                    words: 1,
                });
            }
        }
    }

    fn mark(&mut self) {
        let mut i = 0;
        while i < self.tokens.len() {
            let token = &self.tokens[i];
            if token.is_gap() || token.quoted {
                i += 1;
                continue;
            }
            let found = lists::look_up(&self.tokens, i);
            let token = &mut self.tokens[i];
            token.marks = found.marks;
            token.form = found.form;
            token.words = found.words.max(1);
            for inside in 1..found.words {
                let token = &mut self.tokens[i + inside];
                token.marks = found.marks;
                token.words = 0;
            }
            i += found.words.max(1);
        }
    }
}

impl Text {
    /// Numbers and bullets in front of a line are no words of it: "ACTION 17.", "3)", "A1 -".
    fn leave_out_labels(&mut self) {
        const COUNTED: &[&str] =
            &["action", "step", "task", "goal", "objective", "target", "no", "point", "item"];
        const ALONE: &[&str] = &["action", "actions", "task", "tasks"];
        let is_number =
            |token: &Token| token.kind == Kind::Number && token.word.bytes().all(|b| b.is_ascii_digit());
        let mut i = 0;
        while i < self.tokens.len() {
            let begins = i == 0 || self.tokens[i - 1].is(&["\n", "•"]);
            let at = |n: usize| self.tokens.get(i + n);
            let is = |n: usize, words: &[&str]| at(n).is_some_and(|token| token.is(words));
            let number = |n: usize| at(n).is_some_and(is_number);
            let ends = |n: usize| is(n, &[".", ")", ":", "-", "–", "—", "]"]);
            let is_code = at(0).is_some_and(|token| {
                token.word.strip_prefix(|c: char| c.is_ascii_lowercase()).is_some_and(|digits| {
                    token.upper && digits.len() < 3 && digits.bytes().all(|b| b.is_ascii_digit())
                })
            });
            let width = match () {
                () if !begins => 0,
                () if is(0, &["-", "–", "—", "•"]) => 1,
                () if is(0, COUNTED) && number(1) && ends(2) => 3,
                () if is(0, ALONE) && is(1, &[":"]) => 2,
                () if is(0, &["(", "["]) && number(1) && is(2, &[")", "]"]) => 3,
                () if (number(0) || is_code) && ends(1) && at(2).is_some_and(Token::is_word) => 2,
                () => 0,
            };
            if width == 0 {
                i += 1;
            } else {
                self.tokens.drain(i..i + width);
            }
        }
    }

    /// Names that are also words: "Grant Mellor", "Grace, the peer supporter", "Will is going to".
    fn find_names(&mut self) {
        const NAMES: &[&str] = &[
            "grant", "will", "may", "april", "june", "mark", "grace", "rose", "hope", "bill", "pat", "dawn",
            "summer", "faith", "joy", "rob", "sue", "frank", "guy", "drew", "chase", "max", "ray", "penny",
            "carol", "eve", "august", "dale", "robin", "jan", "autumn", "art", "gene", "cliff", "read",
            "list",
        ];
        let capital = self.tokens.iter().filter(|token| token.upper).count();
        if capital * 2 > self.tokens.len() {
            return;
        }
        for i in 0..self.tokens.len() {
            if self.tokens[i].upper && !self.tokens[i].quoted && self.tokens[i].is(NAMES) && self.is_name(i) {
                let token = &mut self.tokens[i];
                token.marks = Mark::Person.bit();
                token.form = Form::Base;
                token.words = 1;
            }
        }
    }

    fn is_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let is = |i: usize, words: &[&str]| self.tokens.get(i).is_some_and(|token| token.is(words));
        let has = |i: usize, mark: Mark| self.tokens.get(i).is_some_and(|token| token.has(mark));
        let verb = |i: usize| {
            self.tokens.get(i).is_some_and(|token| {
                token.any(Mark::VERBS) && token.is_word() && !token.upper && !token.has(Mark::Unit)
            })
        };
        let season = token.has(Mark::Month) || token.is(&["summer", "autumn"]);
        let begins =
            at == 0 || matches!(self.tokens[at - 1].kind, Kind::Stop) || is(at - 1, &[":", "-", "–"]);
        let surname =
            self.tokens.get(at + 1).is_some_and(|next| next.upper && next.is_word() && next.marks == 0);
        let role = |from: usize| (from..from + 4).any(|i| has(i, Mark::Person) || has(i, Mark::Org));
        // "Grace, the peer supporter", "Grant (youth worker)"
        let told = |from: usize| {
            is(from, &["("]) && role(from + 1)
                || is(from, &[","])
                    && (is(from + 1, &["the", "my", "our", "his", "her"])
                        || has(from + 1, Mark::Org)
                        || has(from + 1, Mark::Person))
                    && role(from + 1)
        };
        let acts = |from: usize| {
            is(from, &["will", "is", "has", "goes", "does", "can", "should", "agrees", "agreed"])
                || is(from, &["to"]) && verb(from + 1) && !token.is(&["hope"])
                || verb(from) && self.tokens[from].form == Form::S
        };
        let after = at + 1 + usize::from(surname);
        let somebody = told(after) || acts(after) && !(season && begins && is(after, &["is"]));
        match () {
            () if somebody => true,
            () if season => {
                surname
                    && !(at > 0
                        && is(at - 1, &["in", "by", "of", "until", "from", "since", "mid", "early", "late"]))
                    || begins && is(after, &["from"]) && role(after + 1)
            }
            // In the middle of a sentence a capital letter is enough.
            () if !begins => at > 0 && !is(at - 1, &["the", "a", "an", ","]) || surname,
            () => surname && is(after, &["from", "and", "at"]),
        }
    }
}

fn is_iso(chars: &[(usize, char)], first: usize) -> bool {
    let digit = |i: usize| chars.get(first + i).is_some_and(|(_, c)| c.is_ascii_digit());
    let dash = |i: usize| chars.get(first + i).is_some_and(|(_, c)| *c == '-');
    (0..4).all(digit) && dash(4) && digit(5) && digit(6) && dash(7) && digit(8)
}

/// The characters between quotation marks, from one to another.
struct Quotations(Vec<(usize, usize)>);

impl Quotations {
    fn contains(&self, index: usize) -> bool {
        self.0.iter().any(|(from, to)| (*from..*to).contains(&index))
    }
}

/// Between “ and ”, between two ", and between ‘ and ’ where these stand at the edges of words.
fn quotations(chars: &[(usize, char)]) -> Quotations {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (i, (_, c)) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map_or(' ', |i| chars[i].1);
        let after = chars.get(i + 1).map_or(' ', |(_, c)| *c);
        match (open, c) {
            (None, '“' | '‘' | '"') => open = Some((i, *c)),
            (None, '\'') if !before.is_alphanumeric() && after.is_alphanumeric() => open = Some((i, '\'')),
            (Some((from, '“')), '”')
            | (Some((from, '“')), '"')
            | (Some((from, '"')), '"')
            | (Some((from, '"')), '”') => {
                found.push((from, i + 1));
                open = None;
            }
            (Some((from, '‘' | '\'')), '’' | '\'') if !after.is_alphanumeric() => {
                found.push((from, i + 1));
                open = None;
            }
            _ => {}
        }
    }
    Quotations(found)
}
