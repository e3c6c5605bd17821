/** @file The lanes as a tree: a trunk each, forks as branches at their steps, and the futures that were left, dashed. */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { formatCount } from "../parts/format.ts";
import { Icon } from "../parts/Icon.tsx";
import {
  useActions,
  useEngine,
  usePlayground,
  useSampled,
  useTimeline,
  useView,
} from "../state/app.ts";
import { createBranchRows } from "../state/branch-rows.ts";
import type { Branch } from "../viz/branches.ts";
import { BranchLines } from "./BranchLines.tsx";
import styles from "./BranchTree.module.css";
import notices from "./Notices.module.css";

/** Nothing while it is closed. Once it is, the focus is where it was when it was opened. */
export function BranchTree() {
  return useView((view) => view.isTreeOpen) ? <OpenTree /> : null;
}

/** Gives the focus back, unless it has gone elsewhere by itself. */
function giveBack(before: Element | null): void {
  if (document.activeElement !== document.body) return;
  const isThere = before instanceof HTMLElement || before instanceof SVGElement;
  const to = isThere && before !== document.body && before.isConnected ? before : undefined;
  (to ?? document.getElementById("tree-key"))?.focus();
}

function OpenTree() {
  const { setTree } = useActions();
  const { client, view } = usePlayground();
  const rows = useSampled(useMemo(() => createBranchRows(client.store, view), [client, view]));
  const hasForks = rows.some(({ parent }) => parent !== undefined);
  const close = () => setTree(false);
  return (
    <section
      aria-labelledby="tree-title"
      className={`${notices["notice"]} ${styles["panel"]}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        close();
      }}
    >
      <div className={notices["head"]}>
        <h2 id="tree-title">Branches</h2>
        <button
          type="button"
          className="button button-icon"
          aria-label="Close the branches"
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </div>
      <Rows rows={rows} />
      <p className={styles["hint"]}>
        {hasForks
          ? "Enter shows a lane, and once more the step where it branched off. Dashed: the future that the lane on show left."
          : "No branches yet. Drag the scrubber back, or press ←, then press Fork (F): a new lane grows from that step. Change a setting of it; the old future stays, dashed."}
      </p>
    </section>
  );
}

function Rows({ rows }: { readonly rows: readonly Branch[] }) {
  const { selectLane, scrubTo } = useActions();
  const selected = useView((view) => view.selected);
  const { moment } = useSampled(useTimeline());
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    rows.findIndex(({ lane }) => lane === selected),
  );
  const [place, setPlace] = useState(at);
  const here = Math.min(place, rows.length - 1);
  const items = () => list.current?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? [];
  const go = (to: number) => {
    setPlace(to);
    items()[to]?.focus();
  };
  // Opened by hand: what is opened comes next.
  useEffect(() => {
    const before = document.activeElement;
    list.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus();
    return () => giveBack(before);
  }, []);
  const travel = ({ kind, from, zero }: Branch) => scrubTo(kind === undefined ? 0 : from - zero);
  const press = (row: Branch) => {
    if (row.lane === undefined) return;
    if (row.lane === selected) travel(row);
    else selectLane(row.lane);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[here];
    const child = rows.findIndex(({ parent }) => parent === here);
    const to: Readonly<Record<string, number | undefined>> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      ArrowLeft: row?.parent,
      ArrowRight: child,
      Home: 0,
      End: rows.length - 1,
    };
    if (event.key === "Enter" || event.key === " ") {
      if (event.target !== items()[here]) return;
      if (row && !event.repeat) press(row);
    } else if (!(event.key in to)) return;
    event.preventDefault();
    const next = to[event.key];
    if (next !== undefined && rows[next]) go(next);
  };
  return (
    <div
      ref={list}
      role="tree"
      aria-label="Branches of the runs"
      className={styles["tree"]}
      onKeyDown={onKeyDown}
    >
      <BranchLines rows={rows} selected={selected} moment={moment} />
      {rows.map((row, i) => (
        <Row
          key={row.key}
          row={row}
          rows={rows}
          isSelected={row.lane === selected}
          isHere={i === here}
          onPress={() => {
            setPlace(i);
            press(row);
          }}
        />
      ))}
    </div>
  );
}

interface RowProps {
  readonly row: Branch;
  readonly rows: readonly Branch[];
  readonly isSelected: boolean;
  /** Whether it has the tree's one tab stop. */
  readonly isHere: boolean;
  readonly onPress: () => void;
}

function Row({ row, rows, isSelected, isHere, onPress }: RowProps) {
  const methods = useEngine((engine) => engine.catalog)?.methods;
  const { lane, letter, level, method, to, zero } = row;
  const label = methods?.find(({ id }) => id === method)?.label ?? method;
  const siblings = rows.filter(({ parent }) => parent === row.parent);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keys
    <div
      role="treeitem"
      className={styles["row"]}
      tabIndex={isHere ? 0 : -1}
      aria-label={`${nameOf(row, rows, label)}${isSelected ? ", on show" : ""}`}
      aria-level={level}
      aria-setsize={siblings.length}
      aria-posinset={siblings.indexOf(row) + 1}
      aria-selected={isSelected}
      aria-disabled={lane === undefined}
      data-gone={lane === undefined}
      onClick={onPress}
    >
      <span className={styles["name"]}>
        <b className="letter letter-small">{letter}</b>
        <span className={styles["method"]}>{lane === undefined ? "begun anew" : label}</span>
        <span className="numbers">{formatCount(to - zero)}</span>
      </span>
    </div>
  );
}

/** "lane B, RARTS, forked from A at step 412, now at step 610". */
function nameOf(row: Branch, rows: readonly Branch[], label: string): string {
  const { kind, lane, letter, from, to, zero, saved, parent } = row;
  const of = parent === undefined ? undefined : rows[parent];
  const source = of && {
    fork: `forked from ${of.letter} at step ${from - of.zero}`,
    pruned: `pruned from ${of.letter} at step ${from - of.zero}`,
  };
  return [
    `lane ${letter}`,
    label,
    source && kind ? source[kind] : "from the beginning",
    lane === undefined
      ? `no longer on the page, came to step ${to - zero}`
      : `now at step ${to - zero}`,
    ...(saved === undefined ? [] : [`saved at step ${saved - zero}`]),
  ].join(", ");
}
