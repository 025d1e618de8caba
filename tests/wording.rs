//! The words of the plan are read as well as `docs/wording.md` says, on statements that others wrote and labelled.

#[allow(dead_code)]
mod docs;

use docs::wording::{figures, share, statements};

#[test]
fn most_of_what_lacks_something_is_told_and_little_of_what_is_good() {
    let figures = figures(&statements(&docs::root().join("tests/wording")));
    assert!(figures.bad + figures.good >= 200, "{} and {}", figures.bad, figures.good);
    let caught = share(figures.caught_rightly, figures.bad);
    let faulted = share(figures.faulted_gravely, figures.good);
    assert!(caught >= 0.9, "caught {caught:.3}:\n{}", figures.wrong.join("\n"));
    assert!(faulted <= 0.05, "faulted {faulted:.3}:\n{}", figures.wrong.join("\n"));
    for (letter, tally) in &figures.letters {
        let (precision, recall) = (tally.precision(), tally.recall());
        assert!(precision >= 0.9 && recall >= 0.8, "{letter}: precision {precision:.3}, recall {recall:.3}");
    }
}
