"""No patient data (S47): a number typed anywhere is stored, logged and mailed nowhere, and stays on the screen."""

import io
import logging
import re

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.logs import NoPatientNumbers
from portal.middleware import CleanInput
from portal.refusals import number_refused
from shared.fields import PatientNumber, WordsMap, refuse_patient_numbers, words_everywhere
from tests.house.matrix import all_rows
from tests.shared.test_chi import number

NUMBER = number()
SPACED = f"{NUMBER[:6]} {NUMBER[6:]}"
COLUMNS = list(words_everywhere())
NOT_TYPED = re.compile(r"csrfmiddlewaretoken|keep$|nonce|_FORMS$|version|confirmed|next$")
POSTS = [row for row in all_rows() if row.post and any(status < 400 for status in row.post)]


class _Undo(Exception):
    pass


# --- Every column ----------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize(("model", "field"), COLUMNS, ids=lambda x: getattr(x, "__name__", getattr(x, "name", "")))
def test_every_column_refuses_before_the_database_is_asked(db, model, field):
    text = f"Saw {SPACED} today"
    value = {"a": {"b": [text]}} if isinstance(field, WordsMap) else text
    thing = model(**{field.name: value})
    with CaptureQueriesContext(connection) as queries:
        with pytest.raises(PatientNumber):
            models.Model.save_base(thing, raw=True, force_insert=True)
        with pytest.raises(PatientNumber):
            model._base_manager.filter(pk=1).update(**{field.name: value})
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))]


def test_free_text_has_no_other_column_type():
    """Who adds a text area that is not `Words` opens a hole."""
    ours = [m for m in apps.get_models() if m.__module__.split(".")[0] not in ("django", "allauth")]
    plain = [f"{m.__name__}.{f.name}" for m in ours for f in m._meta.concrete_fields if type(f) is models.TextField]
    assert plain == ["Letter.calendar"]  # a file of ours, whose lines of words the outbox guards one by one


# --- Every form ------------------------------------------------------------------------------------


def poster(row):
    """Somebody of the cast for whom the row promises success."""
    names = next(names for status, names in sorted(row.post.items()) if status < 400)
    return "callum" if names == "everyone" else names.split()[0]


def planted(data):
    """One posting a text value: the same with the number in it."""
    for name, value in data.items():
        if isinstance(value, str) and not NOT_TYPED.search(name):
            yield name, {**data, name: f"{value} {SPACED}".strip()}
            yield name, {**data, name: NUMBER}
        elif hasattr(value, "read"):
            content = value.read()
            value.seek(0)
            yield name, {**data, name: SimpleUploadedFile(f"{NUMBER}.csv", content)}
            yield name, {**data, name: SimpleUploadedFile(value.name, _with_number(content))}


def _with_number(content):
    """The file with the number split over two neighbouring cells of its first row of data."""
    lines = content.decode("utf-8-sig").splitlines()
    if len(lines) < 2:
        return f"{NUMBER[:6]},{NUMBER[6:]}".encode()
    cells = lines[1].split(",")
    cells[1:2] = [f"{NUMBER[:6]} {NUMBER[6:]}"]
    return "\n".join([lines[0], ",".join(cells), *lines[2:]]).encode()


def everything_stored():
    """Every value of every table as text, sessions decoded."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept += [str(value) for row in cursor.fetchall() for value in row if isinstance(value, str | dict | list)]
    kept += [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(kept)


def is_text_box(page, name):
    escaped = re.escape(name)
    return re.search(rf'<textarea[^>]*name="{escaped}"|<input[^>]*type="text"[^>]*name="{escaped}"', page) or re.search(
        rf'<input[^>]*name="{escaped}"[^>]*type="text"', page
    )


@pytest.mark.once
@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.name)
def test_a_number_in_any_posted_text_is_kept_nowhere(world, row, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    problems, path = [], row.path(world)
    for index in range(len(_cases(world, row))):
        try:
            with transaction.atomic():
                problems += _post_case(path, world, row, index)
                raise _Undo
        except _Undo:
            pass
    assert problems == []
    logged = caplog.text + "".join(capfd.readouterr()) + str([m.message() for m in mail.outbox])
    assert NUMBER not in logged
    assert SPACED not in logged


def _cases(world, row):
    """The postings, made in a transaction that is thrown away: only their number counts here."""
    with transaction.atomic():
        cases = list(planted(row.data(world)))
        transaction.set_rollback(True)
    return cases


def _post_case(path, world, row, index):
    name, data = list(planted(row.data(world)))[index]
    # Signed in anew each time: a posting that ends the session would leave the next ones to a visitor.
    client = Client(raise_request_exception=False)
    client.force_login(getattr(world, poster(row)), backend="portal.backends.PersonWithRoles")
    answer = client.post(path, data)
    page = "" if answer.streaming else answer.content.decode()
    stored = everything_stored()
    if NUMBER in stored or SPACED in stored:
        yield f"{row.name}: {name} was stored"
    if answer.status_code >= 500:
        yield f"{row.name}: {name} gave {answer.status_code}"
    if answer.status_code == 200 and is_text_box(page, name) and NUMBER not in page and SPACED not in page:
        yield f"{row.name}: {name} is no longer on the screen"


def test_the_sweep_sees_a_number_that_is_stored(world):
    """Negative control: a plain column takes it, and the dump must show it."""
    world.callum.full_name = f"Callum {NUMBER}"
    world.callum.save()
    assert NUMBER in everything_stored()


# --- The last net, logs and addresses -----------------------------------------------------------------


def refusal():
    try:
        refuse_patient_numbers(f"Saw {SPACED}")
    except PatientNumber as refused:
        return refused
    raise AssertionError("the guard let it through")


@pytest.mark.parametrize("wrap", [lambda r: r, lambda r: ValidationError([r]), lambda r: ValidationError({"x": [r]})])
def test_a_refusal_that_no_form_caught_becomes_a_page_with_what_was_typed(world, wrap):
    request = RequestFactory().post("/x/", {"a": f"Saw {SPACED}", "b": "Also this"})
    request.user = world.callum
    answer = number_refused(request, wrap(refusal()))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"Saw {SPACED}</textarea>" in page
    assert "Also this</textarea>" in page


def test_other_errors_are_left_alone(rf):
    assert number_refused(rf.post("/x/"), ValueError("x")) is None
    assert number_refused(rf.post("/x/"), ValidationError("x", code="other")) is None


def test_no_log_line_holds_a_number_not_even_in_a_traceback():
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(NoPatientNumbers("%(message)s"))
    log = logging.Logger("test", level=logging.DEBUG)
    log.addHandler(handler)
    try:
        raise ValueError(f"bad {NUMBER}")
    except ValueError:
        log.exception("looked for %s", SPACED)
    assert NUMBER not in out.getvalue()
    assert SPACED not in out.getvalue()
    assert out.getvalue().count("[patient number]") == 2


def test_the_log_handlers_of_the_settings_black_out(settings):
    formatters = settings.LOGGING["formatters"]
    used = {handler["formatter"] for handler in settings.LOGGING["handlers"].values()}
    assert {formatters[name]["()"] for name in used} == {"portal.logs.NoPatientNumbers"}


def test_a_number_in_an_address_reaches_neither_log_nor_page(world, as_person, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    page = as_person(world.callum).get("/clusters/", {"q": SPACED}, follow=True).content.decode()
    assert SPACED not in page
    assert SPACED.replace(" ", "+") not in page
    logged = caplog.text + "".join(capfd.readouterr())
    assert NUMBER[6:] not in logged


@pytest.mark.parametrize("logger", ["django_structlog", "django.server", "django.request"])
def test_what_somebody_looked_for_reaches_no_log(world, as_person, settings, logger):
    """Every logger writes through a formatter of the settings, which cuts the query off an address."""
    configured = settings.LOGGING["loggers"].get(logger, settings.LOGGING["root"])
    formatter = settings.LOGGING["handlers"][configured["handlers"][0]]["formatter"]
    out, log = io.StringIO(), logging.getLogger(logger)
    handler, level = logging.StreamHandler(out), log.level
    handler.setFormatter(NoPatientNumbers(settings.LOGGING["formatters"][formatter]["format"]))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        as_person(world.callum).get("/clusters/?q=Mrs+Jean+Smith")
        log.info('"%s" %s %s', "GET /clusters/?q=Mrs+Jean+Smith&page=2 HTTP/1.1", 200, 51)
        log.info("asked for /clusters/?q=%s", NUMBER)
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
    assert "GET /clusters/" in out.getvalue()
    assert "HTTP/1.1" in out.getvalue()
    assert "Jean" not in out.getvalue()
    assert NUMBER not in out.getvalue()


def test_a_number_as_the_name_of_a_parameter_is_blacked_out_too(rf):
    seen = []
    CleanInput(lambda request: seen.append(request))(rf.get("/x/", {NUMBER: "1", "q": "a\x00b", "page": ["1", "2"]}))
    (request,) = seen
    assert request.META["QUERY_STRING"] == "%5Bpatient+number%5D=1&q=ab&page=1&page=2"
    assert request.GET.getlist("page") == ["1", "2"]
