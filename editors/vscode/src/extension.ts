// Contracts in the editor: the language server of `jcm`, and what is shown beside the source.
import * as vscode from "vscode";
import { Assurance } from "./assurance";
import { registerCommands } from "./commands";
import { Contracts } from "./contracts";
import { Examples } from "./examples";
import { registerLenses } from "./lenses";
import { Preview } from "./preview";
import { Server } from "./server";
import { registerTexts } from "./texts";
import { WhatIfPanel } from "./whatIf";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("JCM", { log: true });
  const started = (server = new Server(context, output));
  const contracts = new Contracts();
  context.subscriptions.push(
    output,
    contracts,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("jcm.path")) {
        void started.restart();
      }
    }),
  );
  registerTexts(context, started);
  registerCommands(context, started, contracts);
  registerLenses(context, started, contracts);
  new Preview(context, started, contracts);
  new WhatIfPanel(context, started, contracts);
  new Examples(context, started, contracts);
  const assurance = new Assurance(context, started, contracts);
  await started.start();
  if (contracts.current) {
    await assurance.refresh(contracts.current);
  }
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
