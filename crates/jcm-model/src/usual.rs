//! The words that contracts usually have where any word may stand: what is nearly one of them is one misspelt.

/// What a partner does in the contract.
pub const ROLES: &[&str] = &[
    "acute_partner",
    "administrator",
    "adviser",
    "commissioner",
    "coordinator",
    "evaluator",
    "funder",
    "guarantor",
    "host",
    "insurer",
    "integrator",
    "intermediary",
    "investor",
    "lead_commissioner",
    "lead_provider",
    "member",
    "partner",
    "prime_contractor",
    "provider",
    "referrer",
    "regulator",
    "representative",
    "subcontractor",
];

/// The sector that a partner belongs to.
pub const SECTORS: &[&str] = &[
    "ambulance",
    "charity",
    "community_health",
    "education",
    "finance",
    "health",
    "housing",
    "independent",
    "insurance",
    "justice",
    "local_government",
    "mental_health",
    "pharmacy",
    "police",
    "primary_care",
    "private",
    "public",
    "public_health",
    "research",
    "social_care",
    "social_enterprise",
    "university",
    "voluntary",
];

/// The law that governs a contract.
pub const LAWS: &[&str] = &[
    "australia",
    "austria",
    "belgium",
    "canada",
    "denmark",
    "england_and_wales",
    "finland",
    "france",
    "germany",
    "guernsey",
    "ireland",
    "isle_of_man",
    "italy",
    "jersey",
    "netherlands",
    "new_zealand",
    "northern_ireland",
    "norway",
    "portugal",
    "scotland",
    "spain",
    "sweden",
    "switzerland",
    "united_states",
];

/// How far a partner recovers value added tax.
pub const VAT: &[&str] = &["not_recoverable", "partly_recoverable", "recoverable"];

/// How a partner signs.
pub const SIGNING: &[&str] = &["as_deed", "by_director", "by_seal", "deed", "seal", "under_hand"];

/// What kind of body a partner is.
pub const FORMS: &[&str] = &[
    "charitable_incorporated_organisation",
    "charitable_trust",
    "charity",
    "community_interest_company",
    "company",
    "company_limited_by_guarantee",
    "company_limited_by_shares",
    "consortium",
    "council",
    "foundation_trust",
    "individual",
    "integrated_care_board",
    "limited_liability_partnership",
    "llp",
    "nhs_foundation_trust",
    "nhs_trust",
    "partnership",
    "public_limited_company",
    "special_purpose_vehicle",
    "trust",
    "unincorporated_association",
];

/// On what basis gains and losses are shared.
pub const BASES: &[&str] =
    &["as_agreed", "by_budget", "by_equity", "by_performance", "compensate", "equal", "reinvest"];
