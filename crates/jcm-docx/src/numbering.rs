//! Numbers that Word counts itself, and that come to what the document says.
//!
//! Each way of numbering is an abstract list. A list goes on by itself; where the document leaves numbers out (a
//! schedule that a contract does not have), a new instance of the list begins at the number that is due.

use crate::xml::{DECLARATION, Xml};
use jcm_doc::Role;

/// The ways of numbering. Each has the abstract list and the first instance of its place, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Clauses,
    Parts,
    Schedules,
    Recitals,
    Bullets,
}

/// How one level looks: format, text, style, indent of the text, hanging indent, what follows the number.
type Level =
    (&'static str, &'static str, Option<&'static str>, &'static str, &'static str, Option<&'static str>);

const LISTS: [(List, &[Level]); 5] = [
    (
        List::Clauses,
        &[
            ("decimal", "%1.", Some("ClauseHeading"), "709", "709", None),
            ("decimal", "%1.%2", Some("ClauseText"), "709", "709", None),
            ("lowerLetter", "(%3)", Some("ClauseSubparagraph"), "1276", "567", None),
        ],
    ),
    (List::Parts, &[("upperLetter", "Part %1", Some("PartHeading"), "0", "0", Some("space"))]),
    (
        List::Schedules,
        &[
            ("decimal", "Schedule %1", Some("ScheduleHeading"), "0", "0", Some("space")),
            ("upperLetter", "%1%2", Some("SchedulePartHeading"), "709", "709", None),
        ],
    ),
    (List::Recitals, &[("upperLetter", "(%1)", Some("Recital"), "709", "709", None)]),
    (List::Bullets, &[("bullet", "•", Some("ListBullet"), "425", "283", None)]),
];

/// A number as a list counts it: the list, and the count on each level down to its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) list: List,
    counts: Vec<u32>,
}

impl Number {
    /// The number of a section, if a list can count it.
    pub(crate) fn of_section(role: Role, number: &str) -> Option<Number> {
        match role {
            Role::Part => Some(Number::new(List::Parts, &[letters(number.strip_prefix("Part ")?)?])),
            Role::Clause => Some(Number::new(List::Clauses, &[digits(number)?])),
            Role::Schedule => {
                Some(Number::new(List::Schedules, &[digits(number.strip_prefix("Schedule ")?)?]))
            }
            Role::SchedulePart | Role::SchedulePage => {
                let (schedule, part) =
                    number.split_at_checked(number.find(|c: char| !c.is_ascii_digit())?)?;
                Some(Number::new(List::Schedules, &[digits(schedule)?, letters(part)?]))
            }
            Role::Cover | Role::Front | Role::Signatures | Role::Item => None,
        }
    }

    /// The number of a paragraph, if a list can count it.
    pub(crate) fn of_paragraph(number: &str) -> Option<Number> {
        if let Some(letter) = number.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            return Some(Number::new(List::Recitals, &[letters(letter)?]));
        }
        let (clause, paragraph) = number.split_once('.')?;
        Some(Number::new(List::Clauses, &[digits(clause)?, digits(paragraph)?]))
    }

    fn new(list: List, counts: &[u32]) -> Number {
        Number { list, counts: counts.to_vec() }
    }
}

fn digits(text: &str) -> Option<u32> {
    // A sign or a zero in front would not come back from Word.
    text.parse().ok().filter(|number: &u32| *number > 0 && number.to_string() == text)
}

/// `A` to `Z`. After that Word goes on with `AA`, `BB`.
fn letters(text: &str) -> Option<u32> {
    let mut letters = text.chars();
    let letter = letters.next().filter(char::is_ascii_uppercase)?;
    letters.next().is_none().then(|| u32::from(letter) - u32::from('A') + 1)
}

/// An instance of a list, where it begins on each level.
struct Instance {
    list: List,
    starts: Vec<u32>,
}

/// Where a list has come to.
struct State {
    instance: usize,
    starts: Vec<u32>,
    counts: Vec<Option<u32>>,
}

/// The lists of a document and how far each has come.
pub(crate) struct Numbering {
    instances: Vec<Instance>,
    states: Vec<State>,
}

impl Numbering {
    pub(crate) fn new() -> Numbering {
        let ones = |levels: &[Level]| vec![1; levels.len()];
        Numbering {
            instances: LISTS
                .iter()
                .map(|(list, levels)| Instance { list: *list, starts: ones(levels) })
                .collect(),
            states: (0..)
                .zip(LISTS)
                .map(|(instance, (_, levels))| State {
                    instance,
                    starts: ones(levels),
                    counts: vec![None; levels.len()],
                })
                .collect(),
        }
    }

    /// The instance and level of bullets.
    pub(crate) fn bullet() -> (usize, usize) {
        (place(List::Bullets) + 1, 0)
    }

    /// The instance and level under which the next paragraph comes to a number.
    pub(crate) fn count(&mut self, number: &Number) -> (usize, usize) {
        let level = number.counts.len().saturating_sub(1);
        let Some(state) = self.states.get_mut(place(number.list)) else { return (0, level) };
        if !state.goes_on_to(&number.counts) {
            let levels = state.starts.len();
            state.starts = number.counts.iter().copied().chain(std::iter::repeat(1)).take(levels).collect();
            state.counts = vec![None; levels];
            state.instance = self.instances.len();
            self.instances.push(Instance { list: number.list, starts: state.starts.clone() });
        }
        state.advance(&number.counts);
        (state.instance + 1, level)
    }

    /// The instance and level of a paragraph that is taken out: it does not count.
    pub(crate) fn beside(&self, number: &Number) -> (usize, usize) {
        let instance = self.states.get(place(number.list)).map_or(0, |state| state.instance);
        (instance + 1, number.counts.len().saturating_sub(1))
    }

    /// The part `numbering.xml`.
    pub(crate) fn xml(&self) -> String {
        let mut xml = Xml::default();
        xml.raw(DECLARATION);
        let namespace = [("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")];
        xml.element("w:numbering", &namespace, |xml| {
            for (list, levels) in LISTS {
                abstract_list(xml, list, levels);
            }
            for (id, instance) in (1usize..).zip(&self.instances) {
                let of = place(instance.list).to_string();
                xml.element("w:num", &[("w:numId", &id.to_string())], |xml| {
                    xml.empty("w:abstractNumId", &[("w:val", &of)]);
                    if id > LISTS.len() {
                        for (level, start) in instance.starts.iter().enumerate() {
                            let level = level.to_string();
                            xml.element("w:lvlOverride", &[("w:ilvl", &level)], |xml| {
                                xml.empty("w:startOverride", &[("w:val", &start.to_string())]);
                            });
                        }
                    }
                });
            }
        });
        xml.finish()
    }
}

impl State {
    /// Whether the list comes to these counts next, by itself.
    fn goes_on_to(&self, wanted: &[u32]) -> bool {
        let Some((own, above)) = wanted.split_last() else { return true };
        let level = above.len();
        let here = |at: usize| self.counts.get(at).copied().flatten();
        let stands = |at: usize| here(at).or_else(|| self.starts.get(at).copied());
        let next = here(level).map_or_else(|| self.starts.get(level).copied(), |count| count.checked_add(1));
        // Where a list began within a level, programs differ on how that level begins the next time.
        let sure = level > 0 || here(0).is_none() || self.starts.iter().skip(1).all(|start| *start == 1);
        sure && next == Some(*own) && above.iter().enumerate().all(|(at, count)| stands(at) == Some(*count))
    }

    fn advance(&mut self, counts: &[u32]) {
        let level = counts.len().saturating_sub(1);
        for (at, count) in self.counts.iter_mut().enumerate() {
            if at == level {
                *count = counts.get(at).copied();
            } else if at > level {
                *count = None;
            }
        }
    }
}

fn place(list: List) -> usize {
    LISTS.iter().position(|(of, _)| *of == list).unwrap_or(0)
}

fn abstract_list(xml: &mut Xml, list: List, levels: &[Level]) {
    xml.element("w:abstractNum", &[("w:abstractNumId", &place(list).to_string())], |xml| {
        xml.empty("w:multiLevelType", &[("w:val", "multilevel")]);
        for (level, (format, text, style, left, hanging, follows)) in levels.iter().enumerate() {
            xml.element("w:lvl", &[("w:ilvl", &level.to_string())], |xml| {
                xml.empty("w:start", &[("w:val", "1")]);
                xml.empty("w:numFmt", &[("w:val", format)]);
                if let Some(style) = style {
                    xml.empty("w:pStyle", &[("w:val", style)]);
                }
                if let Some(follows) = follows {
                    xml.empty("w:suff", &[("w:val", follows)]);
                }
                xml.empty("w:lvlText", &[("w:val", text)]);
                xml.empty("w:lvlJc", &[("w:val", "left")]);
                xml.element("w:pPr", &[], |xml| {
                    xml.empty("w:ind", &[("w:left", left), ("w:hanging", hanging)]);
                });
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(counts: &[u32]) -> Number {
        Number::new(List::Clauses, counts)
    }

    #[test]
    fn a_list_goes_on_by_itself_and_begins_again_only_where_numbers_are_left_out() {
        let mut numbering = Numbering::new();
        for counts in [&[1][..], &[1, 1], &[1, 2], &[2], &[2, 1]] {
            assert_eq!(numbering.count(&clause(counts)).0, 1, "{counts:?}");
        }
        let schedule = |counts: &[u32]| Number::new(List::Schedules, counts);
        assert_eq!(numbering.count(&schedule(&[1])), (3, 0));
        assert_eq!(numbering.count(&schedule(&[3])), (6, 0));
        assert_eq!(numbering.count(&schedule(&[3, 1])), (6, 1));
        assert_eq!(numbering.count(&schedule(&[4])), (6, 0));
    }

    #[test]
    fn paragraphs_that_count_again_under_the_same_clause_begin_a_list() {
        let mut numbering = Numbering::new();
        numbering.count(&clause(&[1]));
        numbering.count(&clause(&[1, 1]));
        assert_eq!(numbering.count(&clause(&[1, 1])).0, 6);
        assert_eq!(numbering.count(&clause(&[1, 2])).0, 6);
        assert_eq!(numbering.count(&clause(&[2])).0, 7);
    }

    #[test]
    fn only_what_word_can_count_is_left_to_it() {
        assert_eq!(Number::of_section(Role::SchedulePart, "3B").map(|n| n.counts), Some(vec![3, 2]));
        assert_eq!(Number::of_section(Role::SchedulePart, "3AB"), None);
        assert_eq!(Number::of_paragraph("(C)").map(|n| n.counts), Some(vec![3]));
        assert_eq!(Number::of_paragraph("01.1"), None);
    }
}
