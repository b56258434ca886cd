// What people write files with in a browser: PapaParse, SheetJS, typage. In: rows as the page's files have them. Out:
// `window.peer`, whose functions make a file and give its length in bytes.

import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import Papa from "papaparse";
import * as XLSX from "xlsx";
import { rows } from "./rows.js";

/** The columns of the page's files. */
function columns({ Batch, ...row }) {
  return { ...row, DeviceId: row.DeviceName, Nickname: "", ApplyId: String(10_000_000 + Batch) };
}

async function encrypt(bytes) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(window.recipient);
  return new Blob([await encrypter.encrypt(bytes)]).size;
}

window.peer = {
  /** The public key that the page is to encrypt for as well. */
  async prepare(count) {
    window.data = rows(count).map(columns);
    window.plain = new TextEncoder().encode(Papa.unparse(window.data));
    window.recipient = await identityToRecipient(await generateX25519Identity());
    return window.recipient;
  },
  papaparse: () => new Blob([Papa.unparse(window.data)]).size,
  sheetjs() {
    const workbook = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(workbook, XLSX.utils.json_to_sheet(window.data), "Devices");
    return new Blob([XLSX.write(workbook, { type: "array", bookType: "xlsx", compression: true })]).size;
  },
  typage: () => encrypt(window.plain),
  papaparse_typage: () => encrypt(new TextEncoder().encode(Papa.unparse(window.data))),
};
