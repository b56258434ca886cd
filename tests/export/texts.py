"""CSV with Python's csv, JSON with its json, XLSX with openpyxl, and the manifest's hashes with hashlib."""

import csv
import hashlib
import json

import openpyxl

from expected import COLUMNS, rows, same


def read_csv(path, delimiter=",", encoding="utf-8"):
    """The rows of a file, under its header."""
    with open(path, newline="", encoding=encoding) as file:
        reader = csv.DictReader(file, delimiter=delimiter, strict=True)
        found = list(reader)
    assert reader.fieldnames == COLUMNS, reader.fieldnames
    return found


def csv_for_machines(folder):
    """Values unchanged, no byte order mark."""
    same(read_csv(folder / "machine.csv"), rows(folder))
    assert (folder / "machine.csv").read_bytes().startswith(b"ProductKey,")


def csv_with_other_delimiters(folder):
    """A semicolon with a byte order mark, and a tab."""
    same(read_csv(folder / "semicolon-bom.csv", ";", "utf-8-sig"), rows(folder))
    same(read_csv(folder / "tab.csv", "\t"), rows(folder))


def csv_for_excel(folder):
    """Nothing begins like a formula or reads as a number, and without its apostrophe every value is the true one."""
    marked = marked_for_excel(folder)
    for value in ["0012345", "12E5", "MAR-1", "2026-11-22", "12:30", "-dash", "@formula", "TRUE", "=1+1"]:
        assert f"'{value}" in marked, value


def marked_for_excel(folder):
    """The values that are marked; all others are safe as they are."""
    found = read_csv(folder / "excel.csv", encoding="utf-8-sig")
    marked = set()
    for row in found:
        for column, value in row.items():
            if value.startswith("'"):
                marked.add(value)
                row[column] = value[1:]
            else:
                assert not value.startswith(("=", "+", "-", "@")), value
                assert not is_number(value), value
    same(found, rows(folder))
    return marked


def is_number(value):
    """Whether Python reads it as a number."""
    try:
        float(value)
    except ValueError:
        return False
    return True


def json_array(folder):
    """An array of objects, keys in the contract's order."""
    found = json.loads((folder / "array.json").read_text("utf-8"))
    same(found, rows(folder))
    assert list(found[0]) == COLUMNS


def ndjson(folder):
    """An object a line."""
    lines = (folder / "lines.ndjson").read_text("utf-8").split("\n")
    assert lines.pop() == ""
    same(map(json.loads, lines), rows(folder))


def xlsx(folder):
    """Cells of texts alone."""
    sheet = openpyxl.load_workbook(folder / "workbook.xlsx")["Devices"]
    header, *found = sheet.iter_rows()
    same([cell.value for cell in header], COLUMNS)
    for row in found:
        for cell in row:
            assert cell.value is None or cell.data_type == "s" and cell.number_format == "@", cell.coordinate
    same([{name: cell.value or "" for name, cell in zip(COLUMNS, row)} for row in found], rows(folder))


def xlsx_time(folder):
    """When the workbook was made."""
    created = openpyxl.load_workbook(folder / "workbook.xlsx").properties.created
    assert created.isoformat() == "2016-02-23T12:46:24", created


def template(folder):
    """A text of the user's own."""
    wanted = [
        '{{"' + row["DeviceName"] + '":"' + row["DeviceSecret"] + f'"}}}} {number} ' + row["IotId"]
        for number, row in enumerate(rows(folder), 1)
    ]
    same((folder / "template.txt").read_text("utf-8").splitlines(), wanted)


def manifest_of_the_page(folder):
    """The one file beside it, with its length and hash, what is known of the run, and no secret."""
    text = (folder / "manifest.json").read_text("utf-8")
    found, data = json.loads(text), (folder / "machine.csv").read_bytes()
    (file,) = found["Files"]
    assert file["Rows"] == len(rows(folder)) and file["Bytes"] == len(data) and not file["Encrypted"]
    assert file["Sha256"] == hashlib.sha256(data).hexdigest()
    assert found["Run"]["Verdict"] == "Complete"
    assert {batch["ApplyId"] for batch in found["Run"]["Batches"]} == {row["ApplyId"] for row in rows(folder)}
    assert len(found["RequestIds"]) == len(found["Run"]["Batches"])
    assert not any(row["DeviceSecret"] in text for row in rows(folder))


def manifest(folder):
    """Every file with its length and hash, and no secret."""
    text = (folder / "manifest.json").read_text("utf-8")
    files = json.loads(text)["Files"]
    assert len(files) == 14, len(files)
    for file in files:
        data = (folder / file["Name"]).read_bytes()
        assert file["Rows"] == len(rows(folder))
        assert file["Bytes"] == len(data), file["Name"]
        assert file["Sha256"] == hashlib.sha256(data).hexdigest(), file["Name"]
        assert file["Encrypted"] == file["Name"].endswith(".age")
    assert not any(row["DeviceSecret"] in text for row in rows(folder))


CHECKS = [
    ("Python's csv reads CSV for machines", csv_for_machines),
    ("Python's csv reads other delimiters and a byte order mark", csv_with_other_delimiters),
    ("Python's csv reads CSV for Excel", csv_for_excel),
    ("Python's json reads JSON", json_array),
    ("Python's json reads NDJSON", ndjson),
    ("openpyxl reads XLSX", xlsx),
    ("openpyxl reads when the workbook was made", xlsx_time),
    ("a template is filled in", template),
    ("hashlib confirms the manifest", manifest),
]
PUBLISHED = [("Python's csv reads CSV for machines", csv_for_machines), ("openpyxl reads XLSX", xlsx)]
OF_THE_PAGE = [
    *PUBLISHED,
    ("Python's csv reads CSV for Excel", marked_for_excel),
    ("Python's json reads JSON", json_array),
    ("Python's json reads NDJSON", ndjson),
    ("a template is filled in", template),
    ("hashlib confirms the manifest", manifest_of_the_page),
]
