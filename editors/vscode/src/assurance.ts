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
    );
  }

  async refresh(document: vscode.TextDocument): Promise<void> {
    const asked = await this.server.assurance(document);
    // While the contract has an error the tree stays as it was, and says so.
    if (asked) {
      this.asked = asked;
    }
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
