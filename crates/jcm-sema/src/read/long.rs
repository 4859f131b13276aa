//! A data file in long form: `part: "Quarter"`, with a row for each part of the period, and
//! `figure: "Value" by "Indicator"`, with a row for each figure.

use super::measure;
use crate::checker::Checker;
use crate::fields::Fields;
use crate::problems::Shape;
use jcm_model::{Combining, Def, InputId, MeasureId, PartOfPeriod};
use jcm_source::Span;
use jcm_syntax::ast::{Name, Phrase, Term, Word};
use jcm_syntax::expression::Reader;

/// What a dataset says of the rows of its file.
pub(super) struct Form {
    /// The header of the column of names, and of the column of figures.
    pub(super) figures: Option<(String, String)>,
    /// The header of the column that names a part.
    header: Option<String>,
    /// The parts in which the measures of the columns are reported.
    part: Option<PartOfPeriod>,
    /// How many problems there were before the columns were read.
    problems: usize,
}

/// What a column gives.
pub(super) enum Found {
    /// The input of each part, in whose rows its figure stands.
    Parts(Vec<(InputId, Option<u32>)>),
    /// One figure for the case.
    Whole,
}

/// The form of a dataset; `None` where it cannot be read.
pub(super) fn form<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Form> {
    let mut form = Form { figures: None, header: None, part: None, problems: cx.problems() };
    if let Some(member) = fields.get("part") {
        let text = member.value.first().and_then(Phrase::single).and_then(Term::as_text);
        form.header = Some(text.map(str::to_owned).or_else(|| fields.shape(cx, "part"))?);
    }
    if fields.get("figure").is_some() {
        form.figures = Some(figures(fields).or_else(|| fields.shape(cx, "figure"))?);
    }
    let named = ["part", "figure"].into_iter().find(|field| fields.get(field).is_some());
    if let (Some(field), Some(_)) = (named, fields.get("row")) {
        return cx.report(Shape {
            what: "`row`".to_owned(),
            span: fields.span_of("row"),
            expected: format!(
                "no `row` beside `{field}`: what an incentive knows of each row comes in a file of its own"
            ),
            example: "key: \"Area\"".to_owned(),
        });
    }
    Some(form)
}

/// `"Value" by "Indicator"`
fn figures(fields: &Fields<'_>) -> Option<(String, String)> {
    let mut reader: Reader<'_> = fields.reader("figure")?;
    let figure = reader.text()?.to_owned();
    if !reader.word(Word::By) {
        return None;
    }
    let name = reader.text()?.to_owned();
    reader.is_empty().then_some((name, figure))
}

impl Form {
    /// What a column gives that names a measure which is reported in parts; `None` where a problem was reported.
    pub(super) fn of_parts(&mut self, cx: &mut Checker<'_>, path: &[Name]) -> Option<Found> {
        let (Some(_), Some((first, rest))) = (&self.header, path.split_first()) else {
            return Some(Found::Whole);
        };
        let Some(Def::Measure(id)) = cx.names.get(&first.text).and_then(|symbol| symbol.def) else {
            return Some(Found::Whole);
        };
        let half = match rest {
            [] => None,
            [half] if half.text == "numerator" => Some(0),
            [half] if half.text == "denominator" => Some(1),
            _ => return Some(Found::Whole),
        };
        let span = path.last().map_or(first.span, |last| first.span.to(last.span));
        self.of_measure(cx, id, half, &first.text, span)
    }

    fn of_measure(
        &mut self,
        cx: &mut Checker<'_>,
        id: MeasureId,
        half: Option<usize>,
        name: &str,
        span: Span,
    ) -> Option<Found> {
        let last = measure::reported(cx, id)?;
        let measure = cx.parts.measures.get(id.index())?.as_ref()?.clone();
        let Some((combined, (part, count))) = measure.combined.as_ref().and_then(|of| Some((of, of.part?)))
        else {
            return Some(Found::Whole);
        };
        let known = *self.part.get_or_insert(part);
        if known != part {
            let (expected, found) = (known.name(), part.name());
            let expected = format!(
                "only measures that are reported by the {expected}, as those of the columns before; `{name}` is reported by the {found}"
            );
            return shape(cx, span, expected, "a dataset of its own for the months");
        }
        match (&combined.rule, last, half) {
            (Combining::Last, Def::Input(input), None) => Some(Found::Parts(vec![(input, Some(count))])),
            (Combining::Ratio, _, Some(half)) => {
                let size = combined.inputs.len() / 2;
                let inputs = combined.inputs.iter().skip(half * size).take(size);
                Some(Found::Parts(inputs.copied().zip((1..).map(Some)).collect()))
            }
            (Combining::Ratio, _, None) => {
                let expected = format!("a column for `{name}.numerator` and one for `{name}.denominator`");
                shape(cx, span, expected, &format!("\"Numerator\" : {name}.numerator"))
            }
            (Combining::Statistic(_), _, None) => {
                Some(Found::Parts(combined.inputs.iter().copied().zip((1..).map(Some)).collect()))
            }
            _ => Some(Found::Whole),
        }
    }

    /// The column that names a part, and which parts; the outer `None` where nothing in the file comes in parts.
    pub(super) fn part<'p>(
        &self,
        cx: &mut Checker<'p>,
        fields: &Fields<'p>,
    ) -> Option<Option<(String, PartOfPeriod)>> {
        match (&self.header, self.part) {
            (None, _) => Some(None),
            (Some(header), Some(part)) => Some(Some((header.clone(), part))),
            (Some(_), None) if cx.problems() > self.problems => None,
            // Without the periods of the contract, no measure has parts; the reason has been reported.
            (Some(_), None) if cx.parts.contract.is_none() => None,
            (Some(_), None) => cx.report(Shape {
                what: "`part`".to_owned(),
                span: fields.span_of("part"),
                expected: "a column of a measure that says with `combined` how its quarters or months become one figure".to_owned(),
                example: "combined: mean of the quarters".to_owned(),
            }),
        }
    }
}

fn shape<T>(cx: &mut Checker<'_>, span: Span, expected: String, example: &str) -> Option<T> {
    cx.report(Shape {
        what: "this column of a file with `part`".to_owned(),
        span,
        expected,
        example: example.to_owned(),
    })
}
