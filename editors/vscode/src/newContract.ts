// A new contract: which model, who and where, into which folder. What is left out is invented.
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { folderOf, run } from "./program";
import type { Server } from "./server";

/** A question of a model, in the order in which people are asked. */
const QUESTIONS: { asks: string; flag: string; prompt: string; example: string }[] = [
  { asks: "commissioner", flag: "--commissioner", prompt: "Who commissions the services?", example: "NHS Anytown Integrated Care Board" },
  { asks: "provider", flag: "--provider", prompt: "Who provides them?", example: "Anytown Hospitals NHS Foundation Trust" },
  { asks: "other provider", flag: "--provider", prompt: "Who is the second provider?", example: "Anytown Community Care Ltd" },
  { asks: "place", flag: "--place", prompt: "For which place?", example: "Anytown" },
  { asks: "start", flag: "--start", prompt: "On which 1 April does it begin?", example: "2027-04-01" },
  { asks: "budget", flag: "--budget", prompt: "What is the budget of a year?", example: "£120,000,000" },
];

/** A question stays while somebody looks a name up elsewhere, or what has been answered would be lost. */
const LASTING = { ignoreFocusOut: true };

const SMALLEST = { label: "A small contract to learn from", description: "two partners, one measure, one incentive", name: "", asks: [] as string[] };

export async function newContract(server: Server): Promise<void> {
  const models = (await server.models()).map(({ name, title, asks }) => ({
    label: words(name),
    description: title,
    name,
    asks,
  }));
  const model = await vscode.window.showQuickPick([SMALLEST, ...models], {
    title: "What sort of contract?",
    matchOnDescription: true,
    ...LASTING,
  });
  if (!model) {
    return;
  }
  const asked = QUESTIONS.filter(({ asks }) => model.asks.includes(asks));
  const args: string[] = [];
  const skipped = new Set<string>();
  for (const [at, { flag, prompt, example, asks }] of asked.entries()) {
    const title = `New contract (${at + 1} of ${asked.length})`;
    const answer = await vscode.window.showInputBox({ title, prompt: `${prompt} Leave it empty for an invented one.`, placeHolder: example, ...LASTING });
    if (answer === undefined) {
      return;
    }
    // The second provider stands second on the command line, so that the first must be there.
    if (answer.trim() !== "") {
      if (asks === "other provider" && skipped.has("provider")) {
        args.push("--provider", "Anytown Hospitals NHS Foundation Trust");
      }
      args.push(flag, answer.trim());
    } else {
      skipped.add(asks);
    }
  }
  const folder = await folderFor();
  if (!folder) {
    return;
  }
  const choice = model.name === "" ? [] : ["--model", model.name, "--yes", ...args];
  const ended = await run("Writing the contract", server.program, ["new", folder.fsPath, ...choice], folderOf(folder));
  if (!ended) {
    return;
  }
  if (ended.code !== 0) {
    void vscode.window.showErrorMessage(ended.err.trim().replace(/^error: /, ""));
    return;
  }
  const contract = vscode.Uri.joinPath(folder, "contract.jcm");
  if (!vscode.workspace.getWorkspaceFolder(contract)) {
    await vscode.commands.executeCommand("vscode.openFolder", folder);
    return;
  }
  await vscode.window.showTextDocument(contract, { preview: false });
}

/** A folder for the contract: a new one in what is open, or one that is chosen. */
async function folderFor(): Promise<vscode.Uri | undefined> {
  const open = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!open) {
    const given = { title: "Where to?", canSelectFolders: true, canSelectFiles: false, openLabel: "Put It Here", defaultUri: vscode.Uri.file(os.homedir()) };
    return (await vscode.window.showOpenDialog(given))?.[0];
  }
  const name = await vscode.window.showInputBox({
    title: "New contract",
    prompt: `What is its folder called? It is made in ${path.basename(open.fsPath)}.`,
    value: "my-contract",
    ...LASTING,
    validateInput: (text) => (/^[^\\/:*?"<>|]+$/.test(text.trim()) && !/^\.+$/.test(text.trim()) ? undefined : "A name of letters, digits, hyphens and spaces"),
  });
  return name === undefined ? undefined : vscode.Uri.joinPath(open, name.trim());
}

/** `lead_provider` as people read it. */
function words(name: string): string {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
