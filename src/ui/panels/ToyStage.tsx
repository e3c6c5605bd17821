/** @file The solvable model: trails and predictions in its plane, maps of its settings, and what each end means. */
import { useState } from "react";
import { PhasePlane } from "../charts/PhasePlane.tsx";
import { Formula } from "../parts/Formula.tsx";
import { NumberField } from "../parts/NumberField.tsx";
import { useActions, useMode, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { useSpecs } from "../state/specs.ts";
import type { ToyLane } from "../state/toy-lane.ts";
import { toyWords } from "../viz/toy-words.ts";
import { LaneHead } from "./LaneHead.tsx";
import { ToyInside, ToyPads } from "./later.ts";
import styles from "./ToyStage.module.css";
import { useCurves, useLanes } from "./use-lanes.ts";
import { startOf, type ToyStart, useToyLanes, useToyStart } from "./use-toy.ts";

const losses = "L_val = αw − 2α + 1, L_train = (w − α)²";
/** Of more lanes than these, the plane's key says where each ends, and only the selected one is explained. */
const mostExplained = 2;

export function ToyStage() {
  const lanes = useLanes();
  const toys = useToyLanes(lanes);
  const curves = useCurves();
  const specs = useSpecs(lanes);
  const selected = useView((view) => view.selected);
  const start = useToyStart();
  const isInside = useView((view) => view.phase !== undefined);
  const [hasField, setField] = useState(true);
  const [hasFan, setFan] = useState(false);
  const shown = toys.find(({ lane }) => lane.id === selected) ?? toys[0];
  const planeLanes = toys.flatMap(({ lane, rules, end }) => {
    const curve = curves.find((c) => c.id === lane.id);
    const spec = specs[lanes.indexOf(lane)];
    const origin = startOf(spec?.spaceHyper, start.usual);
    return curve
      ? [
          {
            ...{ ...curve, records: curve.past, rules, end, origin, steps: spec?.steps ?? 0 },
            label: toldApart(curve.label, lane, toys),
          },
        ]
      : [];
  });
  return (
    <>
      <div className={styles["head"]}>
        <p className="soft">
          <Formula text={losses} />
        </p>
        <StartFields start={start} />
        <Toggle label="Field" isOn={hasField} onChange={setField} />
        <Toggle label="20 starts" isOn={hasFan} onChange={setFan} />
      </div>
      <div className={styles["both"]}>
        <div className={styles["plane"]}>
          <PhasePlane
            lanes={planeLanes}
            shown={shown?.lane.id ?? ""}
            start={start.point}
            reach={start.fields?.alpha.max ?? 10}
            onStart={start.move}
            hasField={hasField}
            hasFan={hasFan}
            over={
              isInside
                ? (scales) =>
                    toys.map(({ lane }) => (
                      <ToyInside key={lane.id} lane={lane} usual={start.usual} scales={scales} />
                    ))
                : undefined
            }
          />
        </div>
        {shown && <ToyPads toy={shown} />}
      </div>
      <div className={styles["ends"]} data-many={toys.length > mostExplained}>
        {toys.map((toy) => (
          <Meaning
            key={toy.lane.id}
            toy={toy}
            hasWords={toys.length <= mostExplained || toy === shown}
          />
        ))}
      </div>
    </>
  );
}

/** "DARTS, ξ = 0.5" where another lane has the same method and other settings; else the name alone. */
function toldApart(label: string, lane: Lane, toys: readonly ToyLane[]): string {
  const mine = toys.find((toy) => toy.lane === lane)?.rules.hyper ?? {};
  const others = toys.filter((toy) => toy.lane.method === lane.method);
  const differs = (name: string) => others.some(({ rules }) => rules.hyper[name] !== mine[name]);
  const symbols = { xi: "ξ", lambda: "λ", beta: "β" };
  const told = Object.entries(symbols).filter(([name]) => name in mine && differs(name));
  return [label, ...told.map(([name, symbol]) => `${symbol} = ${mine[name]}`)].join(", ");
}

function Toggle(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <button
      type="button"
      className="button button-toggle"
      aria-pressed={props.isOn}
      onClick={() => props.onChange(!props.isOn)}
    >
      {props.label}
    </button>
  );
}

function StartFields({ start: { point, fields, move } }: { readonly start: ToyStart }) {
  if (!fields) return null;
  return (
    <p className={styles["start"]}>
      Start α
      <NumberField
        label="Starting point, α"
        range={fields.alpha}
        value={point.alpha}
        onCommit={(alpha) => move({ ...point, alpha }, true)}
      />
      w
      <NumberField
        label="Starting point, w"
        range={fields.w}
        value={point.w}
        onCommit={(w) => move({ ...point, w }, true)}
      />
    </p>
  );
}

interface MeaningProps {
  readonly toy: ToyLane;
  readonly hasWords: boolean;
}

function Meaning({ toy: { lane, rules, end }, hasWords }: MeaningProps) {
  const { setHyper } = useActions();
  const { text, advice } = toyWords(rules, end);
  // A question that the class is asked is not answered beside it.
  const isAsked = useMode((mode) => mode.votes.length > 0 && !mode.isRevealed);
  return (
    <section aria-label={`Lane ${lane.letter}`} data-lane={lane.letter}>
      <LaneHead lane={lane} />
      {hasWords && (
        <p className={styles["words"]}>
          <Formula text={text} />{" "}
          {advice && !isAsked && (
            <button
              type="button"
              className="button-link"
              onClick={() => setHyper(lane.id, advice.name, advice.value)}
            >
              {advice.label}
            </button>
          )}
        </p>
      )}
    </section>
  );
}
