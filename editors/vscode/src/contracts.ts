// Which contract the editor is about, and when it has changed.
import * as vscode from "vscode";

/** How long after the last key a contract counts as changed, in milliseconds. */
const QUIET = 150;

/** The contract that was looked at last, also while a page or a list has the focus. */
export class Contracts implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly changes = new vscode.EventEmitter<vscode.TextDocument>();
  private last: vscode.TextDocument | undefined;
  private waiting: NodeJS.Timeout | undefined;

  /** The text that was looked at last is another, or has changed and is quiet. */
  readonly onDidChange = this.changes.event;

  constructor() {
    this.take(vscode.window.activeTextEditor?.document);
    this.subscriptions.push(
      this.changes,
      vscode.window.onDidChangeActiveTextEditor((editor) => this.take(editor?.document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isContract(document)) {
          clearTimeout(this.waiting);
          this.waiting = setTimeout(() => this.changes.fire(document), QUIET);
        }
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.last) {
          this.last = undefined;
        }
      }),
    );
  }

  /** The text that was looked at last, or else any that is open. */
  get current(): vscode.TextDocument | undefined {
    return this.last ?? vscode.workspace.textDocuments.find(isContract);
  }

  /** The same, where a person is told to open one if there is none. */
  async needed(uri?: vscode.Uri): Promise<vscode.TextDocument | undefined> {
    if (uri?.path.endsWith(".jcm")) {
      return vscode.workspace.openTextDocument(uri);
    }
    if (this.current) {
      return this.current;
    }
    const found = await vscode.workspace.findFiles("**/*.jcm", "**/node_modules/**", 200);
    const only = found.length === 1 ? found[0] : await chosen(found);
    return only && vscode.workspace.openTextDocument(only);
  }

  private take(document: vscode.TextDocument | undefined): void {
    if (document && isContract(document) && document !== this.last) {
      this.last = document;
      this.changes.fire(document);
    }
  }

  dispose(): void {
    clearTimeout(this.waiting);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

async function chosen(found: vscode.Uri[]): Promise<vscode.Uri | undefined> {
  if (found.length === 0) {
    const start = "New Contract";
    const answer = await vscode.window.showInformationMessage("There is no contract in this folder yet.", start);
    if (answer === start) {
      await vscode.commands.executeCommand("jcm.newContract");
    }
    return undefined;
  }
  const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  items.sort((a, b) => a.label.localeCompare(b.label));
  return (await vscode.window.showQuickPick(items, { title: "Which contract?" }))?.uri;
}

/** Whether a text is one that somebody writes: not one of the library. */
export function isContract(document: vscode.TextDocument): boolean {
  return document.languageId === "jcm" && document.uri.scheme !== "jcm-std";
}
