//! Names that are nearly the one that was written.

use std::borrow::Cow;

/// The names most like `name`: by edit distance, and those that hold it or are held by it; at most three.
pub(crate) fn near<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let lower = name.to_lowercase();
    let (most, letters) = (1 + name.len() / 4, Letters::of(&lower));
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|candidate| {
            let other = lowered(candidate);
            let held =
                lower.len() > 2 && (other.contains(&lower) || (other.len() > 2 && lower.contains(&*other)));
            // A distance takes long to work out, and most names are told apart by their letters alone.
            if !held && letters.least_distance(&Letters::of(&other)) > most {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&lower, &other);
            (distance <= most || held).then_some((distance, candidate))
        })
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

/// A name without capitals; most have none.
fn lowered(name: &str) -> Cow<'_, str> {
    let small = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if small { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}

/// How often the letters of a name occur, those that share a place counted together.
struct Letters([u8; 32]);

impl Letters {
    fn of(name: &str) -> Self {
        let mut counts = [0_u8; 32];
        for letter in name.chars() {
            if let Some(count) = counts.get_mut((u32::from(letter) % 32) as usize) {
                *count = count.saturating_add(1);
            }
        }
        Self(counts)
    }

    /// No two names are nearer than this: one change takes away one letter and brings one, and a swap neither.
    fn least_distance(&self, other: &Letters) -> usize {
        let pairs = || self.0.iter().zip(&other.0);
        let more: usize = pairs().map(|(one, other)| usize::from(one.saturating_sub(*other))).sum();
        let less: usize = pairs().map(|(one, other)| usize::from(other.saturating_sub(*one))).sum();
        more.max(less)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_never_tell_near_names_apart() {
        let names = ["saving", "saviqng", "savign", "sa", "council", "cuoncil", "coûncil", "fund.budget", ""];
        for one in names {
            for other in names {
                let least = Letters::of(one).least_distance(&Letters::of(other));
                assert!(least <= strsim::damerau_levenshtein(one, other), "{one} {other}");
            }
        }
        assert_eq!(near("cuoncil", ["council", "acute", "county"]), ["council"]);
    }
}
