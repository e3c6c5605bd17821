/** @file The panels that the toy can do without until the page stands. */
import { later } from "../parts/later.tsx";

export const Announcer = later(async () => (await import("./Announcer.tsx")).Announcer);
export const CellDifference = later(
  async () => (await import("./CellDifference.tsx")).CellDifference,
);
export const CellExport = later(async () => (await import("./CellExport.tsx")).CellExport);
export const GroupView = later(async () => (await import("./GroupView.tsx")).GroupView);
export const HelpDialog = later(async () => (await import("./HelpDialog.tsx")).HelpDialog);
export const LaneAlert = later(async () => (await import("./LaneAlert.tsx")).LaneAlert);
export const LessonPanel = later(async () => (await import("./LessonPanel.tsx")).LessonPanel);
export const Notices = later(async () => (await import("./Notices.tsx")).Notices);
export const PhaseStrip = later(async () => (await import("./PhaseStrip.tsx")).PhaseStrip);
export const PresentBar = later(async () => (await import("./PresentBar.tsx")).PresentBar);
export const ReadoutPanel = later(async () => (await import("./ReadoutPanel.tsx")).ReadoutPanel);
export const Samples = later(async () => (await import("./Samples.tsx")).Samples);
export const SetupPanel = later(async () => (await import("./SetupPanel.tsx")).SetupPanel);
export const SmallLane = later(async () => (await import("./SmallLane.tsx")).SmallLane);
export const StageTools = later(async () => (await import("./StageTools.tsx")).StageTools);
export const ToyInside = later(async () => (await import("./ToyInside.tsx")).ToyInside);
export const ToyPads = later(async () => (await import("./ToyPads.tsx")).ToyPads);
