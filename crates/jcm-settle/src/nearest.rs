//! The name that was probably meant.

/// The candidate nearest to a word, if one is near: the same but for case, one letter away, or a third of its letters.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A whole page of text is no misspelt name, and comparing it would take long.
    const LONGEST: usize = 100;
    let word: Vec<char> = word.to_lowercase().chars().take(LONGEST).collect();
    let distances = candidates.into_iter().map(|candidate| {
        let letters: Vec<char> = candidate.to_lowercase().chars().take(LONGEST).collect();
        (distance(&word, &letters), letters.len(), candidate)
    });
    let near = distances.filter(|(distance, length, _)| {
        let longer = (*length).max(word.len());
        *distance <= (longer / 3).max(usize::from(longer > 1))
    });
    near.min_by_key(|(distance, ..)| *distance).map(|(.., candidate)| candidate)
}

/// How many letters must be put in, left out or changed.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            let changed = diagonal + usize::from(x != y);
            left = changed.min(left + 1).min(above + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let tracks = ["basic_a", "basic_b", "enhanced"];
        assert_eq!(nearest("ENHANCED", tracks), Some("enhanced"));
        assert_eq!(nearest("enhaned", tracks), Some("enhanced"));
        assert_eq!(nearest("Basic_B", tracks), Some("basic_b"));
        assert_eq!(nearest("EM", ["A", "EN"]), Some("EN"));
        assert_eq!(nearest("B", ["A", "C"]), None);
        assert_eq!(nearest("track 1", tracks), None);
        assert_eq!(nearest("", tracks), None);
        assert_eq!(nearest("x", []), None);
    }
}
