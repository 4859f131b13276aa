//! XML, written from front to back. Every text and attribute is escaped here and nowhere else.

/// The declaration that each part begins with.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// An XML text that is being written.
#[derive(Debug, Default)]
pub(crate) struct Xml {
    out: String,
}

impl Xml {
    /// An element with nothing in it.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.out.push_str("/>");
    }

    /// An element with what `inside` writes.
    pub(crate) fn element(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Xml)) {
        self.start(name, attributes);
        self.out.push('>');
        inside(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Text.
    pub(crate) fn text(&mut self, text: &str) {
        self.out.extend(text.chars().map(allowed).map(Escaped::of).flat_map(Escaped::chars));
    }

    /// XML that was written before.
    pub(crate) fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// Whether nothing was written yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// What was written.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            self.text(value);
            self.out.push('"');
        }
    }
}

/// A character, or U+FFFD (a visible mark) in place of one that XML cannot hold.
fn allowed(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'.. => c,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// A character as XML writes it.
enum Escaped {
    Plain(char),
    Named(&'static str),
}

impl Escaped {
    fn of(c: char) -> Escaped {
        match c {
            '&' => Escaped::Named("&amp;"),
            '<' => Escaped::Named("&lt;"),
            '>' => Escaped::Named("&gt;"),
            '"' => Escaped::Named("&quot;"),
            '\r' => Escaped::Named("&#13;"),
            _ => Escaped::Plain(c),
        }
    }

    fn chars(self) -> impl Iterator<Item = char> {
        let (one, many) = match self {
            Escaped::Plain(c) => (Some(c), ""),
            Escaped::Named(name) => (None, name),
        };
        one.into_iter().chain(many.chars())
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn marks_are_escaped_and_what_xml_cannot_hold_is_shown() {
        let mut xml = Xml::default();
        xml.element("a", &[("b", "\"<&>'")], |xml| xml.text("<&\u{0}\u{1B}\u{FFFF}שלום 👩‍⚕️"));
        assert_eq!(
            xml.finish(),
            "<a b=\"&quot;&lt;&amp;&gt;'\">&lt;&amp;\u{FFFD}\u{FFFD}\u{FFFD}שלום 👩‍⚕️</a>"
        );
    }
}
