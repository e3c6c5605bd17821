/** @file What stands in the phase plane while trails move: w = α, the optimum, twenty paths, a ring for every lane's end. */
import { symbol, symbolStar } from "d3";
import { type RefObject, useId } from "react";
import { at } from "../viz/at.ts";
import {
  neighbours,
  optimum,
  type PlaneLane,
  type PlaneScales,
  type State,
  trailPath,
} from "../viz/plane.ts";
import css from "./PhasePlane.module.css";

interface PlaneMarksProps {
  readonly lanes: readonly PlaneLane[];
  /** Predicted paths from other starting points. */
  readonly fan: readonly (readonly State[])[];
  readonly scales: PlaneScales;
  /** The arrows, the layer of predictions, both painted from outside. */
  readonly field: RefObject<SVGPathElement | null>;
  readonly forecasts: RefObject<SVGGElement | null>;
  /** The layer that trails and their letters are painted into. */
  readonly trails: RefObject<SVGGElement | null>;
}

const star = symbol(symbolStar, 130)() ?? "";

export function PlaneMarks({ lanes, fan, scales, field, forecasts, trails }: PlaneMarksProps) {
  const { x, y } = scales;
  const [width, height] = [at(x.range(), 1), at(y.range(), 0)];
  const clip = useId();
  const place = (s: State) => ({ x: x(s.alpha), y: y(s.w) });
  const inside = (p: { x: number; y: number }) =>
    p.x >= 0 && p.x <= width && p.y >= 0 && p.y <= height;

  const rings = lanes.flatMap(({ id, letter, end }) =>
    end.kind === "point" ? [{ id, letter, isReached: end.radius < 1, ...place(end) }] : [],
  );
  const groups = neighbours(rings, 14);
  const best = place(optimum);
  // Ends lie along the upper part of the line, so its name stands below its lower one.
  const diagonalEnd = Math.min(at(x.domain(), 1), at(y.domain(), 1));
  const diagonalStart = Math.max(at(x.domain(), 0), at(y.domain(), 0));
  const [from, to] = [diagonalStart, diagonalEnd].map((v) => place({ alpha: v, w: v }));
  return (
    <>
      <clipPath id={clip}>
        <rect width={width} height={height} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <path className={css["field"]} ref={field} />
        {fan.map((path, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the twenty starts are the same places in the same order
          <g key={i} className={css["fan"]}>
            <path d={trailPath(path, scales)} />
            {path[0] && <circle cx={scales.x(path[0].alpha)} cy={scales.y(path[0].w)} r={3} />}
          </g>
        ))}
      </g>
      {from && to && diagonalEnd > diagonalStart && (
        <>
          <line className={css["diagonal"]} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
          <text
            x={from.x + (to.x - from.x) / 8 + 6}
            y={from.y + (to.y - from.y) / 8 + 16}
            className={css["quiet"]}
          >
            w = α
          </text>
        </>
      )}
      <path className={css["star"]} d={star} transform={`translate(${best.x} ${best.y})`} />
      <g ref={forecasts} clipPath={`url(#${clip})`} />
      <g ref={trails} clipPath={`url(#${clip})`} />
      {rings.map((ring, i) => {
        const { place, of } = at(groups, i);
        return (
          inside(ring) && (
            <g key={ring.id} className={css["ring"]} transform={`translate(${ring.x} ${ring.y})`}>
              <circle r={10 + 4 * place} {...(!ring.isReached && { strokeDasharray: "4 4" })} />
              <text x={14 + 4 * of + 18 * place} y={16}>
                {ring.letter}
              </text>
            </g>
          )
        );
      })}
    </>
  );
}
