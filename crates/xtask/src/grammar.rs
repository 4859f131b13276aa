//! The grammar as data: every rule with its doc line, its expression and the words that its name marks.

use pest_meta::ast::{Expr, Rule as GrammarRule, RuleType};
use pest_meta::parser::{self, Rule};
use std::collections::BTreeMap;

/// The rules of `grammar/jcm.pest`, in its order.
pub(crate) struct Grammar {
    /// The `//!` lines.
    pub(crate) doc: String,
    /// The rules.
    pub(crate) rules: Vec<RuleWithDoc>,
}

/// A rule with the text of its `///` lines.
pub(crate) struct RuleWithDoc {
    /// Its name.
    pub(crate) name: String,
    /// Its doc, lines joined by spaces.
    pub(crate) doc: String,
    /// How it is matched: normal, silent, atomic.
    pub(crate) ty: RuleType,
    /// What it matches.
    pub(crate) expr: Expr,
    /// The `// ── Heading ──` before it, if it is the first one under it.
    pub(crate) heading: Option<String>,
}

/// A rule whose name marks it as a word: `kind_…`, `word_…` or `op_…`.
pub(crate) struct Spelled<'a> {
    /// The name without the mark.
    pub(crate) name: &'a str,
    /// Its doc.
    pub(crate) doc: &'a str,
    /// How it is spelled; operators can have several spellings.
    pub(crate) spellings: Vec<&'a str>,
}

impl Grammar {
    /// Reads a grammar, or says what is wrong with it.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let pairs = parser::parse(Rule::grammar_rules, text).map_err(|e| e.to_string())?;
        let (doc, mut docs) = docs(text);
        let rules = parser::consume_rules(pairs)
            .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
        let rules = rules.into_iter().map(|GrammarRule { name, ty, expr }| {
            let (doc, heading) = docs.remove(&name).unwrap_or_default();
            RuleWithDoc { name, doc, ty, expr, heading }
        });
        let grammar = Self { doc, rules: rules.collect() };
        grammar.check()?;
        Ok(grammar)
    }

    /// The rules whose names begin with `mark`.
    pub(crate) fn spelled<'a>(&'a self, mark: &'a str) -> impl Iterator<Item = Spelled<'a>> {
        self.rules.iter().filter_map(move |rule| {
            let name = rule.name.strip_prefix(mark)?;
            let mut spellings = Vec::new();
            first_strings(&rule.expr, &mut spellings);
            Some(Spelled { name, doc: &rule.doc, spellings })
        })
    }

    /// The rule of a name.
    pub(crate) fn rule(&self, name: &str) -> Option<&RuleWithDoc> {
        self.rules.iter().find(|rule| rule.name == name)
    }

    /// What the parser and the generated tables rely on: every word has a doc line and is referenced, and no
    /// kind is the beginning of another, since the first that matches is taken.
    fn check(&self) -> Result<(), String> {
        let mut problems = Vec::new();
        for mark in ["kind_", "word_", "op_"] {
            for word in self.spelled(mark) {
                if word.doc.is_empty() {
                    problems.push(format!("{mark}{} has no `///` line", word.name));
                }
                if word.spellings.is_empty() {
                    problems.push(format!("{mark}{} spells nothing", word.name));
                }
                let wanted = format!("{mark}{}", word.name);
                if wanted != "op_colon" && !self.rules.iter().any(|rule| mentions(&rule.expr, &wanted)) {
                    problems.push(format!("{wanted} is in no choice"));
                }
            }
        }
        let kinds: Vec<&str> = self.spelled("kind_").flat_map(|kind| kind.spellings).collect();
        for kind in &kinds {
            if let Some(longer) = kinds.iter().find(|other| *other != kind && other.starts_with(kind)) {
                problems.push(format!("the kind `{kind}` is the beginning of `{longer}`"));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
    }
}

type RuleDoc = (String, Option<String>);

/// The `//!` text, and for each rule its `///` text and the heading above it. `pest_meta` drops both, and its
/// rules begin at the first column, so that lines are enough.
fn docs(text: &str) -> (String, BTreeMap<String, RuleDoc>) {
    let mut top = Vec::new();
    let mut found = BTreeMap::new();
    let (mut doc, mut heading) = (Vec::new(), None);
    for line in text.lines() {
        if let Some(words) = line.strip_prefix("//!") {
            top.push(words.trim());
        } else if let Some(words) = line.strip_prefix("///") {
            doc.push(words.trim());
        } else if let Some(words) = line.strip_prefix("// ──") {
            heading = Some(words.trim_matches(['─', ' ']).to_owned());
        } else if let Some((name, _)) = line.split_once(" = ").filter(|(name, _)| !name.contains(' ')) {
            found.insert(name.to_owned(), (doc.join(" "), heading.take()));
            doc.clear();
        }
    }
    (top.join("\n"), found)
}

/// The string that each alternative of a choice begins with.
fn first_strings<'a>(expr: &'a Expr, out: &mut Vec<&'a str>) {
    match expr {
        Expr::Str(text) => out.push(text),
        Expr::Seq(first, _) => first_strings(first, out),
        Expr::Choice(one, other) => {
            first_strings(one, out);
            first_strings(other, out);
        }
        _ => {}
    }
}

fn mentions(expr: &Expr, name: &str) -> bool {
    expr.iter_top_down().any(|part| matches!(part, Expr::Ident(found) if found == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_and_headings_belong_to_the_rule_after_them() {
        let text = "//! Top.\n// ── Part ──\n/// One.\n/// Two.\nrule = { \"x\" }\nother = _{ rule }\n";
        let grammar = Grammar::read(text).unwrap();
        assert_eq!(grammar.doc, "Top.");
        assert_eq!(
            (grammar.rules[0].doc.as_str(), grammar.rules[0].heading.as_deref()),
            ("One. Two.", Some("Part"))
        );
        assert_eq!((grammar.rules[1].doc.as_str(), grammar.rules[1].heading.as_deref()), ("", None));
    }

    #[test]
    fn words_without_a_doc_or_a_choice_and_kinds_that_hide_others_are_refused() {
        let problems = |text: &str| Grammar::read(text).map(|_| ()).unwrap_err();
        assert_eq!(problems("start = { word_a }\nword_a = _{ \"a\" }\n"), "word_a has no `///` line");
        assert_eq!(problems("/// A.\nword_a = _{ \"a\" }\n"), "word_a is in no choice");
        let kinds =
            "start = { kind_a | kind_ab }\n/// A.\nkind_a = _{ \"a\" }\n/// B.\nkind_ab = _{ \"ab\" }\n";
        assert_eq!(problems(kinds), "the kind `a` is the beginning of `ab`");
    }
}
