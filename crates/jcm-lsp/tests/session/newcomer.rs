//! Somebody who has never seen JCM writes a contract from an empty file to an example that comes out: two partners, an
//! outcome, a measure and an incentive. What is typed is the beginning of a word that is offered, or words, dates and
//! figures of the newcomer's own as people write them elsewhere; everything else is chosen from a list or mended by the
//! first mend that is offered.

use super::requests::after;
use super::{Editor, in_session, position, uri};
use Over::{Picks, Types};
use serde_json::{Value, json};

/// What the newcomer does with a part that can be typed over.
enum Over<'t> {
    /// Types words of their own.
    Types(&'t str),
    /// Chooses one of the list that opens there.
    Picks(&'t str),
}

struct Newcomer {
    editor: Editor,
    uri: String,
    text: String,
    version: i64,
}

impl Newcomer {
    async fn before_an_empty_file() -> (tempfile::TempDir, Newcomer) {
        let folder = tempfile::tempdir().unwrap();
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        let uri = uri(&folder.path().join("fresh.jcm"));
        editor.open(&uri, 1, "").await;
        (folder, Newcomer { editor, uri, text: String::new(), version: 1 })
    }

    async fn write(&mut self, text: String) {
        self.text = text;
        self.version += 1;
        self.editor.edit(&self.uri, self.version, json!([{"text": self.text}])).await;
    }

    fn place(&self, wanted: &str) -> Value {
        position(&self.text, wanted, "utf-16")
    }

    /// Types the first letters of a declaration at the end, takes it from the list, and goes through its parts.
    async fn declares(&mut self, word: &str, over: &[(&str, Over<'_>)]) {
        let typed = &word[..3];
        self.write(format!("{}{typed}", self.text)).await;
        let end = json!({
            "line": self.text.matches('\n').count(),
            "character": self.text.rsplit('\n').next().unwrap().encode_utf16().count(),
        });
        let asked = json!({"textDocument": {"uri": self.uri}, "position": end});
        let offered = self.editor.ask("textDocument/completion", asked).await;
        let offered = offered["result"].as_array().unwrap();
        let first = offered.iter().find(|item| item["label"].as_str().unwrap().starts_with(typed));
        let first = first.unwrap_or_else(|| panic!("nothing is offered for {typed}"));
        assert_eq!(first["label"], word, "the first of the list");
        assert!(!first["documentation"]["value"].as_str().unwrap().is_empty());
        let written = typed_over(first["textEdit"]["newText"].as_str().unwrap(), over);
        let text = self.text.strip_suffix(typed).unwrap();
        self.write(format!("{text}{written}\n\n")).await;
    }

    async fn problems(&mut self) -> Vec<Value> {
        let asked = json!({"textDocument": {"uri": self.uri}});
        let found = self.editor.ask("textDocument/diagnostic", asked).await;
        found["result"]["items"].as_array().unwrap().clone()
    }

    /// Applies a mend of the first problem, which has this code: the one whose title has these words.
    async fn mends(&mut self, code: &str, words: &str) {
        let problems = self.problems().await;
        let first = problems.first().unwrap_or_else(|| panic!("no {code} in\n{}", self.text));
        assert_eq!(first["code"], code, "{first:#}\n{}", self.text);
        let params = json!({"textDocument": {"uri": self.uri}, "range": first["range"], "context": {"diagnostics": []}});
        let found = self.editor.ask("textDocument/codeAction", params).await;
        let mut mends =
            found["result"].as_array().unwrap().iter().filter(|action| action["kind"] == "quickfix");
        let mend = mends.find(|mend| mend["title"].as_str().unwrap().contains(words));
        let mend = mend.unwrap_or_else(|| panic!("no mend of {code} has `{words}`: {found:#}"));
        let edits = mend["edit"]["changes"][&self.uri].clone();
        self.write(after(&self.text, &edits)).await;
    }

    async fn has_nothing_to_mend(&mut self) {
        let problems = self.problems().await;
        assert!(problems.is_empty(), "{problems:#?}\n{}", self.text);
    }

    /// What the examples come to: each its title and how many figures differ.
    async fn examples(&mut self) -> Vec<(String, usize)> {
        let found = self.editor.ask("jcm/examples", json!({"textDocument": {"uri": self.uri}})).await;
        let told = |example: &Value| {
            assert_eq!(example["stopped"], Value::Null);
            (example["title"].as_str().unwrap().to_owned(), example["differences"].as_array().unwrap().len())
        };
        found["result"].as_array().expect("a contract without an error").iter().map(told).collect()
    }

    /// The word that begins a declaration and each field are explained where they stand.
    async fn understands_each_word(&mut self) {
        for line in self.text.clone().lines() {
            let word = line.trim_start();
            let is_field = line.starts_with("    ") && word.contains(':') && !word.starts_with(['"', '}']);
            let is_kind = !line.starts_with([' ', '}', 'j']) && !line.is_empty();
            if !(is_field || is_kind) {
                continue;
            }
            let at = self.place(line);
            let indent = u64::try_from(line.len() - word.len()).unwrap();
            let at = json!({"line": at["line"], "character": at["character"].as_u64().unwrap() + indent});
            let asked = json!({"textDocument": {"uri": self.uri}, "position": at});
            let said = self.editor.ask("textDocument/hover", asked).await;
            assert!(said["result"]["contents"]["value"].as_str().is_some(), "nothing is said of `{line}`");
        }
    }
}

/// A snippet after its stops, of which some are typed over: each is named by what stands there.
fn typed_over(snippet: &str, over: &[(&str, Over<'_>)]) -> String {
    let mut text = snippet.to_owned();
    for (stands, over) in over {
        let stop = stops(&text).into_iter().find(|stop| first_of(stop) == *stands);
        let stop = stop.unwrap_or_else(|| panic!("`{stands}` cannot be typed over in\n{snippet}"));
        let new = match over {
            Over::Types(new) => new,
            Over::Picks(new) => {
                let listed = stop.contains(&format!(",{new},")) || stop.contains(&format!(",{new}|"));
                assert!(listed, "`{new}` is not in the list {stop}");
                new
            }
        };
        text = text.replace(&stop, new);
    }
    jcm_ide::without_stops(&text)
}

/// Each `${…}` of a snippet.
fn stops(snippet: &str) -> Vec<String> {
    let parts = snippet.split("${").skip(1);
    parts.map(|part| format!("${{{}}}", part.split_once('}').unwrap().0)).collect()
}

/// What stands at a stop until it is typed over.
fn first_of(stop: &str) -> String {
    jcm_ide::without_stops(stop)
}

/// The contract and its partners, with dates, names and lists.
async fn says_who(newcomer: &mut Newcomer) {
    newcomer
        .declares(
            "contract",
            &[
                ("stour_valley", Types("fenland")),
                ("Stour Valley Alliance Agreement", Types("Fenland Falls Agreement")),
                ("2026-04-01 to 2031-03-31", Types("1 April 2027 to 31 March 2029")),
            ],
        )
        .await;
    newcomer.mends("E0111", "2027-04-01 to 2029-03-31").await;
    newcomer
        .declares(
            "partner",
            &[
                ("council", Types("Fenland Council")),
                ("Stour Valley County Council", Types("Fenland District Council")),
                ("social_care", Picks("local_government")),
            ],
        )
        .await;
    newcomer.mends("E0213", "fenland_council").await;
    newcomer
        .declares(
            "partner",
            &[
                ("trust", Types("fen_care")),
                ("Stour Valley Hospitals NHS Foundation Trust", Types("Fen Care")),
                ("health", Picks("charity")),
            ],
        )
        .await;
}

/// The outcome and the measure, with titles, a unit of its own and figures that say too little.
async fn says_what_for(newcomer: &mut Newcomer) {
    newcomer
        .declares(
            "outcome",
            &[
                ("at_home", Types("steady")),
                ("Living at home for longer", Types("Steady on my feet")),
                ("I am supported to stay in my own home.", Types("I can walk without being afraid to fall.")),
                ("fenland_council, fen_care", Types("Fenland District Council and Fen Care")),
            ],
        )
        .await;
    newcomer.mends("E0111", "fenland_council, fen_care").await;
    newcomer
        .declares(
            "measure",
            &[
                ("still_at_home", Types("falls_at_home")),
                ("People still at home 91 days after leaving hospital", Types("Falls at home")),
                ("percent", Types("falls")),
                ("higher", Picks("lower")),
                ("79% in 2026/27", Types("200")),
                ("82% in 2027/28, 84% from 2028/29", Types("180 in 2027/28")),
            ],
        )
        .await;
    newcomer.mends("E0302", "Declare it").await;
    newcomer.mends("E0111", "200 in 2026/27").await;
    newcomer.mends("E0404", "from 2027/28").await;
}

#[test]
fn a_newcomer_with_words_of_their_own_comes_from_an_empty_file_to_an_example_that_comes_out() {
    in_session(async {
        let (_folder, mut newcomer) = Newcomer::before_an_empty_file().await;
        let mine = newcomer.problems().await;
        assert_eq!(mine[0]["code"], "E0102", "an empty file says how it begins");
        says_who(&mut newcomer).await;
        says_what_for(&mut newcomer).await;
        newcomer
            .declares(
                "incentive",
                &[("Bonus for reaching the target", Types("Bonus")), ("£50,000", Types("£20,000"))],
            )
            .await;
        newcomer.mends("L0116", "Add an example").await;
        newcomer.has_nothing_to_mend().await;
        assert_eq!(newcomer.examples().await, [("What is due".to_owned(), 0)]);
        assert!(
            newcomer.text.contains("given  falls_at_home = 180 falls\n    expect due = £20,000\n"),
            "{}",
            newcomer.text
        );

        // The newcomer wonders what more falls would pay, and takes the figure that the contract gives.
        newcomer.write(newcomer.text.replace("falls_at_home = 180", "falls_at_home = 190")).await;
        assert_eq!(newcomer.examples().await, [("What is due".to_owned(), 1)]);
        let problems = newcomer.problems().await;
        let code = problems[0]["code"].as_str().unwrap().to_owned();
        newcomer.mends(&code, "as the contract gives").await;
        newcomer.has_nothing_to_mend().await;
        assert_eq!(newcomer.examples().await, [("What is due".to_owned(), 0)]);
        newcomer.understands_each_word().await;
    });
}

#[test]
fn what_is_offered_comes_out_as_it_stands() {
    in_session(async {
        let (_folder, mut newcomer) = Newcomer::before_an_empty_file().await;
        for word in ["contract", "partner", "partner", "outcome", "measure", "incentive", "example"] {
            newcomer.declares(word, &[]).await;
        }
        newcomer.has_nothing_to_mend().await;
        assert_eq!(newcomer.examples().await, [("What is due".to_owned(), 0)]);
        newcomer.declares("incentive", &[]).await;
        newcomer.declares("example", &[]).await;
        newcomer.has_nothing_to_mend().await;
        assert_eq!(newcomer.examples().await.len(), 2);
    });
}

#[test]
fn a_payment_for_quality_out_of_a_pooled_fund_comes_out_as_it_is_offered() {
    in_session(async {
        let (_folder, mut newcomer) = Newcomer::before_an_empty_file().await;
        let words =
            ["contract", "partner", "partner", "pool", "outcome", "measure", "scale", "incentive", "example"];
        for word in words {
            newcomer.declares(word, &[]).await;
        }
        // What is left is advice: to try the other rows too.
        let problems = newcomer.problems().await;
        assert!(
            problems.iter().all(|problem| problem["code"] == "L0117"),
            "{problems:#?}\n{}",
            newcomer.text
        );
        assert!(newcomer.text.contains("    pays due from alliance_fund to trust\n"), "{}", newcomer.text);
        assert_eq!(newcomer.examples().await, [("What is due".to_owned(), 0)]);
        newcomer.declares("bands", &[]).await;
        newcomer.declares("payment", &[]).await;
        let problems = newcomer.problems().await;
        let problems: Vec<&str> = problems.iter().map(|problem| problem["code"].as_str().unwrap()).collect();
        assert!(problems.iter().all(|code| code.starts_with('L')), "{problems:?}\n{}", newcomer.text);
    });
}

#[test]
fn the_rows_that_a_fund_lacks_are_written_for_each_partner() {
    in_session(async {
        let (_folder, mut newcomer) = Newcomer::before_an_empty_file().await;
        for word in ["contract", "partner", "partner"] {
            newcomer.declares(word, &[]).await;
        }
        newcomer.write(format!("{}pool fund \"The Fund\" {{\n    host: council\n}}\n", newcomer.text)).await;
        newcomer.mends("E0207", "Add `contributes {").await;
        assert!(newcomer.text.contains("    contributes {\n        council : £"), "{}", newcomer.text);
        assert!(
            newcomer.problems().await.iter().all(|problem| problem["code"] != "E0207"),
            "{}",
            newcomer.text
        );
    });
}
