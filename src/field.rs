//! The control that a finding is about.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::part::{self, Step};

/// The name of a control, such as `plan.actions[2].due_on`: the key in the record and the control's name in a form. It is
/// spelt out only where somebody asks, since most checks that name a field have nothing to say of it.
#[derive(Clone, Debug)]
pub struct Field(Spelling);

/// Rows that a place of the record stands in, one inside the other.
const ROWS: usize = 3;

#[derive(Clone, Debug)]
enum Spelling {
    /// Spelt out already.
    Path(String),
    /// The path with its rows left open, `plan.actions[].due_on`, and the index of each.
    Place(&'static str, [usize; ROWS]),
}

impl Field {
    /// The field at a path that was built elsewhere; [`field!`] is checked by the compiler and is to be preferred.
    pub fn at_path(path: impl Into<String>) -> Field {
        Field(Spelling::Path(path.into()))
    }

    /// The field at a place of the record, whose rows are left open, with the index of each row.
    #[doc(hidden)]
    pub fn at_place(place: &'static str, rows: &[usize]) -> Field {
        debug_assert!(rows.len() <= ROWS);
        let mut all = [0; ROWS];
        for (one, row) in all.iter_mut().zip(rows) {
            *one = *row;
        }
        Field(Spelling::Place(place, all))
    }

    /// As the control is named.
    pub fn path(&self) -> Cow<'_, str> {
        match &self.0 {
            Spelling::Path(path) => path.into(),
            Spelling::Place(place, rows) => spelt_out(place, rows),
        }
    }

    /// The path of the innermost row that the field stands in: `plan.actions[2]` for `plan.actions[2].due_on`.
    pub fn row(&self) -> Option<Cow<'_, str>> {
        let up_to_row = |path: &str| path.rfind(']').map(|end| end + 1);
        match &self.0 {
            Spelling::Path(path) => up_to_row(path).map(|end| path[..end].into()),
            Spelling::Place(place, rows) => up_to_row(place).map(|end| spelt_out(&place[..end], rows)),
        }
    }
}

fn spelt_out(place: &'static str, rows: &[usize]) -> Cow<'static, str> {
    let mut pieces = place.split("[]");
    let first = pieces.next().unwrap_or_default();
    if first.len() == place.len() {
        return place.into();
    }
    let mut path = String::with_capacity(place.len() + 4);
    path.push_str(first);
    for (piece, row) in pieces.zip(rows) {
        part::push(&mut path, Step::Row(*row));
        path.push_str(piece);
    }
    path.into()
}

/// However it is kept, a field is what its control is called.
impl Ord for Field {
    fn cmp(&self, other: &Field) -> Ordering {
        self.path().cmp(&other.path())
    }
}

impl PartialOrd for Field {
    fn partial_cmp(&self, other: &Field) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Field {}

impl PartialEq for Field {
    fn eq(&self, other: &Field) -> bool {
        self.path() == other.path()
    }
}

impl Hash for Field {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.path().hash(state);
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.path())
    }
}

/// The field at a place of the record: `field!(plan.actions[i].due_on)`. A place that the record does not have does
/// not compile.
macro_rules! field {
    ($($place:tt)+) => {{
        // Never called: here the compiler looks the place up in the record.
        let _ = |record: &$crate::record::Record| {
            let _ = &record.$($place)+;
        };
        $crate::field::steps!([] [] $($place)+)
    }};
}
pub(crate) use field;

/// Takes one step after the other, and notes how it is spelt and which row it leads to.
macro_rules! steps {
    ([$($spelt:expr,)*] [$($row:expr,)*]) => {
        $crate::field::Field::at_place(concat!($($spelt),*), &[$($row),*])
    };
    ([$($spelt:tt)*] $rows:tt . $($rest:tt)*) => { $crate::field::steps!([$($spelt)* ".",] $rows $($rest)*) };
    ([$($spelt:tt)*] [$($row:tt)*] [$index:expr] $($rest:tt)*) => {
        $crate::field::steps!([$($spelt)* "[]",] [$($row)* $index,] $($rest)*)
    };
    ([$($spelt:tt)*] $rows:tt $name:ident $($rest:tt)*) => {
        $crate::field::steps!([$($spelt)* stringify!($name),] $rows $($rest)*)
    };
}
pub(crate) use steps;
