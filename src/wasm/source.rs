//! What JavaScript holds, as serde sees it.
//!
//! What is handed out is written by serde-wasm-bindgen. Its reader is not used for what is handed over: an object that
//! throws when it is looked at throws through it, one that holds itself ends in a stack that is full, and a list that says
//! to be endless is read without an end.
//!
//! An object may run code of the page when it is looked at, and that may throw. Nothing is thrown through the code that
//! reads: every look is caught, and what cannot be looked at is unreadable, and nothing else is.

use std::cell::Cell;

use js_sys::{Array, Function, JsString, Reflect, Symbol};
use serde::de::value::Error;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use wasm_bindgen::prelude::*;

use super::running::outside;
use crate::part::MOST_ROWS;

#[wasm_bindgen]
extern "C" {
    // That of js-sys throws for a proxy that was revoked.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn keys_of(value: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["Object", "prototype", "toString"], js_name = call)]
    fn class_of(value: &JsValue) -> Result<String, JsValue>;

    // As functions, which catch what the elements throw.
    #[wasm_bindgen(catch, js_namespace = ["Array", "prototype", "flat"], js_name = call)]
    fn flat(list: &Array) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["Array", "prototype", "join"], js_name = call)]
    fn join(list: &Array, between: &str) -> Result<JsString, JsValue>;

    #[wasm_bindgen(js_name = String)]
    fn spelt(value: &JsValue) -> String;
}

/// Characters, as JavaScript counts them, of all texts that are read at once. Texts after them are unreadable: an object
/// that holds one text many times would fill the memory otherwise.
const MOST_TEXT: u32 = 50_000_000;

/// How much text may still be read.
pub struct Room(Cell<u32>);

impl Default for Room {
    fn default() -> Room {
        Room(Cell::new(MOST_TEXT))
    }
}

/// A value of JavaScript, or where an object has one.
enum From<'r> {
    Value(JsValue),
    Name(&'r JsValue, JsValue),
    Row(&'r JsValue, u32),
}

/// What is read.
pub struct Source<'r> {
    from: From<'r>,
    room: &'r Room,
}

/// What a value turned out to be.
enum Found {
    Nothing,
    Text(String),
    Number(f64),
    YesNo(bool),
    /// A list with its length.
    List(JsValue, u32),
    /// An object with its names.
    Group(JsValue, Array),
}

impl<'r> Source<'r> {
    /// A value itself.
    pub fn new(value: JsValue, room: &'r Room) -> Source<'r> {
        Source { from: From::Value(value), room }
    }

    /// What is there. `None` for what is no data, such as a function, for what cannot be looked at, and for a text that
    /// there is no room for.
    fn find(self) -> Option<Found> {
        let value = match self.from {
            From::Value(value) => value,
            From::Name(group, name) => look(|| Reflect::get(group, &name))?,
            From::Row(list, at) => look(|| Reflect::get_u32(list.unchecked_ref(), at))?,
        };
        if value.is_null_or_undefined() {
            Some(Found::Nothing)
        } else if value.is_string() {
            let left = self.room.0.get().checked_sub(value.unchecked_ref::<JsString>().length())?;
            self.room.0.set(left);
            value.as_string().map(Found::Text)
        } else if let Some(number) = value.as_f64() {
            Some(Found::Number(number))
        } else if let Some(answer) = value.as_bool() {
            Some(Found::YesNo(answer))
        } else if value.is_bigint() {
            // Its figures, as many as there are.
            Some(Found::Text(spelt(&value)))
        } else if look(|| is_array(&value))? {
            let length = look(|| Reflect::get(&value, &"length".into()))?.as_f64().unwrap_or_default();
            // Nobody reads more rows; one more tells that there are some.
            Some(Found::List(value, length.min(MOST_ROWS as f64 + 1.0) as u32))
        } else if value.is_object() {
            let keys = look(|| keys_of(&value))?;
            // What has no names, or places for names, may be a date, a map, a buffer: not a group of answers.
            let may_be_no_group = keys.length() == 0 || keys.get(0) == "0";
            let is_group = !may_be_no_group || look(|| class_of(&value))? == "[object Object]";
            is_group.then_some(Found::Group(value, keys))
        } else {
            None
        }
    }
}

/// Looks at an object of the page. What it throws is not told: it is the page's own, and may name what was typed.
fn look<T>(look: impl FnOnce() -> Result<T, JsValue>) -> Option<T> {
    outside(look).ok()
}

impl<'de> Deserializer<'de> for Source<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let room = self.room;
        match self.find() {
            Some(Found::Nothing) => visitor.visit_unit(),
            Some(Found::Text(text)) => visitor.visit_string(text),
            Some(Found::Number(number)) => visitor.visit_f64(number),
            Some(Found::YesNo(answer)) => visitor.visit_bool(answer),
            Some(Found::List(whole, length)) => {
                visitor.visit_seq(Below { whole, keys: Array::new(), next: 0, length, room })
            }
            Some(Found::Group(whole, keys)) => {
                let length = keys.length();
                visitor.visit_map(Below { whole, keys, next: 0, length, room })
            }
            // Whoever reads says what becomes of it: it is one answer of many, and no fault of all that is read. No text
            // has this byte.
            None => visitor.visit_bytes(&[0xFF]),
        }
    }

    /// What nobody wants is not looked at.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// What a list or an object holds, one after the other.
struct Below<'r> {
    whole: JsValue,
    /// The names of an object.
    keys: Array,
    next: u32,
    length: u32,
    room: &'r Room,
}

impl Below<'_> {
    /// The place that comes next, and steps over it.
    fn step(&mut self) -> Option<u32> {
        let at = self.next;
        (at < self.length).then(|| {
            self.next += 1;
            at
        })
    }
}

impl<'de> SeqAccess<'de> for Below<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(at) = self.step() else { return Ok(None) };
        seed.deserialize(Source { from: From::Row(&self.whole, at), room: self.room }).map(Some)
    }
}

impl<'de> MapAccess<'de> for Below<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(at) = self.step() else { return Ok(None) };
        let name = self.keys.get(at).as_string().unwrap_or_default();
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let name = self.keys.get(self.next - 1);
        seed.deserialize(Source { from: From::Name(&self.whole, name), room: self.room })
    }
}

/// Pairs that are read at once, twenty for each row that may be read: an end for what says that it has none.
const MOST_PAIRS: u32 = 400_000;

/// Pairs as they are handed over, and all their texts as one; no text where one of them cannot be had that way.
pub fn pairs_of(value: &JsValue, between: &str) -> (Vec<JsValue>, String) {
    // A list itself, or `FormData`, say. Whatever throws on the way ends it, and what came before counts.
    let all = Array::new();
    let _ = look(|| {
        if is_array(value)? {
            let length = Reflect::get(value, &"length".into())?.as_f64().unwrap_or_default();
            for at in 0..length.min(MOST_PAIRS.into()) as u32 {
                all.push(&Reflect::get(value, &at.into()).unwrap_or_default());
            }
        } else if !value.is_null_or_undefined() {
            let start: Function = Reflect::get(value, &Symbol::iterator())?.dyn_into()?;
            let source = start.call0(value)?;
            let next: Function = Reflect::get(&source, &"next".into())?.dyn_into()?;
            while all.length() < MOST_PAIRS {
                let step = next.call0(&source)?;
                if !Reflect::get(&step, &"done".into())?.is_falsy() {
                    break;
                }
                all.push(&Reflect::get(&step, &"value".into())?);
            }
        }
        Ok(())
    });
    let text = look(|| join(&flat(&all)?, between)).map(String::from).unwrap_or_default();
    (all.to_vec(), text)
}

/// The two texts of a pair; nothing where it is no pair of texts.
pub fn two_texts(pair: &JsValue) -> Option<(String, String)> {
    let text = |at: u32| look(|| Reflect::get(pair, &at.into()))?.as_string();
    if look(|| is_array(pair)).unwrap_or_default() { Some((text(0)?, text(1)?)) } else { None }
}
