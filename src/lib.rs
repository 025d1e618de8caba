//! Checks Child in Need plans.
pub mod day;
pub mod period;

#[cfg(feature = "js")]
mod wasm;
