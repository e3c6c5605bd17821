/** @file A cell as ropes: every edge a rope of constant width, its strands the softmax of α, kept edges outlined. */
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { createFramePace } from "../hooks/pace.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { textRate, useDrawRate } from "../hooks/useMedia.ts";
import { useSize } from "../hooks/useSize.ts";
import { at } from "../viz/at.ts";
import { cellLayout, fittingHeight, frameFor, type Point } from "../viz/cell-layout.ts";
import { spokenEdge } from "../viz/cell-names.ts";
import { cellRoutes, pointAt } from "../viz/cell-routes.ts";
import { opStyles } from "../viz/color.ts";
import { coarser, type Detail } from "../viz/detail.ts";
import type { Live } from "../viz/live.ts";
import { mixtureOf } from "../viz/mixture.ts";
import { type InsideStep, spokenPulls } from "../viz/pulls.ts";
import { layRope, middlePath, ropePath, strandAt } from "../viz/rope.ts";
import css from "./CellGraph.module.css";
import { CellConcat, CellNodes } from "./CellNodes.tsx";
import { EdgeCard } from "./EdgeCard.tsx";
import { graphicsSymbol } from "./graphics-roles.ts";
import type { Hands } from "./hands.ts";
import { OpKey } from "./OpBadge.tsx";
import { createRopePainter, type RopePainter } from "./rope-painter.ts";
import { createTug, type TugTarget } from "./tug.ts";
import { useGhost } from "./use-ghost.ts";
import { usePulls } from "./use-pulls.ts";

interface CellGraphProps {
  /** What a screen reader calls the picture: "normal cell, DARTS". */
  readonly label: string;
  readonly group: AlphaGroup;
  /** (edges, ops) row by row. */
  readonly alpha: Live<Float32Array | undefined>;
  /** The genotype's edges of this group. */
  readonly kept: Live<readonly GenotypeEdge[] | undefined>;
  /** Steps taken by then: the picture carries the number of those that it shows. */
  readonly steps?: Live<number>;
  readonly hands: Hands;
  /** α of the untouched twin, drawn as thin ropes beside those that differ; absent where there is none. */
  readonly ghost?: Live<Float32Array | undefined> | undefined;
  /** What a walk through a step shows of this cell; absent where there is none. */
  readonly inside?: Live<InsideStep | undefined> | undefined;
  /** Draws `none` as a hole. */
  readonly isXray: boolean;
  /** No more detail than this, however fast the machine is. */
  readonly detail: Detail;
  /** False where one key serves several cells. */
  readonly hasKey?: boolean;
  /** What an edge's card says besides α. */
  readonly factsOf?: ((edge: number) => ReactNode) | undefined;
  /** Shown in a corner of a wide stage. */
  readonly aside?: ReactNode;
  /** Read from the last row of a class. */
  readonly isInClass?: boolean;
}

/** How far a key press moves α. */
const keyStep = 0.25;

export function CellGraph(props: CellGraphProps) {
  const { label, group, alpha, kept, steps, hands, ghost, inside, isXray, detail } = props;
  const { factsOf, aside, hasKey = true, isInClass = false } = props;
  const [stage, { width, height }] = useSize<HTMLDivElement>();
  const isMeasured = width > 0;
  const shape = frameFor(width, height, isInClass);
  const frameHeight = fittingHeight(shape, width, height);
  const scene = useMemo(() => {
    const frame = { ...shape, height: frameHeight };
    const layout = cellLayout(group, frame);
    const curves = cellRoutes(group, layout);
    const ropes = curves.map((curve) => layRope(curve, frame));
    const nodes = [...layout.nodes, ...(layout.output ? [layout.output] : [])];
    return { frame, layout, curves, ropes, nodes, styles: opStyles(group.ops) };
  }, [group, shape, frameHeight]);
  const { frame } = scene;
  const ops = group.ops.length;

  const ropeLayer = useRef<SVGGElement>(null);
  const edgeLayer = useRef<SVGGElement>(null);
  const [painter, setPainter] = useState<RopePainter>();
  const empty = useRef<HTMLParagraphElement>(null);
  const [hovered, setHovered] = useState<number>();
  const [focused, setFocused] = useState<number>();
  const [pinned, setPinned] = useState<number>();
  /** The edge that holds the picture's one Tab stop. */
  const [stop, setStop] = useState(0);
  const [last, active] = [group.edges.length - 1, pinned ?? hovered ?? focused];
  const open = active !== undefined && active <= last ? active : undefined;
  const rate = useDrawRate();
  const [pace] = useState(createFramePace);
  const [tug] = useState(createTug);
  /** What a drag wants to see before the engine has answered, and how to show it. */
  const held = useRef<{ readonly index: number; readonly alpha: number }>(undefined);
  const redraw = useRef(() => {});
  const xray = useRef(isXray);
  useEffect(() => {
    xray.current = isXray;
    redraw.current();
  }, [isXray]);
  useEffect(() => {
    const layer = ropeLayer.current;
    // Ropes for another size would be thrown away before anybody saw them.
    const willBeMeasured = !isMeasured && (stage.current?.clientWidth ?? 0) > 0;
    if (!layer || willBeMeasured) return;
    const ropes = createRopePainter(layer, scene);
    setPainter(ropes);
    const now = () => {
      const opOf = (edge: (typeof group.edges)[number]) =>
        kept.get()?.find(({ from, to }) => from === edge.from && to === edge.to)?.op;
      const values = alpha.get()?.slice();
      if (values && held.current) values[held.current.index] = held.current.alpha;
      const ran = inside?.get()?.ran;
      const weights = ran ? Float64Array.from(ran) : mixtureOf(group, values);
      const ops = kept.get() && group.edges.map(opOf);
      return { weights, kept: ops, forces: hands.forces.get(), isXray: xray.current };
    };
    const draw = () => {
      const view = now();
      ropes.paint({ ...view, detail: coarser(detail, pace.detail) });
      if (empty.current) empty.current.hidden = view.weights !== undefined;
      stage.current?.setAttribute("data-drawn", `${steps?.get() ?? ""}`);
    };
    redraw.current = draw;
    const drawInFrame = () => {
      draw();
      pace.drew();
    };
    const name = () => {
      const { weights, kept, forces } = now();
      for (const [e, edge] of [...(edgeLayer.current?.children ?? [])].entries())
        edge.setAttribute(
          "aria-label",
          spokenEdge(group, e, weights, kept?.[e] !== undefined, forces) +
            spokenPulls(group, e, inside?.get()),
        );
    };
    const sources = [alpha, kept, hands.forces, ...(inside ? [inside] : [])];
    const stops = [
      redrawOnChange(steps ? [...sources, steps] : sources, drawInFrame, rate),
      redrawOnChange(sources, name, textRate),
    ];
    return () => {
      for (const stop of stops) stop();
      layer.replaceChildren();
    };
  }, [
    scene,
    isMeasured,
    group,
    alpha,
    kept,
    steps,
    hands.forces,
    inside,
    detail,
    pace,
    rate,
    stage,
  ]);

  const pullLayer = usePulls({ scene, painter, inside, open, rate });
  const ghostLayer = useGhost({ scene, group, alpha, ghost, rate });

  const focusEdge = (edge: number) =>
    edgeLayer.current?.querySelectorAll<SVGElement>("[tabindex]")[edge]?.focus();
  const weightsOf = (edge: number) =>
    mixtureOf(group, alpha.get())?.subarray(edge * ops, (edge + 1) * ops);

  const target: TugTarget = {
    grab(edge: number, point: Point) {
      const weights = weightsOf(edge);
      const op = weights && strandAt(at(scene.ropes, edge), weights, point);
      const value = op === undefined ? undefined : alpha.get()?.[edge * ops + op];
      return op === undefined || value === undefined ? undefined : { op, alpha: value };
    },
    echo(wish) {
      held.current = wish && { index: wish.edge * ops + wish.op, alpha: wish.alpha };
      redraw.current();
    },
    onSteer: hands.onSteer,
  };
  /** Moves the α of the edge's leading operation. */
  const nudge = (edge: number, by: number) => {
    const weights = weightsOf(edge);
    if (!weights) return;
    const op = weights.indexOf(Math.max(...weights));
    hands.onSteer?.([{ edge, op, set: (alpha.get()?.[edge * ops + op] ?? 0) + by }]);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const isInCard = event.target instanceof Element && event.target.closest("[data-card]");
    // The other cell's button is in here, too, and keys of its own are its own.
    const isOnEdge = event.target instanceof Node && edgeLayer.current?.contains(event.target);
    const moves: Record<string, number> = {
      ArrowRight: stop + 1,
      ArrowDown: stop + 1,
      ArrowLeft: stop - 1,
      ArrowUp: stop - 1,
      Home: 0,
      End: last,
    };
    const next = isOnEdge ? moves[event.key] : undefined;
    if (next !== undefined) {
      const edge = Math.min(last, Math.max(0, next));
      if (pinned !== undefined) setPinned(edge);
      focusEdge(edge);
    } else if (event.key === "Escape") {
      if (isInCard) focusEdge(stop);
      close();
    } else if (!isOnEdge) return;
    else if (event.key === "Enter" || event.key === " ") togglePin(stop);
    else if (["+", "="].includes(event.key)) nudge(stop, keyStep);
    else if (["-", "−"].includes(event.key)) nudge(stop, -keyStep);
    else return;
    event.preventDefault();
  };
  const togglePin = (edge: number) => setPinned((now) => (now === edge ? undefined : edge));
  const close = () => {
    setPinned(undefined);
    setHovered(undefined);
    setFocused(undefined);
  };

  const handlers = (edge: number) => ({
    onPointerEnter: () => setHovered(edge),
    onPointerLeave: () => setHovered(undefined),
    onPointerDown: (event: React.PointerEvent<SVGGElement>) => tug.down(event, edge, target),
    onPointerMove: (event: React.PointerEvent) => tug.move(event, target),
    onPointerUp: () => tug.up(target),
    onPointerCancel: () => tug.up(target),
    onFocus: () => {
      setStop(edge);
      setFocused(edge);
    },
    onBlur: () => setFocused(undefined),
    onClick: () => {
      if (!tug.wasDrag) togglePin(edge);
    },
  });

  const middle = open === undefined ? undefined : pointAt(at(scene.curves, open), 0.5);
  return (
    <figure className={css["cell"]} data-xray={isXray} onKeyDown={onKeyDown}>
      <div className={css["stage"]} ref={stage} data-steers={hands.onSteer !== undefined}>
        <svg
          viewBox={`0 0 ${frame.width} ${frame.height}`}
          // In px: as a share of the stage it would be laid out anew with all that is around it.
          width={width}
          height={height}
          // biome-ignore lint/a11y/noRedundantRoles: browsers give svg other roles by themselves
          role="graphics-document"
          aria-label={label}
        >
          <CellConcat group={group} layout={scene.layout} />
          <g ref={ropeLayer} />
          <g ref={ghostLayer} />
          <CellNodes group={group} layout={scene.layout} />
          <g ref={pullLayer} />
          <g ref={edgeLayer}>
            {scene.ropes.map((rope, e) => (
              <g
                // biome-ignore lint/suspicious/noArrayIndexKey: an edge is its place in the group
                key={e}
                className={css["edge"]}
                tabIndex={e === Math.min(stop, last) ? 0 : -1}
                {...graphicsSymbol(spokenEdge(group, e, undefined, false))}
                {...handlers(e)}
              >
                <path className={css["grip"]} d={middlePath(rope)} strokeWidth={frame.rope + 4} />
                <path className={css["ring"]} d={ropePath(rope)} />
              </g>
            ))}
          </g>
        </svg>
        <p className={css["empty"]} ref={empty}>
          <span>No α yet: it appears when the supernet is built.</span>
        </p>
        {aside && frame.width > 520 && <div className={css["aside"]}>{aside}</div>}
        {open !== undefined && middle && (
          <EdgeCard
            group={group}
            edge={open}
            styles={scene.styles}
            alpha={alpha}
            kept={kept}
            hands={hands}
            ghost={ghost}
            isSmall={frame.width < 520}
            corner={{ right: middle.x < frame.width / 2, bottom: middle.y < frame.height / 2 }}
            onClose={pinned === undefined ? undefined : close}
            facts={factsOf?.(open)}
          />
        )}
      </div>
      {hasKey && <OpKey styles={scene.styles} hasRest={detail !== "all"} />}
    </figure>
  );
}
