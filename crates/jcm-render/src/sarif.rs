//! One SARIF 2.1.0 document (OASIS) for code scanners.
//!
//! The label of a problem is the message of its location, secondary labels are related locations, and help follows the
//! message on lines of its own, because scanners show nothing else. A label in a file that is not known has no location,
//! and a fix that would edit such a file is left out, because SARIF cannot say either.

use crate::place::Place;
use crate::{severity_word, visible};
use jcm_diagnostics::{Code, Diagnostic, Fix, Label};
use jcm_source::{SourceFile, Sources};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Draws the diagnostics as one document.
pub(crate) fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    version: &str,
    looked_at: &[crate::Rule],
) -> String {
    let found = diagnostics.iter().map(|diagnostic| diagnostic.code);
    let codes: BTreeSet<Code> = looked_at.iter().map(|rule| rule.code).chain(found).collect();
    let rules = codes.iter().map(|code| match looked_at.iter().find(|rule| rule.code == *code) {
        Some(rule) => Rule::named(rule),
        None => Rule::of(code),
    });
    let run = Run {
        tool: Tool { driver: Driver { name: "jcm", version, rules: rules.collect() } },
        column_kind: "utf16CodeUnits",
        results: diagnostics
            .iter()
            .map(|diagnostic| Finding::of(diagnostic, codes.range(..diagnostic.code).count(), sources))
            .collect(),
    };
    let document =
        Document { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    // Only texts, numbers and lists are written, so this does not fail.
    let json = serde_json::to_string_pretty(&document).unwrap_or_default();
    visible::escaped_json(&json) + "\n"
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'a str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    short_description: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

/// What SARIF calls a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mend<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize, PartialEq)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: usize,
    end_line: u32,
    end_column: usize,
}

/// What SARIF calls a fix.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mend<'a> {
    description: Text,
    artifact_changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Inserted<'a>,
}

#[derive(Serialize)]
struct Inserted<'a> {
    text: &'a str,
}

impl Rule {
    /// A rule, described by the family of its code; `jcm explain` says the rest.
    fn of(code: &Code) -> Self {
        let family = match code.0.get(..3) {
            Some("E01") => "Syntax",
            Some("E02") => "Names",
            Some("E03") => "Types and units",
            Some("E04") => "Dates and periods",
            Some("E05") => "Settlement",
            Some("E06") => "What a target cannot say",
            Some("E07") => "Data files",
            _ if code.0.starts_with(['W', 'L']) => "Lint",
            _ => "Problem",
        };
        let short_description = Text { text: format!("{family}: jcm explain {code}") };
        Self { id: code.0, name: None, short_description, help: None, default_configuration: None }
    }

    /// A rule that was looked at; one that usually is not has no level of its own.
    fn named(rule: &crate::Rule) -> Self {
        Self {
            id: rule.code.0,
            name: Some(rule.name),
            short_description: Text { text: rule.summary.to_owned() },
            help: Some(Text { text: format!("jcm explain {}", rule.code) }),
            default_configuration: Some(Configuration {
                enabled: rule.severity.is_some(),
                level: rule.severity.map_or("none", severity_word),
            }),
        }
    }
}

impl<'a> Finding<'a> {
    fn of(diagnostic: &'a Diagnostic, rule_index: usize, sources: &Sources) -> Self {
        let lines: Vec<&str> =
            std::iter::once(&diagnostic.message).chain(&diagnostic.help).map(String::as_str).collect();
        Self {
            rule_id: diagnostic.code.0,
            rule_index,
            level: severity_word(diagnostic.severity),
            message: Text { text: lines.join("\n") },
            locations: Location::of(&diagnostic.primary, sources).into_iter().collect(),
            related_locations: diagnostic
                .secondary
                .iter()
                .filter_map(|label| Location::of(label, sources))
                .collect(),
            fixes: diagnostic.fixes.iter().filter_map(|fix| Mend::of(fix, sources)).collect(),
        }
    }
}

impl Location {
    fn of(label: &Label, sources: &Sources) -> Option<Self> {
        let place = Place::of(label.span, sources);
        let message = (!label.text.is_empty()).then(|| Text { text: label.text.clone() });
        let physical_location =
            Physical { artifact_location: Artifact::of(place.file?), region: Region::of(&place) };
        Some(Self { physical_location, message })
    }
}

impl<'a> Mend<'a> {
    /// The fix with its edits by file, or nothing where there is no edit or a file is not known.
    fn of(fix: &'a Fix, sources: &Sources) -> Option<Self> {
        let mut changes: Vec<Change<'a>> = Vec::new();
        for edit in &fix.edits {
            let place = Place::of(edit.span, sources);
            let artifact_location = Artifact::of(place.file?);
            let inserted_content = Inserted { text: &edit.new_text };
            let replacement = Replacement { deleted_region: Region::of(&place), inserted_content };
            match changes.iter_mut().find(|change| change.artifact_location == artifact_location) {
                Some(change) => change.replacements.push(replacement),
                None => changes.push(Change { artifact_location, replacements: vec![replacement] }),
            }
        }
        let description = Text { text: fix.title.clone() };
        (!changes.is_empty()).then_some(Self { description, artifact_changes: changes })
    }
}

impl Region {
    fn of(place: &Place<'_>) -> Self {
        let (start_line, start_column) = place.line_column_utf16(place.start);
        let (end_line, end_column) = place.line_column_utf16(place.end);
        Self { start_line, start_column, end_line, end_column }
    }
}

impl Artifact {
    /// The name of a file as a URI: a relative reference, or `file:` where the name is an absolute path.
    fn of(file: &SourceFile) -> Self {
        let path = file.name().replace('\\', "/");
        let on_a_drive = matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
        let mut uri = String::from(match path.starts_with('/') {
            true => "file://",
            false if on_a_drive => "file:///",
            false => "",
        });
        for (index, byte) in path.bytes().enumerate() {
            let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
            if plain || (on_a_drive && index == 1) {
                uri.push(char::from(byte));
            } else {
                // Writing to a `String` does not fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
        Self { uri }
    }
}
