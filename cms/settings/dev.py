"""Settings of `make run`: a production-grade server on one machine, with secrets that are for this machine only."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATA_DIR, LOGGING
from cms.settings.environment import read_flag
from cms.settings.secrets import local_secret

DEBUG = read_flag("DEBUG")
SECRET_KEY = local_secret(DATA_DIR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

# The console of `make run` is for its tables and for what goes wrong; LOG_LEVEL speaks for everything else.
LOGGING["loggers"] = {name: {"level": "WARNING"} for name in ("wagtail", "django_tasks", "django_tasks_db")}
