//! What a row of the plan says in words: who does what, how it will show, and by when.
//!
//! [`Text::read`] reads a text once, [`Said::of`] what it says is done, and [`Measure::of`] how that will show; the checks
//! ask the [`Reading`] of an action. The lists of words stand in `lists.txt`, each with words that must and must not trip it
//! in `lists-test.json`.

mod lists;
mod plain;
mod reading;
mod time;
mod token;

pub use plain::{Hint, Plainness, Unplain, reading_age};
pub use reading::{Doer, Doing, Measure, Place, Reading, Said, Shown, is_agency, service};
pub use time::{Time, of_text};
pub use token::Text;
