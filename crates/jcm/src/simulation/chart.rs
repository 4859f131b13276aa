//! A drawing of what each partner may gain or lose: a bar between the ends of the range, a stroke at the middle and a
//! diamond at the mean, with the figures in words beside it. Legible without colour.

use super::result::{PartyResult, Simulated, SimulatedPlace};
use super::tables::amount;
use jcm_quantity::{Exact, RoundingMode};
use maud::{Markup, html};

/// The width of the drawing, of the words before it, and the height of a row.
const WIDTH: i64 = 900;
const WORDS: i64 = 300;
const ROW: i64 = 44;

/// The drawing of one place.
pub(super) fn chart(simulated: &Simulated, place: &SimulatedPlace) -> Markup {
    let Some((least, most)) = ends(place) else { return html! {} };
    let at = |figure: &Exact| {
        let way = (figure - &least).checked_div(&(&most - &least)).unwrap_or_default();
        let across = way * Exact::from_int(WIDTH - WORDS - 40) + Exact::from_int(WORDS + 20);
        across.fixed(1, RoundingMode::HalfEven)
    };
    let count = i64::try_from(place.parties.len()).unwrap_or(0);
    let height = count * ROW + 30;
    let nought = at(&Exact::zero());
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label="The range of each partner; the table below has the same figures" {
            line x1=(nought) y1="0" x2=(nought) y2=(height - 24) class="nought" {}
            text x=(nought) y=(height - 8) text-anchor="middle" { (amount(simulated, &Exact::zero())) }
            @for (row, party) in (0i64..).zip(&place.parties) {
                (bar(simulated, party, row * ROW, &at))
            }
        }
    }
}

fn bar(simulated: &Simulated, party: &PartyResult, top: i64, at: &impl Fn(&Exact) -> String) -> Markup {
    let [low, middle, high] = party.whole.percentiles.as_slice() else { return html! {} };
    let (mean, y) = (at(&party.whole.mean), top + 26);
    html! {
        text x="0" y=(top + 30) { (party.title) }
        line x1=(at(low)) y1=(y) x2=(at(high)) y2=(y) class="range" {}
        line x1=(at(middle)) y1=(y - 9) x2=(at(middle)) y2=(y + 9) class="middle" {}
        rect x="-5" y="-5" width="10" height="10" class="mean" transform=(format!("translate({mean} {y}) rotate(45)")) {
            title { "expected " (amount(simulated, &party.whole.mean)) }
        }
    }
}

/// From the least to the greatest figure that is drawn, nought among them.
fn ends(place: &SimulatedPlace) -> Option<(Exact, Exact)> {
    let figures =
        place.parties.iter().flat_map(|party| party.whole.percentiles.iter().chain([&party.whole.mean]));
    let figures: Vec<&Exact> = figures.collect();
    let least = figures.iter().min().map(|least| (*least).clone().min(Exact::zero()))?;
    let most = figures.iter().max().map(|most| (*most).clone().max(Exact::zero()))?;
    (least < most).then_some((least, most))
}
