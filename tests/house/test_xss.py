"""What people type is shown as typed and never run (S31): every text column, every page, a real browser."""

import pytest
from django.apps import apps
from django.db import models

from shared.fields import Words
from tests.cast import build_world
from tests.house.sweep import NOT_PAGES, named, readable, signed_in

HOOK = "window.__xss=1"
PAYLOADS = [
    f"<script>{HOOK}</script>",
    f"<img src=x onerror={HOOK}>",
    f'"><svg onload={HOOK}>',
    f"' autofocus onfocus={HOOK} x='",
    f"</title><script>{HOOK}</script>",
    f"</textarea><script>{HOOK}</script>",
    f"</svg><script>{HOOK}</script>",
    f"<a href=javascript:{HOOK}>x</a>",
    f"{{{{{HOOK}}}}}<b>",
    f"<iframe srcdoc='<script>parent.{HOOK[7:]}</script>'>",
    f"<details open ontoggle={HOOK}>",
    f"--><script>{HOOK}</script>",
]
# Names that are typed or imported, though they are not free text.
NAMES = {"full_name", "name", "address", "file_name"}
# Whose name no other of the same place may have.
NAMED_ONCE = {"practices.locality", "directory.supportarea", "measures.measure"}


def plant() -> int:
    """Put a payload into every text of every row; gives how many rows changed."""
    changed = 0
    for model in apps.get_models():
        texts = [
            f
            for f in model._meta.concrete_fields
            if isinstance(f, Words) or (f.name in NAMES and isinstance(f, models.CharField))
        ]
        if model._meta.app_label in ("auth", "contenttypes", "sessions") or not texts:
            continue
        for row in model._base_manager.order_by("pk"):
            values = {
                f.attname: PAYLOADS[(row.pk + n) % len(PAYLOADS)][: f.max_length]
                for n, f in enumerate(texts)
                if getattr(row, f.attname)
            }
            if "name" in values and model._meta.label_lower in NAMED_ONCE:
                values["name"] += str(row.pk)
            changed += model._base_manager.filter(pk=row.pk).update(**values) if values else 0
    return changed


@pytest.mark.once
@pytest.mark.parametrize(("row", "who"), readable(), ids=named(readable()))
def test_every_page_escapes(world, row, who):
    path = row.path(world)
    assert plant() > 20
    response = signed_in(world, who).get(path)
    if not response.headers["Content-Type"].startswith("text/html"):
        pytest.skip("not a page")
    html = response.content.decode()
    for sign in (f"<script>{HOOK}", f"onerror={HOOK}>", f"onload={HOOK}>", "x=''", f"<details open ontoggle={HOOK}"):
        unescaped = [line for line in html.splitlines() if sign in line]
        assert unescaped == []


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_nothing_runs_in_a_real_browser(live_server, page, context):
    world = build_world()
    paths = [(who, row.path(world)) for row, who in readable()]
    plant()
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if "Content Security Policy" in m.text else None)
    for who in dict.fromkeys(who for who, _ in paths):
        sign_in_by_cookie(context, live_server.url, world, who)
        for path in [p for w, p in paths if w == who]:
            if path.partition("?")[0].endswith(NOT_PAGES):
                continue
            page.goto(live_server.url + path)
            assert page.evaluate("window.__xss") is None, path
    assert wrong == []


def sign_in_by_cookie(context, url, world, who):
    """Give the browser the session of somebody who signed in."""
    session = signed_in(world, who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])


def test_the_check_sees_a_page_that_does_not_escape():
    """Negative control."""
    from django.template import Context, Template

    html = Template("{{ text|safe }}").render(Context({"text": PAYLOADS[0]}))
    assert f"<script>{HOOK}" in html
