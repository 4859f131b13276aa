//! Whole sentences: a line of a calculation, and what its letters stand for.

use super::Wording;
use super::condition::is_condition;
use super::expression::Speech;
use super::title::needs_closing_comma;
use crate::document::{Compose, Inline, Text, capitalised, joined, plain};
use crate::places::with_ids;
use jcm_model::{Expr, ExprKind, Line, LineId};

impl<'a> Wording<'a> {
    /// A calculation as a phrase, followed by what its letters stand for.
    pub fn words(&self, expr: &Expr) -> Text {
        self.words_in(expr, None)
    }

    /// A part of a line as a phrase.
    pub(crate) fn words_in(&self, expr: &Expr, line: Option<LineId>) -> Text {
        let mut speech = Speech::new(self, line);
        let mut text = if is_condition(expr) { speech.condition(expr) } else { speech.say(expr).text };
        let meanings = speech.meanings();
        if !meanings.is_empty() {
            text.say(", where ").add(joined(meanings, "; and "));
        }
        with_commas_closed(text)
    }

    /// A line as a sentence, followed by a sentence for each letter in it.
    pub fn line_sentence(&self, line: &Line) -> Text {
        let id = with_ids(&self.program.lines, LineId).find(|(_, known)| known.head.name == line.head.name);
        self.sentence(line, id.map(|(id, _)| id))
    }

    /// The same for a line whose place is known.
    pub fn sentence(&self, line: &Line, id: Option<LineId>) -> Text {
        let mut speech = Speech::new(self, id);
        let mut text = Text::new();
        if line.per_row {
            text.say(&format!("For each {}, ", self.row_noun(line)));
        }
        let expr = &line.expr;
        if Wording::is_truth(&line.ty) && is_condition(expr) {
            text.say("the answer to “").say(&line.head.title).say("” is yes where ");
            text.add(speech.condition(expr)).say("; otherwise it is no");
        } else {
            let subject = self.line_name(line, id);
            let (verb, pronoun) = if subject.plural { (" are ", "they are") } else { (" is ", "it is") };
            // The sentence stands beside the line itself: its subject leads nowhere else.
            let subject = plain(&subject.text);
            text.say(&subject).say(if needs_closing_comma(&subject) { "," } else { "" }).say(verb);
            match &expr.kind {
                ExprKind::When { .. } => text.add(speech.cases(expr, &format!("otherwise {pronoun} "))),
                _ => text.add(speech.say(expr).text),
            };
        }
        text.say(".");
        for (i, meaning) in speech.meanings().into_iter().enumerate() {
            text.say(if i == 0 { " Here " } else { " " }).add(meaning).say(".");
        }
        capitalised(with_commas_closed(text))
    }
}

/// A text in which the words behind a comma in a name are closed by another where the sentence goes on.
fn with_commas_closed(text: Text) -> Text {
    let mut closed = Text::new();
    for piece in text {
        let open = match closed.last() {
            Some(Inline::Reference { text, .. } | Inline::Term { text, .. }) => needs_closing_comma(text),
            _ => false,
        };
        let mut words = match piece {
            Inline::Text(words) => words,
            other => {
                closed.push(other);
                continue;
            }
        };
        let mut letters = words.chars();
        if open && letters.next() == Some(' ') && letters.next().is_some_and(char::is_alphabetic) {
            words.insert(0, ',');
        }
        closed.push(Inline::Text(words));
    }
    closed
}

impl<'w> Speech<'w, '_> {
    /// What each letter stands for, in order; saying one can give further letters.
    fn meanings(&mut self) -> Vec<Text> {
        let mut meanings = Vec::new();
        while let Some((name, expr)) = self.pending.pop_front() {
            meanings.push(self.meaning(&name, expr));
        }
        meanings
    }

    fn meaning(&mut self, name: &str, expr: &'w Expr) -> Text {
        let mut text = vec![Inline::Strong(name.to_string())];
        if is_condition(expr) {
            text.say(" is met where ").add(self.condition(expr));
            return text;
        }
        text.say(" is ");
        match &expr.kind {
            ExprKind::When { .. } => text.add(self.cases(expr, "otherwise it is ")),
            _ => text.add(self.say(expr).text),
        };
        text
    }
}
