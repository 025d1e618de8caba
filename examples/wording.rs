//! Reads labelled statements and prints how well it went: `cargo run --example wording -- FOLDER [--list]`.

#[allow(dead_code)]
#[path = "../tests/docs/mod.rs"]
mod docs;

use std::path::Path;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "tests/wording".into());
    let figures = docs::wording::figures(&docs::wording::statements(Path::new(&folder)));
    if arguments.next().is_some() {
        for wrong in &figures.wrong {
            println!("{wrong}");
        }
    }
    for (letter, tally) in &figures.letters {
        println!("{letter}: precision {:.3}, recall {:.3} {tally:?}", tally.precision(), tally.recall());
    }
    println!(
        "bad {}: caught {}, rightly {}, at a warning or above {}; good {}: faulted {}, at a warning or above {}, told {}",
        figures.bad,
        figures.caught,
        figures.caught_rightly,
        figures.caught_gravely,
        figures.good,
        figures.faulted,
        figures.faulted_gravely,
        figures.told_of_good,
    );
    println!("outcomes {}: {:?}", figures.outcome_statements, figures.outcomes);
    println!("texts {}: {:?}", figures.texts, figures.language);
}
