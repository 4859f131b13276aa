//! What a finance system does: reads a specification and a data file, settles, and prints the results.
//!
//! ```text
//! cargo run -p jcm-settle --example embed -- settlement.json results.csv [--statement KEY] [--compare HEADER] [--rows]
//! ```
#![expect(clippy::print_stderr, reason = "this example is a program")]
#![expect(clippy::disallowed_methods, reason = "the program that embeds the engine reads the files")]

use jcm_settle::{By, Engine};
use std::error::Error;
use std::io::Write;

fn main() -> std::process::ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(text) => {
            // Whoever reads may stop early; that is no failure.
            let _ = std::io::stdout().write_all(text.as_bytes());
            std::process::ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<String, Box<dyn Error>> {
    let [specification, data, rest @ ..] = arguments else {
        return Err(
            "usage: embed SETTLEMENT.JSON DATA.CSV [--statement KEY] [--compare HEADER] [--rows]".into()
        );
    };
    let engine = Engine::from_json(&std::fs::read_to_string(specification)?)?;
    let bytes = std::fs::read(data)?;
    let table = engine.read(None, None, data, &bytes)?;
    let results = engine.settle(&table, &|_, _| ())?;
    match rest {
        [option, key] if option == "--statement" => Ok(engine.statement(&table, &results, key)?.text()),
        [option, header] if option == "--compare" => Ok(engine.compare(&table, &results, header)?.text()),
        [option] if option == "--rows" => Ok(engine.results_csv(&table, &results, By::Row)),
        _ => {
            let mut text = engine.results_csv(&table, &results, By::Case);
            for total in engine.totals(&results) {
                text.push_str(&format!("{} in all: {}\n", total.header, total.amount));
            }
            Ok(text)
        }
    }
}
