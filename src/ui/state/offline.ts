/** @file Has the page kept for use without a network, and isolated where its host sends no headers for that. */

/** What the page has of its browser. */
export interface Surroundings {
  readonly workers: Pick<
    ServiceWorkerContainer,
    "register" | "controller" | "ready" | "addEventListener"
  >;
  /** May memory be shared between threads? */
  readonly isIsolated: boolean;
  /** Is the server on this machine, so that it is there without a network? */
  readonly isLocal: boolean;
  /** Has anybody clicked or typed? Then the page stays as it is until the next visit. */
  isTouched(): boolean;
  /** Lives as long as the tab. */
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  reload(): void;
  /** Every file is kept. */
  onKept(): void;
}

const reloaded = "nas-playground: reloaded to be isolated";

/** Registers the service worker; reloads once, and never again in this tab, if only that isolates the page. */
export async function startOffline(around: Surroundings): Promise<void> {
  const { workers, isIsolated, isLocal, memory } = around;
  if (isIsolated && isLocal && !workers.controller) return;
  const reloadOnce = () => {
    if (isIsolated || around.isTouched() || memory.getItem(reloaded)) return;
    memory.setItem(reloaded, "1");
    around.reload();
  };
  workers.addEventListener("message", ({ data }) => {
    if (data === "kept") around.onKept();
  });
  workers.addEventListener("controllerchange", reloadOnce);
  // It may have taken over before this line, or the page came from before it did.
  if (workers.controller) reloadOnce();
  await workers.register("service-worker.js");
  const { active } = await workers.ready;
  active?.postMessage("keep");
}

/** As `startOffline`, with the browser's own; a browser that refuses shows the page all the same. */
export async function startOfflineHere(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  let isTouched = false;
  for (const kind of ["pointerdown", "keydown"])
    addEventListener(kind, () => (isTouched = true), { capture: true, once: true });
  try {
    await startOffline({
      workers: navigator.serviceWorker,
      isIsolated: crossOriginIsolated,
      isLocal: /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname),
      isTouched: () => isTouched,
      memory: sessionStorage,
      reload: () => location.reload(),
      onKept: () => document.documentElement.setAttribute("data-kept", "true"),
    });
  } catch {
    // Private windows and full discs: the page then needs its network, and has one thread.
  }
}
