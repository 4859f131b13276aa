//! Every file of `stdlib/`, sorted by path. Written by `JCM_BLESS=1 cargo test -p jcm-std`.

use crate::Module;

pub(crate) const MODULES: &[Module] = &[
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
        path: "std.profile.alliance",
        name: "std/profile/alliance.jcm",
        text: include_str!("../../../stdlib/profile/alliance.jcm"),
    },
];
