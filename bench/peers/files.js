// What people write files with in a browser: PapaParse, SheetJS, typage. In: rows. Out: `window.peer`, whose
// functions give the bytes of what they made.

import { Encrypter } from "age-encryption";
import Papa from "papaparse";
import * as XLSX from "xlsx";
import { rows } from "./rows.js";

window.peer = {
  prepare: (count) => { window.data = rows(count); },
  csv: () => new Blob([Papa.unparse(window.data)]).size,
  sheetjs() {
    const workbook = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(workbook, XLSX.utils.json_to_sheet(window.data), "Devices");
    return XLSX.write(workbook, { type: "array", bookType: "xlsx", compression: true }).byteLength;
  },
  async typage(bytes) {
    const encrypter = new Encrypter();
    encrypter.setPassphrase("a passphrase of several words");
    return (await encrypter.encrypt(new Uint8Array(bytes))).length;
  },
};
