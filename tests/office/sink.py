"""A mail server in a process of its own (`python -m tests.office.sink FILE`): what is timed does not wait for its work.

Says its port in the first line; when its input ends, writes what it took to the file, as pairs of recipients and
content.
"""

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import django


class SinkApart:
    """The port of such a process, and after its end what it took."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.taken: list[tuple[list[str], bytes]] = []

    @classmethod
    @contextmanager
    def listening(cls) -> Iterator[Self]:
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "taken"
            command = [sys.executable, "-m", "tests.office.sink", str(kept)]
            with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdin is not None
                assert process.stdout is not None
                sink = cls(int(process.stdout.readline()))
                try:
                    yield sink
                finally:
                    process.stdin.close()
                    process.wait(30)
            sink.taken = pickle.loads(kept.read_bytes())


def main() -> None:
    django.setup()
    from tests.office.post import Sink

    with Sink.listening() as sink:
        sys.stdout.write(f"{sink.port}\n")
        sys.stdout.flush()
        sys.stdin.read()
        taken = [(list(envelope.rcpt_tos), envelope.content) for envelope in sink.taken]
    Path(sys.argv[1]).write_bytes(pickle.dumps(taken))


if __name__ == "__main__":
    main()
