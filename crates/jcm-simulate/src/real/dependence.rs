//! Figures that rise and fall together: a Gaussian copula, given by rank correlations.

use super::special::{normal, normal_quantile};
use jcm_quantity::Exact;
use libm::{sin, sqrt};

/// How the draws of several figures go together.
#[derive(Debug, Clone)]
pub struct Dependence {
    /// The figures that go with others, by their places, and the lower triangle of their correlations' root.
    places: Vec<usize>,
    root: Vec<Vec<f64>>,
}

impl Dependence {
    /// The dependence of pairs of figures with their rank correlations; `None` where no figures can go together so: one
    /// rises with two others that fall with each other.
    pub fn of(pairs: &[(usize, usize, Exact)]) -> Option<Dependence> {
        let mut places: Vec<usize> = pairs.iter().flat_map(|(first, second, _)| [*first, *second]).collect();
        places.sort_unstable();
        places.dedup();
        let correlation = |a: usize, b: usize| {
            let of_pair = |(first, second, _): &&(usize, usize, Exact)| {
                (*first, *second) == (a, b) || (*first, *second) == (b, a)
            };
            match pairs.iter().find(of_pair) {
                _ if a == b => 1.0,
                // The correlation of the normal figures whose ranks correlate so.
                Some((_, _, rank)) => 2.0 * sin(std::f64::consts::PI / 6.0 * super::quantile::real(rank)),
                None => 0.0,
            }
        };
        let mut root: Vec<Vec<f64>> = Vec::with_capacity(places.len());
        for (row, place) in places.iter().enumerate() {
            let mut made: Vec<f64> = Vec::with_capacity(row + 1);
            for (other, above) in places.iter().zip(&root) {
                let known: f64 = made.iter().zip(above).map(|(a, b)| a * b).sum();
                let diagonal = above.last().copied().unwrap_or(1.0);
                let left = correlation(*place, *other) - known;
                if diagonal < 1e-7 {
                    // The other figure is wholly given by those before it, so nothing of its own can be shared.
                    if left.abs() > 1e-6 {
                        return None;
                    }
                    made.push(0.0);
                } else {
                    made.push(left / diagonal);
                }
            }
            let rest = 1.0 - made.iter().map(|part| part * part).sum::<f64>();
            if rest < -1e-9 {
                return None;
            }
            made.push(sqrt(rest.max(0.0)));
            root.push(made);
        }
        Some(Dependence { places, root })
    }

    /// Makes independent chances of one draw go together.
    pub(crate) fn join(&self, chances: &mut [f64]) {
        let normals: Vec<f64> = self
            .places
            .iter()
            .map(|place| chances.get(*place).map_or(0.0, |p| normal_quantile(*p)))
            .collect();
        for (place, row) in self.places.iter().zip(&self.root) {
            if let Some(chance) = chances.get_mut(*place) {
                *chance = normal(row.iter().zip(&normals).map(|(part, z)| part * z).sum());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(figures: &[(usize, usize, &str)]) -> Option<Dependence> {
        let pairs: Vec<_> =
            figures.iter().map(|(a, b, rank)| (*a, *b, Exact::parse(rank).unwrap())).collect();
        Dependence::of(&pairs)
    }

    #[test]
    fn figures_that_cannot_go_together_have_no_dependence() {
        assert!(pairs(&[(0, 1, "0.6")]).is_some());
        assert!(pairs(&[(0, 1, "1")]).is_some());
        assert!(pairs(&[(0, 1, "0.9"), (0, 2, "0.9"), (1, 2, "0.7")]).is_some());
        assert!(pairs(&[(0, 1, "0.9"), (0, 2, "0.9"), (1, 2, "-0.9")]).is_none());
        assert!(pairs(&[(0, 1, "1"), (0, 2, "0.5"), (1, 2, "0")]).is_none());
    }

    #[test]
    fn wholly_together_is_the_same_chance() {
        let mut chances = [0.2, 0.7, 0.4];
        pairs(&[(0, 2, "1")]).unwrap().join(&mut chances);
        assert!((chances[2] - 0.2).abs() < 1e-7 && (chances[1] - 0.7).abs() < 1e-12);
    }
}
