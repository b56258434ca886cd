"""The audit record: as JSON, and as a document, read with Python's HTML parser."""

import html.parser
import json

from expected import rows


class Document(html.parser.HTMLParser):
    """Its tags, and its texts by table row."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.rows = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, data):
        if self.rows:
            self.rows[-1].append(data)


def document(folder):
    """Every batch with its state, what happened, and no script."""
    text = (folder / "audit.html").read_text("utf-8")
    found = Document(text)
    assert "script" not in found.tags
    applied = {row["ApplyId"] for row in rows(folder)}
    assert {row[1] for row in found.rows if row[2:3] == ["Complete"]} == applied, found.rows
    for event in ["Started", "Accepted", "Ended"]:
        assert any(event in row for row in found.rows), event
    assert not any(row["DeviceSecret"] in text for row in rows(folder))


def record(folder):
    """What happened, in order, and every file that was saved before."""
    text = (folder / "audit.json").read_text("utf-8")
    found = json.loads(text)
    events = [event["What"] for event in found["Events"]]
    assert events[0] == "Started" and events[-1] == "Ended" and "Accepted" in events, events
    assert found["AccessKeyId"] == "****", found["AccessKeyId"]
    assert len(found["Files"]) == 9, len(found["Files"])
    assert not any(row["DeviceSecret"] in text for row in rows(folder)) and "testsecret" not in text


PUBLISHED = [("Python's HTML parser reads the audit document", document)]
CHECKS = [*PUBLISHED, ("Python's json reads the audit record", record)]
