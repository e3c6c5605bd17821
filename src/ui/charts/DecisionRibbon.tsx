/** @file Every edge's decision over time, as a row of the leading op's colour: a pointer or the arrows travel, a drag brushes. */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { historyRate, textRate, useDrawRate, useTheme } from "../hooks/useMedia.ts";
import { useSize } from "../hooks/useSize.ts";
import { nodeName } from "../viz/cell-names.ts";
import { type Change, flipsIn } from "../viz/changes.ts";
import { opStyles } from "../viz/color.ts";
import { roundUp } from "../viz/domain.ts";
import { createFlipCounter, type Flips, flipsText, type StepWindow } from "../viz/flips.ts";
import type { Live } from "../viz/live.ts";
import type { Trace } from "../viz/trace.ts";
import { colorsOf } from "./canvas.ts";
import css from "./DecisionRibbon.module.css";
import { NodeName } from "./NodeName.tsx";
import { type RibbonFlag, RibbonFlags } from "./RibbonFlags.tsx";
import { RibbonWindow } from "./RibbonWindow.tsx";
import { type Painted, paintRibbon } from "./ribbon-painter.ts";
import { decisionAt } from "./ribbon-words.ts";
import { useRibbonPointer } from "./use-ribbon-pointer.ts";

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
  /** The stretch whose flips are counted. */
  readonly window?: StepWindow | undefined;
  /** Shows another moment. */
  readonly onTravel: (steps: number) => void;
  /** Shows another moment for as long as a pointer is there; undefined once it has left. */
  readonly onPreview?: (steps: number | undefined) => void;
  /** Chooses another stretch; absent where none can be chosen. */
  readonly onBrush?: (window: StepWindow | undefined) => void;
}
const noFlags: readonly RibbonFlag[] = [];

export function DecisionRibbon(props: DecisionRibbonProps) {
  const { label, group, past, moment, flags = noFlags, window, onTravel, onBrush } = props;
  const [plot, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const settled = useRef<HTMLElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const painted = useRef<Painted>(undefined);
  const [now, setNow] = useState<{ steps: number; present: number }>({ steps: 0, present: 0 });
  /** A window with its flips: neither is told without the other. */
  const [counted, setCounted] = useState<{ readonly window: StepWindow; readonly flips: Flips }>();
  const styles = useMemo(() => opStyles(group.ops), [group]);
  const count = useMemo(() => createFlipCounter(group), [group]);
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

  useEffect(() => {
    const write = () => {
      const found = window && { window, flips: count(past.get(), window) };
      setCounted((old) => (JSON.stringify(old) === JSON.stringify(found) ? old : found));
    };
    return redrawOnChange(window ? [past] : [], write, textRate);
  }, [past, window, count]);

  const handlers = useRibbonPointer(plot, {
    presentOf: () => past.get().present,
    onTravel,
    onPreview: props.onPreview,
    onBrush,
    onPlace(place) {
      const edge = place ? Math.floor((place.y / size.height) * group.edges.length) : -1;
      const said = place && painted.current && decisionAt(painted.current, place.x, edge);
      if (!tip.current) return;
      tip.current.hidden = !said;
      if (!said || !place) return;
      const { present } = past.get();
      const found = count(past.get(), window ?? { from: 0, to: present }).byEdge[edge];
      const where = window ? "in the window" : "so far";
      tip.current.textContent = `${said}. Flips of this edge ${where}: ${found}`;
      tip.current.style.setProperty("--x", `${place.x}px`);
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const { present, changes } = past.get();
    const here = Math.min(moment.get() ?? present, present);
    const flips = event.shiftKey ? flipsIn(changes) : undefined;
    const brushes: Record<string, StepWindow | undefined> = {
      ...(event.shiftKey && {
        Home: { from: here, to: window && window.to > here ? window.to : present },
        End: { from: window && window.from < here ? window.from : 0, to: here },
      }),
      ...(window && { Escape: undefined }),
    };
    const moves: Record<string, number | undefined> = {
      ArrowRight: flips ? flips.find((flip) => flip > here) : here + 1,
      ArrowLeft: flips ? flips.findLast((flip) => flip < here) : here - 1,
      PageUp: here + Math.ceil(present / 10),
      PageDown: here - Math.ceil(present / 10),
      Home: 0,
      End: present,
    };
    const isBrush = onBrush !== undefined && Object.hasOwn(brushes, event.key);
    if (!isBrush && !Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isBrush) onBrush(brushes[event.key]);
    else onTravel(Math.min(present, Math.max(0, moves[event.key] ?? here)));
  };

  const end = roundUp(now.present);
  return (
    <figure className={css["ribbon"]}>
      <figcaption className={css["head"]}>
        Decisions
        {counted ? (
          <RibbonWindow
            window={counted.window}
            text={flipsText(counted.flips)}
            rows={group.edges.map((edge, e) => ({
              ...{ group, ...edge },
              flips: counted.flips.byEdge[e] ?? 0,
            }))}
            onClear={() => onBrush?.(undefined)}
          />
        ) : (
          <span className={css["note"]} title="The leading operation of each edge over the steps">
            leading op; strong: kept
          </span>
        )}
        <span className={css["settled"]}>
          settled: <b ref={settled}>0</b> steps
        </span>
      </figcaption>
      <div className={css["rows"]} data-flags={flags.length > 0}>
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
          {...handlers}
        >
          <canvas ref={canvas} className={css["canvas"]} />
        </div>
        <div className={css["over"]}>
          {window && (
            <div
              className={css["window"]}
              style={{
                left: `${(100 * window.from) / end}%`,
                width: `${(100 * (Math.min(window.to, now.present) - window.from)) / end}%`,
              }}
            />
          )}
          {flags.length > 0 && <RibbonFlags flags={flags} end={end} onTravel={onTravel} />}
          <div ref={tip} className={css["tip"]} role="tooltip" hidden />
        </div>
      </div>
    </figure>
  );
}
