//! What a formula names apart, so that no case stands inside another and no fraction is wider than the page:
//! "x + y, where x = … and y = …".

use crate::formula::Formula;
use std::collections::VecDeque;

/// A letter and what it stands for.
pub(crate) type Part = (String, Formula);

/// The letters of formulas, which are not those of the sentences beside them.
const LETTERS: &str = "xyzuvwpqrstkmn";
/// One condition inside a formula of at most so many letters is read without a letter of its own.
const SHORT: usize = 70;

/// The letter at a place: `x`, `y`, …, `n`, `x2`, `y2`, ….
fn letter(place: usize) -> String {
    let count = LETTERS.chars().count();
    let letter: String = LETTERS.chars().skip(place % count).take(1).collect();
    if place < count { letter } else { format!("{letter}{}", place / count + 1) }
}

/// The formula with a letter for each condition inside it, and what the letters stand for, in their order.
pub(crate) fn conditions(mut formula: Formula) -> (Formula, Vec<Part>) {
    let mut inside = 0usize;
    formula.each_inside(&mut |part| inside += usize::from(part.has_cases()));
    let readable = inside == 1 && !formula.has_cases() && formula.text().chars().count() <= SHORT;
    if inside == 0 || readable {
        return (formula, Vec::new());
    }
    let mut names = Names::default();
    names.take_out(&mut formula);
    let mut parts = Vec::new();
    while let Some((name, mut part)) = names.waiting.pop_front() {
        names.take_out(&mut part);
        parts.push((name, part));
    }
    (formula, parts)
}

/// What has got a letter and has not been looked into.
#[derive(Default)]
struct Names {
    given: usize,
    waiting: VecDeque<Part>,
}

impl Names {
    /// Puts a letter in the place of the outermost conditions inside a formula.
    fn take_out(&mut self, formula: &mut Formula) {
        for inner in formula.parts_mut() {
            if !inner.has_cases() {
                self.take_out(inner);
                continue;
            }
            let name = letter(self.given);
            self.given += 1;
            let symbol = Formula::Name { text: name.clone(), def: None };
            self.waiting.push_back((name, std::mem::replace(inner, symbol)));
        }
    }
}

/// Puts letters, after so many that are taken, in the place of the names that stand in a fraction wider than `most`
/// letters. What the letters stand for comes back in their order.
pub(crate) fn wide_fractions(formulas: &mut [&mut Formula], taken: usize, most: usize) -> Vec<Part> {
    let mut named: Vec<Formula> = Vec::new();
    let mut note = |part: &Formula| {
        for (_, part) in part.wide_fraction(most) {
            part.names(&mut |name| {
                if !named.contains(name) {
                    named.push(name.clone());
                }
            });
        }
    };
    for formula in formulas.iter() {
        note(formula);
        formula.each_inside(&mut note);
    }
    let parts: Vec<Part> = named.into_iter().enumerate().map(|(i, name)| (letter(taken + i), name)).collect();
    formulas.iter_mut().for_each(|formula| put(formula, &parts));
    parts
}

fn put(formula: &mut Formula, parts: &[Part]) {
    match parts.iter().find(|(_, name)| name == formula) {
        Some((letter, _)) => *formula = Formula::Name { text: letter.clone(), def: None },
        None => formula.parts_mut().into_iter().for_each(|inner| put(inner, parts)),
    }
}

impl Formula {
    /// Whether it gives one of several values.
    fn has_cases(&self) -> bool {
        matches!(self, Formula::Cases { .. } | Formula::Known { .. })
    }

    /// What stands over and under the line of a quotient, where one of the two is longer than it may be.
    fn wide_fraction(&self, most: usize) -> &[(bool, Formula)] {
        let Formula::Product(factors) = self else { return &[] };
        // What is divided is all that stands before the last sign of division.
        let Some(last) = factors.iter().rposition(|(times, _)| !times) else { return &[] };
        let length = |parts: &[(bool, Formula)]| -> usize {
            parts.iter().map(|(_, part)| part.text().chars().count() + 3).sum()
        };
        let (over, rest) = factors.split_at_checked(last).unwrap_or_default();
        let under = rest.get(..1).unwrap_or_default();
        if length(over).max(length(under)) <= most + 3 {
            return &[];
        }
        factors.get(..=last).unwrap_or_default()
    }

    /// The names in it; a thing looked up counts as one.
    fn names(&self, visit: &mut impl FnMut(&Formula)) {
        match self {
            Formula::Name { .. } | Formula::Lookup { .. } => visit(self),
            _ => self.parts().into_iter().for_each(|inner| inner.names(visit)),
        }
    }

    /// Everything inside it, at any depth, and not itself.
    fn each_inside(&self, visit: &mut impl FnMut(&Formula)) {
        for inner in self.parts() {
            visit(inner);
            inner.each_inside(visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Formula {
        Formula::Name { text: text.to_owned(), def: None }
    }

    fn known(text: &str) -> Formula {
        Formula::Known { value: Box::new(named(text)), or: Box::new(Formula::Figure("0%".to_owned())) }
    }

    #[test]
    fn conditions_in_a_sum_get_letters() {
        let sum = Formula::Sum(vec![(true, known("Safety")), (true, known("Engagement"))]);
        let (formula, parts) = conditions(sum);
        assert_eq!(formula.text(), "x + y");
        let parts: Vec<String> =
            parts.iter().map(|(name, part)| format!("{name} = {}", part.text())).collect();
        assert_eq!(
            parts,
            ["x = Safety, or, if it is not known, 0%", "y = Engagement, or, if it is not known, 0%"]
        );
    }

    #[test]
    fn a_single_condition_that_is_short_stays() {
        let sum = Formula::Sum(vec![(true, named("Due")), (true, known("Safety"))]);
        let (formula, parts) = conditions(sum);
        assert_eq!((formula.text().as_str(), parts.len()), ("Due + (Safety, or, if it is not known, 0%)", 0));
    }

    #[test]
    fn names_of_a_wide_fraction_get_letters_wherever_they_stand() {
        let difference = |a: &str, b: &str| Formula::Sum(vec![(true, named(a)), (false, named(b))]);
        let mut progress = Formula::Product(vec![
            (true, difference("Admissions", "Baseline of admissions")),
            (false, difference("Target for admissions", "Baseline of admissions")),
        ]);
        let parts = wide_fractions(&mut [&mut progress], 1, 20);
        assert_eq!(progress.text(), "(y − z) ÷ (u − z)");
        assert_eq!(parts.len(), 3);
        assert!(wide_fractions(&mut [&mut progress], 4, 20).is_empty());
    }

    #[test]
    fn letters_do_not_run_out() {
        assert_eq!([0, 13, 14, 28].map(letter), ["x", "n", "x2", "x3"]);
    }
}
