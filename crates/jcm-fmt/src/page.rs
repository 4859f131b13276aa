//! The text while it is written, line by line.

/// A text that knows in which column it is.
#[derive(Default)]
pub(crate) struct Page {
    text: String,
    column: usize,
    /// How much of the text stays as it is, spaces at its end included.
    kept: usize,
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

    /// Puts a space that stays, even at the end of a line.
    pub(crate) fn lasting_space(&mut self) {
        self.spaces(1);
        self.kept = self.text.len();
    }

    /// Puts a comment at the end of a line.
    pub(crate) fn comment(&mut self, comment: &str) {
        self.drop_spaces();
        self.spaces(2);
        self.put(comment);
    }

    /// Begins a line; the one before ends without spaces.
    pub(crate) fn new_line(&mut self, indent: usize) {
        self.drop_spaces();
        self.text.push('\n');
        self.column = 0;
        self.spaces(indent);
    }

    fn drop_spaces(&mut self) {
        let end = self.text.trim_end_matches(' ').len().max(self.kept);
        self.column -= self.text.len() - end;
        self.text.truncate(end);
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
