//! Decisions that are recorded were for those who took them, by enough votes, in the term.

use crate::checker::Checker;
use crate::problems::DecisionInvalid;
use jcm_model::{Board, BoardId, Decider, Decision, Head, PartnerId, Votes, Voting};
use jcm_quantity::{Exact, Unit, show, show_date};

/// What does not hold, why, and what to do.
struct Fault {
    matter: String,
    label: String,
    help: String,
}

/// Holds every decision to the rules of whoever took it.
pub(super) fn check(cx: &mut Checker<'_>) {
    let decisions: Vec<Decision> = cx.parts.decisions.iter().flatten().cloned().collect();
    for decision in &decisions {
        let fault = match decision.by {
            Decider::Board(id) => {
                let Some(board) = cx.parts.boards.get(id.index()).and_then(Option::as_ref) else { continue };
                fault_of_board(cx, board, decision).map(|fault| (board.head.clone(), fault))
            }
            Decider::Partner(id) => fault_of_partner(cx, id, decision),
        };
        if let Some((head, fault)) = fault {
            report(cx, decision, &head, fault);
        }
    }
}

fn report(cx: &mut Checker<'_>, decision: &Decision, rules: &Head, fault: Fault) {
    cx.report::<()>(DecisionInvalid {
        decision: decision.head.name.clone(),
        span: decision.head.name_span,
        matter: fault.matter,
        label: fault.label,
        rules: rules.name_span,
        help: fault.help,
    });
}

fn fault_of_board(cx: &Checker<'_>, board: &Board, decision: &Decision) -> Option<Fault> {
    let matter = &decision.matter;
    if board.reserved.iter().any(|reserved| same(reserved, matter)) {
        return Some(Fault {
            matter: format!("is about {matter}, which `{}` cannot decide", board.head.name),
            label: "the matter is reserved from this board".to_owned(),
            help: "Let those decide to whom it is reserved, and name them in `by:`".to_owned(),
        });
    }
    if cx
        .parts
        .contract
        .as_ref()
        .is_some_and(|contract| decision.on >= contract.end && contract.extension_months == 0)
    {
        return Some(Fault {
            matter: "was taken after the contract ended".to_owned(),
            label: format!("on {}", show_date(decision.on)),
            help: "Write the day on which it was taken".to_owned(),
        });
    }
    match rule_for(board, matter)? {
        Voting::Delegated(partner) | Voting::Reserved(partner) => {
            let partner = partner_name(cx, *partner);
            Some(Fault {
                matter: format!("is about {matter}, which `{partner}` decides alone"),
                label: format!("`{}` has left it to that partner", board.head.name),
                help: format!("Write `by: {partner}`, or give the matter another rule in the board"),
            })
        }
        rule => fault_of_votes(board, decision.votes?, rule),
    }
}

/// The rule for a matter: the one that names it, or the one for everything else.
fn rule_for<'b>(board: &'b Board, matter: &str) -> Option<&'b Voting> {
    let named = board.decisions.iter().find(|rule| rule.matters.iter().any(|known| same(known, matter)));
    let other = || board.decisions.iter().find(|rule| rule.matters.is_empty());
    named.or_else(other).map(|rule| &rule.rule)
}

fn fault_of_votes(board: &Board, votes: Votes, rule: &Voting) -> Option<Fault> {
    let (present, size) = (votes.present(), board.size());
    let name = &board.head.name;
    if present > size {
        return Some(Fault {
            matter: format!("has {present} votes, and `{name}` has {size} seats"),
            label: "more votes than seats".to_owned(),
            help: "Write how many seats were for, against and abstaining".to_owned(),
        });
    }
    if present < board.quorum {
        return Some(Fault {
            matter: format!("was taken without a quorum of `{name}`"),
            label: format!("{present} seats were present, and {} must be", board.quorum),
            help: "Take it again when enough seats are present, or correct the `votes:`".to_owned(),
        });
    }
    let needed = match rule {
        Voting::Unanimous if votes.agreeing < present => "every seat present must agree".to_owned(),
        Voting::Majority(None) if votes.agreeing.saturating_mul(2) <= present => {
            "more than half of the seats present must agree".to_owned()
        }
        Voting::Majority(Some(share)) if whole(votes.agreeing) < share * &whole(present) => {
            format!("at least {} of the seats present must agree", show(share, &Unit::percent()))
        }
        _ => return None,
    };
    Some(Fault {
        matter: "does not have the votes that it needs".to_owned(),
        label: format!("{} of {present} seats agreed; {needed}", votes.agreeing),
        help: "Leave it out: it was not taken. Or correct the `votes:` or the `matter:`".to_owned(),
    })
}

fn whole(count: u32) -> Exact {
    Exact::from_int(i64::from(count))
}

/// A partner decides what a board has left to it, or what is reserved from every board.
fn fault_of_partner(cx: &Checker<'_>, id: PartnerId, decision: &Decision) -> Option<(Head, Fault)> {
    let matter = &decision.matter;
    let boards =
        (0u32..).zip(&cx.parts.boards).filter_map(|(place, board)| Some((BoardId(place), board.as_ref()?)));
    let mut ruling: Option<&Board> = None;
    for (_, board) in boards {
        let left = matches!(rule_for(board, matter), Some(Voting::Delegated(to) | Voting::Reserved(to)) if *to == id);
        if left || board.reserved.iter().any(|reserved| same(reserved, matter)) {
            return None;
        }
        ruling = ruling.or(Some(board));
    }
    let board = ruling?;
    let fault = Fault {
        matter: format!("is about {matter}, which is not for `{}` alone", partner_name(cx, id)),
        label: format!("`{}` decides it", board.head.name),
        help: format!("Write `by: {}`, or delegate the matter to the partner in the board", board.head.name),
    };
    Some((board.head.clone(), fault))
}

/// Whether two matters are the same, however they are spelled.
fn same(first: &str, second: &str) -> bool {
    first.replace('_', " ").trim().eq_ignore_ascii_case(second.replace('_', " ").trim())
}

fn partner_name(cx: &Checker<'_>, id: PartnerId) -> String {
    let partner = cx.parts.partners.get(id.index()).and_then(Option::as_ref);
    partner.map(|partner| partner.head.name.clone()).unwrap_or_default()
}
