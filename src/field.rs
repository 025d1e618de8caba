//! The control that a finding is about.

use std::fmt;

use crate::part::Step;

/// The name of a control, such as `plan.actions[2].due_on`: the key in the record and the control's name in a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(String);

impl Field {
    /// The field at a path that was built elsewhere; [`field!`] is checked by the compiler and is to be preferred.
    pub fn at_path(path: impl Into<String>) -> Field {
        Field(path.into())
    }

    /// As the control is named.
    pub fn path(&self) -> &str {
        &self.0
    }

    /// The path of the innermost row that the field stands in: `plan.actions[2]` for `plan.actions[2].due_on`.
    pub fn row(&self) -> Option<&str> {
        self.0.rfind(']').map(|end| &self.0[..=end])
    }

    #[doc(hidden)]
    pub fn then(mut self, step: Step) -> Field {
        crate::part::push(&mut self.0, step);
        self
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The field at a place of the record: `field!(plan.actions[i].due_on)`. A place that the record does not have does
/// not compile.
macro_rules! field {
    ($($place:tt)+) => {{
        // Never called: here the compiler looks the place up in the record.
        let _ = |record: &$crate::record::Record| {
            let _ = &record.$($place)+;
        };
        $crate::field::steps!($crate::field::Field::at_path(""); $($place)+)
    }};
}
pub(crate) use field;

macro_rules! steps {
    ($field:expr;) => { $field };
    ($field:expr; . $($rest:tt)*) => { $crate::field::steps!($field; $($rest)*) };
    ($field:expr; [$index:expr] $($rest:tt)*) => {
        $crate::field::steps!($field.then($crate::part::Step::Row($index)); $($rest)*)
    };
    ($field:expr; $name:ident $($rest:tt)*) => {
        $crate::field::steps!($field.then($crate::part::Step::Name(stringify!($name))); $($rest)*)
    };
}
pub(crate) use steps;
