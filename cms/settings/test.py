"""Settings of the test suite: fast hashes, data in a temporary folder, a real database file."""

import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.databases import database_settings
from cms.settings.environment import read_text

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEST_DIR = Path(tempfile.mkdtemp(prefix="cms-test-"))
DATA_DIR = TEST_DIR
MEDIA_ROOT = TEST_DIR / "media"
EMAIL_FILE_PATH = TEST_DIR / "mail"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A file and not SQLite's memory, so that threads have connections and locks of their own as in production.
DATABASES = {"default": database_settings(read_text("TEST_DATABASE_URL"), TEST_DIR)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "test.sqlite3")}

# Tests empty the database, so that a content version comes back with other content: nothing outlives a test.
KEPT_PAGES_BYTES = 0
