/** @file The architecture that would be kept if the search stopped now, as its paper prints it or in another format. */
import { useMemo, useState } from "react";
import { genotypeFormats } from "../../genotype/formats.ts";
import type { Genotype } from "../../protocol/spec.ts";
import { CopyButton } from "../parts/CopyButton.tsx";
import { Icon } from "../parts/Icon.tsx";
import { saveFile } from "../parts/save-file.ts";
import { useActions, useEngine, useLive, useSampled, useView } from "../state/app.ts";
import { type Lane, trainerFor } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import { maxLanes } from "../state/view.ts";
import styles from "./GenotypeText.module.css";
import { TwinNote } from "./TwinNote.tsx";
import { usePreset } from "./use-lanes.ts";

const selectGenotype = (run: RunView | undefined) => run?.latest?.genotype;
/** What the paper's own way is called among the formats. */
const own = "own";

export function GenotypeText({ lane }: { readonly lane: Lane }) {
  const genotype = useSampled(useLive(lane.runId, selectGenotype));
  const [format, setFormat] = useState<string>(own);
  const texts = useMemo(() => genotype && textsOf(genotype), [genotype]);
  const print = (of: Genotype) => textsOf(of).find(({ id }) => id === format)?.text ?? of.text;
  const text = texts?.find(({ id }) => id === format)?.text ?? genotype?.text;
  return (
    <div className={styles["genotype"]}>
      <div className={styles["head"]}>
        <h3>Genotype</h3>
        {texts && texts.length > 1 && (
          <select
            className={`select ${styles["format"]}`}
            aria-label={`Format of lane ${lane.letter}'s genotype`}
            value={format}
            onChange={(event) => setFormat(event.target.value)}
          >
            {texts.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        )}
        {genotype && <TrainButton lane={lane} genotype={genotype} />}
        {text !== undefined && (
          <CopyButton label={`Copy genotype of lane ${lane.letter}`} text={() => text} />
        )}
        {text !== undefined && (
          <button
            type="button"
            className="button button-icon"
            aria-label={`Save genotype of lane ${lane.letter}`}
            title="Save it as a file, in this format"
            onClick={() => saveFile(new Blob([`${text}\n`]), fileName(lane.method, format))}
          >
            <Icon name="save" />
          </button>
        )}
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
          <TwinNote lane={lane} print={print} />
        </section>
      )}
    </div>
  );
}

/** "darts-genotype.json": what can be opened by other programs has their ending. */
const fileName = (method: string, format: string) =>
  `${method}-genotype${format === own ? "" : `-${format}`}.${format === "json" ? "json" : "txt"}`;

/** Absent on lanes that train one already, and where nothing could. */
function TrainButton({ lane, genotype }: { readonly lane: Lane; readonly genotype: Genotype }) {
  const { trainCell } = useActions();
  const preset = usePreset();
  const isFull = useView((view) => view.lanes.length >= maxLanes);
  const catalog = useEngine((engine) => engine.catalog);
  const trainer = catalog && preset && trainerFor(catalog, preset);
  if (!trainer || trainer.id === lane.method) return null;
  return (
    <button
      type="button"
      className="button"
      aria-label={`Train the cell of lane ${lane.letter}`}
      disabled={isFull}
      title={
        isFull
          ? `There are ${maxLanes} lanes, as many as there may be`
          : "Adds a lane that trains this cell alone, from scratch"
      }
      onClick={() => trainCell(genotype)}
    >
      Train cell
    </button>
  );
}

/** The genotype in every format that can hold it, the paper's way first; that way alone if there are no edges. */
function textsOf(genotype: Genotype) {
  const first = { id: own, label: "Paper", text: genotype.text };
  if (Object.keys(genotype.groups).length === 0) return [first];
  const others = genotypeFormats.flatMap(({ id, label, print }) => {
    const text = print(genotype);
    return text === undefined || text === genotype.text ? [] : [{ id, label, text }];
  });
  return [first, ...others];
}
