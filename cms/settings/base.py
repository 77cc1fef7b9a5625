"""Settings shared by every environment; each environment variable is read once, here or in `production`."""

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from cms.settings.caches import cache_settings
from cms.settings.databases import database_settings
from cms.settings.environment import read_number, read_text
from cms.settings.media import *  # noqa: F403
from cms.settings.media import media_storage

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DATA_DIR = Path(read_text("LINKS_DATA_DIR", str(BASE_DIR / "var"))).expanduser().absolute()
PORT = read_number("PORT", 8000, lowest=1, highest=65535)
BASE_URL = read_text("BASE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")

SITE_NAME = read_text("SITE_NAME", "Multilingual studies")
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL

INSTALLED_APPS = [
    "cms",
    "cms.media",
    "cms.roles",
    "cms.delivery",
    "cms.reader",
    "cms.workflows",
    "cms.translation",
    "cms.graphql",
    "cms.setup",
    "cms.enquiries",
    "cms.backups",
    "cms.demo",
    "home",
    "guidance",
    "pages",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail_footnotes",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "graphene_django",
    "django_tasks",
    "django_tasks_db",
    "django_countries",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.website.WebsiteLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.roles.middleware.AdminLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.delivery.middleware.ContentTransactionMiddleware",
    "cms.website.WebsiteRedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database_settings(read_text("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": cache_settings(read_text("REDIS_URL"))}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Languages: the first is the default; a site's fallback chains name what CONFIGURED tries, in order.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("fi", "Suomi"),
    ("it", "Italiano"),
    ("de", "Deutsch"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
CONTENT_FALLBACK_CHAINS: dict[str, list[str]] = {
    "en": [],
    "fr": ["en"],
    "fi": ["en"],
    "it": ["en"],
    "de": ["en"],
}
# Our own messages, then what the installed packages leave in English.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
WAGTAIL_I18N_ENABLED = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": media_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Mail leaves only after the transaction that wanted it has committed; production names the backend behind it.
EMAIL_BACKEND = "cms.mail.AfterCommitBackend"
EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
MAILS_KEPT_DAYS = 30
MAILS_KEPT_FILES = 1000
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = read_text("DEFAULT_FROM_EMAIL", "no-reply@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# What browsers are told. Wagtail's preview panel shows drafts in a frame of the same site.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Wagtail
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Only zones that every browser knows; with others in the list the account page fails in a script.
REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
WAGTAIL_USER_TIME_ZONES = ["UTC", *sorted(zone for zone in available_timezones() if zone.startswith(REGIONS))]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
WAGTAIL_FOOTNOTES_TEXT_FEATURES = ["bold", "italic", "link", "superscript", "subscript"]

# wagtail-localize: nothing goes live by itself, trees are not mirrored, deletions do not disable.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

# Names of views and renderers that lower floors ask for by string.
PAGES_DRAFT_VIEW = "cms.reader.views.draft"
SEARCH_RECORDS = "cms.delivery.feed.records_after"
PAGES_RESERVED_SLUGS = ("contact", "search")  # below a home page
PAGES_POSITIONS = "cms.delivery.queries.page_positions"

# How much memory each web process may use to keep finished pages of the website until something is published.
KEPT_PAGES_BYTES = 32 * 1024 * 1024

# The background process: finished tasks are kept for a while, tasks of a worker that died are taken up again.
TASK_RESULTS_KEPT_DAYS = 14
TASK_LOST_AFTER_SECONDS = 3600
TASK_ATTEMPTS = 3

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Enquiries of readers: who gets them when the site's facts name no address, how long they are kept, how many come through.
CONTACT_EMAIL = read_text("CONTACT_EMAIL")
ENQUIRIES_KEPT_DAYS = read_number("ENQUIRIES_KEPT_DAYS", 180, lowest=1, highest=3650)
ENQUIRIES_PER_HOUR = read_number("ENQUIRIES_PER_HOUR", 100, lowest=1)
ENQUIRIES_PER_ADDRESS_AND_HOUR = read_number("ENQUIRIES_PER_ADDRESS_AND_HOUR", 5, lowest=1)
TRUSTED_PROXIES = 0

# Whether `seed_demo` may run; production refuses, because the demonstration has known passwords.
DEMONSTRATION_ALLOWED = True

GRAPHENE = {"SCHEMA": "cms.graphql.schema.schema"}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": read_text("LOG_LEVEL", "INFO").upper()},
}
