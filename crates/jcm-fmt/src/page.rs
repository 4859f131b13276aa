//! The text while it is written, line by line.

/// A text that knows in which column it is.
#[derive(Default)]
pub(crate) struct Page {
    text: String,
    column: usize,
}

impl Page {
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many characters the last line has.
    pub(crate) fn column(&self) -> usize {
        self.column
    }

    pub(crate) fn put(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += width(text);
    }

    pub(crate) fn spaces(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
        self.column += count;
    }

    /// Begins a line; the one before ends without spaces.
    pub(crate) fn new_line(&mut self, indent: usize) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        self.column = 0;
        self.spaces(indent);
    }

    /// The whole text, which ends with one line break.
    pub(crate) fn finish(mut self) -> String {
        self.new_line(0);
        self.text
    }
}

/// The width of a text in characters.
pub(crate) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}
