/** @file Every edge's decision over time, as a row of the leading op's colour; a click or the arrows travel there. */
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { historyRate, textRate, useDrawRate, useTheme } from "../hooks/useMedia.ts";
import { useSize } from "../hooks/useSize.ts";
import { at } from "../viz/at.ts";
import { nodeName, opName, spokenNode } from "../viz/cell-names.ts";
import { type Change, flipsIn } from "../viz/changes.ts";
import { opStyles } from "../viz/color.ts";
import { roundUp } from "../viz/domain.ts";
import type { Live } from "../viz/live.ts";
import type { Trace } from "../viz/trace.ts";
import { colorsOf } from "./canvas.ts";
import css from "./DecisionRibbon.module.css";
import { NodeName } from "./NodeName.tsx";
import { type Painted, paintRibbon } from "./ribbon-painter.ts";

/** A run's past, as far as the ribbon draws it. */
export interface RibbonPast {
  readonly trace: Trace | undefined;
  readonly changes: readonly Change[];
  /** Steps taken. */
  readonly present: number;
}
interface DecisionRibbonProps {
  /** What a screen reader calls the picture: "Decisions of lane A, normal cell". */
  readonly label: string;
  readonly group: AlphaGroup;
  readonly past: Live<RibbonPast>;
  /** The moment on show, in steps; undefined for the present. */
  readonly moment: Live<number | undefined>;
  /** Where rules have spoken. */
  readonly flags?: readonly RibbonFlag[];
  /** Shows another moment. */
  readonly onTravel: (steps: number) => void;
}
/** A flag at its step, with what it says. */
export interface RibbonFlag {
  readonly steps: number;
  /** "DARTS+ would have stopped at step 120." */
  readonly title: string;
  readonly why: string;
}
const noFlags: readonly RibbonFlag[] = [];

export function DecisionRibbon(props: DecisionRibbonProps) {
  const { label, group, past, moment, flags = noFlags, onTravel } = props;
  const [plot, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const settled = useRef<HTMLSpanElement>(null);
  const painted = useRef<Painted>(undefined);
  const [now, setNow] = useState<{ steps: number; present: number }>({ steps: 0, present: 0 });
  const styles = useMemo(() => opStyles(group.ops), [group]);
  const rate = useDrawRate();
  const theme = useTheme();

  useEffect(() => {
    const sheet = { ...size, ...colorsOf(theme) };
    painted.current = undefined;
    const read = () => {
      const { trace, changes, present } = past.get();
      const flips = flipsIn(changes);
      return { trace, changes, flips, present, end: roundUp(present), moment: moment.get() };
    };
    const draw = () => {
      const picture = { group, styles, ...read() };
      if (canvas.current)
        painted.current = paintRibbon(canvas.current, sheet, picture, painted.current);
    };
    const write = () => {
      const { flips, present, moment: shown } = read();
      const steps = Math.min(shown ?? present, present);
      const last = flips.findLast((flip) => flip <= steps) ?? 0;
      if (settled.current) settled.current.textContent = `${steps - last}`;
      setNow((old) => (old.steps === steps && old.present === present ? old : { steps, present }));
    };
    const stops = [
      redrawOnChange([past], draw, Math.min(rate, historyRate)),
      redrawOnChange([moment], draw, rate),
      redrawOnChange([past, moment], write, textRate),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [group, styles, past, moment, rate, theme, size]);

  const travel = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    if (event.buttons === 0) {
      const edge = Math.floor(((event.clientY - top) / height) * group.edges.length);
      const said = painted.current && decisionAt(painted.current, event.clientX - left, edge);
      event.currentTarget.title = said ?? "";
      return;
    }
    const { present } = past.get();
    const steps = Math.round(((event.clientX - left) / width) * roundUp(present));
    onTravel(Math.min(present, Math.max(0, steps)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { present, changes } = past.get();
    const here = Math.min(moment.get() ?? present, present);
    const flips = event.shiftKey ? flipsIn(changes) : undefined;
    const moves: Record<string, number | undefined> = {
      ArrowRight: flips ? flips.find((flip) => flip > here) : here + 1,
      ArrowLeft: flips ? flips.findLast((flip) => flip < here) : here - 1,
      PageUp: here + Math.ceil(present / 10),
      PageDown: here - Math.ceil(present / 10),
      Home: 0,
      End: present,
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    event.stopPropagation();
    onTravel(Math.min(present, Math.max(0, moves[event.key] ?? here)));
  };

  return (
    <figure className={css["ribbon"]}>
      <figcaption className={css["head"]}>
        Decisions
        <span className={css["note"]}>leading op of each edge over the steps; strong: kept</span>
        <span className={css["settled"]}>
          settled <b ref={settled}>0</b>
        </span>
      </figcaption>
      <div className={css["rows"]}>
        <div className={css["names"]} aria-hidden="true">
          {group.edges.map(({ from, to }) => (
            <span key={`${from} ${to}`}>
              <NodeName name={nodeName(group, from)} />→
              <NodeName name={nodeName(group, to)} />
            </span>
          ))}
        </div>
        <div
          ref={plot}
          className={css["plot"]}
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={now.present}
          aria-valuenow={now.steps}
          aria-valuetext={`step ${now.steps} of ${now.present}`}
          onKeyDown={onKeyDown}
          onPointerDown={travel}
          onPointerMove={travel}
        >
          <canvas ref={canvas} className={css["canvas"]} />
        </div>
        {flags.length > 0 && <Flags flags={flags} end={roundUp(now.present)} onTravel={onTravel} />}
      </div>
    </figure>
  );
}

/** "step 120, c_{k-2} to node 0: skip leads by 0.021, dropped" at a place of the picture; undefined beside it. */
export function decisionAt(
  { ribbon, of }: { ribbon: Painted["ribbon"]; of: Pick<Painted["of"], "group" | "present"> },
  x: number,
  edge: number,
): string | undefined {
  const column = Math.floor(x);
  const ends = of.group.edges[edge];
  if (!ends || column < 0 || column >= ribbon.columns) return undefined;
  const place = edge * ribbon.columns + column;
  const steps = Math.min(of.present, Math.round(((column + 1) / ribbon.columns) * of.present));
  const op = opName(at(of.group.ops, at(ribbon.leader, place)));
  const nodes = `${spokenNode(of.group, ends.from)} to ${spokenNode(of.group, ends.to)}`;
  const fate = at(ribbon.kept, place) === 1 ? "kept" : "dropped";
  return `step ${steps}, ${nodes}: ${op} leads by ${at(ribbon.margin, place).toFixed(3)}, ${fate}`;
}

interface FlagsProps {
  readonly flags: readonly RibbonFlag[];
  /** Steps at the right edge. */
  readonly end: number;
  readonly onTravel: (steps: number) => void;
}

/** Over the plot and not in it, which is one control by itself. */
const Flags = ({ flags, end, onTravel }: FlagsProps) => (
  <ul className={css["flags"]} aria-label="Flags">
    {flags.map(({ steps, title, why }) => {
      const along = Math.min(1, steps / end);
      return (
        <li key={title} style={{ left: `${100 * along}%` }} data-late={along > 0.5}>
          <button type="button" aria-label={`${title} ${why}`} onClick={() => onTravel(steps)}>
            ⚑
          </button>
          <span aria-hidden="true">
            <b>{title}</b> {why}
          </span>
        </li>
      );
    })}
  </ul>
);
