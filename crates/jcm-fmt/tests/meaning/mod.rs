//! What a text says, without how it is laid out: to compare two texts by.

use jcm_source::FileId;
use jcm_syntax::ast::{Body, Declaration, Member, Paragraph, Phrase, Piece, Term, TermKind};
use jcm_syntax::{Element, Node, SyntaxKind, Token, ast, parse};

/// Everything that the text says, a line for each thing; spans are left out.
pub(crate) fn meaning(text: &str) -> String {
    let file = ast(&parse(text), FileId(0));
    let mut out = format!("{:?}\n", file.edition.map(|(edition, _)| edition));
    for declaration in &file.declarations {
        say_declaration(text, declaration, &mut out);
    }
    out
}

fn say_declaration(text: &str, declaration: &Declaration, out: &mut String) {
    let name = declaration.name.as_ref().map(|name| &name.text);
    let title = declaration.title.as_ref().map(|title| &title.text);
    out.push_str(&format!("{:?} {name:?} {title:?} {:?}\n", declaration.kind, declaration.doc));
    say_phrases(text, &declaration.header, out);
    match &declaration.body {
        Body::None => out.push_str("no body\n"),
        Body::Block(members) => say_members(text, members, out),
        Body::Prose(paragraphs) => say_prose(text, paragraphs, out),
    }
}

fn say_prose(text: &str, paragraphs: &[Paragraph], out: &mut String) {
    for paragraph in paragraphs {
        out.push_str("paragraph\n");
        for piece in &paragraph.pieces {
            match piece {
                Piece::Text(words, _) => out.push_str(&format!("{words:?}\n")),
                Piece::Hole(phrases, _) => say_phrases(text, phrases, out),
            }
        }
    }
}

fn say_members(text: &str, members: &[Member], out: &mut String) {
    out.push_str("members\n");
    for member in members {
        out.push_str(&format!("member {:?}\n", member.doc));
        if let Some(key) = &member.key {
            say_phrases(text, key, out);
            out.push_str(":\n");
        }
        let first =
            member.key.as_ref().unwrap_or(&member.value).first().and_then(|phrase| phrase.terms.first());
        let first = first.and_then(Term::name).map(|name| name.text.as_str());
        let is_formula = matches!(first, Some("line" | "given" | "expect")) || member.key.is_none();
        if !is_formula {
            member.value.iter().for_each(|phrase| out.push_str(&format!("{}\n", words(text, phrase))));
        }
        say_phrases(text, &member.value, out);
    }
}

/// The words of a phrase as they go into the document; a block in it counts by its members.
fn words(text: &str, phrase: &Phrase) -> String {
    let is_block = |term: &Term| matches!(term.kind, TermKind::Block(_));
    if phrase.terms.iter().any(is_block) {
        return String::new();
    }
    // A comment in the middle goes where the line breaks, and a comma stands after its word.
    let lines = text[phrase.span.range()].lines().map(|line| line.split("//").next().unwrap_or(""));
    let words = lines.collect::<Vec<_>>().join(" ");
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" ,", ",")
        .replace(',', ", ")
        .replace("  ", " ")
}

fn say_phrases(text: &str, phrases: &[Phrase], out: &mut String) {
    for phrase in phrases {
        out.push_str("phrase\n");
        let mut after_path = false;
        for term in &phrase.terms {
            match &term.kind {
                // A call is a call by its brackets touching the name.
                TermKind::Group(inner) | TermKind::List(inner) => {
                    out.push_str(if after_path && !term.spaced { "call\n" } else { "group\n" });
                    say_phrases(text, inner, out);
                    out.push_str("end\n");
                }
                TermKind::Block(members) => {
                    say_members(text, members, out);
                    out.push_str("end\n");
                }
                TermKind::Path(names) => {
                    names.iter().for_each(|name| out.push_str(&format!("{} ", name.text)));
                    out.push('\n');
                }
                kind => out.push_str(&format!("{kind:?}\n")),
            }
            after_path = matches!(term.kind, TermKind::Path(_));
        }
    }
}

/// A part of a text, by what may be done to it without changing what is said.
pub(crate) enum Place<'t> {
    /// Spaces between two tokens, or none.
    Space(String),
    Break,
    Token(Token<'t>),
}

impl Place<'_> {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Space(space) => space,
            Self::Break => "\n",
            Self::Token(token) => token.text,
        }
    }
}

/// The parts of a text in their order; between two tokens there is always a space or a break, if an empty one.
pub(crate) fn places(text: &str) -> Vec<Place<'static>> {
    // Leaked: a test's text, so that places do not borrow from a tree that is gone.
    let parsed: &'static jcm_syntax::Parsed = Box::leak(Box::new(parse(text)));
    let mut places = Vec::new();
    walk(parsed.root(), &mut |token, _| match token.kind {
        SyntaxKind::Whitespace => places.push(Place::Space(token.text.to_owned())),
        SyntaxKind::LineBreak => places.push(Place::Break),
        _ => {
            if matches!(places.last(), Some(Place::Token(_))) {
                places.push(Place::Space(String::new()));
            }
            places.push(Place::Token(token));
        }
    });
    places
}

/// The tokens that say something, without the commas that only part the members of a block.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    walk(parse(text).root(), &mut |token, parent| {
        let is_said = match token.kind {
            SyntaxKind::Whitespace | SyntaxKind::LineBreak | SyntaxKind::Comment => false,
            // Compared as folded words.
            SyntaxKind::DocComment | SyntaxKind::ProseText => false,
            SyntaxKind::Comma => parent != SyntaxKind::Block,
            _ => true,
        };
        if is_said {
            tokens.push(token.text.split_whitespace().collect::<Vec<_>>().join(" "));
            if token.kind == SyntaxKind::Text {
                tokens.push(token.text.to_owned());
            }
        }
    });
    tokens
}

/// The comments in their order, doc comments with their kind.
pub(crate) fn comments(text: &str) -> Vec<String> {
    let mut comments = Vec::new();
    walk(parse(text).root(), &mut |token, _| {
        if matches!(token.kind, SyntaxKind::Comment | SyntaxKind::DocComment) {
            comments.push(format!("{:?} {}", token.kind, token.text.trim_end()));
        }
    });
    comments
}

/// What stands between tokens on a line.
pub(crate) fn spaces(text: &str) -> impl Iterator<Item = String> {
    let mut spaces = Vec::new();
    walk(parse(text).root(), &mut |token, _| {
        if token.kind == SyntaxKind::Whitespace {
            spaces.push(token.text.to_owned());
        }
    });
    spaces.into_iter()
}

fn walk<'t>(node: Node<'t>, see: &mut dyn FnMut(Token<'t>, SyntaxKind)) {
    for child in node.children() {
        match child {
            Element::Node(child) => walk(child, see),
            Element::Token(token) => see(token, node.kind),
        }
    }
}
