"""Runs every check with every official Python SDK. In: SIMCLOUD, host and port of the simulated cloud. Out: a line per
check, and `test result: …`, from which the cases are counted."""

import json
import os
import sys
import traceback
import urllib.request

from checks import CHECKS
from clients import CLIENTS


class Cloud:
    """The simulated cloud, seen from behind."""

    def __init__(self, host):
        self.host = host

    def ask(self, path, body=None):
        """The answer to `/_sim/PATH`; a body makes it a POST."""
        data = None if body is None else json.dumps(body).encode()
        # No proxy stands between, whatever the environment says.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://{self.host}/_sim/{path}", data, timeout=20) as answer:
            return answer.read()

    def devices(self, product_key):
        """All devices of a product, as they really are, oldest first."""
        return json.loads(self.ask(f"devices?product_key={product_key}"))

    def state(self):
        """The counters."""
        return json.loads(self.ask("state"))

    def set_faults(self, faults):
        """Replaces the faults."""
        self.ask("faults", faults)

    def reset(self):
        """Empties the cloud."""
        self.ask("reset", {})


def main():
    """Whether every check passed."""
    cloud = Cloud(os.environ["SIMCLOUD"])
    passed = failed = 0
    for client in CLIENTS:
        print(client.name)
        for name, can, check in CHECKS:
            if not can(client):
                continue
            cloud.reset()
            try:
                check(client, cloud)
            except Exception:  # Whatever an SDK raises is one failed check.
                failed += 1
                print(f"  FAILED  {name}\n{traceback.format_exc()}", flush=True)
            else:
                passed += 1
                print(f"  ok      {name}", flush=True)
    print(f"test result: {'FAILED' if failed else 'ok'}. {passed} passed; {failed} failed")
    return failed == 0


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
