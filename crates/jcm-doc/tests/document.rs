//! The document of whole contracts: goldens, links, markup and hostile text.
#![expect(clippy::expect_used, reason = "tests stop at the first broken expectation")]
#![expect(clippy::indexing_slicing, reason = "tests know the shape of what they made")]
#![expect(clippy::disallowed_methods, reason = "goldens are files")]

mod programs;

use jcm_doc::{Computed, Document, Edition, document, html, markdown};
use jcm_model::Program;
use programs::{indicators, north_star};

fn edition() -> Edition {
    Edition { compiler: "jcm 0.1.0".into() }
}

fn built(program: &Program, computed: &Computed) -> Document {
    document(program, computed, &edition())
}

fn golden(name: &str, text: &str) {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var("JCM_BLESS").is_ok() {
        std::fs::write(&path, text).expect("write a golden");
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(known == text, "{name} differs from its golden; look at it, then JCM_BLESS=1 writes it");
}

#[test]
fn the_alliance_reads_as_its_golden() {
    let document = built(&north_star::program(), &north_star::computed());
    golden("north_star.md", &markdown(&document));
    golden("north_star.html", &html(&document));
}

#[test]
fn the_quality_framework_reads_as_its_golden() {
    golden("indicators.md", &markdown(&built(&indicators::program(), &indicators::computed())));
}

/// Who pays back stands only where an amount can be below zero.
#[test]
fn a_price_is_never_paid_back() {
    let (mut program, computed) = (north_star::program(), north_star::computed());
    let amount = program.flows[0].amount.index();
    for (figure, said) in [("5", false), ("-5", true)] {
        program.lines[amount].expr = programs::figure(figure, programs::gbp());
        let text = markdown(&built(&program, &computed));
        assert_eq!(text.contains("Where the amount is below zero"), said, "{figure}");
    }
}

/// Everything that a reader or a machine follows must lead somewhere, and each place must be one place.
fn links_hold(document: &Document) {
    let anchors = document.anchors();
    let mut sorted = anchors.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), anchors.len(), "anchors are unique");
    for (text, id, link) in [(markdown(document), "<a id=\"", "](#"), (html(document), " id=\"", " href=\"#")]
    {
        let ids: Vec<&str> = text.split(id).skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let mut links = 0;
        for rest in text.split(link).skip(1) {
            let target = rest.split(['"', ')']).next().unwrap_or_default();
            assert!(ids.contains(&target), "a link leads to {target}, which is nowhere");
            links += 1;
        }
        assert!(links > 10, "the document has links");
    }
}

#[test]
fn every_link_leads_to_one_place() {
    links_hold(&built(&north_star::program(), &north_star::computed()));
    links_hold(&built(&indicators::program(), &indicators::computed()));
}

/// The tags of a page, opened and closed in order; panics at the first that does not fit.
fn tags_balance(page: &str) -> usize {
    let mut open: Vec<String> = Vec::new();
    let mut count = 0;
    let (head, rest) = page.split_once("<style>").expect("a style");
    let (_, rest) = rest.split_once("</style>").expect("the end of the style");
    let page = format!("{head}{rest}");
    for piece in page.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').expect("a tag that ends");
        assert!(tag.matches('"').count() % 2 == 0, "quotes in <{tag}>");
        let name: String = tag.chars().take_while(|c| !c.is_whitespace()).collect();
        count += 1;
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop().as_deref(), Some(closed), "</{closed}>"),
            None if ["meta", "!DOCTYPE"].contains(&name.as_str()) => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    count
}

#[test]
fn the_page_is_well_formed_and_needs_nothing_else() {
    for (program, computed) in
        [(north_star::program(), north_star::computed()), (indicators::program(), indicators::computed())]
    {
        let page = html(&built(&program, &computed));
        assert!(tags_balance(&page) > 400);
        for foreign in ["<script", "http:", "https:", "src=", "@import", "url("] {
            assert!(!page.contains(foreign), "{foreign} in the page");
        }
    }
}

#[test]
fn figures_say_what_they_are_and_where_they_come_from() {
    let page = html(&built(&north_star::program(), &north_star::computed()));
    let earned = "<data value=\"1658880\" data-line=\"gain_share.payable\" data-source=\"0:0-0\" title=\"Payable = \
                  min(max(After the quality score; -5% × Budget of the Alliance Fund); 10% × Budget of the Alliance \
                  Fund)\">£1,658,880.00</data>";
    assert!(page.contains(earned));
    let untold = page
        .split("<data ")
        .skip(1)
        .filter(|figure| !figure.split('>').next().unwrap_or("").contains("title="));
    assert_eq!(untold.count(), 0, "figures without an explanation");
    assert!(page.contains("title=\"Stated in “Sharing rate” (Schedule 3F)\">50%</data>"));
}

const HOSTILE: &str = "**x** _y_ `z` <script>alert(1)</script> | a \\| [b](http://evil.example) # $1$ www.evil.example \
                       \u{202E}esrever\u{202C} \u{0}\u{7}\u{1B}[31m\r\n# heading\n- item\n| cell | &lt; \"quoted\" 'it' 👩‍⚕️ שלום";

fn with_hostile_text(program: &mut Program) {
    let bad = || HOSTILE.to_string();
    let heads = |head: &mut jcm_model::Head| {
        head.title = format!("{HOSTILE}{}", head.name);
        head.doc = bad();
    };
    heads(&mut program.contract.head);
    program.contract.law = bad();
    program.partners.iter_mut().for_each(|x| {
        heads(&mut x.head);
        x.sector = bad();
        x.roles = vec![bad()];
        x.particulars = vec![(bad(), bad()), ("signs".into(), bad())];
    });
    program.populations.iter_mut().for_each(|x| heads(&mut x.head));
    program.outcomes.iter_mut().for_each(|x| heads(&mut x.head));
    program.measures.iter_mut().for_each(|x| {
        heads(&mut x.head);
        x.numerator = bad();
        x.particulars = vec![(bad(), bad())];
    });
    program.parameters.iter_mut().for_each(|x| {
        heads(&mut x.head);
        x.source = bad();
    });
    program.choices.iter_mut().for_each(|x| {
        heads(&mut x.head);
        x.members.iter_mut().for_each(|member| member.1 = bad());
    });
    program.pools.iter_mut().for_each(|x| heads(&mut x.head));
    program.tables.iter_mut().for_each(|x| heads(&mut x.head));
    program.scores.iter_mut().for_each(|x| heads(&mut x.head));
    program.incentives.iter_mut().for_each(|x| heads(&mut x.head));
    program.inputs.iter_mut().for_each(|x| heads(&mut x.head));
    program.lines.iter_mut().for_each(|x| heads(&mut x.head));
    program.examples.iter_mut().for_each(|x| heads(&mut x.head));
    program.definitions.iter_mut().for_each(|x| heads(&mut x.head));
    program.datasets.iter_mut().for_each(|x| {
        heads(&mut x.head);
        x.columns.iter_mut().for_each(|column| column.header = bad());
        x.missing = vec![bad()];
    });
    program.clauses.iter_mut().for_each(|x| {
        heads(&mut x.head);
        x.paragraphs.push(programs::prose(vec![programs::text(HOSTILE)]));
    });
}

#[test]
fn hostile_text_stays_text() {
    for (mut program, mut computed) in
        [(north_star::program(), north_star::computed()), (indicators::program(), indicators::computed())]
    {
        let plain_rows =
            markdown(&built(&program, &computed)).lines().filter(|line| line.starts_with('|')).count();
        with_hostile_text(&mut program);
        computed.examples[0].stopped = Some(HOSTILE.into());
        let document = built(&program, &computed);
        links_hold(&document);
        let (text, page) = (markdown(&document), html(&document));
        tags_balance(&page);
        for made in [&text, &page] {
            let harm = ["<script", "\u{202E}", "\u{0}", "\u{1B}", "\u{7}", "\r"];
            assert!(harm.iter().all(|harm| !made.contains(harm)), "a dangerous text got through");
        }
        assert!(
            !text.replace("\\]", "").contains("](http")
                && !text.contains("http:")
                && !text.contains("www.evil")
        );
        assert!(!text.contains("\n# heading") && !text.contains("\n- item"));
        assert!(text.contains("The example cannot be worked out to the end: "));
        table_rows_fit(&text);
        let rows = text.lines().filter(|line| line.starts_with('|')).count();
        assert!(rows >= plain_rows, "no row of a table was lost");
    }
}

/// Every row of a table has as many cells as its head.
fn table_rows_fit(text: &str) {
    let mut cells = None;
    for line in text.lines() {
        if !line.starts_with('|') {
            cells = None;
            continue;
        }
        let bare = line.replace("\\\\", "").replace("\\|", "");
        let count = bare.matches('|').count();
        assert_eq!(*cells.get_or_insert(count), count, "{line}");
    }
}

#[test]
fn a_contract_with_holes_is_printed_as_far_as_it_goes() {
    let clears: [fn(&mut Program); 12] = [
        |p| p.partners.clear(),
        |p| p.populations.clear(),
        |p| p.outcomes.clear(),
        |p| p.measures.clear(),
        |p| p.parameters.clear(),
        |p| p.pools.clear(),
        |p| p.tables.clear(),
        |p| p.scores.clear(),
        |p| p.incentives.clear(),
        |p| p.inputs.clear(),
        |p| p.lines.clear(),
        |p| p.flows.clear(),
    ];
    for clear in clears {
        let mut program = north_star::program();
        clear(&mut program);
        let document = built(&program, &north_star::computed());
        links_hold(&document);
        tags_balance(&html(&document));
    }
    let empty = programs::empty("nothing", "", 2026, 1);
    assert!(markdown(&built(&empty, &Computed::default())).contains("Schedule 1 Definitions"));
}

#[test]
fn the_same_contract_gives_the_same_bytes() {
    let make = || html(&built(&north_star::program(), &north_star::computed()));
    assert_eq!(make(), make());
}

#[test]
fn a_long_table_of_figures_is_printed_whole() {
    let mut program = indicators::program();
    let row = program.parameters[0].rows[0].clone();
    program.parameters[0].rows = (0..240)
        .map(|n| {
            let mut row = row.clone();
            row.values[2] = jcm_model::Constant::Number(programs::exact(&n.to_string()));
            row
        })
        .collect();
    let text = markdown(&built(&program, &indicators::computed()));
    assert!((0..240).all(|n| text.contains(&format!("| 40% | 80% | {n} point"))));
}

#[test]
fn a_title_of_ten_thousand_characters_is_only_long() {
    let mut program = north_star::program();
    program.lines[4].head.title = "www.a: ".repeat(1_500);
    let document = built(&program, &north_star::computed());
    links_hold(&document);
    table_rows_fit(&markdown(&document));
    tags_balance(&html(&document));
}

#[test]
fn each_kind_of_body_signs_in_its_own_way() {
    let block = |signs: &str, form: &str| {
        let mut program = north_star::program();
        let partner = program.partners.first_mut().expect("a party");
        partner.particulars.retain(|(field, _)| field != "signs" && field != "form");
        for (field, text) in [("signs", signs), ("form", form)] {
            if !text.is_empty() {
                partner.particulars.push((field.to_owned(), text.to_owned()));
            }
        }
        let text = markdown(&built(&program, &Computed::default()));
        let signatures = text.split("Signatures\n").nth(1).expect("a signature page").to_owned();
        signatures.split("\n\n").nth(1).expect("a first block").to_owned()
    };
    let words = [
        (("by_seal", "nhs_trust"), "the common seal of"),
        (("by_seal", ""), "in the presence of the officer who signs below"),
        (("as_deed", "company_limited_by_guarantee"), "acting by a director in the presence of a witness"),
        (("as deed", "limited liability partnership"), "acting by two of its members"),
        (("as_deed", "charitable_trust"), "two of its charity trustees"),
        (("as_deed", ""), "in the presence of a witness"),
        (("under_hand", "company"), "acting by a director"),
        (("under_hand", "integrated_care_board"), "by a person whom it has authorised"),
        (("by_mark", ""), "(by mark)"),
    ];
    for ((signs, form), wanted) in words {
        let text = block(signs, form);
        assert!(text.contains(wanted), "{signs} {form}: {text}");
    }
}

#[test]
fn the_readings_of_the_alliance_are_as_their_goldens() {
    let (program, computed) = (north_star::program(), north_star::computed());
    let partner = program.partner_named("council").expect("the council is a party");
    let reading = jcm_doc::for_partner(&program, &computed, &edition(), partner).expect("a reading");
    golden("north_star_for_council.md", &markdown(&reading));
    golden("north_star_plain_words.md", &markdown(&jcm_doc::plain_words(&program, &edition())));
    assert_eq!(jcm_doc::for_partner(&program, &computed, &edition(), jcm_model::PartnerId(99)), None);
}

/// A draft says so on the cover, at the end, and above each printed page.
#[test]
fn a_draft_is_marked_in_every_format() {
    let mut program = north_star::program();
    let of = |program: &Program| built(program, &north_star::computed());
    let whole = of(&program);
    assert!(!markdown(&whole).contains("DRAFT") && !html(&whole).contains("DRAFT"));
    program.unfinished.push(jcm_model::Unfinished {
        of: Some(jcm_model::Def::Contract),
        title: String::new(),
        field: "law".to_owned(),
        text: "TBC <soon>".to_owned(),
        span: jcm_source::Span::new(jcm_source::FileId(0), 0, 0),
    });
    let draft = of(&program);
    let (text, page) = (markdown(&draft), html(&draft));
    assert_eq!(text.matches(&draft.version.draft).count(), 2);
    assert!(text.contains("1 text is marked TBC") && text.contains("## <a id=\"unfinished\">"));
    assert!(page.contains(&format!("@top-right {{ content: \"{}\"", draft.version.draft)));
    assert!(page.contains("TBC &lt;soon&gt;"));
}
