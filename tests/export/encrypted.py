"""Encrypted files: the stock tool opens them, with the passphrase at its terminal, and with an identity."""

import os
import pathlib
import pty
import subprocess
import tempfile

PASSPHRASE = b"correct horse battery staple"


def with_passphrase(folder, passphrase):
    """What age makes of the file when this is typed, or nothing where it refuses."""
    with tempfile.TemporaryDirectory() as made:
        opened = pathlib.Path(made) / "opened"
        child, terminal = pty.fork()
        if child == 0:
            os.execv(os.environ["AGE"], ["age", "-d", "-o", str(opened), str(folder / "passphrase.csv.age")])
        said = b""
        while b"passphrase" not in said:
            said += os.read(terminal, 1024)
        os.write(terminal, passphrase + b"\n")
        try:
            while os.read(terminal, 1024):
                pass
        except OSError:
            pass  # The other end was closed.
        _, status = os.waitpid(child, 0)
        os.close(terminal)
        return opened.read_bytes() if os.waitstatus_to_exitcode(status) == 0 else None


def passphrase(folder):
    """The right one opens the file, another does not."""
    assert with_passphrase(folder, PASSPHRASE) == (folder / "machine.csv").read_bytes()
    assert with_passphrase(folder, b"incorrect horse") is None


def recipient(folder):
    """The identity opens the file, and not one that was cut off."""
    command = [os.environ["AGE"], "-d", "-i", str(folder / "identity.txt")]
    data = (folder / "recipient.csv.age").read_bytes()
    opened = subprocess.run(command, input=data, check=True, capture_output=True, timeout=60).stdout
    assert opened == (folder / "machine.csv").read_bytes()
    assert subprocess.run(command, input=data[:-1], capture_output=True, timeout=60).returncode != 0


CHECKS = [("age opens a file with its passphrase", passphrase), ("age opens a file with an identity", recipient)]
OF_THE_PAGE = CHECKS[:1]
