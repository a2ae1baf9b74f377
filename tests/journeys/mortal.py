"""A server in a process of its own that works on the database of the running test, and can be killed for good.

`gunicorn tests.journeys.mortal:application` serves the portal as `portal.wsgi` does, with the settings of the suite.
The file that DEATH names says when the worker is to be killed by the system, once. GUARD names a guard that is taken
away, for the negative controls.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch
from uuid import uuid4

BEFORE_COMMIT, AFTER_COMMIT = "before the commit", "after the commit"
SERVING = "DEATH" in os.environ


class Server:
    """The server from outside: where it answers, and how it dies."""

    def __init__(self, folder: Path, without: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url, self.death, self.without = f"http://127.0.0.1:{self.port}", folder / "death", without
        self.log = folder / "server.log"
        self.start()

    def start(self) -> None:
        """Begin, on the same port each time, and wait until it answers."""
        from django.db import connection

        url, name = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
        child = {
            **os.environ,
            "DATABASE_URL": url if connection.vendor == "postgresql" else f"sqlite:///{name}",
            "TEST_NAME": str(name),
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "DEATH": str(self.death),
            "GUARD": self.without,
        }
        # No connection is used twice: on one that was, a browser sends a form again by itself and shows no error.
        options = f"-b 127.0.0.1:{self.port} -w 1 --threads 4 --keep-alive 0 --no-control-socket".split()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *options, "tests.journeys.mortal:application"],
                env=child,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(600):
            assert self.process.poll() is None, self.log.read_text()
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        """`kill -9`, the master and its worker alike."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)

    def dies(self, when: str) -> None:
        """The worker will be killed once, at that moment of the next meeting that is logged; its master goes on."""
        self.death.write_text(when)


@contextmanager
def serving(folder: Path, *, without: str = "") -> Iterator[Server]:
    server = Server(folder, without)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


# --- Inside the process ------------------------------------------------------------------------------


def _die_if(when: str) -> None:
    death = Path(os.environ["DEATH"])
    if death.exists() and death.read_text() == when:
        death.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def _made_mortal() -> None:
    from meetings.services import minutes

    record, save = minutes.audit.record, minutes.save_minute

    def recorded(verb, *args, **kwargs):
        if verb == "meeting.logged" and os.environ["GUARD"] == "transaction":
            _die_if(BEFORE_COMMIT)
        record(verb, *args, **kwargs)
        if verb == "meeting.logged":
            _die_if(BEFORE_COMMIT)

    def saved(**given):
        meeting = save(**given)
        _die_if(AFTER_COMMIT)
        return meeting

    minutes.audit.record = recorded
    patch("meetings.views.logging.save_minute", saved).start()
    if os.environ["GUARD"] == "transaction":
        minutes.transaction = SimpleNamespace(atomic=nullcontext)
    if os.environ["GUARD"] == "nonce":
        minutes.rules.own_nonce = lambda *parts: uuid4()


if SERVING:
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    application = StaticFilesHandler(get_wsgi_application())
    from django.db import connection

    connection.settings_dict["NAME"] = os.environ["TEST_NAME"]
    _made_mortal()
