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

/// A text as its tokens.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub text: String,
    pub tokens: Vec<Token>,
}

impl Text {
    pub const EMPTY: Text = Text { text: String::new(), tokens: Vec::new() };

    pub fn read(text: &str) -> Text {
        let mut read = Text { text: text.into(), tokens: Vec::new() };
        read.split();
        read.mark();
        read
    }

    /// From one token to another, as UTF-16 offsets.
    pub fn span(&self, from: usize, to: usize) -> (u32, u32) {
        let units = |end: usize| self.text[..end].encode_utf16().count() as u32;
        (units(self.tokens[from].start), units(self.tokens[to.max(from)].end))
    }

    /// As it was typed, from one token to another.
    pub fn typed(&self, from: usize, to: usize) -> &str {
        &self.text[self.tokens[from].start..self.tokens[to.max(from)].end]
    }

    pub fn at(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    pub fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &token.word)
    }

    /// Whether these words stand here one behind the other.
    pub fn reads(&self, from: usize, words: &[&str]) -> bool {
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
            let mut word: String = (first..i).flat_map(|i| at(i).to_lowercase()).collect();
            if word.contains('’') {
                word = word.replace('’', "'");
            }
            let mut ends = vec![(first, i)];
            let mut possessive = false;
            for ending in ["'s", "'ll", "'d", "'ve", "'re", "'m"] {
                if let Some(stem) = word.strip_suffix(ending) {
                    let cut = i - ending.len();
                    match ending {
                        "'s" => possessive = true,
                        _ => ends = vec![(first, cut), (cut, i)],
                    }
                    word = stem.into();
                    break;
                }
            }
            possessive |= at(i) == '\'' || at(i) == '’';
            for (part, (from, to)) in ends.iter().enumerate() {
                let word = match (part, &*text[byte(*from)..byte(*to)].to_lowercase()) {
                    (0, _) => word.clone(),
                    (_, "'ll" | "’ll") => "will".into(),
                    (_, other) => other.into(),
                };
                self.tokens.push(Token {
                    start: byte(*from),
                    end: byte(*to),
                    word,
                    kind: if number { Kind::Number } else { Kind::Word },
                    quoted: quotes.contains(*from),
                    bracketed: depth > 0,
                    upper: at(*from).is_uppercase(),
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
