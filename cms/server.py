"""How gunicorn serves the system; used by `manage.py start` and by the container (`gunicorn -c python:cms.server`)."""

import os

from cms.settings.environment import read_number, read_text

bind = f"{read_text('BIND_ADDRESS', '127.0.0.1')}:{read_text('PORT', '8000')}"
wsgi_app = "cms.wsgi:application"
worker_class = "gthread"
workers = read_number("WEB_WORKERS", 2, lowest=1, highest=64)
threads = read_number("WEB_THREADS", 4, lowest=1, highest=64)
preload_app = True  # imported once; the workers share the memory and are ready at once
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
limit_request_line = 8190
accesslog = None
errorlog = "-"
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # a slow disk must not look like a dead worker
control_socket_disable = True
