//! The pages of a column: a dictionary of words and the places in it, or decimal numbers.

use crate::compact::{Struct, varint};
use std::collections::BTreeMap;

const DATA: i32 = 0;
const DICTIONARY: i32 = 2;
pub(crate) const PLAIN: i32 = 0;
pub(crate) const RUN_LENGTHS: i32 = 3;
pub(crate) const PLACES: i32 = 8;

/// The different words in the order in which they first come, and the place of each word among them.
pub(crate) fn dictionary<'t>(words: &[&'t str]) -> (Vec<&'t str>, Vec<u32>) {
    let mut known: BTreeMap<&str, u32> = BTreeMap::new();
    let mut dictionary = Vec::new();
    let mut places = Vec::with_capacity(words.len());
    for word in words {
        let next = u32::try_from(dictionary.len()).unwrap_or(u32::MAX);
        let place = *known.entry(word).or_insert(next);
        if place == next {
            dictionary.push(*word);
        }
        places.push(place);
    }
    (dictionary, places)
}

pub(crate) fn dictionary_page(words: &[&str]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    for word in words {
        body.extend(u32::try_from(word.len()).ok()?.to_le_bytes());
        body.extend(word.bytes());
    }
    let own = Struct::default().number(1, i32::try_from(words.len()).ok()?).number(2, PLAIN);
    page(DICTIONARY, 7, own, body)
}

/// The places of words in a dictionary of so many, as runs of the same.
pub(crate) fn places_page(words: usize, places: &[u32]) -> Option<Vec<u8>> {
    let most = u32::try_from(words.saturating_sub(1)).ok()?;
    let bits = u32::BITS - most.leading_zeros();
    let bytes = usize::try_from(bits.div_ceil(8)).ok()?;
    let mut body = vec![u8::try_from(bits).ok()?];
    for run in places.chunk_by(|one, other| one == other) {
        body.extend(varint((run.len() as u64) << 1));
        body.extend(run.first()?.to_le_bytes().iter().take(bytes));
    }
    data_page(places.len(), PLACES, body)
}

/// Numbers of sixteen bytes each, the highest first.
pub(crate) fn decimals_page(numbers: &[i128]) -> Option<Vec<u8>> {
    let body = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
    data_page(numbers.len(), PLAIN, body)
}

fn data_page(cells: usize, encoding: i32, body: Vec<u8>) -> Option<Vec<u8>> {
    let cells = i32::try_from(cells).ok()?;
    // Every cell is there, so that nothing is written of which are missing; the encoding of that is said all the same.
    let own = Struct::default().number(1, cells).number(2, encoding);
    page(DATA, 5, own.number(3, RUN_LENGTHS).number(4, RUN_LENGTHS), body)
}

fn page(kind: i32, field: u8, own: Struct, body: Vec<u8>) -> Option<Vec<u8>> {
    let length = i32::try_from(body.len()).ok()?;
    let head = Struct::default().number(1, kind).number(2, length).number(3, length).inner(field, own);
    let mut page = head.done();
    page.extend(body);
    Some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_once_and_their_places_in_runs() {
        let (words, places) = dictionary(&["x", "x", "y", "x"]);
        assert_eq!((words, places.clone()), (vec!["x", "y"], vec![0, 0, 1, 0]));
        let page = places_page(2, &places).unwrap();
        // One bit for a place; two of the first, one of the second, one of the first.
        assert!(page.ends_with(&[1, 4, 0, 2, 1, 2, 0]));
    }
}
