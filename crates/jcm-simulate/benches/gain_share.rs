//! How many scenarios of a gain share to four partners are settled in a second, on all cores: the columns of this crate
//! beside the same rule written by hand for NumPy, in whole pennies and in floating-point numbers.
//!
//! The contract is `examples/stour-valley` in its second year, without the limit on one partner's loss. Every side is
//! given the same drawn figures, and the whole pennies of NumPy must sum to those of the contract. On a machine that others use,
//! the medians of single pieces on one thread say more than the whole: a piece is over before others have their turn. The peer runs with
//! `python3`, or with what `JCM_PYTHON` names; where it has no NumPy the bench says so.

#![expect(clippy::disallowed_methods, reason = "the bench reads a golden and writes the peer's figures")]

use jcm_calculus::{InputId, Settlement, StepId, verify};
use jcm_quantity::Exact;
use jcm_simulate::{
    Begins, Changes, Distribution, Figures, Left, PreparedYear, Shape, Varied, Year, settle_block,
};
use std::error::Error;
use std::io::Write as _;
use std::num::NonZero;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const SCENARIOS: usize = 1 << 20;
/// As `jcm simulate` takes them.
const BLOCK: usize = 1024;
const ROUNDS: usize = 7;
/// What is aimed at: so many scenarios a second on so many cores, and more than NumPy settles.
const TARGET: u128 = 50_000_000;
const CORES: usize = 4;
const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// A figure that is drawn: its name, the grains of a unit, and the smallest and greatest in grains.
const FIGURES: [(&str, i64, i64, i64); 3] = [
    ("gain_share.actual_cost", 100, 11_200_000_000, 13_000_000_000),
    ("emergency_admissions", 10_000_000, 2_190_000, 2_500_000),
    ("reablement_91_days", 10_000, 7_400, 9_000),
];

fn main() -> Result<(), Box<dyn Error>> {
    let settlement = gain_share()?;
    let year = Year {
        settlement: &settlement,
        period: 1,
        months: (0, 12),
        rows: 0,
        cases: 0,
        varied: varied(&settlement)?,
        watched: Vec::new(),
    };
    let blocks = blocks();
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(CORES);
    let mut times = Vec::new();
    let mut sums = Vec::new();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        sums = settled(&year, &blocks, threads)?;
        times.push(started.elapsed());
    }
    times.sort();
    let ours = times.get(ROUNDS / 2).copied().unwrap_or_default();
    say(&format!(
        "a gain share to four partners, {SCENARIOS} scenarios, {threads} threads, medians of {ROUNDS}"
    ))?;
    let alone = alone(&year, &blocks)?;
    line("jcm, exact to the penny", ours, ours)?;
    piece("jcm, a piece on one thread", alone)?;
    let enough = SCENARIOS as u128 * 1_000_000_000 / ours.as_nanos().max(1) >= TARGET;
    let met = |holds: bool| if holds { "met" } else { "missed" };
    say(&format!("{} million a second on {CORES} cores: {}", TARGET / 1_000_000, met(enough)))?;
    match peer(&blocks, threads)? {
        None => say("NumPy is not there to compare with"),
        Some(peer) => {
            if peer.sums != sums {
                return Err(format!("NumPy pays {:?}, the contract {sums:?}", peer.sums).into());
            }
            line("NumPy, int64 pennies", peer.pennies, ours)?;
            piece("NumPy, the same on one thread", peer.alone.0)?;
            line("NumPy, float64, parts need not sum", peer.floats, ours)?;
            piece("NumPy, the same on one thread", peer.alone.1)?;
            say(&format!("ahead of NumPy: {}", met(ours < peer.pennies.min(peer.floats))))
        }
    }
}

/// The gain share of the example alone, without its limit.
fn gain_share() -> Result<Settlement, Box<dyn Error>> {
    let golden = Path::new(HERE).join("../../tests/golden/stour-valley/settlement.json");
    let mut settlement =
        jcm_spec::read(&std::fs::read_to_string(golden)?).map_err(|_| "the golden is refused")?;
    let payable = settlement.steps.iter().position(|step| step.name == "gain_share.payable");
    let payable = payable.ok_or("the example has no gain share")?;
    settlement.steps.truncate(payable + 1);
    settlement
        .allocations
        .retain(|allocation| allocation.amount == StepId(u32::try_from(payable).unwrap_or(0)));
    for allocation in &mut settlement.allocations {
        allocation.excess = None;
        for share in &mut allocation.shares {
            share.losing_at_most = None;
        }
    }
    settlement.vectors.clear();
    settlement.datasets.clear();
    verify(&settlement).map_err(|flaws| format!("the gain share alone is flawed: {flaws:?}"))?;
    Ok(settlement)
}

fn varied(settlement: &Settlement) -> Result<Vec<Varied>, Box<dyn Error>> {
    let figure = |(name, grains, _, _): &(&str, i64, i64, i64)| {
        let place = settlement.inputs.iter().position(|input| input.name == *name)?;
        let grain = Exact::ratio(1, *grains)?;
        let distribution = Distribution { shape: Shape::Fixed(Exact::zero()), from: None, to: None, grain };
        let input = Some(InputId(u32::try_from(place).ok()?));
        Some(Varied {
            name: (*name).to_owned(),
            input,
            distribution,
            per_row: false,
            changes: Changes::default(),
        })
    };
    let all: Option<Vec<Varied>> = FIGURES.iter().map(figure).collect();
    all.ok_or_else(|| "the example has other figures".into())
}

/// The drawn figures: evenly spread, from a fixed sequence.
fn blocks() -> Vec<Vec<Figures>> {
    let mut state: u64 = 20_260_401;
    let mut next = |least: i64, most: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        least + i64::try_from(state >> 33).unwrap_or(0) * (most - least) / (1 << 31)
    };
    let mut block = |_| {
        FIGURES
            .map(|(_, _, least, most)| (0..BLOCK).map(|_| next(least, most)).collect::<Vec<i64>>().into())
            .to_vec()
    };
    (0..SCENARIOS / BLOCK).map(&mut block).collect()
}

/// Settles every block and gives what each partner gets of all together, in pennies.
fn settled(year: &Year<'_>, blocks: &[Vec<Figures>], threads: usize) -> Result<Vec<i64>, Box<dyn Error>> {
    let prepared = PreparedYear::new(year);
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut sums, before) = (Vec::new(), Left::default());
        while let Some(drawn) = blocks.get(next.fetch_add(1, Ordering::Relaxed)) {
            let begins = Begins { figures: drawn, before: &before, first: 0, exactly: false };
            let block = settle_block(&prepared, begins).map_err(|stopped| format!("{stopped:?}"))?;
            if block.exactly > 0 {
                return Err(format!("{} scenarios are not settled in columns", block.exactly));
            }
            sums.resize(block.payments.len(), 0_i64);
            for (sum, column) in sums.iter_mut().zip(&block.payments) {
                *sum += column.iter().sum::<i64>();
            }
        }
        Ok(sums)
    };
    let parts: Vec<Result<Vec<i64>, String>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    let mut sums = Vec::new();
    for part in parts {
        let part = part?;
        sums.resize(sums.len().max(part.len()), 0);
        for (sum, part) in sums.iter_mut().zip(part) {
            *sum += part;
        }
    }
    Ok(sums)
}

/// The median nanoseconds of a thousand scenarios of a block, on one thread.
fn alone(year: &Year<'_>, blocks: &[Vec<Figures>]) -> Result<i64, Box<dyn Error>> {
    let (prepared, before) = (PreparedYear::new(year), Left::default());
    let mut took = Vec::with_capacity(blocks.len() * ROUNDS);
    for drawn in (0..ROUNDS).flat_map(|_| blocks) {
        let started = Instant::now();
        let settled =
            settle_block(&prepared, Begins { figures: drawn, before: &before, first: 0, exactly: false });
        took.push(started.elapsed().as_nanos() * 1000 / BLOCK as u128);
        settled.map_err(|stopped| format!("{stopped:?}"))?;
    }
    took.sort_unstable();
    Ok(i64::try_from(took.get(took.len() / 2).copied().unwrap_or_default())?)
}

/// What the peer took and found.
struct Peer {
    pennies: Duration,
    floats: Duration,
    alone: (i64, i64),
    sums: Vec<i64>,
}

/// Runs the peer on the same figures; `None` where it has no NumPy.
fn peer(blocks: &[Vec<Figures>], threads: usize) -> Result<Option<Peer>, Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("jcm-gain-share-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    for place in 0..FIGURES.len() {
        let column = blocks.iter().filter_map(|block| block.get(place)).flat_map(|figures| &figures.grains);
        let bytes: Vec<u8> = column.flat_map(|figure| figure.to_le_bytes()).collect();
        std::fs::write(folder.join(format!("{place}.i64")), bytes)?;
    }
    let python = std::env::var_os("JCM_PYTHON").unwrap_or_else(|| "python3".into());
    let script = Path::new(HERE).join("benches/gain_share.py");
    let counts = [threads, ROUNDS].map(|count| count.to_string());
    let output = Command::new(python).arg("-B").arg(script).arg(&folder).args(counts).output();
    std::fs::remove_dir_all(&folder)?;
    let Ok(output) = output else { return Ok(None) };
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let said = String::from_utf8(output.stdout)?;
    let numbers: Vec<i64> = said.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let [pennies, floats, one, other, sums @ ..] = numbers.as_slice() else { return Ok(None) };
    let time =
        |nanoseconds: i64| Ok::<_, std::num::TryFromIntError>(Duration::from_nanos(nanoseconds.try_into()?));
    Ok(Some(Peer {
        pennies: time(*pennies)?,
        floats: time(*floats)?,
        alone: (*one, *other),
        sums: sums.to_vec(),
    }))
}

/// A line of the result: scenarios a second in millions, and the time as a part of ours.
fn line(what: &str, time: Duration, ours: Duration) -> Result<(), Box<dyn Error>> {
    let tenths = SCENARIOS as u128 * 10_000 / time.as_nanos().max(1);
    let ratio = time.as_nanos() * 100 / ours.as_nanos().max(1);
    say(&format!(
        "{what:<36} {:>4}.{} million a second, {}.{:02} of jcm's time",
        tenths / 10,
        tenths % 10,
        ratio / 100,
        ratio % 100
    ))
}

/// A line of the result: nanoseconds of a thousand scenarios, as those of one.
fn piece(what: &str, nanoseconds: i64) -> Result<(), Box<dyn Error>> {
    let millions = 10_000_000 / nanoseconds.max(1);
    say(&format!(
        "{what:<36} {:>4}.{} nanoseconds a scenario, {}.{} million a second",
        nanoseconds / 1000,
        nanoseconds / 100 % 10,
        millions / 10,
        millions % 10
    ))
}

fn say(line: &str) -> Result<(), Box<dyn Error>> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
