//! Every file of `stdlib/`, sorted by path. Written by `JCM_BLESS=1 cargo test -p jcm-std`.

use crate::Module;

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
        path: "std.clauses.general",
        name: "std/clauses/general.jcm",
        text: include_str!("../../../stdlib/clauses/general.jcm"),
    },
    Module {
        path: "std.measures.ascof",
        name: "std/measures/ascof.jcm",
        text: include_str!("../../../stdlib/measures/ascof.jcm"),
    },
    Module {
        path: "std.model.joint_outcomes",
        name: "std/model/joint_outcomes.jcm",
        text: include_str!("../../../stdlib/model/joint_outcomes.jcm"),
    },
    Module {
        path: "std.prelude",
        name: "std/prelude.jcm",
        text: include_str!("../../../stdlib/prelude.jcm"),
    },
    Module {
        path: "std.profile.alliance",
        name: "std/profile/alliance.jcm",
        text: include_str!("../../../stdlib/profile/alliance.jcm"),
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
];
