//! The neighbours of every case: where exactly what a rule finds begins and ends.
//!
//! `tests/neighbours/` tells for each case of `tests/rules/` what its rule finds where one answer is another. Nobody wrote
//! it: `make docs` does. Whoever changes a rule reads in the difference what else becomes of the cases.

#[allow(dead_code)]
mod cases;

use cases::case_files;
use cases::neighbours::{names, page, written};
use cases::typed;

/// The pages are looked at in four parts, side by side.
fn look(part: usize) {
    for file in case_files().iter().skip(part).step_by(4) {
        is_written(page(file));
    }
}

fn is_written((path, page): (String, String)) {
    let written = written(&path);
    for (line, (now, before)) in page.lines().zip(written.lines()).enumerate() {
        assert_eq!(now, before, "{path}:{}; make docs writes it anew", line + 1);
    }
    assert_eq!(page.len(), written.len(), "{path}; make docs writes it anew");
}

#[test]
fn whoever_is_called_in_another_way_is_taken_for_whom_they_were() {
    is_written(names());
}

#[test]
fn what_is_typed_a_little_differently_is_read_as_before() {
    typed::pages().into_iter().for_each(is_written);
}

#[test]
fn first_part() {
    look(0);
}

#[test]
fn second_part() {
    look(1);
}

#[test]
fn third_part() {
    look(2);
}

#[test]
fn fourth_part() {
    look(3);
}
