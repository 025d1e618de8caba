use crate::rule::Check;

pub(super) const CHECKS: &[&dyn Check] = &[];
