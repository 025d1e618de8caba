//! Who gets the plan, who signs it, and from whom it is kept.
use crate::rule::Check;
pub(super) const CHECKS: &[&dyn Check] = &[];
