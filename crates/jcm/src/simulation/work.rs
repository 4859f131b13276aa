//! The places of a simulation, shared out among threads: each is made, drawn, settled and told by itself.

use super::NotSimulated;
use super::accounts::Account;
use super::plan::{Place, Template};
use super::result::{Simulated, Told};
use super::together::Together;
use jcm_model::{LocalityId, Simulation};
use jcm_simulate::Plan;
use jcm_source::FileId;
use std::sync::{Mutex, PoisonError};

/// How many places each thread has at a time, before what came out is taken down: enough to keep all at work, few enough
/// to be held at once.
const AHEAD: usize = 8;

/// What is done in each place.
pub(super) struct Work<'a> {
    /// The simulated contract.
    pub(super) template: Template<'a>,
    /// Those that it is compared with.
    pub(super) others: Vec<Template<'a>>,
    /// What is drawn and asked.
    pub(super) simulation: &'a Simulation,
    /// The same without what is asked of the contract alone.
    pub(super) unasked: &'a Simulation,
    /// How often.
    pub(super) runs: u32,
    /// What the draws begin with.
    pub(super) seed: u64,
    /// How many threads may work.
    pub(super) threads: usize,
    /// By the exact evaluator alone.
    pub(super) exactly: bool,
    /// The file with what was seen before.
    pub(super) history: Option<FileId>,
    /// What everybody gets in all places together, under the contract and each of the others; nothing where there is one
    /// place. A sum is the same in whatever order the places come.
    pub(super) together: Mutex<Vec<Together>>,
}

impl Work<'_> {
    /// Works in every place and takes down what came out, in the order of the places whatever the threads do; `told`
    /// hears how many are done.
    pub(super) fn in_every(
        &self,
        places: &[Option<LocalityId>],
        simulated: &mut Simulated,
        told: &dyn Fn(usize),
    ) -> Result<(), NotSimulated> {
        let mut done = 0;
        for together in places.chunks(self.threads.saturating_mul(AHEAD).max(1)) {
            for found in self.share_out(together, simulated) {
                for (number, one) in found?.into_iter().enumerate() {
                    let into = match number.checked_sub(1) {
                        None => Some(&mut *simulated),
                        Some(other) => simulated.against.get_mut(other),
                    };
                    if let Some(into) = into {
                        into.take_down(one);
                    }
                    done += 1;
                    told(done);
                }
            }
        }
        let sums = self.together.lock().unwrap_or_else(PoisonError::into_inner);
        simulated.together = sums.first().map(|sums| sums.ranges(simulated)).unwrap_or_default();
        for (other, sums) in simulated.against.iter_mut().zip(sums.iter().skip(1)) {
            other.together = sums.ranges(other);
        }
        Ok(())
    }

    /// What comes out in each of some places, each with that of the other contracts behind it.
    fn share_out(
        &self,
        places: &[Option<LocalityId>],
        simulated: &Simulated,
    ) -> Vec<Result<Vec<Told>, NotSimulated>> {
        // One place has all the threads for its runs, many places one thread each.
        if places.len() < self.threads {
            return places.iter().map(|place| self.in_one(*place, simulated, self.threads)).collect();
        }
        std::thread::scope(|scope| {
            let each = places.len().div_ceil(self.threads).max(1);
            let start = |own: &'_ [Option<LocalityId>]| {
                let own = own.to_vec();
                scope.spawn(move || -> Vec<_> {
                    own.iter().map(|place| self.in_one(*place, simulated, 1)).collect()
                })
            };
            let started: Vec<_> = places.chunks(each).map(start).collect();
            let ended = started.into_iter().map(|thread| match thread.join() {
                Ok(found) => found,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            ended.flatten().collect()
        })
    }

    /// What comes out in one place, under the contract and under each of the others.
    fn in_one(
        &self,
        place: Option<LocalityId>,
        simulated: &Simulated,
        threads: usize,
    ) -> Result<Vec<Told>, NotSimulated> {
        let own = |problem| NotSimulated { problem, of: None };
        let settle = |number: usize, made: &Place, asked_of: &Simulation, into: &Simulated| {
            let plan = made.plan(asked_of, self.runs, self.seed, threads);
            let sample = jcm_simulate::simulate(&Plan { exactly: self.exactly, ..plan });
            let sample = sample.map_err(|stopped| own(made.stops(self.simulation, &stopped)))?;
            let mut sum = |account: &Account| {
                let mut sums = self.together.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(sums) = sums.get_mut(number) {
                    sums.add(account);
                }
            };
            Ok(into.told(asked_of, made, &sample, &mut sum))
        };
        let made = Place::of(&self.template, self.simulation, place, self.history).map_err(own)?;
        let mut found = vec![settle(0, &made, self.simulation, simulated)?];
        for (number, (other, into)) in self.others.iter().zip(&simulated.against).enumerate() {
            let there = Place::under(other, self.template.program, self.simulation, &made, place)
                .map_err(|problem| NotSimulated { problem, of: Some(number) })?;
            found.push(settle(number + 1, &there, self.unasked, into)?);
        }
        Ok(found)
    }
}
