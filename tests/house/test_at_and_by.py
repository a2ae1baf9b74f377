"""When and by whom go together: the database refuses one without the other (decision 5 of its layout)."""

import itertools
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q, Value

from accounts.models import User

# At without by stands for the command line or a rule that acted by itself; by without at stands for nothing.
ALSO_BY_NOBODY = {
    "accounts.Invitation.decided",
    "clusters.PracticeList.decided",
    "clusters.PracticeList.undone",
    "clusters.RoleAssignment.withdrawn",
    "meetings.Series.ended",
}
A_MOMENT = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


def people_fields():
    """Every field of ours that says by whom something was done."""
    for model in apps.get_models():
        if model._meta.app_label in settings.OWN_APPS:
            for field in model._meta.concrete_fields:
                if field.name.endswith("_by") and field.related_model is User:
                    yield model, field


def deeds():
    """Model and name of each deed that may be still to come, as "closed" of `closed_at` and `closed_by`."""
    at = {(m, f.name.removesuffix("_at")): f for m in {m for m, _ in people_fields()} for f in m._meta.concrete_fields}
    return [(m, f.name[:-3]) for m, f in people_fields() if (m, f.name[:-3]) in at and at[m, f.name[:-3]].null]


def named(pairs):
    return [f"{model._meta.label}.{deed}" for model, deed in pairs]


def some_values(field):
    """A few that stand for all that the field may hold."""
    if field.choices:
        return [value for value, _ in field.flatchoices]
    if isinstance(field, models.BooleanField):
        return [True, False]
    kept = {models.DateField: A_MOMENT.date(), models.DateTimeField: A_MOMENT}.get(type(field), 1)
    return [kept, None] if field.null else [kept]


def names_in(condition):
    for child in condition.children:
        yield from names_in(child) if isinstance(child, Q) else [child[0].partition("__")[0]]


def as_stored(model, name, value):
    """The value with its type, which databases ask for where it is NULL."""
    field = model._meta.get_field(name)
    return Value(value, output_field=getattr(field, "target_field", field))


def allows(model, deed, at, by):
    """Whether some row with these two may be stored, whatever its other fields hold."""
    pair = {f"{deed}_at": at, f"{deed}_by": by}
    checks = [c.condition for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    about = [condition for condition in checks if set(pair) & set(names_in(condition))]
    others = sorted({name for condition in about for name in names_in(condition)} - set(pair))
    for values in itertools.product(*(some_values(model._meta.get_field(name)) for name in others)):
        held = pair | dict(zip(others, values, strict=True))
        row = {name: as_stored(model, name, value) for name, value in held.items()}
        if all(condition.check(row) for condition in about):
            return True
    return False


def test_every_by_has_its_at():
    alone = {
        f"{model._meta.label}.{field.name}"
        for model, field in people_fields()
        if not any(f.name == f"{field.name[:-3]}_at" for f in model._meta.concrete_fields)
    }
    assert alone == set()


@pytest.mark.parametrize(("model", "deed"), deeds(), ids=named(deeds()))
def test_both_or_neither(db, model, deed):
    assert allows(model, deed, None, None)
    assert allows(model, deed, A_MOMENT, 1)
    assert not allows(model, deed, None, 1)
    assert allows(model, deed, A_MOMENT, None) == (f"{model._meta.label}.{deed}" in ALSO_BY_NOBODY)


def test_the_exceptions_are_about_deeds_that_there_are():
    assert set(named(deeds())) >= ALSO_BY_NOBODY


def test_a_pair_without_a_constraint_is_seen(db, monkeypatch):
    """Negative control."""
    area = apps.get_model("directory.SupportArea")
    left = [c for c in area._meta.constraints if c.name != "support_area_retired_at_and_by"]
    monkeypatch.setattr(area._meta, "constraints", left)
    assert allows(area, "retired", None, 1)
