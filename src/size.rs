//! How much the record holds: the lengths of texts and lists, and the ranges of numbers.
//!
//! `validator` holds each limit once, for every field of its kind. Derived on the groups of the record themselves it
//! would write the same test out for each of some four hundred fields.

use validator::{Validate, ValidationErrors};

use crate::part::{Part, Size};

/// Bytes of a text that is never too long: nearly all of them, which need no counting of characters.
const SHORT: usize = 200;

/// Rows of a list that is never too long.
const FEW: f64 = 200.0;

#[derive(Validate)]
struct Text<'a> {
    #[validate(length(max = 10_000, message = "must be 10,000 characters or fewer"))]
    text: &'a str,
}

#[derive(Validate)]
struct Line<'a> {
    #[validate(length(max = 200, message = "must be 200 characters or fewer"))]
    text: &'a str,
}

#[derive(Validate)]
struct Score {
    #[validate(range(min = 0.0, max = 10.0, message = "must be between 0 and 10"))]
    score: f64,
}

#[derive(Validate)]
struct Years {
    #[validate(range(min = 0.0, max = 70.0, message = "must be between 0 and 70 years"))]
    years: f64,
}

#[derive(Validate)]
struct Rows {
    #[validate(range(max = 2_000.0, message = "must be 2,000 rows or fewer"))]
    rows: f64,
}

impl Size {
    /// What is wrong with how large a part is, worded to follow the label of the field; `None` where it fits.
    pub fn problem(self, part: &dyn Part) -> Option<String> {
        let text = || part.spelt().filter(|text| text.len() > SHORT);
        match self {
            Size::Text => wrong(&Text { text: &text()? }),
            Size::Line => wrong(&Line { text: &text()? }),
            Size::Score => wrong(&Score { score: part.measure()? }),
            Size::Years => wrong(&Years { years: part.measure()? }),
            Size::Rows => wrong(&Rows { rows: part.measure().filter(|rows| *rows > FEW)? }),
            Size::Any => None,
        }
    }
}

fn wrong(sized: &impl Validate) -> Option<String> {
    sized.validate().err().map(first_message)
}

fn first_message(errors: ValidationErrors) -> String {
    let fields = errors.field_errors();
    let message = fields.values().flat_map(|errors| errors.iter()).find_map(|error| error.message.as_deref());
    message.unwrap_or("is outside what the record holds").into()
}
