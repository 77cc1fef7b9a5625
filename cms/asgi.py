"""The ASGI entry point; settings are chosen by `DJANGO_SETTINGS_MODULE`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_asgi_application()

# Only now, because it asks the database.
from cms.logins import demand_safe_logins  # noqa: E402

demand_safe_logins()
