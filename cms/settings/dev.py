"""Settings of `make run`: a production-grade server on one machine, with secrets that are for this machine only."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATA_DIR, env
from cms.settings.secrets import local_secret

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = local_secret(DATA_DIR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
