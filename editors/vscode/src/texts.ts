// Texts that are no files: the library, the pages of problems, and what commands have printed.
import * as vscode from "vscode";
import type { Server } from "./server";

/** Shows what a command has printed, under a name such as `Settlement`. */
export async function showPrinted(title: string, text: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme: "jcm-printed", path: `/${title}.txt` });
  printed.set(uri.toString(), text);
  changes.fire(uri);
  const document = await vscode.workspace.openTextDocument(uri);
  // A language of its own, so that long lines are wrapped whatever is set for other texts.
  await vscode.languages.setTextDocumentLanguage(document, "jcm-printed");
  await vscode.window.showTextDocument(document, { preview: true });
}

const printed = new Map<string, string>();
const changes = new vscode.EventEmitter<vscode.Uri>();

export function registerTexts(context: vscode.ExtensionContext, server: Server): void {
  const library: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: async (uri) => (await server.libraryText(uri)) ?? "",
  };
  const pages: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: async (uri) => (await server.explanation(uri.path.slice(1).replace(/\.md$/, ""))) ?? "",
  };
  const output: vscode.TextDocumentContentProvider = {
    onDidChange: changes.event,
    provideTextDocumentContent: (uri) => printed.get(uri.toString()) ?? "",
  };
  context.subscriptions.push(
    changes,
    vscode.workspace.registerTextDocumentContentProvider("jcm-std", library),
    vscode.workspace.registerTextDocumentContentProvider("jcm-explain", pages),
    vscode.workspace.registerTextDocumentContentProvider("jcm-printed", output),
    vscode.commands.registerCommand("jcm.explain", (code?: string) => explain(code)),
  );
}

async function explain(code: string | undefined): Promise<void> {
  const wanted = code ?? codeAtCursor() ?? (await vscode.window.showInputBox({ title: "Explain a problem", prompt: "Its code, such as E0501" }));
  if (wanted) {
    const uri = vscode.Uri.from({ scheme: "jcm-explain", path: `/${wanted.trim().toUpperCase()}.md` });
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }
}

function codeAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const here = editor && vscode.languages.getDiagnostics(editor.document.uri).find((d) => d.range.contains(editor.selection.active));
  const code = here?.code;
  return typeof code === "object" ? String(code.value) : code === undefined ? undefined : String(code);
}
