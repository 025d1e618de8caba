//! Plain data of unknown shape, for what has to be told exactly when it is wrong: which key, and what was found there.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

use crate::part::MOST_ROWS;

/// How deep plain data may be nested. A procedure needs eight levels; an object that holds itself has no end.
const DEEPEST: usize = 12;

/// Values that are read at once. The longest procedure that ships has about two thousand; one value that stands in many
/// places counts in each.
const MOST_VALUES: usize = 100_000;

/// Plain data, as JSON holds it. Keys keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`, and whatever JSON does not hold.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// A group of named values.
    Group(Vec<(String, Json)>),
}

impl Json {
    /// Reads anything that serde can show. The only errors are those of the source, and nesting or values without an end.
    pub fn read<'de, D: Deserializer<'de>>(source: D) -> Result<Json, D::Error> {
        Level { depth: 0, left: &Cell::new(MOST_VALUES) }.deserialize(source)
    }
}

/// What was found, in a few words.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(value) => write!(f, "{value}"),
            Json::Number(value) => write!(f, "{value}"),
            Json::Text(text) if text.chars().count() <= 40 => write!(f, "{text:?}"),
            Json::Text(_) => f.write_str("a long text"),
            Json::List(_) => f.write_str("a list"),
            Json::Group(_) => f.write_str("a group"),
        }
    }
}

/// As it was read. Whole numbers stay whole.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::Number(value) if value.fract() == 0.0 => serializer.serialize_i64(*value as i64),
            Json::Number(value) => serializer.serialize_f64(*value),
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(list) => serializer.collect_seq(list),
            Json::Group(group) => serializer.collect_map(group.iter().map(|(key, value)| (key, value))),
        }
    }
}

/// Reads one level of nesting.
#[derive(Clone, Copy)]
struct Level<'a> {
    depth: usize,
    /// How many values may still be read.
    left: &'a Cell<usize>,
}

impl<'a> Level<'a> {
    fn below<E: Error>(self) -> Result<Level<'a>, E> {
        if self.depth < DEEPEST {
            Ok(Level { depth: self.depth + 1, left: self.left })
        } else {
            Err(E::custom("it is nested too deeply"))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = Json;
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Json, D::Error> {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.ok_or_else(|| D::Error::custom("it holds more than 100,000 values"))?);
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("plain data")
    }
    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
    fn visit_none<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Json, D::Error> {
        source.deserialize_any(self)
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.into()))
    }
    /// What a source shows where it holds something that is no data, such as a function.
    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<Json, E> {
        Err(E::custom("something in it is no plain data"))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Json, A::Error> {
        let below = self.below()?;
        let mut list = Vec::new();
        while let Some(value) = source.next_element_seed(below)? {
            // Whoever shows a longer list may have cut it short.
            if list.len() == MOST_ROWS {
                return Err(A::Error::custom("a list in it has more than 5,000 rows"));
            }
            list.push(value);
        }
        Ok(Json::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Json, A::Error> {
        let below = self.below()?;
        let mut group = Vec::new();
        while let Some(key) = source.next_key::<String>()? {
            group.push((key, source.next_value_seed(below)?));
        }
        Ok(Json::Group(group))
    }
}
