//! What stands beside the contract: sub-contracts, the documents that it refers to, its variations, and what it is held to.

use super::{SOURCE, Schema, may, must};
use jcm_syntax::ast::DeclarationKind as Kind;

pub(super) const SUBCONTRACT: Schema = Schema {
    kind: Kind::Subcontract,
    opening: "subcontract falls \"Falls prevention\" {",
    titled: true,
    fields: &[
        must("between", "who passes on `and` who takes on", "between: community and ageing_well"),
        must("for", "one or more services", "for: falls_classes"),
        may("term", "a first day `to` a last day", "term: 2026-04-01 to 2029-03-31"),
        may("signed", "a date, or `by` a date", "signed: by 2026-03-15"),
        may("price", "an amount per year", "price: £310,000 per year"),
        may("payment", "a payment", "payment: falls_block"),
        may(
            "flows down",
            "clauses, obligations and measures, or `everything except` some",
            "flows down: everything except sharing",
        ),
        may(
            "risk",
            "a percentage `of` an incentive, and limits",
            "risk: 5% of gain_share losing at most £20,000",
        ),
        may("material", "`mandatory` or `permitted`", "material: mandatory"),
        may("ends", "when it ends early, in words", "ends: with this agreement"),
    ],
    statements: "",
};

pub(super) const DOCUMENT: Schema = Schema {
    kind: Kind::Document,
    opening: "document service_contract \"NHS Standard Contract 2026/27\" {",
    titled: true,
    fields: &[
        must("dated", "a date", "dated: 2026-04-01"),
        must("held", "where it can be read", "held: \"with the commissioner\""),
        may("version", "a text", "version: \"particulars of 14 March 2026\""),
        may("replaces", "an older document", "replaces: service_contract_2025"),
    ],
    statements: "",
};

pub(super) const VARIATION: Schema = Schema {
    kind: Kind::Variation,
    opening: "variation first \"First variation\" from 2027-04-01 {",
    titled: true,
    fields: &[
        // Without it, E0524 says what to write.
        may("base", "the first characters of the hash of the text that is varied", "base: \"a1b2c3d4e5f6\""),
        must(
            "agreed",
            "`by` a board or who else, `on` a date, and the minute",
            "agreed: by leadership_team on 2027-01-14, \"minute 7\"",
        ),
        must("why", "a text", "why: \"The costs of the first year came in late\""),
        may(
            "precedence",
            "the order from its first day on, written as in the contract",
            "precedence: \"Acts of Parliament\", agreement, schedules",
        ),
    ],
    statements: "a figure and what it is from then on, such as `sharing_rate = 40%`, or `replaces`, `adds` or `removes` and a clause, or `replaces` and a document",
};

/// What a contract covers.
pub(super) const MODEL: Schema = Schema {
    kind: Kind::Model,
    opening: "model our_model \"What our board asks\" {",
    titled: true,
    fields: &[may("about", "a text", "about: \"What the model says of itself\""), SOURCE],
    statements: "",
};

/// How the partners of one kind of contract stand to each other.
pub(super) const PROFILE: Schema = Schema {
    kind: Kind::Profile,
    opening: "profile our_form \"How our contracts are built\" {",
    titled: true,
    fields: &[may("about", "a text", "about: \"What the profile says of itself\""), SOURCE],
    statements: "",
};
