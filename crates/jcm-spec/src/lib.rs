//! `settlement.json`: the versioned wire format of the settlement calculus, with its JSON Schema; and the record of a
//! run, in [`run`].
//!
//! [`write()`] makes the text, [`read()`] takes it back, and what is read equals what was written. The format is meant to
//! be read by a finance team too: everything is referred to by name, exact figures are texts (`"0.0246"`, `"1/3"`),
//! dates are `year-month-day`. The closed set of fields and operations is in [`v1`]; what a program does not know it
//! refuses by name, because a settlement that skips what it does not understand pays the wrong money.

mod error;
mod layout;
mod names;
mod read;
pub mod run;
pub mod v1;

pub use error::SpecError;
pub use read::{MAX_BYTES, read};

use jcm_calculus::Settlement;

/// The JSON text of a settlement, one layout for one settlement, with a final line break.
///
/// `compiler` names the program that wrote it, such as `jcm 0.1.0`. It fails only for a settlement that cannot be
/// read back: two things of one name, an id out of range, or a line nested deeper than JSON readers take.
pub fn write(settlement: &Settlement, compiler: &str) -> Result<String, SpecError> {
    read::on_a_deep_stack(|| {
        let specification = v1::Specification::of(settlement, compiler)?;
        let value = serde_json::to_value(&specification).map_err(|e| SpecError::Content {
            place: "the specification".to_owned(),
            message: e.to_string(),
        })?;
        Ok(layout::text(&value))
    })
}

/// The JSON Schema (2020-12) of version 1.
pub fn schema() -> String {
    schema_text(schemars::schema_for!(v1::Specification).to_value())
}

fn schema_text(mut schema: serde_json::Value) -> String {
    // What the file is stands before what it holds.
    if let Some(fields) = schema.as_object_mut() {
        let is_head = |name: &String| name.starts_with("$schema") || name == "title" || name == "description";
        let (head, body): (Vec<_>, Vec<_>) =
            std::mem::take(fields).into_iter().partition(|(name, _)| is_head(name));
        fields.extend(head.into_iter().rev().chain(body));
    }
    layout::text(&schema)
}
