/** @file One edge's softmax weights as numbers and bars, following α while it is open; pinned, with hands to put on it. */
import { type ReactNode, useEffect, useRef } from "react";
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { useDrawRate } from "../hooks/useMedia.ts";
import { at } from "../viz/at.ts";
import { nodeName, opName } from "../viz/cell-names.ts";
import { type OpStyle, opColor } from "../viz/color.ts";
import type { Live } from "../viz/live.ts";
import { mixtureOf } from "../viz/mixture.ts";
import css from "./EdgeCard.module.css";
import { type Hands, useForceKinds } from "./hands.ts";
import { NodeName } from "./NodeName.tsx";
import { OpBadge } from "./OpBadge.tsx";
import { alphaText, OpHands, OpHandsHead } from "./OpHands.tsx";

interface EdgeCardProps {
  readonly group: AlphaGroup;
  readonly edge: number;
  readonly styles: readonly OpStyle[];
  readonly alpha: Live<Float32Array | undefined>;
  readonly kept: Live<readonly GenotypeEdge[] | undefined>;
  readonly hands: Hands;
  /** α of the untouched twin; absent where there is none. */
  readonly ghost: Live<Float32Array | undefined> | undefined;
  /** Where there is little room, no bars. */
  readonly isSmall: boolean;
  /** The corner of the stage that the edge leaves free. */
  readonly corner: { readonly right: boolean; readonly bottom: boolean };
  /** Absent while the card only follows the pointer or the focus. */
  readonly onClose?: (() => void) | undefined;
  /** What else is known of this edge. */
  readonly facts?: ReactNode;
}

/** Changes of α smaller than this are no direction. */
const stillness = 1e-6;

export function EdgeCard(props: EdgeCardProps) {
  const { group, edge, styles, alpha, kept, hands, ghost, corner, isSmall, onClose } = props;
  const { from, to } = at(group.edges, edge);
  const rows = useRef<HTMLTableSectionElement>(null);
  const fate = useRef<HTMLSpanElement>(null);
  const note = useRef<HTMLParagraphElement>(null);
  const rate = useDrawRate();
  const ops = group.ops.length;
  const kinds = useForceKinds(hands.forces, edge, ops);
  const isHandy = onClose !== undefined && hands.onSteer !== undefined;

  useEffect(() => {
    let [before, now] = [alpha.get(), alpha.get()];
    const draw = () => {
      if (alpha.get() !== now) [before, now] = [now, alpha.get()];
      const weights = mixtureOf(group, now);
      const untouched = mixtureOf(group, ghost?.get());
      const keeps = kept.get();
      const mine = keeps?.find((e) => e.from === from && e.to === to);
      if (fate.current) fate.current.textContent = keeps ? (mine ? "kept" : "dropped") : "";
      group.ops.forEach((op, k) => {
        const row = rows.current?.children[k];
        const part = (name: string) => row?.querySelector<HTMLElement>(`[data-live="${name}"]`);
        const index = edge * ops + k;
        const weight = weights?.[index];
        const [value, bar, arrow] = [part("value"), part("bar"), part("arrow")];
        const input = row?.querySelector("input");
        if (value) value.textContent = weight?.toFixed(3) ?? "–";
        const twin = part("twin");
        if (twin) twin.textContent = untouched?.[index]?.toFixed(3) ?? "–";
        if (bar) bar.style.scale = `${Math.min(1, Math.max(0, weight ?? 0)).toFixed(3)} 1`;
        const moved = (now?.[index] ?? 0) - (before?.[index] ?? 0);
        if (arrow) arrow.textContent = moved > stillness ? "▲" : moved < -stillness ? "▼" : "";
        // What is being typed is left alone.
        if (input && input !== document.activeElement) input.value = alphaText(now?.[index]);
        row?.toggleAttribute("data-kept", mine?.op === op);
        row?.toggleAttribute("data-touched", hands.touched.get().has(`${edge} ${k}`));
      });
      const isTouched = rows.current?.querySelector("[data-touched]") !== null;
      if (note.current) note.current.hidden = !isTouched;
    };
    const sources = [alpha, kept, hands.touched];
    return redrawOnChange(ghost ? [...sources, ghost] : sources, draw, rate);
  }, [group, edge, from, to, ops, alpha, ghost, kept, hands.touched, rate]);

  return (
    <div
      className={css["card"]}
      data-card
      data-right={corner.right}
      data-bottom={corner.bottom}
      data-small={isSmall}
      data-pinned={onClose !== undefined}
    >
      <div className={css["title"]}>
        <strong>
          <NodeName name={nodeName(group, from)} /> → <NodeName name={nodeName(group, to)} />
        </strong>
        <span ref={fate} />
        {onClose && (
          <button type="button" aria-label="Close the card" onClick={onClose}>
            ×
          </button>
        )}
      </div>
      <table>
        {isHandy && (
          <OpHandsHead
            hasBars={!isSmall}
            hasTwin={ghost !== undefined}
            hasMask={group.kind === "choice"}
          />
        )}
        <tbody ref={rows}>
          {styles.map((style, op) => (
            <tr key={style.op} data-force={kinds[op]}>
              <td>
                <OpBadge style={style} />
              </td>
              <th scope="row" className={isHandy ? css["spoken"] : undefined}>
                {opName(style.op)}
              </th>
              <td className={css["track"]} hidden={isSmall}>
                <span
                  data-live="bar"
                  className={css["bar"]}
                  style={{ background: opColor(style) }}
                />
              </td>
              <td data-live="value" className={css["value"]} />
              <td data-live="arrow" className={css["arrow"]} />
              {ghost && <td data-live="twin" className={css["twin"]} title="Untouched twin" />}
              {isHandy && (
                <OpHands
                  name={opName(style.op)}
                  kind={kinds[op]}
                  hasMask={group.kind === "choice"}
                  valueNow={() => alpha.get()?.[edge * ops + op]}
                  onSteer={(steer) => hands.onSteer?.([{ edge, op, ...steer }])}
                />
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css["note"]} ref={note} hidden>
        * moved by hand
      </p>
      {props.facts}
    </div>
  );
}
