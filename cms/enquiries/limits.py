"""How many enquiries come through: per address and in all, counted by the hour in the cache, without keeping addresses."""

import logging
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

HOUR_SECONDS = 3600
IPV6_PREFIX = 64


def seconds_to_wait(request: HttpRequest) -> int:
    """Count one enquiry and return 0 when it may come through, else after how many seconds to try again.

    When the cache cannot be asked, it comes through: a message is worth more than a limit.
    """
    now = int(timezone.now().timestamp())
    hour = now // HOUR_SECONDS
    limits = {
        f"cms.enquiries:{hour}:{_hashed(client_address(request))}": settings.ENQUIRIES_PER_ADDRESS_AND_HOUR,
        f"cms.enquiries:{hour}:all": settings.ENQUIRIES_PER_HOUR,
    }
    try:
        is_over = any(_count(key) > most for key, most in limits.items())
    except Exception:
        logger.exception("enquiries cannot be counted")
        return 0
    return HOUR_SECONDS - now % HOUR_SECONDS if is_over else 0


def client_address(request: HttpRequest) -> str:
    """Return the address that a request came from: what the outermost of our own proxies saw.

    With `TRUSTED_PROXIES` proxies in front, that is the entry of `X-Forwarded-For` so many places from its end; whatever
    stands before it was written by the client.
    """
    seen = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(seen) >= trusted:
        return seen[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))


def _count(key: str) -> int:
    """Add one to a counter of this hour and return it."""
    cache.add(key, 0, 2 * HOUR_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # it was dropped just now
        return 1


def _hashed(address: str) -> str:
    """Return a name for an address that does not tell it; all addresses of one IPv6 connection have the same one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        network = address
    else:
        network = str(parsed if parsed.version == 4 else ip_network((parsed, IPV6_PREFIX), strict=False))
    return salted_hmac("cms.enquiries.limits", network).hexdigest()[:32]
