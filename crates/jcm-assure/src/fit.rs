//! Which profiles of a library a contract's structure fits, whatever it says that it follows.

use crate::write::json::{failing, gravity, list, named, text as field};
use crate::{Row, Verdict, Where, answer, failures};
use jcm_model::{Criterion, Def, Gravity, Program, Standard};
use jcm_quantity::csv_text;
use std::cmp::Reverse;

/// How a contract stands to one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit<'a> {
    /// The profile.
    pub standard: &'a Standard,
    /// Whether the contract says that it follows it.
    pub followed: bool,
    /// How many rules the profile has.
    pub rules: usize,
    /// Of how many of them the contract has nothing to ask.
    pub idle: usize,
    /// Those that the contract does not meet.
    pub failing: Vec<Row<'a>>,
}

impl Fit<'_> {
    /// Whether the contract meets every rule that it must.
    pub fn fits(&self) -> bool {
        self.must_fail() == 0
    }

    /// How many rules are met by something in the contract.
    pub(crate) fn met(&self) -> usize {
        self.rules.saturating_sub(self.failing.len()).saturating_sub(self.idle)
    }

    /// `6 of 7 rules met, 1 does not apply`
    pub(crate) fn said(&self) -> String {
        let idle = match self.idle {
            0 => String::new(),
            1 => ", 1 does not apply".to_owned(),
            count => format!(", {count} do not apply"),
        };
        format!("{} of {} rules met{idle}", self.met(), self.rules)
    }

    /// Why a profile fits that the contract need not have meant.
    fn why(&self) -> String {
        match (self.failing.is_empty(), self.idle) {
            (true, 0) => "every rule of it is met".to_owned(),
            (true, _) => "every rule of it is met that has something to ask".to_owned(),
            (false, _) => "every rule of it that must be met is met".to_owned(),
        }
    }

    fn must_fail(&self) -> usize {
        self.failing.iter().filter(|row| row.criterion.gravity == Gravity::Error).count()
    }
}

/// How a contract stands to each profile of a library and of its own files: those that it fits first, then the nearest.
/// Of two that it fits as well, the one that it follows comes first, then the one that asks more of it.
///
/// A waiver does not count: it says that a rule is not met.
pub fn fits<'a>(program: &'a Program, library: &'a Program) -> Vec<Fit<'a>> {
    let known =
        |standard: &Standard| library.standards.iter().any(|other| other.head.name == standard.head.name);
    let own = |standard: &Standard| !known(standard);
    let mut found = fits_of(program, (&library.standards, &library.criteria), &|_| true);
    found.extend(fits_of(program, (&program.standards, &program.criteria), &own));
    found.extend(fits_of(program, (&program.unfollowed.standards, &program.unfollowed.criteria), &own));
    let key = |fit: &Fit<'a>| {
        let name = fit.standard.head.name.clone();
        (fit.must_fail(), fit.failing.len(), !fit.followed, Reverse(fit.met()), name)
    };
    found.sort_by_key(key);
    found
}

/// How a contract stands to those profiles that count.
fn fits_of<'a>(
    program: &'a Program,
    (standards, criteria): (&'a [Standard], &'a [Criterion]),
    counts: &dyn Fn(&Standard) -> bool,
) -> Vec<Fit<'a>> {
    standards
        .iter()
        .enumerate()
        .filter(|(_, standard)| standard.is_profile && counts(standard))
        .map(|(index, standard)| {
            let own = || criteria.iter().filter(move |criterion| criterion.standard.index() == index);
            let rows = own().filter_map(|criterion| {
                let failures = failures(program, criterion);
                (!failures.is_empty()).then_some(Row { criterion, verdict: Verdict::NotMet { failures } })
            });
            let idle =
                own().filter(|criterion| answer::asks_nothing(program, &criterion.check, Def::Contract));
            let idle = idle.filter(|criterion| failures(program, criterion).is_empty()).count();
            let followed = program.contract.follows.iter().any(|(name, _)| *name == standard.head.name);
            Fit { standard, followed, rules: own().count(), idle, failing: rows.collect() }
        })
        .collect()
}

/// For people: each profile with the rules that it fails.
pub fn text(program: &Program, fits: &[Fit<'_>], place: Where<'_>) -> String {
    let mut out = format!("{}\n", program.contract.head.title);
    for (rank, fit) in fits.iter().enumerate() {
        let verdict = if fit.fits() { "fits" } else { "does not fit" };
        let followed = if fit.followed { ", which it follows" } else { "" };
        let head = &fit.standard.head;
        out.push_str(&format!(
            "\n  {verdict:<12}  {}: {}{followed} ({})\n",
            head.name,
            head.title,
            fit.said()
        ));
        // Those that fit come first, so that one after the first of them fits as well as another.
        if rank > 0 && fit.fits() {
            out.push_str(&format!("                also fits: {}\n", fit.why()));
        }
        for row in &fit.failing {
            let weight = gravity(row.criterion.gravity);
            out.push_str(&format!(
                "                {} ({weight}) {}\n",
                row.criterion.head.name,
                said(row, place)
            ));
        }
    }
    out
}

/// For spreadsheets: one row for each rule that fails, and one for each profile of which none does.
pub fn csv(fits: &[Fit<'_>], place: Where<'_>) -> String {
    let mut out = "profile,title,fits,followed,rules,rule,rule title,severity,why not\n".to_owned();
    for fit in fits {
        let yes = |truth: bool| if truth { "yes" } else { "no" };
        let head = &fit.standard.head;
        let rules = fit.rules.to_string();
        let own = [head.name.as_str(), &head.title, yes(fit.fits()), yes(fit.followed), &rules].map(csv_text);
        if fit.failing.is_empty() {
            out.push_str(&format!("{},,,,\n", own.join(",")));
        }
        for row in &fit.failing {
            let criterion = row.criterion;
            let weight = gravity(criterion.gravity);
            let why = said(row, place);
            let rest = [criterion.head.name.as_str(), &criterion.head.title, weight, &why].map(csv_text);
            out.push_str(&format!("{},{}\n", own.join(","), rest.join(",")));
        }
    }
    out
}

/// For programs: the contract and its profiles, each with the rules that it fails.
pub fn json(program: &Program, fits: &[Fit<'_>], place: Where<'_>) -> String {
    let profile = |fit: &Fit<'_>| {
        let rule = |row: &Row<'_>| {
            format!("{{ {}, {} }}", named(row).join(", "), failing(program, reasons(row), place))
        };
        let rules: Vec<String> = fit.failing.iter().map(rule).collect();
        let truths = format!(
            "\"fits\": {}, \"followed\": {}, \"rules\": {}, \"does_not_apply\": {}",
            fit.fits(),
            fit.followed,
            fit.rules,
            fit.idle
        );
        let head = &fit.standard.head;
        let fields = [
            field("profile", &head.name),
            field("title", &head.title),
            truths,
            list("failing", &rules, "      "),
        ];
        format!("{{ {} }}", fields.join(", "))
    };
    let profiles: Vec<String> = fits.iter().map(profile).collect();
    let head = &program.contract.head;
    let fields =
        [field("contract", &head.name), field("title", &head.title), list("profiles", &profiles, "    ")];
    format!("{{\n  {}\n}}\n", fields.join(",\n  "))
}

/// What is said of each thing that does not meet a rule, with its place.
pub(crate) fn said(row: &Row<'_>, place: Where<'_>) -> String {
    let each = |failure: &crate::Failure| match place(failure.thing).as_str() {
        "" => failure.message.clone(),
        place => format!("{} ({place})", failure.message),
    };
    reasons(row).iter().map(each).collect::<Vec<_>>().join("; ")
}

fn reasons<'a>(row: &'a Row<'_>) -> &'a [crate::Failure] {
    match &row.verdict {
        Verdict::Met { .. } | Verdict::DoesNotApply => &[],
        Verdict::NotMet { failures } | Verdict::Waived { failures, .. } | Verdict::Ended { failures, .. } => {
            failures
        }
    }
}
