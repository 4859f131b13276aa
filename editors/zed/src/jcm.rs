//! JCM in Zed: the language server is the `jcm` that is on the path.

use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Jcm;

impl zed::Extension for Jcm {
    fn new() -> Self {
        Jcm
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let jcm = worktree.which("jcm").ok_or("`jcm` is not on the path")?;
        Ok(Command { command: jcm, args: vec!["lsp".to_owned()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Jcm);
