//! A text as its words, folded: case, spacing, titles, accents and punctuation make no difference.

use std::ops::Deref;

/// The name of a person as its words, in the order in which it is spoken. Answers keep it beside the text, so that a
/// name is folded once however often it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    words: Vec<String>,
    /// The words in alphabetical order, without spaces: the same for all spellings of one name.
    pub sorted: String,
    /// The words as spoken, without spaces.
    pub joined: String,
}

impl Name {
    /// A name as typed.
    pub fn of(typed: &str) -> Name {
        let words = words(typed);
        let joined = words.concat();
        let mut ordered: Vec<&str> = words.iter().map(String::as_str).collect();
        ordered.sort_unstable();
        Name { sorted: ordered.concat(), joined, words }
    }
}

/// A text that may name several, taken apart: what stands between commas and brackets and around an "and".
#[derive(Clone, Debug)]
pub struct Pieces {
    /// The words of the whole text.
    pub all: Vec<String>,
    /// Each piece as typed, and as a name.
    pub each: Vec<(String, Name)>,
}

impl Pieces {
    /// A text taken apart.
    pub fn of(text: &str) -> Pieces {
        let pieces = text
            .split([',', ';', '&', '+', '/', '(', ')', '[', ']', '\n'])
            .flat_map(|piece| piece.split(" and "))
            .map(str::trim)
            .filter(|piece| !piece.is_empty());
        Pieces { all: words(text), each: pieces.map(|piece| (piece.to_owned(), Name::of(piece))).collect() }
    }
}

impl Deref for Name {
    type Target = [String];
    fn deref(&self) -> &[String] {
        &self.words
    }
}

/// A number for a text: the same for equal texts, and seldom the same for others.
pub const fn number(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut number = 0x811c_9dc5;
    let mut at = 0;
    while at < bytes.len() {
        number = (number ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    number
}

/// The words of a name, folded: case, spacing, titles, accents, apostrophes and what stands in brackets make no
/// difference, and "Walsh, Darren" is "Darren Walsh".
pub fn words(name: &str) -> Vec<String> {
    let bare;
    let name = if name.contains(['(', '[', ')', ']']) {
        bare = without_brackets(name);
        &bare
    } else {
        name
    };
    match name.split_once(',').map(|(before, after)| (folded(before), after)) {
        // "Walsh, Darren" but not "Darren Walsh, father": one word before the comma is a surname.
        Some((last, first)) if last.len() == 1 => [folded(first), last].concat(),
        Some((whole, _)) => whole,
        None => folded(name),
    }
}

/// The words of a text, folded like those of a name: in lower case, without titles, accents and punctuation.
pub fn folded(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '.' | '_' | '/'))
        .map(fold)
        .filter(|word| !word.is_empty() && !is_title(word))
        .collect()
}

/// Whether a word is a title, which does not tell one person from another.
fn is_title(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "mx"
            | "dr"
            | "prof"
            | "professor"
            | "rev"
            | "revd"
            | "sir"
            | "dame"
            | "lady"
            | "lord"
            | "sgt"
            | "pc"
            | "dc"
    )
}

fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    name.chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// A word in lower case, letters and digits alone, without accents.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        let mut letters = word.to_owned();
        letters.retain(|letter| letter.is_ascii_alphanumeric());
        letters.make_ascii_lowercase();
        return letters;
    }
    word.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| {
            Some(match c {
                'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
                'ç' | 'ć' | 'č' => 'c',
                'ď' | 'đ' => 'd',
                'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
                'ğ' | 'ģ' => 'g',
                'ì'..='ï' | 'ī' | 'ı' => 'i',
                'ķ' => 'k',
                'ł' | 'ļ' | 'ľ' | 'ĺ' => 'l',
                'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
                'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
                'ř' | 'ŕ' => 'r',
                'ś' | 'š' | 'ş' | 'ș' => 's',
                'ť' | 'ț' | 'ţ' => 't',
                'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
                'ý' | 'ÿ' => 'y',
                'ź' | 'ż' | 'ž' => 'z',
                c if c.is_alphanumeric() => c,
                _ => return None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_without_their_accents() {
        for (name, read) in [
            ("Zoë Àáâãäåāăą", "zoe aaaaaaaaa"),
            ("Çćč Ďđ", "ccc dd"),
            ("Èéêëēęě Ğģ", "eeeeeee gg"),
            ("Ìíîïīı Ķ", "iiiiii k"),
            ("Łļľĺ Ñńňņ", "llll nnnn"),
            ("Òóôõöøōő Řŕ", "oooooooo rr"),
            ("Śšşș Ťțţ", "ssss ttt"),
            ("Ùúûüūůű Ýÿ Źżž", "uuuuuuu yy zzz"),
            ("Jānis Bērziņš", "janis berzins"),
            ("Đorđe Łukasz", "dorde lukasz"),
            ("محمد 李", "محمد 李"),
        ] {
            assert_eq!(folded(name).join(" "), read, "{name}");
        }
    }
}
