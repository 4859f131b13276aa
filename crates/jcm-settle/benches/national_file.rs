//! A national file in long form, 1,000 practices with 117 measures each: read, settled and written, beside the same
//! rule written by hand in Python with exact fractions.

#![expect(clippy::disallowed_methods, reason = "the peer reads its data from a file")]

use jcm_settle::{By, Engine};
use serde_json::{Value, json};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

const SPECIFICATION: &str = include_str!("../../jcm-spec/tests/golden/points.json");
const RUNS: usize = 5;

/// The rule by hand: the part of the way between the thresholds, times the points available.
const PEER: &str = r#"
import csv, sys, time
from fractions import Fraction as F
lower = {f"M{i:03}": F(30 + i % 20, 100) for i in range(117)}
upper = {f"M{i:03}": F(70 + i % 25, 100) for i in range(117)}
began = time.perf_counter()
total = {}
with open(sys.argv[1], newline="") as file:
    for row in csv.DictReader(file):
        m, reached, eligible = row["ind"], int(row["num"]), int(row["denom"])
        way = (F(reached, eligible) - lower[m]) / (upper[m] - lower[m])
        points = int(row["points"]) * max(F(0), min(F(1), way))
        total[row["practice"]] = total.get(row["practice"], F(0)) + points
took = time.perf_counter() - began
print(round(took * 1000000))
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let text = national_file()?;
    let engine = engine()?;
    let mut ours = Vec::new();
    for _ in 0..RUNS {
        let started = Instant::now();
        let table =
            engine.read(None, None, "data.csv", text.as_bytes()).map_err(|_| "the file is refused")?;
        let results = engine.settle(&table, &|_, _| ()).map_err(|_| "the file does not settle")?;
        std::hint::black_box(engine.results_csv(&table, &results, By::Row));
        ours.push(started.elapsed());
    }
    let path = std::env::temp_dir().join(format!("jcm-national-{}.csv", std::process::id()));
    std::fs::write(&path, &text)?;
    let peer = (0..RUNS).map(|_| peer(&path)).collect::<Result<Vec<_>, _>>();
    std::fs::remove_file(&path)?;
    let (ours, theirs) = (median(ours), median(peer?));
    let line = format!(
        "117,000 rows, medians of {RUNS}: jcm {} ms, Python with fractions {} ms; Python takes {} % of jcm's time\n",
        ours.as_millis(),
        theirs.as_millis(),
        theirs.as_micros() * 100 / ours.as_micros().max(1),
    );
    std::io::stdout().write_all(line.as_bytes())?;
    Ok(())
}

fn national_file() -> Result<String, std::fmt::Error> {
    let mut text = "practice,ind,num,denom,points,achieved\n".to_owned();
    for i in 0..117_000 {
        let (practice, measure) = (10_000 + i / 117, i % 117);
        let denom = 50 + (i * 7) % 400;
        let (num, points) = ((i * 13) % (denom + 1), 1 + i % 25);
        writeln!(text, "{practice},M{measure:03},{num},{denom},{points},0")?;
    }
    Ok(text)
}

fn engine() -> Result<Engine, Box<dyn Error>> {
    let rows: Vec<Value> = (0..117)
        .map(|i| {
            json!({
                "keys": [{ "text": format!("M{i:03}") }],
                "values": [{ "number": format!("0.{}", 30 + i % 20) }, { "number": format!("0.{}", 70 + i % 25) }]
            })
        })
        .collect();
    let mut json: Value = serde_json::from_str(SPECIFICATION)?;
    if let Some(place) = json.pointer_mut("/parameters/0/rows") {
        *place = Value::Array(rows);
    }
    Engine::from_json(&json.to_string()).map_err(|_| "the specification is refused".into())
}

/// How long the peer took by its own clock, without its start.
fn peer(path: &std::path::Path) -> Result<Duration, Box<dyn Error>> {
    let output = Command::new("python3").args(["-c", PEER]).arg(path).output()?;
    let said = String::from_utf8(output.stdout)?;
    Ok(Duration::from_micros(said.trim().parse()?))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
