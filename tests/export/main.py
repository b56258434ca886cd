"""Reads exported files back with programs that are not ours.

In: a folder of samples, with `expected.json` for what they are to hold, and whose they are: the exporters' own, unless told
that the page, or the page as it is published, made them; the path of `age` in AGE. Out: every check by name, and how many
passed.
"""

import os
import pathlib
import sys
import traceback

import audit
import encrypted
import factory
import labels
import texts

CHECKS = {
    "exporters": [*texts.CHECKS, *factory.CHECKS, *labels.CHECKS, *encrypted.CHECKS],
    "page": [*texts.OF_THE_PAGE, *factory.OF_THE_PAGE, *labels.OF_THE_PAGE, *encrypted.OF_THE_PAGE, *audit.CHECKS],
    "published": [*texts.PUBLISHED, *encrypted.OF_THE_PAGE, *audit.PUBLISHED],
}


def main():
    """Whether every check passed."""
    folder = pathlib.Path(sys.argv[1]).resolve()
    whose = sys.argv[2] if len(sys.argv) > 2 else "exporters"
    passed = failed = 0
    for name, check in CHECKS[whose]:
        try:
            check(folder)
        except Exception:  # Whatever a reader raises is one failed check.
            failed += 1
            print(f"  FAILED  {name}\n{traceback.format_exc()}", flush=True)
        else:
            passed += 1
            print(f"  ok      {name}", flush=True)
    print(f"test result: {'FAILED' if failed else 'ok'}. {passed} passed; {failed} failed")
    return failed == 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(0 if main() else 1)
