//! `measure admissions "…" { unit: …, baseline: …, target: … }`, also after a measure of the library: `= ascof.x`.

use super::{dated, doubt, population, possible, refer};
use crate::checker::Checker;
use crate::constants::{constant, shown};
use crate::fields::{Fields, comma_for_point, head, read_terms};
use crate::problems::{BaselineLate, Shape, UnknownName, WrongDirection, WrongKind, WrongType};
use crate::units::read_type;
use jcm_model::{
    Better, ChoiceId, Constant, Def, Doubt, Expr, ExprKind, Head, Input, InputId, InputOwner, Measure,
    MeasureId, MeasureUse, Missing, ParameterId, ParameterOwner, ParameterRow, Ty,
};
use jcm_quantity::{Period, Unit, show_date};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Operator, Phrase, Term, Word};
use jcm_syntax::expression::Reader;

/// The fields that the document prints by themselves, before the others.
const SHOWN_ABOVE: [&str; 11] = [
    "use",
    "unit",
    "better",
    "outcome",
    "baseline",
    "target",
    "numerator",
    "denominator",
    "source",
    "collected",
    "verified",
];

/// Reads every measure of the contract.
pub(super) fn read_all<'p>(cx: &mut Checker<'p>) {
    let declarations = cx.names.numbered("measure");
    cx.parts.measures = Vec::with_capacity(declarations.len());
    let one = |cx: &mut Checker<'p>, id: u32, declaration: &'p Declaration| {
        let of = MeasureId(id);
        let read = |cx: &mut Checker<'p>| read(cx, declaration, of);
        cx.remembered(("measure", id), Some(Def::Measure(of)), declaration, read)
    };
    cx.read_ahead("measure", &declarations, one);
    for (id, declaration) in declarations {
        let measure = one(cx, id, declaration);
        cx.parts.measures.push(measure);
    }
}

fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, id: MeasureId) -> Option<Measure> {
    let base = base(cx, declaration)?;
    let head = titled(cx, declaration, base)?;
    let fields = Fields::of(cx, declaration, base)?;
    for member in ["baseline", "target"].into_iter().filter_map(|field| fields.get(field)) {
        if let Some(decimal) = comma_for_point(cx, &member.value) {
            return cx.report(decimal);
        }
    }
    let (unit, choice) = unit(cx, &fields)?;
    check_no_figures(cx, &fields, choice)?;
    let used_for = used_for(cx, &fields);
    let better = better(cx, &fields);
    let outcome = match fields.name(cx, "outcome") {
        Some(name) => Some(refer::outcome(cx, name)?),
        None => None,
    };
    let baseline =
        if fields.get("baseline").is_some() { Some(baseline(cx, &fields, &head, id, &unit)?) } else { None };
    let target =
        if fields.get("target").is_some() { Some(target(cx, &fields, &head, id, &unit)?) } else { None };
    check_baseline(cx, &fields, &head, baseline.as_ref().map(|(_, period)| period), target);
    check_direction(cx, &fields, &head, better, baseline.as_ref().map(|(id, _)| *id), target, &unit);
    let missing = match fields.get("missing") {
        Some(member) => {
            let ty = choice.map_or_else(|| Ty::Number(unit.clone()), Ty::Choice);
            missing(cx, &member.value, &ty).or_else(|| fields.shape(cx, "missing"))?
        }
        None => Missing::Refuse,
    };
    let verified_by = who(cx, &fields, "verified");
    let of = doubt::Of { name: &head.name, is_verified: !verified_by.is_empty() };
    let mut doubt = doubt::of_measure(cx, &fields, &unit, &of)?;
    doubt.possible = possible::read(cx, &fields, &unit)?;
    check_possible(cx, &fields, &doubt, &unit, baseline.as_ref().map(|(id, _)| *id), target)?;
    let (source, version) = source(cx, &fields);
    let mut measure = Measure {
        outcome,
        used_for: used_for?,
        unit,
        choice,
        better: better?,
        numerator: fields.text(cx, "numerator"),
        denominator: fields.text(cx, "denominator"),
        source,
        version,
        baseline,
        target,
        collected_by: who(cx, &fields, "collected"),
        verified_by,
        input: None,
        combined: None,
        missing,
        deadline: super::due::of(cx, &fields, "reported"),
        doubt,
        particulars: fields.particulars(cx, &SHOWN_ABOVE),
        head,
    };
    measure.combined = super::combined::read(cx, &fields, &measure)?;
    Some(measure)
}

/// The measure that this one is made after; the outer `None` means that it is not there.
fn base<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration) -> Option<Option<&'p Declaration>> {
    let Some(phrase) = declaration.header.first() else { return Some(None) };
    let mut reader = Reader::new(phrase);
    if !reader.operator(Operator::Equal) {
        return cx.report(Shape {
            what: "the first line of this measure".to_owned(),
            span: phrase.span,
            expected: "nothing after the title, or `=` and the measure that this one is made after"
                .to_owned(),
            example: "measure local_name = library_name {".to_owned(),
        });
    }
    let path = reader.path()?;
    let name = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
    let found = cx
        .names
        .get(&name)
        .map(|symbol| symbol.declaration)
        .filter(|declaration| declaration.kind == Kind::Measure);
    if let Some(found) = found {
        return Some(Some(found));
    }
    let span = path.first()?.span.to(path.last()?.span);
    let near = cx.names.near(&name, |symbol| symbol.declaration.kind == Kind::Measure);
    cx.report(UnknownName { name, span, wanted: "measure".to_owned(), near })
}

/// The head, with the title of the base where there is none of its own.
fn titled(cx: &mut Checker<'_>, declaration: &Declaration, base: Option<&Declaration>) -> Option<Head> {
    match (&declaration.name, &declaration.title, base.and_then(|base| base.title.as_ref())) {
        (Some(name), None, Some(title)) => Some(Head {
            name: name.text.clone(),
            title: title.text.clone(),
            doc: declaration.doc.clone(),
            span: declaration.span,
            name_span: name.span,
        }),
        _ => head(cx, declaration),
    }
}

/// The unit, or the list of choices that is reported instead of a figure.
fn unit<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<(Unit, Option<ChoiceId>)> {
    let member = fields.get("unit")?;
    let phrase = member.value.first()?;
    match read_type(cx, &phrase.terms, phrase.span)? {
        Ty::Number(unit) => Some((unit, None)),
        Ty::Choice(choice) => Some((Unit::none(), Some(choice))),
        _ => fields.shape(cx, "unit"),
    }
}

/// Holds a measure of a choice to have nothing that only figures have.
fn check_no_figures(cx: &mut Checker<'_>, fields: &Fields<'_>, choice: Option<ChoiceId>) -> Option<()> {
    let field = ["baseline", "target", "suppressed", "possible"]
        .into_iter()
        .find(|field| fields.get(field).is_some());
    let (Some(_), Some(field)) = (choice, field) else { return Some(()) };
    cx.report(WrongType {
        case: "figure-of-a-choice",
        span: fields.span_of(field),
        found: "one that reports a choice".to_owned(),
        expected: "a measure that reports figures".to_owned(),
        help: Some(format!(
            "The measure reports one of a list of choices and no figure: leave `{field}` out, and say in a parameter with the choice as its key what each of them earns"
        )),
    })
}

fn used_for<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<MeasureUse> {
    match fields.name(cx, "use")?.text.as_str() {
        "payment" => Some(MeasureUse::Payment),
        "monitoring" => Some(MeasureUse::Monitoring),
        "balancing" => Some(MeasureUse::Balancing),
        _ => fields.shape(cx, "use"),
    }
}

fn better<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<Better> {
    match fields.name(cx, "better")?.text.as_str() {
        "higher" => Some(Better::Higher),
        "lower" => Some(Better::Lower),
        _ => fields.shape(cx, "better"),
    }
}

/// `"SUS+", version "2026.1"`
fn source<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> (String, String) {
    let Some(member) = fields.get("source") else { return (String::new(), String::new()) };
    let source =
        member.value.first().and_then(Phrase::single).and_then(|term| term.as_text()).map(str::to_owned);
    let Some(source) = source else {
        fields.shape::<()>(cx, "source");
        return (String::new(), String::new());
    };
    let version = member.value.get(1).and_then(|phrase| {
        let mut reader = Reader::new(phrase);
        reader.spelled("version").then(|| reader.text().map(str::to_owned)).flatten()
    });
    (source, version.unwrap_or_default())
}

/// `by icb`: the partner's title, or the words as they stand.
fn who<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>, field: &str) -> String {
    let mut words = fields.text(cx, field);
    if let Some(rest) = words.strip_prefix("by ") {
        words = rest.to_owned();
    }
    let symbol = cx.names.get(&words.replace(' ', "_"));
    let partner = match symbol.and_then(|symbol| symbol.def) {
        Some(Def::Partner(id)) => cx.parts.partners.get(id.index()).and_then(Option::as_ref),
        _ => None,
    };
    partner.map_or(words, |partner| partner.head.title.clone())
}

/// A figure written in the unit of the measure: `24,310` or `79.3%` or with its unit in full.
pub(super) fn figure_in_unit(
    cx: &mut Checker<'_>,
    reader: &mut Reader<'_>,
    unit: &Unit,
    what: &str,
) -> Option<Constant> {
    let terms = reader.until(&[Word::In, Word::From]);
    in_unit(cx, terms, unit, what)
}

/// The same where the figure is all that is written.
pub(super) fn in_unit(cx: &mut Checker<'_>, terms: &[Term], unit: &Unit, what: &str) -> Option<Constant> {
    let (below_zero, figure) = match terms {
        [sign, figure @ ..] if sign.operator() == Some(Operator::Minus) => (true, figure),
        _ => (false, terms),
    };
    if let [only] = figure
        && let Some(digits) = only.as_number()
        && !unit.dims().is_empty()
        && unit.is_money().is_none()
    {
        let value = crate::units::number(cx, digits, only.span)?.checked_div(&unit.scale())?;
        return Some(Constant::Number(if below_zero { value.neg() } else { value }));
    }
    let expr = read_terms(cx, terms)?;
    constant(cx, &expr, &Ty::Number(unit.clone()), what)
}

fn baseline<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    head: &Head,
    id: MeasureId,
    unit: &Unit,
) -> Option<(ParameterId, Period)> {
    let mut reader = fields.reader("baseline")?;
    let value = figure_in_unit(cx, &mut reader, unit, "the baseline")?;
    if !reader.word(Word::In) {
        return fields.shape(cx, "baseline");
    }
    let before = cx.problems();
    let Some(period) = dated::period(cx, &mut reader) else {
        return if cx.problems() > before { None } else { fields.shape(cx, "baseline") };
    };
    if !reader.is_empty() {
        return fields.shape(cx, "baseline");
    }
    let (source, _) = source(cx, fields);
    let ty = Ty::Number(unit.clone());
    let rows = vec![population::always(value)];
    let parameter =
        population::brought(head, "baseline", "Baseline", ty, rows, ParameterOwner::Measure(id), source);
    let parameter = cx.add_parameter(parameter);
    cx.members.insert(Def::Measure(id), "baseline".to_owned(), Def::Parameter(parameter));
    Some((parameter, period))
}

fn target<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    head: &Head,
    id: MeasureId,
    unit: &Unit,
) -> Option<ParameterId> {
    let mut rows = Vec::new();
    let mut spans = Vec::new();
    for phrase in &fields.get("target")?.value {
        let mut reader = Reader::new(phrase);
        let value = figure_in_unit(cx, &mut reader, unit, "the target")?;
        let when = if reader.is_empty() { None } else { Some(when_or_shape(cx, fields, &mut reader)?) };
        if !reader.is_empty() {
            let span = Span { end: phrase.span.end, ..reader.span_here() };
            return cx.report(Shape {
                what: format!("the target of `{}`", head.name),
                span,
                expected: "a comma before this figure, or nothing".to_owned(),
                example: "target: 66% in 2027/28, 70% in 2028/29, 74% from 2029/30".to_owned(),
            });
        }
        spans.push(when.as_ref().map_or(phrase.span, |when| when.span));
        let (from, until) = when.map_or((None, None), |when| (when.from, when.until));
        rows.push(ParameterRow { keys: Vec::new(), from, until, values: vec![value] });
    }
    let what = format!("the target of `{}`", head.name);
    dated::close(cx, &what, &mut rows, &spans);
    dated::fill_term(cx, &what, &rows, fields.span_of("target"));
    let ty = Ty::Number(unit.clone());
    let parameter =
        population::brought(head, "target", "Target", ty, rows, ParameterOwner::Measure(id), String::new());
    let parameter = cx.add_parameter(parameter);
    cx.members.insert(Def::Measure(id), "target".to_owned(), Def::Parameter(parameter));
    Some(parameter)
}

/// When a target holds; reports one problem and not two where it cannot be read.
fn when_or_shape(cx: &mut Checker<'_>, fields: &Fields<'_>, reader: &mut Reader<'_>) -> Option<dated::When> {
    let before = cx.problems();
    let when = dated::when(cx, reader);
    if when.is_none() && cx.problems() == before {
        return fields.shape(cx, "target");
    }
    when
}

/// Holds the baseline to lie before the first day of performance.
fn check_baseline(
    cx: &mut Checker<'_>,
    fields: &Fields<'_>,
    head: &Head,
    baseline: Option<&Period>,
    target: Option<ParameterId>,
) {
    let Some(baseline) = baseline else { return };
    let first_target = target.and_then(|id| cx.parameter(id)?.rows.iter().filter_map(|row| row.from).min());
    let Some(contract) = &cx.parts.contract else { return };
    let start = first_target.unwrap_or(contract.start).min(contract.start);
    if baseline.end > start {
        let target_span =
            if fields.get("target").is_some() { fields.span_of("target") } else { contract.head.name_span };
        cx.report::<()>(BaselineLate {
            measure: head.name.clone(),
            span: fields.span_of("baseline"),
            baseline: baseline.describe(),
            start: show_date(start),
            target: target_span,
        });
    }
}

/// Holds the baseline and the targets to be figures that are possible.
fn check_possible(
    cx: &mut Checker<'_>,
    fields: &Fields<'_>,
    doubt: &Doubt,
    unit: &Unit,
    baseline: Option<ParameterId>,
    target: Option<ParameterId>,
) -> Option<()> {
    for (field, parameter) in [("baseline", baseline), ("target", target)] {
        let rows = parameter.and_then(|id| cx.parameter(id)).map(|parameter| parameter.rows.clone());
        for value in rows.unwrap_or_default().iter().flat_map(|row| &row.values) {
            let span = fields.span_of(field);
            possible::check(cx, &doubt.possible, unit, &format!("the {field}"), value, span)?;
        }
    }
    Some(())
}

/// Holds targets to be no worse than the baseline.
fn check_direction(
    cx: &mut Checker<'_>,
    fields: &Fields<'_>,
    head: &Head,
    better: Option<Better>,
    baseline: Option<ParameterId>,
    target: Option<ParameterId>,
    unit: &Unit,
) {
    let value = |row: &ParameterRow| match row.values.first() {
        Some(Constant::Number(value)) => Some(value.clone()),
        _ => None,
    };
    let start = baseline.and_then(|id| cx.parameter(id)?.rows.first().and_then(value));
    let goals: Vec<_> = target
        .and_then(|id| cx.parameter(id))
        .map(|p| p.rows.iter().filter_map(value).collect())
        .unwrap_or_default();
    let (Some(better), Some(start)) = (better, start) else { return };
    let worse = goals.into_iter().find(|goal| match better {
        Better::Higher => *goal < start,
        Better::Lower => *goal > start,
    });
    if let Some(goal) = worse {
        let ty = Ty::Number(unit.clone());
        cx.report::<()>(WrongDirection {
            measure: head.name.clone(),
            span: fields.span_of("target"),
            target: shown(&Constant::Number(goal), &ty),
            baseline: shown(&Constant::Number(start), &ty),
            before: fields.span_of("baseline"),
            better: if better == Better::Higher { "higher" } else { "lower" }.to_owned(),
        });
    }
}

/// `refuse`, `neutral`, a figure, or `carry_forward for 1 quarter, then neutral`; `None` where it is none of these.
pub(super) fn missing(cx: &mut Checker<'_>, phrases: &[Phrase], ty: &Ty) -> Option<Missing> {
    let (first, rest) = phrases.split_first()?;
    let mut reader = Reader::new(first);
    reader.word(Word::Then);
    if reader.spelled("refuse") {
        return (reader.is_empty() && rest.is_empty()).then_some(Missing::Refuse);
    }
    if reader.spelled("neutral") {
        return (reader.is_empty() && rest.is_empty()).then_some(Missing::Neutral);
    }
    if reader.spelled("carry_forward") {
        let times: Option<u32> =
            if reader.word(Word::For) { reader.number().and_then(|n| n.parse().ok()) } else { None };
        let known = reader.name().is_some_and(|name| {
            matches!(
                name.text.as_str(),
                "month" | "months" | "quarter" | "quarters" | "year" | "years" | "period" | "periods"
            )
        });
        let then = if rest.is_empty() { Missing::Refuse } else { missing(cx, rest, ty)? };
        return times.filter(|_| known).map(|times| Missing::CarryForward { times, then: Box::new(then) });
    }
    // A word that is nobody's name was meant as a rule, so that the rules are shown.
    if let [only] = reader.rest()
        && !matches!(ty, Ty::Choice(_))
        && only.name().is_some_and(|name| cx.names.get(&name.text).is_none())
    {
        return None;
    }
    let expr = read_terms(cx, reader.rest())?;
    constant(cx, &expr, ty, "what stands in for a missing figure").map(Missing::Use)
}

/// The input that is a measure's reported figure; made when something first refers to it.
pub(crate) fn reported(cx: &mut Checker<'_>, id: MeasureId) -> Option<Def> {
    if let Some(line) = super::combined::line(cx, id) {
        return line.map(Def::Line);
    }
    reported_whole(cx, id).map(Def::Input)
}

/// The figure of a measure in a calculation.
pub(crate) fn figure(cx: &mut Checker<'_>, id: MeasureId, span: Span) -> Option<Expr> {
    let ty = cx.parts.measures.get(id.index())?.as_ref()?.ty();
    let kind = match reported(cx, id)? {
        Def::Line(line) => ExprKind::Line(line),
        Def::Input(input) => ExprKind::Input(input),
        _ => return None,
    };
    Some(Expr { kind, ty, span })
}

/// The one input of a measure; reports a measure that has one for each part of a period.
pub(crate) fn one_input(cx: &mut Checker<'_>, id: MeasureId, span: Span) -> Option<InputId> {
    match reported(cx, id)? {
        Def::Input(input) => Some(input),
        _ => {
            let measure = cx.parts.measures.get(id.index())?.as_ref()?;
            let first = measure.inputs().first().and_then(|input| cx.input(*input));
            let first = first.map(|input| input.head.name.clone()).unwrap_or_default();
            let problem = WrongKind {
                name: measure.head.name.clone(),
                span,
                found: "put together from the parts of a period".to_owned(),
                wanted: format!("one of its parts, such as `{first}`"),
                near: Vec::new(),
            };
            cx.report(problem)
        }
    }
}

fn reported_whole(cx: &mut Checker<'_>, id: MeasureId) -> Option<InputId> {
    if let Some(input) = cx.reported(id) {
        return Some(input);
    }
    let measure = cx.parts.measures.get(id.index()).and_then(Option::as_ref)?;
    let version =
        if measure.version.is_empty() { String::new() } else { format!(", version {}", measure.version) };
    let input = Input {
        head: measure.head.clone(),
        owner: InputOwner::Measure(id),
        ty: measure.ty(),
        per_row: false,
        source: format!("{}{version}", measure.source),
        missing: measure.missing.clone(),
        doubt: measure.doubt.clone(),
    };
    let input = cx.add_input(input);
    cx.report_by(id, input);
    Some(input)
}

/// The place of a measure's name; for messages of other readers.
pub(super) fn name_span(cx: &Checker<'_>, id: MeasureId) -> Option<Span> {
    Some(cx.parts.measures.get(id.index())?.as_ref()?.head.name_span)
}
