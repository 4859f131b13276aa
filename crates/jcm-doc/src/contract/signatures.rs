//! The signature page: one block for each party, by the way it signs.

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
    blocks.extend(w.program.partners.iter().filter(|partner| partner.is_party()).map(block));
    section(Role::Signatures, "", "Signatures", "signatures", blocks)
}

/// The forms of signing, each with what is filled in by hand. A form that is not known is named as it stands.
fn block(partner: &Partner) -> Block {
    let signs =
        partner.particulars.iter().find(|(field, _)| field == "signs").map_or("", |(_, text)| text.as_str());
    let form_of_signing = signs.replace(' ', "_");
    let (before, after, lines): (&str, String, &[&str]) = match form_of_signing.as_str() {
        "by_seal" | "seal" => (
            "Executed as a deed by affixing the common seal of ",
            " in the presence of".to_string(),
            &["Authorised sealing officer", "Name", "Number in the seal book", "Date"],
        ),
        "by_director" | "company" => (
            "Signed by ",
            " acting by a director".to_string(),
            &["Signature of the director", "Name of the director", "Date"],
        ),
        "as_deed" | "deed" => (
            "Executed as a deed by ",
            " in the presence of a witness".to_string(),
            &[
                "Signature",
                "Name",
                "Position",
                "Signature of the witness",
                "Name and address of the witness",
                "Date",
            ],
        ),
        "" => ("Signed for and on behalf of ", String::new(), &["Signature", "Name", "Position", "Date"]),
        _ => (
            "Signed for and on behalf of ",
            format!(" ({})", crate::english::tidy(signs)),
            &["Signature", "Name", "Position", "Date"],
        ),
    };
    let mut form = said(before);
    form.add(vec![Inline::Strong(partner.head.title.clone())]).say(&after);
    if partner.per_case {
        form.say("; each organisation that takes this part signs a page of its own");
    }
    let lines = lines.iter().map(|line| (*line).to_string()).collect();
    Block::Signature(SignatureBlock { party: partner.head.title.clone(), form, lines })
}
