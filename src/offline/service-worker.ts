/** @file The service worker: serves one whole build from the cache, and never two builds mixed. */
import { type Build, isolated, isShell, pathOf, requestOf } from "./kept.ts";

/** Put in when the page is built. */
declare const BUILD: Build;
const build = BUILD;

interface Client {
  postMessage(message: string): void;
}
interface Waitable {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends Waitable {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface MessageEvent extends Waitable {
  readonly data: unknown;
  readonly source: Client | null;
}
interface Scope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void>; matchAll(): Promise<readonly Client[]> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: "install" | "activate", listener: (event: Waitable) => void): void;
  addEventListener(kind: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(kind: "message", listener: (event: MessageEvent) => void): void;
}
const worker = globalThis as unknown as Scope;
const { scope } = worker.registration;
const paths = Object.keys(build.files);
/** One cache a build; other pages of this origin have other scopes. */
const prefix = `${scope}#`;
const open = () => caches.open(prefix + build.id);

worker.addEventListener("install", (event) => {
  const shell = paths.filter(isShell).map((path) => requestOf(path, scope, build));
  event.waitUntil(open().then((cache) => cache.addAll(shell)));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => worker.clients.claim()));
});

worker.addEventListener("message", (event) => {
  if (event.data === "replace") event.waitUntil(worker.skipWaiting());
  if (event.data === "keep")
    event.waitUntil(keepAll().then(() => event.source?.postMessage("kept")));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(new URL("/", scope).href)) return;
  const path = pathOf(request.url, scope, build);
  event.respondWith(request.mode === "navigate" ? visit(request, path) : answer(request, path));
});

async function answer(request: Request, path: string | undefined): Promise<Response> {
  return isolated(path === undefined ? await fetch(request) : await kept(path), build);
}

/**
 * A newer build takes over where no other tab still uses this one; the visit then begins again. Not at once: a browser
 * changes workers only while the old one has nothing to answer, and visits without a pause would keep it busy for ever.
 */
async function visit(request: Request, path: string | undefined): Promise<Response> {
  const { waiting } = worker.registration;
  if (waiting && (await worker.clients.matchAll()).length < 2) {
    waiting.postMessage("replace");
    return new Response(null, { headers: { Refresh: "1" } });
  }
  return answer(request, path);
}

/** From the cache, or fetched and put there. */
async function kept(path: string): Promise<Response> {
  const cache = await open();
  const request = requestOf(path, scope, build);
  const known = await cache.match(request.url);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
}

/** One file after the other: the page's own requests go first. */
async function keepAll(): Promise<void> {
  for (const path of paths) await (await kept(path)).body?.cancel();
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(prefix) && name !== prefix + build.id);
  await Promise.all(old.map((name) => caches.delete(name)));
}
