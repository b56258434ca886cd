// What a page of one's own would do with a list of names: a field, PapaParse, and the vendor's rules by hand. Out:
// `window.peer`, and below it a field for the list and one for anything else.

import Papa from "papaparse";

/** BatchCheckDeviceNames (document_detail/69482.html): 4 to 32 of these characters, unique within the product. */
const NAME = /^[A-Za-z0-9\-_@.:]{4,32}$/;

const list = document.body.appendChild(document.createElement("textarea"));
list.id = "names";
document.body.appendChild(document.createElement("input")).id = "other";

/** Lines of the rows with a fault. */
function faults(text) {
  const lines = new Map();
  const faulty = [];
  Papa.parse(text, { header: true, skipEmptyLines: true }).data.forEach(({ DeviceName }, index) => {
    if (!NAME.test(DeviceName) || lines.has(DeviceName)) faulty.push(index + 2);
    else lines.set(DeviceName, index + 2);
  });
  return faulty;
}

window.peer = {
  async check(file) {
    const began = performance.now();
    const found = faults(await file.text()).length;
    return { ms: performance.now() - began, found };
  },
};
