"""How gunicorn serves the system: `gunicorn -c python:cms.server --bind ADDRESS:PORT`, by `manage.py start` and containers."""

import os

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
