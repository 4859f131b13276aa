//! What must hold of a PDF: pages are set of any text, none of it runs as code, and the bytes are the same every time.

use jcm_doc::{
    Align, Anchor, Block, Definition, Document, Drawing, Inline, Mark, Picture, Point, Revision, Role,
    Section, SignatureBlock, Table, TableRow, Version,
};

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn section(role: Role, number: &str, title: &str, anchor: &str, blocks: Vec<Block>) -> Section {
    let (number, title, anchor) = (number.to_owned(), title.to_owned(), anchor.to_owned());
    Section { role, number, title, former_title: None, anchor, blocks }
}

/// A picture of words.
fn picture(text: &str) -> Picture {
    let at = Point { x: 10, y: 20 };
    let words = Mark::Words { at, anchor: Anchor::Start, size: 9, bold: false, text: text.to_owned() };
    let [title, note, description] = [text, text, text].map(str::to_owned);
    Picture {
        title,
        note,
        description,
        drawing: Drawing { width: 200, height: 40, marks: vec![words] },
        former: None,
    }
}

/// A document with every sort of block, in which every text is the given one.
fn with_text(text: &str) -> Document {
    let mut clause = section(
        Role::Clause,
        "1",
        text,
        "clause \"one\"",
        vec![
            Block::Numbered { number: "1.1".into(), anchor: "clause-one.1".into(), text: words(text) },
            Block::Paragraph(vec![
                Inline::Strong(text.to_owned()),
                Inline::Reference { def: None, text: text.to_owned(), anchor: "clause \"one\"".into() },
                Inline::Reference { def: None, text: text.to_owned(), anchor: "nowhere".into() },
                Inline::Revised(Revision::Deleted, words(text)),
            ]),
            Block::List(vec![words(text), Vec::new()]),
            Block::Revised(Revision::Inserted, Box::new(Block::Paragraph(words(text)))),
        ],
    );
    clause.former_title = Some(text.to_owned());
    let row = |anchor: Option<&str>, cells: usize| TableRow {
        anchor: anchor.map(str::to_owned),
        revision: None,
        cells: vec![words(text); cells],
    };
    let table = Table {
        caption: text.to_owned(),
        header: vec![text.to_owned(), text.to_owned()],
        anchors: vec![None, Some("column".to_owned())],
        align: vec![Align::Left, Align::Right],
        row_heads: true,
        rows: vec![row(Some("row"), 2), row(Some("row"), 1), row(None, 3)],
    };
    let definition = Definition {
        term: text.to_owned(),
        anchor: "term".into(),
        paragraphs: vec![words(text), words(text)],
    };
    let signature =
        SignatureBlock { party: text.to_owned(), form: words(text), lines: vec![text.to_owned()] };
    let version = Version {
        contract: "alliance".to_owned(),
        source: "0123456789ab".to_owned(),
        compiler: "jcm 0.1.0".to_owned(),
        day: "2026-04-01".to_owned(),
        draft: String::new(),
    };
    let deep = (0..9).fold(Block::Paragraph(words(text)), |inner, depth| {
        Block::Section(section(Role::Item, "", text, &format!("deep-{depth}"), vec![inner]))
    });
    let blocks = vec![
        Block::Section(section(Role::Cover, "", text, "contract", Vec::new())),
        Block::Contents,
        Block::Section(section(Role::Part, "Part A", text, "part", vec![Block::Section(clause)])),
        Block::Table(table),
        Block::Definition(definition),
        Block::Signature(signature),
        Block::Picture(picture(text)),
        Block::Section(section(Role::Schedule, "Schedule 1", text, "schedule-1", vec![deep])),
    ];
    Document { title: text.to_owned(), version, blocks }
}

fn holds(bytes: &[u8], mark: &str) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark.as_bytes())
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = with_text("Sharing");
    assert_eq!(jcm_pdf::pdf(&document).unwrap(), jcm_pdf::pdf(&document).unwrap());
}

#[test]
fn it_says_that_it_is_for_the_archive_and_can_be_read_aloud_and_who_made_it_when() {
    let bytes = jcm_pdf::pdf(&with_text("Sharing")).unwrap();
    for mark in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<xmp:CreatorTool>jcm 0.1.0</xmp:CreatorTool>",
        "<xmp:CreateDate>2026-04-01",
    ] {
        assert!(holds(&bytes, mark), "{mark}");
    }
}

#[test]
fn no_text_breaks_the_pages_or_runs() {
    let long = "care ".repeat(400);
    let unbroken = "x".repeat(10_000);
    let texts = [
        "#panic() #{panic()} $x$ *a* _b_ `c` ``` <d> @e \\ // /* */ = - + [ ] ( ) ; \" '",
        "\"; panic(); \"",
        "\\\"; panic(); \\\"",
        "\\u{22}; panic()",
        "#read(\"/etc/passwd\") #import \"@preview/x:1.0.0\"",
        "שלום and عربى",
        "👩‍⚕️ 🏥 中文",
        "مرحبا n\u{304}",
        "=cmd|x +1 مرحبا 😀 a&#772; n\u{304} é\u{302} שלום",
        "\u{7}\u{0}\r\n\u{feff}",
        "",
        " ",
        &long,
        &unbroken,
    ];
    for text in texts {
        let made = jcm_pdf::pdf(&with_text(text));
        let start: String = text.chars().take(40).collect();
        assert!(made.is_ok(), "{start}: {made:?}");
    }
}
