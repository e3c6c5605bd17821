/** @file The page's layout, and nothing else: one screen, no scrolling for the loop. */
import styles from "./App.module.css";
import { EngineAlert } from "./panels/EngineAlert.tsx";
import { HeaderBar } from "./panels/HeaderBar.tsx";
import { LeftRail } from "./panels/LeftRail.tsx";
import {
  Announcer,
  HelpDialog,
  Notices,
  PhaseStrip,
  PresentBar,
  ReadoutPanel,
} from "./panels/later.ts";
import { StagePanel } from "./panels/StagePanel.tsx";
import { useShortcuts } from "./panels/shortcuts.ts";
import { TransportBar } from "./panels/TransportBar.tsx";
import { useMode } from "./state/app.ts";

/** Needs a `PlaygroundProvider` around it. The transport comes early in the order of Tab, and last on the screen. */
export function App() {
  useShortcuts();
  const isPresenting = useMode((mode) => mode.isPresenting);
  const isEmbedded = useMode((mode) => mode.isEmbedded);
  const hidden = useMode((mode) => mode.hidden);
  const hasLesson = useMode((mode) => mode.lesson !== undefined);
  return (
    <div
      className={styles["page"]}
      data-mode={isPresenting ? "present" : isEmbedded ? "embed" : undefined}
      data-hide={hidden.join(" ")}
      data-lesson={hasLesson}
    >
      <a className={styles["skip"]} href="#stage">
        Skip to the search
      </a>
      <div className={styles["head"]}>
        {isPresenting ? <PresentBar /> : !isEmbedded && <HeaderBar />}
        <EngineAlert />
      </div>
      <div className={styles["transport"]}>
        <PhaseStrip />
        <TransportBar />
      </div>
      {!isPresenting && (
        <div className={styles["setup"]}>
          <LeftRail />
        </div>
      )}
      <div className={styles["stage"]}>
        <StagePanel />
      </div>
      {!isPresenting && (
        <div className={styles["readout"]}>
          <ReadoutPanel />
        </div>
      )}
      <Notices />
      <HelpDialog />
      <Announcer />
    </div>
  );
}
