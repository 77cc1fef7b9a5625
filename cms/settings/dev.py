"""Settings of `make run`: a production-grade server on one machine, with secrets that are for this machine only."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATA_DIR
from cms.settings.environment import read_flag
from cms.settings.secrets import local_secret

DEBUG = read_flag("DEBUG")
SECRET_KEY = local_secret(DATA_DIR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
