// What the editor gives to a page of its own.
interface Editor {
  postMessage(said: unknown): void;
}
declare function acquireVsCodeApi(): Editor;
