//! What variations say of themselves before anything is checked: when each was agreed, what it is applied to, and which
//! clauses come with it. From this follow their order, the text that each one varies, and the contract as at a date.

use crate::project::Module;
use jcm_quantity::{Date, parse_date};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Member, Name, Word};
use jcm_syntax::expression::Reader;

/// A variation as it stands in the text.
#[derive(Debug, Clone)]
pub struct StatedVariation<'p> {
    /// Its declaration.
    pub declaration: &'p Declaration,
    /// When it was agreed; `None` if that cannot be read, which is a problem of its own.
    pub agreed: Option<Date>,
    /// From when it holds; `None` if that cannot be read.
    pub from: Option<Date>,
    /// Where it says what it is applied to, which is no part of what it changes.
    pub base: Option<Span>,
    /// The clauses that are part of the contract only because of it.
    pub brings: Vec<&'p Name>,
}

/// The variations of the contract in the order in which they were agreed; those of one day in the order of the text.
/// One that does not say when comes last.
pub fn variations(modules: &[Module]) -> Vec<StatedVariation<'_>> {
    let own = modules.iter().filter(|module| module.is_own());
    let declarations = own.flat_map(|module| module.ast.declarations());
    let mut all: Vec<StatedVariation<'_>> =
        declarations.filter(|declaration| declaration.kind == Kind::Variation).map(stated).collect();
    all.sort_by_key(|variation| (variation.agreed.is_none(), variation.agreed));
    all
}

fn stated(declaration: &Declaration) -> StatedVariation<'_> {
    let members = crate::fields::members(declaration);
    let field = |name: &str| members.iter().find(|member| member.key_words().as_deref() == Some(name));
    StatedVariation {
        declaration,
        agreed: field("agreed").and_then(agreed_on),
        from: declaration.header.first().and_then(|phrase| {
            let mut reader = Reader::new(phrase);
            if reader.word(Word::From) { reader.date().and_then(parse_date) } else { None }
        }),
        base: field("base").map(|member| member.span),
        brings: members.iter().filter_map(|member| change(member)?.brings()).collect(),
    }
}

/// The date in `by leadership_team on 2027-01-14`.
fn agreed_on(member: &Member) -> Option<Date> {
    let terms = member.value.iter().flat_map(|phrase| &phrase.terms);
    let mut after = terms.skip_while(|term| term.word() != Some(Word::On)).skip(1);
    parse_date(after.next()?.as_date()?)
}

/// What a statement of a variation does to clauses.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Change<'p> {
    /// `replaces sharing by sharing_2027`
    Replaces(&'p Name, &'p Name),
    /// `adds carers_voice`
    Adds(&'p Name),
    /// `removes notices`
    Removes(&'p Name),
}

impl<'p> Change<'p> {
    fn brings(self) -> Option<&'p Name> {
        match self {
            Change::Replaces(_, by) => Some(by),
            Change::Adds(name) => Some(name),
            Change::Removes(_) => None,
        }
    }
}

/// The change of a clause that a statement is, if it is one.
pub(crate) fn change(member: &Member) -> Option<Change<'_>> {
    let [phrase] = member.value.as_slice() else { return None };
    let mut reader = Reader::new(phrase);
    let verb = reader.name().filter(|_| member.key.is_none())?;
    let name = reader.name()?;
    let change = match verb.text.as_str() {
        "replaces" if reader.word(Word::By) => Change::Replaces(name, reader.name()?),
        "adds" => Change::Adds(name),
        "removes" => Change::Removes(name),
        _ => return None,
    };
    reader.is_empty().then_some(change)
}
