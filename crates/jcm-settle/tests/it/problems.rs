//! Every problem of a data file: its code, its row and column, and what it says.

use crate::{POINTS, SHARED_SAVINGS, engine_with, points, read, shared_savings};
use jcm_settle::{DataProblem, Engine, Problems};
use serde_json::json;

const HEADER: &str = "ID,Track,Benchmark,Expenditure,People,Elected\n";
const LONG: &str = "practice,ind,num,denom,points\n";

fn all(result: Result<jcm_settle::Table, Problems>) -> Problems {
    result.unwrap_err()
}

/// The only problem of a file with the usual header.
fn only(rows: &str) -> DataProblem {
    one(all(read(&shared_savings(), &format!("{HEADER}{rows}"))))
}

fn one(problems: Problems) -> DataProblem {
    assert_eq!(problems.list.len(), 1, "{problems}");
    problems.list[0].clone()
}

fn said(problem: &DataProblem, code: &str, row: Option<usize>, column: Option<&str>, words: &str) {
    assert_eq!((problem.code, problem.row, problem.column.as_deref()), (code, row, column), "{problem}");
    assert!(problem.to_string().contains(words), "{problem}");
}

#[test]
fn e0701_a_file_without_header_or_rows() {
    for (text, words) in
        [("", "this file is empty"), ("\n\n", "this file is empty"), (HEADER, "no rows below it")]
    {
        said(&one(all(read(&shared_savings(), text))), "E0701", None, None, words);
    }
}

#[test]
fn e0702_every_missing_column_is_named_with_the_nearest_header() {
    let problems = all(read(&shared_savings(), "ID,Track,benchmark,People,Elected\nA,A,1,1,1%\n"));
    assert_eq!(problems.list.len(), 2, "{problems}");
    said(&problems.list[0], "E0702", Some(1), Some("Benchmark"), "the file has `benchmark`");
    said(&problems.list[1], "E0702", Some(1), Some("Expenditure"), "the dataset `results` reads it");
}

#[test]
fn e0703_a_header_that_is_there_twice() {
    let text = "ID,Track,Benchmark,Expenditure,People,Elected,People,Notes,Notes\nA,A,1,1,1,1%,2,,\n";
    said(
        &one(all(read(&shared_savings(), text))),
        "E0703",
        Some(1),
        Some("People"),
        "2 columns have the header",
    );
}

#[test]
fn e0704_a_key_that_is_there_twice_names_both_rows() {
    let problem = only("A,A,1,1,5000,\n\nB,A,1,1,5000,\nA,A,2,2,5000,\n");
    said(&problem, "E0704", Some(5), None, "the key `A` stands in row 2 already");
    let long = format!("{LONG}P1,AF01,1,2,3\nP1,AF02,1,2,3\nP1,AF01,1,2,3\n");
    said(&one(all(read(&points(), &long))), "E0704", Some(4), None, "`P1 / AF01` stands in row 2 already");
}

#[test]
fn e0705_a_cell_that_cannot_be_read() {
    let problem = only("A,A,1,1.000.000,5000,\n");
    said(&problem, "E0705", Some(2), Some("Expenditure"), "cell `1.000.000`");
    let problem = only("A,A,1,1,5000,6.46\n");
    let words =
        "6.46 has no % sign; if the column is in per cent, write `percent without sign` in the dataset";
    said(&problem, "E0705", Some(2), Some("Elected"), words);
    let problem = only("A,A,1,1,5000,0.145\n");
    let words = "0.145 has no % sign; if it is a share of 1, write 14.5%; if the column is in per cent, \
                 `percent without sign` in the dataset reads it as 0.145%";
    said(&problem, "E0705", Some(2), Some("Elected"), words);
    let problem = only("A,EM,1,1,5000,\n");
    said(&problem, "E0705", Some(2), Some("Track"), "did you mean `EN`? There are `A`, `EN`");
}

#[test]
fn e0706_a_row_with_too_few_or_too_many_cells() {
    said(&only("A,A,1,1,5000\n"), "E0706", Some(2), None, "this row has 5 cells where the header has 6");
    said(
        &only("A,A,1,000,1,5000,2%\n"),
        "E0706",
        Some(2),
        None,
        "put a cell that holds a comma in quotation marks",
    );
    let open = only("A,A,1,1,5000,\"\nB,A,1,1,5000,\n");
    said(&open, "E0706", Some(2), None, "a quotation mark in this row is opened and not closed");
    // A separator at the end of every row is how some programs write.
    assert_eq!(read(&shared_savings(), &format!("{HEADER}A,A,1,1,5000,,\n")).unwrap().len(), 1);
}

#[test]
fn e0707_a_row_without_key() {
    said(
        &only(",A,1,1,5000,\n"),
        "E0707",
        Some(2),
        Some("ID"),
        "this cell is part of the key, and it is empty",
    );
    let long = format!("{LONG}P1,,1,2,3\n");
    said(&one(all(read(&points(), &long))), "E0707", Some(2), Some("ind"), "part of the key");
}

#[test]
fn e0708_a_file_that_is_not_utf8() {
    let refused = |bytes: &[u8]| one(all(shared_savings().read(None, None, "data.csv", bytes)));
    let latin = [HEADER.as_bytes(), b"A,A,1,1,5000,\n\xa3,A,1,1,5000,\n"].concat();
    said(&refused(&latin), "E0708", Some(3), None, "the text is not UTF-8");
    said(&refused(b"\xff\xfeI\0D\0"), "E0708", None, None, "UTF-16");
    said(&refused(b"PK\x03\x04abc"), "E0708", None, None, "a workbook, a Word document or an archive");
}

#[test]
fn e0709_a_figure_that_the_contract_cannot_do_without() {
    for cell in ["", ".", "  "] {
        let problem = only(&format!("A,A,{cell},1,5000,\n"));
        said(&problem, "E0709", Some(2), Some("Benchmark"), "Benchmark is missing");
    }
    // Without a column it is missing in every case, and said once.
    let mut columns = serde_json::from_str::<serde_json::Value>(SHARED_SAVINGS).unwrap();
    let columns = columns["datasets"][0]["columns"].as_array_mut().unwrap();
    columns.remove(3);
    let engine = engine_with(SHARED_SAVINGS, &[("/datasets/0/columns", json!(columns))]);
    let table = read(&engine, &format!("{HEADER}A,A,2,1,5000,\nB,A,2,1,5000,\n")).unwrap();
    let problem = one(engine.settle(&table, &|_, _| ()).unwrap_err());
    said(&problem, "E0709", None, None, "give it a column in the dataset `results`");
}

#[test]
fn e0710_a_case_that_stops() {
    let engine = shared_savings();
    let table = read(&engine, &format!("{HEADER}A,A,2,1,5000,\nB,A,2,1,4999,\nC,A,0,0,5000,\n")).unwrap();
    let problems = engine.settle(&table, &|_, _| ()).unwrap_err();
    assert_eq!(problems.list.len(), 2, "{problems}");
    said(
        &problems.list[0],
        "E0710",
        Some(3),
        None,
        "`B` cannot be settled: The line “Minimum rate” looks up 4,999",
    );
    said(
        &problems.list[1],
        "E0710",
        Some(4),
        None,
        "`C` cannot be settled: The line “Saving as a share” divides by zero",
    );
}

#[test]
fn e0711_no_dataset_several_or_an_unknown_one() {
    let engine = shared_savings();
    let full = format!("{HEADER}A,A,1,1,5000,\n");
    let named = |engine: &Engine, name| engine.read(Some(name), None, "data.csv", full.as_bytes());
    said(&one(all(named(&engine, "result"))), "E0711", None, None, "did you mean `results`?");

    let one_set = serde_json::from_str::<serde_json::Value>(SHARED_SAVINGS).unwrap()["datasets"][0].clone();
    let (mut second, mut third) = (one_set.clone(), one_set.clone());
    second["name"] = json!("again");
    third["name"] = json!("other");
    third["key"] = json!(["Number"]);
    let several = engine_with(SHARED_SAVINGS, &[("/datasets", json!([one_set, second, third]))]);
    let row = "A,A,1,1,5000,\n";
    let problem = one(all(read(&several, &format!("{HEADER}{row}"))));
    said(&problem, "E0711", None, None, "several datasets of the contract fit this file: `results`, `again`");
    let problem = one(all(read(&several, "Name,Track\nA,A\n")));
    said(&problem, "E0711", None, None, "`other` needs `Number`, `Benchmark`, `Expenditure`");
    assert_eq!(
        several.read(Some("again"), None, "data.csv", format!("{HEADER}{row}").as_bytes()).unwrap().dataset(),
        1
    );

    let none = engine_with(POINTS, &[("/datasets", json!([]))]);
    said(&one(all(read(&none, LONG))), "E0701", None, None, "no rows");
    said(&one(all(read(&none, &format!("{LONG}P1,AF01,1,2,3\n")))), "E0711", None, None, "no dataset");
}

#[test]
fn e0712_a_period_that_is_unknown_or_not_said() {
    let text = format!("{HEADER}A,A,1,1,5000,\n");
    let in_period = |engine: &Engine, period| engine.read(None, period, "data.csv", text.as_bytes());
    let engine = shared_savings();
    said(
        &one(all(in_period(&engine, Some("2023")))),
        "E0712",
        None,
        None,
        "the contract's periods are `2021`, `2022`",
    );
    assert_eq!(in_period(&engine, Some("2021")).unwrap().period(), 0);
    assert_eq!(in_period(&engine, None).unwrap().period(), 1);
    let silent = engine_with(SHARED_SAVINGS, &[("/datasets/0/period", json!(null))]);
    said(&one(all(in_period(&silent, None))), "E0712", None, None, "neither the dataset nor the call says");
}

#[test]
fn e0713_rows_of_a_case_that_disagree() {
    let measures = "/inputs/3/level";
    let of_case = engine_with(
        POINTS,
        &[(measures, json!("case")), ("/steps/1/expression", json!({ "op": "input", "name": "available" }))],
    );
    let text = format!("{LONG}P1,AF01,1,2,3\nP1,AF02,1,2,3.0\nP1,BP01,1,2,4\n");
    let problem = one(all(read(&of_case, &text)));
    said(&problem, "E0713", Some(4), Some("points"), "the rows of `P1` disagree");
}

#[test]
fn e0714_a_case_or_published_column_that_is_not_there() {
    let engine = shared_savings();
    let (table, results) = crate::settle(&engine, &format!("{HEADER}A1001,A,2,1,5000,\n"));
    let problem = one(engine.statement(&table, &results, "A101").unwrap_err());
    said(&problem, "E0714", None, None, "the file has no case `A101`; did you mean `A1001`?");
    let problem = one(engine.compare(&table, &results, "Earned").unwrap_err());
    said(&problem, "E0714", None, None, "the file has no column `Earned` to compare with");
    let problem = one(engine.compare(&table, &results, "Track").unwrap_err());
    said(&problem, "E0714", None, None, "has no published column `Track`");
}

#[test]
fn the_first_hundred_problems_are_said_and_the_rest_counted() {
    let rows: String = (0..150).map(|i| format!("A{i},A,x,1,5000,\n")).collect();
    let problems = all(read(&shared_savings(), &format!("{HEADER}{rows}")));
    assert_eq!((problems.list.len(), problems.more), (100, 50));
    assert!(problems.to_string().ends_with("\nand 50 more"));
    // A cell can hold a page; the message quotes its beginning.
    let long = only(&format!("A,A,{},1,5000,\n", "x".repeat(10_000)));
    assert!(long.to_string().len() < 400, "{long}");
}
