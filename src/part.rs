//! How a record is built: groups of named parts, lists of rows, and leaves.
//!
//! [`part!`] declares a group once and gives it everything else: its type, the sizes that `validator` holds, its
//! TypeScript, its labels, and reading by name. Reading an object and setting one control by its path are the same
//! few lines, for every part there is.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::ops::{ControlFlow, Deref, DerefMut};
use std::sync::OnceLock;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// Rows that a list reads; what comes after them is reported and left unread.
pub const MOST_ROWS: usize = 5_000;

/// Rows that are read at once, in all lists together. Lists within lists multiply: a small object that holds one row many
/// times would fill the memory otherwise.
const MOST_ROWS_IN_ALL: usize = 20_000;

/// What somebody gives to a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Given<'a> {
    /// Nothing: `null`, `undefined`, an empty control.
    Nothing,
    /// Text, as typed.
    Text(&'a str),
    /// A tick box or a JSON boolean.
    YesNo(bool),
    /// A JSON number.
    Number(f64),
    /// Something that no control gives, such as an object where a text belongs.
    Other,
}

impl Given<'_> {
    /// Whether this is more than an empty control.
    pub fn is_something(self) -> bool {
        !matches!(self, Given::Nothing | Given::Text(""))
    }
}

/// One step down from a part: `actions`, or `[2]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The part with this name.
    Name(&'a str),
    /// The row at this index, from 0.
    Row(usize),
}

/// Anything that a record is made of. A part answers only for what it has: a leaf has no rows, a list no names.
///
/// What is known of a part without looking at one, its fields with their labels and sizes, is data in [`Fields`];
/// so there is one walk over it, and not one for every type.
pub trait Part {
    /// Takes an answer. A group or a list that is given one notes that it could not be read.
    fn take(&mut self, given: Given);
    /// What was expected, where what was given could not be read. Follows the label.
    fn problem(&self) -> Option<&str>;
    /// What to do where what was given could not be read, beginning with a verb.
    fn help(&self) -> &'static str {
        "Enter each answer in its own field."
    }

    /// The parts by name, for a group.
    fn fields(&self) -> &'static [Info] {
        &[]
    }
    /// Shows the part at each place of `fields`, one after the other, until `see` says that it has seen enough.
    fn parts<'a>(
        &'a self,
        _see: &mut dyn FnMut(&'static Info, &'a dyn Part) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
    /// The part at a place of `fields`, for reading into.
    fn field_mut(&mut self, _index: usize) -> Option<&mut dyn Part> {
        None
    }
    /// The part with this name, for reading into.
    fn named(&mut self, name: &str) -> Option<&mut dyn Part> {
        let index = self.fields().iter().position(|info| info.name == name)?;
        self.field_mut(index)
    }
    /// The row at an index, made with the ones before it where it is not there yet.
    fn row(&mut self, _index: usize) -> Option<&mut dyn Part> {
        None
    }
    /// Whether this part has names below it; empties it for new ones.
    fn start_names(&mut self) -> bool {
        false
    }
    /// Whether this part has rows; empties it for new ones.
    fn start_rows(&mut self) -> bool {
        false
    }
    /// Shows each part directly below, in the order of the record.
    fn each<'a>(&'a self, see: &mut dyn FnMut(Step<'a>, &'a dyn Part)) {
        let _ = self.parts(&mut |info, part| {
            see(Step::Name(info.name), part);
            ControlFlow::Continue(())
        });
    }
    /// The part one step below; `None` where there is none.
    fn below<'a>(&'a self, step: Step) -> Option<&'a dyn Part> {
        let Step::Name(name) = step else { return None };
        let mut found = None;
        let _ = self.parts(&mut |info, part| match info.name == name {
            true => {
                found = Some(part);
                ControlFlow::Break(())
            }
            false => ControlFlow::Continue(()),
        });
        found
    }
    /// Shows each part directly below in which something may be at fault: what cannot be read, or does not fit.
    fn each_doubtful<'a>(&'a self, see: &mut dyn FnMut(Step<'a>, &'a dyn Part)) {
        self.each(see);
    }
    /// Whether nothing was entered here. A row's own key is no entry, as forms number their empty rows; one that is at fault
    /// is told, and so it is one.
    fn is_empty(&self) -> bool {
        self.problem().is_none()
            && self
                .parts(&mut |info, part| {
                    let is_key =
                        info.name == "id" && part.problem().is_none() && info.size.problem(part).is_none();
                    if is_key || part.is_empty() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                })
                .is_continue()
    }
    /// A leaf's answer in its plainest spelling; what could not be read as it was typed.
    fn spelt(&self) -> Option<Cow<'_, str>> {
        None
    }
    /// How many rows a list has; the number itself, for a number.
    fn measure(&self) -> Option<f64> {
        None
    }
}

/// What is known of every part of a type.
pub trait Fields {
    /// The fields of a group, or of the rows of a list.
    const FIELDS: &'static [Info] = &[];
    /// Whether it is a list, whose rows have the fields.
    const LIST: bool = false;
}

/// One field of a group, as it was declared.
#[derive(Debug)]
pub struct Info {
    /// Its name in the record and in a form.
    pub name: &'static str,
    /// What it is called, for people.
    pub label: &'static str,
    /// How much it holds.
    pub size: Size,
    /// The fields below it.
    pub below: &'static [Info],
    /// Whether a step to a row lies between it and the fields below.
    pub list: bool,
    /// Its column; see [`crate::reads`].
    pub column: u16,
}

/// A field of a group, which notes whenever somebody looks at it.
#[derive(Clone, Default, PartialEq)]
pub struct Noted<T, const COLUMN: u16>(pub(crate) T);

impl<T, const COLUMN: u16> Deref for Noted<T, COLUMN> {
    type Target = T;
    fn deref(&self) -> &T {
        crate::reads::note(COLUMN);
        &self.0
    }
}

impl<T, const COLUMN: u16> DerefMut for Noted<T, COLUMN> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: fmt::Debug, const COLUMN: u16> fmt::Debug for Noted<T, COLUMN> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How much a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A few pages.
    Text,
    /// A line.
    Line,
    /// A score from 0 to 10.
    Score,
    /// A number of years.
    Years,
    /// Rows of a form.
    Rows,
    /// Whatever its kind of answer holds.
    Any,
}

/// The field that steps lead to, whether or not such a row is there.
pub fn info(fields: &'static [Info], steps: &[Step]) -> Option<&'static Info> {
    let [Step::Name(name), rest @ ..] = steps else { return None };
    let here = fields.iter().find(|info| info.name == *name)?;
    match rest {
        [] => Some(here),
        [Step::Row(_) | Step::Name(_), below @ ..] if here.list && !below.is_empty() => {
            info(here.below, below)
        }
        _ if !here.list => info(here.below, rest),
        _ => None,
    }
}

/// Reads anything that serde can show into a part. Names that the record does not have are passed over, and what
/// has the wrong shape is kept as unreadable: the only errors are those of the source itself, such as broken JSON.
pub fn read<'de, D: Deserializer<'de>>(part: &mut dyn Part, source: D) -> Result<(), D::Error> {
    let rows = Cell::new(MOST_ROWS_IN_ALL);
    serde::de::DeserializeSeed::deserialize(Into { part, rows: &rows }, source)
}

struct Into<'a> {
    part: &'a mut dyn Part,
    /// How many rows may still be read.
    rows: &'a Cell<usize>,
}

impl<'de> serde::de::DeserializeSeed<'de> for Into<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Into<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a part of a record")
    }
    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.part.take(Given::Nothing);
        Ok(())
    }
    fn visit_none<E: serde::de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }
    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.part.take(Given::YesNo(value));
        Ok(())
    }
    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.visit_f64(value as f64)
    }
    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        self.visit_f64(value as f64)
    }
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        self.part.take(Given::Number(value));
        Ok(())
    }
    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<(), E> {
        self.part.take(Given::Text(value));
        Ok(())
    }
    /// What a source shows where it holds something that is no data, such as a function.
    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<(), E> {
        self.part.take(Given::Other);
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        if !self.part.start_rows() {
            self.part.take(Given::Other);
            while rows.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        for index in 0.. {
            let next = IntoRow { list: self.part, index, rows: self.rows };
            if rows.next_element_seed(next)?.is_none() {
                break;
            }
        }
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if !self.part.start_names() {
            self.part.take(Given::Other);
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        while let Some(name) = map.next_key::<String>()? {
            match self.part.named(&name) {
                Some(part) => map.next_value_seed(Into { part, rows: self.rows })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Reads one element into the row of its index; the row is made only when there is an element.
struct IntoRow<'a> {
    list: &'a mut dyn Part,
    index: usize,
    rows: &'a Cell<usize>,
}

impl<'de> serde::de::DeserializeSeed<'de> for IntoRow<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        let (left, index) = match self.rows.get().checked_sub(1) {
            Some(left) => (left, self.index),
            None => (0, MOST_ROWS),
        };
        self.rows.set(left);
        match self.list.row(index) {
            Some(part) => Into { part, rows: self.rows }.deserialize(source),
            None => source.deserialize_ignored_any(IgnoredAny).map(|_| ()),
        }
    }
}

/// The part that a path leads to, made on the way where it is not there yet. `None` where the record has no such
/// place. A path is spelt as the controls of a form are named: `meetings[0].chair.name`.
pub fn at<'a>(part: &'a mut dyn Part, path: &str) -> Option<&'a mut dyn Part> {
    let mut here = part;
    for step in each_step(path) {
        here = match step? {
            Step::Name(name) => here.named(name)?,
            Step::Row(index) => here.row(index)?,
        };
    }
    Some(here)
}

/// The steps of a path; `None` where it is not spelt like one.
pub fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    each_step(path).collect()
}

/// The part that a path leads to, where it is there.
pub fn find<'a>(part: &'a dyn Part, path: &str) -> Option<&'a dyn Part> {
    let mut here = part;
    for step in each_step(path) {
        here = here.below(step?)?;
    }
    Some(here)
}

/// One step of a path after the other; `None` in the place of one that is not spelt like a step.
fn each_step(path: &str) -> impl Iterator<Item = Option<Step<'_>>> {
    path.split('.').flat_map(|piece| {
        let (name, rows) = piece.split_at(piece.find('[').unwrap_or(piece.len()));
        let name = (!name.is_empty()).then_some(Step::Name(name));
        let rows = rows.split('[').skip(1);
        let rows = rows.map(|row| row.strip_suffix(']')?.parse().ok().map(Step::Row));
        std::iter::once(name).chain(rows)
    })
}

/// Whoever is shown parts, each with where it stands and how much its field holds.
type See<'s, 'a> = &'s mut dyn FnMut(&Place<'_>, Size, &'a dyn Part);

/// Shows every part, in the order of the record.
pub fn walk<'a>(part: &'a dyn Part, see: See<'_, 'a>) {
    step_down(part, Size::Any, &Place { above: None, step: Step::Name("") }, false, see);
}

/// Shows every part in which something may be at fault, in the order of the record: those that hold an answer which
/// cannot be read or does not fit, and others between them.
pub fn walk_doubtful<'a>(part: &'a dyn Part, see: See<'_, 'a>) {
    step_down(part, Size::Any, &Place { above: None, step: Step::Name("") }, true, see);
}

fn step_down<'a>(part: &'a dyn Part, size: Size, place: &Place<'_>, doubtful: bool, see: See<'_, 'a>) {
    see(place, size, part);
    let fields = part.fields();
    let mut index = 0;
    let step_on = &mut |step, below: &'a dyn Part| {
        let size = fields.get(index).map_or(Size::Any, |info| info.size);
        index += 1;
        step_down(below, size, &Place { above: Some(place), step }, doubtful, see);
    };
    if doubtful { part.each_doubtful(step_on) } else { part.each(step_on) }
}

/// Whether nothing in a part is at fault.
fn is_sound(part: &dyn Part) -> bool {
    let mut sound = true;
    walk_doubtful(part, &mut |_, size, part| {
        sound &= part.problem().is_none() && size.problem(part).is_none();
    });
    sound
}

/// A place of the record on the way down to it; spelt out only where somebody asks.
pub struct Place<'a> {
    above: Option<&'a Place<'a>>,
    step: Step<'a>,
}

impl Place<'_> {
    /// The name of the part, unless it is a row.
    pub fn name(&self) -> Option<&str> {
        match self.step {
            Step::Name(name) => Some(name),
            Step::Row(_) => None,
        }
    }

    /// The path, as the control is named.
    pub fn path(&self) -> String {
        let mut path = self.above.map(Place::path).unwrap_or_default();
        if self.above.is_some() {
            push(&mut path, self.step);
        }
        path
    }
}

/// Adds a step to a path.
pub fn push(path: &mut String, step: Step) {
    match step {
        Step::Name(name) => {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        }
        Step::Row(index) => {
            path.push('[');
            path.push_str(&index.to_string());
            path.push(']');
        }
    }
}

/// The element at `index`, made with the ones before it; `None` past [`MOST_ROWS`].
pub(crate) fn nth<T: Default>(rows: &mut Vec<T>, index: usize) -> Option<&mut T> {
    if index >= MOST_ROWS {
        return None;
    }
    if rows.len() <= index {
        rows.resize_with(index + 1, T::default);
    }
    rows.get_mut(index)
}

/// Rows of a form. A row in which nothing was entered keeps its index and is passed over by every rule.
#[derive(Clone, Debug)]
pub struct List<T> {
    rows: Vec<Row<T>>,
    problem: Option<&'static str>,
}

#[derive(Clone, Debug, Default)]
struct Row<T> {
    part: T,
    /// Whether something was entered in it, once somebody has asked: every check asks of every row.
    filled: OnceLock<bool>,
    /// Whether nothing in it is at fault, once somebody has asked.
    sound: OnceLock<bool>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { rows: Vec::new(), problem: None }
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &List<T>) -> bool {
        self.problem == other.problem
            && self.rows.iter().map(|row| &row.part).eq(other.rows.iter().map(|row| &row.part))
    }
}

impl<T: Part> Row<T> {
    fn is_filled(&self) -> bool {
        *self.filled.get_or_init(|| !self.part.is_empty())
    }
}

impl<T: Part> List<T> {
    /// The rows in which something was entered, each with its index in the form.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = (usize, &T)> + Clone + '_ {
        let filled = self.rows.iter().enumerate().filter(|(_, row)| row.is_filled());
        filled.map(|(index, row)| (index, &row.part))
    }

    /// Whether no row holds anything.
    pub fn is_empty(&self) -> bool {
        self.rows().next().is_none()
    }
}

impl<T> std::ops::Index<usize> for List<T> {
    type Output = T;
    fn index(&self, index: usize) -> &T {
        &self.rows[index].part
    }
}

impl<T: Fields> Fields for List<T> {
    const FIELDS: &'static [Info] = T::FIELDS;
    const LIST: bool = true;
}

impl<T: Part + Default> Part for List<T> {
    fn take(&mut self, given: Given) {
        self.rows.clear();
        self.problem = given.is_something().then_some("must be a list of rows");
    }
    fn problem(&self) -> Option<&str> {
        self.problem
    }
    fn is_empty(&self) -> bool {
        self.problem.is_none() && List::is_empty(self)
    }
    fn start_rows(&mut self) -> bool {
        self.take(Given::Nothing);
        true
    }
    fn help(&self) -> &'static str {
        "Enter each of them in a row of its own, and no more than 5,000."
    }
    fn row(&mut self, index: usize) -> Option<&mut dyn Part> {
        if index >= MOST_ROWS {
            self.problem = Some(
                "has more rows than can be checked: 5,000 in a list, 20,000 in all; the rows after them were not read",
            );
        }
        nth(&mut self.rows, index).map(|row| {
            // Whoever asks for it to read into may change that.
            (row.filled, row.sound) = Default::default();
            &mut row.part as &mut dyn Part
        })
    }
    fn each<'a>(&'a self, see: &mut dyn FnMut(Step<'a>, &'a dyn Part)) {
        for (index, row) in self.rows.iter().enumerate() {
            see(Step::Row(index), &row.part);
        }
    }
    fn each_doubtful<'a>(&'a self, see: &mut dyn FnMut(Step<'a>, &'a dyn Part)) {
        for (index, row) in self.rows.iter().enumerate() {
            if !row.sound.get_or_init(|| is_sound(&row.part)) {
                see(Step::Row(index), &row.part);
            }
        }
    }
    fn below<'a>(&'a self, step: Step) -> Option<&'a dyn Part> {
        match step {
            Step::Row(index) => self.rows.get(index).map(|row| &row.part as &dyn Part),
            Step::Name(_) => None,
        }
    }
    fn measure(&self) -> Option<f64> {
        Some(self.rows.len() as f64)
    }
}

/// Parts by a name that the record does not fix in advance, such as the id of a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T> {
    /// In the order of their names.
    parts: Vec<(String, T)>,
    problem: Option<&'static str>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Named { parts: Vec::new(), problem: None }
    }
}

impl<T> Named<T> {
    /// The part with this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.place(name).ok().map(|place| &self.parts[place].1)
    }

    /// The place of a name, or the one where it belongs.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.parts.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }
}

impl<T: Fields> Fields for Named<T> {
    const FIELDS: &'static [Info] = T::FIELDS;
    const LIST: bool = true;
}

impl<T: Part + Default> Part for Named<T> {
    fn take(&mut self, given: Given) {
        self.parts.clear();
        self.problem = given.is_something().then_some("must be a group of answers");
    }
    fn problem(&self) -> Option<&str> {
        self.problem
    }
    fn is_empty(&self) -> bool {
        self.problem.is_none() && self.parts.iter().all(|(_, part)| part.is_empty())
    }
    fn start_names(&mut self) -> bool {
        self.take(Given::Nothing);
        true
    }
    fn named(&mut self, name: &str) -> Option<&mut dyn Part> {
        let place = match self.place(name) {
            Ok(place) => place,
            Err(_) if self.parts.len() >= MOST_ROWS => {
                self.problem = Some("has more names than can be checked; names after 5,000 were not read");
                return None;
            }
            Err(place) => {
                self.parts.insert(place, (name.into(), T::default()));
                place
            }
        };
        Some(&mut self.parts[place].1)
    }
    fn each<'a>(&'a self, see: &mut dyn FnMut(Step<'a>, &'a dyn Part)) {
        for (name, part) in &self.parts {
            see(Step::Name(name), part);
        }
    }
    fn below<'a>(&'a self, step: Step) -> Option<&'a dyn Part> {
        match step {
            Step::Name(name) => self.get(name).map(|part| part as &dyn Part),
            Step::Row(_) => None,
        }
    }
}

/// A part as plain data: blank leaves are left out, everything else stands in its plainest spelling.
pub struct Plain<'a>(pub &'a dyn Part);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut below = Vec::new();
        self.0.each(&mut |step, part| below.push((step, part)));
        match below.first() {
            None => match self.0.spelt() {
                Some(text) => serializer.serialize_str(&text),
                None => serializer.serialize_unit(),
            },
            Some((Step::Row(_), _)) => {
                let mut rows = serializer.serialize_seq(Some(below.len()))?;
                for (_, part) in &below {
                    rows.serialize_element(&Plain(*part))?;
                }
                rows.end()
            }
            Some((Step::Name(_), _)) => {
                let mut map = serializer.serialize_map(None)?;
                for (step, part) in &below {
                    if let Step::Name(name) = step
                        && !part.is_empty()
                    {
                        map.serialize_entry(name, &Plain(*part))?;
                    }
                }
                map.end()
            }
        }
    }
}

/// Declares a group of the record: its fields, each with its label as the first line of its comment.
///
/// A field is `Text` (a paragraph), `Name` (a line), `Score`, `Years`, `[T]` (rows of a group), `{T}` (a group),
/// `<T>` (groups by name), `Choices<T>` (several choices), or any other kind of answer.
macro_rules! part {
    ($(#[doc = $about:literal])+ $(#[cfg_attr(feature = "js", tsify(rename = $called:literal))])? $name:ident { $($fields:tt)* }) => {
        $crate::part::part!(@fields [[$($about)+] [$($called)?] $name] [] $($fields)*);
    };

    // Takes one field after the other and notes its type and how much it holds.
    (@fields $head:tt $done:tt $(#[doc = $doc:literal])+ $field:ident : Text, $($rest:tt)*) => {
        $crate::part::part!(@next $head $done [$($doc)+] $field [$crate::answer::Answer<$crate::answer::Text>] Text $($rest)*);
    };
    (@fields $head:tt $done:tt $(#[doc = $doc:literal])+ $field:ident : Name, $($rest:tt)*) => {
        $crate::part::part!(@next $head $done [$($doc)+] $field [$crate::answer::Answer<$crate::answer::Text>] Line $($rest)*);
    };
    (@fields $head:tt $done:tt $(#[doc = $doc:literal])+ $field:ident : Score, $($rest:tt)*) => {
        $crate::part::part!(@next $head $done [$($doc)+] $field [$crate::answer::Answer<$crate::answer::Number>] Score $($rest)*);
    };
    (@fields $head:tt $done:tt $(#[doc = $doc:literal])+ $field:ident : Years, $($rest:tt)*) => {
        $crate::part::part!(@next $head $done [$($doc)+] $field [$crate::answer::Answer<$crate::answer::Number>] Years $($rest)*);
    };
    (@fields $head:tt $done:tt $(#[doc = $doc:literal])+ $field:ident : [$row:ident], $($rest:tt)*) => {
        $crate::part::part!(@next $head $done [$($doc)+] $field [$crate::part::List<$row>] Rows $($rest)*);
    };
    (@fields $head:tt $done:tt $(#[doc = $doc:literal])+ $field:ident : {$group:ident}, $($rest:tt)*) => {
        $crate::part::part!(@next $head $done [$($doc)+] $field [$group] Any $($rest)*);
    };
    (@fields $head:tt $done:tt $(#[doc = $doc:literal])+ $field:ident : <$group:ident>, $($rest:tt)*) => {
        $crate::part::part!(@next $head $done [$($doc)+] $field [$crate::part::Named<$group>] Any $($rest)*);
    };
    (@fields $head:tt $done:tt $(#[doc = $doc:literal])+ $field:ident : Choices<$choice:ident>, $($rest:tt)*) => {
        $crate::part::part!(@next $head $done [$($doc)+] $field [$crate::answer::Choices<$choice>] Any $($rest)*);
    };
    (@fields $head:tt $done:tt $(#[doc = $doc:literal])+ $field:ident : $kind:ident, $($rest:tt)*) => {
        $crate::part::part!(@next $head $done [$($doc)+] $field [$crate::answer::Answer<$kind>] Any $($rest)*);
    };
    (@next $head:tt [$($done:tt)*] $docs:tt $field:ident $type:tt $size:ident $($rest:tt)*) => {
        $crate::part::part!(@fields $head [$($done)* ($docs $field $type $size)] $($rest)*);
    };

    (@fields [[$($about:literal)+] [$($called:literal)?] $name:ident] [$(([$label:literal $($more:literal)*] $field:ident [$kind:ty] $size:ident))*]) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        $(#[doc = $about])+
        pub struct $name {
            $(
                #[doc = $label]
                $(#[doc = $more])*
                pub $field: $crate::part::Noted<$kind, { $name::column(stringify!($field)) }>,
            )*
            misread: bool,
        }

        impl $name {
            /// The column of a field; see [`crate::reads`].
            const fn column(field: &str) -> u16 {
                $crate::reads::column(line!(), &[$(stringify!($field)),*], field)
            }
        }

        // The shape that TypeScript sees.
        #[cfg(feature = "js")]
        const _: () = {
            #[derive(tsify::Tsify)]
            $(#[tsify(rename = $called)])?
            $(#[doc = $about])+
            #[expect(dead_code, reason = "only its TypeScript is used")]
            struct $name {
                $(#[doc = $label] $(#[doc = $more])* #[tsify(optional)] $field: $kind,)*
            }
        };

        impl $crate::part::Fields for $name {
            const FIELDS: &'static [$crate::part::Info] = &[$($crate::part::Info {
                name: stringify!($field),
                label: $label.trim_ascii(),
                size: $crate::part::Size::$size,
                below: <$kind as $crate::part::Fields>::FIELDS,
                list: <$kind as $crate::part::Fields>::LIST,
                column: $name::column(stringify!($field)),
            }),*];
        }

        impl $crate::part::Part for $name {
            fn take(&mut self, given: $crate::part::Given) {
                *self = $name { misread: given.is_something(), ..$name::default() };
            }
            fn problem(&self) -> Option<&str> {
                self.misread.then_some("must be a group of answers")
            }
            fn start_names(&mut self) -> bool {
                self.take($crate::part::Given::Nothing);
                true
            }
            fn fields(&self) -> &'static [$crate::part::Info] {
                <$name as $crate::part::Fields>::FIELDS
            }
            fn parts<'a>(
                &'a self,
                see: &mut dyn FnMut(
                    &'static $crate::part::Info,
                    &'a dyn $crate::part::Part,
                ) -> std::ops::ControlFlow<()>,
            ) -> std::ops::ControlFlow<()> {
                let parts = [$(&self.$field.0 as &dyn $crate::part::Part),*];
                std::iter::zip(<$name as $crate::part::Fields>::FIELDS, parts).try_for_each(|(info, part)| see(info, part))
            }
            fn field_mut(&mut self, index: usize) -> Option<&mut dyn $crate::part::Part> {
                let fields = [$(&mut self.$field.0 as &mut dyn $crate::part::Part),*];
                fields.into_iter().nth(index)
            }
        }
    };
}
pub(crate) use part;
