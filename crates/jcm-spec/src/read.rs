//! Reading a specification: the version first, then the shape, then the names, then whether it is sound.

use crate::SpecError;
use crate::v1::{self, Specification};
use jcm_calculus::Settlement;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The most bytes of a specification that are read.
pub const MAX_BYTES: usize = 64 << 20;

/// The two fields that every version has, whatever else it has.
#[derive(Deserialize)]
struct Envelope {
    jcm: Option<Value>,
    version: Option<Value>,
}

/// Room for the deepest nesting that the reader of JSON lets through.
const DEEP_STACK: usize = 64 << 20;

/// Reads a specification and checks it, so that what comes back can be settled.
pub fn read(text: &str) -> Result<Settlement, SpecError> {
    if text.len() > MAX_BYTES {
        return Err(SpecError::TooLarge { bytes: text.len(), limit: MAX_BYTES });
    }
    on_a_deep_stack(|| read_here(text))
}

/// Runs something that follows the nesting of a text on a stack that holds the deepest one, whatever stack the caller
/// has; where no thread can be had, on the caller's.
pub(crate) fn on_a_deep_stack<T: Send>(run: impl Fn() -> T + Sync) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(DEEP_STACK).spawn_scoped(scope, &run);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => run(),
        }
    })
}

fn read_here(text: &str) -> Result<Settlement, SpecError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_version(text)?;
    let specification: Specification = serde_json::from_str(text).map_err(|e| explain(text, &e))?;
    let settlement = Settlement::try_from(specification)?;
    jcm_calculus::verify(&settlement).map_err(SpecError::Flaws)?;
    Ok(settlement)
}

fn check_version(text: &str) -> Result<(), SpecError> {
    let envelope: Envelope = serde_json::from_str(text).map_err(|e| match e.classify() {
        serde_json::error::Category::Data => SpecError::NotASettlement,
        _ => SpecError::NotJson { line: e.line(), column: e.column(), message: without_position(&e) },
    })?;
    let kind = envelope.jcm.as_ref().and_then(Value::as_str);
    match (kind, envelope.version.as_ref().and_then(Value::as_u64)) {
        (Some("settlement"), Some(v1::VERSION)) => Ok(()),
        (Some("settlement"), Some(found)) => Err(SpecError::Version { found }),
        _ => Err(SpecError::NotASettlement),
    }
}

/// Says in which input, line or payment the shape is wrong: the part is found by reading each part by itself.
fn explain(text: &str, error: &serde_json::Error) -> SpecError {
    let whole = || SpecError::Shape { place: "the specification".to_owned(), message: in_words(error) };
    let Ok(value) = serde_json::from_str::<Value>(text) else { return whole() };
    let list = |field: &str| value.get(field).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let found = None
        .or_else(|| {
            value.get("contract").and_then(|contract| fault::<v1::Contract>("the contract", contract))
        })
        .or_else(|| first_fault::<v1::Party>("party", "name", list("parties")))
        .or_else(|| first_fault::<v1::Period>("period", "label", list("periods")))
        .or_else(|| first_fault::<v1::Choice>("list of choices", "name", list("choices")))
        .or_else(|| first_fault::<v1::Input>("input", "name", list("inputs")))
        .or_else(|| first_fault::<v1::Parameter>("parameter", "name", list("parameters")))
        .or_else(|| first_fault::<v1::Step>("line", "name", list("steps")))
        .or_else(|| first_fault::<v1::Balance>("balance", "name", list("balances")))
        .or_else(|| first_fault::<v1::Payment>("payment", "name", list("payments")))
        .or_else(|| first_fault::<v1::Dataset>("dataset", "name", list("datasets")))
        .or_else(|| first_fault::<v1::Example>("example", "title", list("vectors")));
    found.unwrap_or_else(whole)
}

fn first_fault<T: DeserializeOwned>(kind: &str, name: &str, list: &[Value]) -> Option<SpecError> {
    list.iter().enumerate().find_map(|(i, part)| {
        let place = match part.get(name).and_then(Value::as_str) {
            Some(name) => format!("{kind} `{name}`"),
            None => format!("{kind} number {}", i + 1),
        };
        fault::<T>(&place, part)
    })
}

fn fault<T: DeserializeOwned>(place: &str, part: &Value) -> Option<SpecError> {
    let error = T::deserialize(part).err()?;
    Some(SpecError::Shape { place: place.to_owned(), message: in_words(&error) })
}

/// The reader's words in ours.
fn in_words(error: &serde_json::Error) -> String {
    let said = without_position(error);
    let rest = |start: &str| said.strip_prefix(start).and_then(|rest| rest.split_once('`'));
    let known = |rest: &str| rest.trim_start_matches(", expected ").trim_start_matches("one of ").to_owned();
    if let Some((name, others)) = rest("unknown variant `") {
        return format!("version {} has no `{name}`; it has {}", v1::VERSION, known(others));
    }
    if let Some((name, others)) = rest("unknown field `") {
        return format!("version {} has no field `{name}` here; it has {}", v1::VERSION, known(others));
    }
    if let Some((name, _)) = rest("missing field `") {
        return format!("the field `{name}` is missing");
    }
    let is_number =
        said.starts_with("invalid type: integer") || said.starts_with("invalid type: floating point");
    if is_number && said.contains("expected a string") {
        return format!("{said}; exact figures are written as texts, such as \"0.0246\"");
    }
    said
}

/// Without "at line 3 column 7", which is wrong once a part is read by itself.
fn without_position(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.rsplit_once(" at line ") {
        Some((before, _)) => before.to_owned(),
        None => said,
    }
}
