"""A process of its own that sets one document: JSON from standard input to the template, a file to standard output.

Its arguments are how many seconds of work it may take, and the template: "document", which gives a PDF, or "picture",
which gives a PNG. Memory is limited too.
"""

import resource
import sys
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
NOWHERE = str(HERE / "no-packages")
MEMORY = 2 * 1024**3  # of addresses, most of which are never used


def main() -> None:
    seconds, template = int(sys.argv[1]), sys.argv[2]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what people typed is not left on a disk
    kind: Any = {"format": "png", "ppi": 200} if template == "picture" else {"format": "pdf", "pdf_standards": "ua-1"}
    made = typst.compile(
        str(HERE / f"{template}.typ"),
        **kind,
        sys_inputs={"document": sys.stdin.buffer.read().decode()},
        root=str(HERE),
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE.parent / "fonts")]
        ),
        package_path=NOWHERE,
        package_cache_path=NOWHERE,
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
