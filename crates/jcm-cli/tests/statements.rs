//! Statements of the examples, worked out again by `tests/statements/reperform.py` from their JSON alone, with a journal
//! that balances: what is settled for each partner is what it pays and is paid.
//!
//! Where there is no Python they are left out, and say so; with `CI=true` that is a failure.

#![expect(clippy::disallowed_methods, reason = "the runner writes data files and reads what is made of them")]

use libtest_mimic::{Arguments, Failed, Trial};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

const PYTHON: &str = "python3";

/// Every example with a data file: the folder, the file, its period, and what else is said.
const SETTLED: [(&str, &str, &str, &[&str]); 17] = [
    ("stour-valley", "year-end.csv", "2027/28", &[]),
    ("stour-valley", "small-saving.csv", "2027/28", &[]),
    ("stour-valley", "overspend.csv", "2027/28", &[]),
    ("departmental-capitation", "cross-billing.csv", "2017/18", &[]),
    ("pooled-fund", "schemes.csv", "2026/27", &[]),
    ("rate-card", "quarter.csv", "Q4 2026/27", &[]),
    ("readmission-reduction", "hospitals.csv", "2025", &[]),
    ("risk-corridors", "groups.csv", "2025", &[]),
    ("star-ratings", "plans.csv", "2026", &[]),
    ("value-based-purchasing", "results.csv", "2025", &[]),
    ("accountable-care", "year.csv", "2027/28", &[]),
    ("alzira", "year.csv", "2027/28", &[]),
    ("incomplete-contract", "year.csv", "2027/28", &[]),
    ("lead-provider", "year.csv", "2027/28", &[]),
    ("outcomes-based-commissioning", "year.csv", "2027/28", &[]),
    ("partnering", "year.csv", "2027/28", &[]),
    ("value-based-healthcare", "year.csv", "2027/28", &[]),
];

/// Rows of published performance of 2021, with the columns that the contract reads: a saving in each track, a loss, and one
/// below its minimum rate.
const ACOS: &str = "\
ACO_ID,ABtotBnchmk,ABtotExp,N_AB,Current_Track,Risk_Model,MinSavPerc,Met_QPS,EarnSaveLoss,GenSaveLoss,Sav_rate
A1001,1175345650,1091114293,89403,ENHANCED,Two-Sided,2.00%,1,61910047,84231357,7.17%
A1006,451411182,456591034,34878,BASIC_B,One-Sided,2.48%,1,0,0,-1.15%
A1026,440575023,444341960,37691,BASIC_E,Two-Sided,2.32%,1,0,0,-0.85%
A1032,93411559,88663405,6013,BASIC_B,One-Sided,3.59%,1,1861276,4748154,5.08%
";

/// A figure that is awarded, and one that is disputed.
const OVERRIDES: &str = "\
case,line,value,reason,author,date
Stour Valley,gain_share.earned,\"£1,300,000\",\"Decision 14 of the leadership team\",A Chair,2028-07-14
";
const DISPUTES: &str = "\
case,input,by,figure,reason
North Stour,actual cost,acute,\"£118,900,000\",\"Community equipment is counted twice\"
";

/// A reserve that goes on into the second year.
const RESERVE: &str = "\
jcm 1

contract vale \"Vale\" {
    term:      2026-04-01 to 2028-03-31
    currency:  GBP
    settled:   every financial_year
    rounding:  half_even to £0.01
    disputed:  pay the undisputed part
}

partner council \"Vale Council\" { role: commissioner }
partner charity \"Carers Together\" { role: provider }

incentive savings \"Savings\" {
    input cost \"Cost\" : £ from ledger of council
    balance reserve \"Reserve\" {
        opens:   £0
        closes:  kept
    }
    line saving \"Saving\" = £3,200,000 - cost
    line due \"Due\" = 37.5% of saving
    line kept \"Kept\" = reserve + saving - due, at least £0
    pays due from council to charity
    pays reserve.remainder from council to charity
}

dataset years \"Years\" {
    key:    \"Place\"
    period: \"Year\"
    columns { \"Cost\" : cost }
}
";

/// A contract that is settled by quarters, and the return of one place over two of them.
const QUARTERS: &str = "\
jcm 1

contract vale \"Vale\" {
    term:      2027-04-01 to 2028-03-31
    currency:  GBP
    settled:   every quarter
    rounding:  half_even to £0.01
}

partner council \"Vale Council\" { role: commissioner }
partner charity \"Carers Together\" { role: provider }

incentive advice \"Advice line\" {
    input cost \"Cost\" : £
    line due \"Due\" = cost
    pays due from council to charity
}

dataset returns \"Returns\" {
    key:    \"Place\"
    period: \"Quarter\"
    columns { \"Cost\" : cost }
}
";
const RETURNS: &str = "\
Place,Quarter,Cost
Vale,Q1 2027/28,100
Vale,Q2 2027/28,200
";

fn main() -> ExitCode {
    let left_out = !there_is_python() && std::env::var_os("CI").is_none_or(|value| value != "true");
    let kind = if left_out { "left out: no python3" } else { "" };
    let mut trials: Vec<Trial> = SETTLED
        .iter()
        .map(|(example, data, period, more)| {
            Trial::test(format!("statements/{example}/{data}"), move || {
                example_agrees(example, data, period, more)
            })
        })
        .collect();
    trials.push(Trial::test("statements/shared-savings", shared_savings));
    trials.push(Trial::test("statements/a run after another, with an award and a dispute", runs));
    trials.push(Trial::test("statements/what waits is not paid out of the fund", waits));
    trials.push(Trial::test("statements/a balance that a dispute leaves open", open_balance));
    trials.push(Trial::test("statements/a place over two quarters is one case", one_case));
    trials.push(Trial::test("statements/block payments in months", instalments));
    trials.push(Trial::test("statements/days with their rules, rows with their names", rules_and_rows));
    trials.push(Trial::test("statements/figures of other cases kept apart", kept_apart));
    trials.push(Trial::test("statements/another figure is noticed", another_is_noticed));
    trials.push(Trial::test("statements/the same from settlement.json", the_same_without_the_contract));
    let trials = trials.into_iter().map(|trial| trial.with_ignored_flag(left_out).with_kind(kind));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn there_is_python() -> bool {
    let asked = Command::new(PYTHON).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn example_agrees(example: &str, data: &str, period: &str, more: &[&str]) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let contract = repository().join("examples").join(example);
    settle(&contract, &contract.join(data), &folder.path().join("out"), period, more)?;
    agrees(&folder.path().join("out"))
}

fn shared_savings() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("acos.csv");
    fs::write(&data, ACOS)?;
    let contract = repository().join("examples/shared-savings");
    settle(&contract, &data, &folder.path().join("out"), "2021", &["--dataset", "py2021"])?;
    agrees(&folder.path().join("out"))
}

/// A provisional run; then the final one with another cost, an award, and a dispute.
fn runs() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let of = |name: &str| folder.path().join(name);
    let contract = repository().join("examples/stour-valley");
    let first = of("first.csv");
    fs::write(&first, places(&contract)?)?;
    let record = of("first.json").to_string_lossy().into_owned();
    settle(&contract, &first, &of("provisional"), "2027/28", &["--run", "provisional", "--record", &record])?;
    agrees(&of("provisional"))?;
    let later = fs::read_to_string(&first)?.replace("126,000,000", "125,400,000");
    fs::write(of("later.csv"), later)?;
    fs::write(of("overrides.csv"), OVERRIDES)?;
    fs::write(of("disputes.csv"), DISPUTES)?;
    let [overrides, disputes] =
        ["overrides.csv", "disputes.csv"].map(|name| of(name).to_string_lossy().into_owned());
    let more = ["--run", "final", "--previous", &record, "--overrides", &overrides, "--disputes", &disputes];
    settle(&contract, &of("later.csv"), &of("final"), "2027/28", &more)?;
    agrees(&of("final"))
}

/// A cost of £11,400,000 is disputed and may be £11,700,000: a saving of £300,000 in place of £600,000. Half of it is
/// shared, and 82 % earns three quarters: £112,500 is beyond dispute of £225,000, £67,500 and £45,000 of each payee.
fn waits() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let of = |name: &str| folder.path().join(name);
    let made = Command::new(env!("CARGO_BIN_EXE_jcm")).args(["new", "vale"]).current_dir(&folder).output()?;
    if !made.status.success() {
        return Err(String::from_utf8_lossy(&made.stderr).into_owned().into());
    }
    let contract = of("vale/contract.jcm");
    let text = fs::read_to_string(&contract)?;
    fs::write(
        contract,
        text.replacen("    rounding:", "    disputed:  pay the undisputed part\n    rounding:", 1),
    )?;
    let dispute = "case,input,by,figure,reason\nAnytown,Actual cost,hospital,\"£11,700,000\",Counted twice\n";
    fs::write(of("disputes.csv"), dispute)?;
    let disputes = of("disputes.csv").to_string_lossy().into_owned();
    let more = ["--run", "provisional", "--disputes", &disputes];
    settle(&of("vale"), &of("vale/data.csv"), &of("out"), "2026/27", &more)?;
    agrees(&of("out"))?;
    let page = fs::read_to_string(of("out").join("Anytown.html"))?;
    let wanted = [
        "owes £225,000.00 from The Shared Fund, by the figures that count for the time being; £112,500.00 is paid now \
         and £112,500.00 waits until the dispute is resolved.",
        "Anytown Hospitals NHS Foundation Trust: £67,500.00; Sharing of savings, Anytown Community Services: £45,000.00. \
         If all of it, £112,500.00, is paid, £11,775,000.00 is left in the fund.",
        "<strong>£11,887,500.00</strong>",
        "The journal agrees",
    ];
    let missing: Vec<_> = wanted.into_iter().filter(|words| !page.contains(words)).collect();
    let statement: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(of("out").join("Anytown.json"))?)?;
    let figures = ["/funds/0/closing", "/funds/0/payments/0/amount", "/funds/0/payments/0/in_dispute"]
        .map(|place| statement.pointer(place).and_then(serde_json::Value::as_str).unwrap_or_default());
    match missing.is_empty() && figures == ["11887500", "67500", "67500"] {
        true => Ok(()),
        false => Err(format!("not said: {missing:?}; figures: {figures:?}").into()),
    }
}

/// £3,200,000 less £3,000,000 saves £200,000, of which £75,000 is due and £125,000 kept; less £2,950,000 it saves £250,000,
/// and £93,750 is due and £156,250 kept. The second year begins with what is kept.
fn open_balance() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let of = |name: &str| folder.path().join(name);
    fs::write(of("contract.jcm"), RESERVE)?;
    fs::write(of("years.csv"), "Place,Year,Cost\nVale,2026/27,\"£3,000,000\"\n")?;
    let dispute =
        "case,input,by,figure,reason,period\nVale,Cost,charity,\"£2,950,000\",Counted twice,2026/27\n";
    fs::write(of("disputes.csv"), dispute)?;
    let disputes = of("disputes.csv").to_string_lossy().into_owned();
    let more = ["--dataset", "years", "--run", "provisional", "--disputes", &disputes];
    settle(&of("contract.jcm"), &of("years.csv"), &of("out"), "", &more)?;
    agrees(&of("out"))?;
    let pages = ["Vale.html", "index.html"].map(|name| fs::read_to_string(of("out").join(name)));
    let [page, summary] = pages;
    let wanted = [
        "Open while figures are in dispute",
        "<td>between £200,000.00 and £250,000.00</td>",
        "<caption>Brought forward</caption>",
        "the contract begins with it, in Schedule 3, Savings",
        "What “Reserve” ends with is not certain: £125,000.00 by the figures that count for the time being, between \
         £125,000.00 and £156,250.00 when the dispute is resolved. £125,000.00 of it is not in doubt. 2027/28 begins with \
         it, so it is not certain either what 2027/28 begins with, and 2027/28 waits until it is.",
    ];
    let (page, summary) = (page?, summary?);
    let missing: Vec<_> = wanted.into_iter().filter(|words| !page.contains(words)).collect();
    let statement: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(of("out").join("Vale.json"))?)?;
    let open = serde_json::json!({
        "words": "between £125,000.00 and £156,250.00",
        "least": "£125,000.00",
        "most": "£156,250.00",
        "certain": "£125,000.00",
    });
    let said = statement.pointer("/balances/0/open");
    let summed = "Balances that are not certain while figures are in dispute, 2026/27";
    match missing.is_empty() && said == Some(&open) && summary.contains(summed) {
        true => Ok(()),
        false => Err(format!("not said: {missing:?}; of the balance: {said:?}\n{summary}").into()),
    }
}

/// What is there in several periods is counted once in the summary.
fn one_case() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let of = |name: &str| folder.path().join(name);
    fs::write(of("contract.jcm"), QUARTERS)?;
    fs::write(of("returns.csv"), RETURNS)?;
    settle(&of("contract.jcm"), &of("returns.csv"), &of("out"), "", &["--dataset", "returns"])?;
    let summary = fs::read_to_string(of("out").join("index.html"))?;
    match summary.contains(">Cases</th><td class=\"long\">1</td>") {
        true => Ok(()),
        false => Err(format!("the summary does not count one case:\n{summary}").into()),
    }
}

/// The three years that the example could have, as three places of one year.
fn places(contract: &Path) -> Result<String, Failed> {
    let mut text = fs::read_to_string(contract.join("year-end.csv"))?;
    for (file, place) in [("small-saving.csv", "North Stour"), ("overspend.csv", "South Stour")] {
        let rows = fs::read_to_string(contract.join(file))?;
        text.extend(rows.lines().skip(1).map(|row| format!("{}\n", row.replace("Stour Valley", place))));
    }
    Ok(text)
}

/// The block of the alliance is divided over the months, and each part is a row.
fn instalments() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let contract = repository().join("examples/stour-valley");
    let out = folder.path().join("out");
    settle(&contract, &contract.join("year-end.csv"), &out, "2027/28", &[])?;
    let journal = fs::read_to_string(out.join("journal.csv"))?;
    let parts = journal.lines().filter(|row| row.contains("Stour Valley/reablement_block/community/part-"));
    let months: Vec<&str> = parts.filter(|row| row.contains(",800000.00,GBP,")).collect();
    if months.len() == 12 {
        Ok(())
    } else {
        Err(format!("not twelve months of £800,000:\n{journal}").into())
    }
}

/// Beside the day of a payment stands the rule that it follows from; a row is called by its name, once.
fn rules_and_rows() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let pages = [
        ("stour-valley", "year-end.csv", "2027/28", "Stour-Valley.html"),
        ("stour-valley", "overspend.csv", "2027/28", "Stour-Valley.html"),
        ("pooled-fund", "schemes.csv", "2026/27", "Outturn.html"),
        ("risk-corridors", "groups.csv", "2025", "Arbor-Health-Partners.html"),
        ("accountable-care", "year.csv", "2027/28", "A-saving-of-5.html"),
    ];
    let mut said = String::new();
    for (example, data, period, page) in pages {
        let contract = repository().join("examples").join(example);
        let out = folder.path().join(example);
        settle(&contract, &contract.join(data), &out, period, &[])?;
        said.push_str(&fs::read_to_string(out.join(page))?);
    }
    let wanted = [
        "30 October 2028 (within 30 days after the final settlement, which is by 30 September 2028)",
        "it is settled by 30 September 2028",
        ">Scheme: Reablement</h3>",
        "<caption>Worked out</caption>",
        "Skip to the text",
        "12 payments of £800,000.00, together £9,600,000.00",
        "on the first operational day of each month: April 2027 to March 2028",
        "Account of The Alliance Fund for 2027/28",
        "transfers within one partner of £258,048.00 make £11,573,480.00",
        "The journal agrees",
        // Half of 5 % and 35 % of the rest of a saving of 6.785218 %.
        "which is 50% × 5% + 35% × 1.785218…%,",
        // 5 % of an overspend of £1,560,000, of which at most £50,000 is borne.
        "<td>5%, losing at most £50,000.00</td><td class=\"figure\">-£78,000.00</td>",
        // 45 % of £1,234,952.81, which is £1,234,952.8125 rounded.
        "£555,728.7645",
    ];
    let unwanted = ["Reablement: worked out", "settled by 2028-09-30", "Skip to the contract"];
    let missing: Vec<_> = wanted.into_iter().filter(|words| !said.contains(words)).collect();
    let there: Vec<_> = unwanted.into_iter().filter(|words| said.contains(words)).collect();
    match missing.is_empty() && there.is_empty() {
        true => Ok(()),
        false => Err(format!("not said: {missing:?}; said: {there:?}").into()),
    }
}

/// Who has only `settlement.json` pays the same on the same days: every file of the folder is the same. What the host of
/// the fund is paid from it is a transfer in its own books.
fn the_same_without_the_contract() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    for (example, data) in [("stour-valley", "year-end.csv"), ("accountable-care", "year.csv")] {
        let contract = repository().join("examples").join(example);
        let (built, out) = (folder.path().join(example), folder.path().join(format!("{example}-out")));
        let done = Command::new(env!("CARGO_BIN_EXE_jcm"))
            .arg("build")
            .args([&contract, &PathBuf::from("--out"), &built])
            .output()?;
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).into_owned().into());
        }
        let alone = folder.path().join(format!("{example}-alone"));
        settle(&contract, &contract.join(data), &out, "2027/28", &[])?;
        settle(&built.join("settlement.json"), &contract.join(data), &alone, "2027/28", &[])?;
        for entry in fs::read_dir(&out)?.flatten() {
            if fs::read(entry.path())? != fs::read(alone.join(entry.file_name()))? {
                return Err(format!("{example}: {} is another", entry.file_name().display()).into());
            }
        }
        let journal = fs::read_to_string(out.join("journal.csv"))?;
        let own = journal.lines().filter(|row| row.ends_with(",internal transfer"));
        let own: Vec<&str> =
            own.filter(|row| row.starts_with("\"Stour Valley County Council, for The")).collect();
        if example == "stour-valley" && own.len() != 1 {
            return Err(format!("the host pays itself:\n{journal}").into());
        }
    }
    Ok(())
}

/// Figures over all cases are worked out again from the list in the statement, or from the file that it names; with
/// `--annex` no statement shows another case. A second run writes over the file.
fn kept_apart() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let contract = repository().join("examples/readmission-reduction");
    let out = folder.path().join("out");
    for more in [&["--annex"][..], &["--annex"], &[]] {
        settle(&contract, &contract.join("hospitals.csv"), &out, "2025", more)?;
        agrees(&out)?;
        let shown = ["Alder.html", "Alder.json"].map(|name| fs::read_to_string(out.join(name)));
        for text in shown {
            let text = text?;
            if text.contains("Katsura") == (more == ["--annex"]) || !text.contains("over-all-cases.csv") {
                return Err(format!("{more:?}: {text}").into());
            }
        }
    }
    let list = fs::read_to_string(out.join("over-all-cases.csv"))?;
    let another = list.replacen("1.0751", "1.0752", 1);
    fs::write(out.join("over-all-cases.csv"), another)?;
    let (agreed, said) = reperformed(&out)?;
    if agreed || !said.contains("not the file that is named") {
        return Err(format!("another list passes: {said}").into());
    }
    Ok(())
}

/// What is worked out is held against what is said: a penny more is noticed, in a line and in the journal.
fn another_is_noticed() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let contract = repository().join("examples/lead-provider");
    let out = folder.path().join("out");
    settle(&contract, &contract.join("year.csv"), &out, "2027/28", &[])?;
    let (name, text) = a_statement(&out)?;
    let mut statement: serde_json::Value = serde_json::from_str(&text)?;
    let figure = statement.pointer_mut("/working/lines/0/value/number").ok_or("no line is there")?;
    *figure = "12345".into();
    fs::write(out.join(&name), serde_json::to_string(&statement)?)?;
    let (agreed, said) = reperformed(&out)?;
    if agreed || !said.contains("worked out") {
        return Err(format!("another figure passes: {said}").into());
    }
    fs::write(out.join(&name), text)?;
    let journal = fs::read_to_string(out.join("journal.csv"))?;
    let less: String = journal.lines().take(2).map(|row| format!("{row}\n")).collect();
    fs::write(out.join("journal.csv"), less)?;
    let (agreed, said) = reperformed(&out)?;
    if agreed || !said.contains("journal.csv") {
        return Err(format!("a journal without its payments passes: {said}").into());
    }
    Ok(())
}

/// The first statement of a folder, by name, with its text.
fn a_statement(folder: &Path) -> Result<(String, String), Failed> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let name = names.into_iter().find(|name| name.ends_with(".json")).ok_or("no statement is there")?;
    let text = fs::read_to_string(folder.join(&name))?;
    Ok((name, text))
}

fn settle(contract: &Path, data: &Path, out: &Path, period: &str, more: &[&str]) -> Result<(), Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jcm"));
    command.arg("settle").arg(contract).arg("--data").arg(data).arg("--statement").arg(out);
    // A dataset of one period says it itself.
    if !more.contains(&"--dataset") {
        command.args(["--period", period]);
    }
    let done = command.args(more).output()?;
    if done.status.success() {
        return Ok(());
    }
    Err(format!(
        "jcm settle: {}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    )
    .into())
}

fn agrees(folder: &Path) -> Result<(), Failed> {
    let (agreed, said) = reperformed(folder)?;
    if agreed { Ok(()) } else { Err(said.into()) }
}

fn reperformed(folder: &Path) -> Result<(bool, String), Failed> {
    let script = repository().join("tests/statements/reperform.py");
    let done = Command::new(PYTHON).arg(script).arg(folder).output()?;
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    Ok((done.status.success(), said))
}
