//! Every file of `stdlib/`, sorted by path. Written by `JCM_BLESS=1 cargo test -p jcm-std`.

use crate::{Module, Template};

pub(crate) const MODULES: &[Module] = &[
    Module {
        path: "std.calendars.england_and_wales",
        name: "std/calendars/england_and_wales.jcm",
        text: include_str!("../../../stdlib/calendars/england_and_wales.jcm"),
    },
    Module {
        path: "std.calendars.northern_ireland",
        name: "std/calendars/northern_ireland.jcm",
        text: include_str!("../../../stdlib/calendars/northern_ireland.jcm"),
    },
    Module {
        path: "std.calendars.scotland",
        name: "std/calendars/scotland.jcm",
        text: include_str!("../../../stdlib/calendars/scotland.jcm"),
    },
    Module {
        path: "std.clauses.alliance",
        name: "std/clauses/alliance.jcm",
        text: include_str!("../../../stdlib/clauses/alliance.jcm"),
    },
    Module {
        path: "std.clauses.beginning",
        name: "std/clauses/beginning.jcm",
        text: include_str!("../../../stdlib/clauses/beginning.jcm"),
    },
    Module {
        path: "std.clauses.change",
        name: "std/clauses/change.jcm",
        text: include_str!("../../../stdlib/clauses/change.jcm"),
    },
    Module {
        path: "std.clauses.commitment",
        name: "std/clauses/commitment.jcm",
        text: include_str!("../../../stdlib/clauses/commitment.jcm"),
    },
    Module {
        path: "std.clauses.conduct",
        name: "std/clauses/conduct.jcm",
        text: include_str!("../../../stdlib/clauses/conduct.jcm"),
    },
    Module {
        path: "std.clauses.exit",
        name: "std/clauses/exit.jcm",
        text: include_str!("../../../stdlib/clauses/exit.jcm"),
    },
    Module {
        path: "std.clauses.general",
        name: "std/clauses/general.jcm",
        text: include_str!("../../../stdlib/clauses/general.jcm"),
    },
    Module {
        path: "std.clauses.governance",
        name: "std/clauses/governance.jcm",
        text: include_str!("../../../stdlib/clauses/governance.jcm"),
    },
    Module {
        path: "std.clauses.information",
        name: "std/clauses/information.jcm",
        text: include_str!("../../../stdlib/clauses/information.jcm"),
    },
    Module {
        path: "std.clauses.lead_provider",
        name: "std/clauses/lead_provider.jcm",
        text: include_str!("../../../stdlib/clauses/lead_provider.jcm"),
    },
    Module {
        path: "std.clauses.money",
        name: "std/clauses/money.jcm",
        text: include_str!("../../../stdlib/clauses/money.jcm"),
    },
    Module {
        path: "std.clauses.outcomes",
        name: "std/clauses/outcomes.jcm",
        text: include_str!("../../../stdlib/clauses/outcomes.jcm"),
    },
    Module {
        path: "std.clauses.people",
        name: "std/clauses/people.jcm",
        text: include_str!("../../../stdlib/clauses/people.jcm"),
    },
    Module {
        path: "std.clauses.pooled_fund",
        name: "std/clauses/pooled_fund.jcm",
        text: include_str!("../../../stdlib/clauses/pooled_fund.jcm"),
    },
    Module {
        path: "std.clauses.prices",
        name: "std/clauses/prices.jcm",
        text: include_str!("../../../stdlib/clauses/prices.jcm"),
    },
    Module {
        path: "std.clauses.problems",
        name: "std/clauses/problems.jcm",
        text: include_str!("../../../stdlib/clauses/problems.jcm"),
    },
    Module {
        path: "std.clauses.public_law",
        name: "std/clauses/public_law.jcm",
        text: include_str!("../../../stdlib/clauses/public_law.jcm"),
    },
    Module {
        path: "std.clauses.services",
        name: "std/clauses/services.jcm",
        text: include_str!("../../../stdlib/clauses/services.jcm"),
    },
    Module {
        path: "std.clauses.standards",
        name: "std/clauses/standards.jcm",
        text: include_str!("../../../stdlib/clauses/standards.jcm"),
    },
    Module {
        path: "std.clauses.treaty",
        name: "std/clauses/treaty.jcm",
        text: include_str!("../../../stdlib/clauses/treaty.jcm"),
    },
    Module {
        path: "std.measures.ascof",
        name: "std/measures/ascof.jcm",
        text: include_str!("../../../stdlib/measures/ascof.jcm"),
    },
    Module {
        path: "std.measures.better_care_fund",
        name: "std/measures/better_care_fund.jcm",
        text: include_str!("../../../stdlib/measures/better_care_fund.jcm"),
    },
    Module {
        path: "std.measures.between_services",
        name: "std/measures/between_services.jcm",
        text: include_str!("../../../stdlib/measures/between_services.jcm"),
    },
    Module {
        path: "std.measures.carers",
        name: "std/measures/carers.jcm",
        text: include_str!("../../../stdlib/measures/carers.jcm"),
    },
    Module {
        path: "std.measures.cquin_frailty",
        name: "std/measures/cquin_frailty.jcm",
        text: include_str!("../../../stdlib/measures/cquin_frailty.jcm"),
    },
    Module {
        path: "std.measures.dementia",
        name: "std/measures/dementia.jcm",
        text: include_str!("../../../stdlib/measures/dementia.jcm"),
    },
    Module {
        path: "std.measures.end_of_life",
        name: "std/measures/end_of_life.jcm",
        text: include_str!("../../../stdlib/measures/end_of_life.jcm"),
    },
    Module {
        path: "std.measures.eq_5d",
        name: "std/measures/eq_5d.jcm",
        text: include_str!("../../../stdlib/measures/eq_5d.jcm"),
    },
    Module {
        path: "std.measures.falls",
        name: "std/measures/falls.jcm",
        text: include_str!("../../../stdlib/measures/falls.jcm"),
    },
    Module {
        path: "std.measures.ichom_older_person",
        name: "std/measures/ichom_older_person.jcm",
        text: include_str!("../../../stdlib/measures/ichom_older_person.jcm"),
    },
    Module {
        path: "std.measures.loneliness",
        name: "std/measures/loneliness.jcm",
        text: include_str!("../../../stdlib/measures/loneliness.jcm"),
    },
    Module {
        path: "std.measures.nhs_outcomes",
        name: "std/measures/nhs_outcomes.jcm",
        text: include_str!("../../../stdlib/measures/nhs_outcomes.jcm"),
    },
    Module {
        path: "std.measures.reablement",
        name: "std/measures/reablement.jcm",
        text: include_str!("../../../stdlib/measures/reablement.jcm"),
    },
    Module {
        path: "std.model.joint_outcomes",
        name: "std/model/joint_outcomes.jcm",
        text: include_str!("../../../stdlib/model/joint_outcomes.jcm"),
    },
    Module {
        path: "std.powers.england",
        name: "std/powers/england.jcm",
        text: include_str!("../../../stdlib/powers/england.jcm"),
    },
    Module {
        path: "std.prelude",
        name: "std/prelude.jcm",
        text: include_str!("../../../stdlib/prelude.jcm"),
    },
    Module {
        path: "std.profile.accountable_care_organisation",
        name: "std/profile/accountable_care_organisation.jcm",
        text: include_str!("../../../stdlib/profile/accountable_care_organisation.jcm"),
    },
    Module {
        path: "std.profile.aligned_payment_and_incentive",
        name: "std/profile/aligned_payment_and_incentive.jcm",
        text: include_str!("../../../stdlib/profile/aligned_payment_and_incentive.jcm"),
    },
    Module {
        path: "std.profile.alliance",
        name: "std/profile/alliance.jcm",
        text: include_str!("../../../stdlib/profile/alliance.jcm"),
    },
    Module {
        path: "std.profile.alzira",
        name: "std/profile/alzira.jcm",
        text: include_str!("../../../stdlib/profile/alzira.jcm"),
    },
    Module {
        path: "std.profile.block",
        name: "std/profile/block.jcm",
        text: include_str!("../../../stdlib/profile/block.jcm"),
    },
    Module {
        path: "std.profile.capitation",
        name: "std/profile/capitation.jcm",
        text: include_str!("../../../stdlib/profile/capitation.jcm"),
    },
    Module {
        path: "std.profile.incomplete_contract",
        name: "std/profile/incomplete_contract.jcm",
        text: include_str!("../../../stdlib/profile/incomplete_contract.jcm"),
    },
    Module {
        path: "std.profile.integrator",
        name: "std/profile/integrator.jcm",
        text: include_str!("../../../stdlib/profile/integrator.jcm"),
    },
    Module {
        path: "std.profile.lead_provider",
        name: "std/profile/lead_provider.jcm",
        text: include_str!("../../../stdlib/profile/lead_provider.jcm"),
    },
    Module {
        path: "std.profile.mcp_full",
        name: "std/profile/mcp_full.jcm",
        text: include_str!("../../../stdlib/profile/mcp_full.jcm"),
    },
    Module {
        path: "std.profile.mcp_partial",
        name: "std/profile/mcp_partial.jcm",
        text: include_str!("../../../stdlib/profile/mcp_partial.jcm"),
    },
    Module {
        path: "std.profile.mcp_virtual",
        name: "std/profile/mcp_virtual.jcm",
        text: include_str!("../../../stdlib/profile/mcp_virtual.jcm"),
    },
    Module {
        path: "std.profile.outcomes_based_commissioning",
        name: "std/profile/outcomes_based_commissioning.jcm",
        text: include_str!("../../../stdlib/profile/outcomes_based_commissioning.jcm"),
    },
    Module {
        path: "std.profile.pacs",
        name: "std/profile/pacs.jcm",
        text: include_str!("../../../stdlib/profile/pacs.jcm"),
    },
    Module {
        path: "std.profile.partnering",
        name: "std/profile/partnering.jcm",
        text: include_str!("../../../stdlib/profile/partnering.jcm"),
    },
    Module {
        path: "std.profile.payment_by_results",
        name: "std/profile/payment_by_results.jcm",
        text: include_str!("../../../stdlib/profile/payment_by_results.jcm"),
    },
    Module {
        path: "std.profile.prime_contractor",
        name: "std/profile/prime_contractor.jcm",
        text: include_str!("../../../stdlib/profile/prime_contractor.jcm"),
    },
    Module {
        path: "std.profile.prime_provider",
        name: "std/profile/prime_provider.jcm",
        text: include_str!("../../../stdlib/profile/prime_provider.jcm"),
    },
    Module {
        path: "std.profile.section_75_pooled_fund",
        name: "std/profile/section_75_pooled_fund.jcm",
        text: include_str!("../../../stdlib/profile/section_75_pooled_fund.jcm"),
    },
    Module {
        path: "std.profile.social_impact_bond",
        name: "std/profile/social_impact_bond.jcm",
        text: include_str!("../../../stdlib/profile/social_impact_bond.jcm"),
    },
    Module {
        path: "std.profile.value_based_healthcare",
        name: "std/profile/value_based_healthcare.jcm",
        text: include_str!("../../../stdlib/profile/value_based_healthcare.jcm"),
    },
    Module {
        path: "std.schemes.alliances",
        name: "std/schemes/alliances.jcm",
        text: include_str!("../../../stdlib/schemes/alliances.jcm"),
    },
    Module {
        path: "std.schemes.bundled_payment",
        name: "std/schemes/bundled_payment.jcm",
        text: include_str!("../../../stdlib/schemes/bundled_payment.jcm"),
    },
    Module {
        path: "std.schemes.capitation",
        name: "std/schemes/capitation.jcm",
        text: include_str!("../../../stdlib/schemes/capitation.jcm"),
    },
    Module {
        path: "std.schemes.cquin",
        name: "std/schemes/cquin.jcm",
        text: include_str!("../../../stdlib/schemes/cquin.jcm"),
    },
    Module {
        path: "std.schemes.health_plans",
        name: "std/schemes/health_plans.jcm",
        text: include_str!("../../../stdlib/schemes/health_plans.jcm"),
    },
    Module {
        path: "std.schemes.nhs_payment",
        name: "std/schemes/nhs_payment.jcm",
        text: include_str!("../../../stdlib/schemes/nhs_payment.jcm"),
    },
    Module {
        path: "std.schemes.outcomes_payment",
        name: "std/schemes/outcomes_payment.jcm",
        text: include_str!("../../../stdlib/schemes/outcomes_payment.jcm"),
    },
    Module {
        path: "std.schemes.pooled_funds",
        name: "std/schemes/pooled_funds.jcm",
        text: include_str!("../../../stdlib/schemes/pooled_funds.jcm"),
    },
    Module {
        path: "std.schemes.quality_and_outcomes_framework",
        name: "std/schemes/quality_and_outcomes_framework.jcm",
        text: include_str!("../../../stdlib/schemes/quality_and_outcomes_framework.jcm"),
    },
    Module {
        path: "std.schemes.readmission_reduction",
        name: "std/schemes/readmission_reduction.jcm",
        text: include_str!("../../../stdlib/schemes/readmission_reduction.jcm"),
    },
    Module {
        path: "std.schemes.risk_corridors",
        name: "std/schemes/risk_corridors.jcm",
        text: include_str!("../../../stdlib/schemes/risk_corridors.jcm"),
    },
    Module {
        path: "std.schemes.shared_savings",
        name: "std/schemes/shared_savings.jcm",
        text: include_str!("../../../stdlib/schemes/shared_savings.jcm"),
    },
    Module {
        path: "std.schemes.value_based_purchasing",
        name: "std/schemes/value_based_purchasing.jcm",
        text: include_str!("../../../stdlib/schemes/value_based_purchasing.jcm"),
    },
    Module {
        path: "std.words",
        name: "std/words.jcm",
        text: include_str!("../../../stdlib/words.jcm"),
    },
];

pub(crate) const TEMPLATES: &[Template] = &[
    Template {
        name: "accountable_care_organisation",
        contract: include_str!("../../../stdlib/templates/accountable_care_organisation.jcm"),
        data: include_str!("../../../stdlib/templates/accountable_care_organisation.csv"),
    },
    Template {
        name: "aligned_payment_and_incentive",
        contract: include_str!("../../../stdlib/templates/aligned_payment_and_incentive.jcm"),
        data: include_str!("../../../stdlib/templates/aligned_payment_and_incentive.csv"),
    },
    Template {
        name: "alliance",
        contract: include_str!("../../../stdlib/templates/alliance.jcm"),
        data: include_str!("../../../stdlib/templates/alliance.csv"),
    },
    Template {
        name: "alzira",
        contract: include_str!("../../../stdlib/templates/alzira.jcm"),
        data: include_str!("../../../stdlib/templates/alzira.csv"),
    },
    Template {
        name: "block",
        contract: include_str!("../../../stdlib/templates/block.jcm"),
        data: include_str!("../../../stdlib/templates/block.csv"),
    },
    Template {
        name: "capitation",
        contract: include_str!("../../../stdlib/templates/capitation.jcm"),
        data: include_str!("../../../stdlib/templates/capitation.csv"),
    },
    Template {
        name: "incomplete_contract",
        contract: include_str!("../../../stdlib/templates/incomplete_contract.jcm"),
        data: include_str!("../../../stdlib/templates/incomplete_contract.csv"),
    },
    Template {
        name: "integrator",
        contract: include_str!("../../../stdlib/templates/integrator.jcm"),
        data: include_str!("../../../stdlib/templates/integrator.csv"),
    },
    Template {
        name: "lead_provider",
        contract: include_str!("../../../stdlib/templates/lead_provider.jcm"),
        data: include_str!("../../../stdlib/templates/lead_provider.csv"),
    },
    Template {
        name: "mcp_full",
        contract: include_str!("../../../stdlib/templates/mcp_full.jcm"),
        data: include_str!("../../../stdlib/templates/mcp_full.csv"),
    },
    Template {
        name: "mcp_partial",
        contract: include_str!("../../../stdlib/templates/mcp_partial.jcm"),
        data: include_str!("../../../stdlib/templates/mcp_partial.csv"),
    },
    Template {
        name: "mcp_virtual",
        contract: include_str!("../../../stdlib/templates/mcp_virtual.jcm"),
        data: include_str!("../../../stdlib/templates/mcp_virtual.csv"),
    },
    Template {
        name: "outcomes_based_commissioning",
        contract: include_str!("../../../stdlib/templates/outcomes_based_commissioning.jcm"),
        data: include_str!("../../../stdlib/templates/outcomes_based_commissioning.csv"),
    },
    Template {
        name: "pacs",
        contract: include_str!("../../../stdlib/templates/pacs.jcm"),
        data: include_str!("../../../stdlib/templates/pacs.csv"),
    },
    Template {
        name: "partnering",
        contract: include_str!("../../../stdlib/templates/partnering.jcm"),
        data: include_str!("../../../stdlib/templates/partnering.csv"),
    },
    Template {
        name: "payment_by_results",
        contract: include_str!("../../../stdlib/templates/payment_by_results.jcm"),
        data: include_str!("../../../stdlib/templates/payment_by_results.csv"),
    },
    Template {
        name: "prime_contractor",
        contract: include_str!("../../../stdlib/templates/prime_contractor.jcm"),
        data: include_str!("../../../stdlib/templates/prime_contractor.csv"),
    },
    Template {
        name: "prime_provider",
        contract: include_str!("../../../stdlib/templates/prime_provider.jcm"),
        data: include_str!("../../../stdlib/templates/prime_provider.csv"),
    },
    Template {
        name: "section_75_pooled_fund",
        contract: include_str!("../../../stdlib/templates/section_75_pooled_fund.jcm"),
        data: include_str!("../../../stdlib/templates/section_75_pooled_fund.csv"),
    },
    Template {
        name: "social_impact_bond",
        contract: include_str!("../../../stdlib/templates/social_impact_bond.jcm"),
        data: include_str!("../../../stdlib/templates/social_impact_bond.csv"),
    },
    Template {
        name: "value_based_healthcare",
        contract: include_str!("../../../stdlib/templates/value_based_healthcare.jcm"),
        data: include_str!("../../../stdlib/templates/value_based_healthcare.csv"),
    },
];
