/** @file Takes the cell on show away as a file: SVG or PNG, in the page's theme. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { saveFile } from "../parts/save-file.ts";
import { usePlayground, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { cellPicture, type Picture, paintPicture, toSvg } from "../viz/cell-picture.ts";
import { deriveWith } from "../viz/derived.ts";
import styles from "./CellExport.module.css";
import { groupName } from "./describe.ts";
import { useMethod } from "./use-lanes.ts";

/** Pixels of a PNG per px of the drawing. */
const pngScale = 2;

interface CellExportProps {
  readonly lane: Lane;
  readonly group: AlphaGroup;
}

export function CellExport({ lane, group }: CellExportProps) {
  const { shown } = usePlayground();
  const method = useMethod(lane.method)?.label ?? lane.method;
  const rule = useView((view) => view.rule);
  const picture = (): Picture | undefined => {
    const run = shown.of(lane.runId);
    const alpha = run?.latest?.alpha[group.name];
    if (!run || !alpha) return undefined;
    const step = run.records.length;
    const isOwnRule = rule ? ", derived by another rule" : "";
    return cellPicture({
      group,
      alpha,
      kept: rule ? deriveWith(group, alpha, rule) : run.latest?.genotype.groups[group.name],
      forces: run.spec?.forces?.filter((force) => force.group === group.name) ?? [],
      title: `${groupName(group)}, ${method}, seed ${run.spec?.seed}, step ${step}${isOwnRule}`,
      theme: isDark() ? "dark" : "light",
    });
  };
  const name = `cell-${group.name}-${lane.letter}`;
  const saveSvg = () => {
    const made = picture();
    if (made) saveFile(new Blob([toSvg(made)], { type: "image/svg+xml" }), `${name}.svg`);
  };
  const savePng = () => {
    const made = picture();
    const canvas = document.createElement("canvas");
    const brush = canvas.getContext("2d");
    if (!made || !brush) return;
    canvas.width = made.width * pngScale;
    canvas.height = made.height * pngScale;
    paintPicture(brush, made, pngScale);
    canvas.toBlob((blob) => blob && saveFile(blob, `${name}.png`), "image/png");
  };
  return (
    <span className={styles["export"]}>
      <button type="button" aria-label={`Save lane ${lane.letter}'s cell as SVG`} onClick={saveSvg}>
        SVG
      </button>
      <button type="button" aria-label={`Save lane ${lane.letter}'s cell as PNG`} onClick={savePng}>
        PNG
      </button>
    </span>
  );
}

/** What the page shows now, whoever has chosen it. */
const isDark = () => {
  const forced = document.documentElement.dataset["theme"];
  return forced ? forced === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
};
