//! Sessions with the server as an editor has them, over streams in memory.
#![expect(clippy::disallowed_methods, reason = "the contract is a file of the repository")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test ends where it fails"
)]

#[path = "session/newcomer.rs"]
mod newcomer;
#[path = "session/requests.rs"]
mod requests;

use jcm_lsp::{Books, serve_on};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::future::Future;
use std::path::Path;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};
use tokio::time::{Instant, timeout};

const PATIENCE: Duration = Duration::from_secs(60);

struct Editor {
    to: DuplexStream,
    from: BufReader<DuplexStream>,
    next: i64,
    answers: BTreeMap<i64, Value>,
    /// Version and problems of each address.
    problems: BTreeMap<String, (Option<i64>, Value)>,
    /// Every version and its problems as they were told, of any address.
    told: Vec<(Option<i64>, Value)>,
}

impl Editor {
    /// An editor that has just been greeted, with one folder.
    async fn start(folder: &Path, encoding: &str) -> Editor {
        Self::start_with(&[folder], encoding, json!({})).await
    }

    /// An editor that has just been greeted, with its folders and what it asks of the server.
    async fn start_with(folders: &[&Path], encoding: &str, options: Value) -> Editor {
        let (to, input) = tokio::io::duplex(1 << 20);
        let (output, from) = tokio::io::duplex(1 << 20);
        let books = Books {
            word: |_| None,
            code: |code| (code == "E0202").then(|| "A page".to_owned()),
            today: || jcm_lsp::Date::constant(2026, 5, 1),
        };
        tokio::spawn(serve_on(input, output, books));
        let (answers, problems, told) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        let mut editor = Editor { to, from: BufReader::new(from), next: 0, answers, problems, told };
        let text = json!({"completion": {"completionItem": {"snippetSupport": true}}});
        let capabilities = json!({"general": {"positionEncodings": [encoding]}, "textDocument": text});
        let folders: Vec<Value> =
            folders.iter().map(|folder| json!({"uri": uri(folder), "name": "folder"})).collect();
        let params = json!({
            "processId": null,
            "rootUri": null,
            "workspaceFolders": folders,
            "capabilities": capabilities,
            "initializationOptions": options,
        });
        let answer = editor.ask("initialize", params).await;
        assert_eq!(answer["result"]["capabilities"]["positionEncoding"], encoding);
        editor.tell("initialized", json!({})).await;
        editor
    }

    async fn raw(&mut self, bytes: &[u8]) {
        self.to.write_all(bytes).await.unwrap();
    }

    async fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
    }

    async fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params})).await;
    }

    async fn request(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})).await;
        id
    }

    async fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params).await;
        self.until(|editor| editor.answers.remove(&id)).await
    }

    /// Reads messages until something holds.
    async fn until<T>(&mut self, mut holds: impl FnMut(&mut Editor) -> Option<T>) -> T {
        let ends = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = holds(self) {
                return found;
            }
            assert!(Instant::now() < ends, "the server has not answered");
            self.read().await;
        }
    }

    async fn read(&mut self) {
        let mut length = 0;
        loop {
            let mut line = String::new();
            let read = timeout(PATIENCE, self.from.read_line(&mut line)).await.expect("an answer in time");
            assert!(read.unwrap() > 0, "the server has ended");
            if line.trim().is_empty() {
                break;
            }
            if let Some(written) = line.to_lowercase().strip_prefix("content-length:") {
                length = written.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).await.unwrap();
        let message: Value = serde_json::from_slice(&body).unwrap();
        match (message["method"].as_str(), message["id"].as_i64()) {
            (Some("textDocument/publishDiagnostics"), _) => {
                let params = &message["params"];
                let told = (params["version"].as_i64(), params["diagnostics"].clone());
                self.told.push(told.clone());
                self.problems.insert(params["uri"].as_str().unwrap().to_owned(), told);
            }
            (Some(_), Some(id)) => self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null})).await,
            (None, Some(id)) => {
                self.answers.insert(id, message);
            }
            _ => {}
        }
    }

    async fn open(&mut self, uri: &str, version: i64, text: &str) {
        let document = json!({"uri": uri, "languageId": "jcm", "version": version, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document})).await;
    }

    async fn edit(&mut self, uri: &str, version: i64, changes: Value) {
        let params = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes});
        self.tell("textDocument/didChange", params).await;
    }

    /// The codes of the problems of a version.
    async fn codes(&mut self, uri: &str, version: i64) -> Vec<String> {
        let found = self.until(|editor| {
            let (told, problems) = editor.problems.get(uri)?;
            (*told == Some(version)).then(|| problems.clone())
        });
        let found = found.await;
        found.as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.to_str().unwrap())
}

fn in_session(session: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(session);
    runtime.shutdown_background();
}

fn base() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lsp/base.jcm")).unwrap()
}

/// Where a text stands, counted in `encoding`.
fn position(text: &str, wanted: &str, encoding: &str) -> Value {
    let before = &text[..text.find(wanted).unwrap()];
    let line = before.rsplit('\n').next().unwrap();
    let character = match encoding {
        "utf-8" => line.len(),
        "utf-16" => line.encode_utf16().count(),
        _ => line.chars().count(),
    };
    json!({"line": before.matches('\n').count(), "character": character})
}

#[test]
fn problems_come_and_go_with_edits_and_questions_are_answered() {
    in_session(async {
        for encoding in ["utf-8", "utf-16", "utf-32"] {
            let folder = tempfile::tempdir().unwrap();
            let contract = uri(&folder.path().join("contract.jcm"));
            let text =
                base() + "\nclause size \"Größe £\" in money {\n    The sum is 𝄞 {gain_share.share}.\n}\n";
            let mut editor = Editor::start(folder.path(), encoding).await;
            editor.open(&contract, 1, &text).await;
            let named = json!({"textDocument": {"uri": contract}});
            let _ = editor.codes(&contract, 1).await;

            let owners = position(&text, "council, acute\n}", encoding);
            let end = json!({"line": owners["line"], "character": owners["character"].as_u64().unwrap() + 7});
            let change = json!([{"range": {"start": owners, "end": end}, "text": "councl"}]);
            editor.edit(&contract, 2, change).await;
            assert!(editor.codes(&contract, 2).await.contains(&"E0202".to_owned()));
            let range = json!({"start": owners, "end": owners});
            let mut params = named.clone();
            params["range"] = range;
            params["context"] = json!({"diagnostics": []});
            let actions = editor.ask("textDocument/codeAction", params).await;
            let edits = &actions["result"][0]["edit"]["changes"][&contract];
            assert_eq!(edits[0]["newText"], "council", "{actions}");
            editor.edit(&contract, 3, json!([{"range": edits[0]["range"], "text": "council"}])).await;
            assert!(!editor.codes(&contract, 3).await.contains(&"E0202".to_owned()));

            let mut at = named.clone();
            at["position"] = position(&text, "share}.", encoding);
            let hover = editor.ask("textDocument/hover", at.clone()).await;
            assert!(
                hover["result"]["contents"]["value"].as_str().unwrap().contains("£300,000.00"),
                "{hover}"
            );
            at["newName"] = json!("portion");
            let rename = editor.ask("textDocument/rename", at).await;
            assert_eq!(rename["result"]["changes"][&contract].as_array().unwrap().len(), 4, "{rename}");
            for method in ["documentSymbol", "foldingRange", "codeLens", "semanticTokens/full"] {
                let answer = editor.ask(&format!("textDocument/{method}"), named.clone()).await;
                assert!(
                    answer["result"].is_array() || answer["result"]["data"].is_array(),
                    "{method}: {answer}"
                );
            }
            let found = editor.ask("workspace/symbol", json!({"query": "sharing"})).await;
            assert!(found["result"].as_array().unwrap().len() >= 2, "{found}");
            let library = editor.ask("jcm/libraryText", json!({"name": "jcm-std:/std/prelude.jcm"})).await;
            assert!(library["result"].as_str().unwrap().starts_with("jcm 1\n"));
            assert_eq!(editor.ask("jcm/explain", json!({"name": "E0202"})).await["result"], "A page");
            let mut params = named.clone();
            params["options"] = json!({"tabSize": 4, "insertSpaces": true});
            let formatted = editor.ask("textDocument/formatting", params).await;
            assert!(formatted["result"].is_array(), "{formatted}");
        }
    });
}

#[test]
fn a_file_that_the_contract_uses_counts_as_it_stands_in_the_editor() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let main = base().replacen("use std.measures.ascof", "use std.measures.ascof\nuse north.people", 1);
        std::fs::create_dir(folder.path().join("north")).unwrap();
        let module = "jcm 1\n\npopulation young \"Young people\" {\n    attributed:  by residence\n}\n";
        std::fs::write(folder.path().join("north/people.jcm"), module).unwrap();
        let main = main + "\nservice youth \"Youth work\" {\n    by:   council\n    for:  young\n}\n";
        std::fs::write(folder.path().join("contract.jcm"), &main).unwrap();
        let contract = uri(&folder.path().join("contract.jcm"));
        let people = uri(&folder.path().join("north/people.jcm"));
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        editor.open(&people, 1, module).await;
        assert!(editor.codes(&people, 1).await.is_empty());
        editor.edit(&people, 2, json!([{"text": module.replace("young ", "youths ")}])).await;
        // The contract is not open, and hears of it all the same.
        let told = editor.until(|editor| {
            let (_, problems) = editor.problems.get(&contract)?;
            let problems = problems.as_array().unwrap();
            problems.iter().any(|problem| problem["code"] == "E0202").then_some(())
        });
        told.await;
        editor.tell("textDocument/didClose", json!({"textDocument": {"uri": people}})).await;
        let mended = editor.until(|editor| {
            let problems = editor.problems.get(&contract)?.1.as_array().unwrap().clone();
            problems.iter().all(|problem| problem["code"] != "E0202").then_some(())
        });
        mended.await;
    });
}

#[test]
fn what_is_no_message_does_not_end_the_server() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let contract = uri(&folder.path().join("contract.jcm"));
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        editor.open(&contract, 1, &base()).await;
        for body in
            ["{", "[]", "null", "{\"jsonrpc\":\"2.0\"}", "\u{fffd}", "{\"jsonrpc\":\"2.0\",\"method\":3}"]
        {
            editor.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
        }
        editor.raw(b"Content-Length: 3\r\n\r\n\xff\xfe\xfd").await;
        editor.raw(b"X-Nothing: 1\r\nContent-Length: 2\r\n\r\n{}").await;
        editor.tell("textDocument/didChange", json!({"textDocument": 5})).await;
        editor.tell("textDocument/didOpen", json!(null)).await;
        editor.tell("no/such", json!({})).await;
        editor.edit("file:///nowhere.jcm", 9, json!([{"text": "x"}])).await;
        editor.edit("not an address", 9, json!([{"text": "x"}])).await;
        let far = json!({"line": 4_000_000_000_u32, "character": 4_000_000_000_u32});
        let backwards =
            json!([{"range": {"start": far, "end": {"line": 0, "character": 0}}, "text": "\n// end\n"}]);
        editor.edit(&contract, 2, backwards).await;
        assert!(editor.ask("no/such", json!({})).await["error"].is_object());
        let answer = editor.ask("textDocument/hover", json!({"textDocument": {}})).await;
        assert!(answer["error"].is_object(), "{answer}");
        let named = json!({"uri": "http://elsewhere.example/x.jcm"});
        let answer = editor.ask("textDocument/hover", json!({"textDocument": named, "position": far})).await;
        assert!(answer["error"].is_null(), "{answer}");
        let at = json!({"textDocument": {"uri": contract}, "position": {"line": 4, "character": 10}});
        let hover = editor.ask("textDocument/hover", at).await;
        assert!(hover["result"]["contents"]["value"].as_str().unwrap().contains("Vale Alliance"), "{hover}");
    });
}

/// Numbers that look like any, and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

fn place_of(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let line = before.rsplit('\n').next().unwrap();
    json!({"line": before.matches('\n').count(), "character": line.encode_utf16().count()})
}

#[test]
fn after_any_edits_and_questions_the_problems_are_those_of_a_fresh_server() {
    in_session(async {
        let pieces = [
            "\n",
            "}",
            "{",
            "partner x \"X\" {\n",
            "\"",
            "£5",
            "council",
            " ",
            "// ",
            "line y \"Y\" = ",
            "(",
            "é𝄞",
            ",",
        ];
        let methods = [
            "hover",
            "completion",
            "definition",
            "documentHighlight",
            "signatureHelp",
            "references",
            "prepareRename",
        ];
        for seed in 0..6 {
            let mut dice = Dice(seed * 7919 + 1);
            let folder = tempfile::tempdir().unwrap();
            let contract = uri(&folder.path().join("contract.jcm"));
            let mut editor = Editor::start(folder.path(), "utf-16").await;
            let mut text = base();
            editor.open(&contract, 0, &text).await;
            let mut version = 0;
            let mut asked = Vec::new();
            for _ in 0..40 {
                if dice.below(3) < 2 {
                    let bound = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap();
                    let start = bound(dice.below(text.len() + 1));
                    let end = bound((start + dice.below(12)).min(text.len())).max(start);
                    let piece = pieces[dice.below(pieces.len())];
                    let range = json!({"start": place_of(&text, start), "end": place_of(&text, end)});
                    text.replace_range(start..end, piece);
                    version += 1;
                    editor.edit(&contract, version, json!([{"range": range, "text": piece}])).await;
                } else {
                    let position = json!({"line": dice.below(70), "character": dice.below(60)});
                    let mut params = json!({"textDocument": {"uri": contract}, "position": position});
                    params["context"] = json!({"includeDeclaration": true});
                    let method = format!("textDocument/{}", methods[dice.below(methods.len())]);
                    let id = editor.request(&method, params).await;
                    if dice.below(4) == 0 {
                        editor.tell("$/cancelRequest", json!({"id": id})).await;
                    }
                    asked.push(id);
                }
            }
            // Every question has an answer, be it that it was taken back.
            for id in asked {
                editor.until(|editor| editor.answers.remove(&id)).await;
            }
            same_in_a_fresh_server(&mut editor, folder.path(), &contract, version, &text).await;
        }
    });
}

/// Waits until an editor was told what a fresh server tells of the same text. Examples come later, and in any order.
async fn same_in_a_fresh_server(
    editor: &mut Editor,
    folder: &Path,
    contract: &str,
    version: i64,
    text: &str,
) {
    let mut fresh = Editor::start(folder, "utf-16").await;
    fresh.open(contract, version, text).await;
    let ends = Instant::now() + PATIENCE;
    loop {
        let _ = editor.codes(contract, version).await;
        let _ = fresh.codes(contract, version).await;
        if editor.problems[contract] == fresh.problems[contract] {
            return;
        }
        assert!(Instant::now() < ends, "{:?}\n{:?}", editor.problems, fresh.problems);
        editor.ask("jcm/explain", json!({"name": ""})).await;
        fresh.ask("jcm/explain", json!({"name": ""})).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A contract with a knob, an incentive and an example, whose figures can be worked out by hand.
const SHARED: &str = r#"jcm 1

contract small "Small" {
    term:      2026-04-01 to 2028-03-31
    currency:  GBP
    law:       england_and_wales
    settled:   every financial_year, provisional within 2 months, final within 6 months
    rounding:  half_even to £0.01
}

partner council "Council" {
    role: commissioner
}

partner trust "Trust" {
    role: provider
}

knob rate "Sharing rate" : percent = 50%, from 30% to 60%

incentive share "Share" {
    input saved "Saving" : £
    line due "Due" = rate of saved
    pays due from council to trust
}

example "A saving" of share in 2026/27 {
    given  saved = £250,000
    expect due = £125,000
}
"#;

#[test]
fn the_page_the_examples_and_what_if_are_answered_beyond_the_protocol() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        let uri = uri(&folder.path().join("contract.jcm"));
        editor.open(&uri, 1, SHARED).await;
        let about = json!({"textDocument": {"uri": uri}});

        let contract = editor.ask("jcm/contract", about.clone()).await;
        assert_eq!(contract["result"]["main"], json!(uri));
        assert_eq!(contract["result"]["periods"], json!(["2026/27", "2027/28"]));

        let page = editor.ask("jcm/preview", about.clone()).await;
        assert!(page["result"]["html"].as_str().unwrap().contains("Sharing rate"));
        let anchors = page["result"]["anchors"].as_array().unwrap();
        let knob =
            anchors.iter().find(|place| place["anchor"] == "figure-rate").expect("the knob is on the page");
        assert_eq!(knob["location"]["range"]["start"], json!({"line": 18, "character": 5}));

        let at = SHARED.find("250,000").unwrap();
        let mut asked = about.clone();
        asked["source"] = json!(format!("0:{at}-{}", at + 7));
        let place = editor.ask("jcm/place", asked.clone()).await;
        // The pound sign before it is two bytes and one column.
        assert_eq!(place["result"]["range"]["start"], json!({"line": 27, "character": 20}));
        asked["source"] = json!("0:9-999999");
        assert_eq!(editor.ask("jcm/place", asked).await["result"], Value::Null);

        let examples = editor.ask("jcm/examples", about.clone()).await;
        let example = examples["result"][0].clone();
        assert_eq!((&example["title"], &example["differences"]), (&json!("A saving"), &json!([])));

        let mut asked = about.clone();
        asked["example"] = example["name"].clone();
        asked["moves"] = json!({"rate": 300, "share.saved": "£100,000"});
        let found = editor.ask("jcm/whatIf", asked).await;
        let due = &found["result"]["periods"][0]["lines"][0];
        assert_eq!((&due["before"], &due["after"]), (&json!("£125,000.00"), &json!("£60,000.00")));
        assert_eq!(found["result"]["periods"][0]["partners"][0]["difference"], "−£65,000.00");

        let models = editor.ask("jcm/models", Value::Null).await;
        let models = models["result"].as_array().unwrap();
        let alliance =
            models.iter().find(|model| model["name"] == "alliance").expect("the alliance is a model");
        let asks = ["commissioner", "provider", "other provider", "place", "start", "budget"];
        assert_eq!(alliance["asks"], json!(asks));
    });
}

#[test]
fn an_example_that_differs_says_where_and_a_broken_contract_has_no_page() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        let uri = uri(&folder.path().join("contract.jcm"));
        editor.open(&uri, 1, &SHARED.replace("£125,000", "£126,000")).await;
        let about = json!({"textDocument": {"uri": uri}});
        let examples = editor.ask("jcm/examples", about.clone()).await;
        let difference = &examples["result"][0]["differences"][0];
        assert_eq!(
            (&difference["expected"], &difference["found"]),
            (&json!("£126,000.00"), &json!("£125,000.00"))
        );
        assert_eq!(difference["at"]["range"]["start"]["line"], 28);
        assert_eq!(difference["declared"]["range"]["start"]["line"], 22);

        let broken = format!("{SHARED}\npartner other {{\n    rle: provider\n}}\n");
        let change =
            json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": broken}]});
        editor.tell("textDocument/didChange", change).await;
        for method in ["jcm/preview", "jcm/examples", "jcm/assurance"] {
            assert_eq!(editor.ask(method, about.clone()).await["result"], Value::Null, "{method}");
        }
        assert_eq!(editor.ask("jcm/contract", about).await["result"]["periods"], json!([]));
    });
}

#[test]
fn a_question_can_be_taken_back_and_nothing_old_is_told_while_a_long_contract_is_read() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        let uri = uri(&folder.path().join("contract.jcm"));
        let (_, block) = SHARED.split_at(SHARED.find("knob rate").unwrap());
        let copies: String = (0..150)
            .map(|copy| {
                let copied = block.replace("rate", &format!("rate_{copy}"));
                copied.replace(" share", &format!(" share_{copy}"))
            })
            .collect();
        let text = format!("{SHARED}\n{copies}");
        editor.open(&uri, 1, &text).await;
        let at = json!({"textDocument": {"uri": uri}, "position": {"line": 18, "character": 6}});
        let taken_back = editor.request("textDocument/hover", at.clone()).await;
        editor.tell("$/cancelRequest", json!({"id": taken_back})).await;
        let wanted = editor.request("textDocument/hover", at).await;
        let place = |version: usize| json!({"line": 18, "character": 6 + version});
        let typed =
            |from: Value, to: Value, new: &str| json!([{"range": {"start": from, "end": to}, "text": new}]);
        editor.edit(&uri, 2, typed(place(0), place(0), "x")).await;
        editor.edit(&uri, 3, typed(place(0), place(1), "")).await;
        assert_eq!(editor.codes(&uri, 3).await, Vec::<String>::new());

        let answer = editor.until(|editor| editor.answers.remove(&taken_back)).await;
        assert_eq!(answer["error"]["code"], -32800, "{answer}");
        let answer = editor.until(|editor| editor.answers.remove(&wanted)).await;
        assert!(answer["result"]["contents"]["value"].as_str().unwrap().contains("Sharing rate"), "{answer}");
        let versions: Vec<Option<i64>> = editor.told.iter().map(|(version, _)| *version).collect();
        assert!(versions.is_sorted(), "{versions:?}");
        let of_last = editor.told.iter().filter(|(version, _)| *version == Some(3));
        assert!(of_last.into_iter().all(|(_, problems)| *problems == json!([])), "{:?}", editor.told);
    });
}
