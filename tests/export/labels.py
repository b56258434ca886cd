"""Label sheets: Chromium prints them, PDFium paints the paper, ZXing reads the codes."""

import pathlib
import subprocess
import tempfile

import pypdfium2
import zxingcpp

from expected import rows, same

CHROMIUM = "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync".split() + [
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pdf-header-footer",
]
POINTS_AN_INCH = 72
MM_AN_INCH = 25.4
# What a label printer has.
DOTS_AN_INCH = 203


def printed(html):
    """The pages of a document on paper, as (width in mm, height in mm, texts of its codes with their places in mm)."""
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        command = [*CHROMIUM, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'out.pdf'}"]
        subprocess.run([*command, html.as_uri()], check=True, capture_output=True, timeout=180)
        document = pypdfium2.PdfDocument(folder / "out.pdf")
        for page in document:
            width, height = (points / POINTS_AN_INCH * MM_AN_INCH for points in page.get_size())
            image = page.render(scale=DOTS_AN_INCH / POINTS_AN_INCH, grayscale=True).to_numpy()
            codes = zxingcpp.read_barcodes(image)
            yield width, height, [(code.text, code.position.top_left) for code in codes]
        document.close()


def sheet(folder):
    """A4 with three by eight labels of 70 by 36 mm; key and name in each code, in the order of the rows."""
    wanted = [f"{row['ProductKey']},{row['DeviceName']}" for row in rows(folder)]
    pages = list(printed(folder / "sheet.html"))
    assert len(pages) == -(-len(wanted) // 24), len(pages)
    for number, (width, height, codes) in enumerate(pages):
        assert abs(width - 210) < 0.5 and abs(height - 297) < 0.5, (width, height)
        places = {}
        for text, corner in codes:
            x, y = (dots / DOTS_AN_INCH * MM_AN_INCH for dots in (corner.x, corner.y))
            # The grid begins 4.5 mm below the edge.
            places[int((y - 4.5) // 36) * 3 + int(x // 70)] = text
        same((places[place] for place in sorted(places)), wanted[24 * number : 24 * (number + 1)])
    text = (folder / "sheet.html").read_text("utf-8")
    assert not any(row["DeviceSecret"] in text for row in rows(folder))


def roll(folder):
    """One label of 50 by 30 mm a page; the secret in the code, and never as text."""
    wanted = [f"{row['ProductKey']},{row['DeviceName']},{row['DeviceSecret']}" for row in rows(folder)]
    found = []
    for width, height, codes in printed(folder / "roll.html"):
        assert abs(width - 50) < 0.5 and abs(height - 30) < 0.5, (width, height)
        found += [text for text, _ in codes]
    same(found, wanted)
    text = (folder / "roll.html").read_text("utf-8")
    assert not any(row["DeviceSecret"] in text for row in rows(folder))


CHECKS = [
    ("Chromium prints an A4 sheet, ZXing reads its codes", sheet),
    ("Chromium prints a roll, ZXing reads its codes", roll),
]
OF_THE_PAGE = CHECKS[:1]
