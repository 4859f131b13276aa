//! Schedule 4: the outcomes and their measures.

use super::{
    documentation, heading, item, other_particulars, particular, particulars, schedule_page, schedule_part,
};
use crate::document::{Align, Block, Compose, Table, Text, capitalised, said};
use crate::english::{Counts, Wording, tidy};
use crate::places::OutcomePart;
use jcm_model::{Better, Combining, Def, Measure, MeasureUse, Outcome, OutcomeId, ParameterId};
use jcm_quantity::{Cycle, Statistic};

/// The schedule, if there is an outcome or a measure.
pub(super) fn schedule(w: &Wording<'_>) -> Option<Block> {
    let parts = w.places.outcomes.iter().enumerate().filter_map(|(place, part)| {
        let (def, blocks) = match part {
            OutcomePart::Outcome(id) => (Def::Outcome(*id), outcome_blocks(w, *id, w.program.outcome(*id)?)),
            OutcomePart::Measure(id) => (Def::Measure(*id), measure_blocks(w, w.program.measure(*id)?)),
        };
        let kind = if matches!(part, OutcomePart::Outcome(_)) { "Outcome" } else { "Measure" };
        let title = format!("{kind}: {}", heading(w, def));
        let after_measure = place
            .checked_sub(1)
            .and_then(|before| w.places.outcomes.get(before))
            .is_some_and(|before| matches!(before, OutcomePart::Measure(_)));
        // A measure has its page; what comes first stays under the heading of the schedule.
        let own_page = after_measure || (place > 0 && kind == "Measure");
        let part = if own_page { schedule_page } else { schedule_part };
        Some(part(4, place, &title, &w.anchor(def), blocks))
    });
    let parts: Vec<Block> = parts.collect();
    (!parts.is_empty()).then(|| super::schedule(4, "Outcome framework", parts))
}

fn outcome_blocks(w: &Wording<'_>, id: OutcomeId, outcome: &Outcome) -> Vec<Block> {
    let mut table = particulars("Particulars of the outcome");
    let statement = tidy(&outcome.statement);
    if !statement.is_empty() {
        particular(&mut table, "In the words of the person", said(&format!("“{statement}”")));
    }
    if let Some(population) = outcome.population {
        particular(&mut table, "For", capitalised(w.name(Def::Population(population)).text));
    }
    particular(&mut table, "Owned jointly by", w.partners(&outcome.owners));
    let measures = w.places.outcomes.iter().filter_map(|part| match part {
        OutcomePart::Measure(measure) if w.program.measure(*measure)?.outcome == Some(id) => {
            Some(w.link(Def::Measure(*measure), w.title(Def::Measure(*measure))))
        }
        _ => None,
    });
    particular(&mut table, "Measured by", crate::document::joined(measures.collect(), " and "));
    let mut blocks = documentation(&outcome.head.doc);
    blocks.push(Block::Table(table));
    blocks
}

fn measure_blocks(w: &Wording<'_>, measure: &Measure) -> Vec<Block> {
    let mut table = particulars("Particulars of the measure");
    if let Some(outcome) = measure.outcome {
        particular(&mut table, "Outcome", w.link(Def::Outcome(outcome), w.title(Def::Outcome(outcome))));
    }
    particular(&mut table, "Used for", said(used_for(measure.used_for)));
    let better = match (measure.choice, measure.better) {
        (None, Better::Higher) => "Higher is better",
        (None, Better::Lower) => "Lower is better",
        (Some(_), Better::Higher) => "From the worst to the best",
        (Some(_), Better::Lower) => "From the best to the worst",
    };
    match measure.choice.and_then(|id| w.program.choice(id)) {
        Some(choice) => {
            let members: Vec<&str> = choice.members.iter().map(|(_, title)| title.as_str()).collect();
            particular(
                &mut table,
                "Reported as",
                said(&format!("{}: one of {}", choice.head.title, members.join("; "))),
            );
        }
        None => particular(&mut table, "Unit", said(&measure.unit.describe())),
    }
    particular(&mut table, if measure.choice.is_some() { "Order" } else { "Direction" }, said(better));
    particular(&mut table, "Numerator", said(&tidy(&measure.numerator)));
    particular(&mut table, "Denominator", said(&tidy(&measure.denominator)));
    particular(&mut table, "Source", source(measure));
    if let Some((baseline, period)) = &measure.baseline {
        let varied = w.program.parameter(*baseline).is_some_and(|figure| figure.rows.len() > 1);
        let mut text = if varied {
            super::figures::dated_values(w, *baseline)
        } else {
            super::figures::values_without_dates(w, *baseline)
        };
        text.say(if varied { ", for " } else { " in " });
        text.say(&format!("{} ({})", period.label, period.describe()));
        table.row_at(Some(w.anchor(Def::Parameter(*baseline))), vec![said("Baseline"), text]);
    }
    particular(&mut table, "Collected by", w.named(&measure.collected_by));
    particular(&mut table, "Verified by", w.named(&measure.verified_by));
    if let Some(input) = measure.input {
        let text = said(&format!("{}; money depends on it", reported_figure(w, measure)));
        table.row_at(Some(w.anchor(Def::Input(input))), vec![said("Reported figure"), text]);
        let ty = w.program.input(input).map(|input| input.ty.clone());
        let ty = ty.unwrap_or_else(|| measure.ty());
        particular(
            &mut table,
            "If the figure is missing",
            w.missing_rule(&measure.missing, &ty, w.counts(measure)),
        );
        for (when, rule) in super::doubt::rules(w, &measure.doubt, &ty) {
            particular(&mut table, &format!("If the figure is {when}"), capitalised(rule));
        }
    }
    let declared = |field: &str| measure.particulars.iter().any(|(name, _)| name == field);
    if measure.inputs().is_empty() && declared("missing") {
        let rule = w.missing_rule(&measure.missing, &measure.ty(), w.counts(measure));
        particular(&mut table, "If the figure is missing", rule);
    }
    parts(w, &mut table, measure);
    let in_doubt = ["missing", "disputed", "late", "suppressed"];
    let said_above =
        |field: &str| in_doubt.contains(&field) && (field == "missing" || !measure.inputs().is_empty());
    let others: Vec<_> =
        measure.particulars.iter().filter(|(field, _)| !said_above(field)).cloned().collect();
    other_particulars(w, &mut table, &others);
    let mut blocks = documentation(&measure.head.doc);
    blocks.push(Block::Table(table));
    blocks.extend(measure.target.map(|target| targets(w, target)));
    blocks
}

/// Which figure counts, where the measure is reported once for a period or oftener.
fn reported_figure(w: &Wording<'_>, measure: &Measure) -> String {
    let part = measure.combined.as_ref().and_then(|combined| combined.part);
    if let Some((part, _)) = part {
        return format!("The figure of the last {} of the period that is settled", part.name());
    }
    let reported = measure.particulars.iter().find(|(field, _)| field == "reported");
    let months = w.program.contract.settled_every.months();
    let every = |text: &str| {
        let every = text.strip_prefix("every ")?;
        let every = every.strip_prefix("contract ").unwrap_or(every);
        every.split([' ', ',']).next().and_then(Cycle::named)
    };
    if reported.and_then(|(_, text)| every(text)).is_some_and(|every| every.months() < months) {
        return "One figure for the whole period that is settled, whatever is reported in between"
            .to_string();
    }
    "The figure of the period that is settled".to_string()
}

/// What is reported of the parts of a period, and how it is put together.
fn parts(w: &Wording<'_>, table: &mut Table, measure: &Measure) {
    let Some(combined) = &measure.combined else { return };
    let Some((part, count)) = combined.part else { return };
    let of_parts = format!("of {}s 1 to {count}", part.name());
    for (inputs, what) in crate::places::rows_of_parts(combined) {
        let Some(id) = inputs.first().copied() else { continue };
        let text = format!(
            "Each is reported for its {} of the settlement period; money depends on them",
            part.name()
        );
        table.row_at(Some(w.anchor(Def::Input(id))), vec![said(&format!("{what} {of_parts}")), said(&text)]);
    }
    let Some((line, of)) = combined.line.and_then(|id| Some((id, w.program.line(id)?))) else { return };
    let rule = rule_in_short(&combined.rule, part.name());
    let sentence = match (&measure.missing, rule) {
        // What stands in for a missing part is in the whole sentence only.
        (jcm_model::Missing::CarryForward { .. }, _) | (_, None) => w.sentence(of, Some(line)),
        (_, Some(rule)) => said(&rule),
    };
    table.row_at(Some(w.anchor(Def::Line(line))), vec![said("Figure of the period"), sentence]);
    let rule = match &measure.missing {
        jcm_model::Missing::CarryForward { .. } => said(
            "A part that is missing is as the sentence above says; nothing is carried over from the period before",
        ),
        // One part that is not there leaves the whole unknown, which is more than that the part is left out.
        jcm_model::Missing::Neutral => said(match w.counts(measure) {
            Counts::InScores => "The figure of the period is then missing too: it is left out of every score",
            Counts::InLines => {
                "The figure of the period is then not known either, and neither is anything that is worked out from it"
            }
            Counts::Nowhere => {
                "The figure of the period is then reported as missing too, and no payment changes"
            }
        }),
        other => w.missing_rule(other, &of.ty, w.counts(measure)),
    };
    particular(table, "If a figure of a part is missing", rule);
    for (when, rule) in super::doubt::rules(w, &measure.doubt, &of.ty) {
        particular(table, &format!("If a figure of a part is {when}"), capitalised(rule));
    }
}

/// How parts become the figure of the period, where that is short.
fn rule_in_short(rule: &Combining, part: &str) -> Option<String> {
    let of_figures = |which: &str| Some(format!("The {which} of the figures of the {part}s"));
    match rule {
        Combining::Ratio => {
            Some(format!("The numerators of the {part}s added up, divided by their denominators added up"))
        }
        Combining::Statistic(Statistic::Mean) => of_figures("mean"),
        Combining::Statistic(Statistic::Median) => of_figures("median"),
        Combining::Statistic(Statistic::Least) => of_figures("least"),
        Combining::Statistic(Statistic::Greatest) => of_figures("greatest"),
        Combining::Statistic(Statistic::Sum) => Some(format!("The figures of the {part}s added up")),
        _ => None,
    }
}

fn used_for(what: MeasureUse) -> &'static str {
    match what {
        MeasureUse::Payment => "Payment: money depends on it",
        MeasureUse::Monitoring => "Monitoring: it is watched, and no money depends on it",
        MeasureUse::Balancing => "Balancing: it shows whether another measure is bought at its expense",
    }
}

fn source(measure: &Measure) -> Text {
    let mut text = said(&tidy(&measure.source));
    if !measure.version.is_empty() {
        text.say(&format!(", version {}", tidy(&measure.version)));
    }
    text
}

/// The figures aimed at, period by period.
fn targets(w: &Wording<'_>, target: ParameterId) -> Block {
    let mut table =
        Table::new("Target of each period", &[("Settlement period", Align::Left), ("Target", Align::Right)]);
    for period in &w.program.contract.periods {
        let (mut text, _) = super::figures::values_in(w, target, period);
        if text.is_empty() {
            text = said("none");
        }
        table.row(vec![said(&period.label), text]);
    }
    item("Targets", &w.anchor(Def::Parameter(target)), vec![Block::Table(table)])
}
