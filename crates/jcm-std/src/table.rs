//! Every file of `stdlib/`, sorted by path. Written by `JCM_BLESS=1 cargo test -p jcm-std`.

use crate::Module;

pub(crate) const MODULES: &[Module] = &[
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
];
