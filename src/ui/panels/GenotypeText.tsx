/** @file The architecture that would be kept if the search stopped now, as its paper prints it. */
import { useEffect, useState } from "react";
import { Icon } from "../parts/Icon.tsx";
import { useLive, useSampled } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import { isToy } from "./describe.ts";
import styles from "./GenotypeText.module.css";
import { usePreset } from "./use-lanes.ts";

const selectText = (run: RunView | undefined) => run?.latest?.genotype.text;
/** How long the button says what it did. */
const feedbackMs = 2000;

export function GenotypeText({ lane }: { readonly lane: Lane }) {
  const preset = usePreset();
  const text = useSampled(useLive(lane.runId, selectText));
  return (
    <div className={styles["genotype"]}>
      <div className={styles["head"]}>
        <h3>{isToy(preset) ? "Result" : "Genotype"} if stopped now</h3>
        {text !== undefined && <CopyButton lane={lane} text={text} />}
      </div>
      {text === undefined ? (
        <p className="soft">None yet.</p>
      ) : (
        <section
          className={styles["text"]}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label={`Genotype of lane ${lane.letter}`}
        >
          {text}
        </section>
      )}
    </div>
  );
}

function CopyButton({ lane, text }: { readonly lane: Lane; readonly text: string }) {
  const [said, setSaid] = useState<"Copied" | "Copying failed">();
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), feedbackMs);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => {
    // Absent outside a secure context, whatever its type says.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (!clipboard) return setSaid("Copying failed");
    clipboard.writeText(text).then(
      () => setSaid("Copied"),
      () => setSaid("Copying failed"),
    );
  };
  return (
    <button
      type="button"
      className="button button-icon"
      aria-label={said ?? `Copy genotype of lane ${lane.letter}`}
      onClick={copy}
    >
      <Icon name={said === "Copied" ? "check" : "copy"} />
      {said ?? "Copy"}
    </button>
  );
}
