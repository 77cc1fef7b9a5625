"""Two addresses for machines: `/healthz` (the process lives) and `/readyz` (it can serve).

Both answer plain text, or JSON when the `Accept` header asks for it, and are never cached. Neither needs a session.
"""

import logging
from dataclasses import dataclass, field

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.delivery.rebuild import progress
from cms.logins import login_problem

logger = logging.getLogger(__name__)


@dataclass
class Readiness:
    """Whether requests can be served: a sentence for people, and the parts for machines."""

    ready: bool
    message: str
    parts: dict[str, str] = field(default_factory=dict)


class _Known:
    """What this process has once seen and that does not turn back: all migrations applied."""

    migrated = False


def readiness() -> Readiness:
    """Find out whether the database answers, is migrated, and how far a rebuild of entries is.

    Production is not ready while somebody logs in with the demonstration's password. Two statements once all that has been
    seen, one more while a rebuild runs, and some before.
    """
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = 0 if _Known.migrated else unapplied_migrations()
        problem = "" if missing else login_problem()
    except DatabaseError as error:
        logger.warning("not ready: %s", error)
        return Readiness(False, "The database cannot be reached.", {"database": "unreachable"})
    if missing:
        parts = {"database": "ok", "migrations": f"{missing} missing"}
        return Readiness(False, f"{missing} database migrations are missing: run 'manage.py migrate'.", parts)
    _Known.migrated = True
    if problem:
        return Readiness(False, problem, {"database": "ok", "migrations": "ok", "logins": "unsafe"})
    parts = {"database": "ok", "migrations": "ok", "entries": "ok"}
    rebuilding = progress()
    if rebuilding is None:
        return Readiness(True, "ready", parts)
    done, total = rebuilding
    return Readiness(
        True, f"ready; rebuilding {done} of {total}", parts | {"entries": f"rebuilding {done} of {total}"}
    )


def unapplied_migrations() -> int:
    """Count the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200: this process is alive. No statement."""
    return _answer(request, Readiness(True, "alive"))


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when requests can be served, else 503 with the reason."""
    return _answer(request, readiness())


def _answer(request: HttpRequest, state: Readiness) -> HttpResponse:
    status = 200 if state.ready else 503
    if request.get_preferred_type(["text/plain", "application/json"]) == "application/json":
        return JsonResponse({"ready": state.ready, "message": state.message, **state.parts}, status=status)
    return HttpResponse(f"{state.message}\n", status=status, content_type="text/plain; charset=utf-8")
