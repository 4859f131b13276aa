//! From text to a lossless tree, with typed views over it; parsing never fails.
//!
//! [`parse`] gives a lossless green tree and the problems found; [`ast()`] walks it once into plain structs.

pub mod ast;
mod change;
mod declaration;
pub mod expression;
mod figure;
#[rustfmt::skip]
mod generated;
mod grammar;
mod parse;
mod problems;
mod reader;
mod tokens;
mod trivia;
mod view;
mod watch;

pub use declaration::parse_declaration;
pub use figure::figure_written_right;
pub use generated::SyntaxKind;
pub use parse::{DeclarationCache, Parsed, parse, parse_with};
pub use problems::{SyntaxProblem, suggested_name};
pub use reader::Reader;
pub use tokens::{Element, Node, Token};
pub use view::{ViewCache, ast, ast_with};
