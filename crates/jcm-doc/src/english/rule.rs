//! Rules in English: what a missing figure means, when a figure is in force, where a row of a table holds.

use super::{Origin, Wording, count_of};
use crate::document::{Compose, Text, said};
use jcm_model::{
    End, Excess, ExprKind, Flow, LineOwner, Measure, Missing, Residue, Rounding, Ty, WeightRule,
};
use jcm_quantity::{Date, Unit, show_date};

/// Where a figure counts for money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counts {
    /// In a score, which can do without it.
    InScores,
    /// In lines alone.
    InLines,
    /// In nothing that is paid.
    Nowhere,
}

impl Wording<'_> {
    /// Where the figures of a measure count.
    pub(crate) fn counts(&self, measure: &Measure) -> Counts {
        let own = measure.inputs();
        if own.is_empty() {
            return Counts::Nowhere;
        }
        let combined = measure.combined.as_ref().and_then(|combined| combined.line);
        let mut found = Counts::Nowhere;
        for line in &self.program.lines {
            let mut uses = false;
            super::inside(&line.expr, &mut |part| match part.kind {
                ExprKind::Input(id) => uses |= own.contains(&id),
                ExprKind::Line(id) => uses |= combined == Some(id),
                _ => {}
            });
            match line.owner {
                LineOwner::Score(_) if uses => return Counts::InScores,
                LineOwner::Measure(_) => {}
                _ if uses => found = Counts::InLines,
                _ => {}
            }
        }
        found
    }

    /// What a missing figure means for money.
    pub(crate) fn missing_rule(&self, rule: &Missing, ty: &Ty, counts: Counts) -> Text {
        let mut text = Text::new();
        let mut rest = rule;
        let mut start = "";
        while let Missing::CarryForward { times, then } = rest {
            let periods = count_of(usize::try_from(*times).unwrap_or(usize::MAX), "reporting period");
            text.say(start).say(&format!("the figure last reported stands in for up to {periods}"));
            start = "; after that, ";
            rest = then;
        }
        text.say(start);
        match rest {
            Missing::Refuse => text.say("nothing can be settled without it"),
            Missing::Neutral => text.say(match counts {
                Counts::InScores => "it is left out of every score",
                Counts::InLines => {
                    "the figure is not known, and neither is anything that is worked out from it"
                }
                Counts::Nowhere => "it is reported as missing, and no payment changes",
            }),
            Missing::Use(value) => {
                text.add(vec![self.constant(value, ty, Origin::default())]).say(" stands in for it")
            }
            Missing::CarryForward { .. } => &mut text,
        };
        crate::document::capitalised(text)
    }

    /// What lies between two ends: `80% or more but less than 100%`.
    pub(crate) fn range_of(
        &self,
        lower: Option<&End>,
        upper: Option<&End>,
        unit: &Unit,
        origin: &Origin,
    ) -> Text {
        let figure = |end: &End| vec![self.number(&end.value, unit, origin.clone())];
        match (lower, upper) {
            (None, None) => said("any value"),
            (Some(lower), None) => from_below(figure(lower), lower.included),
            (None, Some(upper)) => up_to(figure(upper), upper.included),
            (Some(lower), Some(upper)) if lower.value == upper.value => {
                let mut text = said("exactly ");
                text.add(figure(lower));
                text
            }
            (Some(lower), Some(upper)) => {
                let mut text = from_below(figure(lower), lower.included);
                text.say(" but ");
                text.add(if upper.included {
                    no_more_than(figure(upper))
                } else {
                    up_to(figure(upper), false)
                });
                text
            }
        }
    }

    /// How the shares of a flow are rounded, and who takes what is left over; nothing where nothing is rounded. `whole`
    /// where the amount needs no rounding.
    pub(crate) fn residue_sentence(
        &self,
        flow: &Flow,
        rounding: &Rounding,
        ty: &Ty,
        whole: bool,
    ) -> Option<Text> {
        let how = self.rounding_text(rounding, ty);
        let mut text = match whole {
            false => said(&format!("The amount is rounded {how}")),
            true => Text::new(),
        };
        if let [_] = flow.shares.as_slice() {
            text.say(".");
            return (!whole).then_some(text);
        }
        if !flow.first.is_empty() {
            let left = "hat is left of it after those who are paid first is shared";
            text.say(if whole { "W" } else { ". W" }).say(left);
        }
        let (sentence, each) = match text.is_empty() {
            true => ("", "Each share of the amount"),
            false => (". ", "Each share of it"),
        };
        text.say(sentence);
        let grain = self.constant_text(&jcm_model::Constant::Number(rounding.grain.clone()), ty);
        match flow.residue {
            Residue::LargestRemainder => {
                text.say(&format!(
                    "{each} is cut to a multiple of {grain}, towards zero; what that leaves over is given \
                     out, {grain} at a time, to the shares of which most was cut"
                ));
            }
            Residue::To(partner) => {
                let in_which_way = if whole { how.as_str() } else { "in the same way" };
                text.say(&format!("{each} is rounded {in_which_way}, and "));
                text.add(self.name(jcm_model::Def::Partner(partner)).text);
                text.say(" takes or bears what the rounding leaves over");
            }
        }
        text.say(match flow.excess {
            Some(Excess::Payer) => ". The shares always sum to the amount less what a limit cuts off.",
            _ if !flow.first.is_empty() => ". All the parts together always sum to the amount.",
            _ => ". The shares always sum to the amount.",
        });
        Some(text)
    }

    /// Who bears what a limit cuts off.
    pub(crate) fn excess_sentence(&self, flow: &Flow) -> Option<Text> {
        let mut text =
            said("The limits apply to the shares of the rounded amount. What a limit cuts off is borne by ");
        match flow.excess? {
            Excess::Others => text.say("the other partners of the table, in proportion to their shares"),
            Excess::To(partner) => text.add(self.name(jcm_model::Def::Partner(partner)).text),
            Excess::Payer => text.add(self.name(jcm_model::Def::Partner(flow.payer)).text),
        };
        text.say(".");
        Some(text)
    }
}

/// When a figure is in force; `until` is the first day no longer in force.
pub(crate) fn in_force(from: Option<Date>, until: Option<Date>) -> String {
    let last = until.map(|day| show_date(day.yesterday().unwrap_or(day)));
    match (from, last) {
        (None, None) => "throughout".to_string(),
        (Some(from), None) => format!("from {}", show_date(from)),
        (None, Some(last)) => format!("until {last}"),
        (Some(from), Some(last)) => format!("from {} to {last}", show_date(from)),
    }
}

/// What happens to the weight of a missing part of a score.
pub(crate) fn weight_rule(rule: WeightRule) -> &'static str {
    match rule {
        WeightRule::Reweight => {
            "Where a part is missing, the weights of the others are scaled up to sum to 100%."
        }
        WeightRule::Zero => "Where a part is missing, it counts as zero.",
        WeightRule::Missing => "Where a part is missing, there is no score.",
    }
}

fn from_below(figure: Text, included: bool) -> Text {
    let mut text = if included { Text::new() } else { said("more than ") };
    text.add(figure);
    if included {
        text.say(" or more");
    }
    text
}

fn up_to(figure: Text, included: bool) -> Text {
    let mut text = if included { Text::new() } else { said("less than ") };
    text.add(figure);
    if included {
        text.say(" or less");
    }
    text
}

fn no_more_than(figure: Text) -> Text {
    let mut text = said("no more than ");
    text.add(figure);
    text
}
