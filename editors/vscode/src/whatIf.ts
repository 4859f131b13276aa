// The panel “What if”: levers for the knobs of a contract and the figures of an example, and what comes out. The server works
// out every figure; here they are drawn.
import * as vscode from "vscode";
import type { Contracts } from "./contracts";
import type { Moves } from "./protocol";
import type { Server } from "./server";
import { frame, options } from "./webview";

/** What the page says to the extension. */
type Said = { ready: true } | { moves: Moves } | { example: string };

export class WhatIfPanel {
  private panel: vscode.WebviewPanel | undefined;
  private document: vscode.TextDocument | undefined;
  private example: string | undefined;
  private moves: Moves = {};
  private asking = false;
  private again = false;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly contracts: Contracts,
  ) {
    context.subscriptions.push(
      vscode.commands.registerCommand("jcm.whatIf", (uri?: vscode.Uri, example?: string) => this.show(uri, example)),
      contracts.onDidChange((document) => {
        if (this.panel) {
          this.take(document);
          void this.draw();
        }
      }),
    );
  }

  private take(document: vscode.TextDocument): void {
    if (document.uri.toString() !== this.document?.uri.toString()) {
      this.moves = {};
      this.example = undefined;
    }
    this.document = document;
  }

  private async show(uri?: vscode.Uri, example?: string): Promise<void> {
    const document = await this.contracts.needed(uri);
    if (!document) {
      return;
    }
    this.take(document);
    if (example !== undefined && example !== this.example) {
      this.example = example;
      this.moves = {};
    }
    if (this.panel) {
      this.panel.reveal(undefined, true);
      await this.draw();
      return;
    }
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.panel = vscode.window.createWebviewPanel("jcm.whatIf", "What if", column, options(this.context));
    const media = vscode.Uri.joinPath(this.context.extensionUri, "media");
    this.panel.iconPath = { light: vscode.Uri.joinPath(media, "file-light.svg"), dark: vscode.Uri.joinPath(media, "file-dark.svg") };
    this.panel.onDidDispose(() => {
      this.panel = undefined;
      this.moves = {};
    });
    this.panel.webview.onDidReceiveMessage((said: Said) => this.hear(said));
    const { nonce, policy, script } = frame(this.context, this.panel.webview, "whatIf.js");
    this.panel.webview.html = `<!DOCTYPE html><html lang="en-GB"><head>${policy}<meta charset="utf-8"><title>What if</title>
<style nonce="${nonce}">${STYLE}</style></head><body><main></main>${script}</body></html>`;
  }

  private hear(said: Said): void {
    if ("moves" in said) {
      this.moves = said.moves;
    }
    if ("example" in said) {
      this.example = said.example;
      this.moves = {};
    }
    void this.draw();
  }

  /** Asks and draws; what has moved meanwhile is asked next, so that nothing piles up while a lever is dragged. */
  private async draw(): Promise<void> {
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    try {
      do {
        this.again = false;
        await this.drawOnce();
      } while (this.again);
    } finally {
      this.asking = false;
    }
  }

  private async drawOnce(): Promise<void> {
    const document = this.document;
    if (!document || !this.panel) {
      return;
    }
    const all = await this.server.examples(document);
    const examples = all?.map(({ name, title, period }) => ({ name, title, period })) ?? null;
    this.example = examples?.find(({ name }) => name === this.example)?.name ?? examples?.[0]?.name ?? this.example;
    const found = examples && this.example !== undefined ? await this.server.whatIf(document, this.example, this.moves) : null;
    await this.panel?.webview.postMessage({ examples, example: this.example ?? null, found });
  }
}

const STYLE = `
body { padding: 0 1.25rem 2rem; color: var(--vscode-foreground); font: var(--vscode-font-size)/1.45 var(--vscode-font-family); }
h1 { font-size: 1.25em; font-weight: 600; margin: 1rem 0 0.25rem; }
h2 { font-size: 1em; font-weight: 600; margin: 1.5rem 0 0.5rem; }
p { margin: 0.25rem 0; } .soft { color: var(--vscode-descriptionForeground); }
select, input[type="text"], button { font: inherit; color: var(--vscode-input-foreground); background: var(--vscode-input-background);
  border: 1px solid var(--vscode-settings-textInputBorder, var(--vscode-input-border, var(--vscode-contrastBorder, gray))); border-radius: 2px; padding: 0.2rem 0.4rem; }
select { max-width: 100%; background: var(--vscode-dropdown-background); color: var(--vscode-dropdown-foreground); }
button { color: var(--vscode-button-foreground); background: var(--vscode-button-background); border-color: var(--vscode-contrastBorder, transparent); cursor: pointer; padding: 0.25rem 0.75rem; }
button:disabled { opacity: 0.5; cursor: default; }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.lever { display: grid; grid-template-columns: minmax(9rem, 1fr) minmax(8rem, 2fr) 9.5rem; gap: 0.1rem 0.9rem; align-items: center; margin: 0.6rem 0; }
.lever .range { display: grid; } .lever input[type="range"] { width: 100%; margin: 0; accent-color: var(--vscode-focusBorder); }
.ends { display: flex; justify-content: space-between; font-size: 0.85em; color: var(--vscode-descriptionForeground); }
.lever input[type="text"] { width: 100%; box-sizing: border-box; text-align: right; font-variant-numeric: tabular-nums; }
.lever.moved .name { font-weight: 600; } .lever .stands { font-size: 0.85em; }
.refused { grid-column: 2 / -1; color: var(--vscode-errorForeground); font-size: 0.9em; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; padding: 1.2rem 0 0.3rem; }
th, td { padding: 0.28rem 0.5rem 0.28rem 0; text-align: left; font-weight: normal; vertical-align: middle; border-bottom: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent)); }
thead th { color: var(--vscode-descriptionForeground); font-size: 0.85em; }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-left: 0.5rem; }
tr.changed td.after { font-weight: 600; }
tbody th { width: 45%; } svg { display: block; width: 100%; height: 0.7rem; margin: 0.15rem 0; overflow: visible; }
svg .axis { stroke: var(--vscode-editorWidget-border, var(--vscode-contrastBorder, gray)); stroke-width: 1; vector-effect: non-scaling-stroke; }
svg .gain { fill: var(--vscode-charts-blue); } svg .loss { fill: var(--vscode-charts-orange); }
svg .before { stroke: var(--vscode-foreground); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.difference { color: var(--vscode-descriptionForeground); }
.stopped { padding: 0.5rem 0.75rem; background: var(--vscode-inputValidation-warningBackground); border: 1px solid var(--vscode-inputValidation-warningBorder); margin: 1rem 0; }
@media (max-width: 34rem) { .lever { grid-template-columns: 1fr 9.5rem; } .lever .range { grid-column: 1 / -1; grid-row: 2; } .refused { grid-column: 1 / -1; } }
@media (max-width: 26rem) { body { padding: 0 0.75rem 2rem; } .lever { grid-template-columns: minmax(0, 1fr); } .lever .range { grid-row: auto; }
  .lever input[type="text"] { text-align: left; } tr { display: flex; flex-wrap: wrap; } thead th:empty { display: none; }
  tbody th { flex: 0 0 100%; width: auto; box-sizing: border-box; border-bottom: none; padding-bottom: 0; } td.figure, th.figure { flex: 1 0 auto; padding-left: 0; } }
`;
