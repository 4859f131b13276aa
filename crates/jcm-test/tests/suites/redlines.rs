//! Redlines: the new contract once every change is accepted, and the old one once every change is rejected. With
//! `JCM_SOFFICE` naming LibreOffice, and `JCM_PYTHON` a Python that can speak to it, LibreOffice takes the changes too.

use super::documents::{FROM, convert, same, without_mathematics};
use super::extract::{Changes, Word, words_of};
use super::files;
use jcm_doc::Document;
use libtest_mimic::{Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// An example with what is changed in it: `(what it says, what it says instead)`.
struct Edited {
    example: &'static str,
    what: &'static str,
    edits: &'static [(&'static str, &'static str)],
}

const EDITED: [Edited; 6] = [
    Edited {
        example: "stour-valley",
        what: "a figure",
        edits: &[("percent = 50%, from 30% to 60%", "percent = 55%, from 30% to 60%")],
    },
    Edited {
        example: "stour-valley",
        what: "figures, shares, clauses and a title",
        edits: &[
            ("percent = 50%, from 30% to 60%", "percent = 55%, from 30% to 60%"),
            ("community    35%\n        council      20%", "community    30%\n        council      25%"),
            ("within {15 operational days} of the", "no later than {20 operational days} from the"),
            (
                "clause open_book \"Open book\" in",
                "clause risks \"Risks\" in information {\n    The partners keep one register.\n\n    {leadership_team} reviews it.\n}\n\nclause open_book \"Open books\" in",
            ),
            (
                "\n\n    No partner is bound by a decision on a function that statute does not allow it to delegate.",
                "",
            ),
            ("include std.clauses.exit { board: leadership_team, support: assisted }", ""),
            (
                "    source:       \"SUS+ admitted patient care\", version \"2026.1\"",
                "    source:       \"SUS+ admitted patient care\", version \"2027.1\"",
            ),
        ],
    },
    Edited {
        example: "stour-valley",
        what: "parts of schedules put in, one taken out",
        edits: &[
            (
                "service falls_assessment \"Falls",
                "service nights \"Care at night\" {\n    by: community, council\n    for: older_people\n    description: \"Visits\"\n}\n\nservice falls_assessment \"Falls",
            ),
            (
                "open_term falls_price",
                "payment nights_block \"Nights\" {\n    form: block\n    for: nights\n    from: alliance_fund\n    to: community\n    amount: £1,200,000 per year\n    due: in 12 equal parts, on the first operational day of each month\n}\n\nopen_term falls_price",
            ),
            (
                "knob sharing_rate \"Sharing rate\" : percent = 50%, from 30% to 60%",
                "parameter sharing_rate \"Sharing rate\" : percent = 50%",
            ),
            ("    sharing_rate      = 40%\n", ""),
            (
                "measure carer_quality_of_life = ascof.carer_quality_of_life {\n    outcome:  at_home\n    use:      balancing\n}\n",
                "",
            ),
        ],
    },
    Edited {
        example: "stour-valley",
        what: "a partner and a measure put in, a clause taken out, a day",
        edits: &[
            (
                "board leadership_team \"",
                "partner hospice \"Stour Hospice\" {\n    role: provider\n    sector: voluntary\n    charity: \"1888888\"\n    turnover: £4,100,000\n    vat: partly_recoverable\n    signs: as_deed\n    notices: \"Chief Executive, 3 Abbey Road, Stourbridge\", office@hospice.example\n}\n\nboard leadership_team \"",
            ),
            ("acute, community, ageing_well\n    chair", "acute, community, ageing_well, hospice\n    chair"),
            (
                "        community    35%\n",
                "        community    30%\n        hospice       5%  losing at most £25,000\n",
            ),
            (
                "measure carer_quality_of_life =",
                "measure falls \"Falls that lead to admission\" {\n    outcome: at_home\n    use: monitoring\n    unit: admissions per 100,000 people per year\n    better: lower\n    numerator: \"Emergency admissions after a fall\"\n    denominator: \"Residents aged 65 and over\"\n    source: \"SUS+ admitted patient care\", version \"2026.1\"\n    baseline: 2,050 in 2024/25\n    target: 2,000 in 2026/27, 1,900 from 2027/28\n    reported: every year, 3 months after it ends\n    collected: by icb\n    verified: by external_auditor\n}\n\nmeasure carer_quality_of_life =",
            ),
            ("by:      2026-09-30", "by:      2026-12-31"),
            ("except: third_party_rights", "except: third_party_rights, costs"),
        ],
    },
    Edited {
        example: "pooled-fund",
        what: "a clause put in, a clause taken out",
        edits: &[
            (
                "clause own_risk \"Whose risk\" in money {\n    A {scheme_term} whose risk is not shared is the risk of the partner that Schedule 1, part 4 names.\n}\n\n",
                "",
            ),
            (
                "clause days \"Days\" in general {",
                "clause audit \"Audit\" in money {\n    {icb} may have the statements of {better_care} audited once in each year.\n\n    {council} keeps them for six years.\n}\n\nclause days \"Days\" in general {",
            ),
        ],
    },
    Edited {
        example: "rate-card",
        what: "rows of a table",
        edits: &[
            (
                "£1,850 per person, £130,000\n",
                "£1,900 per person, £135,000\n    \"COURSE\" : \"Course finished\", £300 per person, £20,000\n",
            ),
            ("    \"WORK-13\" : \"Thirteen weeks of work\", £2,900 per person, £70,000\n", ""),
            ("    given  \"WORK-13\": claimed = 4 people, verified = 5 people\n", ""),
            ("    expect counted for \"WORK-13\" = 4 people\n", ""),
        ],
    },
];

pub(super) fn trials(office: Option<&Path>) -> Vec<Trial> {
    let python = std::env::var_os("JCM_PYTHON").map(PathBuf::from);
    let office = office.map(Path::to_owned).zip(python);
    let mut trials = Vec::new();
    for edited in &EDITED {
        let title = format!("documents/a redline of {}: {}", edited.example, edited.what);
        trials.push(Trial::test(&title, move || edited.settled_here()));
        if let Some((office, python)) = office.clone() {
            let title = format!("{title}, in LibreOffice");
            trials.push(Trial::test(title, move || edited.settled_by(&office, &python)));
        }
    }
    trials
}

/// Both contracts, and the redline of them as a Word document.
struct Made {
    old: Document,
    new: Document,
    redline: Vec<u8>,
}

impl Made {
    /// The document that is left once the changes are taken so.
    fn left(&self, changes: Changes) -> &Document {
        match changes {
            Changes::Accepted => &self.new,
            Changes::Rejected => &self.old,
        }
    }
}

impl Edited {
    fn made(&self) -> Result<Made, Failed> {
        let text = files::read(&files::path(&format!("examples/{}/contract.jcm", self.example)))?;
        let mut changed = text.clone();
        for (was, is) in self.edits {
            if !changed.contains(was) {
                return Err(format!("the example no longer says: {was}").into());
            }
            changed = changed.replacen(was, is, 1);
        }
        let (old, new) = (document_of(&text)?, document_of(&changed)?);
        let redline = jcm_docx::docx(&jcm_diff::redline(&old, &new, Vec::new()))?;
        Ok(Made { old, new, redline })
    }

    /// By the reader of this suite.
    fn settled_here(&self) -> Result<(), Failed> {
        let made = self.made()?;
        for changes in [Changes::Accepted, Changes::Rejected] {
            let expected = Word::of(&jcm_docx::docx(made.left(changes))?)?.words(FROM);
            let found = Word::with(&made.redline, changes)?.words(FROM);
            same(&format!("the redline, {changes:?},"), &expected, &found)?;
        }
        Ok(())
    }

    /// By LibreOffice, which is then asked for the text of each contract too.
    fn settled_by(&self, office: &Path, python: &Path) -> Result<(), Failed> {
        let made = self.made()?;
        let folder = tempfile::tempdir()?;
        let place = |name: &str| folder.path().join(name);
        std::fs::write(place("redline.docx"), &made.redline)?;
        let status = Command::new(python)
            .arg(files::path("tests/docx/tracked_changes.py"))
            .arg(office)
            .args(["redline.docx", "Accepted.txt", "Rejected.txt"].map(place))
            .stdin(Stdio::null())
            .status()?;
        if !status.success() {
            return Err(format!("LibreOffice does not take the changes: {status}").into());
        }
        for changes in [Changes::Accepted, Changes::Rejected] {
            let document = made.left(changes);
            let file = place("contract.docx");
            let bytes = jcm_docx::docx(document)?;
            std::fs::write(&file, &bytes)?;
            convert(office, &file, "txt:Text (encoded):UTF8", folder.path())?;
            // Header, cover, contents and what changes come before.
            let count = Word::of(&bytes)?.words(FROM).len();
            let expected = last_words(&place("contract.txt"), count)?;
            let found = last_words(&place(&format!("{changes:?}.txt")), count)?;
            same(&format!("the redline, {changes:?} by LibreOffice,"), &expected, &found)?;
        }
        Ok(())
    }
}

fn document_of(text: &str) -> Result<Document, Failed> {
    let checked = jcm::check_without_examples(&jcm::InMemory::new("contract.jcm", text));
    let program = checked.program().ok_or_else(|| format!("{:#?}", checked.diagnostics))?;
    Ok(without_mathematics(jcm::document(program, &jcm::settlement(program, &checked.sources))))
}

fn last_words(file: &Path, count: usize) -> Result<Vec<String>, Failed> {
    let words = words_of(&files::read(file)?);
    let start = words
        .len()
        .checked_sub(count)
        .ok_or_else(|| format!("{} has {} words and not {count}", file.display(), words.len()))?;
    Ok(words.get(start..).unwrap_or_default().to_vec())
}
