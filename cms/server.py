"""How gunicorn serves the system: `gunicorn -c python:cms.server --bind ADDRESS:PORT`, by `manage.py start` and containers."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from cms.settings.environment import read_number

wsgi_app = "cms.wsgi:application"
worker_class = "gthread"
workers = read_number("WEB_WORKERS", 2, lowest=1, highest=64)
threads = read_number("WEB_THREADS", 4, lowest=1, highest=64)
preload_app = True  # imported once; the workers share the memory and are ready at once
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 100_000  # a new worker begins without the pages that this one keeps in memory
max_requests_jitter = 10_000
limit_request_line = 8190
accesslog = None
errorlog = "-"
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # a slow disk must not look like a dead worker
control_socket_disable = True

_shared_pages = ""


def on_starting(server: Any) -> None:
    """Give the workers a folder in which they exchange the pages that they made; the application is loaded by now."""
    global _shared_pages
    from cms.reader.kept_pages import kept_pages

    _shared_pages = tempfile.mkdtemp(prefix="pages-", dir=worker_tmp_dir)
    kept_pages.share(Path(_shared_pages))


def on_exit(server: Any) -> None:
    """Remove that folder."""
    if _shared_pages:
        shutil.rmtree(_shared_pages, ignore_errors=True)
