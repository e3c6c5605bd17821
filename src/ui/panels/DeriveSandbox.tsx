/** @file Derives the cell on show by a rule of choice: nothing is trained, nothing is changed, the cell follows at once. */
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { type DeriveRule, dartsRule, type Strength } from "../../genotype/derive.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { NodeName } from "../charts/NodeName.tsx";
import { OpBadge } from "../charts/OpBadge.tsx";
import { Icon } from "../parts/Icon.tsx";
import { NumberField } from "../parts/NumberField.tsx";
import { Segmented } from "../parts/Segmented.tsx";
import { useActions, useSampled, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { at } from "../viz/at.ts";
import { nodeName, opName } from "../viz/cell-names.ts";
import { opStyles } from "../viz/color.ts";
import { changesBetween, deriveWith, ruleBehind } from "../viz/derived.ts";
import { mixtureOf } from "../viz/mixture.ts";
import styles from "./DeriveSandbox.module.css";
import { useGroupLives } from "./use-group.ts";

const strengths: Readonly<Record<Strength, string>> = {
  kept: "weight of the kept operation (DARTS)",
  largest: "largest weight, none included",
  some: "1 − weight of none",
  margin: "lead over the next operation",
  entropy: "how decided: ln(ops) − entropy",
};
const nones: Readonly<Record<DeriveRule["none"], string>> = {
  never: "never kept (DARTS)",
  renormalised: "taken out before the softmax",
  allowed: "may be kept (NAS-Bench-201)",
};
const keeps = ["1", "2", "3", "all"];

interface DeriveSandboxProps {
  readonly lane: Lane;
  readonly group: AlphaGroup;
  readonly onClose: () => void;
}

export function DeriveSandbox({ lane, group, onClose }: DeriveSandboxProps) {
  const { setRule } = useActions();
  const wished = useView((view) => view.rule);
  const { alpha, own } = useGroupLives(lane, group);
  // Of the moment when the sandbox is opened: a rule does not change with α.
  const [ownRule] = useState(() => {
    const [values, kept] = [alpha.get(), own.get()];
    return values && kept ? ruleBehind(group, values, kept) : dartsRule(2);
  });
  const rule = wished ?? ownRule;
  const set = (patch: Partial<DeriveRule>) => setRule({ ...rule, ...patch });
  const titleId = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    onClose();
  };
  return (
    <section className={styles["box"]} aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <div className={styles["head"]}>
        <h3 id={titleId}>Derive by another rule</h3>
        <button
          type="button"
          className="button button-icon button-quiet"
          aria-label="Close the sandbox"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <div className={styles["columns"]}>
        <div>
          <p className="soft">
            The same α, another cell. No training, and the run does not notice.
          </p>
          <div className={styles["row"]}>
            <span aria-hidden="true">Edges a node keeps</span>
            <Segmented
              label="Edges a node keeps"
              options={keeps.map((value) => ({ value, label: value }))}
              value={Number.isFinite(rule.keep) ? String(rule.keep) : "all"}
              onChange={(keep) =>
                set({ keep: keep === "all" ? Number.POSITIVE_INFINITY : Number(keep) })
              }
            />
          </div>
          <Choice
            label="Edges are ranked by"
            options={strengths}
            value={rule.strength}
            onChange={(strength) => set({ strength })}
          />
          <Choice
            label="none is"
            options={nones}
            value={rule.none}
            onChange={(none) => set({ none })}
          />
          <div className={styles["row"]}>
            <span aria-hidden="true">Drop edges ranked below</span>
            <NumberField
              label="Drop edges ranked below"
              range={{ min: 0, max: 1, scale: "linear" }}
              value={rule.threshold}
              onCommit={(threshold) => set({ threshold })}
            />
          </div>
          <button
            type="button"
            className="button"
            aria-disabled={!wished}
            onClick={() => setRule(undefined)}
          >
            Back to the space's own rule
          </button>
        </div>
        <div>
          <Survivors lane={lane} group={group} rule={rule} />
        </div>
      </div>
    </section>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly options: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, options, value, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div className={styles["choice"]}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
      >
        {(Object.entries(options) as [T, string][]).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface SurvivorsProps {
  readonly lane: Lane;
  readonly group: AlphaGroup;
  readonly rule: DeriveRule;
}

/** The edges that survive, with what each weighs, and where they differ from the space's own cell. */
function Survivors({ lane, group, rule }: SurvivorsProps) {
  const { alpha, own } = useGroupLives(lane, group);
  const values = useSampled(alpha);
  const before = useSampled(own);
  const looks = useMemo(() => opStyles(group.ops), [group]);
  const weights = mixtureOf(group, values);
  if (!values || !weights || !before) return <p className="soft">No α yet.</p>;
  const kept = deriveWith(group, values, rule);
  const changes = changesBetween(group, before, kept);
  const edgeText = (edge: number) => (
    <b>
      <NodeName name={nodeName(group, at(group.edges, edge).from)} />→
      <NodeName name={nodeName(group, at(group.edges, edge).to)} />
    </b>
  );
  return (
    <>
      <h4>
        Edges that survive: {kept.length} of {group.edges.length}
      </h4>
      <ul className={styles["kept"]}>
        {kept.map(({ from, to, op }) => {
          const edge = group.edges.findIndex((e) => e.from === from && e.to === to);
          const index = group.ops.indexOf(op);
          return (
            <li key={edge}>
              {edgeText(edge)}
              <OpBadge style={at(looks, index)} />
              <span className="visually-hidden">{opName(op)}</span>
              <span className="numbers">
                {at(weights, edge * group.ops.length + index).toFixed(2)}
              </span>
            </li>
          );
        })}
      </ul>
      <h4>
        {changes.length === 0
          ? "The same cell as by the space's own rule."
          : `Different from the space's own cell: ${changes.length}`}
      </h4>
      {changes.length > 0 && (
        <ul className={styles["changes"]}>
          {changes.map(({ edge, before, after }) => (
            <li key={edge}>
              {edgeText(edge)} {before ? opName(before) : "dropped"} →{" "}
              {after ? opName(after) : "dropped"}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
