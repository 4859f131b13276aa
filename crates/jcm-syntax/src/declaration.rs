//! One declaration: from its text to its own green node, knowing nothing of the rest of the file.

use crate::generated::SyntaxKind;
use crate::grammar::{Grammar, Rule};
use crate::problems::{SyntaxProblem, TooDeep, range};
use crate::trivia;
use crate::watch::Watch;
use pest::{Parser, Token};
use rowan::{GreenNode, GreenNodeBuilder};

/// Parses the text of one declaration, with the doc comment before it and the blank lines after it.
///
/// The text of the node is `text`, whatever it holds; ranges are relative to its start.
pub fn parse_declaration(text: &str) -> (GreenNode, Vec<SyntaxProblem>) {
    if let Some(at) = trivia::too_deep(text) {
        return unread(text, TooDeep::Nested(range(at, 1)));
    }
    limit_calls();
    match Grammar::parse(Rule::declaration, text) {
        Ok(pairs) => {
            let mut builder = Builder::new(text);
            for token in pairs.tokens() {
                match token {
                    Token::Start { rule, pos } => builder.start(rule, pos.pos()),
                    Token::End { rule, pos } => builder.end(rule, pos.pos()),
                }
            }
            builder.finish()
        }
        // The rule accepts every text, so that the only error is a limit of pest's.
        Err(_) => unread(text, TooDeep::Complex(range(0, text.lines().next().unwrap_or("").len()))),
    }
}

fn unread(text: &str, why: TooDeep) -> (GreenNode, Vec<SyntaxProblem>) {
    let mut green = GreenNodeBuilder::new();
    green.start_node(raw(SyntaxKind::Declaration));
    green.token(raw(SyntaxKind::Unread), text);
    green.finish_node();
    (green.finish(), vec![why.into()])
}

/// Sets pest's limit, which is one for the whole process: above what a declaration of three megabytes needs, and
/// reached within seconds.
pub(crate) fn limit_calls() {
    static LIMIT: std::sync::Once = std::sync::Once::new();
    LIMIT.call_once(|| pest::set_call_limit(std::num::NonZeroUsize::new(50_000_000)));
}

/// The number that the tree library keeps for a kind.
pub(crate) fn raw(kind: SyntaxKind) -> rowan::SyntaxKind {
    rowan::SyntaxKind(kind as u16)
}

/// Turns pest's flat tokens into a green node; what lies between terminals goes in as spaces and comments.
struct Builder<'t> {
    text: &'t str,
    green: GreenNodeBuilder<'static>,
    /// How much of the text is in the tree.
    done: usize,
    /// Where the current terminal starts.
    token_start: usize,
    watch: Watch<'t>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, green: GreenNodeBuilder::new(), done: 0, token_start: 0, watch: Watch::new(text) }
    }

    fn start(&mut self, rule: Rule, at: usize) {
        let Some(kind) = SyntaxKind::of_rule(rule) else { return };
        self.token_start = at;
        if kind.is_missing() {
            self.watch.missing(kind, at);
        } else if !kind.is_token() {
            self.gap(at);
            self.green.start_node(raw(kind));
            self.watch.enter(kind, at);
        }
    }

    fn end(&mut self, rule: Rule, at: usize) {
        let Some(kind) = SyntaxKind::of_rule(rule) else { return };
        if kind.is_missing() {
            return;
        }
        if kind.is_token() {
            self.gap(self.token_start);
            self.green.token(raw(kind), self.text.get(self.token_start..at).unwrap_or(""));
            self.done = at;
            self.watch.token(kind, self.token_start, at);
            return;
        }
        if kind == SyntaxKind::Declaration {
            self.gap(self.text.len());
        }
        self.green.finish_node();
        self.watch.leave(kind);
    }

    /// Puts what lies before the next terminal into the tree. A node begins with its first terminal and ends with
    /// its last, so that its range is what people see.
    fn gap(&mut self, to: usize) {
        if self.done < to {
            let green = &mut self.green;
            trivia::split(self.text.get(self.done..to).unwrap_or(""), |kind, text| {
                green.token(raw(kind), text)
            });
            self.done = to;
        }
    }

    fn finish(self) -> (GreenNode, Vec<SyntaxProblem>) {
        (self.green.finish(), self.watch.finish())
    }
}
