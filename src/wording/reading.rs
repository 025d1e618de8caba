//! What one action says, read as a row: what is done, by whom, how it will show, and by when.

use std::ops::Range;

use crate::day::Day;

use super::lists::Mark;
use super::time::{self, Time, Times};
use super::token::{Form, Kind, Text, Token};

/// What a text says is to be done, read once.
#[derive(Clone, Debug)]
pub struct Said {
    doing: Doing,
    /// Whether no verb says it, so that the measure may.
    without_verb: bool,
    doer: Doer,
    shows: bool,
    is_once: bool,
    is_plain_act: bool,
    names_weekday: bool,
    time: Times,
    /// By when, where the text names its own columns: "Who? Rosalind. When? 9 December."
    when: Option<Times>,
    /// By when, as a column of its own on how it shows tells: "Evidence: 4 of 5 days until 9 December."
    until: Times,
}

/// What a text says of how it will show, read once.
#[derive(Clone, Debug)]
pub struct Measure {
    is_nothing: bool,
    shows: bool,
    /// The first words that measure nothing, where it says nothing else.
    vague: Option<Place>,
    /// Whether it says no more than that it will be done, or looked at: "Completed", "At the next review".
    is_done: bool,
    time: Times,
}

/// One action. Who, when and how it shows may stand in columns of their own or all in one.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    said: &'a Said,
    measure: &'a Measure,
}

/// What is to be done, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Doing {
    /// Something that somebody can be seen doing, or that is told closely enough.
    Said,
    /// What is to hold, and not what somebody does so that it holds: "ensure that …".
    Ensured(Place),
    /// Nothing that anybody can be seen doing, though it is said how often or how much: "engage with … for 10 sessions".
    Loose(Place),
    /// Nothing that anybody can be seen doing: "support", "be aware".
    Vague(Place),
}

/// Who does it, as far as the text of what is done tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doer {
    /// Somebody, in these words.
    Somebody(String),
    /// Nobody in particular, in these words.
    Group(String),
    /// The text does not tell.
    Unsaid,
}

/// How it will show that it is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// By something that can be counted, seen or heard.
    Said,
    /// It is done once, and then it is done; nothing says how others will know.
    Once,
    /// Only by words such as "better", at their place in the measure.
    Vague(Place),
    /// By nothing.
    Unsaid,
}

/// Some words of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// UTF-16 offsets into the text.
    pub span: (u32, u32),
    /// The words as typed.
    pub words: String,
}

/// A verb of a main clause with what stands around it.
#[derive(Clone, Debug)]
struct Act {
    verb: Range<usize>,
    kind: ActKind,
    once: bool,
    /// Whether it stands in the first part of the text.
    first: bool,
    /// Words before the verb that say who.
    subject: Option<Range<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ActKind {
    Concrete,
    Ensured,
    Vague,
}

/// Words that begin a clause of their own, in which nobody is asked to do anything.
const ASIDE: &[&str] = &[
    "when", "whenever", "if", "while", "whilst", "unless", "because", "so", "which", "who", "whom", "whose",
    "whether", "where", "how", "why", "that", "until", "till", "than", "as", "once",
];

/// Those of them that tell more of whoever stands before.
const WHOSE: &[&str] = &["who", "which", "whose"];

/// Words before the verb that is meant.
const MODAL: &[&str] = &["will", "shall", "must", "should", "would", "can", "could", "to", "gonna"];

/// Verbs that help another.
const AUXILIARY: &[&str] = &["has", "have", "had", "been", "is", "are", "was", "were"];

/// Verbs that only lead to another: "continue to take".
const LEADING: &[&str] = &[
    "continue",
    "try",
    "aim",
    "agree",
    "begin",
    "start",
    "strive",
    "endeavour",
    "commit",
    "plan",
    "arrange",
    "remember",
    "want",
    "wish",
    "agreed",
    "agrees",
    "need",
    "needs",
    "able",
];

/// Words that stand before a verb and change nothing of it.
const ADVERB: &[&str] = &[
    "not", "also", "then", "both", "now", "each", "all", "only", "still", "always", "never", "again",
    "first", "next", "jointly", "together",
];

impl Said {
    /// Nothing.
    pub const NOTHING: Said = Said {
        doing: Doing::Said,
        without_verb: false,
        doer: Doer::Unsaid,
        shows: false,
        is_once: false,
        is_plain_act: false,
        names_weekday: false,
        time: Times::NONE,
        when: None,
        until: Times::NONE,
    };

    /// What a text says.
    pub fn of(text: &Text) -> Said {
        let columns = columns(text);
        let column = |at: usize| columns.as_ref().map(|columns| &columns[at]);
        let what = column(WHAT).unwrap_or(text);
        let acts = acts(what);
        let first: Vec<_> = acts.iter().filter(|act| act.first).map(|act| act.verb.clone()).collect();
        let (doing, without_verb) = doing(what, &acts);
        let is_more = is_more(what);
        let is_plain_act = acts.iter().any(|act| act.kind == ActKind::Concrete)
            && !(0..what.tokens.len()).any(|i| time::is_often(what, i))
            && !is_more;
        let is_once = is_plain_act && time::is_on_a_day(what) || acts.iter().any(|act| act.once);
        let is_weekday = |token: &Token| token.has(Mark::Weekday) || token.is(&["weekend", "weekends"]);
        Said {
            doing,
            without_verb,
            doer: column(WHO).and_then(told_doer).unwrap_or_else(|| doer(what, &acts)),
            shows: is_shown(what, &first) || column(HOW).is_some_and(|how| is_shown(how, &[])),
            is_once: is_once && !is_more,
            is_plain_act,
            names_weekday: what.tokens.iter().any(is_weekday),
            time: Times::of(what),
            when: column(WHEN).filter(|when| !when.tokens.is_empty()).map(Times::of),
            until: column(HOW).map_or(Times::NONE, Times::of),
        }
    }
}

impl Measure {
    /// Nothing.
    pub const NOTHING: Measure =
        Measure { is_nothing: true, shows: false, vague: None, is_done: false, time: Times::NONE };

    /// What a text says.
    pub fn of(text: &Text) -> Measure {
        let is_done = is_only_done(text);
        let shows = !is_done && is_shown(text, &[]);
        let vague = match () {
            () if shows => None,
            () if is_done => Some(place(text, 0..text.tokens.len())),
            () => vague_measure(text),
        };
        Measure { is_nothing: text.tokens.is_empty(), shows, vague, is_done, time: Times::of(text) }
    }
}

/// What is done, and whether no verb says it.
fn doing(what: &Text, acts: &[Act]) -> (Doing, bool) {
    // What somebody said in their own words is not judged.
    let own = what.tokens.iter().filter(|token| token.quoted).count();
    if own * 2 > what.tokens.len() || what.tokens.is_empty() {
        return (Doing::Said, false);
    }
    let of = |kind| acts.iter().find(|act| act.kind == kind);
    let doing = if of(ActKind::Concrete).is_some() || is_told_how(what) {
        Doing::Said
    } else if (0..what.tokens.len()).any(|i| time::is_often(what, i) || time::is_counted(what, i)) {
        let empty = of(ActKind::Vague).filter(|act| what.tokens[act.verb.start].is(EMPTY));
        empty.map_or(Doing::Said, |act| Doing::Loose(place(what, act.verb.clone())))
    } else if let Some(act) = of(ActKind::Ensured) {
        Doing::Ensured(place(what, act.verb.clone()))
    } else if let Some(act) = of(ActKind::Vague) {
        Doing::Vague(place(what, act.verb.clone()))
    } else {
        return (verbless(what), true);
    };
    (doing, false)
}

/// Who does it, as a column of its own tells.
fn told_doer(who: &Text) -> Option<Doer> {
    let last = who.tokens.len().checked_sub(1)?;
    let typed = who.typed(0, last).into();
    Some(match doer_of(&who.tokens, false) {
        Some(false) => Doer::Group(typed),
        _ => Doer::Somebody(typed),
    })
}

/// Who does it, as far as the text of what is done tells.
fn doer(what: &Text, acts: &[Act]) -> Doer {
    let typed = |range: Range<usize>| what.typed(range.start, range.end - 1).into();
    if let Some(first) = first_person(what) {
        return Doer::Somebody(typed(first..first + 1));
    }
    let mut group = None;
    let subjects = acts.iter().filter_map(|act| act.subject.clone());
    for range in subjects.chain(agents(what)) {
        match doer_of(&what.tokens[range.clone()], range.start == 0) {
            Some(true) => return Doer::Somebody(typed(range)),
            Some(false) => group = group.or(Some(range)),
            None => {}
        }
    }
    // "EWO visit", "Hafsa: bid on Sunday"
    match group {
        Some(group) => Doer::Group(typed(group)),
        None => leading(what).map_or(Doer::Unsaid, |range| Doer::Somebody(typed(range))),
    }
}

impl<'a> Reading<'a> {
    /// A row by what the text of what is done says, and that of how it will show.
    pub fn of(said: &'a Said, measure: &'a Measure) -> Reading<'a> {
        Reading { said, measure }
    }

    /// What is done.
    pub fn doing(&self) -> &'a Doing {
        if self.said.without_verb && self.measure.shows { &Doing::Said } else { &self.said.doing }
    }

    /// Who does it, as far as the text of what is done tells.
    pub fn doer(&self) -> &'a Doer {
        &self.said.doer
    }

    /// Whether the text of what is done tells how it will show.
    pub fn shows(&self) -> bool {
        self.said.shows
    }

    /// Whether it is done once, and then it is done.
    pub fn is_once(&self) -> bool {
        self.said.is_once
    }

    /// Whether it is something that somebody can be seen doing, and neither again and again nor more than before.
    pub fn is_plain_act(&self) -> bool {
        self.said.is_plain_act
    }

    /// How it will show.
    pub fn shown(&self) -> Shown {
        match &self.measure.vague {
            _ if self.said.shows => Shown::Said,
            Some(_) if self.measure.is_done && self.said.is_once => Shown::Once,
            Some(place) => Shown::Vague(place.clone()),
            None if !self.measure.is_nothing => Shown::Said,
            None if self.said.is_once => Shown::Once,
            None => Shown::Unsaid,
        }
    }

    /// Whether the text names a day of the week, so that the day is meant as it is.
    pub fn names_weekday(&self) -> bool {
        self.said.names_weekday
    }

    /// By when, as far as the text of what is done, or of how it shows, tells. A day before today is none.
    pub fn time(&self, today: Day) -> Time {
        let by = |times: &Times| times.on(Some(today));
        let of_what = by(&self.said.time);
        match (&self.said.when, of_what) {
            (Some(when), of_what) => by(when).or(of_what),
            (None, of_what @ (Time::Unsaid | Time::Repeated)) => {
                by(&self.measure.time).or(by(&self.said.until)).or(of_what)
            }
            (None, of_what) => of_what,
        }
    }
}

/// What people write in front of a column, with the column: what, who, how it shows, when.
const COLUMNS: &[(&[&str], usize)] = &[
    (&["what"], WHAT),
    (&["action"], WHAT),
    (&["task"], WHAT),
    (&["who"], WHO),
    (&["by", "whom"], WHO),
    (&["who", "by"], WHO),
    (&["responsible"], WHO),
    (&["person", "responsible"], WHO),
    (&["how", "will", "we", "know"], HOW),
    (&["how", "we", "will", "know"], HOW),
    (&["how", "will", "it", "show"], HOW),
    (&["measure"], HOW),
    (&["measured", "by"], HOW),
    (&["evidence"], HOW),
    (&["success"], HOW),
    (&["when"], WHEN),
    (&["by", "when"], WHEN),
    (&["by"], WHEN),
    (&["timescale"], WHEN),
    (&["deadline"], WHEN),
    (&["due"], WHEN),
    (&["date"], WHEN),
    (&["goal"], GOAL),
    (&["aim"], GOAL),
];

const WHAT: usize = 0;
const WHO: usize = 1;
const HOW: usize = 2;
const WHEN: usize = 3;
/// What it is for, which nobody does.
const GOAL: usize = 4;

/// The column that is named here, with the words of its name.
fn column(text: &Text, at: usize) -> Option<(usize, usize)> {
    let begins = at == 0 || matches!(text.tokens[at - 1].kind, Kind::Stop | Kind::Break);
    let named = COLUMNS.iter().filter(|(words, _)| text.reads(at, words));
    let (words, column) = named.max_by_key(|(words, _)| words.len())?;
    let after = text.word(at + words.len());
    let ends = after == ":" || (begins && matches!(after, "?" | "-" | "–"));
    (text.tokens[at].upper && ends).then_some((*column, words.len()))
}

/// A text by its own columns, where it names them.
fn columns(text: &Text) -> Option<Box<[Text; 4]>> {
    let named: Vec<_> = (0..text.tokens.len())
        .filter_map(|i| column(text, i).map(|(column, words)| (i, column, words)))
        .collect();
    let has = |wanted: usize| named.iter().any(|(_, column, _)| *column == wanted);
    let few = [WHAT, WHO, HOW, WHEN].into_iter().filter(|column| has(*column)).count() < 2;
    if few || !(has(WHAT) || has(WHO)) {
        return None;
    }
    let mut all = Box::new([Text::EMPTY; 4]);
    let mut now = WHAT;
    let mut from = 0;
    let mut put = |column: usize, tokens: &[Token]| {
        if let Some(text_of) = all.get_mut(column) {
            text_of.text.clone_from(&text.text);
            text_of.tokens.extend_from_slice(tokens);
        }
    };
    for (at, column, words) in named {
        put(now, &text.tokens[from.min(at)..at]);
        (now, from) = (column, at + words + 1);
    }
    put(now, text.tokens.get(from..).unwrap_or_default());
    Some(all)
}

/// Whether a word names a column of the text's own, so that its letters are no abbreviation: "HOW WILL WE KNOW: …".
pub(super) fn is_column(text: &Text, at: usize) -> bool {
    (0..=at).rev().take(4).any(|from| column(text, from).is_some_and(|(_, words)| from + words > at))
}

/// Somebody who writes of themselves: "I photo the sink", "me and my brother take".
fn first_person(text: &Text) -> Option<usize> {
    let tokens = &text.tokens;
    (0..tokens.len()).find(|i| {
        let token = &tokens[*i];
        let before = i.checked_sub(1).map(|before| &tokens[before]);
        let begins = before.is_none_or(|before| matches!(before.kind, Kind::Stop | Kind::Break));
        let aside = before.is_some_and(|before| before.is(ASIDE));
        let does = tokens.get(i + 1).is_some_and(Token::is_word);
        !token.quoted
            && !aside
            && ((token.is(&["i"]) && token.upper && does)
                || (token.is(&["we"]) && begins && does && !text.reads(i + 1, &["all"]))
                || (token.is(&["me"]) && begins && text.reads(i + 1, &["and"])))
    })
}

/// Whether something is to be more or less of what it was, and nothing says how much.
fn is_more(text: &Text) -> bool {
    text.tokens.iter().enumerate().any(|(i, token)| {
        !token.quoted
            && (token.is(&["more", "less", "fewer", "regularly", "better", "harder", "oftener"])
                || text.reads(i, &["a", "fair", "bit"]))
            && !(i > 0 && text.tokens[i - 1].is(&["no", "or", "once", "any"]))
            && !text.tokens.get(i + 1).is_some_and(|next| next.is(&["than"]))
    })
}

fn place(text: &Text, range: Range<usize>) -> Place {
    let last = range.end - 1;
    Place { span: text.span(range.start, last), words: text.typed(range.start, last).into() }
}

// ---- who ----

/// Whether some words name somebody (true) or a group (false); `None` where they name a thing.
fn doer_of(tokens: &[Token], first: bool) -> Option<bool> {
    let is_name = |token: &Token| {
        token.upper && !token.any(Mark::all(&[Mark::Month, Mark::Weekday, Mark::Event, Mark::Number]))
    };
    let mut some = None;
    for (i, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Word || (token.possessive && i + 1 < tokens.len()) {
            continue;
        }
        let heads_sentence = first && i == 0;
        if token.has(Mark::Person) || (token.has(Mark::Org) && !token.has(Mark::Group)) {
            // "family support worker", "the team around Jay"
            return Some(true);
        }
        if token.has(Mark::Group) {
            some = Some(false);
        } else {
            let few = tokens.iter().filter(|token| token.is_word() && !token.bracketed).count() <= 3;
            // "Try to", "Hoping to"
            let tries = token.is(&["try", "trying", "hope", "hoping", "aim", "aiming", "need", "want"]);
            let head = !token.has(Mark::Thing) && !is_vague_noun(token) && few && !tries;
            if is_name(token) && (!heads_sentence || head) {
                return Some(true);
            }
        }
    }
    some
}

fn is_vague_noun(token: &Token) -> bool {
    token.has(Mark::VagueNoun) || token.has(Mark::Abstract)
}

/// Somebody who heads a part of the text that has no verb of its own.
fn leading(text: &Text) -> Option<Range<usize>> {
    let tokens = &text.tokens;
    let begins = |i: usize| i == 0 || matches!(tokens[i - 1].kind, Kind::Stop | Kind::Break);
    (0..tokens.len()).find_map(|i| {
        let token = &tokens[i];
        if !begins(i) || token.quoted || token.bracketed || token.possessive {
            return None;
        }
        // "Rachel Hart:", "Rachel (Mum) -", "Rachel - ring"; "Swimming - every Friday" is nobody.
        let is_name = |token: &&Token| {
            token.upper && token.is_word() && token.marks == 0 && !token.word.ends_with("ing")
        };
        let names = tokens[i..].iter().take_while(is_name).count();
        let bracket = match text.word(i + names) {
            "(" => tokens[i + names..].iter().position(|token| token.is(&[")"])).unwrap_or_default(),
            _ => 0,
        };
        let inside = &tokens[i + names..i + names + bracket];
        let after = i + names + bracket + usize::from(bracket > 0);
        let named = names > 0
            && match text.word(after) {
                ":" | "+" | "&" => true,
                "-" | "–" | "—" => {
                    names > 1
                        || inside.iter().any(|token| token.has(Mark::Person))
                        || tokens.get(after + 1).is_some_and(is_base_verb)
                }
                _ => false,
            };
        let end = i + if named { names } else { token.words.max(1) };
        let known = (i..(i + 3).min(tokens.len()))
            .take_while(|i| tokens[*i].is_word() && (tokens[*i].upper || tokens[*i].has(Mark::Person)))
            .any(|i| tokens[i].has(Mark::Person) && !tokens[i].possessive);
        (named || known).then_some(i..end)
    })
}

/// Those after "by", where they are not a time.
fn agents(text: &Text) -> impl Iterator<Item = Range<usize>> + '_ {
    let named = |i: usize| {
        let mut end = i;
        while let Some(token) = text.at(end)
            && token.is_word()
            && !token.has(Mark::Month)
            && !token.has(Mark::Weekday)
            && !token.has(Mark::Event)
            && token.form != Form::Ing
            && (token.upper
                || token.has(Mark::Person)
                || token.has(Mark::Org)
                || token.has(Mark::Group)
                || token.is(&[
                    "all",
                    "both",
                    "community",
                    "duty",
                    "us",
                    "me",
                    "three",
                    "two",
                    "of",
                    "the",
                    "a",
                    "an",
                    "her",
                    "his",
                    "their",
                    "our",
                    "my",
                    "allocated",
                    "named",
                    "school",
                    "family",
                ]))
        {
            end += 1;
        }
        (end > i).then_some(i..end)
    };
    (0..text.tokens.len())
        .filter(|i| text.tokens[*i].is(&["by"]) && !text.tokens[*i].quoted)
        .filter_map(move |i| named(i + 1))
}

// ---- what is done ----

/// The verbs of the main clauses.
fn acts(text: &Text) -> Vec<Act> {
    let mut acts = Vec::new();
    let tokens = &text.tokens;
    // What stands in brackets and in quotation marks is left out.
    let words: Vec<usize> = (0..tokens.len())
        .filter(|i| !tokens[*i].quoted && !tokens[*i].bracketed && !tokens[*i].is(&[")", "]"]))
        .collect();
    let mut waiting: Option<usize> = None;
    let ends = |i: usize| {
        let token = &tokens[i];
        !token.is_word() && token.kind != Kind::Number
            || (token.words > 0 && token.is(&["and", "then", "but", "or"]))
    };
    for part in words.split(|i| ends(*i)) {
        let Some((first, last)) = part.first().zip(part.last()) else { continue };
        // "Mum and Dad will" begins with the first of both.
        let begins = words.first() == Some(first) || waiting.is_some_and(|from| words.first() == Some(&from));
        let found = acts_in(text, part, waiting);
        waiting = match found {
            // "Mum and Dad will": who begins in the part before.
            Found::Nothing
                if !tokens[*last].is(ASIDE) && doer_of(&tokens[*first..=*last], *first == 0).is_some() =>
            {
                waiting.or(Some(*first))
            }
            // "Karen, who lives next door, will"
            Found::Nothing => waiting.filter(|_| tokens[*first].is(WHOSE)),
            Found::Acts(mut more) => {
                more.iter_mut().for_each(|act| act.first = acts.is_empty() && begins);
                acts.extend(more);
                None
            }
        };
    }
    acts
}

/// Whether a word that may begin a clause stands before a time here: "until 18 December Mum", "once a week Mum".
fn is_before_time(tokens: &[Token], at: usize) -> bool {
    let is_time = |token: &Token| {
        token.kind == Kind::Number
            || token.has(Mark::Month)
            || token.has(Mark::Weekday)
            || token.has(Mark::Event)
            || token.is(&["from"])
    };
    tokens[at].has(Mark::Freq)
        || (tokens[at].is(&["until", "till", "as", "once"]) && tokens.get(at + 1).is_some_and(is_time))
}

enum Found {
    Nothing,
    Acts(Vec<Act>),
}

fn acts_in(text: &Text, part: &[usize], waiting: Option<usize>) -> Found {
    let tokens = &text.tokens;
    // "As agreed Mum takes"
    if let [first, second, rest @ ..] = part
        && tokens[*first].is(&["as"])
        && tokens[*second].is(&["agreed", "before", "usual", "discussed", "planned", "now"])
        && !rest.is_empty()
    {
        return acts_in(text, rest, waiting);
    }
    // A clause of its own at the end says when or why, and not what.
    let end =
        part.iter().position(|i| tokens[*i].words > 0 && tokens[*i].is(ASIDE) && !is_before_time(tokens, *i));
    let main = match end {
        // "It was agreed that Mum will"
        Some(end)
            if tokens[part[end]].is(&["that"])
                && part[..end].iter().any(|i| tokens[*i].is(&["agreed", "agree", "decided"])) =>
        {
            return acts_in(text, &part[end + 1..], None);
        }
        Some(0) => return Found::Nothing,
        // "ensure that", "so that" behind it
        Some(end) => &part[..end],
        None => part,
    };
    let mut at = 0;
    while at < main.len() && (tokens[main[at]].is(ADVERB) || is_adverb(tokens, main, at)) {
        at += 1;
    }
    let Some(&first) = main.get(at) else { return Found::Nothing };
    let modal = (at..main.len()).find(|m| is_modal(text, main, *m));
    let finite = modal.is_some_and(|modal| tokens[main[modal]].word != "to" || is_passive(text, main, modal));
    let asks = tokens[first].is(&[
        "ask",
        "help",
        "support",
        "encourage",
        "allow",
        "enable",
        "get",
        "invite",
        "remind",
    ]);
    if is_base_verb(&tokens[first])
        && (!finite || (asks && modal.is_some_and(|modal| tokens[main[modal]].word == "to")))
        && modal != Some(at + tokens[first].words)
        && !is_noun_here(text, main, at)
    {
        let act = act(text, part, main, at, None);
        return Found::Acts(vec![act]);
    }
    if let Some(modal) = modal {
        let from = waiting.unwrap_or(first);
        let until = main[modal];
        let subject = subject_before(tokens, from, until);
        let mut verb = modal + 1;
        // "to continue to take": what it leads to is meant.
        loop {
            while verb < main.len() && tokens[main[verb]].is(ADVERB) {
                verb += 1;
            }
            let leads = verb < main.len()
                && (tokens[main[verb]].is(LEADING)
                    || (tokens[main[verb]].is(&["be"])
                        && main.get(verb + 1).is_some_and(|i| tokens[*i].is(&["able", "going"]))));
            let next = (verb..main.len().min(verb + 3)).find(|i| tokens[main[*i]].is(&["to"]));
            match next {
                Some(to) if leads && is_modal(text, main, to) => verb = to + 1,
                _ => break,
            }
        }
        if verb >= main.len() {
            return Found::Nothing;
        }
        return Found::Acts(vec![act(text, part, main, verb, subject)]);
    }
    // "Grandad collects", "locks changed"
    let bent = (at..main.len().min(at + 9)).find(|i| {
        let token = &tokens[main[*i]];
        // "Kofi, with Nia, joins": whoever waits does it.
        (*i > at || waiting.is_some() && token.form == Form::S)
            && (token.any(VERBS) || token.is(AUXILIARY))
            && token.words > 0
            && (token.form != Form::Ing)
            && (token.form == Form::Past || main.get(*i + 1).is_some())
            && (token.form != Form::Base
                || waiting.is_some()
                || *i == at + 1 && is_telegraphic(tokens, main, at)
                || tokens[main[*i - 1]].is(&["i", "we", "they"])
                || is_plural(&tokens[main[*i - 1]]))
    });
    match bent {
        Some(mut verb) => {
            // "has been seen", "is attending": what it helps is meant.
            while tokens[main[verb]].is(AUXILIARY)
                && let Some(next) = (verb + 1..main.len().min(verb + 4)).find(|i| {
                    let token = &tokens[main[*i]];
                    token.is(&["been"]) || (token.any(VERBS) && matches!(token.form, Form::Past | Form::Ing))
                })
                && main[verb + 1..next]
                    .iter()
                    .all(|i| tokens[*i].is(ADVERB) || tokens[*i].word.ends_with("ly"))
            {
                verb = next;
            }
            let subject = subject_before(tokens, waiting.unwrap_or(first), main[verb]);
            let passive = tokens[main[verb]].form == Form::Past;
            let mut act = act(text, part, main, verb, subject.filter(|_| !passive));
            // A noun that looks like a verb makes no clause vague.
            if act.kind == ActKind::Vague && !passive && act.subject.is_none() {
                return Found::Nothing;
            }
            act.verb = main[verb]..main[verb] + 1;
            Found::Acts(vec![act])
        }
        None => Found::Nothing,
    }
}

const VERBS: u32 = Mark::VERBS;

/// Whether somebody is named in front of a verb as one writes in a hurry: "Rachel ring the school", and not "Eye test at".
fn is_telegraphic(tokens: &[Token], main: &[usize], at: usize) -> bool {
    let (name, next) = (&tokens[main[at]], main.get(at + 2).map(|i| &tokens[*i]));
    name.upper
        && name.marks == 0
        && next.is_some_and(|next| next.upper || next.is(DETERMINER) && !next.is(PREPOSITION))
}

/// Whether a word in front of a clause says how, and not who: "Regularly check", but "Kelly takes" and "Family to".
fn is_adverb(tokens: &[Token], main: &[usize], at: usize) -> bool {
    let token = &tokens[main[at]];
    let does = main.get(at + 1).is_some_and(|next| {
        let next = &tokens[*next];
        next.is(MODAL) || next.any(VERBS) && next.form == Form::S
    });
    token.word.ends_with("ly")
        && !token.any(Mark::all(&[Mark::Do, Mark::Person, Mark::Org, Mark::Group]))
        && !(token.upper && does)
}

/// Whether "to be" or "will be" is followed by what is done to somebody.
fn is_passive(text: &Text, main: &[usize], modal: usize) -> bool {
    let at = |i: usize| main.get(modal + i).map(|i| &text.tokens[*i]);
    at(1).is_some_and(|token| token.is(&["be"]))
        && (2..4)
            .filter_map(at)
            .any(|token| token.form == Form::Past && token.any(VERBS) || token.word.ends_with("ed"))
}

fn is_plural(token: &Token) -> bool {
    token.word.ends_with('s') && !token.possessive && token.word.len() > 3
        || token.is(&["children", "people", "police"])
}

fn is_base_verb(token: &Token) -> bool {
    token.words > 0 && token.any(VERBS) && token.form == Form::Base
}

/// Whether a word that could be a verb is a noun where it stands: "Visit by", "Support for Mum".
fn is_noun_here(text: &Text, main: &[usize], at: usize) -> bool {
    let token = &text.tokens[main[at]];
    let next = main.get(at + token.words.max(1)).map_or("", |i| text.word(*i));
    matches!(next, "of" | "by" | "from" | "is" | "are" | "needs")
        || (next == "for" && token.has(Mark::VagueNoun))
        || (next == "work" && !token.has(Mark::Light))
}

fn is_modal(text: &Text, main: &[usize], at: usize) -> bool {
    let tokens = &text.tokens;
    let token = &tokens[main[at]];
    if !token.is(MODAL) || token.words == 0 || token.has(Mark::Person) {
        return false;
    }
    if token.word != "to" {
        return at > 0 || main.len() > 1;
    }
    let Some(next) = main.get(at + 1).map(|i| &tokens[*i]) else { return false };
    if at == 0 {
        return is_base_verb(next) || next.is(&["be"]);
    }
    if next.kind == Kind::Number || next.upper {
        return false;
    }
    is_base_verb(next) && (!next.any(NOUN) || next.has(Mark::Do) || next.has(Mark::Vague))
        || next.is(&["be", "not", "also", "both", "always", "never"])
        // "to regularly check", but "to early help" and "to family support"
        || (next.word.ends_with("ly")
            && !next.any(NOUN)
            && !next.is(&["early"])
            && main[at + 2..].iter().take(2).any(|i| is_base_verb(&tokens[*i])))
        // "Nia to photo the sink"
        || (next.has(Mark::Tool)
            && at > 0
            && is_head(&tokens[main[at - 1]])
            && main.get(at + 2).is_some_and(|i| tokens[*i].is(DETERMINER) && !tokens[*i].is(PREPOSITION)))
        || (!next.any(NOUN) && !next.has(Mark::Quality) && !next.has(Mark::Abstract)
            && !next.is(DETERMINER)
            && at > 0
            && is_head(&tokens[main[at - 1]]))
}

/// What may make a noun of a word behind "to".
const NOUN: u32 = Mark::all(&[
    Mark::Tool,
    Mark::Unit,
    Mark::Person,
    Mark::Org,
    Mark::Group,
    Mark::Month,
    Mark::Weekday,
    Mark::Event,
    Mark::Thing,
    Mark::Number,
    Mark::Freq,
]);

const PREPOSITION: &[&str] = &["and", "or", "in", "on", "at", "by", "with", "for", "of", "from"];

const DETERMINER: &[&str] = &[
    "the", "a", "an", "his", "her", "their", "my", "our", "your", "its", "this", "that", "these", "those",
    "him", "them", "me", "us", "it", "you", "all", "each", "every", "any", "some", "no", "one", "and", "or",
    "in", "on", "at", "by", "with", "for", "of", "from", "both",
];

/// Whether a word may be the last one of those who are to do something.
fn is_head(token: &Token) -> bool {
    token.upper
        || token.has(Mark::Person)
        || token.has(Mark::Org)
        || token.has(Mark::Group)
        || token.has(Mark::Thing)
}

/// The words that say who, right before the verb.
fn subject_before(tokens: &[Token], from: usize, until: usize) -> Option<Range<usize>> {
    let mut start = until;
    while start > from {
        let token = &tokens[start - 1];
        let time = token.kind == Kind::Number
            || (token.any(Mark::all(&[Mark::Month, Mark::Weekday])) && !token.has(Mark::Person));
        if (time && !token.bracketed) || token.quoted || token.kind == Kind::Stop {
            break;
        }
        start -= 1;
    }
    // "For Mum", "It was agreed that Mum", "Every week Mum"
    while start < until
        && (tokens[start].is(&["for", "that", "on", "by", "at", ",", "then", "so", "and", "-", "–", ":"])
            || tokens[start].is(ADVERB) && !tokens[start].has(Mark::Group))
    {
        start += 1;
    }
    let mut end = until;
    while end > start
        && (tokens[end - 1].is(&[
            "is", "are", "has", "have", "need", "needs", "agrees", "agreed", "going", "ought", "due",
            "asked", "not",
        ]) || tokens[end - 1].is(ADVERB) && !tokens[end - 1].has(Mark::Group))
    {
        end -= 1;
    }
    // "Karen, who lives next door,"
    if let Some(aside) = (start..end).find(|i| tokens[*i].is(WHOSE)) {
        end = aside;
    }
    (start < end).then_some(start..end)
}

/// What kind of act a verb is, with what follows it.
fn act(text: &Text, part: &[usize], main: &[usize], at: usize, subject: Option<Range<usize>>) -> Act {
    let tokens = &text.tokens;
    let index = main[at];
    let token = &tokens[index];
    let width = token.words.max(1);
    let mut act = Act {
        verb: index..index + width,
        kind: ActKind::Concrete,
        once: token.has(Mark::Once),
        first: false,
        subject,
    };
    // "to be seen", "has been referred": what is done to somebody.
    if token.is(&["be", "been", "is", "are", "get", "become"]) && token.words <= 1 {
        let told = main[at + 1..]
            .iter()
            .take(3)
            .find(|i| !tokens[**i].is(ADVERB) && !tokens[**i].word.ends_with("ly"));
        let Some(&told) = told else {
            act.kind = ActKind::Vague;
            return act;
        };
        let state = &tokens[told];
        let participle =
            state.form == Form::Past && state.any(VERBS) || (state.marks == 0 && state.word.ends_with("ed"));
        act.verb = index..told + 1;
        act.once = state.has(Mark::Once);
        let adverb = main[at + 1..].iter().take_while(|i| **i != told).any(|i| tokens[*i].has(Mark::Quality));
        let vague = adverb
            || state.has(Mark::Vague)
            || state.has(Mark::Quality)
            || (!participle && !token.is(&["get"]));
        act.kind = if vague { ActKind::Vague } else { ActKind::Concrete };
        if participle {
            // Who it is done to does not do it.
            act.subject = None;
        }
        return act;
    }
    if token.has(Mark::Ensure) {
        act.kind = ensured(tokens, &part[at.min(part.len())..]);
        return act;
    }
    if token.has(Mark::Light) {
        let behind = main[at + 1..].iter().take(5).map(|i| &tokens[*i]);
        let until = behind.take_while(|token| {
            !token.is(&["to", "at", "with", "from", "in", "on", "for", "about", "around"])
                && token.kind == Kind::Word
                && !token.has(Mark::Number)
                && !token.has(Mark::Tool)
        });
        let nouns: Vec<&Token> = until.collect();
        let last = nouns.last();
        let hazy = nouns.iter().take(2).any(|token| token.has(Mark::Quality))
            && last.is_some_and(|token| is_vague_noun(token));
        let sorted = last.is_some_and(|token| token.form == Form::Past && token.has(Mark::Vague));
        // "keep himself safe"
        let state = token.is(&["keep", "make", "get", "stay", "remain", "have", "feel"])
            && last.is_some_and(|token| token.has(Mark::Quality));
        if last.is_some_and(|token| token.has(Mark::VagueNoun)) || hazy || sorted || state {
            act.kind = ActKind::Vague;
            act.verb = index..index + width;
            return act;
        }
    }
    if token.has(Mark::Vague) && !token.has(Mark::Do) {
        act.kind = ActKind::Vague;
    }
    act
}

/// What is made sure of: something that can be seen, or nothing of the kind.
fn ensured(tokens: &[Token], behind: &[usize]) -> ActKind {
    let seen = behind.iter().skip(1).map(|i| &tokens[*i]).any(|token| {
        token.words > 0
            && ((token.has(Mark::Do)
                && !token.has(Mark::Vague)
                && !token.has(Mark::Ensure)
                && !token.has(Mark::Quality))
                || token.is(&["there", "has"]))
    });
    if seen { ActKind::Ensured } else { ActKind::Vague }
}

/// Words alone, without a verb: "Parenting work", "Eye test at the optician".
fn verbless(text: &Text) -> Doing {
    let words = || text.tokens.iter().enumerate().filter(|(_, token)| token.is_word() && token.words > 0);
    let says =
        words().any(|(_, token)| token.has(Mark::Tool) || token.has(Mark::Once) && !is_vague_noun(token));
    let vague = words().find(|(_, token)| {
        token.has(Mark::VagueNoun)
            || token.has(Mark::Abstract)
            || token.has(Mark::Vague)
            || token.has(Mark::Quality)
    });
    match vague {
        Some((at, token)) if !says => Doing::Vague(place(text, at..at + token.words.max(1))),
        _ => Doing::Said,
    }
}

/// Verbs that say nothing of what is done, however often it is.
const EMPTY: &[&str] = &[
    "engage",
    "engages",
    "support",
    "work",
    "interact",
    "cooperate",
    "try",
    "keep",
    "stay",
    "promoted",
    "promote",
    "mindful",
    "make",
];

/// Whether a vague verb is followed by how.
fn is_told_how(text: &Text) -> bool {
    let tokens = &text.tokens;
    (0..tokens.len()).any(|i| {
        let token = &tokens[i];
        if token.quoted {
            return false;
        }
        let next = tokens.get(i + 1);
        // "by taking her there"
        (token.is(&["by", "through"])
            && next.is_some_and(|next| {
                next.word.ends_with("ing")
                    && next.is_word()
                    && (!next.has(Mark::Vague) || next.has(Mark::Do))
                    && !next.is(&["being", "having", "evening", "morning"])
            }))
            || (token.is(&["using"]) && next.is_some())
            || (token.has(Mark::Tool) && token.words > 0 && !token.has(Mark::Do))
    })
}

// ---- how it shows ----

/// Whether a text names something that can be counted, seen or heard. That somebody looks is what shows it, and not
/// where looking is all that is done.
fn is_shown(text: &Text, done: &[Range<usize>]) -> bool {
    let tokens = &text.tokens;
    (0..tokens.len()).any(|i| {
        let token = &tokens[i];
        // What somebody said is evidence of nothing yet.
        if token.quoted || token.words == 0 {
            return false;
        }
        let begins = i == 0 || matches!(tokens[i - 1].kind, Kind::Stop | Kind::Break);
        (token.has(Mark::Tool) && !(token.has(Mark::Do) && is_leading_verb(tokens, i)))
            || (token.has(Mark::Shows)
                && !hands_on(text, i)
                && !done.iter().any(|verb| i < verb.end && i + token.words > verb.start))
            || time::are_dates(text, i)
            || time::is_often(text, i)
            || time::is_counted(text, i)
            || begins && is_none_of(text, i)
    })
}

/// "No alcohol in the house" and "No more late marks" are seen at once.
fn is_none_of(text: &Text, at: usize) -> bool {
    let behind = if text.word(at + 1) == "more" { 2 } else { 1 };
    text.word(at) == "no"
        && text.at(at + behind).is_some_and(|what| {
            what.is_word()
                && !what.has(Mark::Quality)
                && !is_vague_noun(what)
                && !what.is(&["further", "longer"])
        })
}

/// "signs of neglect" are not signed; "measured by" leads to what measures.
fn hands_on(text: &Text, at: usize) -> bool {
    text.reads(at, &["signs", "of"]) || text.reads(at, &["measured", "by"])
}

/// Whether a word that may be a thing is the verb here: "to record", "will report".
fn is_leading_verb(tokens: &[Token], at: usize) -> bool {
    at == 0 || tokens[at - 1].is(MODAL) || tokens[at - 1].is(&["and"])
}

/// Whether a measure says no more than that it will be done or looked at.
fn is_only_done(text: &Text) -> bool {
    const DONE: &[&str] = &[
        "complete",
        "completed",
        "completion",
        "done",
        "achieved",
        "met",
        "yes",
        "review",
        "reviews",
        "reviewed",
    ];
    const AROUND: &[&str] = &[
        "when", "once", "on", "at", "by", "in", "to", "be", "is", "it", "this", "will", "the", "next", "cin",
        "meeting", "action", "task", "of",
    ];
    let mut words = text.tokens.iter().filter(|token| token.kind != Kind::Stop);
    let is_any = words.clone().any(|token| token.is(DONE));
    is_any && words.all(|token| !token.quoted && (token.is(DONE) || token.is(AROUND)))
}

/// The first words of a measure that measure nothing, where it says nothing else.
fn vague_measure(text: &Text) -> Option<Place> {
    let words = || {
        text.tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| token.is_word() && token.words > 0 && !token.quoted)
    };
    let is_vague = |token: &Token| {
        token.has(Mark::Quality) || token.has(Mark::Vague) || is_vague_noun(token) || token.has(Mark::PutOff)
    };
    let hazy = words().any(|(_, token)| token.has(Mark::Quality) || token.has(Mark::PutOff));
    let seen =
        !hazy && words().any(|(_, token)| token.has(Mark::Do) && !is_vague(token) && !token.has(Mark::Light));
    let (at, token) = words().find(|(_, token)| is_vague(token))?;
    (!seen).then(|| place(text, at..at + token.words.max(1)))
}

// ---- outcomes ----

/// The words that make an outcome something that is done, and not what is different for a child afterwards.
pub fn service(text: &Text) -> Option<Place> {
    let tokens = &text.tokens;
    let own = tokens.iter().filter(|token| token.quoted).count();
    if own * 2 > tokens.len() {
        return None;
    }
    let acts = acts(text);
    let act = acts.iter().find(|act| {
        let verb = &tokens[act.verb.end - 1];
        let at = if verb.has(Mark::Service) { act.verb.end - 1 } else { act.verb.start };
        let is_of_somebody = act.subject.clone().is_some_and(|subject| {
            let first = subject.start == 0;
            doer_of(&tokens[subject], first) == Some(true)
        });
        tokens[at].has(Mark::Service)
            && !is_school_life(tokens, act.verb.end)
            && !(is_of_somebody && is_life(tokens, at))
    });
    if let Some(act) = act {
        return Some(place(text, act.verb.clone()));
    }
    // "to have been referred", "will have accessed"
    let done = (0..tokens.len()).find(|i| {
        let token = &tokens[*i];
        let before = |back: usize| i.checked_sub(back).map_or("", |i| text.word(i));
        token.has(Mark::Service)
            && token.form == Form::Past
            && !token.quoted
            && (before(1) == "been" && before(2) == "have"
                || before(1) == "have" && matches!(before(2), "to" | "will"))
            && !is_school_life(tokens, i + 1)
    });
    if let Some(done) = done {
        return Some(place(text, done..done + 1));
    }
    // "Referral made by the police"
    let noun = |range: std::ops::Range<usize>| {
        range.into_iter().find(|i| tokens[*i].has(Mark::ServiceNoun) && tokens[*i].words > 0)
    };
    let made = acts.iter().filter(|act| tokens[act.verb.start].form == Form::Past && act.subject.is_none());
    if let Some(noun) = made.filter_map(|act| noun(0..act.verb.start)).next() {
        return Some(place(text, noun..noun + tokens[noun].words.max(1)));
    }
    // "Health visitor to show": whoever is paid to do it is no child.
    let paid = acts.iter().find(|act| {
        act.subject.clone().is_some_and(|subject| tokens[subject].iter().any(|token| token.is(WORK)))
            && tokens[act.verb.start.saturating_sub(1)].is(&["to", "will"])
    });
    if let Some(act) = paid {
        return Some(place(text, act.verb.clone()));
    }
    // "has been seen", "is held": what was done.
    let lives = tokens
        .iter()
        .any(|token| token.is(&["is", "are", "has", "have", "can", "feel", "feels", "says", "say"]));
    let noun = tokens.iter().position(|token| token.has(Mark::ServiceNoun) && token.words > 0)?;
    (acts.is_empty() && !lives).then(|| place(text, noun..noun + tokens[noun].words.max(1)))
}

/// Work by which somebody is known.
const WORK: &[&str] = &[
    "worker",
    "visitor",
    "nurse",
    "adviser",
    "advisor",
    "officer",
    "teacher",
    "gp",
    "doctor",
    "midwife",
    "therapist",
    "sw",
    "hv",
    "fsw",
    "school",
    "camhs",
    "police",
    "service",
    "team",
    "psychologist",
    "mentor",
    "practitioner",
    "professionals",
];

/// Whether a verb that a service may do is what a child or a family does here: "Jay writes his name", "visits his nan".
fn is_life(tokens: &[Token], at: usize) -> bool {
    const OF_SERVICE: &[&str] = &[
        "engages",
        "accesses",
        "refers",
        "receives",
        "liaises",
        "monitors",
        "applies",
        "books",
        "commissions",
        "assesses",
    ];
    tokens[at].form == Form::S
        && tokens[at].words == 1
        && !tokens[at].is(OF_SERVICE)
        && !tokens[at + 1..]
            .iter()
            .take(6)
            .any(|token| token.has(Mark::ServiceNoun) || token.has(Mark::Org) || token.has(Mark::Tool))
}

/// School is a child's life and not a service: "attends school every day".
fn is_school_life(tokens: &[Token], after: usize) -> bool {
    tokens[after..].iter().take(4).any(|token| {
        token.is(&[
            "school",
            "nursery",
            "college",
            "lessons",
            "class",
            "classes",
            "preschool",
            "friends",
            "friend",
            "dad",
            "mum",
        ])
    })
}

// ---- agencies ----

/// Whether an answer to "who" names an agency, and nobody who works there: "Housing", "Children's disability team".
pub fn is_agency(text: &Text) -> bool {
    let words = || text.tokens.iter().filter(|token| token.is_word() && token.words > 0);
    let known = words().any(|token| token.has(Mark::Org) || token.is(&["services", "agencies"]));
    // "Ms Khan, CAMHS", "School nurse", "Grace Okafor (school)"
    let somebody = words().any(|token| token.has(Mark::Person) && !token.possessive)
        || words()
            .any(|token| token.upper && token.marks == 0 && token.end - token.start > 2 && !token.possessive);
    known && !somebody
}
