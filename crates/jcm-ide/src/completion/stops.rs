//! What is typed over in a snippet: a text, or one of a few that an editor lists; and a snippet as plain text.

use crate::analysis::Analysis;
use crate::index::{Symbol, wanted_kinds};
use crate::place::members;
use jcm_sema::schema::Field;
use jcm_syntax::ast::DeclarationKind as Kind;

use super::names::escaped;
use super::offers::{backticked, example_value};

/// The most that an editor lists at once without being asked.
const MOST: usize = 30;

/// A text that is typed over.
pub(super) fn stop(number: u32, text: &str) -> String {
    format!("${{{number}:{}}}", escaped(text))
}

/// One of a few texts, the first of which stands there until another is chosen.
pub(super) fn choice(number: u32, texts: &[&str]) -> String {
    match texts {
        [] | [_] => stop(number, texts.first().copied().unwrap_or_default()),
        _ => {
            let texts: Vec<String> =
                texts.iter().map(|text| escaped(text).replace('|', "\\|").replace(',', "\\,")).collect();
            format!("${{{number}|{}|}}", texts.join(","))
        }
    }
}

/// The same, with `first` before the others.
pub(super) fn choice_from(number: u32, first: &str, others: &[&str]) -> String {
    let others = others.iter().copied().filter(|other| *other != first);
    choice(number, &std::iter::once(first).chain(others).take(MOST).collect::<Vec<_>>())
}

/// What a field takes: one of a closed list, of the words that it usually has or of the contract's own names, or the
/// value of its example. The quotes of a text stay where they are.
pub(super) fn value(analysis: &Analysis, field: &Field, number: u32) -> String {
    let example = example_value(field);
    if let Some(text) = example.strip_prefix('"').and_then(|text| text.strip_suffix('"'))
        && !text.contains('"')
    {
        return format!("\"{}\"", stop(number, text));
    }
    if let Some(values) = closed_list(field) {
        return choice_from(number, example, &values);
    }
    let kinds = wanted_kinds(field.expects);
    let own = own_names(analysis, &kinds);
    let usual = usual(analysis, field);
    match (own.as_slice(), usual.as_slice()) {
        ([], []) => stop(number, example),
        ([], usual) => choice_from(number, example, usual),
        _ if field.expects.contains("two or more") => stop(number, &own.join(", ")),
        ([first, ..], _) if is_one_name(example) => choice_from(number, first, &own),
        _ => stop(number, example),
    }
}

/// The words that a field usually has, which a list of the library says.
pub(super) fn usual<'a>(analysis: &'a Analysis, field: &Field) -> Vec<&'a str> {
    let library = analysis.modules().iter().filter(|module| !module.is_own());
    let mut lists = library.flat_map(|module| module.ast.declarations());
    let list = lists.find(|declared| {
        let name = declared.name.as_ref().map(|name| name.text.as_str());
        declared.kind == Kind::Choice && name.is_some() && name == field.usual
    });
    let words = list.into_iter().flat_map(members).flat_map(|member| &member.value);
    words.filter_map(|phrase| Some(phrase.terms.first()?.name()?.text.as_str())).collect()
}

/// The same as it stands when nothing is typed over.
pub(crate) fn plain_value(analysis: &Analysis, field: &Field) -> String {
    without_stops(&value(analysis, field, 1))
}

/// The values of a field that takes one of a list. A longer value, such as one with figures in it, is only an example.
pub(crate) fn closed_list(field: &Field) -> Option<Vec<&str>> {
    // A word such as the `to` of "`to` and a partner" is only the beginning of a value.
    let begins = |value: &str| field.expects.contains(&format!("`{value}` and a "));
    let values = backticked(field.expects).filter(|value| is_one_name(value) && !begins(value));
    let values: Vec<&str> = values.collect();
    values.contains(&example_value(field)).then_some(values)
}

fn is_one_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// The names that the contract itself gives to things of some kinds, in order.
pub(crate) fn own_names<'a>(analysis: &'a Analysis, kinds: &[Kind]) -> Vec<&'a str> {
    let own = |symbol: &&Symbol| !symbol.library && kinds.iter().any(|kind| symbol.is(*kind));
    let symbols = analysis.index().symbols().map(|(_, symbol)| symbol).filter(own);
    symbols.map(|symbol| symbol.name.as_str()).collect()
}

/// A snippet as plain text, for an editor that knows none: of a list, its first.
pub fn without_stops(snippet: &str) -> String {
    let mut plain = String::new();
    let mut letters = snippet.chars().peekable();
    let mut open = 0_u32;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.extend(letters.next()),
            '$' if letters.next_if_eq(&'{').is_some() => {
                while letters.next_if(char::is_ascii_digit).is_some() {}
                if letters.next() == Some('|') {
                    plain.push_str(&first_listed(&mut letters));
                } else {
                    open = open.saturating_add(1);
                }
            }
            '$' => while letters.next_if(char::is_ascii_digit).is_some() {},
            '}' if open > 0 => open = open.saturating_sub(1),
            other => plain.push(other),
        }
    }
    plain
}

/// The first of `a,b|}`, all of which is taken from the letters.
fn first_listed(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let (mut first, mut is_first) = (String::new(), true);
    while let Some(letter) = letters.next() {
        let letter = match letter {
            '|' => break,
            ',' => {
                is_first = false;
                continue;
            }
            '\\' => letters.next().unwrap_or(letter),
            other => other,
        };
        if is_first {
            first.push(letter);
        }
    }
    letters.next_if_eq(&'}');
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_without_its_stops_is_what_would_be_typed() {
        assert_eq!(
            without_stops("pool ${1:fund} \"${2:The \\$ \\} Fund}\" {\n    $0\n}"),
            "pool fund \"The $ } Fund\" {\n    \n}"
        );
        assert_eq!(without_stops("use: ${1|payment,or\\, else\\|,balancing|}\n$0"), "use: payment\n");
    }
}
