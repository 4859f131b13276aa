//! The signature page: one block for each party, by the way it signs and by what kind of body it is.

use super::{paragraph, section};
use crate::document::{Block, Compose, Inline, Role, SignatureBlock, said};
use crate::english::Wording;
use jcm_model::Partner;

/// The signature page.
pub(super) fn page(w: &Wording<'_>) -> Block {
    let mut blocks = vec![paragraph(&format!(
        "The parties have signed {} on the dates that stand beside their signatures.",
        w.kind_of_contract()
    ))];
    blocks.extend(self::blocks(w));
    section(Role::Signatures, "", "Signatures", "signatures", blocks)
}

/// A block for each party.
pub(super) fn blocks(w: &Wording<'_>) -> Vec<Block> {
    w.program.partners.iter().filter(|partner| partner.is_party()).map(block).collect()
}

/// A block for a party that is not known yet.
pub(super) fn newcomer(called: &str) -> Block {
    let lines = DEED_OF_ANY.lines.iter().map(|line| (*line).to_string()).collect();
    let mut form = said(DEED_OF_ANY.before);
    form.say(&format!("the {called}, [ ],")).say(DEED_OF_ANY.after);
    Block::Signature(SignatureBlock { party: called.to_string(), form, lines })
}

/// A way of signing: the words before and after the name of the party, and what is filled in by hand.
struct Form {
    /// What `signs` says.
    signs: &'static [&'static str],
    /// The kinds of body, as `form` names them, that sign so; any other, if there are none.
    bodies: &'static [&'static str],
    before: &'static str,
    after: &'static str,
    lines: &'static [&'static str],
}

const SEALED: &[&str] = &["by_seal", "seal"];
const DEED: &[&str] = &["as_deed", "deed"];
const HAND: &[&str] = &["under_hand", "by_director", "company", ""];
const COMPANIES: &[&str] = &[
    "company",
    "company_limited_by_shares",
    "company_limited_by_guarantee",
    "community_interest_company",
    "public_limited_company",
];
const PARTNERSHIPS: &[&str] = &["limited_liability_partnership", "llp"];
const CHARITIES: &[&str] =
    &["charity", "charitable_trust", "charitable_incorporated_organisation", "unincorporated_association"];
const TRUSTS: &[&str] = &["nhs_trust", "nhs_foundation_trust", "foundation_trust", "integrated_care_board"];

/// The ways of signing; the first that fits is taken, so the kinds of body come before the general form.
const FORMS: &[Form] = &[
    Form {
        signs: SEALED,
        bodies: TRUSTS,
        before: "Executed as a deed: the common seal of ",
        after: " was affixed in the presence of the two officers who sign below",
        lines: &["First officer", "Name and position", "Second officer", "Name and position", "Date"],
    },
    Form {
        signs: SEALED,
        bodies: &[],
        before: "Executed as a deed by affixing the common seal of ",
        after: " in the presence of the officer who signs below",
        lines: &["Authorised sealing officer", "Name", "Number in the seal book", "Date"],
    },
    Form {
        signs: DEED,
        bodies: COMPANIES,
        before: "Executed as a deed by ",
        after: ", acting by a director in the presence of a witness",
        lines: &[
            "Signature of the director",
            "Name of the director",
            "Signature of the witness",
            "Name, address and occupation of the witness",
            "Date",
        ],
    },
    Form {
        signs: DEED,
        bodies: PARTNERSHIPS,
        before: "Executed as a deed by ",
        after: ", acting by two of its members",
        lines: &["Signature of a member", "Name", "Signature of another member", "Name", "Date"],
    },
    Form {
        signs: DEED,
        bodies: CHARITIES,
        before: "Executed as a deed by ",
        after: ", acting by two of its charity trustees whom the others have authorised",
        lines: &["Signature of a trustee", "Name", "Signature of another trustee", "Name", "Date"],
    },
    DEED_OF_ANY,
    Form {
        signs: HAND,
        bodies: COMPANIES,
        before: "Signed by ",
        after: ", acting by a director",
        lines: &["Signature of the director", "Name of the director", "Date"],
    },
    Form {
        signs: HAND,
        bodies: PARTNERSHIPS,
        before: "Signed by ",
        after: ", acting by a member",
        lines: &["Signature of the member", "Name of the member", "Date"],
    },
    Form {
        signs: HAND,
        bodies: CHARITIES,
        before: "Signed for and on behalf of ",
        after: " by a person whom its trustees have authorised",
        lines: &["Signature", "Name", "Position", "Date"],
    },
    Form {
        signs: &["by_director", "company"],
        bodies: &[],
        before: "Signed by ",
        after: ", acting by a director",
        lines: &["Signature of the director", "Name of the director", "Date"],
    },
    Form {
        signs: &["under_hand"],
        bodies: &[],
        before: "Signed for and on behalf of ",
        after: " by a person whom it has authorised",
        lines: &["Signature", "Name", "Position", "Date"],
    },
    GENERAL,
];

/// For a deed of a body of any other kind.
const DEED_OF_ANY: Form = Form {
    signs: DEED,
    bodies: &[],
    before: "Executed as a deed by ",
    after: " in the presence of a witness",
    lines: &[
        "Signature",
        "Name",
        "Position",
        "Signature of the witness",
        "Name and address of the witness",
        "Date",
    ],
};

/// For who does not say how it signs, and for a way of signing that is not known, which is named as it stands.
const GENERAL: Form = Form {
    signs: &[""],
    bodies: &[],
    before: "Signed for and on behalf of ",
    after: "",
    lines: &["Signature", "Name", "Position", "Date"],
};

fn block(partner: &Partner) -> Block {
    let said_of = |wanted: &str| {
        let found = partner.particulars.iter().find(|(field, _)| field == wanted);
        found.map_or("", |(_, text)| text.as_str())
    };
    let signs = said_of("signs");
    let (way, body) = (signs.replace(' ', "_"), said_of("form").replace(' ', "_"));
    let fits = |form: &&Form| {
        form.signs.contains(&way.as_str()) && (form.bodies.is_empty() || form.bodies.contains(&body.as_str()))
    };
    let found = FORMS.iter().find(fits);
    let form = found.unwrap_or(&GENERAL);
    let mut text = said(form.before);
    text.add(vec![Inline::Strong(partner.head.title.clone())]).say(form.after);
    if found.is_none() {
        text.say(&format!(" ({})", crate::english::tidy(signs)));
    }
    if partner.per_case {
        text.say("; each organisation that takes this part signs a page of its own");
    }
    let lines = form.lines.iter().map(|line| (*line).to_string()).collect();
    Block::Signature(SignatureBlock { party: partner.head.title.clone(), form: text, lines })
}
