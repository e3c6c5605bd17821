/** @file The entry of a helper thread in a browser. */
import { createMember, type Job } from "./member.ts";

interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: Job }) => void) | null;
}
const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  const member = createMember(data);
  scope.postMessage("ready");
  member.follow();
};
