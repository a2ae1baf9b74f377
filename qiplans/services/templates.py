"""Starts a project from a template, and keeps the templates of an HSCP."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from measures.models import Measure
from meetings.rules import own_nonce
from practices.models import HSCP
from qiplans.models import OwnTemplate, Priority, Project
from qiplans.reference.templates import Counted, Template
from qiplans.rules.aims import aim_sentence
from qiplans.services.charters import write_charter
from qiplans.services.measures import measure_project
from qiplans.services.projects import add_project


@transaction.atomic
def start_from_template(
    *, by: User | None, priority: Priority, template: Template, nonce: UUID | None = None
) -> Project:
    """A project under `priority` with the template's aim, reason, measures, change ideas and first test, to be adapted.

    Measures get a name that the cluster has not used. The same form sent twice starts one.
    """
    Priority.objects.select_for_update(of=("self",)).get(pk=priority.pk)
    parts = {
        "aim_what": template.what,
        "aim_where": template.where,
        "aim_how_much": template.how_much,
        "aim_by_when": template.by_when,
    }
    key = own_nonce(nonce or uuid4(), "template", template.slug)
    begun = Project.objects.filter(nonce=own_nonce(key, by and by.pk, priority.pk)).first()
    if begun is not None:
        return begun
    project = add_project(
        by=by,
        priority=priority,
        title=template.title,
        aim=aim_sentence(**parts),
        why_now=template.why,
        nonce=key,
    )
    write_charter(
        by=by,
        project=project,
        version=1,
        **parts,
        change_ideas="\n".join(template.ideas),
        first_test=template.first_test,
        from_template=template.slug,
    )
    for counted in template.measures:
        _measure(by, project, counted)
    return project


def _measure(by: User | None, project: Project, counted: Counted) -> None:
    cluster = project.priority.plan.cluster
    measure_project(
        by=by,
        project=project,
        name=free_name(counted.name, {m.casefold() for m in cluster.measures.values_list("name", flat=True)}),
        kind=counted.kind,
        numerator=counted.numerator,
        denominator="" if counted.unit == Measure.Unit.COUNT else counted.denominator,
        source=counted.source,
        unit=counted.unit,
        direction=counted.direction,
        frequency=counted.frequency,
    )


def free_name(name: str, taken: set[str]) -> str:
    """ "Reviews done", or "Reviews done (2)" where the cluster has that one; names differ by more than case."""
    tried, number = name, 1
    while tried.casefold() in taken:
        number += 1
        tried = f"{name} ({number})"
    return tried


@transaction.atomic
def write_template(
    *, by: User, hscp: HSCP, nonce: UUID | None = None, at: datetime | None = None, **words: Any
) -> OwnTemplate:
    """A template for the clusters of an HSCP. The same form sent twice is one."""
    template, is_new = OwnTemplate.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by.pk, hscp.pk, *(words[name] for name in sorted(words))),
        defaults={**words, "hscp": hscp, "written_at": at or timezone.now(), "written_by": by},
    )
    if is_new:
        audit.record("template written", template, by=by, detail={"hscp": hscp.pk})
    return template


@transaction.atomic
def retire_template(*, by: User, template: OwnTemplate, at: datetime | None = None) -> OwnTemplate:
    """Offer it no more; projects begun from it go on. Doing it twice changes nothing."""
    now = OwnTemplate.objects.select_for_update().get(pk=template.pk)
    if now.retired_at is None:
        before = audit.snapshot(now)
        now.retired_at, now.retired_by = at or timezone.now(), by
        now.save(update_fields=["retired_at", "retired_by"])
        audit.record("template retired", now, by=by, before=before)
    return now
