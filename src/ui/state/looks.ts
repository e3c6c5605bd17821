/** @file The verbs that change what is shown and nothing else. */
import type { DeriveRule } from "../../genotype/derive.ts";
import type { StepWindow } from "../viz/flips.ts";
import type { Save } from "./saves.ts";
import { dismissIn, type Receipt, type ViewStore } from "./view.ts";

/** None of them sends a command. */
export const createLooks = (view: ViewStore) => ({
  showCell: (cell: number) => view.setState({ cell }),
  setXray: (isXray: boolean) => view.setState({ isXray }),
  setTable: (isTable: boolean) => view.setState({ isTable }),
  /** Derives for the eye by another rule; undefined for the space's own. */
  setRule: (rule: DeriveRule | undefined) => view.setState({ rule }),
  setHelp: (isHelpOpen: boolean) => view.setState({ isHelpOpen }),
  /** Shows a receipt, or puts it away. */
  showReceipt: (receipt: Receipt | undefined) => view.setState({ receipt }),
  setTree: (isTreeOpen: boolean) => view.setState({ isTreeOpen }),
  /** Puts a notice away. */
  dismiss: (title: string) => dismissIn(view, title),
  offer: (offer: Save | undefined) => view.setState({ offer }),
  /** Shows a moment for as long as the pointer asks for it; undefined goes back to where time stands. */
  preview: (preview: number | undefined) => view.setState({ preview }),
  /** A stretch of time to count flips in; undefined for none. */
  brush: (brush: StepWindow | undefined) => view.setState({ brush }),
  selectLane: (id: string) => view.setState({ selected: id }),
});
