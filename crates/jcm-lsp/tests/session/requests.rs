//! Requests that editors came to know later: problems that are asked for, the layout of a part, what figures are worked
//! out from, several folders, and texts that no disk has.

use super::{Dice, Editor, base, in_session, position, same_in_a_fresh_server, uri};
use serde_json::{Value, json};

/// The codes of the problems in an answer.
fn codes(items: &Value) -> Vec<&str> {
    items.as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap()).collect()
}

/// A text after edits, none of which touches another.
pub(super) fn after(text: &str, edits: &Value) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let offset = |at: &Value| {
        let line = usize::try_from(at["line"].as_u64().unwrap()).unwrap();
        let character = usize::try_from(at["character"].as_u64().unwrap()).unwrap();
        let before: usize = lines[..line].iter().map(|line| line.len() + 1).sum();
        // The test's own texts have no character outside of the first plane before a place.
        before
            + lines
                .get(line)
                .map_or(0, |line| line.char_indices().nth(character).map_or(line.len(), |(at, _)| at))
    };
    let mut spans: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (offset(&range["start"]), offset(&range["end"]), edit["newText"].as_str().unwrap())
        })
        .collect();
    spans.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in spans.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}

#[test]
fn problems_are_asked_for_and_then_not_told() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let (here, there) = (folder.path().join("contract.jcm"), folder.path().join("other/contract.jcm"));
        std::fs::create_dir(folder.path().join("other")).unwrap();
        std::fs::write(&there, base().replace("owners:     council, acute", "owners:     counsil, acute"))
            .unwrap();
        let mut editor = Editor::start_with(&[folder.path()], "utf-16", json!({"problems": "pull"})).await;
        let contract = uri(&here);
        editor.open(&contract, 1, &base().replace("from fund to acute", "from fund to acut")).await;
        let named = json!({"textDocument": {"uri": contract}});
        let answer = editor.ask("textDocument/diagnostic", named.clone()).await;
        assert_eq!(answer["result"]["kind"], "full");
        assert_eq!(codes(&answer["result"]["items"]), ["E0202"]);
        editor.edit(&contract, 2, json!([{"text": base()}])).await;
        let answer = editor.ask("textDocument/diagnostic", named).await;
        assert!(codes(&answer["result"]["items"]).iter().all(|code| !code.starts_with('E')));
        // A contract that is not open is one of the workspace.
        let answer = editor.ask("workspace/diagnostic", json!({"previousResultIds": []})).await;
        let items = answer["result"]["items"].as_array().unwrap();
        let other = items.iter().find(|item| item["uri"] == uri(&there)).unwrap();
        assert!(codes(&other["items"]).contains(&"E0202"), "{other}");
        assert!(editor.problems.is_empty(), "what is asked for is not told too: {:?}", editor.problems);
    });
}

#[test]
fn a_part_is_laid_out_and_nothing_else() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let contract = uri(&folder.path().join("contract.jcm"));
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        let options = json!({"tabSize": 4, "insertSpaces": true});
        let document = json!({"uri": contract});
        let whole = json!({"textDocument": document, "options": options});
        editor.open(&contract, 1, &base()).await;
        let answer = editor.ask("textDocument/formatting", whole.clone()).await;
        let tidy = after(&base(), &answer["result"]);
        let text = tidy.replace("    role: commissioner", "  role:   commissioner");
        let text = text.replace("    role: provider", " role:  provider");
        editor.edit(&contract, 2, json!([{"text": text}])).await;
        let answer = editor.ask("textDocument/formatting", whole).await;
        assert_eq!(after(&text, &answer["result"]), tidy);

        let start = position(&text, "partner council", "utf-16");
        let end = position(&text, "partner acute", "utf-16");
        let range = json!({"start": start, "end": end});
        let part = json!({"textDocument": document, "range": range, "options": options});
        let answer = editor.ask("textDocument/rangeFormatting", part).await;
        let only_council = tidy.replace("    role: provider\n", " role:  provider\n");
        assert_eq!(after(&text, &answer["result"]), only_council);

        // The brace that ends a declaration lays it out.
        let mut at = position(&text, "population older_people", "utf-16");
        at["line"] = (at["line"].as_u64().unwrap() - 2).into();
        at["character"] = 1.into();
        let typed = json!({"textDocument": document, "position": at, "ch": "}", "options": options});
        let answer = editor.ask("textDocument/onTypeFormatting", typed).await;
        let only_acute = text.replace(" role:  provider\n", "    role: provider\n");
        assert_eq!(after(&text, &answer["result"]), only_acute);
    });
}

#[test]
fn figures_lead_to_what_they_are_worked_out_from_and_back() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let contract = uri(&folder.path().join("contract.jcm"));
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        let text = base();
        editor.open(&contract, 1, &text).await;
        let figure = |name: &str| json!({"textDocument": {"uri": contract}, "position": position(&text, name, "utf-16")});
        let names = |answer: &Value, end: &str| {
            let calls = answer["result"].as_array().unwrap().iter();
            calls.map(|call| call[end]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let share = editor.ask("textDocument/prepareCallHierarchy", figure("share  \"The")).await;
        let share = share["result"][0].clone();
        let answer = editor.ask("callHierarchy/outgoingCalls", json!({"item": share})).await;
        let from = names(&answer, "to");
        assert!(from.iter().any(|name| name.contains("saving")), "{from:?}");
        assert!(
            from.iter().any(|name| name.contains("sharing_rate") || name.contains("Sharing rate")),
            "{from:?}"
        );
        let saving = editor.ask("textDocument/prepareCallHierarchy", figure("saving \"Saving")).await;
        let saving = saving["result"][0].clone();
        let answer = editor.ask("callHierarchy/incomingCalls", json!({"item": saving})).await;
        let into = names(&answer, "from");
        assert!(into.iter().any(|name| name.contains("share")), "{into:?}");
        // Where no figure stands there is nothing to lead anywhere.
        let nothing = editor.ask("textDocument/prepareCallHierarchy", figure("I stay at home")).await;
        assert!(nothing["result"].is_null(), "{nothing}");
    });
}

#[test]
fn each_folder_has_a_contract_of_its_own() {
    in_session(async {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let [first, second] = [&one, &two].map(|folder| folder.path().join("contract.jcm"));
        std::fs::write(&second, base()).unwrap();
        let mut editor = Editor::start_with(&[one.path(), two.path()], "utf-16", json!({})).await;
        let (first, second) = (uri(&first), uri(&second));
        // The first contract calls its hospital by another name; the second keeps its own.
        let renamed = base().replace("acute", "trust");
        editor.open(&first, 1, &renamed).await;
        editor.open(&second, 1, &base()).await;
        let is_error = |code: &String| code.starts_with('E');
        assert!(!editor.codes(&first, 1).await.iter().any(is_error));
        assert!(!editor.codes(&second, 1).await.iter().any(is_error));
        let at = position(&renamed, "trust \"Vale", "utf-16");
        let params =
            json!({"textDocument": {"uri": first}, "position": at, "context": {"includeDeclaration": true}});
        let answer = editor.ask("textDocument/references", params).await;
        let places = answer["result"].as_array().unwrap();
        assert!(places.len() > 1 && places.iter().all(|place| place["uri"] == first), "{places:?}");
        let found = editor.ask("workspace/symbol", json!({"query": "acute"})).await;
        let found = found["result"].as_array().unwrap();
        assert!(found.iter().any(|symbol| symbol["location"]["uri"] == second), "{found:?}");
        // A folder that goes takes nothing of the other with it.
        let gone = json!({"event": {"added": [], "removed": [{"uri": uri(two.path()), "name": "folder"}]}});
        editor.tell("workspace/didChangeWorkspaceFolders", gone).await;
        editor.edit(&first, 2, json!([{"text": renamed}])).await;
        assert!(!editor.codes(&first, 2).await.iter().any(is_error));
    });
}

#[test]
fn a_text_that_no_disk_has_is_a_contract_too() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        let contract = "untitled:Untitled-1";
        let text = base().replace("from fund to acute", "from fund to acut");
        editor.open(contract, 1, &text).await;
        assert!(editor.codes(contract, 1).await.contains(&"E0202".to_owned()));
        let at = position(&text, "acut\n", "utf-16");
        let answer = editor
            .ask("textDocument/completion", json!({"textDocument": {"uri": contract}, "position": at}))
            .await;
        let offered = answer["result"].to_string();
        assert!(offered.contains("acute"), "{offered}");
        editor.edit(contract, 2, json!([{"text": base()}])).await;
        assert!(editor.codes(contract, 2).await.iter().all(|code| !code.starts_with('E')));
    });
}

#[test]
fn everything_that_need_not_be_read_is_mended_at_once() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let contract = uri(&folder.path().join("contract.jcm"));
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        let text = base()
            .replace("\"Vale Hospitals\"", "“Vale Hospitals”")
            .replace("currency:  GBP", "currency:  GBP;");
        assert!(text != base(), "the contract of the tests has other words by now");
        editor.open(&contract, 1, &text).await;
        assert!(editor.codes(&contract, 1).await.contains(&"E0105".to_owned()));
        let everywhere = json!({"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}});
        let wanted = json!({"diagnostics": [], "only": ["source.fixAll"]});
        let asked = json!({"textDocument": {"uri": contract}, "range": everywhere, "context": wanted});
        let answer = editor.ask("textDocument/codeAction", asked).await;
        let [action] = answer["result"].as_array().unwrap().as_slice() else { panic!("{answer}") };
        assert_eq!(action["kind"], "source.fixAll");
        let edits = action["edit"]["changes"][&contract].clone();
        let edits =
            if edits.is_null() { action["edit"]["documentChanges"][0]["edits"].clone() } else { edits };
        assert_eq!(after(&text, &edits), base());
    });
}

/// What editors may ask besides what the other session asks.
const NEWER: &[&str] = &[
    "formatting",
    "rangeFormatting",
    "onTypeFormatting",
    "prepareCallHierarchy",
    "linkedEditingRange",
    "diagnostic",
    "codeLens",
    "codeAction",
    "inlayHint",
    "foldingRange",
    "selectionRange",
    "semanticTokens/full",
    "documentSymbol",
    "documentLink",
];

/// What a question about some place of a text says, with more than any of them needs.
fn anywhere(dice: &mut Dice, contract: &str) -> Value {
    let mut place = || json!({"line": dice.below(80), "character": dice.below(60)});
    let (at, end) = (place(), place());
    json!({
        "textDocument": {"uri": contract},
        "position": at,
        "positions": [at],
        "range": {"start": at, "end": end},
        "ch": if dice.below(2) == 0 { "}" } else { "\n" },
        "options": {"tabSize": 4, "insertSpaces": true},
        "context": {"diagnostics": []},
    })
}

#[test]
fn after_any_edits_and_newer_questions_the_problems_are_those_of_a_fresh_server() {
    in_session(async {
        let pieces = [
            "\n",
            "}",
            "{",
            "incentive ",
            "\"",
            "£5",
            "fund",
            "  ",
            "// ",
            "line y \"Y\" = ",
            ")",
            "é𝄞",
            ":",
        ];
        for seed in 0..4 {
            let mut dice = Dice(seed * 104_729 + 7);
            let folder = tempfile::tempdir().unwrap();
            let contract = uri(&folder.path().join("contract.jcm"));
            let mut editor = Editor::start(folder.path(), "utf-16").await;
            let mut text = base();
            editor.open(&contract, 0, &text).await;
            let mut version = 0;
            let mut asked = Vec::new();
            for _ in 0..40 {
                if dice.below(3) == 0 {
                    let bound = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap();
                    let start = bound(dice.below(text.len() + 1));
                    let end = bound((start + dice.below(9)).min(text.len())).max(start);
                    let piece = pieces[dice.below(pieces.len())];
                    let range =
                        json!({"start": super::place_of(&text, start), "end": super::place_of(&text, end)});
                    text.replace_range(start..end, piece);
                    version += 1;
                    editor.edit(&contract, version, json!([{"range": range, "text": piece}])).await;
                    continue;
                }
                let params = anywhere(&mut dice, &contract);
                let method = format!("textDocument/{}", NEWER[dice.below(NEWER.len())]);
                let id = editor.request(&method, params).await;
                if dice.below(4) == 0 {
                    editor.tell("$/cancelRequest", json!({"id": id})).await;
                }
                asked.push(id);
            }
            // Every question has an answer, be it that it was taken back.
            for id in asked {
                editor.until(|editor| editor.answers.remove(&id)).await;
            }
            same_in_a_fresh_server(&mut editor, folder.path(), &contract, version, &text).await;
        }
    });
}

#[test]
fn each_of_several_contracts_is_told_what_its_examples_and_lints_find() {
    in_session(async {
        let folder = tempfile::tempdir().unwrap();
        let mut editor = Editor::start(folder.path(), "utf-16").await;
        let differs = base().replace("expect share       = £300,000", "expect share       = £300,001");
        assert_ne!(differs, base());
        let texts: Vec<String> =
            ["a", "b", "c"].iter().map(|name| uri(&folder.path().join(name).join("contract.jcm"))).collect();
        for text in &texts {
            editor.open(text, 1, &base()).await;
        }
        // In one piece, so that all of them wait to be worked out at once.
        let mut edits = String::new();
        for text in &texts {
            let params =
                json!({"textDocument": {"uri": text, "version": 2}, "contentChanges": [{"text": differs}]});
            let edit =
                json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}).to_string();
            edits.push_str(&format!("Content-Length: {}\r\n\r\n{edit}", edit.len()));
        }
        editor.raw(edits.as_bytes()).await;
        for text in &texts {
            let told = |editor: &mut Editor| {
                let (version, problems) = editor.problems.get(text)?;
                let differs = problems.as_array()?.iter().any(|problem| problem["code"] == "E0510");
                (*version == Some(2) && differs).then_some(())
            };
            editor.until(told).await;
        }
    });
}
