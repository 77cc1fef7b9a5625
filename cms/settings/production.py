"""Production: starts only with its secrets, and names those that are missing."""

from cms.settings.environment import demand, read_flag, read_list, read_number, read_text

demand(("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL"))

from cms.settings.base import *  # noqa: E402, F403

DEBUG = False
DEMONSTRATION_ALLOWED = False
SECRET_KEY = read_text("SECRET_KEY")
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = read_list("CSRF_TRUSTED_ORIGINS")

# Behind a proxy that ends TLS and tells so; INSECURE_HTTP is for trying the containers out on one machine.
_over_https = not read_flag("INSECURE_HTTP")
TRUSTED_PROXIES = read_number("TRUSTED_PROXIES", 1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = _over_https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = _over_https
CSRF_COOKIE_SECURE = _over_https
SECURE_HSTS_SECONDS = read_number("HSTS_SECONDS", 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = False

# Without a mail server mails are kept in the data folder and shown in the admin's mailbox.
EMAIL_HOST = read_text("EMAIL_HOST")
if EMAIL_HOST:
    EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_PORT = read_number("EMAIL_PORT", 25, lowest=1, highest=65535)
EMAIL_HOST_USER = read_text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = read_text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = read_flag("EMAIL_USE_TLS")
