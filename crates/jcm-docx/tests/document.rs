//! What must hold of a Word document: well-formed parts, the same bytes every time, nothing that a text can break.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first broken expectation")]

use jcm_doc::{
    Align, Block, Definition, Document, Inline, Revision, Role, Section, SignatureBlock, Table, TableRow,
    Version,
};
use quick_xml::events::Event;
use std::io::{Cursor, Read as _};

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn section(role: Role, number: &str, title: &str, anchor: &str, blocks: Vec<Block>) -> Section {
    let (number, title, anchor) = (number.to_owned(), title.to_owned(), anchor.to_owned());
    Section { role, number, title, former_title: None, anchor, blocks }
}

fn document(blocks: Vec<Block>) -> Document {
    let version = Version {
        contract: "alliance".to_owned(),
        source: "0123456789ab".to_owned(),
        compiler: "jcm 0.1.0".to_owned(),
        day: "2026-04-01".to_owned(),
        draft: String::new(),
    };
    Document { title: "Alliance Agreement".to_owned(), version, blocks }
}

/// A document with every sort of block, in which every text is the given one.
fn with_text(text: &str) -> Document {
    let clause = section(
        Role::Clause,
        "1",
        text,
        "clause-one",
        vec![
            Block::Numbered { number: "1.1".into(), anchor: "clause-one.1".into(), text: words(text) },
            Block::Paragraph(vec![
                Inline::Strong(text.to_owned()),
                Inline::Reference { def: None, text: text.to_owned(), anchor: "clause-one".into() },
                Inline::Revised(Revision::Deleted, words(text)),
            ]),
            Block::List(vec![words(text)]),
        ],
    );
    let table = Table {
        caption: text.to_owned(),
        header: vec![text.to_owned(), text.to_owned()],
        anchors: vec![None, Some("column".to_owned())],
        align: vec![Align::Left, Align::Right],
        row_heads: true,
        rows: vec![TableRow {
            anchor: Some("row".to_owned()),
            revision: None,
            cells: vec![words(text), words(text)],
        }],
    };
    let definition =
        Definition { term: text.to_owned(), anchor: "term".into(), paragraphs: vec![words(text)] };
    let signature =
        SignatureBlock { party: text.to_owned(), form: words(text), lines: vec![text.to_owned()] };
    document(vec![
        Block::Section(section(Role::Cover, "", text, "contract", Vec::new())),
        Block::Contents,
        Block::Section(section(Role::Part, "Part A", text, "part", vec![Block::Section(clause)])),
        Block::Table(table),
        Block::Definition(definition),
        Block::Signature(signature),
    ])
}

/// The parts of the file by name, each of which must be well-formed.
fn parts(document: &Document) -> Vec<(String, String)> {
    let bytes = jcm_docx::docx(document).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut entry = archive.by_index(place).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{name}: {error}"),
                }
            }
            (name, text)
        })
        .collect()
}

fn part(document: &Document, name: &str) -> String {
    parts(document).into_iter().find(|(own, _)| own == name).unwrap().1
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = with_text("Sharing");
    assert_eq!(jcm_docx::docx(&document).unwrap(), jcm_docx::docx(&document).unwrap());
}

#[test]
fn who_made_the_file_can_be_read_without_unpacking_it() {
    let bytes = jcm_docx::docx(&with_text("Sharing")).unwrap();
    let mark = b"<Application>jcm 0.1.0</Application>";
    assert!(bytes.windows(mark.len()).any(|window| window == mark));
}

#[test]
fn no_text_breaks_the_document() {
    let long = "care ".repeat(2_000);
    let unbroken = "x".repeat(10_000);
    let texts = [
        "<w:p>&amp; | * _ ` ]]> <!-- \" '",
        "שלום and عربى",
        "👩‍⚕️ 🏥",
        "\u{0}\u{8}\u{1B}\u{FFFF}",
        "\r\n\t",
        "",
        &long,
        &unbroken,
    ];
    for text in texts {
        let document = with_text(text);
        let body = part(&document, "word/document.xml");
        let shown = text.replace(['\u{0}', '\u{8}', '\u{1B}', '\u{FFFF}'], "\u{FFFD}");
        let escaped =
            shown.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        let first = escaped.split_whitespace().next().unwrap_or_default();
        assert!(body.contains(first), "{first} is not in the document");
    }
}

#[test]
fn what_xml_cannot_hold_is_shown_as_a_mark() {
    let body = part(&with_text("a\u{1}b"), "word/document.xml");
    assert!(body.contains("a\u{FFFD}b"));
}

#[test]
fn right_to_left_runs_say_so() {
    let body = part(&with_text("a שלום"), "word/document.xml");
    assert!(
        body.contains("<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">שלום</w:t></w:r>"),
        "{body}"
    );
}

#[test]
fn a_reference_follows_the_title_or_the_number_of_what_it_refers_to() {
    let refer = |text: &str, anchor: &str| Inline::Reference {
        def: None,
        text: text.to_owned(),
        anchor: anchor.to_owned(),
    };
    let schedule = section(Role::Schedule, "Schedule 3", "Payment", "schedule-3", Vec::new());
    let clause = section(Role::Clause, "1", "Sharing", "clause-sharing", Vec::new());
    let text = vec![
        refer("Sharing", "clause-sharing"),
        refer("clause 1", "clause-sharing"),
        refer("Schedule 3", "schedule-3"),
        refer("the payments", "schedule-3"),
    ];
    let blocks = vec![Block::Section(clause), Block::Paragraph(text), Block::Section(schedule)];
    let body = part(&document(blocks), "word/document.xml");
    for wanted in [
        " REF clause_sharing \\h \\* MERGEFORMAT ",
        " REF clause_sharing \\n \\h ",
        " REF schedule_3 \\n \\h ",
        "<w:hyperlink w:history=\"1\" w:anchor=\"schedule_3\"><w:r><w:t xml:space=\"preserve\">the payments",
        "<w:t xml:space=\"preserve\">clause </w:t>",
    ] {
        assert!(body.contains(wanted), "{wanted}\n{body}");
    }
}

#[test]
fn what_is_taken_out_has_no_place_no_field_and_no_number_of_its_own() {
    let gone = section(Role::Clause, "2", "Old", "clause-old", Vec::new());
    let blocks = vec![
        Block::Section(section(Role::Clause, "1", "First", "clause-first", Vec::new())),
        Block::Revised(Revision::Deleted, Box::new(Block::Section(gone))),
        Block::Revised(
            Revision::Inserted,
            Box::new(Block::Section(section(Role::Clause, "2", "New", "clause-new", Vec::new()))),
        ),
    ];
    let document = document(blocks);
    let body = part(&document, "word/document.xml");
    assert!(body.contains("<w:delText xml:space=\"preserve\">Old</w:delText>"));
    assert!(body.contains("w:name=\"clause_new\"") && !body.contains("w:name=\"clause_old\""));
    // All three are counted by the first list: whether the change is accepted or rejected, the numbers follow.
    assert_eq!(body.matches("<w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/>").count(), 3);
    assert_eq!(body.matches("w:author=\"jcm\"").count(), 4);
}

#[test]
fn every_identity_of_a_mark_or_bookmark_is_its_own() {
    let body = part(&with_text("Sharing"), "word/document.xml");
    let mut seen = std::collections::BTreeSet::new();
    for name in ["<w:bookmarkStart w:id=\"", "<w:ins w:id=\"", "<w:del w:id=\""] {
        for rest in body.split(name).skip(1) {
            let id = rest.split('"').next().unwrap().to_owned();
            assert!(seen.insert(id.clone()), "{id} twice");
        }
    }
    assert!(seen.len() > 5);
}

/// Word prints the header on every page but the first and the footer on all.
#[test]
fn a_draft_says_so_in_header_and_footer() {
    let mut document = document(Vec::new());
    assert!(!part(&document, "word/header1.xml").contains("DRAFT"));
    document.version.draft = "DRAFT, not for signature".to_owned();
    assert!(part(&document, "word/header1.xml").contains("DRAFT, not for signature. "));
    assert!(part(&document, "word/footer1.xml").contains("DRAFT. Source 0123456789ab"));
}
