"""Reads exported files back with programs that are not ours.

In: a folder of samples, with `expected.json` for what they are to hold; the path of `age` in AGE. Out: every check by
name, and how many passed.
"""

import os
import pathlib
import sys
import traceback

import encrypted
import factory
import labels
import texts

CHECKS = [*texts.CHECKS, *factory.CHECKS, *labels.CHECKS, *encrypted.CHECKS]


def main():
    """Whether every check passed."""
    folder = pathlib.Path(sys.argv[1]).resolve()
    passed = failed = 0
    for name, check in CHECKS:
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
