//! What a check has looked at, noted while it runs, so that a form runs it again only when one of its answers changed.
//!
//! A column is one field of one kind of group, such as "by when" of every action.

use std::cell::{Cell, OnceCell, RefCell};

use crate::words::number;

/// Places for columns.
const PLACES: usize = 1024;

/// The place that stands for the keys of all rows.
pub const ROW_KEYS: u16 = PLACES as u16 - 1;
/// The place that stands for what cannot be read or does not fit, anywhere.
pub const FAULTS: u16 = PLACES as u16 - 2;

/// The column of one of the fields of a group, whose declaration begins on this line. A field is declared on two lines,
/// its label and itself, or more; so half the lines are enough for each to have a place of its own.
pub const fn column(line: u32, fields: &[&str], field: &str) -> u16 {
    let mut place = line as usize / 2;
    while number(fields[place - line as usize / 2]) != number(field) {
        place += 1;
    }
    assert!(place < PLACES - 2 - KEPT as usize, "there are more columns than places");
    place as u16
}

/// Columns that were looked at, or that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns([u64; PLACES / 64]);

impl Columns {
    /// No column.
    pub const NONE: Columns = Columns([0; PLACES / 64]);

    /// Every column.
    pub const ALL: Columns = Columns([u64::MAX; PLACES / 64]);

    /// Adds a column.
    pub fn add(&mut self, column: u16) {
        self.0[usize::from(column) / 64] |= 1 << (column % 64);
    }

    /// Adds the columns of another.
    pub fn add_all(&mut self, other: &Columns) {
        self.0.iter_mut().zip(other.0).for_each(|(some, more)| *some |= more);
    }

    /// Whether both have a column in common.
    pub fn meets(&self, other: &Columns) -> bool {
        std::iter::zip(&self.0, &other.0).any(|(one, other)| one & other != 0)
    }

    /// The columns that are in one of both and not in the other.
    fn differing<'a>(&'a self, other: &'a Columns) -> impl Iterator<Item = usize> + 'a {
        places(std::iter::zip(&self.0, &other.0).map(|(one, other)| one ^ other))
    }
}

/// The places of the bits that are set, in order.
fn places(words: impl Iterator<Item = u64>) -> impl Iterator<Item = usize> {
    words.enumerate().flat_map(|(word, bits)| {
        let rest = |bits: &u64| Some(bits & (bits - 1)).filter(|rest| *rest != 0);
        let all = std::iter::successors(Some(bits).filter(|bits| *bits != 0), rest);
        all.map(move |bits| word * 64 + bits.trailing_zeros() as usize)
    })
}

/// Who has looked at which column, so that those who looked at what changed are found without asking each.
#[derive(Default)]
pub struct Readers {
    /// What each reader has looked at.
    seen: Vec<Columns>,
    /// For each column, a bit for each reader who has looked at it.
    who: Vec<u64>,
}

impl Readers {
    /// So many readers, who have looked at nothing yet.
    pub fn new(count: usize) -> Readers {
        Readers { seen: vec![Columns::NONE; count], who: vec![0; count.div_ceil(64) * PLACES] }
    }

    /// Words in which the readers of a column are noted.
    fn words(&self) -> usize {
        self.seen.len().div_ceil(64)
    }

    /// Notes what a reader has looked at, in place of what it had looked at before.
    pub fn note(&mut self, reader: usize, seen: Columns) {
        let words = self.words();
        for column in self.seen[reader].differing(&seen) {
            self.who[column * words + reader / 64] ^= 1 << (reader % 64);
        }
        self.seen[reader] = seen;
    }

    /// Those who have looked at one of these columns, in order.
    pub fn of(&self, columns: &Columns) -> Vec<usize> {
        let words = self.words();
        let mut all = vec![0; words];
        for column in columns.differing(&Columns::NONE) {
            let readers = &self.who[column * words..][..words];
            all.iter_mut().zip(readers).for_each(|(all, some)| *all |= some);
        }
        places(all.into_iter()).collect()
    }
}

thread_local! {
    static NOTED: [Cell<u64>; PLACES / 64] = const { [const { Cell::new(0) }; PLACES / 64] };
}

/// Notes that a column was looked at.
#[inline(never)]
pub fn note(column: u16) {
    NOTED.with(|noted| {
        let some = &noted[usize::from(column) / 64];
        some.set(some.get() | 1 << (column % 64));
    });
}

/// Notes that these columns were looked at.
fn note_all(columns: &Columns) {
    NOTED.with(|noted| std::iter::zip(noted, columns.0).for_each(|(some, more)| some.set(some.get() | more)));
}

/// Runs something and gives what it looked at. Whoever notes around it has looked at none of that.
pub fn noting<T>(run: impl FnOnce() -> T) -> (T, Columns) {
    let before = swap(Columns::NONE);
    let result = run();
    (result, swap(before))
}

/// Notes these columns in place of those that were noted, and gives those.
fn swap(columns: Columns) -> Columns {
    Columns(NOTED.with(|noted| std::array::from_fn(|at| noted[at].replace(columns.0[at]))))
}

/// Something that is worked out once while nothing changes. Whoever asks for it has looked at all that it was worked out from.
pub struct Once<T>(OnceCell<(T, Columns)>);

impl<T> Default for Once<T> {
    fn default() -> Once<T> {
        Once(OnceCell::new())
    }
}

impl<T> Once<T> {
    /// What it is, worked out where nobody has asked yet.
    pub fn get_or(&self, work_out: impl FnOnce() -> T) -> &T {
        let (known, seen) = self.0.get_or_init(|| noting(work_out));
        note_all(seen);
        known
    }
}

/// Several things of a kind, each worked out [`Once`].
pub struct OnceEach<K, T>(RefCell<Vec<(K, T, Columns)>>);

impl<K, T> Default for OnceEach<K, T> {
    fn default() -> OnceEach<K, T> {
        OnceEach(RefCell::default())
    }
}

impl<K: PartialEq, T: Clone> OnceEach<K, T> {
    /// What it is, worked out where nobody has asked for this one yet.
    pub fn get_or(&self, key: K, work_out: impl FnOnce() -> T) -> T {
        if let Some((_, known, seen)) = self.0.borrow().iter().find(|(other, ..)| *other == key) {
            note_all(seen);
            return known.clone();
        }
        let (known, seen) = noting(work_out);
        note_all(&seen);
        self.0.borrow_mut().push((key, known.clone(), seen));
        known
    }
}

/// Something that is worked out once and then kept. It has a place among the columns: whoever asks for it has looked at
/// that place alone, and not at what it was worked out from. So they run again only where it comes out otherwise.
pub struct Memo<T> {
    column: u16,
    kept: OnceCell<(T, Columns)>,
    /// What was kept before something changed that it was worked out from.
    before: Cell<Option<T>>,
}

/// Places for what is kept.
const KEPT: u16 = 32;

impl<T: PartialEq> Memo<T> {
    /// Nothing yet. Each has a number of its own.
    pub const fn new(number: u16) -> Memo<T> {
        assert!(number < KEPT);
        Memo { column: FAULTS - 1 - number, kept: OnceCell::new(), before: Cell::new(None) }
    }

    /// What is kept, worked out where nobody has asked yet.
    pub fn get_or(&self, work_out: impl FnOnce() -> T) -> &T {
        note(self.column);
        &self.kept.get_or_init(|| noting(work_out)).0
    }

    /// Keeps it no longer where it was worked out from something that has changed.
    pub fn forget(&mut self, changed: &Columns) {
        if self.kept.get().is_some_and(|(_, seen)| seen.meets(changed)) {
            self.before.set(self.kept.take().map(|(kept, _)| kept));
        }
    }

    /// Has it asked for anew where it was forgotten, and notes it as changed where it comes out otherwise.
    pub fn renew(&self, ask: &dyn Fn(), changed: &mut Columns) {
        if let Some(before) = self.before.take() {
            ask();
            if self.kept.get().is_none_or(|(now, _)| *now != before) {
                changed.add(self.column);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::part::{Fields, Info};
    use crate::record::Record;

    fn columns(some: &[u16]) -> Columns {
        let mut columns = Columns::NONE;
        some.iter().for_each(|column| columns.add(*column));
        columns
    }

    #[test]
    fn no_two_fields_have_a_column_in_common() {
        fn collect(fields: &'static [Info], all: &mut HashMap<u16, &'static str>) {
            for info in fields {
                let label = all.entry(info.column).or_insert(info.label);
                assert_eq!(*label, info.label, "column {}", info.column);
                collect(info.below, all);
            }
        }
        let mut all = HashMap::new();
        collect(Record::FIELDS, &mut all);
        assert!(all.len() > 300);
    }

    #[test]
    fn what_is_looked_at_inside_is_not_looked_at_outside() {
        let (_, seen) = noting(|| {
            note(1);
            let (_, inner) = noting(|| note(700));
            assert_eq!(inner, columns(&[700]));
            note(2);
        });
        assert_eq!(seen, columns(&[1, 2]));
        assert_eq!(noting(|| ()).1, Columns::NONE);
    }

    #[test]
    fn whoever_asks_for_what_was_worked_out_before_has_looked_at_the_same() {
        let once = Once::default();
        let ask = |now: u32| *once.get_or(|| (note(5), now).1);
        assert_eq!(noting(|| ask(1)), (1, columns(&[5])));
        assert_eq!(noting(|| ask(2)), (1, columns(&[5])));
    }

    #[test]
    fn what_is_kept_changes_for_those_who_asked_only_where_it_comes_out_otherwise() {
        let mut memo = Memo::new(3);
        let ask = |memo: &Memo<u32>, now: u32| {
            *memo.get_or(|| {
                note(9);
                now
            })
        };
        let asked = columns(&[FAULTS - 4]);
        assert_eq!(noting(|| ask(&memo, 1)), (1, asked));
        assert_eq!(noting(|| ask(&memo, 2)), (1, asked));
        memo.forget(&columns(&[8]));
        assert_eq!(ask(&memo, 2), 1);
        for (now, differs) in [(1, false), (3, true)] {
            let mut changed = Columns::NONE;
            memo.forget(&columns(&[9]));
            memo.renew(&|| _ = ask(&memo, now), &mut changed);
            assert_eq!(changed.meets(&asked), differs);
        }
    }

    #[test]
    fn readers_of_what_changed_are_found() {
        let mut readers = Readers::new(70);
        readers.note(0, columns(&[3, 900]));
        readers.note(69, columns(&[3]));
        assert_eq!(readers.of(&columns(&[3])), [0, 69]);
        assert_eq!(readers.of(&columns(&[900, 901])), [0]);
        readers.note(0, columns(&[901]));
        assert_eq!(readers.of(&columns(&[3])), [69]);
        assert_eq!(readers.of(&columns(&[3, 901])), [0, 69]);
        assert_eq!(readers.of(&Columns::NONE), [0; 0]);
    }
}
