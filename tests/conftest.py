"""Fixtures for every test: the cast, signed-in clients, and a real browser where there is one."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

from tests.append_only import let_the_flush_through
from tests.cast import World, build_world
from tests.office.post import Sink

let_the_flush_through()
# How quick an example is tells of the machine, not of the code. The suite tries the same examples each time, so that it
# never turns red by chance; `--hypothesis-profile=explore` looks for new ones.
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("portal", derandomize=True, **UNHURRIED)
settings.register_profile("explore", max_examples=1000, **UNHURRIED)
settings.load_profile("portal")
expect.set_options(timeout=30_000)  # as long as playwright waits elsewhere
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's sync API runs an event loop

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not CHROMIUM and os.environ.get("BROWSER_TESTS") == "required":
        raise pytest.UsageError("BROWSER_TESTS=required, but there is no Chromium")
    skip = pytest.mark.skip(reason="no Chromium on this machine (Debian: apt-get install chromium)")
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(skip)
    # What is loaded by now stays: the collector need not look at it again and again, thousands of tests long.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    cache.clear()


@pytest.fixture
def world(db: None) -> World:
    """The cast of `architecture.md` with their clusters and roles, as of today."""
    return build_world()


@pytest.fixture
def as_person(client: Client):
    """`as_person(world.callum)` gives a client that is signed in as Callum."""

    def sign_in(person) -> Client:
        fresh = Client()
        fresh.force_login(person, backend="portal.backends.PersonWithRoles")
        return fresh

    return sign_in


@pytest.fixture
def smtp(settings) -> Iterator[Sink]:
    """A real mail server on this machine, and settings that send to it."""
    with Sink.listening() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


@pytest.fixture(scope="session")
def practice_data() -> Path:
    """The folder of real open data; tests that need it skip when PRACTICE_DATA is unset and fail when it is wrong."""
    folder = os.environ.get("PRACTICE_DATA")
    if not folder:
        pytest.skip("PRACTICE_DATA is not set: the real practice file is not part of the project")
    path = Path(folder)
    assert path.is_dir(), f"PRACTICE_DATA names {path}, which is not a folder"
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "viewport": {"width": 390, "height": 844}}
