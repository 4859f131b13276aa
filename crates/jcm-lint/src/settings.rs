//! `jcm.toml`: the levels and limits of lints that a project sets for itself.
//!
//! ```toml
//! [lint]
//! flat-zone = "allow"
//! cliff = { level = "deny", above = "£50,000" }
//! ```

use crate::levels::{Level, Levels, Setting};
use crate::lints::{Limit, LimitOf, Lint};
use crate::problems::{known_lints, setting_unknown, settings_unreadable};
use jcm_diagnostics::Diagnostic;
use jcm_quantity::{Currency, Exact};
use jcm_source::{FileId, SourceFile, Span};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The levels that a `jcm.toml` sets, and what is wrong with it. Limits of money are in the contract's currency.
pub fn read(id: FileId, file: &SourceFile, currency: &Currency) -> (Levels, Vec<Diagnostic>) {
    let mut settings = Settings { file: id, currency, levels: Levels::default(), problems: Vec::new() };
    match DeTable::parse(file.text()) {
        Ok(table) => settings.top(table.get_ref()),
        Err(error) => {
            let span = settings.span(&error.span().unwrap_or(0..0));
            settings.problems.push(settings_unreadable(span, error.message()));
        }
    }
    jcm_diagnostics::sort(&mut settings.problems);
    (settings.levels, settings.problems)
}

struct Settings<'a> {
    file: FileId,
    currency: &'a Currency,
    levels: Levels,
    problems: Vec<Diagnostic>,
}

impl Settings<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span::new(self.file, at(range.start), at(range.end))
    }

    fn refuse(&mut self, range: &Range<usize>, said: String, help: impl Into<String>) {
        let problem = setting_unknown(self.span(range), said, help.into());
        self.problems.push(problem);
    }

    fn top(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("lint", DeValue::Table(lints)) => self.lints(lints),
                ("lint", _) => {
                    let said = "`lint` is not a table".to_owned();
                    self.refuse(&value.span(), said, "Write `[lint]` on a line of its own");
                }
                (other, _) => {
                    let said = format!("`{other}` is not known in `jcm.toml`");
                    self.refuse(&key.span(), said, "Write `[lint]`; nothing else can be set");
                }
            }
        }
    }

    fn lints(&mut self, lints: &DeTable<'_>) {
        for (key, value) in lints {
            let name = key.get_ref().as_ref();
            match Lint::named(name).filter(|lint| lint.name == name) {
                Some(lint) => self.lint(lint, value),
                None => self.refuse(&key.span(), format!("there is no lint `{name}`"), known_lints(name)),
            }
        }
    }

    fn lint(&mut self, lint: &Lint, value: &Spanned<DeValue<'_>>) {
        let mut setting = self.levels.of(lint);
        match value.get_ref() {
            DeValue::Table(table) => {
                for (key, value) in table {
                    self.part(lint, key.get_ref(), &key.span(), value, &mut setting);
                }
            }
            _ => self.level(lint, value, &mut setting),
        }
        self.levels.put(lint, setting);
    }

    fn part(
        &mut self,
        lint: &Lint,
        name: &str,
        key: &Range<usize>,
        value: &Spanned<DeValue<'_>>,
        setting: &mut Setting,
    ) {
        match &lint.limit {
            _ if name == "level" => self.level(lint, value, setting),
            Some(limit) if name == limit.name => match self.limit(limit, value.get_ref()) {
                Some(number) => setting.limit = number,
                None => {
                    let said = format!("`{name}` of `{}` is not {}", lint.name, limit.of.words());
                    let help = format!("Write `{name} = {}`", limit.of.example(self.currency));
                    self.refuse(&value.span(), said, help);
                }
            },
            Some(limit) => {
                let help = format!("`{}` has `level` and `{}`", lint.name, limit.name);
                self.refuse(key, format!("`{}` has no `{name}`", lint.name), help);
            }
            None => {
                let help = format!("`{}` has `level` and nothing else", lint.name);
                self.refuse(key, format!("`{}` has no `{name}`", lint.name), help);
            }
        }
    }

    fn level(&mut self, lint: &Lint, value: &Spanned<DeValue<'_>>, setting: &mut Setting) {
        match value.get_ref().as_str().and_then(Level::named) {
            Some(level) => setting.level = level,
            None => {
                let said = format!("the level of `{}` is none of those that there are", lint.name);
                self.refuse(&value.span(), said, "Write \"deny\", \"warn\", \"note\" or \"allow\"");
            }
        }
    }

    /// `"£50,000"`, `"5%"`, `40`
    fn limit(&self, limit: &Limit, value: &DeValue<'_>) -> Option<Exact> {
        let number = match (limit.of, value) {
            (LimitOf::Money, DeValue::String(text)) => {
                let digits = text
                    .strip_prefix(self.currency.symbol.as_str())
                    .or_else(|| text.strip_suffix(self.currency.code.as_str()).map(str::trim_end))?;
                Exact::parse(&digits.replace(',', ""))
            }
            (LimitOf::Percent, DeValue::String(text)) => {
                Some(Exact::parse(text.strip_suffix('%')?.trim_end())? * Exact::ten_to(-2))
            }
            (LimitOf::Count, DeValue::Integer(count)) if count.radix() == 10 => Exact::parse(count.as_str()),
            _ => None,
        };
        number.filter(|number| !number.is_negative())
    }
}
