//! The point at which something is greatest, sought by the optimisers of `argmin`: by Brent's method where one figure may
//! be chosen, and by that of Nelder and Mead where several may.
//!
//! The optimisers propose points as real numbers; what is asked is always a point of the grid, exactly, and no point is
//! asked twice. From where they stop, the way goes on over the grid until no point beside is better: the answer is the
//! best of all that were asked, and none beside it is better.

use super::quantile::real;
use argmin::core::{CostFunction, Error, Executor};
use argmin::solver::brent::BrentOpt;
use argmin::solver::neldermead::NelderMead;
use jcm_quantity::Exact;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A figure that may be chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The lowest that it may be.
    pub from: Exact,
    /// The highest.
    pub to: Exact,
    /// The smallest step from one to the next.
    pub grain: Exact,
    /// Where to begin.
    pub start: Exact,
    /// How far around there is looked at first.
    pub step: Exact,
}

/// What is asked at a point, which may fail.
pub type Asked<'a, E> = dyn FnMut(&[Exact]) -> Result<Exact, E> + 'a;

/// As often an optimiser may go on.
const MOST_STEPS: u64 = 60;
/// As often it is looked whether a point beside is better.
const MOST_WALKED: usize = 200;

/// The choices at which something is greatest, of all that were asked; of equals the lowest.
pub fn greatest<E>(choices: &[Choice], of: &mut Asked<'_, E>) -> Result<Vec<Exact>, E> {
    let start: Vec<i64> =
        choices.iter().map(|choice| choice.place(&(&choice.start - &choice.from))).collect();
    let inside = RefCell::new(Inside { of, known: BTreeMap::new(), failed: None });
    let search = Search { choices, inside };
    search.ask(&start);
    // Whatever an optimiser says of how it ended: the answer is the best of what it asked.
    match choices {
        [only] => drop(search.by_brent(only)),
        // Where two limits meet it may stop on the edge between them: it begins again there, each time nearer.
        _ => {
            for nearer in [1, 4, 16, 64] {
                let from = search.best().map_or_else(|| start.clone(), |(point, _)| point);
                drop(search.by_nelder_and_mead(&from, nearer));
            }
        }
    }
    let best = search.walked(start);
    match search.inside.into_inner().failed {
        Some(failed) => Err(failed),
        None => Ok(exactly(choices, &best)),
    }
}

impl Choice {
    /// How many steps of the grid a distance is, to the nearest.
    fn place(&self, distance: &Exact) -> i64 {
        let steps = distance.checked_div(&self.grain).unwrap_or_default();
        self.within(real(&steps))
    }

    /// The step of the grid that is nearest, none beyond the ends.
    fn within(&self, steps: f64) -> i64 {
        let last = (&self.to - &self.from).checked_div(&self.grain).unwrap_or_default();
        steps.round().clamp(0.0, real(&last).ceil()) as i64
    }
}

/// The values at some steps of the grid. The last step may be a short one.
fn exactly(choices: &[Choice], point: &[i64]) -> Vec<Exact> {
    let value = |(choice, steps): (&Choice, &i64)| {
        let value = &choice.from + &(&choice.grain * &Exact::from_int(*steps));
        if value > choice.to { choice.to.clone() } else { value }
    };
    choices.iter().zip(point).map(value).collect()
}

struct Inside<'o, 'e, E> {
    of: &'o mut Asked<'e, E>,
    known: BTreeMap<Vec<i64>, Exact>,
    failed: Option<E>,
}

struct Search<'c, 'o, 'e, E> {
    choices: &'c [Choice],
    inside: RefCell<Inside<'o, 'e, E>>,
}

impl<E> Search<'_, '_, '_, E> {
    /// What is to be as small as can be at a point; nothing is good once something has failed.
    fn ask(&self, point: &[i64]) -> f64 {
        let mut inside = self.inside.borrow_mut();
        if inside.failed.is_some() {
            return f64::INFINITY;
        }
        if let Some(known) = inside.known.get(point) {
            return -real(known);
        }
        match (inside.of)(&exactly(self.choices, point)) {
            Ok(found) => {
                let cost = -real(&found);
                inside.known.insert(point.to_vec(), found);
                cost
            }
            Err(failed) => {
                inside.failed = Some(failed);
                f64::INFINITY
            }
        }
    }

    /// Between the points one step to either side of the beginning.
    fn by_brent(&self, choice: &Choice) -> Result<(), Error> {
        let end = |end: Exact| choice.place(&(&end - &choice.from)) as f64;
        let (low, high) = (end(&choice.start - &choice.step), end(&choice.start + &choice.step));
        // Nearer than half a step of the grid is the same point.
        let solver = BrentOpt::new(low, high).set_tolerance(f64::EPSILON.sqrt(), 0.3);
        Executor::new(self, solver).configure(|state| state.max_iters(MOST_STEPS)).timer(false).run()?;
        Ok(())
    }

    /// From a point and those some way from it, one for each choice.
    fn by_nelder_and_mead(&self, start: &[i64], nearer: i64) -> Result<(), Error> {
        let first: Vec<f64> = start.iter().map(|steps| *steps as f64).collect();
        let mut corners = vec![first.clone()];
        for (axis, choice) in self.choices.iter().enumerate() {
            let mut corner = first.clone();
            let away = choice.place(&choice.step).checked_div(nearer).unwrap_or(1).max(1) as f64;
            if let Some(here) = corner.get_mut(axis) {
                let above = choice.within(*here + away) as f64;
                *here = if above > *here { above } else { choice.within(*here - away) as f64 };
            }
            corners.push(corner);
        }
        let solver = NelderMead::new(corners).with_sd_tolerance(1e-9)?;
        Executor::new(Several(self), solver)
            .configure(|state| state.max_iters(MOST_STEPS))
            .timer(false)
            .run()?;
        Ok(())
    }

    /// The best point so far, the lowest of equals.
    fn best(&self) -> Option<(Vec<i64>, Exact)> {
        let inside = self.inside.borrow();
        let best = inside.known.iter().max_by(|(a, one), (b, other)| one.cmp(other).then_with(|| b.cmp(a)));
        best.map(|(point, found)| (point.clone(), found.clone()))
    }

    /// From the best point over the grid for as long as one beside it is better.
    fn walked(&self, start: Vec<i64>) -> Vec<i64> {
        let mut here = self.best().map_or(start, |(point, _)| point);
        for _ in 0..MOST_WALKED {
            for axis in 0..self.choices.len() {
                for way in [-1, 1] {
                    let mut beside = here.clone();
                    if let (Some(steps), Some(choice)) = (beside.get_mut(axis), self.choices.get(axis)) {
                        *steps = choice.within((*steps + way) as f64);
                    }
                    self.ask(&beside);
                }
            }
            match self.best() {
                Some((point, found)) if point != here && self.is_better(&found, &here) => here = point,
                _ => break,
            }
        }
        here
    }

    fn is_better(&self, found: &Exact, here: &[i64]) -> bool {
        self.inside.borrow().known.get(here).is_none_or(|known| found > known)
    }
}

impl<E> CostFunction for &Search<'_, '_, '_, E> {
    type Param = f64;
    type Output = f64;

    fn cost(&self, steps: &f64) -> Result<f64, Error> {
        let point: Vec<i64> = self.choices.first().map(|choice| choice.within(*steps)).into_iter().collect();
        Ok(self.ask(&point))
    }
}

/// The same where several figures may be chosen.
struct Several<'s, 'c, 'o, 'e, E>(&'s Search<'c, 'o, 'e, E>);

impl<E> CostFunction for Several<'_, '_, '_, '_, E> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, steps: &Vec<f64>) -> Result<f64, Error> {
        let within = |(choice, steps): (&Choice, &f64)| choice.within(*steps);
        let point: Vec<i64> = self.0.choices.iter().zip(steps).map(within).collect();
        Ok(self.0.ask(&point))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(from: i64, to: i64, grain: (i64, i64), start: i64, step: i64) -> Choice {
        let whole = Exact::from_int;
        let grain = Exact::ratio(grain.0, grain.1).unwrap_or_default();
        Choice { from: whole(from), to: whole(to), grain, start: whole(start), step: whole(step) }
    }

    /// The best of what is asked, and how often it is asked.
    fn found(choices: &[Choice], of: &dyn Fn(&[Exact]) -> Exact) -> (Vec<Exact>, usize) {
        let mut asked = 0;
        let best = greatest::<()>(choices, &mut |at| {
            asked += 1;
            Ok(of(at))
        });
        (best.unwrap_or_default(), asked)
    }

    fn away(at: &Exact, from: &Exact) -> Exact {
        let away = at - from;
        &away * &away
    }

    #[test]
    fn the_top_of_a_parabola_is_found_to_the_grid() {
        let top = Exact::ratio(3_141, 100).unwrap_or_default();
        let of = |at: &[Exact]| -away(at.first().unwrap_or(&Exact::zero()), &top);
        let (best, asked) = found(&[choice(0, 100, (1, 100), 30, 5)], &of);
        assert_eq!(best, vec![top.clone()]);
        assert!(asked < 40, "{asked}");
    }

    #[test]
    fn the_top_of_a_kink_at_an_end_is_the_end() {
        let of = |at: &[Exact]| at.first().cloned().unwrap_or_default();
        assert_eq!(found(&[choice(0, 10, (1, 10), 9, 3)], &of).0, vec![Exact::from_int(10)]);
    }

    #[test]
    fn the_top_over_two_choices_that_depend_on_each_other_is_found_to_the_grid() {
        // -(x - 7)² - (x + y - 12)²: the top is at x = 7, y = 5.
        let of = |at: &[Exact]| {
            let zero = Exact::zero();
            let (x, y) = (at.first().unwrap_or(&zero), at.get(1).unwrap_or(&zero));
            -away(x, &Exact::from_int(7)) - away(&(x + y), &Exact::from_int(12))
        };
        let choices = [choice(0, 20, (1, 10), 10, 2), choice(0, 20, (1, 10), 10, 2)];
        let (best, asked) = found(&choices, &of);
        assert_eq!(best, vec![Exact::from_int(7), Exact::from_int(5)]);
        assert!(asked < 400, "{asked}");
    }

    #[test]
    fn the_least_room_of_two_goals_is_greatest_where_they_meet() {
        // The nearer of two goals, as a seek asks it: x rises, 10 - 2x falls; they meet at 10 / 3.
        let of = |at: &[Exact]| {
            let x = at.first().cloned().unwrap_or_default();
            let other = Exact::from_int(10) - &x * &Exact::from_int(2);
            if x < other { x } else { other }
        };
        let (best, _) = found(&[choice(0, 10, (1, 1000), 5, 5)], &of);
        assert_eq!(best, vec![Exact::ratio(3_333, 1_000).unwrap_or_default()]);
    }

    #[test]
    fn what_fails_is_told() {
        let choices = [choice(0, 10, (1, 1), 5, 2), choice(0, 10, (1, 1), 5, 2)];
        assert_eq!(greatest(&choices, &mut |_| Err("no")), Err("no"));
    }
}
