//! The layout of a text, as the white space that differs from how it would be laid out, so that a part can be laid out
//! alone and a cursor stays where it is.

use std::ops::Range;
use std::str::CharIndices;

/// White space that would be another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Respaced {
    /// Where it stands, in bytes; empty where there is none.
    pub at: Range<usize>,
    /// What would stand there.
    pub new: String,
}

/// The white space of a text that would be another if the text were laid out; `None` if it has a mistake in its form.
pub fn respaced(text: &str) -> Option<Vec<Respaced>> {
    let formatted = crate::format(text)?;
    let (mut old, mut new) = (Walk::over(text), Walk::over(&formatted));
    let mut found = Vec::new();
    loop {
        let ((at, was), (_, is)) = (old.space(), new.space());
        if was != is {
            found.push(Respaced { at, new: is.to_owned() });
        }
        match (old.letter(), new.letter()) {
            (None, None) => return Some(found),
            (was, is) if was == is => {}
            // Something other than white space differs: then there is no saying what belongs where.
            _ => return Some(vec![Respaced { at: 0..text.len(), new: formatted }]),
        }
    }
}

/// Those of a part of a text: what lies in it wholly, or begins or ends there.
pub fn respaced_within(text: &str, part: Range<usize>) -> Option<Vec<Respaced>> {
    let inside = |space: &Respaced| part.start <= space.at.start && space.at.end <= part.end;
    Some(respaced(text)?.into_iter().filter(inside).collect())
}

/// The lines of the declaration that a place is in, or that ends there: from its first column to its last brace.
pub fn declaration_around(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text.get(..at)?;
    let begins = |line: &str| line.starts_with(|letter: char| letter.is_alphabetic());
    let starts = before.rmatch_indices('\n').map(|(found, _)| found.saturating_add(1)).chain([0]);
    let start = starts.into_iter().find(|start| text.get(*start..).is_some_and(begins))?;
    let rest = text.get(at..)?;
    let mut end = at;
    for (place, line) in rest.split_inclusive('\n').enumerate() {
        if place > 0 && begins(line) {
            break;
        }
        end = end.saturating_add(line.len());
    }
    let whole = text.get(start..end)?.trim_end().len();
    Some(start..start.saturating_add(whole).max(at))
}

struct Walk<'t> {
    text: &'t str,
    letters: std::iter::Peekable<CharIndices<'t>>,
}

impl<'t> Walk<'t> {
    fn over(text: &'t str) -> Self {
        Self { text, letters: text.char_indices().peekable() }
    }

    fn place(&mut self) -> usize {
        self.letters.peek().map_or(self.text.len(), |(at, _)| *at)
    }

    fn space(&mut self) -> (Range<usize>, &'t str) {
        let start = self.place();
        while self.letters.next_if(|(_, letter)| letter.is_whitespace()).is_some() {}
        let at = start..self.place();
        (at.clone(), self.text.get(at).unwrap_or(""))
    }

    fn letter(&mut self) -> Option<char> {
        self.letters.next().map(|(_, letter)| letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CROOKED: &str =
        "jcm 1\n\npartner a \"A  B\" {\nrole:   provider\n}\n\npartner c \"C\" {\n role: provider\n}\n";

    fn apply(text: &str, spaces: &[Respaced]) -> String {
        let mut text = text.to_owned();
        for space in spaces.iter().rev() {
            text.replace_range(space.at.clone(), &space.new);
        }
        text
    }

    #[test]
    fn the_spaces_that_differ_make_the_text_that_is_laid_out() {
        let spaces = respaced(CROOKED).unwrap();
        assert_eq!(Some(apply(CROOKED, &spaces)), crate::format(CROOKED));
        assert!(spaces.iter().all(|space| space.at.len() < 8), "{spaces:?}");
        assert!(respaced("partner a { role").is_none());
    }

    #[test]
    fn a_declaration_can_be_laid_out_alone() {
        let second = CROOKED.find("partner c").unwrap();
        let part = declaration_around(CROOKED, CROOKED.len() - 1).unwrap();
        assert_eq!(part, second..CROOKED.len() - 1);
        let laid = apply(CROOKED, &respaced_within(CROOKED, part).unwrap());
        assert!(
            laid.contains("\nrole:   provider") && laid.ends_with("{\n    role: provider\n}\n"),
            "{laid}"
        );
    }
}
