//! Markdown in the dialect that code hosts show. Every text of the contract is escaped: it can neither become a mark,
//! nor a tag, nor a link, nor break a table.

use crate::document::{
    Align, Block, Definition, Document, Inline, Revision, Role, Section, SignatureBlock, Table, Text,
};

/// The document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut page = Page { out: String::new() };
    for block in &document.blocks {
        page.block(document, block, 1);
    }
    let version = &document.version;
    let draft =
        if version.draft.is_empty() { String::new() } else { format!("**{}.** ", escaped(&version.draft)) };
    page.paragraph(&format!(
        "---\n\n{draft}Made from the source {}, by {}.",
        escaped(&version.source),
        escaped(&version.compiler)
    ));
    page.out
}

struct Page {
    out: String,
}

impl Page {
    fn block(&mut self, document: &Document, block: &Block, depth: usize) {
        match block {
            Block::Section(section) => self.section(document, section, depth),
            Block::Contents => self.contents(document),
            Block::Paragraph(text) => self.paragraph(&line(text)),
            Block::Numbered { number, anchor, text } => {
                self.paragraph(&format!("{}**{}** {}", target(anchor), escaped(number), inline(text)));
            }
            Block::List(items) => {
                let items: Vec<String> = items.iter().map(|item| format!("- {}", line(item))).collect();
                self.paragraph(&items.join("\n"));
            }
            Block::Table(table) => self.table(table),
            Block::Definition(definition) => self.definition(definition),
            Block::Signature(block) => self.signature(block),
            Block::Equation(equation) => self.paragraph(&guarded(&escaped(&equation.text()))),
            Block::Picture(picture) => {
                let said = format!("{} {}", picture.note.trim(), picture.description.trim());
                let (title, said) = (escaped(&picture.title), escaped(said.trim()));
                self.paragraph(format!("**{}** {said}", title.trim()).trim_end());
            }
            Block::Revised(Revision::Inserted, block) => self.block(document, block, depth),
            Block::Revised(Revision::Deleted, block) => {
                let mut out = Page { out: String::new() };
                out.block(document, block, depth);
                self.paragraph(&format!("<del>\n\n{}\n</del>", out.out));
            }
        }
    }

    fn section(&mut self, document: &Document, section: &Section, depth: usize) {
        if section.role == Role::Schedule {
            self.paragraph("---");
        }
        let level = if section.role == Role::Cover { 1 } else { (depth + 1).min(6) };
        let number = match section.role {
            _ if section.number.is_empty() => String::new(),
            Role::Clause => format!("{}. ", section.number),
            _ => format!("{} ", escaped(&section.number)),
        };
        let (marks, title) = ("#".repeat(level), escaped(&section.title));
        self.paragraph(&format!("{marks} {}{number}{}", target(&section.anchor), title.trim()));
        for block in &section.blocks {
            self.block(document, block, depth + 1);
        }
    }

    fn contents(&mut self, document: &Document) {
        self.paragraph("## Contents");
        let entries = document.contents();
        let entry = |entry: &crate::document::ContentsEntry| {
            let indent = if entry.level > 1 { "  " } else { "" };
            let number = if entry.number.is_empty() { String::new() } else { format!("{} ", entry.number) };
            format!("{indent}- [{}](#{})", escaped(&format!("{number}{}", entry.title)), entry.anchor)
        };
        self.paragraph(&entries.iter().map(entry).collect::<Vec<_>>().join("\n"));
    }

    fn definition(&mut self, definition: &Definition) {
        let mut paragraphs = definition.paragraphs.iter().map(inline);
        let first = paragraphs.next().unwrap_or_default();
        let term = escaped(&definition.term);
        self.paragraph(&format!("{}**“{term}”** {first}", target(&definition.anchor)));
        for paragraph in paragraphs {
            self.paragraph(&guarded(&paragraph));
        }
    }

    fn signature(&mut self, block: &SignatureBlock) {
        self.paragraph(&line(&block.form));
        let lines: Vec<String> =
            block.lines.iter().map(|line| format!("- {}: {}", escaped(line), "\\_".repeat(40))).collect();
        self.paragraph(&lines.join("\n"));
    }

    fn table(&mut self, table: &Table) {
        self.paragraph(&format!("**{}**", escaped(&table.caption).trim()));
        let mut rows = Vec::new();
        let heads = table.header.iter().enumerate().map(|(column, head)| {
            let anchor =
                table.anchors.get(column).and_then(Option::as_deref).map_or_else(String::new, target);
            format!("{anchor}{}", escaped(head))
        });
        rows.push(row(heads));
        let rule = |align: &Align| match align {
            Align::Left => "---".to_string(),
            Align::Right => "---:".to_string(),
        };
        rows.push(row(table.align.iter().map(rule)));
        for table_row in &table.rows {
            let anchor = table_row.anchor.as_deref().map_or_else(String::new, target);
            let cells = table_row.cells.iter().enumerate().map(|(column, cell)| {
                let anchor = if column == 0 { anchor.as_str() } else { "" };
                format!("{anchor}{}", inline(cell))
            });
            rows.push(row(cells));
        }
        self.paragraph(&rows.join("\n"));
    }

    fn paragraph(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }
}

fn row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// A place that links lead to.
fn target(anchor: &str) -> String {
    format!("<a id=\"{anchor}\"></a>")
}

/// A text at the start of a line.
fn line(text: &Text) -> String {
    guarded(&inline(text))
}

fn inline(text: &Text) -> String {
    text.iter().map(piece).collect()
}

fn piece(inline: &Inline) -> String {
    match inline {
        Inline::Strong(text) if !text.trim().is_empty() => format!("**{}**", escaped(text.trim())),
        Inline::Term { text, anchor, .. } | Inline::Reference { text, anchor, .. } => {
            format!("[{}](#{anchor})", escaped(text))
        }
        Inline::File { text, name } => format!("[{}]({name})", escaped(text)),
        Inline::Revised(Revision::Inserted, text) => self::inline(text),
        Inline::Revised(Revision::Deleted, text) => format!("<del>{}</del>", self::inline(text)),
        other => escaped(&other.text()),
    }
}

/// Text in which every character stands for itself wherever it stands in a line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '^' => {
                out.push('\\');
                out.push(c);
            }
            // Addresses would become links by themselves.
            ':' if ends_in(&out, &["http", "https", "ftp", "mailto", "xmpp"]) => out.push_str("&#58;"),
            '.' if ends_in(&out, &["www"]) => out.push_str("&#46;"),
            '@' => out.push_str("&#64;"),
            _ => out.push(c),
        }
    }
    out
}

/// Whether a text ends in one of a few short words, in letters of either case.
fn ends_in(text: &str, words: &[&str]) -> bool {
    let tail: String = text.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    let tail = tail.to_ascii_lowercase();
    words.iter().any(|word| tail.ends_with(word))
}

/// A line whose first characters cannot start a list, a rule or an underlined heading.
fn guarded(text: &str) -> String {
    let text = text.trim_start();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (head, rest) = text.split_at_checked(digits).unwrap_or(("", text));
    match rest.chars().next() {
        Some('.' | ')') if digits > 0 => format!("{head}\\{rest}"),
        Some('-' | '+' | '=') if digits == 0 => format!("\\{rest}"),
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_survives_in_text() {
        assert_eq!(
            escaped("*a* _b_ `c` <b> | [x](y) # $1$ a\\"),
            "\\*a\\* \\_b\\_ \\`c\\` &lt;b&gt; \\| \\[x\\](y) \\# \\$1\\$ a\\\\"
        );
        assert_eq!(escaped("https://x WWW.x a@b"), "https&#58;//x WWW&#46;x a&#64;b");
    }

    #[test]
    fn a_line_starts_no_list_and_no_heading() {
        assert_eq!(
            ["- a", "1. a", "12) a", "= a", "+ a"].map(guarded),
            ["\\- a", "1\\. a", "12\\) a", "\\= a", "\\+ a"]
        );
        assert_eq!(["1.5 a", "a - b", "£5"].map(guarded), ["1\\.5 a", "a - b", "£5"]);
    }
}
