"""The WSGI entry point; settings are chosen by `DJANGO_SETTINGS_MODULE`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()

# Only now, because it asks the database.
from cms.logins import demand_safe_logins  # noqa: E402

demand_safe_logins()
