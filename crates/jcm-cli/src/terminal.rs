//! The only printer. Everything that the command says goes through a [`Terminal`].

use crate::arguments::{Color, Format};
use crate::failure::Failure;
use crate::files::in_words;
use crate::report::Report;
use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::RefCell;
use std::io::{self, ErrorKind, IsTerminal as _, Write};
use std::time::{Duration, Instant};

/// Columns where the terminal does not say how many it has: pages and logs are this wide.
const USUAL_WIDTH: usize = 100;

/// Work that takes longer than this shows its progress.
const PATIENCE: Duration = Duration::from_millis(500);

/// Standard output and standard error, with or without colour.
pub(crate) struct Terminal {
    out: ColorChoice,
    err: ColorChoice,
    /// What standard output refused, other than a reader that has gone away.
    broken: RefCell<Option<io::Error>>,
}

/// Which of the two streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Standard output: what the command was asked for.
    Out,
    /// Standard error: what it has to say beside that.
    Err,
}

impl Terminal {
    pub(crate) fn new(color: Color) -> Self {
        let choice = |auto: ColorChoice| match color {
            Color::Auto => auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self {
            out: choice(AutoStream::choice(&io::stdout())),
            err: choice(AutoStream::choice(&io::stderr())),
            broken: RefCell::new(None),
        }
    }

    /// Prints what the command was asked for.
    pub(crate) fn say(&self, text: &str) {
        self.print(Stream::Out, text);
    }

    /// Prints what is worth knowing beside that.
    pub(crate) fn note(&self, text: &str) {
        self.print(Stream::Err, text);
    }

    /// Prints what people want to know of the work done: where a program reads standard output, beside it.
    pub(crate) fn tell(&self, format: Format, text: &str) {
        self.print(if format.is_for_programs() { Stream::Err } else { Stream::Out }, text);
    }

    /// Prints the problems of a report, and for people how many there are.
    pub(crate) fn report(&self, report: &Report, format: Format, stream: Stream) {
        let drawn =
            jcm_render::render(&report.diagnostics, &report.sources, &self.drawing(report, format, stream));
        self.print(stream, &drawn);
        let summary = jcm_render::summary(&report.diagnostics);
        if format == Format::Human && !summary.is_empty() {
            self.print(stream, &format!("{summary}\n"));
        }
    }

    /// Says why the command did not do its work.
    pub(crate) fn failure(&self, failure: &Failure) {
        if let Some(message) = failure.message() {
            let (red, plain) =
                if self.err == ColorChoice::Never { ("", "") } else { ("\u{1b}[1;31m", "\u{1b}[0m") };
            self.note(&format!("{red}error{plain}: {message}\n"));
        }
    }

    /// Whether everything that was printed arrived. A reader that has gone away (`jcm … | head`) has read enough.
    pub(crate) fn finish(&self) -> Result<(), Failure> {
        if let Err(error) = io::stdout().flush() {
            self.keep(error);
        }
        match self.broken.take() {
            Some(error) => Err(Failure::World(format!("standard output: {}", in_words(&error)))),
            None => Ok(()),
        }
    }

    /// A progress bar on standard error, shown only on a terminal and only when the work takes long.
    pub(crate) fn progress(&self, what: &'static str) -> Progress {
        Progress { what, started: Instant::now(), bar: io::stderr().is_terminal().then(ProgressBar::hidden) }
    }

    fn drawing(&self, report: &Report, format: Format, stream: Stream) -> jcm_render::Format {
        let choice = if stream == Stream::Out { self.out } else { self.err };
        match format {
            Format::Human => {
                jcm_render::Format::Human { colour: choice != ColorChoice::Never, width: width(stream) }
            }
            Format::Short => jcm_render::Format::Short,
            Format::Json => jcm_render::Format::Json,
            Format::Sarif => jcm_render::Format::Sarif {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                rules: report.rules.clone(),
            },
        }
    }

    fn print(&self, stream: Stream, text: &str) {
        let printed = match stream {
            Stream::Out => AutoStream::new(io::stdout().lock(), self.out).write_all(text.as_bytes()),
            Stream::Err => AutoStream::new(io::stderr().lock(), self.err).write_all(text.as_bytes()),
        };
        // What standard error refuses cannot be told anywhere.
        if let (Err(error), Stream::Out) = (printed, stream) {
            self.keep(error);
        }
    }

    fn keep(&self, error: io::Error) {
        if error.kind() != ErrorKind::BrokenPipe {
            self.broken.borrow_mut().get_or_insert(error);
        }
    }
}

fn width(stream: Stream) -> usize {
    let size = match stream {
        Stream::Out => terminal_size::terminal_size_of(io::stdout()),
        Stream::Err => terminal_size::terminal_size_of(io::stderr()),
    };
    size.map_or(USUAL_WIDTH, |(columns, _)| usize::from(columns.0))
}

/// How far long work has come.
pub(crate) struct Progress {
    what: &'static str,
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// So many of so many are done. May be called from any thread, as often as one likes.
    pub(crate) fn set(&self, done: usize, total: usize) {
        let Some(bar) = &self.bar else { return };
        if bar.is_hidden() {
            if self.started.elapsed() < PATIENCE {
                return;
            }
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            // The template is a constant; should it ever be wrong, the bar looks plain.
            if let Ok(style) =
                ProgressStyle::with_template("{msg} {bar:40} {human_pos} of {human_len}, {eta} left")
            {
                bar.set_style(style);
            }
            bar.set_message(self.what);
        }
        bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
