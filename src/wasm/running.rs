//! Whether this instance can still be asked. One that was cut short says so from then on, and gives no answer that might
//! be wrong.
//!
//! A panic does not unwind here: what was borrowed stays borrowed, and what was half done stays so. The engine can cut
//! a call short as well, where it has no more stack or memory. Either way the next call finds the one before unfinished.

use std::cell::Cell;
use std::panic;

use wasm_bindgen::prelude::*;

use super::error;

#[derive(Clone, Copy, PartialEq)]
enum Now {
    /// Nothing was asked yet.
    New,
    /// Nothing is being asked.
    Idle,
    /// A call is under way.
    Running,
    /// A call is under way and looks at an object of the page, which may run code of its own and call again.
    Outside,
    /// A call was cut short.
    Stopped,
}

thread_local! {
    static NOW: Cell<Now> = const { Cell::new(Now::New) };
    /// What is thrown once a call was cut short. It is made beforehand: a memory that was left in the middle of something
    /// must not be asked for more.
    static STOPPED: JsValue = error(
        "stopped",
        "cinplan has stopped, as an earlier call failed. What was typed is not touched; load the page again to go on checking.",
    );
}

/// A call from outside, for as long as it is under way. One that is cut short never ends.
pub struct Call {
    before: Now,
}

/// Begins a call; an error with the code `stopped` where an earlier one was cut short.
pub fn call() -> Result<Call, JsValue> {
    let before = match NOW.get() {
        Now::New => {
            STOPPED.with(|_| {});
            panic::set_hook(Box::new(|panic| {
                NOW.set(Now::Stopped);
                // Where, and no word of what was being read.
                let place = panic.location().map_or(String::new(), |place| format!(" at {place}"));
                wasm_bindgen::throw_val(error(
                    "internal",
                    &format!("cinplan has met a fault of its own{place}. What was typed is not touched."),
                ));
            }));
            Now::Idle
        }
        Now::Running | Now::Stopped => {
            NOW.set(Now::Stopped);
            return Err(STOPPED.with(JsValue::clone));
        }
        before => before,
    };
    NOW.set(Now::Running);
    Ok(Call { before })
}

impl Drop for Call {
    fn drop(&mut self) {
        if NOW.get() == Now::Running {
            NOW.set(self.before);
        }
    }
}

/// Looks at an object of the page, once: nothing but the look may be cut short and still pass for a call of the page's own.
pub fn outside<T>(look: impl FnOnce() -> T) -> T {
    NOW.set(Now::Outside);
    let seen = look();
    // What the page called meanwhile has not come to its end where this has changed.
    NOW.set(if NOW.get() == Now::Outside { Now::Running } else { Now::Stopped });
    seen
}
