// The contract as a page beside the source: live while typing, following the cursor, and leading back to the source.
import * as vscode from "vscode";
import type { Contracts } from "./contracts";
import type { Page } from "./protocol";
import { located, type Server } from "./server";
import { escaped, frame, options } from "./webview";

/** What the page says to the extension. */
type Said = { ready: true } | { source: string } | { anchor: string };

export class Preview {
  private panel: vscode.WebviewPanel | undefined;
  private document: vscode.TextDocument | undefined;
  private page: Page | undefined;
  private loaded = false;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly contracts: Contracts,
  ) {
    context.subscriptions.push(
      vscode.commands.registerCommand("jcm.preview", (uri?: vscode.Uri) => this.show(uri)),
      contracts.onDidChange((document) => this.refresh(document)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        // What the page has put under the cursor is on the page already.
        if (kind !== undefined) {
          this.follow(textEditor);
        }
      }),
    );
  }

  private async show(uri?: vscode.Uri): Promise<void> {
    const document = await this.contracts.needed(uri);
    if (!document) {
      return;
    }
    if (this.panel) {
      this.panel.reveal(undefined, true);
    } else {
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.panel = vscode.window.createWebviewPanel("jcm.preview", "Contract", column, options(this.context));
      const media = vscode.Uri.joinPath(this.context.extensionUri, "media");
      this.panel.iconPath = { light: vscode.Uri.joinPath(media, "file-light.svg"), dark: vscode.Uri.joinPath(media, "file-dark.svg") };
      this.panel.onDidDispose(() => {
        this.panel = undefined;
        this.page = undefined;
        this.loaded = false;
      });
      this.panel.webview.onDidReceiveMessage((said: Said) => this.hear(said));
    }
    await this.refresh(document);
  }

  /** Draws the contract that a text belongs to; while it has an error, the page stays as it was and says so. */
  private async refresh(document: vscode.TextDocument): Promise<void> {
    if (!this.panel) {
      return;
    }
    this.document = document;
    const page = await this.server.page(document);
    if (!this.panel) {
      return;
    }
    if (page) {
      this.page = page;
      this.panel.title = page.title;
    }
    if (this.loaded) {
      await this.panel.webview.postMessage({ html: page?.html ?? null });
      this.followCursor();
    } else {
      this.panel.webview.html = this.whole(this.panel.webview);
    }
  }

  private followCursor(): void {
    const editor = vscode.window.visibleTextEditors.find((editor) => editor.document === this.document);
    if (editor) {
      this.follow(editor);
    }
  }

  /** Shows what is printed of the declaration at the cursor. */
  private follow(editor: vscode.TextEditor): void {
    if (!this.panel || !this.page || !vscode.workspace.getConfiguration("jcm").get("preview.followCursor", true)) {
      return;
    }
    const uri = editor.document.uri.toString();
    const at = editor.selection.active;
    const before = this.page.anchors
      .map(({ anchor, location }) => ({ anchor, at: located(location) }))
      .filter((place) => place.at?.uri.toString() === uri && place.at.range.start.line <= at.line);
    const nearest = before.reduce<(typeof before)[number] | undefined>(
      (last, place) => (last?.at && place.at?.range.start.isBefore(last.at.range.start) ? last : place),
      undefined,
    );
    if (nearest) {
      void this.panel.webview.postMessage({ reveal: nearest.anchor });
    }
  }

  private async hear(said: Said): Promise<void> {
    if ("ready" in said) {
      this.loaded = true;
      if (this.document) {
        await this.refresh(this.document);
      }
      return;
    }
    const document = this.document;
    if (!document) {
      return;
    }
    const anchored = "anchor" in said ? this.page?.anchors.find(({ anchor }) => anchor === said.anchor) : undefined;
    const place = "source" in said ? await this.server.place(document, said.source) : located(anchored?.location ?? null);
    if (place) {
      await goTo(place);
    }
  }

  private whole(webview: vscode.Webview): string {
    const { nonce, policy, script } = frame(this.context, webview, "preview.js");
    const empty =
      '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><style></style></head>' +
      '<body><nav></nav><main id="main"><p>The page appears when the contract has no errors. The list “Problems” shows what there is to mend.</p></main></body></html>';
    return (this.page?.html ?? empty)
      .replace("<head>", () => `<head>${policy}`)
      .replace("<style>", () => `<style nonce="${nonce}">`)
      .replace("</head>", () => `<style nonce="${nonce}">${THEME}</style></head>`)
      .replace("</body>", () => `${script}</body>`)
      .replace("<title>", () => `<title data-nonce="${escaped(nonce)}">`);
  }
}

/** Puts the cursor at a place, in the editor where it is open already. */
export async function goTo(place: vscode.Location): Promise<void> {
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === place.uri.toString());
  const viewColumn = open?.viewColumn ?? vscode.ViewColumn.One;
  await vscode.window.showTextDocument(place.uri, { selection: place.range, viewColumn });
}

/** The colours of the editor on the page, so that it is readable in each of its themes, and the marks of the preview. */
const THEME = `
:root {
  --paper: var(--vscode-editor-background); --ink: var(--vscode-editor-foreground);
  --soft: var(--vscode-descriptionForeground); --rule: var(--vscode-editorWidget-border, var(--vscode-contrastBorder, gray));
  --wash: var(--vscode-editorWidget-background); --link: var(--vscode-textLink-foreground);
  --mark: var(--vscode-editor-selectionHighlightBackground, transparent); --side: var(--vscode-sideBar-background);
}
body { display: block; padding: 0; font-size: 0.95rem; }
main { padding: 1rem clamp(1rem, 4vw, 2.5rem) 40vh; }
nav { position: static; height: auto; max-height: 60vh; border: 0; background: none; padding: 0.5rem 0; }
details.contents { position: sticky; top: 0; z-index: 1; background: var(--side); border-bottom: 1px solid var(--rule); padding: 0.4rem 1rem; }
details.contents summary { cursor: pointer; font: 600 0.875rem/1.6 var(--vscode-font-family); }
.nav-title, .skip { display: none; }
html { scroll-padding-top: 3.5rem; }
.here { box-shadow: -0.35rem 0 0 var(--vscode-focusBorder); }
tr.here > * { background: var(--mark); }
data[data-source] { cursor: pointer; }
#stale { position: sticky; top: 0; z-index: 3; padding: 0.4rem 1rem; font: 0.875rem/1.5 var(--vscode-font-family);
  color: var(--vscode-inputValidation-warningForeground, inherit); background: var(--vscode-inputValidation-warningBackground);
  border-bottom: 1px solid var(--vscode-inputValidation-warningBorder); }
#stale[hidden] { display: none; }
#tip { position: fixed; z-index: 4; max-width: min(26rem, 80vw); padding: 0.5rem 0.7rem; font: 0.8125rem/1.45 var(--vscode-font-family);
  color: var(--vscode-editorHoverWidget-foreground); background: var(--vscode-editorHoverWidget-background);
  border: 1px solid var(--vscode-editorHoverWidget-border); border-radius: 3px; pointer-events: none; }
#tip[hidden] { display: none; }
#tip .more { color: var(--vscode-descriptionForeground); margin-top: 0.3rem; }
`;
