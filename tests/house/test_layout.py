"""The floors and rooms are where the tools that guard them look for them."""

import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings

WRITTEN = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["tool"]
# Run by hand from where they lie; nothing imports them.
NO_PACKAGE = {"tools"}


def folders_without_init(root: Path) -> set[str]:
    """Folders under `root` that hold Python and are no package: import-linter passes them by without a word."""
    inside = (path for top in (*settings.OWN_APPS, "tests", *NO_PACKAGE) for path in (root / top).rglob("*.py"))
    return {str(path.parent.relative_to(root)) for path in inside if not (path.parent / "__init__.py").exists()}


def test_every_folder_with_python_in_it_is_a_package():
    assert folders_without_init(settings.ROOT) - NO_PACKAGE == set()


def test_a_folder_that_is_no_package_is_seen(tmp_path):
    """Negative control."""
    (tmp_path / "clusters" / "selectors").mkdir(parents=True)
    (tmp_path / "clusters" / "__init__.py").touch()
    (tmp_path / "clusters" / "selectors" / "names.py").touch()
    assert folders_without_init(tmp_path) == {"clusters/selectors"}


def test_the_apps_that_lie_here_are_those_of_the_list():
    here = {config.name for config in apps.get_app_configs() if Path(config.path).parent == settings.ROOT}
    assert here == set(settings.OWN_APPS)


def test_the_floors_are_guarded_and_measured_whole():
    ours = set(settings.OWN_APPS)
    assert set(WRITTEN["importlinter"]["root_packages"]) == ours | {"tests"}
    assert set(WRITTEN["importlinter"]["contracts"][0]["layers"]) == ours
    assert set(WRITTEN["coverage"]["run"]["source"]) == ours
