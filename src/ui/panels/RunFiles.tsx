/** @file Runs as files: save, open or drop in, verify, and take α and losses away as tables. */
import { useDroppedFile } from "../hooks/useDroppedFile.ts";
import { ChooseFiles } from "../parts/ChooseFiles.tsx";
import { saveFile } from "../parts/save-file.ts";
import { useActions, usePlayground, useSampled, useTimeline, useView } from "../state/app.ts";
import { alphaTable, lossTable } from "../state/tables.ts";
import styles from "./RunFiles.module.css";
import { useLanes, useMethod, useRun } from "./use-lanes.ts";
import { verdictWords } from "./verdict-words.ts";

const ending = ".nasrun";
const isRunFile = (file: File) => file.name.endsWith(ending);

export function RunFiles() {
  const { client } = usePlayground();
  const { runFile, openRunFile } = useActions();
  const selected = useView((view) => view.selected);
  const lane = useLanes().find((l) => l.id === selected);
  const method = useMethod(lane?.method ?? "")?.id ?? "run";
  const isEmpty = useSampled(useTimeline()).present === 0;
  const open = (file: File) =>
    void file.arrayBuffer().then((bytes) => openRunFile(new Uint8Array(bytes), file.name));
  useDroppedFile(isRunFile, open);
  const save = () => {
    const bytes = runFile();
    if (bytes) saveFile(new Blob([bytes]), `${method}${ending}`);
  };
  const saveTable = (kind: "alpha" | "losses") => {
    const run = lane?.runId === undefined ? undefined : client.store.getState().runs[lane.runId];
    if (!run) return;
    const text = kind === "alpha" ? alphaTable(run.groups, run) : lossTable(run);
    saveFile(new Blob([text], { type: "text/csv" }), `${method}-${kind}.csv`);
  };
  return (
    <section className={styles["files"]} aria-label="Run files">
      <h3>Run file</h3>
      <div className={styles["row"]}>
        <FileButton name="Save run" isOff={isEmpty} onPress={save} />
        <ChooseFiles label="Run file to open" accept={ending} onChoose={([file]) => open(file)}>
          Open run
        </ChooseFiles>
      </div>
      <div className={styles["row"]}>
        <FileButton name="α as CSV" isOff={isEmpty} onPress={() => saveTable("alpha")} />
        <FileButton name="Losses as CSV" isOff={isEmpty} onPress={() => saveTable("losses")} />
      </div>
      <VerifyRow />
    </section>
  );
}

interface FileButtonProps {
  readonly name: string;
  readonly isOff: boolean;
  readonly onPress: () => void;
}

const FileButton = ({ name, isOff, onPress }: FileButtonProps) => (
  <button
    type="button"
    className="button"
    aria-disabled={isOff}
    title={isOff ? "Nothing has been computed yet" : undefined}
    onClick={() => !isOff && onPress()}
  >
    {name}
  </button>
);

/** Only for a recorded lane: whether this machine computes the same. */
function VerifyRow() {
  const { verify } = useActions();
  const selected = useView((view) => view.selected);
  const verdict = useView((view) => view.verdicts[view.selected]);
  const lane = useLanes().find((l) => l.id === selected);
  const spec = useRun(lane, (run) => run.spec);
  if (lane?.origin?.kind !== "recorded") return null;
  return (
    <div className={styles["verify"]}>
      <button type="button" className="button" onClick={() => void verify(lane.id)}>
        Verify lane {lane.letter}
      </button>
      <p className="soft" aria-live="polite">
        {verdict
          ? verdictWords(verdict)
          : `Recorded on ${spec?.backend}. Verifying takes every step again and compares α bit for bit.`}
      </p>
    </div>
  );
}
