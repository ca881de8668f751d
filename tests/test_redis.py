"""With REDIS_URL the cache, and with it every rate limit, is shared between machines."""

import os

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

pytestmark = [
    pytest.mark.redis,
    pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="REDIS_URL names no Redis; make test starts one"),
]


@pytest.fixture(autouse=True)
def cache_on_redis(settings: object) -> None:
    """The cache as the settings make it from REDIS_URL; the other tests keep it in memory."""
    backend = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["REDIS_URL"]}
    settings.CACHES = {"default": backend}  # type: ignore[attr-defined]
    cache.clear()


def test_two_processes_count_together() -> None:
    cache.add("tries", 1)
    caches.create_connection("default").incr("tries")
    assert cache.get("tries") == 2


@pytest.mark.django_db
def test_a_site_with_redis_is_ready(client: Client) -> None:
    answer = client.get(reverse("forum:readyz"))
    assert (answer.status_code, b"cache: ok" in answer.content) == (200, True)


@pytest.mark.django_db
def test_a_site_without_its_redis_says_so(client: Client, settings: object) -> None:
    backend = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nowhere/socket"}
    settings.CACHES = {"default": backend}  # type: ignore[attr-defined]
    answer = client.get(reverse("forum:readyz"))
    assert (answer.status_code, b"cache: does not answer" in answer.content) == (503, True)
