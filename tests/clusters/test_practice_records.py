"""/practices/<code>/figures/ and /vacancies/: what a practice is like, kept by those who know it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from clusters.services.succession import recode_practice
from practices import rules
from practices.models import ListSize, Practice, PracticeProfile, StaffVacancy
from practices.selectors import lineage_of, record_of
from practices.services import add_vacancy, fill_vacancy, keep_profile


def path(name, world, *more):
    return reverse(f"clusters:{name}", args=[world.alder.code, *more])


def page_of(as_person, who, practice):
    return " ".join(as_person(who).get(reverse("reporting:practice", args=[practice.code])).content.decode().split())


def figures(world, **changes):
    facts = {"as_of": str(world.today), "gps": "1", "urban_rural": "6", "most_deprived": "23.5", "simd": "2020"}
    return facts | {"source": "Public Health Scotland"} | changes


def vacancy(world, **changes):
    facts = {"practice": world.alder, "group": "NURSE", "whole_time": Decimal("0.6"), "by": world.pam}
    return add_vacancy(**facts | {"since": world.today - timedelta(days=40)} | changes)


# --- Figures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["asha", "pam", "priya", "isla"])
def test_its_own_people_and_the_registry_keep_its_figures(world, as_person, who):
    person = getattr(world, who)
    assert as_person(person).post(path("practice_profile", world), figures(world)).status_code == 302
    assert PracticeProfile.objects.get(practice=world.alder).gps == 1
    assert AuditEvent.objects.get().by == person
    text = page_of(as_person, person, world.alder)
    for words in ("<dd>1</dd>", "Single-handed", "6 Remote rural area", "23.5 %", "SIMD 2020", "from Public Health"):
        assert words in text
    assert path("practice_profile", world) in text


@pytest.mark.parametrize("who", ["callum", "heather", "tom", "olive"])
def test_others_read_them_and_change_nothing(world, as_person, who):
    keep_profile(practice=world.alder, as_of=world.today, gps=4, by=world.pam)
    person = getattr(world, who)
    text = page_of(as_person, person, world.alder)
    assert "<dt>GPs</dt><dd>4</dd>" in text
    assert path("practice_profile", world) not in text
    for name in ("practice_profile", "vacancy_add"):
        assert as_person(person).get(path(name, world)).status_code == 403
        assert as_person(person).post(path(name, world), figures(world)).status_code == 403
    assert PracticeProfile.objects.count() == 1


def test_a_stranger_finds_nothing(world, as_person):
    nell = as_person(world.nell)
    kept = vacancy(world)
    for where in (
        path("practice_profile", world),
        path("vacancy_add", world),
        path("vacancy_fill", world, kept.pk),
    ):
        assert nell.get(where).status_code == 404


def test_a_later_day_adds_and_the_same_day_puts_right(world):
    before = world.today - timedelta(days=365)
    keep_profile(practice=world.alder, as_of=before, gps=5, by=None)
    keep_profile(practice=world.alder, as_of=world.today, gps=4, urban_rural="1", by=None)
    keep_profile(practice=world.alder, as_of=world.today, gps=3, by=None)
    record = record_of([world.alder], on=world.today)
    assert (record.profile.gps, record.profile.urban_rural) == (3, "")
    assert [profile.gps for profile in record.earlier] == [5]
    assert record_of([world.alder], on=before).profile.gps == 5
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["practice described", "practice described", "practice description put right"]


def test_the_form_holds_what_is_known(world, as_person):
    keep_profile(practice=world.alder, as_of=date(2026, 4, 1), gps=5, source="Own count", by=None)
    page = as_person(world.pam).get(path("practice_profile", world))
    assert (page.context["form"]["gps"].value(), page.context["form"]["source"].value()) == (5, "Own count")
    assert "The figures below are those of Wed 1 Apr 2026" in " ".join(page.content.decode().split())


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"as_of": "9999-01-01"}, "as_of", "Check the year"),
        ({"as_of": ""}, "as_of", "Say which day"),
        ({"gps": "-1"}, "gps", "from 0 on"),
        ({"gps": "", "urban_rural": "", "most_deprived": ""}, "gps", "Fill in at least one"),
        ({"most_deprived": "101"}, "most_deprived", "up to 100"),
        ({"most_deprived": "nan"}, "most_deprived", "Type a number"),
        ({"simd": ""}, "simd", "Say which edition"),
        ({"simd": "2019"}, "simd", "from the list"),
        ({"urban_rural": "7"}, "urban_rural", "from the list"),
        ({"source": "0101010007"}, "source", "patient"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(world, as_person, changes, field, words):
    page = as_person(world.pam).post(path("practice_profile", world), figures(world, **changes))
    assert words in str(page.context["form"].errors[field])
    assert not PracticeProfile.objects.exists()


@pytest.mark.parametrize("facts", [{"most_deprived": 101, "simd": 2020}, {"most_deprived": 5}])
def test_the_database_refuses_the_same(world, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeProfile.objects.create(practice=world.alder, as_of=world.today, **facts)


@pytest.mark.parametrize(
    ("gps", "patients", "words"),
    [
        (1, 2999, ["single-handed", "small list"]),
        (2, 3000, []),
        (None, 10_000, []),
        (0, 10_001, ["large list"]),
        (None, None, []),
    ],
)
def test_words_follow_from_figures(gps, patients, words):
    assert rules.size_words(gps=gps, patients=patients) == words


# --- Vacancies -------------------------------------------------------------------------------------


def test_a_vacancy_is_added_shown_and_filled(world, as_person):
    pam = as_person(world.pam)
    sent = {"group": "ANP", "whole_time": "0.50", "since": str(world.today - timedelta(days=30))}
    assert pam.post(path("vacancy_add", world), sent).status_code == 302
    kept = StaffVacancy.objects.get()
    text = page_of(as_person, world.callum, world.alder)
    assert "Advanced nurse practitioner: 0.5 whole-time equivalent, empty since" in text
    assert path("vacancy_fill", world, kept.pk) not in text
    fill = path("vacancy_fill", world, kept.pk)
    assert fill in page_of(as_person, world.pam, world.alder)
    assert pam.post(fill, {"filled_on": str(world.today)}).status_code == 302
    text = page_of(as_person, world.callum, world.alder)
    assert "No post is noted as empty." in text
    assert "Filled (1)" in text
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == ["vacancy added", "vacancy filled"]


def test_it_stays_empty_until_the_day_on_which_it_is_filled(world):
    kept = vacancy(world, filled_on=world.today + timedelta(days=7))
    assert record_of([world.alder], on=world.today).empty == (kept,)
    assert record_of([world.alder], on=world.today + timedelta(days=7)).filled == (kept,)
    assert record_of([world.alder], on=world.today - timedelta(days=41)).empty == ()


def test_a_vacancy_of_another_practice_is_not_there(world, as_person):
    kept = vacancy(world, practice=world.beech)
    assert as_person(world.pam).get(path("vacancy_fill", world, kept.pk)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"group": ""}, "group", "Choose a staff group"),
        ({"whole_time": "0"}, "whole_time", "how much of a post"),
        ({"whole_time": "51"}, "whole_time", "up to 50"),
        ({"since": "2099-01-01"}, "since", "Check the year"),
        ({"since": ""}, "since", "Say which day"),
        ({"filled_on": "2020-01-01"}, "filled_on", "Choose a later day"),
        ({"filled_on": "2090-01-01"}, "filled_on", "within the next year"),
    ],
)
def test_a_vacancy_that_cannot_be_is_refused(world, as_person, changes, field, words):
    sent = {"group": "GP", "whole_time": "1", "since": str(world.today), **changes}
    page = as_person(world.asha).post(path("vacancy_add", world), sent)
    assert words in str(page.context["form"].errors[field])
    assert not StaffVacancy.objects.exists()


def test_a_day_to_come_is_refused(world):
    tomorrow = world.today + timedelta(days=1)
    with pytest.raises(ValidationError, match="still to come"):
        vacancy(world, since=tomorrow)
    with pytest.raises(ValidationError, match="still to come"):
        keep_profile(practice=world.alder, as_of=tomorrow, gps=1, by=None)
    with pytest.raises(ValidationError, match="Choose a later day"):
        fill_vacancy(vacancy=vacancy(world), filled_on=world.today - timedelta(days=40), by=None)


# --- Under a new code, and closed ------------------------------------------------------------------


def test_the_record_goes_on_under_a_new_code(world, as_person):
    kept = vacancy(world)
    keep_profile(practice=world.alder, as_of=date(2026, 4, 1), gps=5, by=None)
    new = Practice.objects.create(code="91000", name="Alder Health Centre", hscp=world.strath)
    ListSize.objects.create(practice=new, counted_on=world.today, patients=5100)
    recode_practice(before=world.alder, after=new, on=world.today, reason="New code", by=world.priya)
    text = page_of(as_person, world.pam, new)
    assert "<dt>GPs</dt><dd>5</dd>" in text
    assert "5,100 on" in text
    fill = reverse("clusters:vacancy_fill", args=[new.code, kept.pk])
    assert fill in text
    assert as_person(world.pam).post(fill, {"filled_on": str(world.today)}).status_code == 302
    assert record_of(lineage_of(new).same, on=world.today).filled == (kept,)


def test_the_record_of_a_closed_practice_is_read_only(world, as_person):
    Practice.objects.filter(pk=world.alder.pk).update(closed_on=world.today)
    assert as_person(world.priya).get(path("practice_profile", world)).status_code == 403
    assert path("practice_profile", world) not in page_of(as_person, world.priya, world.alder)
