/** @file Composition root: starts the engine's worker and draws the page. */
// First: what a component says of its own elements comes after it.
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { Boundary } from "./parts/Boundary.tsx";
import { loadAll } from "./parts/later.tsx";
import { createPlayground, PlaygroundProvider } from "./state/app.ts";
import { connectWorker, createClient } from "./state/client.ts";
import { hasGraphicsCard, savedFastest } from "./state/fastest.ts";
import { watchHidden } from "./state/hidden.ts";
import { openSaveStore } from "./state/save-store.ts";
import { applyTheme, savedTheme } from "./state/theme.ts";

applyTheme(savedTheme());
const root = document.getElementById("root");
if (!root) throw new Error('index.html has no element with id "root"');
const playground = createPlayground(createClient(connectWorker), async () =>
  (await import("./state/data-store.ts")).openDataStore(),
);
if (!savedFastest()) void hasGraphicsCard().then((has) => has && playground.client.measure());
const { client, view, mode, actions } = playground;
watchHidden(document, { engine: client.store.getState, view: view.getState, actions });
const page = Math.random().toString(36).slice(2);
const saves = openSaveStore(page);
void import("./state/autosave.ts").then(({ startAutosave }) =>
  startAutosave({ client, view, mode, saves, page, notify: actions.notify }),
);
void saves.newest().then(actions.offer, () => {});
view.subscribe((now, before) => {
  // Gone on with, or put away.
  if (before.offer && !now.offer) void saves.remove(before.offer.page).catch(() => {});
});
window.addEventListener("hashchange", () => {
  playground.actions.followLink(location.hash);
  playground.lessons.follow(location.hash);
});
createRoot(root).render(
  <StrictMode>
    <Boundary>
      <PlaygroundProvider value={playground}>
        <App />
      </PlaygroundProvider>
    </Boundary>
  </StrictMode>,
);
// What the first picture can do without; a panel that cannot be had says so where it is drawn.
setTimeout(() => void loadAll().catch(() => {}), 0);
if (import.meta.env.PROD)
  void import("./state/offline.ts").then(({ startOfflineHere }) => startOfflineHere());
