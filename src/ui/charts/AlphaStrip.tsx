/** @file α at a glance: a strip of edges × ops, darker where the softmax weight is larger. */
import {
  type KeyboardEvent,
  memo,
  type SyntheticEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { textRate, useDrawRate } from "../hooks/useMedia.ts";
import { at } from "../viz/at.ts";
import { nodeName, spokenNode } from "../viz/cell-names.ts";
import { opStyles } from "../viz/color.ts";
import { inkKey, inkOf } from "../viz/ink.ts";
import type { Live } from "../viz/live.ts";
import { mixtureOf } from "../viz/mixture.ts";
import css from "./AlphaStrip.module.css";
import { NodeName } from "./NodeName.tsx";
import { OpBadge } from "./OpBadge.tsx";

interface AlphaStripProps {
  /** What a screen reader calls the picture: "α of the normal cell". */
  readonly label: string;
  readonly group: AlphaGroup;
  /** (edges, ops) row by row. */
  readonly alpha: Live<Float32Array | undefined>;
}

/** To half a per cent: finer shades cannot be told apart, and each one written is drawn anew. */
const percent = (group: AlphaGroup, weight: number) =>
  `${Math.round(200 * inkOf(group, weight)) / 2}%`;

export const AlphaStrip = memo(function AlphaStrip({ label, group, alpha }: AlphaStripProps) {
  const styles = useMemo(() => opStyles(group.ops), [group]);
  const columns = styles.length;
  const body = useRef<HTMLTableSectionElement>(null);
  const value = useRef<HTMLSpanElement>(null);
  /** Cells count row by row. The stop is the strip's one Tab stop. */
  const [hovered, setHovered] = useState<number>();
  const [focused, setFocused] = useState<number>();
  const [stop, setStop] = useState(0);
  const read = hovered ?? focused;
  const rate = useDrawRate();

  useEffect(() => {
    const cells = [...(body.current?.querySelectorAll<HTMLElement>("td") ?? [])];
    const shades: string[] = [];
    const shade = () => {
      const weights = mixtureOf(group, alpha.get());
      for (const [i, cell] of cells.entries()) {
        const share = percent(group, weights?.[i] ?? 0);
        if (share !== shades[i]) cell.style.setProperty("--share", share);
        shades[i] = share;
      }
      if (value.current && read !== undefined)
        value.current.textContent = weights?.[read]?.toFixed(3) ?? "–";
    };
    const write = () => {
      const weights = mixtureOf(group, alpha.get());
      for (const [i, cell] of cells.entries()) {
        const words = cell.firstElementChild?.firstChild;
        const text = weights?.[i]?.toFixed(3) ?? "–";
        if (words && words.nodeValue !== text) words.nodeValue = text;
      }
    };
    const stops = [redrawOnChange([alpha], shade, rate), redrawOnChange([alpha], write, textRate)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [group, alpha, read, rate]);

  const last = group.edges.length * columns - 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowRight: stop + 1,
      ArrowLeft: stop - 1,
      ArrowDown: stop + columns,
      ArrowUp: stop - columns,
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (next >= 0 && next <= last) body.current?.querySelectorAll("td")[next]?.focus();
  };
  const cellAt = (event: SyntheticEvent) => {
    const cell = event.target instanceof Element ? event.target.closest("td") : null;
    return cell ? Number(cell.dataset["cell"]) : undefined;
  };

  return (
    <figure className={css["strip"]}>
      <figcaption className={css["caption"]}>
        <b>α now</b>
        <span className={css["reading"]} hidden={read === undefined}>
          {read !== undefined && read <= last && (
            <CellReading group={group} edge={Math.floor(read / columns)} op={read % columns} />
          )}
          <span ref={value} />
        </span>
        <span className={css["key"]}>
          {group.kind === "choice" ? "softmax weight" : "gate α"}
          {inkKey(group).map((tick) => (
            <span key={tick} className={css["tick"]}>
              <span style={{ ["--share" as string]: percent(group, tick) }} />
              {Number(tick.toFixed(2))}
            </span>
          ))}
        </span>
      </figcaption>
      <table
        aria-label={label}
        onKeyDown={onKeyDown}
        onPointerOver={(event) => setHovered(cellAt(event))}
        onPointerLeave={() => setHovered(undefined)}
        onFocus={(event) => {
          setFocused(cellAt(event));
          setStop(cellAt(event) ?? stop);
        }}
        onBlur={() => setFocused(undefined)}
      >
        <thead>
          <tr>
            <th scope="col">
              <span className={css["spoken"]}>edge</span>
            </th>
            {styles.map((style) => (
              <th key={style.op} scope="col">
                <OpBadge style={style} />
                <span className={css["spoken"]}>{style.op}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {group.edges.map(({ from, to }, e) => (
            <tr key={`${from} ${to}`}>
              <th scope="row">
                <span aria-hidden="true">
                  <NodeName name={nodeName(group, from)} />→
                  <NodeName name={nodeName(group, to)} />
                </span>
                <span className={css["spoken"]}>
                  {spokenNode(group, from)} to {spokenNode(group, to)}
                </span>
              </th>
              {styles.map((style, k) => {
                const cell = e * columns + k;
                return (
                  <td
                    key={style.op}
                    data-cell={cell}
                    data-read={cell === read}
                    tabIndex={cell === Math.min(stop, last) ? 0 : -1}
                  >
                    <span className={css["spoken"]}>–</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
});

function CellReading({ group, edge, op }: { group: AlphaGroup; edge: number; op: number }) {
  const { from, to } = at(group.edges, edge);
  return (
    <>
      <NodeName name={nodeName(group, from)} />→<NodeName name={nodeName(group, to)} />{" "}
      {at(group.ops, op)}{" "}
    </>
  );
}
