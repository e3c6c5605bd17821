// @vitest-environment happy-dom
/** @file α as a strip and as a table, mounted: both are tables that follow α. */
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { frames, live, mountsCharts } from "../../../test/support/charts.ts";
import { cellGroup } from "../../../test/support/groups.ts";
import type { Force, GenotypeEdge } from "../../protocol/spec.ts";
import { AlphaStrip } from "./AlphaStrip.tsx";
import { AlphaTable } from "./AlphaTable.tsx";

const group = cellGroup(2, 4);
const untouched = live<ReadonlySet<string>>(new Set());
const flat = () => new Float32Array(15);
/** Edge 1 prefers sep_conv_3x3: e² ∶ e ∶ 1 after softmax. */
const leaning = () => flat().map((_, i) => (i === 5 ? 2 : i === 4 ? 1 : 0));
mountsCharts();

describe("the table", () => {
  const mount = () => {
    const alpha = live<Float32Array | undefined>(leaning());
    const kept = live<readonly GenotypeEdge[] | undefined>([
      { from: 1, to: 2, op: "sep_conv_3x3" },
    ]);
    const forces = live<readonly Force[]>([]);
    render(
      <AlphaTable
        label="cell"
        group={group}
        alpha={alpha}
        kept={kept}
        hands={{ forces, touched: untouched }}
      />,
    );
    const table = screen.getByRole("table", { name: "cell: weights in numbers" });
    const column = (k: number) =>
      within(table)
        .getAllByRole("row")
        .slice(1)
        .map((row) => within(row).getAllByRole("cell")[k]!.textContent);
    return { alpha, table, column };
  };
  it("sorts by a column's head and says so", () => {
    const { table, column } = mount();
    fireEvent.click(screen.getByRole("button", { name: "Sort by sep conv 3×3" }));
    expect(column(2)).toEqual(["0.665", "0.333", "0.333", "0.333", "0.333"]);
    const head = within(table).getByRole("columnheader", { name: /sep conv 3×3/ });
    expect(head.getAttribute("aria-sort")).toBe("descending");
    fireEvent.click(screen.getByRole("button", { name: "Sort by sep conv 3×3" }));
    expect(column(2).at(-1)).toBe("0.665");
    expect(column(3).at(-1)).toBe("sep conv 3×3");
  });
  it("follows α, but stands still while it has the focus, until it is refreshed", async () => {
    const { alpha, column } = mount();
    alpha.set(flat());
    await frames();
    expect(column(2)[1]).toBe("0.333");
    await act(async () => screen.getByRole("button", { name: "Refresh" }).focus());
    expect(screen.getByText(/Still while/)).toBeTruthy();
    alpha.set(leaning());
    await frames(1500);
    expect(column(2)[1]).toBe("0.333");
    fireEvent.click(screen.getByRole("button", { name: "Refresh" }));
    expect(column(2)[1]).toBe("0.665");
  });
});

describe("the strip", () => {
  it("is a table of softmax weights that follows α", async () => {
    const alpha = live<Float32Array | undefined>(flat());
    render(<AlphaStrip label="α of the normal cell" group={group} alpha={alpha} />);
    const table = screen.getByRole("table", { name: "α of the normal cell" });
    expect(within(table).getAllByRole("row")).toHaveLength(6);
    expect(within(table).getByRole("rowheader", { name: /c_\{k-1\} to node 0/ })).toBeTruthy();
    expect(within(table).getByRole("columnheader", { name: "skip_connect" })).toBeTruthy();
    const cells = table.querySelectorAll("td");
    expect(cells[5]!.textContent).toBe("0.333");
    alpha.set(leaning());
    await frames();
    expect(cells[5]!.textContent).toBe("0.665");
  });
  it("reads a cell out on focus and moves by arrows", () => {
    render(
      <AlphaStrip label="α" group={group} alpha={live<Float32Array | undefined>(leaning())} />,
    );
    const cells = screen.getByRole("table").querySelectorAll("td");
    act(() => cells[0]!.focus());
    for (const key of ["ArrowDown", "ArrowRight", "ArrowRight"])
      fireEvent.keyDown(document.activeElement!, { key });
    expect(document.activeElement).toBe(cells[5]);
    expect(screen.getByText(/^0\.665$/, { selector: "figcaption span" })).toBeTruthy();
    expect(document.querySelector("figcaption")!.textContent).toContain("sep_conv_3x3 0.665");
  });
});
