// The program `jcm` run as a command: what it says, and how it ended.
import { execFile } from "node:child_process";
import * as path from "node:path";
import * as vscode from "vscode";

/** What a program has said, and its exit code. */
export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** The most that a command may print, in bytes. */
const MOST = 64 * 1024 * 1024;

/** Runs a program in a folder with progress; it is ended where a person cancels. */
export function run(title: string, program: string, args: string[], cwd: string): Thenable<Ended | undefined> {
  const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(shown, (_, token) => ran(program, args, cwd, token));
}

function ran(program: string, args: string[], cwd: string, token: vscode.CancellationToken): Promise<Ended | undefined> {
  return new Promise((resolve) => {
    const given = { cwd, maxBuffer: MOST, env: { ...process.env, NO_COLOR: "1" }, windowsHide: true };
    const child = execFile(program, args, given, (error, out, err) => {
      if (token.isCancellationRequested) {
        resolve(undefined);
      } else if (error && typeof error.code !== "number") {
        // It could not be started at all.
        resolve({ code: -1, out, err: `${program}: ${error.message}` });
      } else {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
      }
    });
    token.onCancellationRequested(() => child.kill());
  });
}

/** The folder that a file is in. */
export function folderOf(uri: vscode.Uri): string {
  return path.dirname(uri.fsPath);
}
