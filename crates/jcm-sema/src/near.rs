//! Names that are nearly the one that was written.

use std::borrow::Cow;

/// The names most like `name`: by edit distance, and those that hold it or are held by it; at most three.
pub(crate) fn near<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let sought = Sought::of(name);
    let known = known.into_iter().filter(|candidate| sought.may_be(Letters::of(candidate)));
    let found = known.filter_map(|candidate| Some((sought.distance(candidate)?, candidate)));
    nearest(found.collect()).into_iter().map(str::to_owned).collect()
}

/// The three of those found that are nearest.
pub(crate) fn nearest<T: Ord>(mut found: Vec<(usize, T)>) -> Vec<T> {
    found.sort();
    found.dedup();
    found.into_iter().take(3).map(|(_, name)| name).collect()
}

/// A name that is not known, to be held to those that are.
pub(crate) struct Sought {
    lower: String,
    letters: Letters,
    most: usize,
}

impl Sought {
    pub(crate) fn of(name: &str) -> Self {
        let lower = name.to_lowercase();
        Self { letters: Letters::of(&lower), most: 1 + name.len() / 4, lower }
    }

    /// Whether a name of these letters may be near. A distance takes long to work out, and most names are told apart by
    /// their letters alone: one change takes away one letter and brings one, and a swap neither.
    pub(crate) fn may_be(&self, letters: Letters) -> bool {
        let (Some(own), Some(others)) = (self.letters.0, letters.0) else { return true };
        let (less, more) = ((own & !others).count_ones(), (others & !own).count_ones());
        less == 0 || more == 0 || less.max(more) as usize <= self.most
    }

    /// How far off a name is, if it is near.
    pub(crate) fn distance(&self, candidate: &str) -> Option<usize> {
        let (lower, other) = (self.lower.as_str(), lowered(candidate));
        let held = lower.len() > 2 && (other.contains(lower) || (other.len() > 2 && lower.contains(&*other)));
        let distance = strsim::damerau_levenshtein(lower, &other);
        (distance <= self.most || held).then_some(distance)
    }
}

/// A name without capitals; most have none.
fn lowered(name: &str) -> Cow<'_, str> {
    let small = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if small { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}

/// Which letters occur in a name, small or capital, those that share a place counted as one; unknown of a name with others
/// than those of ASCII.
#[derive(Clone, Copy)]
pub(crate) struct Letters(Option<u32>);

impl Letters {
    pub(crate) fn of(name: &str) -> Self {
        let letters = name.bytes().fold(0, |letters, byte| letters | 1_u32 << (byte % 32));
        Self(name.is_ascii().then_some(letters))
    }

    /// Those of a name that is put together from two.
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0.zip(other.0).map(|(one, other)| one | other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_never_tell_near_names_apart() {
        let names = [
            "saving",
            "saviqng",
            "savign",
            "sa",
            "Saving",
            "council",
            "cuoncil",
            "coûncil",
            "fund.budget",
            "",
        ];
        for one in names {
            for other in names {
                let sought = Sought::of(one);
                assert!(
                    sought.distance(other).is_none() || sought.may_be(Letters::of(other)),
                    "{one} {other}"
                );
            }
        }
        assert_eq!(near("cuoncil", ["council", "acute", "county"]), ["council"]);
    }
}
