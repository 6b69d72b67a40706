"""`python -m config.healthy`: exit code 0 when web on this machine is ready; for the health check of its container."""

import os
import sys
import urllib.error
import urllib.request


def ready(port: str, host: str) -> bool:
    """Whether /readyz on the loopback address answers 200 to a request for the name `host`."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    # Any name that browsers use; the program answers to no other.
    first = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().removeprefix(".")
    sys.exit(0 if ready(sys.argv[1] if len(sys.argv) > 1 else "8000", first or "127.0.0.1") else 1)
