//! How a record is built: groups of named parts, lists of rows, and leaves.
//!
//! [`part!`] declares a group once and gives it everything else: its type, the sizes that `validator` holds, its
//! TypeScript, its labels, and reading by name. Reading an object and setting one control by its path are the same
//! few lines, for every part there is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// Rows that a list reads; what comes after them is reported and left unread.
pub const MOST_ROWS: usize = 5_000;

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

/// One step down from a part: `actions`, or `[2]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The part with this name.
    Name(&'a str),
    /// The row at this index, from 0.
    Row(usize),
}

/// Anything that a record is made of. A part answers only for what it has: a leaf has no rows, a list no names.
pub trait Part {
    /// Takes an answer. A group or a list that is given one notes that it could not be read.
    fn take(&mut self, given: Given);
    /// Whether nothing was entered here; a row's own key does not count.
    fn is_empty(&self) -> bool;
    /// What was expected, where what was given could not be read. Follows the label.
    fn problem(&self) -> Option<&str>;

    /// The part with this name, for reading into.
    fn named(&mut self, _name: &str) -> Option<&mut dyn Part> {
        None
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
    fn each<'a>(&'a self, _see: &mut dyn FnMut(Step<'a>, &'a dyn Part)) {}
    /// The label of the part that the steps lead to, whether or not such a row is there.
    fn label(&self, _steps: &[Step]) -> Option<&'static str> {
        None
    }
    /// A leaf's answer in its plainest spelling; what could not be read as it was typed.
    fn spelt(&self) -> Option<Cow<'_, str>> {
        None
    }
}

/// Reads anything that serde can show into a part. Names that the record does not have are passed over, and what
/// has the wrong shape is kept as unreadable: the only errors are those of the source itself, such as broken JSON.
pub fn read<'de, D: Deserializer<'de>>(part: &mut dyn Part, source: D) -> Result<(), D::Error> {
    serde::de::DeserializeSeed::deserialize(Into(part), source)
}

struct Into<'a>(&'a mut dyn Part);

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
        self.0.take(Given::Nothing);
        Ok(())
    }
    fn visit_none<E: serde::de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }
    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.0.take(Given::YesNo(value));
        Ok(())
    }
    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.visit_f64(value as f64)
    }
    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        self.visit_f64(value as f64)
    }
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        self.0.take(Given::Number(value));
        Ok(())
    }
    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<(), E> {
        self.0.take(Given::Text(value));
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        if !self.0.start_rows() {
            self.0.take(Given::Other);
            while rows.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        for index in 0.. {
            let mut reached = false;
            match rows.next_element_seed(IntoRow { list: self.0, index, reached: &mut reached }) {
                Ok(Some(())) => {}
                Ok(None) => break,
                Err(error) if !reached => return Err(error),
                // An element that serde cannot show, such as a function, is no error of the source. Broken JSON
                // fails again before the next element is reached.
                Err(_) => self.0.row(index).into_iter().for_each(|row| row.take(Given::Other)),
            }
        }
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if !self.0.start_names() {
            self.0.take(Given::Other);
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        while let Some(name) = map.next_key::<String>()? {
            match self.0.named(&name) {
                Some(part) => {
                    if map.next_value_seed(Into(&mut *part)).is_err() {
                        // As above: broken JSON fails again at the next name.
                        part.take(Given::Other);
                    }
                }
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
    reached: &'a mut bool,
}

impl<'de> serde::de::DeserializeSeed<'de> for IntoRow<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        *self.reached = true;
        match self.list.row(self.index) {
            Some(row) => read(row, source),
            None => source.deserialize_ignored_any(IgnoredAny).map(|_| ()),
        }
    }
}

/// The part that a path leads to, made on the way where it is not there yet. `None` where the record has no such
/// place. A path is spelt as the controls of a form are named: `meetings[0].chair.name`.
pub fn at<'a>(part: &'a mut dyn Part, path: &str) -> Option<&'a mut dyn Part> {
    let mut here = part;
    for step in steps(path)? {
        here = match step {
            Step::Name(name) => here.named(name)?,
            Step::Row(index) => here.row(index)?,
        };
    }
    Some(here)
}

/// The part one step below; `None` where there is none.
pub fn below<'a>(part: &'a dyn Part, step: Step) -> Option<&'a dyn Part> {
    let mut found = None;
    part.each(&mut |here, below| {
        if here == step {
            found = Some(below);
        }
    });
    found
}

/// The steps of a path; `None` where it is not spelt like one.
pub fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for piece in path.split('.') {
        let mut rows = piece.split('[');
        match rows.next()? {
            "" => return None,
            name => steps.push(Step::Name(name)),
        }
        for row in rows {
            steps.push(Step::Row(row.strip_suffix(']')?.parse().ok()?));
        }
    }
    Some(steps)
}

/// Shows every leaf and every part that could not be read, with its path, in the order of the record.
pub fn walk<'a>(part: &'a dyn Part, path: &mut String, see: &mut dyn FnMut(&str, &'a dyn Part)) {
    let mut is_leaf = true;
    part.each(&mut |step, below| {
        is_leaf = false;
        let length = path.len();
        push(path, step);
        walk(below, path, see);
        path.truncate(length);
    });
    if is_leaf || part.problem().is_some() {
        see(path, part);
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
#[derive(Clone, Debug, PartialEq)]
pub struct List<T> {
    rows: Vec<T>,
    problem: Option<&'static str>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { rows: Vec::new(), problem: None }
    }
}

impl<T: Part> List<T> {
    /// The rows in which something was entered, each with its index in the form.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = (usize, &T)> + Clone + '_ {
        self.rows.iter().enumerate().filter(|(_, row)| !row.is_empty())
    }

    /// Whether no row holds anything.
    pub fn is_empty(&self) -> bool {
        self.rows().next().is_none()
    }
}

impl<T> std::ops::Index<usize> for List<T> {
    type Output = T;
    fn index(&self, index: usize) -> &T {
        &self.rows[index]
    }
}

impl<T: Part + Default> Part for List<T> {
    fn take(&mut self, given: Given) {
        *self = List::default();
        if !matches!(given, Given::Nothing | Given::Text("")) {
            self.problem = Some("must be a list of rows");
        }
    }
    fn is_empty(&self) -> bool {
        self.problem.is_none() && List::is_empty(self)
    }
    fn problem(&self) -> Option<&str> {
        self.problem
    }
    fn start_rows(&mut self) -> bool {
        *self = List::default();
        true
    }
    fn row(&mut self, index: usize) -> Option<&mut dyn Part> {
        if index >= MOST_ROWS {
            self.problem = Some("has more rows than can be checked; rows after 5,000 were not read");
        }
        nth(&mut self.rows, index).map(|row| row as &mut dyn Part)
    }
    fn each<'a>(&'a self, see: &mut dyn FnMut(Step<'a>, &'a dyn Part)) {
        for (index, row) in self.rows.iter().enumerate() {
            see(Step::Row(index), row);
        }
    }
    fn label(&self, steps: &[Step]) -> Option<&'static str> {
        match steps {
            [Step::Row(_), rest @ ..] => T::default().label(rest),
            _ => None,
        }
    }
}

impl<T> validator::ValidateLength<u64> for List<T> {
    fn length(&self) -> Option<u64> {
        Some(self.rows.len() as u64)
    }
}

impl<T: validator::Validate> validator::Validate for List<T> {
    fn validate(&self) -> Result<(), validator::ValidationErrors> {
        self.rows.validate()
    }
}

/// Parts by a name that the record does not fix in advance, such as the id of a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T> {
    parts: BTreeMap<String, T>,
    problem: Option<&'static str>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Named { parts: BTreeMap::new(), problem: None }
    }
}

impl<T> Named<T> {
    /// The part with this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.parts.get(name)
    }
}

impl<T: Part + Default> Part for Named<T> {
    fn take(&mut self, given: Given) {
        *self = Named::default();
        if !matches!(given, Given::Nothing | Given::Text("")) {
            self.problem = Some("must be a group of answers");
        }
    }
    fn is_empty(&self) -> bool {
        self.problem.is_none() && self.parts.values().all(Part::is_empty)
    }
    fn problem(&self) -> Option<&str> {
        self.problem
    }
    fn start_names(&mut self) -> bool {
        *self = Named::default();
        true
    }
    fn named(&mut self, name: &str) -> Option<&mut dyn Part> {
        Some(self.parts.entry(name.into()).or_default())
    }
    fn each<'a>(&'a self, see: &mut dyn FnMut(Step<'a>, &'a dyn Part)) {
        for (name, part) in &self.parts {
            see(Step::Name(name), part);
        }
    }
    fn label(&self, steps: &[Step]) -> Option<&'static str> {
        match steps {
            [Step::Name(_), rest @ ..] => T::default().label(rest),
            _ => None,
        }
    }
}

impl<T: validator::Validate> validator::Validate for Named<T> {
    fn validate(&self) -> Result<(), validator::ValidationErrors> {
        for part in self.parts.values() {
            part.validate()?;
        }
        Ok(())
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

impl<T: Part + Default> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Plain(self).serialize(serializer)
    }
}

/// Declares a group of the record: its fields, each with its label as the first line of its comment.
///
/// A field is `Text` (a paragraph), `Name` (a line), `Score`, `Count`, `[T]` (rows of a group), `{T}` (a group),
/// `<T>` (groups by name), `Choices<T>` (several choices), or any other kind of answer. Sizes and ranges are the
/// same for every field of a kind and stand here alone.
macro_rules! part {
    ($(#[$about:meta])* $name:ident { $($fields:tt)* }) => {
        $crate::part::part!(@fields [$(#[$about])* $name] [] $($fields)*);
    };

    (@fields $head:tt [$($done:tt)*] #[doc = $label:literal] $(#[doc = $more:literal])* $field:ident : Text, $($rest:tt)*) => {
        $crate::part::part!(@fields $head [$($done)* {
            [#[doc = $label] $(#[doc = $more])* #[validate(length(max = 10_000))]]
            $label $field [$crate::answer::Answer<$crate::answer::Text>] } ] $($rest)*);
    };
    (@fields $head:tt [$($done:tt)*] #[doc = $label:literal] $(#[doc = $more:literal])* $field:ident : Name, $($rest:tt)*) => {
        $crate::part::part!(@fields $head [$($done)* {
            [#[doc = $label] $(#[doc = $more])* #[validate(length(max = 200))]]
            $label $field [$crate::answer::Answer<$crate::answer::Text>] } ] $($rest)*);
    };
    (@fields $head:tt [$($done:tt)*] #[doc = $label:literal] $(#[doc = $more:literal])* $field:ident : Score, $($rest:tt)*) => {
        $crate::part::part!(@fields $head [$($done)* {
            [#[doc = $label] $(#[doc = $more])* #[validate(range(min = 0.0, max = 10.0))]]
            $label $field [$crate::answer::Answer<$crate::answer::Number>] } ] $($rest)*);
    };
    (@fields $head:tt [$($done:tt)*] #[doc = $label:literal] $(#[doc = $more:literal])* $field:ident : Count, $($rest:tt)*) => {
        $crate::part::part!(@fields $head [$($done)* {
            [#[doc = $label] $(#[doc = $more])* #[validate(range(min = 0.0, max = 100.0))]]
            $label $field [$crate::answer::Answer<$crate::answer::Number>] } ] $($rest)*);
    };
    (@fields $head:tt [$($done:tt)*] #[doc = $label:literal] $(#[doc = $more:literal])* $field:ident : [$row:ident], $($rest:tt)*) => {
        $crate::part::part!(@fields $head [$($done)* {
            [#[doc = $label] $(#[doc = $more])* #[validate(length(max = 2_000), nested)]]
            $label $field [$crate::part::List<$row>] } ] $($rest)*);
    };
    (@fields $head:tt [$($done:tt)*] #[doc = $label:literal] $(#[doc = $more:literal])* $field:ident : {$group:ident}, $($rest:tt)*) => {
        $crate::part::part!(@fields $head [$($done)* {
            [#[doc = $label] $(#[doc = $more])* #[validate(nested)]]
            $label $field [$group] } ] $($rest)*);
    };
    (@fields $head:tt [$($done:tt)*] #[doc = $label:literal] $(#[doc = $more:literal])* $field:ident : <$group:ident>, $($rest:tt)*) => {
        $crate::part::part!(@fields $head [$($done)* {
            [#[doc = $label] $(#[doc = $more])* #[validate(nested)]]
            $label $field [$crate::part::Named<$group>] } ] $($rest)*);
    };
    (@fields $head:tt [$($done:tt)*] #[doc = $label:literal] $(#[doc = $more:literal])* $field:ident : Choices<$choice:ident>, $($rest:tt)*) => {
        $crate::part::part!(@fields $head [$($done)* {
            [#[doc = $label] $(#[doc = $more])*]
            $label $field [$crate::answer::Choices<$choice>] } ] $($rest)*);
    };
    (@fields $head:tt [$($done:tt)*] #[doc = $label:literal] $(#[doc = $more:literal])* $field:ident : $kind:ident, $($rest:tt)*) => {
        $crate::part::part!(@fields $head [$($done)* {
            [#[doc = $label] $(#[doc = $more])*]
            $label $field [$crate::answer::Answer<$kind>] } ] $($rest)*);
    };

    (@fields [$(#[$about:meta])* $name:ident] [$({ [$(#[$attr:meta])*] $label:literal $field:ident [$kind:ty] })*]) => {
        #[derive(Clone, Debug, Default, PartialEq, validator::Validate)]
        #[cfg_attr(feature = "js", derive(tsify::Tsify))]
        $(#[$about])*
        pub struct $name {
            $($(#[$attr])* #[cfg_attr(feature = "js", tsify(optional))] pub $field: $kind,)*
            #[cfg_attr(feature = "js", serde(skip))]
            misread: bool,
        }

        impl $crate::part::Part for $name {
            fn take(&mut self, given: $crate::part::Given) {
                use $crate::part::Given;
                *self = $name::default();
                self.misread = !matches!(given, Given::Nothing | Given::Text(""));
            }
            fn is_empty(&self) -> bool {
                // A row's own key is no entry: forms number their empty rows.
                !self.misread $(&& (matches!(stringify!($field), "id") || $crate::part::Part::is_empty(&self.$field)))*
            }
            fn problem(&self) -> Option<&str> {
                self.misread.then_some("must be a group of answers")
            }
            fn start_names(&mut self) -> bool {
                *self = $name::default();
                true
            }
            fn named(&mut self, name: &str) -> Option<&mut dyn $crate::part::Part> {
                match name {
                    $(stringify!($field) => Some(&mut self.$field),)*
                    _ => None,
                }
            }
            fn each<'a>(&'a self, see: &mut dyn FnMut($crate::part::Step<'a>, &'a dyn $crate::part::Part)) {
                $(see($crate::part::Step::Name(stringify!($field)), &self.$field);)*
            }
            fn label(&self, steps: &[$crate::part::Step]) -> Option<&'static str> {
                use $crate::part::Step;
                match steps {
                    $([Step::Name(stringify!($field))] => Some($label.trim()),
                    [Step::Name(stringify!($field)), rest @ ..] => self.$field.label(rest),)*
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use part;
