//! `jcm completions`: complete commands with the tab key.

use crate::failure::Failure;
use crate::terminal::Terminal;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  jcm completions bash > ~/.local/share/bash-completion/completions/jcm
  jcm completions zsh  > ~/.zfunc/_jcm
  jcm completions fish > ~/.config/fish/completions/jcm.fish";

/// Print a script that lets a shell complete jcm commands
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut crate::arguments::Arguments::command(), "jcm", &mut script);
    terminal.say(&String::from_utf8_lossy(&script));
    Ok(())
}
