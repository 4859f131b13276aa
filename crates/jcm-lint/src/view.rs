//! What lints look at: the contract, what its lines can come to, and what its examples come to.

use crate::Subject;
use crate::moving::{self, Moved};
use crate::possible::Possible;
use crate::reach::Reach;
use jcm_model::{Constant, Def, Example, Expect, Expected, Expr, Flow, LineId, PartnerId, Program, Ty};
use jcm_quantity::{Exact, show, show_date};
use jcm_source::{FileId, Sources, Span};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Everything that lints look at, worked out once.
pub(crate) struct View<'a> {
    pub(crate) program: &'a Program,
    pub(crate) sources: &'a Sources,
    /// Whatever the data are.
    pub(crate) possible: Possible<'a>,
    /// With data as they usually are.
    pub(crate) usual: Possible<'a>,
    /// Whether what no example tries says anything of the contract.
    pub(crate) own_examples: bool,
    library: &'a [FileId],
    /// The examples, those over several periods as one for each period.
    examples: Vec<Example>,
    settle: &'a dyn crate::Settle,
    /// What lies behind each paid line.
    behind: BTreeMap<LineId, Reach>,
    /// What each paid line comes to with figures of examples moved far, worked out when it is first asked for.
    far: OnceCell<BTreeMap<LineId, Vec<Moved>>>,
}

impl<'a> View<'a> {
    pub(crate) fn new(subject: &Subject<'a>) -> Self {
        let program = subject.program;
        let amounts = program.flows.iter().map(|flow| flow.amount);
        Self {
            behind: amounts.map(|amount| (amount, Reach::of(program, amount))).collect(),
            program: subject.program,
            sources: subject.sources,
            possible: Possible::of(subject.program),
            usual: Possible::usual(subject.program),
            own_examples: subject.own_examples,
            library: subject.library,
            examples: program
                .examples
                .iter()
                .flat_map(|example| subject.settle.each_period(example))
                .collect(),
            settle: subject.settle,
            far: OnceCell::new(),
        }
    }

    /// The files that the partners wrote.
    pub(crate) fn own_files(&self) -> impl Iterator<Item = (FileId, &'a str)> {
        let sources: &'a Sources = self.sources;
        let own = sources.iter().filter(|(id, _)| !self.library.contains(id));
        own.map(|(id, file)| (id, &**file.text()))
    }

    /// The text of a place on one line.
    pub(crate) fn words(&self, span: Span) -> String {
        self.sources.text_of(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What a line comes to in an example, with lines replaced by others; nothing where it cannot be worked out.
    pub(crate) fn work_out(
        &self,
        example: &Example,
        wanted: &[LineId],
        instead: &[(LineId, Expr)],
    ) -> Option<crate::Worked> {
        let expect = |line: &LineId| Expect {
            what: Expected::Line { line: *line, row: None, value: Constant::Missing, to: None },
            span: example.head.span,
        };
        let mut asked = example.clone();
        // Only what is wanted and what it needs: a partner has no lines of its own.
        asked.of = Def::Partner(PartnerId(0));
        asked.given_lines.retain(|(line, _)| !instead.iter().any(|(other, _)| other == line));
        asked.expect = wanted.iter().map(expect).collect();
        self.settle.settle(&asked, instead)
    }

    /// What an expression comes to where a line stands, for the case and for each row.
    pub(crate) fn evaluate(&self, example: &Example, line: LineId, expr: &Expr) -> Vec<Constant> {
        let worked = self.work_out(example, &[line], &[(line, expr.clone())]);
        let lines = worked.map(|worked| worked.lines).unwrap_or_default();
        lines.into_iter().filter(|((found, _), _)| *found == line).map(|(_, value)| value).collect()
    }

    /// Whether an example gives a line instead of computing it.
    pub(crate) fn is_given(example: &Example, line: LineId) -> bool {
        example.given_lines.iter().any(|(given, _)| *given == line)
    }

    /// The lines that flows pay, each once.
    pub(crate) fn paid(&self) -> Vec<LineId> {
        self.behind.keys().copied().collect()
    }

    /// The paid lines behind which there is a line, itself perhaps.
    pub(crate) fn paid_by(&self, line: LineId) -> Vec<LineId> {
        let behind = self.behind.iter().filter(|(_, behind)| behind.lines.contains(&line));
        behind.map(|(paid, _)| *paid).collect()
    }

    /// What lies behind the amount of a flow.
    pub(crate) fn behind(&self, flow: &Flow) -> Option<&Reach> {
        self.behind.get(&flow.amount)
    }

    /// The examples that give something of what lies behind a figure; all of them where it needs nothing.
    pub(crate) fn examples_for<'r>(&'r self, behind: &'r Reach) -> impl Iterator<Item = &'r Example> {
        self.examples.iter().filter(move |example| {
            let of_rows = example.rows.iter().flat_map(|(_, given)| given);
            let mut given = example.given.iter().chain(of_rows);
            behind.inputs.is_empty()
                || given.any(|(input, _)| behind.inputs.contains(input))
                || example.given_lines.iter().any(|(line, _)| behind.lines.contains(line))
        })
    }

    /// What a paid line comes to with one figure of an example moved far.
    pub(crate) fn moved_far(&self, line: LineId) -> &[Moved] {
        let far = self.far.get_or_init(|| {
            self.paid().into_iter().map(|line| (line, moving::moved_far(self, line))).collect()
        });
        far.get(&line).map_or(&[], Vec::as_slice)
    }

    /// Everything that moves money.
    pub(crate) fn behind_money(&self) -> Reach {
        Reach::of_flows(self.program, &self.program.flows)
    }

    /// What pays by a flow.
    pub(crate) fn payer_of(&self, flow: &Flow) -> Option<Def> {
        self.program.line(flow.amount).map(|line| Def::from(line.owner))
    }

    /// An amount of the contract's currency as it is paid, as people read it.
    pub(crate) fn money(&self, amount: &Exact) -> String {
        let rounding = &self.program.contract.rounding;
        let amount = amount.round(&rounding.grain, rounding.mode);
        show(&amount, &jcm_quantity::Unit::money(&self.program.contract.currency.code))
    }

    /// A value as people read it.
    pub(crate) fn value(&self, value: &Constant, ty: &Ty) -> String {
        match (value, ty) {
            (Constant::Number(number), Ty::Number(unit)) => show(number, unit),
            (Constant::Number(number), _) => number.text(),
            (Constant::Member(name), Ty::Choice(id)) => {
                let members = self.program.choice(*id).map_or(&[][..], |choice| &choice.members);
                members.iter().find(|(known, _)| known == name).map_or(name, |(_, title)| title).clone()
            }
            (Constant::Member(name), _) | (Constant::Text(name), _) => name.clone(),
            (Constant::Truth(truth), _) => if *truth { "yes" } else { "no" }.to_owned(),
            (Constant::Date(date), _) => show_date(*date),
            (Constant::Missing, _) => "missing".to_owned(),
        }
    }
}

/// The number of a constant.
pub(crate) fn number(constant: &Constant) -> Option<&Exact> {
    match constant {
        Constant::Number(number) => Some(number),
        _ => None,
    }
}
