//! Checks Child in Need plans.
#[cfg(feature = "js")]
mod wasm;
