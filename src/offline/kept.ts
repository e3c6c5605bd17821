/** @file What the service worker answers with: the files of one build, and the headers that isolate the page. */

/** A build, as the service worker of that build knows it. */
export interface Build {
  /** Changes with any file of the build. */
  readonly id: string;
  /** The page's Content-Security-Policy, which a worker does not inherit. */
  readonly policy: string;
  /** Path below the page, without a slash at its start → the file's SHA-384 as subresource integrity. */
  readonly files: Readonly<Record<string, string>>;
}

/** Data sets are kept once the page runs; all else beforehand, so that a version is whole or is not used. */
export const isShell = (path: string): boolean => !path.startsWith("datasets/");

/** The file that an address asks for; undefined where it lies outside of `scope` or is no file of the build. */
export function pathOf(url: string, scope: string, { files }: Build): string | undefined {
  const { origin, pathname } = new URL(url);
  const address = origin + pathname;
  if (address === scope) return "index.html";
  return Object.keys(files).find((path) => new URL(path, scope).href === address);
}

/** Fetches a file and refuses any other content: a host that is being updated serves old and new side by side. */
export function requestOf(path: string, scope: string, { files }: Build): Request {
  const integrity = files[path] ?? "";
  return new Request(new URL(path, scope), { integrity, cache: "no-cache" });
}

/** The same answer with what `npm start` sends: with these headers a page may share memory between threads. */
export function isolated(response: Response, { policy }: Build): Response {
  if (response.type === "opaque" || response.type === "error") return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  headers.set("Content-Security-Policy", policy);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
