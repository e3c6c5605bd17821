/** @file Beside the plane: a lane's own two settings and its two step sizes, each pair as a map with its unsafe region. */
import { useMemo } from "react";
import type { HyperField } from "../../protocol/spec.ts";
import { type PadAxis, SettingsPad } from "../charts/SettingsPad.tsx";
import { useActions } from "../state/app.ts";
import type { ToyLane } from "../state/toy-lane.ts";
import { growthOf } from "../viz/toy-pad.ts";
import type { ToyRules } from "../viz/toy-step.ts";
import styles from "./ToyStage.module.css";
import { useMethod } from "./use-lanes.ts";

/** What of the rates' range is worth showing. */
const rates: PadAxis["range"] = { min: 0.001, max: 10, scale: "log" };
const rateNames = { weights: "rate of w", alpha: "rate of α" } as const;

/** The setting that stands across in the first map, and the one up if it is not the rate of α. */
const knobs: Readonly<Record<string, readonly [x: string, y?: string]>> = {
  darts: ["xi"],
  milenas: ["lambda"],
  rarts: ["lambda", "beta"],
};

export function ToyPads({ toy: { lane, rules } }: { readonly toy: ToyLane }) {
  const { setHyper, setOptimizer } = useActions();
  const fields = useMethod(lane.method)?.hyper ?? {};
  const names = knobs[rules.method];
  const set = (player: "weights" | "alpha", value: number) =>
    setOptimizer(lane.id, player, "lr", value);
  return (
    <section className={styles["pads"]} aria-label={`Settings of lane ${lane.letter} as maps`}>
      {names && (
        <Pad
          label={`${symbolOf(fields[names[0]])} and ${names[1] === undefined ? "rate" : symbolOf(fields[names[1]])} of ${lane.letter}`}
          rules={rules}
          x={names[0]}
          y={names[1] ?? "alpha"}
          fields={fields}
          onChange={(x, y) => {
            setHyper(lane.id, names[0], x);
            if (names[1] !== undefined) setHyper(lane.id, names[1], y);
            else set("alpha", y);
          }}
        />
      )}
      <Pad
        label={`Step sizes of ${lane.letter}`}
        rules={rules}
        x="weights"
        y="alpha"
        fields={fields}
        onChange={(x, y) => {
          set("weights", x);
          set("alpha", y);
        }}
      />
      <p className="soft">
        <span className={styles["hatch"]} aria-hidden="true" /> predicted to diverge
      </p>
    </section>
  );
}

/** "Training weight λ" → "λ". */
const symbolOf = (field: HyperField | undefined) => field?.label.split(" ").at(-1) ?? "";

interface PadProps {
  readonly label: string;
  readonly rules: ToyRules;
  /** Names of settings: a player for its rate, or one of the method's. */
  readonly x: string;
  readonly y: string;
  readonly fields: Readonly<Record<string, HyperField>>;
  readonly onChange: (x: number, y: number) => void;
}

function Pad({ label, rules, x, y, fields, onChange }: PadProps) {
  // The map does not depend on where in it the lane stands.
  const key = JSON.stringify(withSetting(withSetting(rules, x, 0), y, 0));
  const growth = useMemo(() => {
    const others: ToyRules = JSON.parse(key);
    return (a: number, b: number) => growthOf(withSetting(withSetting(others, x, a), y, b));
  }, [key, x, y]);
  return (
    <SettingsPad
      label={label}
      x={axisOf(rules, x, fields[x])}
      y={axisOf(rules, y, fields[y])}
      growth={growth}
      onChange={onChange}
    />
  );
}

const isPlayer = (name: string): name is keyof typeof rateNames => name in rateNames;

function axisOf({ hyper, optimizers }: ToyRules, name: string, field?: HyperField): PadAxis {
  if (isPlayer(name)) return { label: rateNames[name], range: rates, value: optimizers[name].lr };
  const range = field ?? rates;
  return { label: symbolOf(field), range, value: hyper[name] ?? range.min };
}

/** The rules with one setting changed; a constant rate stays constant. */
function withSetting(rules: ToyRules, name: string, value: number): ToyRules {
  if (!isPlayer(name)) return { ...rules, hyper: { ...rules.hyper, [name]: value } };
  const spec = rules.optimizers[name];
  const rated = { ...spec, lr: value, ...(spec.kind === "sgd" && { lrFloor: value }) };
  return { ...rules, optimizers: { ...rules.optimizers, [name]: rated } };
}
