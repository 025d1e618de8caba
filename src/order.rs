//! Putting rows in order.
//!
//! The sort of the standard library is compiled anew for every kind of row: with some thirty kinds it made up a tenth of
//! the module. Here it is compiled once, for the places of rows, and the rows then move there.

use std::cmp::Ordering;

/// Puts rows in the order of their keys. Rows with equal keys stay as they came.
pub fn by_key<T, K: Ord>(rows: &mut [T], key: impl Fn(&T) -> K) {
    by(rows, |a, b| key(a).cmp(&key(b)));
}

/// Puts rows in order.
pub fn sorted<T: Ord>(rows: &mut [T]) {
    by(rows, T::cmp);
}

/// Puts rows in order, and keeps each once.
pub fn distinct<T: Ord>(rows: &mut Vec<T>) {
    sorted(rows);
    rows.dedup();
}

fn by<T>(rows: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    let mut places = places(rows.len(), &|a, b| order(&rows[a], &rows[b]));
    for place in 0..rows.len() {
        // The row that belongs here may have stood before and moved already: to where the one that took its place stood.
        while places[place] < place {
            places[place] = places[places[place]];
        }
        rows.swap(place, places[place]);
    }
}

/// For each place the row that belongs there.
fn places(rows: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..rows).collect();
    places.sort_by(|a, b| order(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_their_keys_and_equal_ones_as_they_came() {
        let mut dice = 7_u32;
        for length in 0..60 {
            let mut rows: Vec<(u32, usize)> = (0..length)
                .map(|place| {
                    dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (dice >> 28, place)
                })
                .collect();
            let mut expected = rows.clone();
            expected.sort();
            by_key(&mut rows, |(key, _)| *key);
            assert_eq!(rows, expected);
        }
        let mut words = vec!["to", "be", "or", "not", "to", "be"];
        distinct(&mut words);
        assert_eq!(words, ["be", "not", "or", "to"]);
    }
}
