"""Turns `REDIS_URL` into Django's cache settings: Redis for several processes, or this process's own memory."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

REDIS_TIMEOUT_SECONDS = 2


def cache_settings(url: str) -> dict[str, Any]:
    """Return the `CACHES["default"]` entry for a Redis address, or for local memory when it is empty.

    Raises:
        ImproperlyConfigured: when the address is not one of Redis.
    """
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "cms"}
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(
            "REDIS_URL must start with redis://, rediss:// or unix://. Example: redis://127.0.0.1:6379/0"
        )
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": url,
        "OPTIONS": {
            "SOCKET_CONNECT_TIMEOUT": REDIS_TIMEOUT_SECONDS,
            "SOCKET_TIMEOUT": REDIS_TIMEOUT_SECONDS,
        },
    }
