//! The parts of a page that the language itself makes, between `<!-- generated:fields partner -->` and
//! `<!-- /generated -->`.

use super::{clause_bank, files};
use jcm_sema::schema::{self, Schema};
use jcm_syntax::ast::{DeclarationKind, Name, Operator, TermKind, Word};
use libtest_mimic::Failed;
use serde_json::Value;

const START: &str = "<!-- generated:";
const END: &str = "<!-- /generated -->";

/// A page with every generated part as it is now.
pub(crate) fn current(page: &str) -> Result<String, Failed> {
    let mut made = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once(START) {
        let what = after.split(" -->").next().unwrap_or_default();
        let Some((_, after)) = after.split_once(END) else {
            return Err(format!("`{what}` has no end").into());
        };
        made.push_str(&format!("{before}{START}{what} -->\n\n{}\n{END}", part(what)?));
        rest = after;
    }
    made.push_str(rest);
    Ok(made)
}

/// The kinds whose fields a page lists.
pub(crate) fn kinds(page: &str) -> Vec<&'static Schema> {
    let marks =
        page.split(START).skip(1).filter_map(|mark| mark.split(" -->").next()?.strip_prefix("fields "));
    marks.filter_map(|kind| schema::of(DeclarationKind::from_word(kind)?)).collect()
}

fn part(what: &str) -> Result<String, Failed> {
    let mut words = what.split_whitespace();
    match (words.next(), words.next()) {
        (Some("fields"), Some(kind)) => {
            let schema = DeclarationKind::from_word(kind).and_then(schema::of);
            schema.map(fields).ok_or_else(|| format!("there is no kind `{kind}`").into())
        }
        (Some("units"), None) => units(),
        (Some("words"), None) => Ok(words_of_the_language()),
        (Some("codes"), None) => codes(),
        (Some("facts"), None) => Ok(facts()),
        (Some("operations"), None) => operations(),
        (Some("clauses"), None) => clauses(),
        _ => Err(format!("nothing is known of `generated:{what}`").into()),
    }
}

fn fields(schema: &Schema) -> String {
    let mut out = format!("It begins: `{}`\n", schema.opening);
    if !schema.fields.is_empty() {
        let row = |field: &schema::Field| {
            let needed = if field.required { "yes" } else { "" };
            [format!("`{}`", field.name), needed.to_owned(), field.expects.to_owned(), code(field.example)]
        };
        let rows: Vec<[String; 4]> = schema.fields.iter().map(row).collect();
        out.push('\n');
        out.push_str(&table(["Field", "Needed", "What it expects", "For example"], &rows));
    }
    if !schema.statements.is_empty() {
        out.push_str(&format!("\nBesides fields: {}.\n", schema.statements));
    }
    out
}

/// The counted things of the prelude.
fn units() -> Result<String, Failed> {
    let text = files::read(&files::path("stdlib/prelude.jcm"))?;
    let ast = jcm_syntax::ast(&jcm_syntax::parse(&text), jcm::FileId(0));
    let rows: Vec<[String; 2]> = ast
        .declarations
        .iter()
        .filter(|declaration| declaration.kind == DeclarationKind::Unit)
        .filter_map(|declaration| {
            let many = &declaration.name.as_ref()?.text;
            let jcm_syntax::ast::Body::Block(members) = &declaration.body else { return None };
            let terms = members.iter().flat_map(|member| &member.value).flat_map(|phrase| &phrase.terms);
            let names = terms.filter_map(|term| match &term.kind {
                TermKind::Path(path) => path.first(),
                _ => None,
            });
            let one: Vec<String> = names.map(|name: &Name| format!("`{}`", name.text)).collect();
            Some([format!("`{many}`"), one.join(", ")])
        })
        .collect();
    Ok(table(["Many", "One"], &rows))
}

fn words_of_the_language() -> String {
    let row = |word: &str, doc: &str| [format!("`{word}`"), doc.to_owned()];
    let kinds: Vec<[String; 2]> =
        DeclarationKind::ALL.iter().map(|kind| row(kind.word(), kind.doc())).collect();
    let words: Vec<[String; 2]> = Word::ALL.iter().map(|word| row(word.word(), word.doc())).collect();
    let signs = ["+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "×", "÷", "≠", "≤", "≥"];
    let signs: Vec<String> = signs
        .iter()
        .filter(|sign| Operator::from_symbol(sign).is_some())
        .map(|sign| format!("`{sign}`"))
        .collect();
    format!(
        "## Words that begin a declaration\n\n{}\n## Words inside one\n\n{}\n## Signs\n\n{}\n",
        table(["Word", "What it says"], &kinds),
        table(["Word", "What it says"], &words),
        signs.join(" ")
    )
}

/// Every code with the first line of its page.
fn codes() -> Result<String, Failed> {
    let mut rows = Vec::new();
    for (name, path) in files::under("tests/reference/errors", "md") {
        let text = files::read(&path)?;
        let title = text.lines().next().and_then(|line| line.split_once(": ")).map_or("", |(_, title)| title);
        rows.push([format!("[{name}](errors/{name}.md)"), title.to_owned()]);
    }
    Ok(table(["Code", "What it means"], &rows))
}

/// Every clause of the library.
fn clauses() -> Result<String, Failed> {
    Ok(table(["Clause", "Title", "Covers", "Asked by", "Where"], &clause_bank::rows()?))
}

/// What criteria can ask of each kind.
fn facts() -> String {
    let of = |kind: &jcm_model::KindFacts| {
        let names: Vec<String> = kind.facts.iter().map(|fact| format!("`{}`", fact.name)).collect();
        [format!("`{}`", kind.kind), names.join(", ")]
    };
    let rows: Vec<[String; 2]> =
        jcm_model::KINDS.iter().filter(|kind| !kind.facts.is_empty()).map(of).collect();
    table(["Of a", "Facts"], &rows)
}

/// Every operation of the settlement specification, as its schema has them.
fn operations() -> Result<String, Failed> {
    let schema: Value = serde_json::from_str(&jcm_spec::schema())?;
    let all = schema.pointer("/$defs/Expression/oneOf").and_then(Value::as_array);
    let row = |operation: &Value| {
        let name = operation.pointer("/properties/op/const")?.as_str()?;
        let doc = operation.get("description").and_then(Value::as_str).unwrap_or_default();
        Some([format!("`{name}`"), doc.split_whitespace().collect::<Vec<_>>().join(" ")])
    };
    let rows: Vec<[String; 2]> = all.into_iter().flatten().filter_map(row).collect();
    if rows.is_empty() {
        Err("the schema lists no operations".into())
    } else {
        Ok(table(["Operation", "Is"], &rows))
    }
}

/// A table that reads well as text, too.
fn table<const N: usize>(headers: [&str; N], rows: &[[String; N]]) -> String {
    let escaped: Vec<[String; N]> =
        rows.iter().map(|row| row.clone().map(|cell| cell.replace('|', "\\|"))).collect();
    let headers = headers.map(str::to_owned);
    let mut widths = headers.clone().map(|header| header.chars().count());
    for row in &escaped {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &[String; N]| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("| {cell:<width$} "));
        cells.collect::<String>() + "|\n"
    };
    let rule: String = widths.iter().map(|width| format!("| {} ", "-".repeat(*width))).collect();
    format!("{}{rule}|\n{}", line(&headers), escaped.iter().map(line).collect::<String>())
}

/// A line of source in the text of a page; one with backticks would need more of them.
fn code(text: &str) -> String {
    format!("`{text}`")
}
