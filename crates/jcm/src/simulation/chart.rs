//! Drawings of what somebody may gain or lose: a bar between the ends of the range, a stroke at the middle and a diamond
//! at the mean, with words beside it. Legible without colour; the same figures stand in a table below.

use super::overview::in_order;
use super::result::{DriverResult, Range, Simulated};
use super::tables::{amount, brief};
use jcm_quantity::{Exact, RoundingMode};
use maud::{Markup, html};

/// The height of a row, and of the words below all.
const ROW: i64 = 34;
const FOOT: i64 = 30;

/// A row of a drawing: its words, and what it shows; nothing for words alone.
pub(super) type Row<'s> = (String, Option<&'s Range>);

/// How a drawing is laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// Its width, and that of the words before the bars.
    pub(super) width: i64,
    pub(super) words: i64,
}

impl Layout {
    /// One drawing across the page.
    pub(super) const WIDE: Layout = Layout { width: 900, words: 330 };
    /// The same, where the words are a figure or two.
    pub(super) const BRIEF: Layout = Layout { width: 900, words: 150 };
    /// One of several side by side.
    pub(super) const SMALL: Layout = Layout { width: 440, words: 190 };
}

/// From the least to the greatest figure that rows show, nought among them.
pub(super) fn ends<'s>(ranges: impl Iterator<Item = &'s Range>) -> Option<(Exact, Exact)> {
    let mut ends = (Exact::zero(), Exact::zero());
    for figure in ranges.flat_map(|range| range.percentiles.iter().chain([&range.mean])) {
        if *figure < ends.0 {
            ends.0 = figure.clone();
        }
        if *figure > ends.1 {
            ends.1 = figure.clone();
        }
    }
    (ends.0 < ends.1).then_some(ends)
}

/// The drawing of some rows between two figures.
pub(super) fn chart(
    simulated: &Simulated,
    rows: &[Row<'_>],
    (least, most): &(Exact, Exact),
    layout: Layout,
) -> Markup {
    let at = |figure: &Exact| {
        let way = (figure - least).checked_div(&(most - least)).unwrap_or_default();
        let across =
            way * Exact::from_int(layout.width - layout.words - 40) + Exact::from_int(layout.words + 20);
        across.fixed(1, RoundingMode::HalfEven)
    };
    let height = i64::try_from(rows.len()).unwrap_or(0) * ROW + FOOT;
    let nought = at(&Exact::zero());
    let label = |figure: &Exact| brief(simulated, figure);
    // Where nought is too near an end, its line says enough.
    let from_end = |negative: bool| {
        let way = if negative { -least } else { most.clone() };
        let part = way.checked_div(&(most - least)).unwrap_or_default();
        way.is_zero() || part * Exact::from_int(layout.width - layout.words - 40) > Exact::from_int(60)
    };
    let is_nought_labelled = from_end(true) && from_end(false);
    let drawing = html! {
        svg viewBox=(format!("0 0 {} {height}", layout.width)) role="img" aria-label="Ranges; a table on this page has the same figures" {
            line x1=(nought) y1="0" x2=(nought) y2=(height - 24) class="nought" {}
            @if is_nought_labelled { text x=(nought) y=(height - 8) text-anchor="middle" { (label(&Exact::zero())) } }
            @if least.is_negative() { text x=(layout.words) y=(height - 8) { (label(least)) } }
            @if most.is_positive() { text x=(layout.width) y=(height - 8) text-anchor="end" { (label(most)) } }
            @for (row, (words, range)) in (0i64..).zip(rows) {
                text x="0" y=(row * ROW + 22) class=[range.is_none().then_some("head")] { (words) }
                @if let Some(range) = range { (bar(simulated, range, row * ROW, &at)) }
            }
        }
    };
    scrolling(layout, &drawing)
}

/// A drawing across the page, which scrolls where the page is too narrow to read it.
fn scrolling(layout: Layout, drawing: &Markup) -> Markup {
    if layout.width == Layout::SMALL.width {
        return drawing.clone();
    }
    html! { div class="scroll drawn" role="group" aria-label="Drawing" tabindex="0" { (drawing) } }
}

fn bar(simulated: &Simulated, range: &Range, top: i64, at: &impl Fn(&Exact) -> String) -> Markup {
    let [low, middle, high] = range.percentiles.as_slice() else { return html! {} };
    let (mean, y) = (at(&range.mean), top + 18);
    html! {
        line x1=(at(low)) y1=(y) x2=(at(high)) y2=(y) class="range" {}
        line x1=(at(middle)) y1=(y - 9) x2=(at(middle)) y2=(y + 9) class="middle" {}
        rect x="-5" y="-5" width="10" height="10" class="mean" transform=(format!("translate({mean} {y}) rotate(45)")) {
            title { "expected " (amount(simulated, &range.mean)) }
        }
    }
}

/// Drawings of some rows: one, or several of which each has bars of like size and a scale of its own.
pub(super) fn charts(simulated: &Simulated, rows: Vec<Row<'_>>) -> Markup {
    let reach = |(_, range): &Row<'_>| {
        let figures = &range.as_ref()?.percentiles;
        Some((figures.first()?.clone(), figures.last()?.clone()))
    };
    let groups = jcm_doc::of_like_size(rows, reach);
    html! {
        @for (number, rows) in groups.iter().enumerate() {
            @if number > 0 { p { "What is much smaller, to a scale of its own:" } }
            @if let Some(ends) = ends(rows.iter().filter_map(|(_, range)| *range)) {
                (chart(simulated, rows, &ends, Layout::WIDE))
            }
        }
    }
}

/// What matters most to a partner: for each figure how far its lowest tenth (hollow) and its highest (full) move the
/// mean, the widest above.
pub(super) fn tornado(simulated: &Simulated, whose: &str, drivers: &[DriverResult]) -> Markup {
    let swings: Vec<(&str, &Exact, &Exact)> = in_order(simulated, drivers)
        .into_iter()
        .filter_map(|(place, driver)| {
            Some((simulated.figures.get(place)?.0.as_str(), &driver.swing.0, &driver.swing.1))
        })
        .collect();
    let most = swings.iter().map(|(_, low, high)| low.abs().max(high.abs())).max().unwrap_or_default();
    if most.is_zero() {
        return html! {};
    }
    let layout = Layout::WIDE;
    let (room, middle) = ((layout.width - layout.words) / 2 - 20, (layout.width + layout.words) / 2);
    let wide = |swing: &Exact| (swing.abs() * Exact::from_int(room)).checked_div(&most).unwrap_or_default();
    let left = |swing: &Exact| {
        let from = Exact::from_int(middle) - if swing.is_negative() { wide(swing) } else { Exact::zero() };
        from.fixed(1, RoundingMode::HalfEven)
    };
    let height = i64::try_from(swings.len()).unwrap_or(0) * ROW + 4;
    let drawing = html! {
        svg viewBox=(format!("0 0 {} {height}", layout.width)) role="img" aria-label=(format!("What moves the gain of {}; the table below has the same figures", whose)) {
            line x1=(middle) y1="0" x2=(middle) y2=(height) class="nought" {}
            @for (row, (title, low, high)) in (0i64..).zip(&swings) {
                text x="0" y=(row * ROW + 22) { (title) }
                @for (swing, class, down) in [(low, "low", 4), (high, "high", 17)] {
                    rect x=(left(swing)) y=(row * ROW + down) width=(wide(swing).fixed(1, RoundingMode::HalfEven)) height="11" class=(class) {}
                }
            }
        }
    };
    scrolling(layout, &drawing)
}
