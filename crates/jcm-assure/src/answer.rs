//! The answer to a question, at one thing of the contract.

use jcm_model::{
    Def, Fact, MessagePiece, Operand, Program, Quantifier, Query, Relation, Source, Things, fact_kind,
    kind_of,
};
use jcm_quantity::{Exact, show_date};

/// Whether the answer is yes.
pub(crate) fn holds(program: &Program, query: &Query, at: Def) -> bool {
    match query {
        Query::Quantified { quantifier, things, holds: inner } => {
            let mut found = among(program, things, at).into_iter();
            let mut inside = |thing: Def| inner.as_ref().is_none_or(|inner| holds(program, inner, thing));
            match quantifier {
                Quantifier::Every => found.all(inside),
                Quantifier::Some => found.any(inside),
                Quantifier::No => !found.any(&mut inside),
            }
        }
        Query::And(left, right) => holds(program, left, at) && holds(program, right, at),
        Query::Or(left, right) => holds(program, left, at) || holds(program, right, at),
        Query::Not(inner) => !holds(program, inner, at),
        Query::Compare { relation, left, right } => {
            compare(*relation, &value(program, left, at), &value(program, right, at))
        }
        Query::Given(operand) => is_given(&value(program, operand, at)),
        Query::Truth(operand) => value(program, operand, at) == Fact::Truth(true),
    }
}

/// The things that make the answer no; none if it is yes.
pub(crate) fn failing(program: &Program, query: &Query, at: Def) -> Vec<Def> {
    if holds(program, query, at) {
        return Vec::new();
    }
    let named = match query {
        Query::Quantified {
            quantifier: quantifier @ (Quantifier::Every | Quantifier::No),
            things,
            holds: inner,
        } => {
            let bad = |thing: &Def| {
                let good = inner.as_ref().is_none_or(|inner| holds(program, inner, *thing));
                good == (*quantifier == Quantifier::No)
            };
            among(program, things, at).into_iter().filter(bad).collect()
        }
        Query::And(left, right) => {
            let mut all = failing(program, left, at);
            for thing in failing(program, right, at) {
                if !all.contains(&thing) {
                    all.push(thing);
                }
            }
            all
        }
        _ => Vec::new(),
    };
    if named.is_empty() { vec![at] } else { named }
}

/// The things that make the answer yes.
pub(crate) fn witnesses(program: &Program, query: &Query, at: Def) -> Vec<Def> {
    match query {
        Query::Quantified { quantifier: Quantifier::Every, things, .. } => among(program, things, at),
        Query::Quantified { quantifier: Quantifier::Some, things, holds: inner } => {
            among(program, things, at)
                .into_iter()
                .filter(|thing| inner.as_ref().is_none_or(|inner| holds(program, inner, *thing)))
                .collect()
        }
        Query::And(left, right) | Query::Or(left, right) => {
            let mut all = Vec::new();
            for part in [left, right] {
                if holds(program, part, at) {
                    all.extend(
                        witnesses(program, part, at)
                            .into_iter()
                            .filter(|thing| !all.contains(thing))
                            .collect::<Vec<_>>(),
                    );
                }
            }
            all
        }
        Query::Quantified { .. } | Query::Not(_) => Vec::new(),
        Query::Compare { .. } | Query::Given(_) | Query::Truth(_) => vec![at],
    }
}

/// Whether the answer is yes only because the contract has nothing of what is asked about.
pub(crate) fn asks_nothing(program: &Program, query: &Query, at: Def) -> bool {
    match query {
        Query::Quantified { quantifier: Quantifier::Every, things, .. } => {
            among(program, things, at).is_empty()
        }
        Query::Quantified { quantifier: Quantifier::No, things, .. } => {
            all_of(program, &things.from, at).is_empty()
        }
        Query::And(left, right) => asks_nothing(program, left, at) && asks_nothing(program, right, at),
        Query::Or(left, right) => [left, right]
            .into_iter()
            .all(|part| !holds(program, part, at) || is_exemption(part) || asks_nothing(program, part, at)),
        Query::Compare {
            relation: Relation::Less | Relation::AtMost, left: Operand::Count(things), ..
        } => among(program, things, at).is_empty(),
        Query::Quantified { .. }
        | Query::Not(_)
        | Query::Compare { .. }
        | Query::Given(_)
        | Query::Truth(_) => false,
    }
}

/// `no clause where ...` before an `or` says of whom the rest is not asked.
fn is_exemption(part: &Query) -> bool {
    matches!(part, Query::Quantified { quantifier: Quantifier::No, .. })
}

/// Whether a thing has the facts of a message: where there is none of what is asked about, the contract itself fails.
pub(crate) fn speaks_of(pieces: &[MessagePiece], thing: Def) -> bool {
    pieces.iter().all(|piece| match piece {
        MessagePiece::Text(_) => true,
        MessagePiece::Fact(operand) => {
            let path = match operand {
                Operand::Path(path) => path,
                Operand::Count(Things { from: Source::Path(path), .. })
                | Operand::Sum { over: Things { from: Source::Path(path), .. }, .. } => path,
                _ => return true,
            };
            let kind = fact_kind(kind_of(thing));
            path.first().is_none_or(|first| {
                first == "contract" || kind.is_some_and(|kind| kind.fact(first).is_some())
            })
        }
    })
}

/// What is said of a thing, with its facts put in.
pub(crate) fn message(program: &Program, pieces: &[MessagePiece], at: Def) -> String {
    let piece = |piece: &MessagePiece| match piece {
        MessagePiece::Text(text) => text.clone(),
        MessagePiece::Fact(operand) => say(program, &value(program, operand, at)),
    };
    pieces.iter().map(piece).collect()
}

fn among(program: &Program, things: &Things, at: Def) -> Vec<Def> {
    let suits = |thing: &Def| things.only.as_ref().is_none_or(|only| holds(program, only, *thing));
    all_of(program, &things.from, at).into_iter().filter(suits).collect()
}

fn all_of(program: &Program, from: &Source, at: Def) -> Vec<Def> {
    match from {
        Source::Kind(kind) => program.things(kind),
        Source::Path(path) => match path_value(program, path, at) {
            Fact::List(list) => list.into_iter().filter_map(thing).collect(),
            other => thing(other).into_iter().collect(),
        },
    }
}

fn thing(fact: Fact) -> Option<Def> {
    match fact {
        Fact::Thing(def) => Some(def),
        _ => None,
    }
}

fn path_value(program: &Program, path: &[String], at: Def) -> Fact {
    match path {
        [first, rest @ ..] if first == "contract" && !rest.is_empty() => {
            path_value(program, rest, Def::Contract)
        }
        [last] => program.fact(at, last),
        [first, rest @ ..] => match program.fact(at, first) {
            Fact::Thing(def) => path_value(program, rest, def),
            _ => Fact::Missing,
        },
        [] => Fact::Missing,
    }
}

fn value(program: &Program, operand: &Operand, at: Def) -> Fact {
    match operand {
        Operand::Path(path) => path_value(program, path, at),
        Operand::Count(things) => {
            let count = i64::try_from(among(program, things, at).len()).unwrap_or(i64::MAX);
            Fact::Number(Exact::from_int(count))
        }
        Operand::Sum { of, over } => {
            let values = among(program, over, at).into_iter().filter_map(|thing| {
                match path_value(program, of, thing) {
                    Fact::Number(value) => Some(value),
                    _ => None,
                }
            });
            Fact::Number(values.sum())
        }
        Operand::Number(value) => Fact::Number(value.clone()),
        Operand::Text(text) => Fact::Text(text.clone()),
        Operand::Word(word) => Fact::Word(word.clone()),
        Operand::Date(date) => Fact::Date(*date),
    }
}

fn is_given(fact: &Fact) -> bool {
    match fact {
        Fact::Missing => false,
        Fact::List(list) => !list.is_empty(),
        _ => true,
    }
}

/// A relation to something that is not stated does not hold.
fn compare(relation: Relation, left: &Fact, right: &Fact) -> bool {
    if relation == Relation::Includes {
        return match left {
            Fact::List(list) => list.iter().any(|item| same(item, right)),
            Fact::Text(text) => {
                matches!(right, Fact::Text(part) | Fact::Word(part) if text.contains(part.as_str()))
            }
            other => same(other, right),
        };
    }
    if !is_given(left) || !is_given(right) {
        return false;
    }
    match relation {
        Relation::Same => same(left, right),
        Relation::Different => !same(left, right),
        _ if std::mem::discriminant(left) != std::mem::discriminant(right) => false,
        Relation::Less => left < right,
        Relation::AtMost => left <= right,
        Relation::More => left > right,
        Relation::AtLeast => left >= right,
        Relation::Includes => false,
    }
}

/// A word and a text that say the same are the same.
fn same(left: &Fact, right: &Fact) -> bool {
    match (left, right) {
        (Fact::Word(a) | Fact::Text(a), Fact::Word(b) | Fact::Text(b)) => {
            a.replace('_', " ") == b.replace('_', " ")
        }
        _ => left == right,
    }
}

fn say(program: &Program, fact: &Fact) -> String {
    match fact {
        Fact::Missing => "nothing".to_owned(),
        Fact::Text(text) | Fact::Word(text) => text.clone(),
        Fact::Number(value) => value.text(),
        Fact::Date(date) => show_date(*date),
        Fact::Truth(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        Fact::Thing(def) => program.title(*def).to_owned(),
        Fact::List(list) => list.iter().map(|item| say(program, item)).collect::<Vec<_>>().join(", "),
    }
}
