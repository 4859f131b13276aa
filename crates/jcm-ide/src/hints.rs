//! What stands unsaid beside a line: its unit, and what it comes to in the first example.

use crate::analysis::Analysis;
use crate::hover::written;
use jcm_source::{FileId, Span};
use jcm_syntax::ast::{Member, Operator, Term, TermKind};

/// A hint at a place of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Where it stands.
    pub at: u32,
    /// What it says.
    pub text: String,
    /// What more there is to say.
    pub tooltip: String,
    /// Whether it is a type; otherwise it is a figure.
    pub is_type: bool,
}

/// The hints of a part of a file, in order; none while the contract has an error.
pub fn hints(analysis: &Analysis, range: Span) -> Vec<Hint> {
    let Some(program) = analysis.program() else { return Vec::new() };
    let mut found = Vec::new();
    for line in &program.lines {
        let name = line.head.name_span;
        if name.file != range.file || name.end < range.start || range.end < name.start {
            continue;
        }
        let Some(member) = member_of(analysis, name.file, name) else { continue };
        if let Some(title) = title_without_type(member) {
            found.push(Hint {
                at: title.span.end,
                text: format!(": {}", written(program, &line.ty)),
                tooltip: "What the calculation gives".to_owned(),
                is_type: true,
            });
        }
        let id = program.lines.iter().position(|other| std::ptr::eq(other, line));
        let worked = analysis.worked().iter().find_map(|example| {
            let figures = example.lines.iter().filter(|figure| Some(figure.line.index()) == id);
            let figures: Vec<&str> = figures.map(|figure| figure.value.as_str()).collect();
            (!figures.is_empty()).then(|| (figures.join(", "), &example.title))
        });
        if let Some((figure, title)) = worked {
            found.push(Hint {
                at: member.span.end,
                text: format!("→ {figure}"),
                tooltip: format!("In the example “{title}”"),
                is_type: false,
            });
        }
    }
    found.sort_by_key(|hint| hint.at);
    found.dedup_by(|later, earlier| follows_up(later, earlier));
    found
}

/// Whether a figure is told by the hint before it: a part of a score is two lines, the way to the target and the points for it.
fn follows_up(later: &Hint, earlier: &mut Hint) -> bool {
    if later.at != earlier.at || later.is_type || earlier.is_type {
        return false;
    }
    if later.text != earlier.text {
        earlier.text = format!("{} {}", earlier.text, later.text);
    }
    true
}

/// The statement that declares a line of this name.
fn member_of(analysis: &Analysis, file: FileId, name: Span) -> Option<&Member> {
    let declaration = analysis.declaration_at(file, name.start)?;
    fn within(members: &[Member], name: Span) -> Option<&Member> {
        let member = members.iter().find(|m| m.span.start <= name.start && name.end <= m.span.end)?;
        let phrases = member.key.iter().flatten().chain(&member.value);
        let mut blocks = phrases.flat_map(|phrase| &phrase.terms).filter_map(Term::as_block);
        blocks.find_map(|block| within(block, name)).or(Some(member))
    }
    within(crate::place::members(declaration), name)
}

/// The title of a line that says no type.
fn title_without_type(member: &Member) -> Option<&Term> {
    let phrase = member.key.as_deref().unwrap_or(&member.value).first()?;
    let title = phrase.terms.iter().position(|term| matches!(term.kind, TermKind::Text(_)))?;
    let is_calculated = phrase.terms.get(title.checked_add(1)?)?.operator() == Some(Operator::Equal);
    (member.key.is_none() && is_calculated).then(|| phrase.terms.get(title))?
}
