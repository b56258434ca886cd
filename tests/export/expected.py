"""What the samples are to hold. In: the folder. Out: rows as dictionaries, and how to compare."""

import json

COLUMNS = ["ProductKey", "DeviceName", "DeviceSecret", "IotId", "DeviceId", "Nickname", "ApplyId"]


def rows(folder):
    """All rows, in order."""
    return json.loads((folder / "expected.json").read_text("utf-8"))


def same(found, wanted):
    """Raises with the first place where two lists part."""
    found, wanted = list(found), list(wanted)
    for number, (one, other) in enumerate(zip(found, wanted)):
        assert one == other, f"item {number}: {one!r} instead of {other!r}"
    assert len(found) == len(wanted), f"{len(found)} items instead of {len(wanted)}"
