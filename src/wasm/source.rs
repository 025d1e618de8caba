//! What JavaScript holds, as serde sees it.
//!
//! What is handed out is written by serde-wasm-bindgen. Its reader is not used for what is handed over: an object that
//! throws when it is looked at throws through it, one that holds itself ends in a stack that is full, and a list that says
//! to be endless is read without an end.
//!
//! An object may run code of the page when it is looked at, and that may throw. Nothing is thrown through the code that
//! reads: every look is caught, and what cannot be looked at is an error of the one value that it stands in.

use std::cell::Cell;

use js_sys::{Array, Function, JsString, Reflect, Symbol};
use serde::de::value::Error;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor};
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

impl<'r> Source<'r> {
    /// A value itself.
    pub fn new(value: JsValue, room: &'r Room) -> Source<'r> {
        Source { from: From::Value(value), room }
    }

    fn value(self) -> Result<JsValue, Error> {
        match self.from {
            From::Value(value) => Ok(value),
            From::Name(group, name) => look(|| Reflect::get(group, &name)),
            From::Row(list, at) => look(|| Reflect::get_u32(list.unchecked_ref(), at)),
        }
    }
}

/// Looks at an object of the page. What it throws is not told: it is the page's own, and may name what was typed.
fn look<T>(look: impl FnOnce() -> Result<T, JsValue>) -> Result<T, Error> {
    outside(look).map_err(|_| Error::custom("it cannot be looked at"))
}

impl<'de> Deserializer<'de> for Source<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let room = self.room;
        let value = self.value()?;
        if value.is_null_or_undefined() {
            visitor.visit_unit()
        } else if value.is_string() {
            let length = value.unchecked_ref::<JsString>().length();
            let left = room.0.get().checked_sub(length);
            room.0.set(left.ok_or_else(|| Error::custom("there is too much text"))?);
            visitor.visit_string(value.as_string().unwrap_or_default())
        } else if let Some(number) = value.as_f64() {
            visitor.visit_f64(number)
        } else if let Some(answer) = value.as_bool() {
            visitor.visit_bool(answer)
        } else if value.is_bigint() {
            // Its figures, as many as there are.
            visitor.visit_string(spelt(&value))
        } else if look(|| is_array(&value))? {
            let length = look(|| Reflect::get(&value, &"length".into()))?.as_f64().unwrap_or_default();
            // Nobody reads more rows; one more tells that there are some.
            let length = length.min(MOST_ROWS as f64 + 1.0) as u32;
            visitor.visit_seq(Rows { list: value, next: 0, length, room })
        } else if value.is_object() {
            let keys = look(|| keys_of(&value))?;
            // What has no names, or places for names, may be a date, a map, a buffer: not a group of answers.
            if (keys.length() == 0 || keys.get(0) == "0") && look(|| class_of(&value))? != "[object Object]" {
                return Err(Error::custom("it is no plain object"));
            }
            visitor.visit_map(Names { group: value, keys, next: 0, name: JsValue::UNDEFINED, room })
        } else {
            Err(Error::custom("it is no data"))
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

struct Rows<'r> {
    list: JsValue,
    next: u32,
    length: u32,
    room: &'r Room,
}

impl<'de> SeqAccess<'de> for Rows<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if self.next >= self.length {
            return Ok(None);
        }
        let at = self.next;
        self.next += 1;
        seed.deserialize(Source { from: From::Row(&self.list, at), room: self.room }).map(Some)
    }
}

struct Names<'r> {
    group: JsValue,
    keys: Array,
    next: u32,
    /// The name that came last.
    name: JsValue,
    room: &'r Room,
}

impl<'de> MapAccess<'de> for Names<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if self.next >= self.keys.length() {
            return Ok(None);
        }
        self.name = self.keys.get(self.next);
        let name = self.name.as_string().unwrap_or_default();
        self.next += 1;
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let name = std::mem::take(&mut self.name);
        seed.deserialize(Source { from: From::Name(&self.group, name), room: self.room })
    }
}

/// Pairs as they are handed over, and all their texts as one; no text where one of them cannot be had that way.
pub fn pairs_of(value: &JsValue, between: &str) -> (Vec<JsValue>, String) {
    // A list itself, or `FormData`, say. Whatever throws on the way ends it, and what came before counts.
    let all = Array::new();
    let _ = look(|| {
        if is_array(value)? {
            let length = Reflect::get(value, &"length".into())?.as_f64().unwrap_or_default();
            for at in 0..length as u32 {
                all.push(&Reflect::get(value, &at.into()).unwrap_or_default());
            }
        } else if !value.is_null_or_undefined() {
            let start: Function = Reflect::get(value, &Symbol::iterator())?.dyn_into()?;
            let source = start.call0(value)?;
            let next: Function = Reflect::get(&source, &"next".into())?.dyn_into()?;
            loop {
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
    let text = |at: u32| look(|| Reflect::get(pair, &at.into())).ok()?.as_string();
    if look(|| is_array(pair)).unwrap_or_default() { Some((text(0)?, text(1)?)) } else { None }
}
