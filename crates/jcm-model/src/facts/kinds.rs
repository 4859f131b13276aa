//! What can be asked of each kind of thing: a row for each kind, with a row for each fact.

use super::{Fact, FactRule, FactType, KindFacts, count, particular, text, thing, things, word, words};
use crate::{Better, Def, MeasureUse, PaymentForm, Program, Voting};
use jcm_quantity::Exact;

macro_rules! every {
    ($list:ident, $def:ident, $id:ident) => {
        |program: &Program| (0u32..).zip(&program.$list).map(|(id, _)| Def::$def(crate::$id(id))).collect()
    };
}

macro_rules! facts {
    ($def:ident, $get:ident: $($name:literal $ty:expr => |$p:ident, $x:ident| $body:expr;)*) => {
        &[$(FactRule {
            name: $name,
            ty: $ty,
            get: |program, def| match def {
                Def::$def(id) => {
                    let ($p, $x) = (program, program.$get(id)?);
                    let _ = &$p;
                    $body
                }
                _ => None,
            },
        }),*]
    };
}

const PAYMENT_FORMS: &[&str] = &["block", "capitation", "activity", "cost_plus", "pooled", "outcome"];

/// Every kind that criteria can ask about.
pub const KINDS: &[KindFacts] = &[
    KindFacts {
        kind: "contract",
        all: |_| vec![Def::Contract],
        facts: &[
            FactRule { name: "start", ty: FactType::Date, get: |p, _| Some(Fact::Date(p.contract.start)) },
            FactRule { name: "end", ty: FactType::Date, get: |p, _| Some(Fact::Date(p.contract.end)) },
            FactRule { name: "law", ty: FactType::Text, get: |p, _| text(&p.contract.law) },
            FactRule {
                name: "calendar",
                ty: FactType::Text,
                get: |p, _| text(p.calendar.as_ref().map_or("", |calendar| &calendar.head.title)),
            },
            FactRule {
                name: "follows",
                ty: FactType::Words,
                get: |p, _| {
                    words(&p.contract.follows.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>())
                },
            },
            FactRule {
                name: "extension",
                ty: FactType::Number,
                get: |p, _| Some(Fact::Number(Exact::from_int(i64::from(p.contract.extension_months)))),
            },
            FactRule {
                name: "precedence",
                ty: FactType::Words,
                get: |p, _| {
                    words(
                        &p.contract
                            .precedence
                            .iter()
                            .map(|ranked| match ranked {
                                crate::Ranked::Agreement => "agreement".to_owned(),
                                crate::Ranked::Schedules => "schedules".to_owned(),
                                crate::Ranked::Subcontract(id) => p.name(Def::Subcontract(*id)).to_owned(),
                                crate::Ranked::Document(id) => p.name(Def::Document(*id)).to_owned(),
                                crate::Ranked::Other(text) => text.clone(),
                            })
                            .collect::<Vec<_>>(),
                    )
                },
            },
            FactRule {
                name: "at_stake",
                ty: FactType::Number,
                get: |p, _| Some(p.part_at_stake().map_or(Fact::Missing, Fact::Number)),
            },
            FactRule {
                name: "rounding",
                ty: FactType::Number,
                get: |p, _| Some(Fact::Number(p.contract.rounding.grain.clone())),
            },
            FactRule { name: "months", ty: FactType::Number, get: |p, _| count(p.months()) },
            FactRule { name: "periods", ty: FactType::Number, get: |p, _| count(p.contract.periods.len()) },
            FactRule {
                name: "final_within",
                ty: FactType::Number,
                get: |p, _| {
                    p.contract.final_months.map(|months| Fact::Number(Exact::from_int(i64::from(months))))
                },
            },
        ],
    },
    KindFacts {
        kind: "partner",
        all: every!(partners, Partner, PartnerId),
        facts: facts! { Partner, partner:
            "role" FactType::Words => |p, x| words(&x.roles);
            "sector" FactType::Word => |p, x| word(&x.sector);
            "per_case" FactType::Truth => |p, x| Some(Fact::Truth(x.per_case));
            "notices" FactType::Text => |p, x| particular(&x.particulars, "notices");
            "vat" FactType::Text => |p, x| particular(&x.particulars, "vat");
            "guarantee" FactType::Text => |p, x| particular(&x.particulars, "guarantee");
            "turnover" FactType::Text => |p, x| particular(&x.particulars, "turnover");
            "signs" FactType::Text => |p, x| particular(&x.particulars, "signs");
            "ods" FactType::Text => |p, x| particular(&x.particulars, "ods");
            "company" FactType::Text => |p, x| particular(&x.particulars, "company");
            "charity" FactType::Text => |p, x| particular(&x.particulars, "charity");
            "form" FactType::Text => |p, x| particular(&x.particulars, "form");
            "seats" FactType::Number => |p, x| {
                let seats = p.boards.iter().flat_map(|board| &board.seats).filter(|(id, _)| p.is(*id, x));
                Some(Fact::Number(seats.map(|(_, seats)| Exact::from_int(i64::from(*seats))).sum()))
            };
            "obligations" FactType::Things("obligation") => |p, x| {
                let own = (0u32..).zip(&p.obligations).filter(|(_, obligation)| p.is(obligation.party, x));
                things(own.map(|(id, _)| Def::Obligation(crate::ObligationId(id))))
            };
            "services" FactType::Things("service") => |p, x| {
                let own = (0u32..).zip(&p.services).filter(|(_, service)| service.providers.iter().any(|id| p.is(*id, x)));
                things(own.map(|(id, _)| Def::Service(crate::ServiceId(id))))
            };
            "can_lose" FactType::Truth => |p, x| Some(Fact::Truth(!losses(p, x).is_empty()));
            "loss_limit" FactType::Number => |p, x| {
                let limits: Option<Vec<Exact>> = losses(p, x).iter().map(|share| share.losing_at_most.clone()).collect();
                Some(limits.map_or(Fact::Missing, |limits| Fact::Number(limits.into_iter().sum())))
            };
            "loss_of_turnover" FactType::Number => |p, x| Some(p.loss_of_turnover(x).map_or(Fact::Missing, Fact::Number));
            "bears_risk" FactType::Truth => |p, x| Some(Fact::Truth(p.bears_risk(x)));
            "party" FactType::Truth => |p, x| Some(Fact::Truth(x.is_party()));
            "own_services" FactType::Things("service") => |p, x| {
                things(p.own_services(x).into_iter().map(Def::Service))
            };
            "payments" FactType::Things("payment") => |p, x| things(p.payments_to(x));
            "incentives" FactType::Things("incentive") => |p, x| things(p.incentives_to(x));
            "subcontracts" FactType::Things("subcontract") => |p, x| {
                things(p.subcontracts_where(|subcontract| p.is(subcontract.from, x)))
            };
        },
    },
    KindFacts {
        kind: "population",
        all: every!(populations, Population, PopulationId),
        facts: facts! { Population, population:
            "attributed" FactType::Text => |p, x| text(&x.attributed);
            "size" FactType::Number => |p, x| size(p, x.size);
            "source" FactType::Text => |p, x| text(&x.source);
        },
    },
    KindFacts {
        kind: "outcome",
        all: every!(outcomes, Outcome, OutcomeId),
        facts: &[
            FactRule {
                name: "statement",
                ty: FactType::Text,
                get: |p, d| outcome(p, d).and_then(|x| text(&x.statement)),
            },
            FactRule {
                name: "owners",
                ty: FactType::Things("partner"),
                get: |p, d| things(outcome(p, d)?.owners.iter().map(|id| Def::Partner(*id))),
            },
            FactRule {
                name: "population",
                ty: FactType::Thing("population"),
                get: |p, d| thing(outcome(p, d)?.population.map(Def::Population)),
            },
            FactRule {
                name: "measures",
                ty: FactType::Things("measure"),
                get: |p, d| {
                    let Def::Outcome(id) = d else { return None };
                    let own = (0u32..).zip(&p.measures).filter(|(_, measure)| measure.outcome == Some(id));
                    things(own.map(|(id, _)| Def::Measure(crate::MeasureId(id))))
                },
            },
        ],
    },
    KindFacts {
        kind: "measure",
        all: every!(measures, Measure, MeasureId),
        facts: facts! { Measure, measure:
            "use" FactType::OneOf(&["payment", "monitoring", "balancing"]) => |p, x| word(match x.used_for {
                MeasureUse::Payment => "payment",
                MeasureUse::Monitoring => "monitoring",
                MeasureUse::Balancing => "balancing",
            });
            "outcome" FactType::Thing("outcome") => |p, x| thing(x.outcome.map(Def::Outcome));
            "better" FactType::OneOf(&["higher", "lower"]) => |p, x| word(if x.better == Better::Higher { "higher" } else { "lower" });
            "numerator" FactType::Text => |p, x| text(&x.numerator);
            "denominator" FactType::Text => |p, x| text(&x.denominator);
            "source" FactType::Text => |p, x| text(&x.source);
            "version" FactType::Text => |p, x| text(&x.version);
            "baseline" FactType::Number => |p, x| size(p, x.baseline.as_ref().map(|(id, _)| *id));
            "baseline_end" FactType::Date => |p, x| x.baseline.as_ref().map(|(_, period)| Fact::Date(period.end));
            "target" FactType::Number => |p, x| size(p, x.target);
            "collected" FactType::Text => |p, x| text(&x.collected_by);
            "verified" FactType::Text => |p, x| text(&x.verified_by);
            "reported" FactType::Text => |p, x| particular(&x.particulars, "reported");
            "missing" FactType::Text => |p, x| particular(&x.particulars, "missing");
            "rebase" FactType::Text => |p, x| particular(&x.particulars, "rebase");
            "attrition" FactType::Text => |p, x| particular(&x.particulars, "attrition");
            "inclusions" FactType::Text => |p, x| particular(&x.particulars, "inclusions");
            "exclusions" FactType::Text => |p, x| particular(&x.particulars, "exclusions");
            "minimum" FactType::Text => |p, x| particular(&x.particulars, "minimum");
            "followed" FactType::Text => |p, x| particular(&x.particulars, "followed");
            "adjusted" FactType::Text => |p, x| particular(&x.particulars, "adjusted");
            "stratified" FactType::Text => |p, x| particular(&x.particulars, "stratified");
            "overlap" FactType::Text => |p, x| particular(&x.particulars, "overlap");
            "small_numbers" FactType::Text => |p, x| particular(&x.particulars, "small_numbers");
            "reviewed" FactType::Text => |p, x| particular(&x.particulars, "reviewed");
            "rationale" FactType::Text => |p, x| particular(&x.particulars, "rationale");
            "incentives" FactType::Things("incentive") => |p, x| things(incentives_on(p, x));
            "verifier_is_paid" FactType::Truth => |p, x| {
                let mut paid = incentives_on(p, x).into_iter().flat_map(|def| match p.fact(def, "payees") {
                    Fact::List(list) => list,
                    _ => Vec::new(),
                });
                let verifies = |fact: Fact| matches!(fact, Fact::Thing(def) if p.title(def) == x.verified_by);
                Some(Fact::Truth(paid.any(verifies)))
            };
        },
    },
    KindFacts {
        kind: "service",
        all: every!(services, Service, ServiceId),
        facts: facts! { Service, service:
            "providers" FactType::Things("partner") => |p, x| things(x.providers.iter().map(|id| Def::Partner(*id)));
            "population" FactType::Thing("population") => |p, x| thing(x.population.map(Def::Population));
            "in_scope" FactType::Truth => |p, x| Some(Fact::Truth(x.in_scope));
            "description" FactType::Text => |p, x| particular(&x.particulars, "description");
            "payments" FactType::Things("payment") => |p, x| things(p.payments_for(x));
            "subcontracts" FactType::Things("subcontract") => |p, x| {
                let passes = |id: &crate::ServiceId| p.service(*id).is_some_and(|other| std::ptr::eq(other, x));
                things(p.subcontracts_where(|subcontract| subcontract.services.iter().any(passes)))
            };
        },
    },
    KindFacts {
        kind: "pool",
        all: every!(pools, Pool, PoolId),
        facts: facts! { Pool, pool:
            "under" FactType::Text => |p, x| text(&x.under);
            "power" FactType::Thing("power") => |p, x| {
                thing((0u32..).zip(&p.powers).find(|(_, power)| power.head.title == x.under).map(|(id, _)| Def::Power(crate::PowerId(id))))
            };
            "host" FactType::Thing("partner") => |p, x| thing(Some(Def::Partner(x.host)));
            "contributors" FactType::Things("partner") => |p, x| {
                things(x.contributions.iter().map(|(id, _)| Def::Partner(*id)))
            };
            "fixed" FactType::Things("partner") => |p, x| things(x.fixed.iter().copied().map(Def::Partner));
            "variable" FactType::Things("partner") => |p, x| things(x.variable.iter().copied().map(Def::Partner));
            "untyped" FactType::Things("partner") => |p, x| {
                let typed = |id: &crate::PartnerId| x.fixed.contains(id) || x.variable.contains(id);
                things(x.contributions.iter().map(|(id, _)| *id).filter(|id| !typed(id)).map(Def::Partner))
            };
            "overspend" FactType::Text => |p, x| particular(&x.particulars, "overspend");
            "underspend" FactType::Text => |p, x| particular(&x.particulars, "underspend");
            "manager" FactType::Text => |p, x| particular(&x.particulars, "manager");
        },
    },
    KindFacts {
        kind: "payment",
        all: every!(payments, Payment, PaymentId),
        facts: facts! { Payment, payment:
            "form" FactType::OneOf(PAYMENT_FORMS) => |p, x| word(match x.form {
                PaymentForm::Block => "block",
                PaymentForm::Capitation => "capitation",
                PaymentForm::Activity => "activity",
                PaymentForm::CostPlus => "cost_plus",
                PaymentForm::Pooled => "pooled",
                PaymentForm::Outcome => "outcome",
            });
            "services" FactType::Things("service") => |p, x| things(x.services.iter().map(|id| Def::Service(*id)));
            "payees" FactType::Things("partner") => |p, x| things(x.payees.iter().map(|id| Def::Partner(*id)));
            "works_against" FactType::Things("measure") => |p, x| {
                let id = (0u32..).zip(&p.payments).find(|(_, other)| std::ptr::eq(*other, x)).map(|(id, _)| id)?;
                things(p.works_against(crate::PaymentId(id)).into_iter().map(Def::Measure))
            };
            "due" FactType::Text => |p, x| {
                // What an incentive pays is due when the incentive says.
                let own = x.particulars.iter().any(|(field, _)| field == "due");
                let name = x.particulars.iter().find(|(field, _)| field == "incentive").map(|(_, name)| name);
                // A name that is kept as a text has spaces for its underscores.
                let is = |one: &&crate::Incentive| name.is_some_and(|name| one.head.name.replace('_', " ") == name.replace('_', " "));
                let by = p.incentives.iter().find(is).filter(|_| !own);
                particular(by.map_or(&x.particulars, |by| &by.particulars), "due")
            };
            "payer" FactType::Thing("partner") => |p, x| {
                thing(x.flow.and_then(|id| p.flow(id)).map(|flow| Def::Partner(flow.payer)))
            };
            "pool" FactType::Thing("pool") => |p, x| {
                thing(x.flow.and_then(|id| p.flow(id)?.pool).map(Def::Pool))
            };
            "source" FactType::Text => |p, x| particular(&x.particulars, "source");
            "population" FactType::Text => |p, x| particular(&x.particulars, "population");
        },
    },
    KindFacts {
        kind: "score",
        all: every!(scores, Score, ScoreId),
        facts: facts! { Score, score:
            "parts" FactType::Number => |p, x| count(x.parts.len());
            "weights" FactType::Number => |p, x| {
                Some(Fact::Number(x.parts.iter().map(|(weight, _)| weight.clone()).sum()))
            };
        },
    },
    KindFacts {
        kind: "incentive",
        all: every!(incentives, Incentive, IncentiveId),
        facts: facts! { Incentive, incentive:
            "under" FactType::Text => |p, x| text(&x.under);
            "power" FactType::Thing("power") => |p, x| {
                thing((0u32..).zip(&p.powers).find(|(_, power)| power.head.title == x.under).map(|(id, _)| Def::Power(crate::PowerId(id))))
            };
            "lines" FactType::Number => |p, x| count(x.lines.len());
            "payees" FactType::Things("partner") => |p, x| things(payees(p, &x.flows));
            "payers" FactType::Things("partner") => |p, x| {
                things(x.flows.iter().filter_map(|id| Some(Def::Partner(p.flow(*id)?.payer))))
            };
            "examples" FactType::Number => |p, x| {
                count(p.examples.iter().filter(|example| p.title(example.of) == x.head.title).count())
            };
            "shared_in_full" FactType::Truth => |p, x| {
                let whole = |flow: &crate::Flow| {
                    flow.shares.iter().map(|share| share.share.clone()).sum::<Exact>() == Exact::from_int(1)
                };
                Some(Fact::Truth(x.flows.iter().filter_map(|id| p.flow(*id)).all(whole)))
            };
            "basis" FactType::Text => |p, x| particular(&x.particulars, "basis");
            "measures" FactType::Things("measure") => |p, x| things(p.measures_of(x).into_iter().map(Def::Measure));
            "can_lose" FactType::Truth => |p, x| Some(Fact::Truth(p.can_lose(x)));
            "loss_is_limited" FactType::Truth => |p, x| Some(Fact::Truth(p.loss_is_limited(x)));
            "gain_is_limited" FactType::Truth => |p, x| Some(Fact::Truth(p.gain_is_limited(x)));
            "unlimited" FactType::Things("partner") => |p, x| {
                things(p.losing_without_limit(x).into_iter().map(Def::Partner))
            };
            "pools" FactType::Things("pool") => |p, x| things(p.pools_of(x).into_iter().map(Def::Pool));
            "scores" FactType::Things("score") => |p, x| things(p.scores_of(x).into_iter().map(Def::Score));
            "tables" FactType::Things("table") => |p, x| things(p.tables_of(x).into_iter().map(Def::Table));
            "at_stake" FactType::Number => |p, x| Some(p.at_stake(x).map_or(Fact::Missing, Fact::Number));
            "excess_borne" FactType::Truth => |p, x| {
                let borne = |flow: &crate::Flow| {
                    let limited = |share: &crate::Share| share.losing_at_most.is_some() || share.gaining_at_most.is_some();
                    flow.excess.is_some() || !flow.shares.iter().any(limited)
                };
                Some(Fact::Truth(x.flows.iter().filter_map(|id| p.flow(*id)).all(borne)))
            };
            "simulated" FactType::Truth => |p, x| Some(Fact::Truth(p.is_simulated(x)));
            "has_conditions" FactType::Truth => |p, x| Some(Fact::Truth(p.has_conditions(x)));
        },
    },
    KindFacts {
        kind: "board",
        all: every!(boards, Board, BoardId),
        facts: facts! { Board, board:
            "seats" FactType::Things("partner") => |p, x| things(x.seats.iter().map(|(id, _)| Def::Partner(*id)));
            "size" FactType::Number => |p, x| Some(Fact::Number(Exact::from_int(i64::from(x.size()))));
            "most_seats" FactType::Number => |p, x| {
                let most = x.seats.iter().map(|(_, seats)| *seats).max().unwrap_or(0);
                Some(Fact::Number(Exact::from_int(i64::from(most))))
            };
            "quorum" FactType::Number => |p, x| Some(Fact::Number(Exact::from_int(i64::from(x.quorum))));
            "chair" FactType::Text => |p, x| text(&x.chair);
            "meets" FactType::Text => |p, x| text(&x.meets);
            "reserved" FactType::Words => |p, x| words(&x.reserved);
            "decisions" FactType::Number => |p, x| count(x.decisions.len());
            "unanimous" FactType::Words => |p, x| {
                let unanimous = x.decisions.iter().filter(|decision| decision.rule == Voting::Unanimous);
                words(&unanimous.flat_map(|decision| decision.matters.clone()).collect::<Vec<_>>())
            };
        },
    },
    KindFacts {
        kind: "obligation",
        all: every!(obligations, Obligation, ObligationId),
        facts: facts! { Obligation, obligation:
            "party" FactType::Thing("partner") => |p, x| thing(Some(Def::Partner(x.party)));
            "action" FactType::Text => |p, x| text(&x.action);
            "due" FactType::Text => |p, x| text(&x.due);
            "shown" FactType::Text => |p, x| text(&x.evidence);
            "failing" FactType::Text => |p, x| text(&x.failing);
            "to" FactType::Text => |p, x| text(&x.to);
        },
    },
    KindFacts {
        kind: "ladder",
        all: every!(ladders, Ladder, LadderId),
        facts: facts! { Ladder, ladder:
            "steps" FactType::Number => |p, x| count(x.steps.len());
        },
    },
    KindFacts {
        kind: "open_term",
        all: every!(open_terms, OpenTerm, OpenTermId),
        facts: facts! { OpenTerm, open_term:
            "owner" FactType::Text => |p, x| text(&x.owner);
            "by" FactType::Date => |p, x| Some(Fact::Date(x.by));
            "method" FactType::Text => |p, x| text(&x.method);
            "until" FactType::Truth => |p, x| Some(Fact::Truth(x.until.is_some()));
            "services" FactType::Things("service") => |p, x| things(x.services.iter().map(|id| Def::Service(*id)));
        },
    },
    KindFacts {
        kind: "subcontract",
        all: every!(subcontracts, Subcontract, SubcontractId),
        facts: facts! { Subcontract, subcontract:
            "from" FactType::Thing("partner") => |p, x| thing(Some(Def::Partner(x.from)));
            "to" FactType::Thing("partner") => |p, x| thing(Some(Def::Partner(x.to)));
            "services" FactType::Things("service") => |p, x| things(x.services.iter().map(|id| Def::Service(*id)));
            "start" FactType::Date => |p, x| Some(Fact::Date(x.start));
            "end" FactType::Date => |p, x| Some(Fact::Date(x.end));
            "covers_term" FactType::Truth => |p, x| {
                Some(Fact::Truth(x.start <= p.contract.start && x.end >= p.contract.end))
            };
            "signed" FactType::Date => |p, x| Some(x.signing.map_or(Fact::Missing, |signing| Fact::Date(signing.date())));
            "price" FactType::Number => |p, x| Some(x.price.clone().map_or(Fact::Missing, Fact::Number));
            "received" FactType::Number => |p, x| Some(p.received_for(x).map_or(Fact::Missing, Fact::Number));
            "payment" FactType::Thing("payment") => |p, x| thing(x.payment.map(Def::Payment));
            "clauses" FactType::Things("clause") => |p, x| {
                things(p.flowed_down(x).into_iter().filter(|def| matches!(def, Def::Clause(_))))
            };
            "obligations" FactType::Things("obligation") => |p, x| {
                things(p.flowed_down(x).into_iter().filter(|def| matches!(def, Def::Obligation(_))))
            };
            "measures" FactType::Things("measure") => |p, x| {
                things(p.flowed_down(x).into_iter().filter(|def| matches!(def, Def::Measure(_))))
            };
            "incentives" FactType::Things("incentive") => |p, x| {
                things(x.passes.iter().map(|passed| Def::Incentive(passed.incentive)))
            };
            "material" FactType::Text => |p, x| particular(&x.particulars, "material");
            "ends" FactType::Text => |p, x| particular(&x.particulars, "ends");
        },
    },
    KindFacts {
        kind: "power",
        all: |p| {
            (0u32..)
                .zip(&p.powers)
                .map(|(id, _)| crate::PowerId(id))
                .filter(|id| !p.under(*id).is_empty())
                .map(Def::Power)
                .collect()
        },
        facts: facts! { Power, power:
            "held_by" FactType::Words => |p, x| Some(Fact::List(x.holders.iter().map(|holder| match holder {
                crate::Holder::Sector(sector) => Fact::Word(sector.replace(' ', "_")),
                crate::Holder::Partner(id) => Fact::Word(p.name(Def::Partner(*id)).to_owned()),
            }).collect()));
            "used_for" FactType::Words => |p, x| words(&x.used_for);
            "allows" FactType::Text => |p, x| text(&x.allows);
        },
    },
    KindFacts {
        kind: "decision",
        all: every!(decisions, Decision, DecisionId),
        facts: facts! { Decision, decision:
            "board" FactType::Thing("board") => |p, x| thing(match x.by {
                crate::Decider::Board(id) => Some(Def::Board(id)),
                crate::Decider::Partner(_) => None,
            });
            "partner" FactType::Thing("partner") => |p, x| thing(match x.by {
                crate::Decider::Partner(id) => Some(Def::Partner(id)),
                crate::Decider::Board(_) => None,
            });
            "matter" FactType::Text => |p, x| text(&x.matter);
            "on" FactType::Date => |p, x| Some(Fact::Date(x.on));
            "votes" FactType::Number => |p, x| {
                Some(x.votes.map_or(Fact::Missing, |votes| Fact::Number(Exact::from_int(i64::from(votes.present())))))
            };
            "decided" FactType::Text => |p, x| text(&x.decided);
            "minute" FactType::Text => |p, x| particular(&x.particulars, "minute");
        },
    },
    KindFacts {
        kind: "condition_precedent",
        all: every!(conditions, ConditionPrecedent, ConditionPrecedentId),
        facts: facts! { ConditionPrecedent, condition:
            "owner" FactType::Thing("partner") => |p, x| thing(Some(Def::Partner(x.owner)));
            "by" FactType::Date => |p, x| Some(Fact::Date(x.by));
            "met" FactType::Date => |p, x| Some(x.met.map_or(Fact::Missing, Fact::Date));
            "shown" FactType::Text => |p, x| text(&x.evidence);
            "failing" FactType::Text => |p, x| text(&x.failing);
        },
    },
    KindFacts {
        kind: "document",
        all: every!(documents, Document, DocumentId),
        facts: facts! { Document, document:
            "version" FactType::Text => |p, x| text(&x.version);
            "dated" FactType::Date => |p, x| Some(Fact::Date(x.dated));
            "held" FactType::Text => |p, x| text(&x.held);
            "replaces" FactType::Thing("document") => |p, x| thing(x.replaces.map(Def::Document));
        },
    },
    KindFacts {
        kind: "clause",
        all: every!(clauses, Clause, ClauseId),
        facts: facts! { Clause, clause:
            "part" FactType::OneOf(crate::Part::NAMES) => |p, x| word(x.part.name());
            "covers" FactType::Words => |p, x| words(&x.covers);
            "paragraphs" FactType::Number => |p, x| count(x.paragraphs.len());
        },
    },
    KindFacts {
        kind: "table",
        all: every!(tables, Table, TableId),
        facts: facts! { Table, table:
            "form" FactType::OneOf(&["scale", "bands"]) => |p, x| word(match x.kind {
                crate::TableKind::Scale => "scale",
                crate::TableKind::Bands => "bands",
            });
            "rows" FactType::Number => |p, x| count(x.rows.len());
            "tiled" FactType::Truth => |p, x| Some(Fact::Truth(x.is_tiled()));
            "one_way" FactType::Truth => |p, x| Some(Fact::Truth(x.goes_one_way()));
        },
    },
    KindFacts { kind: "definition", all: every!(definitions, Definition, DefinitionId), facts: &[] },
    KindFacts {
        kind: "variation",
        all: every!(variations, Variation, VariationId),
        facts: facts! { Variation, variation:
            "start" FactType::Date => |p, x| Some(Fact::Date(x.from));
            "agreed_by" FactType::Text => |p, x| text(&x.agreed_by);
            "agreed_on" FactType::Date => |p, x| Some(Fact::Date(x.agreed_on));
            "minute" FactType::Text => |p, x| text(&x.minute);
            "why" FactType::Text => |p, x| text(&x.why);
            "figures" FactType::Number => |p, x| count(x.figures.len());
            "clauses" FactType::Number => |p, x| count(x.clauses.len());
        },
    },
];

fn outcome(program: &Program, def: Def) -> Option<&crate::Outcome> {
    match def {
        Def::Outcome(id) => program.outcome(id),
        _ => None,
    }
}

/// The shares by which a partner can lose.
fn losses<'a>(program: &'a Program, partner: &crate::Partner) -> Vec<&'a crate::Share> {
    let id = (0u32..).zip(&program.partners).find(|(_, other)| std::ptr::eq(*other, partner));
    id.map_or_else(Vec::new, |(id, _)| program.shares_that_lose(crate::PartnerId(id)))
}

/// The incentives whose payments depend on a measure.
fn incentives_on(program: &Program, measure: &crate::Measure) -> Vec<Def> {
    let depends = |incentive: &crate::Incentive| {
        program
            .measures_of(incentive)
            .iter()
            .any(|id| program.measure(*id).is_some_and(|m| std::ptr::eq(m, measure)))
    };
    let own = (0u32..).zip(&program.incentives).filter(|(_, incentive)| depends(incentive));
    own.map(|(id, _)| Def::Incentive(crate::IncentiveId(id))).collect()
}

/// The first figure of a parameter without keys.
fn size(program: &Program, id: Option<crate::ParameterId>) -> Option<Fact> {
    let row = program.parameter(id?)?.rows.first()?;
    match row.values.first()? {
        crate::Constant::Number(value) => Some(Fact::Number(value.clone())),
        _ => None,
    }
}

fn payees(program: &Program, flows: &[crate::FlowId]) -> Vec<Def> {
    let mut found = Vec::new();
    for partner in flows.iter().filter_map(|id| program.flow(*id)).flat_map(crate::Flow::payees) {
        let def = Def::Partner(partner);
        if !found.contains(&def) {
            found.push(def);
        }
    }
    found
}
