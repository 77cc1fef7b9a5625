"""Mail that leaves only when it is true: after the transaction that wanted it has committed.

Every unsafe admin request runs in one transaction. A mail sent inside it would keep the database waiting for a mail
server, and would announce what is rolled back a moment later.
"""

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

logger = logging.getLogger(__name__)


class AfterCommitBackend(BaseEmailBackend):
    """Hands messages to `settings.EMAIL_DELIVERY_BACKEND` after commit, or at once when no transaction is open."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.options = options

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Accept messages for sending and return how many; none is sent when the transaction rolls back.

        A mail server that fails after the commit is logged, without addresses: the work is done and must not look
        undone.
        """
        messages = list(email_messages)
        if not transaction.get_connection().in_atomic_block:
            return self._deliver(messages)
        transaction.on_commit(partial(self._deliver_logged, messages))
        return len(messages)

    def _deliver(self, messages: list[EmailMessage]) -> int:
        backend = get_connection(settings.EMAIL_DELIVERY_BACKEND, fail_silently=self.fail_silently, **self.options)
        return backend.send_messages(messages) or 0

    def _deliver_logged(self, messages: list[EmailMessage]) -> None:
        try:
            self._deliver(messages)
        except Exception:
            logger.exception("mail failed after commit messages=%d", len(messages))
