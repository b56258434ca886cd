// AG Grid Community with its client-side row model, as its quick start sets it up. In: rows. Out: `window.peer`.

import { AllCommunityModule, createGrid, ModuleRegistry } from "ag-grid-community";
import { rows } from "./rows.js";

ModuleRegistry.registerModules([AllCommunityModule]);

const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
let grid;

window.peer = {
  prepare: (count) => { window.data = rows(count); },
  async open() {
    // What is not filtered by in ours is not filtered by here.
    const unsearched = { getQuickFilterText: () => "" };
    grid = createGrid(document.getElementById("table"), {
      rowData: window.data,
      columnDefs: [
        { field: "DeviceName" },
        { field: "DeviceSecret", valueFormatter: () => "••••••••••••", ...unsearched },
        { field: "IotId" },
        { field: "Batch", ...unsearched },
      ],
      animateRows: false,
    });
    await painted();
  },
  async filter(text) {
    grid.setGridOption("quickFilterText", text);
    await painted();
    return grid.getDisplayedRowCount();
  },
  async sort(column, direction) {
    grid.applyColumnState({ state: [{ colId: column, sort: direction }], defaultState: { sort: null } });
    await painted();
  },
  scroller: ".ag-grid-viewport",
};
