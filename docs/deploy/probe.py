"""Asks the web server of this container whether it can serve; ends with 1 when it cannot. The container's health check."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit

host = urlsplit(os.environ.get("BASE_URL", "")).netloc or "localhost"
request = urllib.request.Request("http://127.0.0.1:8000/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"})
try:
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 (the address stands above)
        print(answer.read().decode().strip())
except OSError as error:
    sys.exit(f"not ready: {error}")
