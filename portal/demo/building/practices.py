"""What became of practices, and what they are like. Only of invented ones: of a real one nothing is made up."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.models import User
from accounts.roles import Role
from accounts.services import add_person
from clusters.services import assign_role
from clusters.services.succession import merge_practices, recode_practice, split_practice
from portal.demo import places
from portal.demo.building.people import address_of
from portal.demo.building.places import code_of, list_days
from portal.demo.parts import Former
from portal.demo.practices import FIGURES, SOURCE, VACANCIES
from portal.demo.stage import Stage
from practices.models import Practice
from practices.services import add_vacancy, fill_vacancy, keep_profile
from shared.dates import months_before


def tell_what_became(stage: Stage, by: User) -> None:
    """One practice under a new code, one that merged, one that was split; before that, who worked there."""
    for former in places.FORMERS if _is_invented(stage) else ():
        practice = _practice(stage, former.place.key)
        if former.kind == "RECODED":
            lead = stage.quality_lead(stage.practice[former.into[0]], stage.now)
            if lead:
                assign_role(person=lead, role=Role.PQL, at=practice, starts_on=stage.since, by=by)
        for role, name in former.people:
            person = add_person(email=address_of(name), full_name=name, by=by)
            assign_role(person=person, role=Role(role), at=practice, starts_on=stage.since, by=by)
        _went_on(stage, former, practice, by)


def describe_practices(stage: Stage, by: User) -> None:
    """Figures and vacancies, kept by the practice's own people where the portal knows one."""
    if not _is_invented(stage):
        return
    for key, months, gps, urban_rural, share, simd in FIGURES:
        practice, as_of = _practice(stage, key), months_before(stage.now, months)
        keep_profile(
            practice=practice,
            as_of=as_of,
            gps=gps,
            urban_rural=urban_rural,
            most_deprived=None if share is None else Decimal(share),
            simd=simd,
            source=SOURCE,
            by=stage.quality_lead(practice, stage.now) or by,
        )
    for key, group, whole_time, since, filled in VACANCIES:
        practice, part = _practice(stage, key), Decimal(whole_time)
        keeper = stage.quality_lead(practice, stage.now) or by
        empty = add_vacancy(practice=practice, group=group, whole_time=part, since=_ago(stage, since), by=keeper)
        if filled:
            fill_vacancy(vacancy=empty, filled_on=_ago(stage, filled), by=keeper)


def _is_invented(stage: Stage) -> bool:
    return stage.practice["alder"].code == code_of("alder")


def _practice(stage: Stage, key: str) -> Practice:
    return stage.practice.get(key) or Practice.objects.get(code=code_of(key))


def _ago(stage: Stage, days: int) -> date:
    return stage.now - timedelta(days=days)


def _went_on(stage: Stage, former: Former, practice: Practice, by: User) -> None:
    on, after = list_days()[-former.since], [stage.practice[key] for key in former.into]
    if former.kind == "RECODED":
        recode_practice(before=practice, after=after[0], on=on, reason=former.reason, by=by)
    elif former.kind == "MERGED":
        merge_practices(gone=[practice], into=after[0], on=on, reason=former.reason, by=by)
    else:
        split_practice(before=practice, into=after, on=on, reason=former.reason, by=by)
