// The language server: which program it is, starting it, and asking it.
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import type { About, Asked, Contract, Example, Location, Model, Moves, Page, WhatIf } from "./protocol";

/** The server with what it can be asked. */
export class Server {
  private client: LanguageClient;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: vscode.LogOutputChannel,
  ) {
    this.client = this.created();
  }

  /** The program: the one that the settings name, or the one that came with the extension. */
  get program(): string {
    const named = vscode.workspace.getConfiguration("jcm").get<string>("path", "").trim();
    if (named !== "") {
      return named;
    }
    const own = this.context.asAbsolutePath(path.join("server", process.platform === "win32" ? "jcm.exe" : "jcm"));
    return fs.existsSync(own) ? own : "jcm";
  }

  async start(): Promise<void> {
    try {
      await this.client.start();
    } catch (error) {
      this.output.error(`${this.program}: ${String(error)}`);
      const choose = "Open Settings";
      const chosen = await vscode.window.showErrorMessage(
        `The program ${this.program} cannot be started, so that contracts are coloured and nothing more. Name another in the setting “jcm.path”.`,
        choose,
      );
      if (chosen === choose) {
        await vscode.commands.executeCommand("workbench.action.openSettings", "jcm.path");
      }
    }
  }

  async restart(): Promise<void> {
    await this.stop();
    this.client = this.created();
    await this.start();
  }

  async stop(): Promise<void> {
    if (this.client.isRunning()) {
      await this.client.stop();
    }
    await this.client.dispose();
  }

  private created(): LanguageClient {
    const server: ServerOptions = { command: this.program, args: ["lsp"] };
    const options: LanguageClientOptions = {
      documentSelector: ["file", "untitled", "jcm-std"].map((scheme) => ({ language: "jcm", scheme })),
      outputChannel: this.output,
      markdown: { isTrusted: false, supportHtml: false },
      middleware: {
        // The code of a problem leads to its page.
        handleDiagnostics(uri, diagnostics, next) {
          for (const diagnostic of diagnostics) {
            if (typeof diagnostic.code === "string") {
              const page = `command:jcm.explain?${encodeURIComponent(JSON.stringify([diagnostic.code]))}`;
              diagnostic.code = { value: diagnostic.code, target: vscode.Uri.parse(page) };
            }
          }
          next(uri, diagnostics);
        },
        // What a lens leads to is handed over as the editor's own places.
        async provideCodeLenses(document, token, next) {
          const counts = vscode.workspace.getConfiguration("jcm", document).get("lenses.uses", false);
          const all = (await next(document, token)) ?? [];
          // How often a thing is named is for those who ask for it: above every declaration it is noise.
          const lenses = all.filter((lens) => counts || !/^named (nowhere|once|\d+ times)$/.test(lens.command?.title ?? ""));
          for (const lens of lenses) {
            const { command = "", arguments: given = [] } = lens.command ?? {};
            if (lens.command && command === "jcm.showPlaces") {
              lens.command = { ...lens.command, command: "editor.action.showReferences", arguments: places(given) };
            } else if (lens.command && typeof given[0] === "string") {
              lens.command = { ...lens.command, arguments: [vscode.Uri.parse(given[0]), ...given.slice(1)] };
            }
          }
          return lenses;
        },
      },
    };
    return new LanguageClient("jcm", "JCM", server, options);
  }

  private async ask<R>(method: string, params?: object): Promise<R | null> {
    if (!this.client.isRunning()) {
      return null;
    }
    try {
      return await (params ? this.client.sendRequest<R | null>(method, params) : this.client.sendRequest<R | null>(method));
    } catch (error) {
      this.output.warn(`${method}: ${String(error)}`);
      return null;
    }
  }

  private about(document: vscode.TextDocument): About {
    return { textDocument: this.client.code2ProtocolConverter.asTextDocumentIdentifier(document) };
  }

  contract(document: vscode.TextDocument): Promise<Contract | null> {
    return this.ask("jcm/contract", this.about(document));
  }

  async models(): Promise<Model[]> {
    return (await this.ask<Model[]>("jcm/models")) ?? [];
  }

  page(document: vscode.TextDocument): Promise<Page | null> {
    return this.ask("jcm/preview", this.about(document));
  }

  async place(document: vscode.TextDocument, source: string): Promise<vscode.Location | undefined> {
    return located(await this.ask<Location>("jcm/place", { ...this.about(document), source }));
  }

  examples(document: vscode.TextDocument): Promise<Example[] | null> {
    return this.ask("jcm/examples", this.about(document));
  }

  whatIf(document: vscode.TextDocument, example: string, moves: Moves): Promise<WhatIf | null> {
    return this.ask("jcm/whatIf", { ...this.about(document), example, moves });
  }

  assurance(document: vscode.TextDocument): Promise<Asked[] | null> {
    return this.ask("jcm/assurance", this.about(document));
  }

  libraryText(uri: vscode.Uri): Promise<string | null> {
    return this.ask("jcm/libraryText", { name: uri.toString(true) });
  }

  explanation(code: string): Promise<string | null> {
    return this.ask("jcm/explain", { name: code });
  }
}

/** A place of the protocol as a place of the editor. */
export function located(location: Location | null): vscode.Location | undefined {
  return location === null ? undefined : new vscode.Location(vscode.Uri.parse(location.uri), ranged(location));
}

function ranged({ range: { start, end } }: Location): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function places(written: unknown[]): unknown[] {
  const [uri, at, there] = written as [string, { line: number; character: number }, Location[]];
  return [vscode.Uri.parse(uri), new vscode.Position(at.line, at.character), there.map((location) => located(location))];
}
