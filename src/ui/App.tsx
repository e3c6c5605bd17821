/** @file The page's layout, and nothing else: one screen, no scrolling for the loop. */
import styles from "./App.module.css";
import { Announcer } from "./panels/Announcer.tsx";
import { EngineAlert } from "./panels/EngineAlert.tsx";
import { HeaderBar } from "./panels/HeaderBar.tsx";
import { LeftRail } from "./panels/LeftRail.tsx";
import { HelpDialog, ReadoutPanel } from "./panels/later.ts";
import { Notices } from "./panels/Notices.tsx";
import { PhaseStrip } from "./panels/PhaseStrip.tsx";
import { StagePanel } from "./panels/StagePanel.tsx";
import { useShortcuts } from "./panels/shortcuts.ts";
import { TransportBar } from "./panels/TransportBar.tsx";

/** Needs a `PlaygroundProvider` around it. The transport comes early in the order of Tab, and last on the screen. */
export function App() {
  useShortcuts();
  return (
    <div className={styles["page"]}>
      <a className={styles["skip"]} href="#stage">
        Skip to the search
      </a>
      <div className={styles["head"]}>
        <HeaderBar />
        <EngineAlert />
      </div>
      <div className={styles["transport"]}>
        <PhaseStrip />
        <TransportBar />
      </div>
      <div className={styles["setup"]}>
        <LeftRail />
      </div>
      <div className={styles["stage"]}>
        <StagePanel />
      </div>
      <div className={styles["readout"]}>
        <ReadoutPanel />
      </div>
      <Notices />
      <HelpDialog />
      <Announcer />
    </div>
  );
}
