// TanStack Table and TanStack Virtual without a framework, as their guides for plain JavaScript set them up. In: rows.
// Out: `window.peer`.

import {
  columnFilteringFeature, constructTable, createFilteredRowModel, createSortedRowModel, filterFn_includesString,
  globalFilteringFeature, rowSortingFeature, sortFn_basic, tableFeatures,
} from "@tanstack/table-core";
import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { rows } from "./rows.js";

const ROW_PX = 36;
const box = document.getElementById("table");
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
let table;
let virtualizer;
let body;

function render() {
  const all = table.getRowModel().rows;
  body.style.height = `${virtualizer.getTotalSize()}px`;
  body.replaceChildren(...virtualizer.getVirtualItems().map((item) => {
    const { original } = all[item.index];
    const row = document.createElement("div");
    row.style.cssText = `position:absolute;height:${ROW_PX}px;transform:translateY(${item.start}px);display:flex;gap:1em`;
    for (const text of [original.DeviceName, "••••••••••••", original.IotId, original.Batch]) {
      row.append(Object.assign(document.createElement("span"), { textContent: text }));
    }
    return row;
  }));
}

function changed() {
  virtualizer.setOptions({ ...virtualizer.options, count: table.getRowModel().rows.length });
  virtualizer._willUpdate();
  render();
}

window.peer = {
  prepare: (count) => { window.data = rows(count); },
  async open() {
    const searched = { enableGlobalFilter: true };
    const unsearched = { enableGlobalFilter: false };
    table = constructTable({
      features: tableFeatures({
        coreReactivityFeature: storeReactivityBindings(),
        columnFilteringFeature,
        globalFilteringFeature,
        rowSortingFeature,
        filteredRowModel: createFilteredRowModel(),
        sortedRowModel: createSortedRowModel(),
        filterFns: { includesString: filterFn_includesString },
        sortFns: { basic: sortFn_basic },
      }),
      columns: [
        { accessorKey: "DeviceName", sortFn: "basic", ...searched },
        { accessorKey: "DeviceSecret", ...unsearched },
        { accessorKey: "IotId", sortFn: "basic", ...searched },
        { accessorKey: "Batch", sortFn: "basic", ...unsearched },
      ],
      data: window.data,
      globalFilterFn: "includesString",
    });
    box.style.cssText = "height:600px;overflow:auto";
    body = box.appendChild(document.createElement("div"));
    body.style.position = "relative";
    virtualizer = new Virtualizer({
      count: table.getRowModel().rows.length,
      getScrollElement: () => box,
      estimateSize: () => ROW_PX,
      overscan: 8,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: render,
    });
    virtualizer._didMount();
    changed();
    await painted();
  },
  async filter(text) {
    table.setGlobalFilter(text);
    changed();
    await painted();
    return table.getRowModel().rows.length;
  },
  async sort(column, direction) {
    table.setSorting([{ id: column, desc: direction === "desc" }]);
    changed();
    await painted();
  },
  scroller: "#table",
};
