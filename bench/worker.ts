/** @file The entry of a worker that runs one engine in a page. */
import { answer, type Request } from "./host.ts";

interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: Request }) => void) | null;
}
const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  void answer(data).then((reply) => scope.postMessage(reply));
};
scope.postMessage("loaded");
