//! What each thing is called inside a sentence, inside a formula and inside a clause.

use super::expression::{Level, Phrase};
use super::title::{Noun, in_parts, noun};
use super::{Wording, lower_first, tidy};
use crate::document::{Compose, Inline, Text, capitalised, plain, said};
use jcm_model::{
    BoardId, Constant, Def, Head, IncentiveId, InputOwner, Line, LineId, LineOwner, ParameterId,
    ParameterOwner, PartnerId, PoolId, PopulationId, ServiceId, Ty,
};

impl Wording<'_> {
    /// A thing by its name inside a sentence, with its article and a link.
    pub(crate) fn name(&self, def: Def) -> Phrase {
        match def {
            Def::Line(id) => match self.program.line(id) {
                Some(line) => self.line_name(line, Some(id)),
                None => Phrase::closed(Text::new()),
            },
            Def::Parameter(id) => self.parameter_name(id),
            Def::Input(id) => self.input_name(def, id),
            Def::Contract => Phrase::closed(self.link(def, self.kind_of_contract())),
            Def::Clause(_) => Phrase::closed(self.link(def, self.places.address(def))),
            Def::Definition(id) => Phrase::closed(self.term(id)),
            Def::Balance(id) => Phrase::closed(self.balance_name(id)),
            Def::Outcome(_) => self.titled("the outcome ", def),
            Def::Choice(_) => self.titled("the list ", def),
            Def::Table(_) => self.titled("the table ", def),
            Def::Partner(_) | Def::Pool(_) | Def::Board(_) | Def::Document(_) => {
                let (article, body) = without_article(self.title(def));
                // A board is an office of the contract and no proper name alone.
                let article = if matches!(def, Def::Board(_)) { "the " } else { article };
                self.linked(def, Noun { article, body: body.to_string(), plural: false })
            }
            Def::Population(_) | Def::Measure(_) => {
                let mut noun = noun(self.title(def), "figure");
                noun.article = if noun.plural { "" } else { noun.article };
                self.linked(def, noun)
            }
            Def::Obligation(_) => self.titled("the obligation ", def),
            Def::Ladder(_) => self.titled("the ladder ", def),
            Def::Variation(_) => self.titled("the variation ", def),
            Def::Subcontract(_) => self.titled("the sub-contract ", def),
            Def::ConditionPrecedent(_) => self.titled("the condition ", def),
            Def::Decision(_) => self.titled("the decision ", def),
            Def::Power(_) => Phrase::closed(self.link(def, self.title(def))),
            Def::Service(_) => self.linked(def, noun(self.title(def), "service")),
            Def::Payment(_) | Def::Incentive(_) => self.linked(def, noun(self.title(def), "payment")),
            Def::Score(_) | Def::OpenTerm(_) => self.linked(def, noun(self.title(def), "amount")),
        }
    }

    /// A line by its name; the same whether or not its place in the program is known.
    pub(crate) fn line_name(&self, line: &Line, id: Option<LineId>) -> Phrase {
        let def = id.map_or(Def::from(line.owner), Def::Line);
        let what = self.what_it_measures(&line.ty);
        match line.owner {
            LineOwner::Pool(pool) => {
                let mut text = said("the ");
                text.add(self.link(def, "budget")).say(" of ").add(self.name(Def::Pool(pool)).text);
                Phrase::closed(text)
            }
            LineOwner::Score(score)
                if id.is_some() && id != self.program.score(score).map(|score| score.line) =>
            {
                // A part of a score often bears the title of its measure; what it is then has to be said.
                if self.program.measures.iter().any(|measure| measure.head.title == line.head.title) {
                    let part = noun(&line.head.title, &what);
                    let body =
                        format!("{what} for {}{}", if part.plural { "" } else { part.article }, part.body);
                    return self.linked(def, Noun { article: "the ", body, plural: what.ends_with('s') });
                }
                self.linked(def, noun(&line.head.title, &what))
            }
            _ => self.linked(def, noun(&line.head.title, &what)),
        }
    }

    /// A thing as a clause refers to it; `before` is what the sentence has said already.
    pub(crate) fn reference(&self, def: Def, before: &str) -> Text {
        let mut text = self.name(def).text;
        let has_determiner = replaces_article(def, before);
        if has_determiner {
            drop_article(&mut text);
        }
        let figure = match def {
            Def::Parameter(id) => self.plain_figure(id),
            _ => None,
        };
        if let Some(figure) = figure {
            // "at the sharing rate (50%)", but "a point is worth £130.51".
            if !has_determiner {
                return vec![figure];
            }
            text.say(" (").add(vec![figure]).say(")");
        } else if let Some(detail) = self.reference_detail(def) {
            if plain(&text).contains('(') {
                text.say(", ").add(detail);
            } else {
                text.say(" (").add(detail).say(")");
            }
        }
        at_its_place(text, before)
    }

    /// A thing by its name alone, where a clause before has said where it stands.
    pub(crate) fn mention(&self, def: Def, before: &str) -> Text {
        let mut text = self.name(def).text;
        if replaces_article(def, before) {
            drop_article(&mut text);
        }
        at_its_place(text, before)
    }

    /// The title of a line in a table of lines, where a part of a score says what it is.
    pub(crate) fn line_heading(&self, line: &Line, id: LineId) -> String {
        match line.owner {
            LineOwner::Score(_) | LineOwner::Payment(_) => self.name_in_formula(Def::Line(id)),
            _ => line.head.title.clone(),
        }
    }

    /// A short text of the source; the name of a partner, a board, a population, a fund, a service or an incentive becomes
    /// that thing.
    pub(crate) fn named(&self, text: &str) -> Text {
        let name = text.trim();
        match self.called(name) {
            Some(def @ Def::Incentive(_)) => {
                let mut text = self.link(def, self.title(def));
                text.say(" (").say(self.address(def)).say(")");
                text
            }
            Some(def) => capitalised(self.name(def).text),
            None => said(&tidy(text)),
        }
    }

    /// What is declared under a name, among what a field may name.
    fn called(&self, name: &str) -> Option<Def> {
        fn find<T, D>(list: &[T], id: fn(u32) -> D, fits: impl Fn(&T) -> bool) -> Option<D> {
            crate::places::with_ids(list, id).find(|(_, item)| fits(item)).map(|(id, _)| id)
        }
        let program = self.program;
        // A name that is kept as a text has spaces for its underscores.
        let is = |head: &Head| head.name == name || head.name.replace('_', " ") == name;
        let partner = find(&program.partners, PartnerId, |item| is(&item.head)).map(Def::Partner);
        partner
            .or_else(|| find(&program.boards, BoardId, |item| is(&item.head)).map(Def::Board))
            .or_else(|| find(&program.populations, PopulationId, |item| is(&item.head)).map(Def::Population))
            .or_else(|| find(&program.pools, PoolId, |item| is(&item.head)).map(Def::Pool))
            .or_else(|| find(&program.services, ServiceId, |item| is(&item.head)).map(Def::Service))
            .or_else(|| find(&program.incentives, IncentiveId, |item| is(&item.head)).map(Def::Incentive))
    }

    /// The power that a thing is under: a link where it is declared.
    pub(crate) fn power(&self, of: Def, under: &str) -> Text {
        match self.program.power_of(of) {
            Some(power) => self.link(Def::Power(power), under),
            None => said(&tidy(under)),
        }
    }

    /// The partners of a list, joined.
    pub(crate) fn partners(&self, ids: &[jcm_model::PartnerId]) -> Text {
        let names = ids.iter().map(|id| self.name(Def::Partner(*id)).text).collect();
        crate::document::joined(names, " and ")
    }

    /// What a column of a figure measures, such as `percentage`.
    pub(crate) fn what_column_measures(&self, id: ParameterId, column: u32) -> String {
        let columns = self.program.parameter(id).map_or(&[][..], |parameter| &parameter.columns);
        let found = usize::try_from(column).ok().and_then(|place| columns.get(place));
        found.map_or_else(String::new, |(_, ty)| self.what_it_measures(ty))
    }

    /// A name inside a formula: the title without an article.
    pub(crate) fn name_in_formula(&self, def: Def) -> String {
        match def {
            Def::Line(id) => match self.program.line(id) {
                Some(Line { owner: LineOwner::Pool(pool), .. }) => {
                    format!("Budget of {}", plain(&self.name(Def::Pool(*pool)).text))
                }
                Some(line)
                    if matches!(line.owner, LineOwner::Score(_)) || in_parts(&line.head.title).is_some() =>
                {
                    formula_name(&plain(&self.line_name(line, Some(id)).text))
                }
                _ => formula_name(self.title(def)),
            },
            Def::Input(id) => match self.program.input(id).map(|input| input.owner) {
                Some(InputOwner::Measure(measure)) if !self.is_part(measure, id) => {
                    formula_name(self.title(Def::Measure(measure)))
                }
                _ if in_parts(self.title(def)).is_some() => formula_name(&plain(&self.name(def).text)),
                _ => formula_name(self.title(def)),
            },
            _ => formula_name(self.title(def)),
        }
    }

    /// The name of a figure of the contract inside a formula, with its column.
    pub(crate) fn figure_name(&self, id: ParameterId, column: u32) -> String {
        let name = formula_name(&plain(&self.parameter_name(id).text));
        match self.column_of(id, column) {
            Some(column) => format!("{} from {name}", formula_name(&column)),
            None => name,
        }
    }

    /// The name of a column; `None` for a plain figure.
    pub(crate) fn column_of(&self, id: ParameterId, column: u32) -> Option<String> {
        let columns = &self.program.parameter(id)?.columns;
        let (name, _) = columns.get(usize::try_from(column).ok()?)?;
        (!name.is_empty()).then(|| tidy(&name.replace('_', " ")))
    }

    /// A linked text.
    pub(crate) fn link(&self, def: Def, text: &str) -> Text {
        match self.places.anchor(def) {
            Some(anchor) => {
                vec![Inline::Reference { def: Some(def), text: text.to_string(), anchor: anchor.to_string() }]
            }
            None => said(text),
        }
    }

    fn linked(&self, def: Def, noun: Noun) -> Phrase {
        let mut text = if noun.article.is_empty() { Text::new() } else { said(noun.article) };
        text.add(self.link(def, &noun.body));
        Phrase { plural: noun.plural, ..Phrase::closed(text) }
    }

    fn titled(&self, before: &str, def: Def) -> Phrase {
        let mut text = said(before);
        text.say("“").add(self.link(def, self.title(def))).say("”");
        Phrase::closed(text)
    }

    fn term(&self, id: jcm_model::DefinitionId) -> Text {
        let def = Def::Definition(id);
        let Some(definition) = self.program.definition(id) else { return Text::new() };
        let meaning = definition.paragraphs.first().map_or_else(String::new, |first| self.outline(first));
        let (text, anchor) = (definition.head.title.clone(), self.anchor(def));
        vec![Inline::Term { def, text, anchor, meaning }]
    }

    /// A paragraph in short, without links: for what a defined term means when it is pointed at.
    fn outline(&self, paragraph: &jcm_model::Paragraph) -> String {
        let piece = |piece: &jcm_model::Piece| match piece {
            jcm_model::Piece::Text(text) => text.clone(),
            jcm_model::Piece::Reference { def, .. } => self.title(*def).to_string(),
            jcm_model::Piece::Figure { value, ty, .. } => self.constant_text(value, ty),
        };
        paragraph.pieces.iter().map(piece).collect()
    }

    fn parameter_name(&self, id: ParameterId) -> Phrase {
        let def = Def::Parameter(id);
        let Some(parameter) = self.program.parameter(id) else { return Phrase::closed(Text::new()) };
        let brought = |what: &str, joint: &str, owner: Def| {
            let mut text = said("the ");
            text.add(self.link(def, what)).say(joint).add(self.name(owner).text);
            Phrase::closed(text)
        };
        match &parameter.owner {
            ParameterOwner::Measure(measure) => {
                let is_target = self.program.measure(*measure).is_some_and(|x| x.target == Some(id));
                let (what, joint) = if is_target { ("target", " for ") } else { ("baseline", " of ") };
                brought(what, joint, Def::Measure(*measure))
            }
            ParameterOwner::Population(population) => brought("number", " of ", Def::Population(*population)),
            ParameterOwner::Pool(pool) => {
                let contributions = self.program.pool(*pool).map_or(&[][..], |pool| &pool.contributions);
                match contributions.iter().find(|(_, figure)| *figure == id) {
                    Some((partner, _)) => brought("contribution", " of ", Def::Partner(*partner)),
                    None => self.linked(def, noun(&parameter.head.title, "figure")),
                }
            }
            ParameterOwner::Declared
            | ParameterOwner::Knob { .. }
            | ParameterOwner::Payment(_)
            | ParameterOwner::OpenTerm(_) => {
                let what =
                    parameter.columns.first().map_or_else(String::new, |(_, ty)| self.what_it_measures(ty));
                self.linked(def, noun(&parameter.head.title, &what))
            }
        }
    }

    fn input_name(&self, def: Def, id: jcm_model::InputId) -> Phrase {
        let Some(input) = self.program.input(id) else { return Phrase::closed(Text::new()) };
        match input.owner {
            InputOwner::Measure(measure) if !self.is_part(measure, id) => {
                let mut text = said("the ");
                text.add(self.link(def, "reported figure"))
                    .say(" for ")
                    .add(self.name(Def::Measure(measure)).text);
                Phrase { level: Level::Closed, ..Phrase::closed(text) }
            }
            _ => self.linked(def, noun(&input.head.title, &self.what_it_measures(&input.ty))),
        }
    }

    /// Whether an input is that of a part of the period, and not the measure's own.
    fn is_part(&self, measure: jcm_model::MeasureId, id: jcm_model::InputId) -> bool {
        self.program.measure(measure).is_some_and(|measure| measure.input != Some(id))
    }

    /// The value of a figure that has only one and always has it.
    fn plain_figure(&self, id: ParameterId) -> Option<Inline> {
        let parameter = self.program.parameter(id)?;
        let ([row], [(_, ty)]) = (parameter.rows.as_slice(), parameter.columns.as_slice()) else {
            return None;
        };
        let [value] = row.values.as_slice() else { return None };
        let always = parameter.keys.is_empty() && row.from.is_none() && row.until.is_none();
        (always && *value != Constant::Missing).then(|| {
            let origin = super::Origin::stated(Def::Parameter(id), parameter.head.span);
            self.constant(value, ty, origin)
        })
    }

    /// Where a thing stands, where a clause should say so.
    fn reference_detail(&self, def: Def) -> Option<Text> {
        let detail = match def {
            Def::Clause(_) => said(self.title(def)),
            Def::Line(_)
            | Def::Incentive(_)
            | Def::Score(_)
            | Def::Payment(_)
            | Def::Table(_)
            | Def::Board(_)
            | Def::Obligation(_)
            | Def::Ladder(_)
            | Def::OpenTerm(_)
            | Def::Balance(_)
            | Def::Variation(_)
            | Def::Subcontract(_)
            | Def::Decision(_)
            | Def::Measure(_) => self.link(def, self.places.address(def)),
            _ => return None,
        };
        (!plain(&detail).is_empty()).then_some(detail)
    }

    /// What the contract calls itself.
    pub(crate) fn kind_of_contract(&self) -> &'static str {
        if self.title(Def::Contract).contains("Agreement") { "this Agreement" } else { "this Contract" }
    }

    /// The noun for the rows of a case, such as `indicator`.
    pub(crate) fn row_noun(&self, line: &Line) -> String {
        match line.owner {
            LineOwner::Incentive(id) => self.row_noun_of(id),
            _ => "row".to_string(),
        }
    }

    /// The noun for the rows of an incentive.
    pub(crate) fn row_noun_of(&self, id: jcm_model::IncentiveId) -> String {
        let each = self.program.incentive(id).map_or("", |incentive| incentive.each.as_str());
        if each.is_empty() { "row".to_string() } else { tidy(&lower_first(each).replace('_', " ")) }
    }

    /// Whether a type is a condition.
    pub(crate) fn is_truth(ty: &Ty) -> bool {
        *ty == Ty::Truth
    }
}

/// A text with a capital where it begins a sentence.
fn at_its_place(text: Text, before: &str) -> Text {
    let before = before.trim_end();
    let starts_sentence = before.is_empty() || before.ends_with(['.', ':', '?', '!']);
    if starts_sentence && !before.ends_with("e.g.") { capitalised(text) } else { text }
}

/// A title as it stands in a formula: without its article, with a capital.
pub(crate) fn formula_name(title: &str) -> String {
    let (_, body) = without_article(title.trim());
    let mut letters = body.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

fn without_article(title: &str) -> (&'static str, &str) {
    match title.strip_prefix("The ").or_else(|| title.strip_prefix("the ")) {
        Some(body) if !body.is_empty() => ("the ", body),
        _ => ("", title),
    }
}

/// Whether a text ends in a word that takes the place of the article of a thing. "A decision that {board} takes" does
/// not: of an office there is one.
fn replaces_article(def: Def, before: &str) -> bool {
    let relative = matches!(def, Def::Board(_)) && before.trim_end().ends_with(" that");
    has_determiner(before) && !relative
}

/// Whether a text ends in a word that takes the place of an article.
fn has_determiner(before: &str) -> bool {
    if !before.ends_with(char::is_whitespace) {
        return false;
    }
    let last = before.split_whitespace().last().unwrap_or_default().to_lowercase();
    let known =
        ["the", "a", "an", "its", "their", "our", "each", "every", "any", "this", "that", "no", "such"];
    known.contains(&last.as_str()) || last.ends_with("'s") || last.ends_with("’s")
}

fn drop_article(text: &mut Text) {
    if let Some(Inline::Text(first)) = text.first_mut() {
        if let Some(rest) = first.strip_prefix("the ") {
            *first = rest.to_string();
        }
        if first.is_empty() {
            text.remove(0);
        }
    }
}
