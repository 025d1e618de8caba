//! What the words of a copy may not give away to somebody from whom the plan is kept.
//!
//! Nobody can list every way of naming a person or a place. So this looks for what the record names, for what looks like
//! an address, a number or a name, and withholds the whole answer where it finds either: what stands around a name that
//! was taken out often says as much as the name.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::Known;
use crate::cast;
use crate::part::{self, Size};
use crate::record::Record;
use crate::words::{folded, words};

/// Everything that the record names, without what the reader is called by.
pub(super) struct Secrets {
    /// Words that give somebody away wherever they stand.
    words: HashSet<String>,
    /// Words of everyday use that are part of a person's name: "Grace", "Will". They count where they begin with a
    /// capital.
    names: HashSet<String>,
    /// Names of several words, by the first.
    phrases: HashMap<String, Vec<Vec<String>>>,
    /// "RH" for Rachel Hart.
    initials: HashSet<String>,
    /// What the reader is called, and how they are related: what they know themselves.
    own: HashSet<String>,
    /// Relations of which the reader is one, as `cast` numbers them.
    own_relations: Vec<usize>,
    /// What children are called of whom nobody says that they are the reader's.
    children: HashSet<String>,
}

/// Names of lines that name nobody and no place.
const NO_NAMES: &[&str] = &[
    "id",
    "version",
    "role",
    "rule",
    "item",
    "child",
    "meeting",
    "contact_kind",
    "request_form",
    "visit_every",
];

/// Names of lines that name a place, an agency or a thing: their everyday words say nothing on their own.
const PLACES: &[&str] = &["agency", "venue", "provider", "other_authority", "preferred_place", "decision"];

/// Lists whose rows have things as their names.
const THINGS: &[&str] = &["resources[", "services[", "documents["];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Person,
    Place,
    Thing,
}

impl Secrets {
    pub fn of(record: &Record, known: &Known) -> Secrets {
        let mut secrets = Secrets {
            words: HashSet::default(),
            names: HashSet::default(),
            phrases: HashMap::default(),
            initials: HashSet::default(),
            own: HashSet::default(),
            own_relations: Vec::new(),
            children: HashSet::default(),
        };
        secrets.own.extend(known.names.iter().flat_map(|one| words(&one.name)));
        for role in &known.roles {
            secrets.own.extend(tokens(role).into_iter().flat_map(|token| token.forms));
            // A parent knows who else is one, and not who else cares for the children.
            let relations = cast::relations(role).into_iter().filter(|line| !cast::is_any_parent(*line));
            secrets.own_relations.extend(relations);
        }
        let children = record.children.rows().flat_map(|(_, child)| words(child.name.text()));
        secrets.children = children.filter(|word| !secrets.own.contains(word)).collect();
        let own_rows = known.own_rows(record);
        part::walk(record, &mut |place, size, part| {
            let Some(text) = part.spelt() else { return };
            // How to reach somebody may be a few words too: "the flat over the shop".
            let named = size == Size::Line || place.name() == Some("contact");
            if !named || NO_NAMES.contains(&place.name().unwrap_or_default()) {
                return;
            }
            let path = place.path();
            let kind = kind(place.name().unwrap_or_default(), &path);
            // Where they work, and what they were offered, is theirs to know.
            let is_own = own_rows.iter().any(|row| path.starts_with(row.as_str()));
            if kind == Kind::Person || !is_own {
                secrets.add(&text, kind);
            }
        });
        secrets
    }

    /// Takes a name into the list, whole and in words.
    fn add(&mut self, name: &str, kind: Kind) {
        for piece in name.split([',', ';', '&', '+', '/', '(', ')', '[', ']', '\n']) {
            let words = folded(piece);
            let strangers = words.iter().filter(|word| !self.own.contains(*word)).count();
            if strangers == 0 {
                continue;
            }
            if words.len() > 1 {
                if kind == Kind::Person {
                    self.initials.insert(words.iter().filter_map(|word| word.chars().next()).collect());
                }
                self.words.insert(words.concat());
                self.phrases.entry(words[0].clone()).or_default().push(words.clone());
            }
            for word in words.into_iter().filter(|word| word.chars().count() > 1 && !self.own.contains(word))
            {
                match (kind, is_everyday(&word)) {
                    (Kind::Thing, _) | (Kind::Place, true) => {}
                    (Kind::Person, true) => drop(self.names.insert(word)),
                    (_, false) => drop(self.words.insert(word)),
                }
            }
        }
    }

    /// Whether a word is one that the reader is called by, or that says whose relation they are.
    pub fn is_own(&self, word: &str) -> bool {
        letters(word).is_some_and(|word| self.own.contains(&word))
    }

    /// What a text may give away: "a name", "a telephone number". In a row that concerns the reader alone, names that the
    /// record does not have are theirs to know.
    pub fn given_away(&self, text: &str, own_row: bool) -> Option<&'static str> {
        if is_reachable(text) {
            return Some("an email or web address");
        }
        if has_number(text) {
            return Some("a telephone or reference number");
        }
        let tokens = tokens(text);
        if has_postcode(&tokens) {
            return Some("a postcode");
        }
        if has_street(&tokens) {
            return Some("a street or house");
        }
        let named =
            tokens.iter().enumerate().any(|(at, token)| self.names(token) || self.begins_name(&tokens[at..]));
        let unknown = !own_row
            && tokens
                .iter()
                .enumerate()
                .any(|(at, token)| self.is_relation(token) || self.is_like_name(&tokens, at));
        match (named, unknown) {
            (true, _) => Some("somebody or some place that the record names"),
            (_, true) => Some("what may be a name"),
            _ => None,
        }
    }

    fn names(&self, token: &Token) -> bool {
        let is_name = |form: &String| {
            self.words.contains(form)
                || (token.capital && (self.names.contains(form) || self.is_slip_of_name(form)))
        };
        token.forms.iter().any(is_name)
            || (token.all_capitals && token.forms.iter().any(|form| self.initials.contains(form)))
    }

    /// "Amellia" for Amelia.
    fn is_slip_of_name(&self, form: &str) -> bool {
        !is_everyday(form)
            && !self.own.contains(form)
            && self.words.iter().any(|word| crate::people::is_slip(word, form))
    }

    fn begins_name(&self, tokens: &[Token]) -> bool {
        let first = &tokens[0];
        first.forms.iter().filter_map(|form| self.phrases.get(form)).flatten().any(|phrase| {
            phrase.len() <= tokens.len()
                && phrase.iter().zip(tokens).all(|(word, token)| token.forms.contains(word))
        })
    }

    /// "Nan's", for somebody who is not as related as the reader.
    fn is_relation(&self, token: &Token) -> bool {
        let is_theirs = |form: &String| {
            self.own.contains(form)
                || matches!(form.as_str(), "parent" | "parents" | "friend" | "friends")
                || cast::relations(form).iter().any(|line| self.own_relations.contains(line))
        };
        token.forms.iter().any(|form| cast::is_relation(form)) && !token.forms.iter().any(is_theirs)
    }

    /// A capital within a sentence, or a name at its beginning: "Hillside's", "Meadow Lane".
    fn is_like_name(&self, tokens: &[Token], at: usize) -> bool {
        let token = &tokens[at];
        let is_known = token.forms.iter().any(|form| self.own.contains(form) || is_everyday(form));
        let is_who = |next: &Token| next.joined && next.is(AFTER_WHO);
        let is_subject = token.possessive || tokens.get(at + 1).is_some_and(is_who);
        token.capital && !is_known && (!token.begins_sentence || is_subject)
    }
}

fn kind(name: &str, path: &str) -> Kind {
    match name {
        "contact" => Kind::Place,
        _ if PLACES.contains(&name) => Kind::Place,
        "name" if THINGS.iter().any(|list| path.contains(list)) => Kind::Thing,
        _ => Kind::Person,
    }
}

// ---- words ----

/// A word of a text.
struct Token {
    /// The word folded, as it stands and without what may have been put behind it: "amelias", "amelia".
    forms: Vec<String>,
    capital: bool,
    all_capitals: bool,
    possessive: bool,
    begins_sentence: bool,
    /// Whether nothing but spaces stands between this word and the one before.
    joined: bool,
    typed: String,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut begins_sentence, mut joined) = (true, false);
    let mut rest = text;
    while let Some(start) = rest.find(is_of_word) {
        for mark in rest[..start].chars().filter(|c| !c.is_whitespace()) {
            joined = false;
            begins_sentence |= matches!(mark, '.' | '!' | '?' | ':' | ';' | '•' | '*');
        }
        begins_sentence |= rest[..start].contains('\n');
        let word = &rest[start..];
        let end = word.find(|c| !is_of_word(c)).unwrap_or(word.len());
        if let Some(token) = Token::of(&word[..end], begins_sentence, joined) {
            tokens.push(token);
            (begins_sentence, joined) = (false, true);
        }
        rest = &word[end..];
    }
    // What follows the last word joins nothing.
    tokens
}

/// Letters, digits, apostrophes, and what stands between letters unseen.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
        || matches!(c, '\u{300}'..='\u{36f}')
}

impl Token {
    fn of(typed: &str, begins_sentence: bool, joined: bool) -> Option<Token> {
        let form = letters(typed)?;
        let before = typed.split(['\'', '’', '‘', 'ʼ', '`', '´']).next().and_then(letters);
        let possessive =
            before.as_ref().is_some_and(|before| form == format!("{before}s") && typed.len() > form.len());
        let mut forms = vec![form.clone()];
        forms.extend(before);
        forms.extend(form.strip_suffix('s').filter(|stem| stem.chars().count() > 2).map(str::to_owned));
        let mut seen = typed.chars().filter(|c| c.is_alphabetic());
        let first = seen.next();
        Some(Token {
            forms,
            capital: first.is_some_and(char::is_uppercase),
            all_capitals: typed.chars().filter(|c| c.is_alphabetic()).count() > 1
                && typed.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase),
            possessive,
            begins_sentence,
            joined,
            typed: typed.into(),
        })
    }

    fn is(&self, words: &[&str]) -> bool {
        self.forms.iter().any(|form| words.contains(&form.as_str()))
    }
}

/// A word folded; `None` where it is a title, or no letter or digit is in it.
fn letters(typed: &str) -> Option<String> {
    folded(typed).into_iter().next()
}

// ---- what leads to somebody ----

fn is_reachable(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')'));
    let is_site = |word: &str| {
        let word = word.trim_end_matches(['.', '!', '?', ':']);
        let mut parts = word.split('.').filter(|part| part.chars().filter(|c| c.is_alphabetic()).count() > 1);
        word.contains('.') && parts.next().is_some() && parts.next().is_some()
    };
    lower.contains(['@', '＠'])
        || lower.contains("://")
        || lower.contains("www")
        || words.into_iter().any(is_site)
}

/// Six digits or more in a row, whatever stands between them, that are no day.
fn has_number(text: &str) -> bool {
    let is_between =
        |c: char| c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '+' | '\u{2010}'..='\u{2015}');
    let mut groups: Vec<usize> = Vec::new();
    let mut in_group = false;
    for c in text.chars().chain(['\u{0}']) {
        if c.is_numeric() {
            match groups.last_mut() {
                Some(last) if in_group => *last += 1,
                _ => groups.push(1),
            }
            in_group = true;
        } else if is_between(c) && c != '\u{0}' {
            in_group = false;
        } else {
            let is_day = matches!(groups[..], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 2 | 4]);
            if groups.iter().sum::<usize>() >= 6 && !is_day {
                return true;
            }
            groups.clear();
            in_group = false;
        }
    }
    false
}

fn has_postcode(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        let here: Vec<char> = token.typed.chars().filter(|c| c.is_alphanumeric()).collect();
        let whole = here.len() > 4 && {
            let (out, inward) = here.split_at(here.len() - 3);
            is_outward(out) && is_inward(inward)
        };
        let next: Vec<char> = tokens.get(at + 1).map(|next| next.typed.chars().collect()).unwrap_or_default();
        whole || (is_outward(&here) && (token.all_capitals_or_one() || is_inward(&next)))
    })
}

impl Token {
    /// "CB4", "N1": letters that are all capitals, were there one or two.
    fn all_capitals_or_one(&self) -> bool {
        self.typed.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    }
}

/// "CB4", "N1", "SW1A".
fn is_outward(part: &[char]) -> bool {
    let letters = part.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let rest = &part[letters..];
    (1..=2).contains(&letters)
        && (1..=2).contains(&rest.len())
        && rest[0].is_ascii_digit()
        && rest.iter().all(char::is_ascii_alphanumeric)
}

/// "2AB".
fn is_inward(part: &[char]) -> bool {
    matches!(part, [digit, a, b] if digit.is_ascii_digit() && a.is_ascii_alphabetic() && b.is_ascii_alphabetic())
}

/// What a street is called, where nothing else is.
const STREETS: &[&str] = &[
    "street",
    "road",
    "rd",
    "lane",
    "ln",
    "avenue",
    "ave",
    "crescent",
    "terrace",
    "mews",
    "boulevard",
    "culdesac",
    "postcode",
    "flat",
    "apartment",
    "caravan",
];

/// What a street may be called, and much else is too.
const PERHAPS_STREETS: &[&str] = &[
    "close", "court", "drive", "gardens", "green", "grove", "hill", "park", "place", "rise", "row", "square",
    "st", "view", "walk", "way", "house", "farm", "cottage", "lodge", "estate", "refuge", "hostel",
];

/// "12 Oakfield", "Mill Lane", "flat 3", "no. 7".
fn has_street(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        let before = at.checked_sub(1).map(|at| &tokens[at]).filter(|_| token.joined);
        let next = tokens.get(at + 1);
        let number = |token: &Token| token.typed.starts_with(|c: char| c.is_ascii_digit());
        token.is(STREETS)
            // "St Mary's" and "Mary St", "Hill View": a capital, and a name beside it.
            || (token.capital && token.is(PERHAPS_STREETS)
                && (before.is_some_and(|before| before.capital || number(before))
                    || next.is_some_and(|next| next.capital && (next.joined || token.is(&["st"])))))
            || (token.is(&["no", "number", "house"]) && next.is_some_and(number))
            || (number(token) && next.is_some_and(|next| next.joined && next.capital && !is_everyday(&next.forms[0])))
    })
}

/// What follows somebody who does something, and no verb at the beginning of a task: "Kelly has him on Sundays".
#[rustfmt::skip]
const AFTER_WHO: &[&str] = &[
    "agrees", "and", "asks", "brings", "calls", "can", "collects", "comes", "did", "does", "feels", "gets", "gives", "goes",
    "had", "has", "helps", "is", "keeps", "knows", "lives", "looks", "makes", "needs", "picks", "rings", "said", "says",
    "sees", "sends", "stays", "takes", "tells", "visits", "wants", "was", "will", "works",
];

/// Words that name nobody, though a name may have them: what children's services are called, how people write, days and
/// months. A capital makes no name of them.
fn is_everyday(word: &str) -> bool {
    EVERYDAY.contains(&word)
}

#[rustfmt::skip]
const EVERYDAY: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "always", "an", "and", "any", "anybody", "are", "as", "ask", "at",
    "attend", "be", "because", "been", "before", "both", "but", "by", "call", "can", "child", "children", "could", "day",
    "days", "did", "do", "does", "each", "every", "everybody", "everyone", "families", "family", "find", "first", "for",
    "from", "get", "give", "go", "had", "has", "have", "he", "help", "her", "here", "him", "his", "home", "how", "i", "if",
    "in", "into", "is", "it", "its", "keep", "last", "less", "long", "look", "make", "may", "meet", "meeting", "meetings",
    "more", "need", "needs", "new", "no", "not", "now", "of", "on", "once", "one", "only", "or", "other", "others", "our",
    "out", "over", "own", "per", "plan", "plans", "review", "see", "she", "should", "so", "some", "take", "talk", "tell",
    "than", "that", "the", "their", "them", "then", "there", "they", "this", "to", "together", "two", "until", "up", "use",
    "we", "week", "weekly", "weeks", "what", "when", "where", "which", "while", "who", "will", "with", "without", "work",
    "year", "years", "yes", "you", "your", "im", "hes", "shes", "thats", "theres", "lets", "whats",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mondays", "tuesdays", "wednesdays",
    "thursdays", "fridays", "saturdays", "sundays", "january", "february", "march", "april", "june", "july", "august",
    "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec", "am", "pm",
    "action", "actions", "adult", "adults", "agency", "assistant", "care", "carer", "carers", "centre", "club", "community",
    "coordinator", "council", "county", "course", "district", "doctor", "early", "education", "group", "health", "hospital",
    "lead", "locality", "manager", "nurse", "nursery", "nursing", "office", "officer", "parent", "parents", "play",
    "police", "practitioner", "primary", "professional", "protection", "school", "schools", "secondary", "senior",
    "service", "services", "sessions", "social", "speech", "support", "teacher", "team", "therapist", "therapy", "visit",
    "visitor", "visiting", "visits", "worker", "workers", "young", "youth",
    "best", "case", "close", "cook", "designated", "good", "green", "hill", "hope", "house", "lane", "little", "love", "mark",
    "park", "road", "safeguarding", "short", "small", "street", "walk",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_somebody() {
        for (text, what) in [
            ("Ring rachel.hart@example.org", "email"),
            ("See www.riverside.sch.uk", "email"),
            ("riverside.sch.uk has it", "email"),
            ("Ring 07700 900 123 first", "number"),
            ("on +44 (0)7700-900123", "number"),
            ("0 1 2 3 4 5 6", "number"),
            ("lives in CB4 2XY now", "postcode"),
            ("lives in cb42xy now", "postcode"),
            ("lives in cb4 2xy now", "postcode"),
            ("somewhere in CB4", "postcode"),
            ("they moved to mill lane", "street"),
            ("they moved to flat 3", "street"),
            ("at 12 Oakfield", "street"),
            ("goes to St Mary's", "street"),
            ("at no. 7", "street"),
        ] {
            let tokens = tokens(text);
            let found = match () {
                () if is_reachable(text) => "email",
                () if has_number(text) => "number",
                () if has_postcode(&tokens) => "postcode",
                () if has_street(&tokens) => "street",
                () => "",
            };
            assert_eq!(found, what, "{text}");
        }
    }

    #[test]
    fn what_leads_to_nobody() {
        for text in [
            "Goes to bed at 7pm on 4 nights of 7, e.g. at weekends.",
            "By 2026-10-15, or 15.10.2026. Then 12 weeks more.",
            "Close the door, walk to school, and find a place to talk.",
            "44 of 46 days. Then we meet on 12 November.",
            "Rings 999 or 101 at once.",
        ] {
            let tokens = tokens(text);
            assert!(!is_reachable(text) && !has_number(text), "{text}");
            assert!(!has_postcode(&tokens) && !has_street(&tokens), "{text}");
        }
    }
}
