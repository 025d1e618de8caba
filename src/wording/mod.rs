//! What a row of the plan says in words: who does what, how it will show, and by when.
//!
//! [`Reading::of`] reads an action once; the checks ask the reading. The lists of words stand in `lists.txt`, each with
//! words that must and must not trip it in `lists-test.json`.

mod lists;
mod plain;
mod reading;
mod time;
mod token;

pub use plain::{Hint, Unplain, hints, reading_age};
pub use reading::{Doer, Doing, Place, Reading, Shown, is_agency, service};
pub use time::{Time, of_text};
