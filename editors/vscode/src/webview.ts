// What the pages beside the editor have in common: nothing from the network, and only scripts of the extension.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** The frame of a page: its script may run, and nothing else can. */
export interface Frame {
  nonce: string;
  /** The `meta` element that says so. */
  policy: string;
  /** The `script` element. */
  script: string;
}

/** How a page of the extension is opened. */
export function options(context: vscode.ExtensionContext): vscode.WebviewOptions & vscode.WebviewPanelOptions {
  const localResourceRoots = [vscode.Uri.joinPath(context.extensionUri, "dist")];
  return { enableScripts: true, enableForms: false, localResourceRoots, retainContextWhenHidden: true, enableFindWidget: true };
}

export function frame(context: vscode.ExtensionContext, webview: vscode.Webview, script: string): Frame {
  const nonce = randomBytes(16).toString("hex");
  const source = webview.asWebviewUri(vscode.Uri.joinPath(context.extensionUri, "dist", script)).toString();
  const allowed = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return {
    nonce,
    policy: `<meta http-equiv="Content-Security-Policy" content="${allowed}">`,
    script: `<script nonce="${nonce}" src="${escaped(source)}"></script>`,
  };
}

/** A text as it stands in a page. */
export function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
