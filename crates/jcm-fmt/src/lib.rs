//! The layout of a source file: the same text for the same meaning, whoever wrote it.
//!
//! [`format()`] reads the tree and nothing else. It moves white space; it never changes a word, a figure, a text in
//! quotes or a comment, and what it wrote it leaves as it is.
//!
//! The rules, each in the module that keeps it:
//! - blocks are indented by 4; a block that a person wrote on one line stays there while it fits (`lines`);
//! - a value that is too long breaks after commas, under its own start; a row of a table never does (`lines`);
//! - lines that a person broke stay broken (`lines`);
//! - one space between words, none inside brackets and before commas (`spacing`);
//! - consecutive lines of one shape stand in columns; a blank line ends the columns (`shape`, `columns`);
//! - at most one blank line in a block and two between declarations (`blank_lines`);
//! - legal text keeps its lines (`prose`).

mod blank_lines;
mod columns;
mod lines;
mod page;
mod prose;
mod shape;
mod spacing;
mod tree;

use jcm_syntax::SyntaxProblem;

/// How many characters a line should have at most.
const WIDTH: usize = 100;

/// How far what stands in a block is indented.
const INDENT: usize = 4;

/// Lays out a source file, or gives back what is wrong with its syntax: a broken file stays as it is.
pub fn format(text: &str) -> Result<String, Vec<SyntaxProblem>> {
    let parsed = jcm_syntax::parse(text);
    if !parsed.problems.is_empty() {
        return Err(parsed.problems);
    }
    let mut entries = tree::read(parsed.root());
    blank_lines::settle(&mut entries);
    Ok(lines::write(&entries))
}
