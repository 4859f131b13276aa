// What the standards ask of the open contract, as a tree: standard, element, criterion, and what meets it.
import * as vscode from "vscode";
import type { Contracts } from "./contracts";
import type { Answer, Asked } from "./protocol";
import { located, type Server } from "./server";

const ICONS: Record<Answer, vscode.ThemeIcon> = {
  met: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
  waived: new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("testing.iconSkipped")),
  open: new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed")),
  idle: new vscode.ThemeIcon("dash"),
  thing: new vscode.ThemeIcon("symbol-field"),
};

const WORDS: Record<Answer, string> = { met: "met", waived: "waived", open: "not met", idle: "does not apply", thing: "" };

export class Assurance implements vscode.TreeDataProvider<Asked> {
  private readonly changes = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Asked>;
  private asked: Asked[] = [];
  readonly onDidChangeTreeData = this.changes.event;

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly contracts: Contracts,
  ) {
    this.view = vscode.window.createTreeView("jcm.assurance", { treeDataProvider: this, showCollapseAll: true });
    context.subscriptions.push(
      this.changes,
      this.view,
      contracts.onDidChange((document) => this.refresh(document)),
      vscode.commands.registerCommand("jcm.assure", async (uri?: vscode.Uri) => {
        const document = await this.contracts.needed(uri);
        if (document) {
          await this.refresh(document);
          await vscode.commands.executeCommand("jcm.assurance.focus");
        }
      }),
      vscode.commands.registerCommand("jcm.follow", async () => {
        const document = await this.contracts.needed();
        if (document) {
          await follow(document);
        }
      }),
    );
  }

  async refresh(document: vscode.TextDocument): Promise<void> {
    const asked = await this.server.assurance(document);
    // While the contract has an error the tree stays as it was, and says so.
    if (asked) {
      this.asked = asked;
    }
    // What the empty view says depends on it.
    void vscode.commands.executeCommand("setContext", "jcm.followsNothing", asked?.length === 0);
    const open = count(this.asked);
    this.view.badge = open > 0 ? { value: open, tooltip: `${open} criteria are not met` } : undefined;
    const stale = asked === null && this.asked.length > 0;
    this.view.message = stale ? "The contract has errors: this is how it last stood without one." : "";
    this.changes.fire();
  }

  getChildren(asked?: Asked): Asked[] {
    return asked?.parts ?? this.asked;
  }

  getTreeItem(asked: Asked): vscode.TreeItem {
    const heading = asked.parts.some(({ answer }) => answer !== "thing");
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const state = asked.parts.length === 0 ? None : heading ? Expanded : Collapsed;
    const item = new vscode.TreeItem(asked.title, state);
    // A side bar is narrow: of a criterion that is met, what meets it stands under it.
    item.description = asked.answer === "met" && !heading ? "" : asked.detail;
    item.iconPath = ICONS[asked.answer];
    item.tooltip = [asked.title, asked.detail, asked.doc].filter(Boolean).join("\n\n");
    item.accessibilityInformation = { label: [asked.title, WORDS[asked.answer], asked.detail].filter(Boolean).join(", ") };
    const place = located(asked.at);
    // A heading opens what stands under it; everything else leads to its source.
    if (place && !heading) {
      item.command = { command: "vscode.open", title: "Show", arguments: [place.uri, { selection: place.range }] };
    }
    return item;
  }
}

/** How many criteria are open. */
function count(list: Asked[]): number {
  return list.reduce((sum, asked) => {
    const inner = asked.parts.filter(({ answer }) => answer !== "thing");
    return sum + (inner.length > 0 ? count(inner) : asked.answer === "open" ? 1 : 0);
  }, 0);
}

/** What a contract follows that names nothing else, and the module of the library that has it. */
const USUAL = { model: "joint_outcomes", module: "std.model.joint_outcomes" };

/** Writes into the contract that it follows the usual standard, with the line that brings the standard in. */
async function follow(document: vscode.TextDocument): Promise<void> {
  const lines = document.getText().split(/\r?\n/);
  const at = lines.findIndex((line) => /^contract\b.*\{\s*$/.test(line));
  if (at < 0) {
    const name = vscode.workspace.asRelativePath(document.uri);
    void vscode.window.showInformationMessage(`Nothing in ${name} begins with “contract”: open the file of the contract that does.`);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  if (!lines.some((line) => line.trim() === `use ${USUAL.module}`)) {
    const first = lines.findIndex((line) => /^jcm \d/.test(line)) + 1;
    const line = first > 0 ? `\nuse ${USUAL.module}\n` : `use ${USUAL.module}\n\n`;
    edit.insert(document.uri, new vscode.Position(first, 0), line);
  }
  edit.insert(document.uri, new vscode.Position(at + 1, 0), `    follows:   ${USUAL.model}\n`);
  const editor = await vscode.window.showTextDocument(document);
  await vscode.workspace.applyEdit(edit);
  const place = new vscode.Position(document.getText().split(/\r?\n/).findIndex((line) => line.includes("follows:")), 0);
  editor.revealRange(new vscode.Range(place, place));
}
