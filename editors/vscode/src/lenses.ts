// What can be done, above the contract and above each example, besides what the server puts there.
import * as vscode from "vscode";
import { type Contracts, isContract } from "./contracts";
import { located, type Server } from "./server";

export function registerLenses(context: vscode.ExtensionContext, server: Server, contracts: Contracts): void {
  const changes = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changes.event,
    async provideCodeLenses(document) {
      if (!isContract(document)) {
        return [];
      }
      const [contract, examples] = await Promise.all([server.contract(document), server.examples(document)]);
      const own = (at: vscode.Location | undefined) => at?.uri.toString() === document.uri.toString();
      const lens = (at: vscode.Location | undefined, title: string, command: string, ...more: string[]) =>
        at && own(at) ? [new vscode.CodeLens(at.range, { title, command, arguments: [document.uri, ...more] })] : [];
      const begins = located(contract?.at ?? null);
      return [
        ...lens(begins, "$(checklist) What the standards ask", "jcm.assure"),
        ...(examples ?? []).flatMap(({ at, name }) => lens(located(at), "$(settings) What if…", "jcm.whatIf", name)),
      ];
    },
  };
  context.subscriptions.push(
    changes,
    contracts.onDidChange(() => changes.fire()),
    vscode.languages.registerCodeLensProvider({ language: "jcm" }, provider),
  );
}
