"""Refresh vendored front-end files. Run only to upgrade; the results are committed.
needs npm (no node_modules, no build): python vendor.py"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

OUT = Path(__file__).parent.parent / "static"
WANT = {
    "@scottish-government/design-system@4.2.0": {
        "dist/css/design-system.min.css": "sgds/design-system.min.css",
        "dist/scripts/design-system.js": "sgds/design-system.js",
        "dist/images/icons/icons.stack.svg": "sgds/icons.stack.svg",
        "LICENSE.txt": "sgds/LICENSE.txt",
    },
}
lock = {}
for spec, files in WANT.items():
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(
            ["npm", "pack", "--silent", "--ignore-scripts", spec, "--pack-destination", tmp],
            check=True,
            capture_output=True,
        )
        with tarfile.open(next(Path(tmp).glob("*.tgz"))) as tar:
            for src, dst in files.items():
                data = tar.extractfile(f"package/{src}").read()
                if dst.endswith((".css", ".js")):  # ManifestStaticFilesStorage follows these
                    data = re.sub(rb"/[*/][#@] sourceMappingURL=[^\n*]*(\*/)?", b"", data.removeprefix(b"\xef\xbb\xbf"))
                path = OUT / dst
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                lock[dst] = {"from": spec, "sha256": hashlib.sha256(data).hexdigest()}
(OUT / "sgds/vendor.lock.json").write_text(json.dumps(lock, indent=1))
