//! The tree of a file as plain nodes and tokens, for tools that need every token and not what it means.

use crate::generated::SyntaxKind;
use crate::parse::Parsed;
use rowan::{GreenNodeData, NodeOrToken};

/// A node of the tree.
#[derive(Debug, Clone, Copy)]
pub struct Node<'t> {
    /// What it is.
    pub kind: SyntaxKind,
    green: &'t GreenNodeData,
}

/// A token of the tree; spaces, line breaks and comments are tokens too.
#[derive(Debug, Clone, Copy)]
pub struct Token<'t> {
    /// What it is.
    pub kind: SyntaxKind,
    /// As written.
    pub text: &'t str,
}

/// A child of a node.
#[derive(Debug, Clone, Copy)]
pub enum Element<'t> {
    /// A node.
    Node(Node<'t>),
    /// A token.
    Token(Token<'t>),
}

impl Parsed {
    /// The node of the whole file; its tokens together are the parsed text.
    pub fn root(&self) -> Node<'_> {
        Node { kind: kind_of(self.green.kind()), green: &self.green }
    }
}

impl<'t> Node<'t> {
    /// The children in the order of the text.
    pub fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.green.children().map(|child| match child {
            NodeOrToken::Node(green) => Element::Node(Node { kind: kind_of(green.kind()), green }),
            NodeOrToken::Token(token) => {
                Element::Token(Token { kind: kind_of(token.kind()), text: token.text() })
            }
        })
    }
}

fn kind_of(raw: rowan::SyntaxKind) -> SyntaxKind {
    SyntaxKind::ALL.get(usize::from(raw.0)).copied().unwrap_or(SyntaxKind::Unread)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(node: Node<'_>) -> String {
        let children = node.children().map(|child| match child {
            Element::Node(node) => text_of(node),
            Element::Token(token) => token.text.to_owned(),
        });
        children.collect()
    }

    #[test]
    fn the_tokens_together_are_the_text() {
        let text = "jcm 1\n\n// c\nclause a \"A\" {\n    Some {b.c} text.\n}\nknob k \"K\" : percent = 5%\n";
        let parsed = crate::parse(text);
        assert_eq!(text_of(parsed.root()), text);
        let kinds: Vec<SyntaxKind> = parsed
            .root()
            .children()
            .filter_map(|child| match child {
                Element::Node(node) => Some(node.kind),
                Element::Token(_) => None,
            })
            .collect();
        assert_eq!(kinds, [SyntaxKind::Edition, SyntaxKind::Declaration, SyntaxKind::Declaration]);
    }
}
