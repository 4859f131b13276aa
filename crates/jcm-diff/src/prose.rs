//! Prose, compared paragraph by paragraph and then word by word.

use crate::figures::figure;
use crate::{Part, spelling};
use jcm_model::{Paragraph, Piece, Program, kind_of};

/// A stretch of a text that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Words in both.
    Same(String),
    /// Words taken out.
    Out(String),
    /// Words put in.
    In(String),
}

/// Comparisons of two lists take the product of their lengths; above this the changed middle is told as a whole.
const MOST_CELLS: usize = 4_000_000;

/// The paragraphs that differ. Those that stayed the same pair up the others, so that a paragraph put in is told as
/// that, and not as a change of all that follow.
pub(crate) fn compare(before: &Program, old: &[Paragraph], after: &Program, new: &[Paragraph]) -> Vec<Part> {
    let texts = |program: &Program, paragraphs: &[Paragraph]| -> Vec<Texts> {
        paragraphs.iter().map(|paragraph| Texts::of(program, paragraph)).collect()
    };
    let (old, new) = (texts(before, old), texts(after, new));
    let steps = steps(&old, &new);
    let mut parts = Vec::new();
    let (mut out, mut put) = (Vec::new(), Vec::new());
    for step in steps.into_iter().chain([Step::Same]) {
        match step {
            Step::Out(place) => out.push(place),
            Step::In(place) => put.push(place),
            Step::Same => changed(&mut parts, (&old, &mut out), (&new, &mut put)),
        }
    }
    parts
}

/// Paragraphs between two that stayed: one by one as far as they go, and what is left over.
fn changed(
    parts: &mut Vec<Part>,
    (old, out): (&[Texts], &mut Vec<usize>),
    (new, put): (&[Texts], &mut Vec<usize>),
) {
    for place in 0..out.len().max(put.len()) {
        let (from, to) = (out.get(place).copied(), put.get(place).copied());
        let (was, is) = (from.and_then(|from| old.get(from)), to.and_then(|to| new.get(to)));
        // Two paragraphs can read alike and speak of different things; then their names tell them apart.
        let alike = was.zip(is).is_some_and(|(was, is)| was.printed == is.printed);
        let told = |texts: &Texts| if alike { texts.exact.clone() } else { texts.printed.clone() };
        let (was, is) = (was.map(told), is.map(told));
        let label = match (from, to) {
            (Some(from), Some(to)) if from != to => format!("paragraph {} (was {})", to + 1, from + 1),
            (_, Some(number)) | (Some(number), None) => format!("paragraph {}", number + 1),
            (None, None) => continue,
        };
        let words = match (&was, &is) {
            (Some(was), Some(is)) => words(was, is),
            _ => Vec::new(),
        };
        parts.push(Part { label, before: was, after: is, words });
    }
    out.clear();
    put.clear();
}

/// A paragraph as it is printed, and by the names of what it refers to. Only the names decide.
struct Texts {
    printed: String,
    exact: String,
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.exact == other.exact
    }
}

impl Texts {
    fn of(program: &Program, paragraph: &Paragraph) -> Self {
        let printed = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Reference { def, .. } => program.title(*def).to_owned(),
            Piece::Figure { value, ty, .. } => figure(program, value, ty),
        };
        let exact = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Reference { def, .. } => format!("{{{} {}}}", kind_of(*def), program.name(*def)),
            Piece::Figure { value, ty, .. } => {
                format!("{{{} {}}}", spelling::constant(value), spelling::ty(program, ty))
            }
        };
        let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            printed: one_line(paragraph.pieces.iter().map(printed).collect()),
            exact: one_line(paragraph.pieces.iter().map(exact).collect()),
        }
    }
}

/// Two texts word by word.
pub(crate) fn words(was: &str, is: &str) -> Vec<Run> {
    let (old, new): (Vec<&str>, Vec<&str>) = (was.split(' ').collect(), is.split(' ').collect());
    let mut runs: Vec<Run> = Vec::new();
    // `Step::Same` does not say where; it walks through both texts.
    let mut at = 0;
    let mut put: Vec<&str> = Vec::new();
    for step in steps(&old, &new) {
        match step {
            Step::In(place) => put.extend(new.get(place)),
            Step::Out(place) => {
                add(&mut runs, Run::Out(old.get(place).copied().unwrap_or_default().to_owned()));
                at += 1;
            }
            Step::Same => {
                put.drain(..).for_each(|word| add(&mut runs, Run::In(word.to_owned())));
                add(&mut runs, Run::Same(old.get(at).copied().unwrap_or_default().to_owned()));
                at += 1;
            }
        }
    }
    put.into_iter().for_each(|word| add(&mut runs, Run::In(word.to_owned())));
    runs
}

/// Adds a word to the last run, if that is of the same sort.
fn add(runs: &mut Vec<Run>, word: Run) {
    match (runs.last_mut(), word) {
        (Some(Run::Same(text)), Run::Same(word))
        | (Some(Run::Out(text)), Run::Out(word))
        | (Some(Run::In(text)), Run::In(word)) => {
            text.push(' ');
            text.push_str(&word);
        }
        (_, word) => runs.push(word),
    }
}

/// How one list becomes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Same,
    /// A place in the old list.
    Out(usize),
    /// A place in the new list.
    In(usize),
}

/// The steps from one list to another that keep the most: what is the same at both ends, and between the ends the
/// longest common subsequence.
pub(crate) fn steps<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Step> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(start..).unwrap_or(&[]), new.get(start..).unwrap_or(&[]));
    let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let old_middle = old_rest.get(..old_rest.len() - end).unwrap_or(&[]);
    let new_middle = new_rest.get(..new_rest.len() - end).unwrap_or(&[]);
    let mut steps = vec![Step::Same; start];
    if old_middle.len().saturating_mul(new_middle.len()) > MOST_CELLS {
        steps.extend((0..old_middle.len()).map(|place| Step::Out(start + place)));
        steps.extend((0..new_middle.len()).map(|place| Step::In(start + place)));
    } else {
        middle(old_middle, new_middle, start, &mut steps);
    }
    steps.extend(vec![Step::Same; end]);
    steps
}

fn middle<T: PartialEq>(old: &[T], new: &[T], start: usize, steps: &mut Vec<Step>) {
    // `lengths` holds, for each pair of ends, how much the rests have in common.
    let width = new.len() + 1;
    let mut lengths = vec![0u32; (old.len() + 1).saturating_mul(width)];
    let at = |lengths: &[u32], a: usize, b: usize| lengths.get(a * width + b).copied().unwrap_or(0);
    for (a, from) in old.iter().enumerate().rev() {
        for (b, to) in new.iter().enumerate().rev() {
            let length = if from == to {
                at(&lengths, a + 1, b + 1) + 1
            } else {
                at(&lengths, a + 1, b).max(at(&lengths, a, b + 1))
            };
            if let Some(place) = lengths.get_mut(a * width + b) {
                *place = length;
            }
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old.get(a) == new.get(b) {
            steps.push(Step::Same);
            (a, b) = (a + 1, b + 1);
        } else if b == new.len() || (a < old.len() && at(&lengths, a + 1, b) >= at(&lengths, a, b + 1)) {
            steps.push(Step::Out(start + a));
            a += 1;
        } else {
            steps.push(Step::In(start + b));
            b += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(was: &str, is: &str) -> String {
        let run = |run: &Run| match run {
            Run::Same(text) => text.clone(),
            Run::Out(text) => format!("[-{text}-]"),
            Run::In(text) => format!("{{+{text}+}}"),
        };
        words(was, is).iter().map(run).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_that_stay_are_kept_and_the_others_stand_together() {
        assert_eq!(marked("meets every month", "meets every quarter"), "meets every [-month-] {+quarter+}");
        assert_eq!(marked("a b c d", "a x y d"), "a [-b c-] {+x y+} d");
        assert_eq!(marked("a b", "a b c"), "a b {+c+}");
        assert_eq!(marked("a b c", "c"), "[-a b-] c");
    }

    #[test]
    fn taking_out_and_putting_in_gives_the_new_text() {
        for (was, is) in [("a b a b a", "b a b"), ("x", "y"), ("the cat sat", "sat the cat the")] {
            let runs = words(was, is);
            let side = |take: fn(&Run) -> Option<&String>| {
                runs.iter().filter_map(take).cloned().collect::<Vec<_>>().join(" ")
            };
            assert_eq!(side(|run| matches!(run, Run::Same(_) | Run::Out(_)).then(|| text(run))), was);
            assert_eq!(side(|run| matches!(run, Run::Same(_) | Run::In(_)).then(|| text(run))), is);
        }
        fn text(run: &Run) -> &String {
            match run {
                Run::Same(text) | Run::Out(text) | Run::In(text) => text,
            }
        }
    }

    #[test]
    fn a_text_that_is_too_long_to_compare_is_told_as_a_whole() {
        let was: Vec<String> = (0..3_000).map(|n| format!("a{n}")).collect();
        let is: Vec<String> = (0..3_000).map(|n| format!("b{n}")).collect();
        let runs = words(&format!("x {} y", was.join(" ")), &format!("x {} y", is.join(" ")));
        assert_eq!(runs.len(), 4);
        assert_eq!(runs[0], Run::Same("x".to_owned()));
    }
}
