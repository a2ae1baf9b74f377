"""`make benchmark`: what the pages cost, as ratios in one run, never as seconds that another machine would contradict.

Each page is timed in turn with a hello-world view (no user, no query), with the smallest signed-in page, and with the
page's own SQL sent through a bare cursor. The median of the ratios is printed, with the number of queries.

The import of a practice list (the real one where PRACTICE_DATA names its folder) and the same list again are timed in
turn with a bare bulk load of the rows that the import makes, its audit trail included (`bulk_load` says what it does).
The reminders of a day (500 of 60,000 actions due) are timed with the same letters sent through smtplib alone, and with
a second run. The rules of charts are timed with a bare Decimal loop over the same points (`bare_loop`), a document with
its typesetter alone.
`python -m tests.benchmark pg` does all of it on PostgreSQL.
"""

import csv
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from io import StringIO
from itertools import pairwise
from pathlib import Path

ROUNDS = 15


def main() -> int:
    os.environ["DATABASE_URL"] = database()
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEMO = True
    call_command("migrate", verbosity=0)
    report_import()
    call_command("demo", verbosity=0)
    report()
    report_minute()
    report_reminders()
    report_charts()
    report_document()
    return 0


def database() -> str:
    if "pg" in sys.argv[1:]:
        from tests.ephemeral_pg import EphemeralPostgres

        return EphemeralPostgres().start().url
    return f"sqlite:///{Path(tempfile.mkdtemp(prefix='benchmark-')) / 'demo.sqlite3'}"


# --- A practice list ---------------------------------------------------------------------------------

TRAIL = "accounts_auditevent"
LOADED = (
    "practices_practice",
    "clusters_forum",
    "clusters_cluster",
    "clusters_membership",
    "practices_listsize",
    "clusters_practicelist",
    TRAIL,
)


def report_import() -> None:
    """An import and the same again, each against the same bare load of the same rows into an empty registry.

    Each runs inside a transaction that is rolled back, after the checks that a commit would make (`settled`).
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    data = practice_list()
    with rolled_back():
        with CaptureQueriesContext(connection) as first:
            import_list(data)
        rows = {table: rows_of(table) for table in LOADED}
        before = {table: len(rows[table][1]) for table in LOADED}
        with CaptureQueriesContext(connection) as second:
            import_list(data)
        more = sum(len(rows_of(table)[1]) - before[table] for table in LOADED)
    once: list[float] = []
    again: list[float] = []
    gc.disable()
    for _ in range(ROUNDS):
        with rolled_back():
            load = seconds(lambda: settled(bulk_load, data, rows))
        with rolled_back():
            once.append(seconds(lambda: settled(import_list, data)) / load)
            again.append(seconds(lambda: settled(import_list, data)) / load)
    gc.enable()
    print(f"{'practice list':<20}{'queries':>8}{'× bulk load':>12}{'rows':>8}")
    total = sum(map(len, (table_rows for _, table_rows in rows.values())))
    print(f"{'import':<20}{len(first):>8}{statistics.median(once):>12.1f}{total:>8}")
    print(f"{'the same again':<20}{len(second):>8}{statistics.median(again):>12.1f}{more:>8}\n")


def practice_list() -> bytes:
    folder = os.environ.get("PRACTICE_DATA")
    if folder:
        return (Path(folder) / "practice_contactdetails_apr2024-open-data.csv").read_bytes()
    from tests.practices.lists import as_file, practice

    return as_file([practice(20_000 + n, f"Cluster {n // 6}", size=3000 + n) for n in range(891)])


def import_list(data: bytes) -> None:
    from datetime import date

    from clusters.services import import_practice_file

    import_practice_file(data=data, file_name="benchmark.csv", as_of=date(2024, 4, 1))


@contextmanager
def rolled_back():
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def settled(load: Callable, *given: object) -> None:
    """Load, and check every foreign key: PostgreSQL leaves that to the commit, which a roll-back would spare both."""
    from django.db import connection

    load(*given)
    if connection.vendor == "postgresql":
        connection.check_constraints()


def rows_of(table: str) -> tuple[list[str], list[tuple]]:
    """The columns of a table and its rows, JSON as the mapping that it stands for."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        columns = [column[0] for column in cursor.description]
        return columns, [tuple(map(read, row)) for row in cursor.fetchall()]


def read(value: object) -> object:
    return json.loads(value) if isinstance(value, str) and value.startswith("{") else value


def written(value: object) -> object:
    return json.dumps(value) if isinstance(value, dict) else value


def bulk_load(data: bytes, rows: dict[str, tuple[list[str], list[tuple]]]) -> None:
    """What a bare loader would do for the same rows, in one transaction and with the same commit setting.

    It decodes the file and reads its cells. It checks nothing, compares nothing, and is handed every row and id ready
    made, JSON alone it has to write. On PostgreSQL it sends each table by COPY to a temporary one and upserts from
    there; on SQLite it upserts by executemany. The audit trail, which only grows, it adds straight (COPY, executemany).
    """
    from django.db import connection

    list(csv.reader(StringIO(data.decode())))
    with connection.cursor() as cursor:
        put = put_postgresql if connection.vendor == "postgresql" else put_sqlite
        for table, (columns, table_rows) in rows.items():
            put(cursor.cursor, table, columns, table_rows)


def put_postgresql(cursor, table: str, columns: list[str], table_rows: list[tuple]) -> None:
    if table == TRAIL:
        copy(cursor, table, columns, table_rows)
    else:
        cursor.execute(f"CREATE TEMPORARY TABLE loaded (LIKE {table}) ON COMMIT DROP")
        copy(cursor, "loaded", columns, table_rows)
        names = ", ".join(columns)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM loaded {upsert(columns)}")
        cursor.execute("DROP TABLE loaded")


def put_sqlite(cursor, table: str, columns: list[str], table_rows: list[tuple]) -> None:
    places = ", ".join("?" for _ in columns)
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
    if table != TRAIL:
        insert += upsert(columns)
    cursor.connection.executemany(insert, [tuple(map(written, row)) for row in table_rows])


def upsert(columns: list[str]) -> str:
    return " ON CONFLICT (id) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in columns)


def copy(cursor, table: str, columns: list[str], table_rows: list[tuple]) -> None:
    out = StringIO()
    writer = csv.writer(out)
    for row in table_rows:
        writer.writerow([r"\N" if v is None else written(v) for v in row])
    out.seek(0)
    cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH (FORMAT csv, NULL '\\N')", out)


# --- The minute --------------------------------------------------------------------------------------


def report_minute() -> None:
    """P04a–c: the form of a meeting of fifteen practices, saving it, and autosave; each against the smallest page.

    The form also against its own SQL, the other two against their bare writes. What writes is rolled back each time,
    the bare writes too.
    """
    from clusters.models import Cluster
    from meetings.models import Meeting
    from office.services import keep_token

    cluster, client = Cluster.objects.get(forum__slug="rowan"), client_of("callum")
    path, fields = f"/clusters/{cluster.forum.slug}/meetings/log/", minute_of_fifteen(cluster)
    with rolled_back():
        assert client.post(path, fields).status_code == 302
        meeting = Meeting.objects.latest("pk")
        assert meeting.attendances.count() == 15
        form = f"/meetings/{meeting.pk}/log/"
        statements = statements_of(client, form)
        size = len(client.get(form).content) / 1000
        shown = measure(lambda: client.get(form), smallest(client), lambda: replay(statements))
    person = client.get("/account/").wsgi_request.user
    draft = {**fields, "keep": keep_token(person, f"meeting:new:{cluster.forum.pk}")}
    print(f"\n{'minute of 15':<20}{'queries':>8}{'writes':>8}{'× smallest':>12}{'× own SQL':>11}{'KB':>7}")
    print(f"{'form':<20}{len(statements):>8}{0:>8}" + "{:>12.1f}{:>11.1f}".format(*shown) + f"{size:>7.0f}")
    for name, where, posted in (("save", path, fields), ("autosave", "/drafts/", draft)):
        send = undone(lambda w=where, p=posted: client.post(w, p))
        asked = statements_in(send)
        writes = [one for one in asked if not one[0].startswith("SELECT")]
        ratios = measure(send, smallest(client), undone(lambda w=writes: replay(w)))
        print(f"{name:<20}{len(asked):>8}{len(writes):>8}" + "{:>12.1f}{:>11.1f}".format(*ratios))


def minute_of_fifteen(cluster) -> dict[str, str]:
    """What the log of a meeting posts: fifteen practices, two items, five actions."""
    from uuid import uuid4

    from clusters.models import Membership
    from clusters.selectors import members_of
    from practices.models import Practice
    from shared.dates import today

    day, own = today(), {"contract": "17J", "postcode": "ZZ1 1AA", "hscp": cluster.lead_hscp}
    for n in range(15 - len(members_of(cluster, on=day))):
        more = Practice.objects.create(code=f"{95000 + n}", name=f"Oak{n} Medical Practice", **own)
        Membership.objects.create(practice=more, cluster=cluster, starts_on=day)
    practices = list(members_of(cluster, on=day))
    fields = {"nonce": str(uuid4()), "held_on": str(day), "mode": "VIDEO", "guests": "1", "items": "3", "do": "later"}
    fields |= {f"practice-{p.pk}-presence": "PRESENT" for p in practices}
    for n, actions in enumerate((3, 2)):
        fields |= {f"item-{n}-title": f"Item {n}", f"item-{n}-kind": "DISC", f"item-{n}-actions": "3"}
        fields |= {f"item-{n}-discussion": "Recall is up", f"item-{n}-decision": "Texts are sent"}
        for a in range(actions):
            fields |= {
                f"item-{n}-action-{a}-what": "Audit the list",
                f"item-{n}-action-{a}-due_on": f"{day.year + 1}-05-03",
            }
            fields |= {f"item-{n}-action-{a}-owner": f"practice:{practices[a].pk}"}
    return fields


def smallest(client) -> Callable:
    """A page with the header and the session of who is signed in, and nothing of its own."""
    return lambda: client.get("/accessibility/")


def undone(act: Callable) -> Callable:
    def acted() -> None:
        with rolled_back():
            act()

    return acted


# --- Reminders ---------------------------------------------------------------------------------------

DUE, ACTIONS = 500, 60_000


def report_reminders() -> None:
    """P12: writing and sending the reminders of a day, against smtplib with one connection and the same messages.

    The mail server is another process each time.
    """
    import smtplib

    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from office.models import JobRun, Letter
    from office.services.daily import run_job
    from portal.jobs import letters, reminders
    from tests.office.sink import SinkApart

    def daily() -> None:
        for job in (reminders, letters):
            run_job(job, at=timezone.now())

    people_with_actions()
    JobRun.objects.all().delete()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with SinkApart.listening() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        begun = timezone.now()
        with CaptureQueriesContext(connection) as seen:
            ours = seconds(daily)
        number = Letter.objects.filter(state=Letter.State.SENT, sent_at__gte=begun).count()
        again = seconds(daily)
    sent, twice = sink.taken, len(sink.taken) - number
    with SinkApart.listening() as sink:

        def bare() -> None:
            with smtplib.SMTP("127.0.0.1", sink.port) as post:
                for to, content in sent:
                    post.sendmail(settings.DEFAULT_FROM_EMAIL, to, content)

        theirs = min(seconds(bare) for _ in range(3))
    steps = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    asked = [q for q in seen.captured_queries if not q["sql"].startswith(steps)]
    assert number >= DUE, Letter.objects.values_list("state", "answer")[:5]
    print(
        f"\nreminders: {number} letters; {ours / theirs:.1f} × smtplib; a second run sends {twice} and costs "
        f"{again / ours:.1%}; {len(asked) - 3 * number} queries and 3 a letter"
    )


def people_with_actions() -> None:
    """500 people of Rowan with an action due each, and so many actions that are not."""
    from datetime import timedelta

    from django.utils import timezone

    from accounts.models import User
    from clusters.models import Cluster, RoleAssignment
    from meetings.models import Action
    from shared.dates import today

    cluster, by, on = Cluster.objects.get(forum__slug="rowan"), User.objects.get(email="callum@example.org"), today()
    people = User.objects.bulk_create(
        User(email=f"due{n}@example.org", full_name=f"Person {n}", password="md5$a$b") for n in range(DUE)
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(person=p, role="MDT", cluster=cluster, starts_on=on - timedelta(days=500)) for p in people
    )
    facts = {"forum": cluster.forum, "added_by": by, "added_at": timezone.now() - timedelta(days=60)}
    due = [Action(what="Audit recall list", owner=p, due_on=on + timedelta(days=1), **facts) for p in people]
    later = [
        Action(what="Some day", owner=people[n % DUE], due_on=on + timedelta(days=200), **facts)
        for n in range(ACTIONS - DUE)
    ]
    Action.objects.bulk_create([*due, *later], batch_size=2000)


# --- Charts ------------------------------------------------------------------------------------------

SERIES, POINTS = 1000, 36


def report_charts() -> None:
    """1,000 series of 36 points by each ruleset, against `bare_loop` over the same points in the same round.

    p and u charts have a denominator for each point, so twice the figures. The points are Decimals of two places, as
    the database gives them; the random figures are the same in every run.
    """
    import random
    from decimal import Decimal

    from measures.analysis.anhoej import crossings_by_phase
    from measures.analysis.limits import Kind, limits_of_shares, limits_of_values
    from measures.analysis.making_data_count import read as read_mdc
    from measures.analysis.phs import flags_of
    from measures.analysis.run_chart import analyse

    figures = random.Random(36)
    many = [[Decimal(figures.randint(3000, 9000)).scaleb(-2) for _ in range(POINTS)] for _ in range(SERIES)]
    bases = [Decimal(figures.randint(90, 120)) for _ in range(POINTS)]
    rules: dict[str, Callable] = {
        "PERLA": analyse,
        "ANHOEJ": crossings_by_phase,
        "PHS": flags_of,
        "MDC": read_mdc,
        "XmR limits": limits_of_values,
        "p limits": lambda series: limits_of_shares(series, bases, kind=Kind.PROPORTION),
        "u limits": lambda series: limits_of_shares(series, bases, kind=Kind.RATE),
    }
    print(f"\n{f'{SERIES} charts of {POINTS}':<20}{'× bare loop':>12}")
    for name, rule in rules.items():
        (times,) = measure(lambda r=rule: all_of(r, many), lambda: all_of(bare_loop, many))
        print(f"{name:<20}{times:>12.1f}")


def all_of(rule: Callable, many: list[list]) -> None:
    for series in many:
        rule(series)


def bare_loop(series: list) -> tuple[tuple[int, int], tuple[int, int]]:
    """What any run chart needs at least, in plain Python on the Decimals as they are, with no gap looked for.

    The points are sorted for their median, each is compared with it and with the one before, and both lists of signs
    are walked for the number of runs and the longest. No limit of chance is looked up and nothing is kept by name.
    """
    ordered, middle = sorted(series), len(series) // 2
    median = (ordered[middle - 1] + ordered[middle]) / 2
    sides = [(value > median) - (value < median) for value in series]
    steps = [(now > before) - (now < before) for before, now in pairwise(series)]
    return bare_runs([side for side in sides if side]), bare_runs(steps)


def bare_runs(signs: list[int]) -> tuple[int, int]:
    runs = longest = length = before = 0
    for sign in signs:
        if sign == before:
            length += 1
        else:
            runs, length, before = runs + 1, 1, sign
        if sign and length > longest:
            longest = length
    return runs, longest


# --- Documents ---------------------------------------------------------------------------------------


def report_document() -> None:
    """A PDF with one of everything, against a process that sets the same data and knows nothing of documents."""
    from shared.documents import as_pdf, pdf
    from tests.shared.test_documents import full

    made = full()
    data = pdf.as_data(made)
    (times,) = measure(lambda: as_pdf(made), lambda: pdf.run_setter(data))
    print(f"\ndocument: {times:.2f} × the typesetter alone")


# --- Pages -------------------------------------------------------------------------------------------


def pages() -> list[tuple[str, str, str]]:
    """What is measured: a name, who opens it, the path."""
    from clusters.models import Cluster

    rowan = Cluster.objects.get(forum__slug="rowan").forum.slug
    return [
        ("home, CQL", "callum", "/"),
        ("cluster page", "callum", f"/clusters/{rowan}/"),
        ("meeting form", "callum", f"/clusters/{rowan}/meetings/log/"),
        ("my actions", "callum", "/actions/"),
        ("actions, narrowed", "callum", f"/clusters/{rowan}/actions/?show=all&kind=AGREED"),
        ("its last page", "callum", f"/clusters/{rowan}/actions/?show=all&kind=AGREED&page=9999"),
        ("plan", "callum", f"/clusters/{rowan}/plan/"),
        ("data of a cluster", "callum", f"/clusters/{rowan}/data/"),
        ("chart of 120 months", "callum", f"/measures/{ten_years()}/"),
        ("tracker, one HSCP", "heather", "/tracker/"),
        ("escalations", "heather", "/escalations/"),
        ("practices", "priya", "/registry/practices/"),
    ]


def ten_years() -> int:
    """The id of a measure with a figure for each of 120 months (P06), made once."""
    from datetime import date
    from decimal import Decimal

    from accounts.models import User
    from clusters.models import Cluster
    from measures.models import Measure
    from measures.services import define_measure, enter_point

    name = "Counted for ten years"
    if there := Measure.objects.filter(name=name).first():
        return there.pk
    by, cluster = User.objects.get(email="callum@example.org"), Cluster.objects.get(forum__slug="rowan")
    made = define_measure(by=by, cluster=cluster, name=name)
    for n in range(120):
        day = date(2016 + n // 12, n % 12 + 1, 1)
        enter_point(by=by, measure=made, period_on=day, value=Decimal(40 + n * 7 % 13))
    return made.pk


def report() -> None:
    listed = pages()
    clients = {who: client_of(who) for who in {who for _, who, _ in listed}}
    print(f"{'page':<20}{'queries':>8}{'× hello':>10}{'× smallest':>12}{'× own SQL':>11}{'KB':>7}")
    for name, who, path in listed:
        client = clients[who]
        statements = statements_of(client, path)
        ratios = measure(
            lambda c=client, p=path: c.get(p),
            lambda c=client: c.get("/health/"),
            smallest(client),
            lambda s=statements: replay(s),
        )
        size = len(client.get(path).content) / 1000
        print(f"{name:<20}{len(statements):>8}" + "{:>10.1f}{:>12.1f}{:>11.1f}".format(*ratios) + f"{size:>7.0f}")


def client_of(who: str):
    from django.test import Client

    from accounts.models import User

    client = Client()
    person = User.objects.get(email=f"{who}@example.org")
    client.force_login(person, backend="portal.backends.PersonWithRoles")
    return client


def statements_of(client, path: str) -> list[tuple[str, object]]:
    client.get(path)
    return [one for one in statements_in(lambda: client.get(path)) if one[0].startswith("SELECT")]


def statements_in(act: Callable) -> list[tuple[str, object]]:
    """What `act` asks of the database, with its values; what begins and ends a transaction is left out."""
    from django.db import connection

    seen: list[tuple[str, object]] = []

    def keep(execute, sql, params, many, context):
        if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        act()
    return seen


def replay(statements: list[tuple[str, object]]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def measure(page: Callable, *others: Callable) -> list[float]:
    """Median of page time over each other's time, all taken in the same round."""
    ratios: list[list[float]] = [[] for _ in others]
    gc.disable()
    for _ in range(ROUNDS):
        cost = seconds(page)
        for n, other in enumerate(others):
            ratios[n].append(cost / max(seconds(other), 1e-6))
    gc.enable()
    return [statistics.median(r) for r in ratios]


def seconds(call: Callable) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
