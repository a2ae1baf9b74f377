"""Which cluster is which, what counts as a rename, and what may have become of practices: without a database."""

from dataclasses import replace
from datetime import date

import pytest

from clusters.analysis.practice_list import KnownCluster, KnownPractice, Plan, Registry, plan_of, report_of
from clusters.analysis.practice_list.registry import DETAILS
from clusters.analysis.practice_list.slugs import Slugs, slug_of
from practices.parsing import read_practice_file
from practices.selectors import known_codes
from tests.practices.lists import (
    FALKIRK,
    FIFE,
    PERTH,
    SHETLAND,
    STIRLING,
    as_file,
    changed,
    cluster,
    practice,
    renamed,
    small,
    without,
)

APRIL, OCTOBER = date(2024, 4, 1), date(2024, 10, 1)
NOTHING = Registry({}, {})


def parsed(rows):
    return read_practice_file(as_file(rows), codes=known_codes())


def after(rows, as_of=APRIL) -> Registry:
    """The registry as it is once a first list is applied."""
    file = parsed(rows)
    plan = plan_of(file, NOTHING, as_of=as_of)
    clusters = {
        n: KnownCluster(n, new.ref.name, new.ref.slug, new.lead_hscp) for n, new in enumerate(plan.new_clusters, 1)
    }
    by_slug = {known.slug: known.pk for known in clusters.values()}
    joined = {c.code: by_slug[c.after.slug] for c in plan.membership_changes if c.after}
    practices = {
        row.code: KnownPractice(
            pk=n,
            code=row.code,
            hscp=row.hscp,
            details={name: getattr(row, name) for name in DETAILS},
            cluster=joined.get(row.code),
            cluster_then=joined.get(row.code),
            membership=100 + n if row.code in joined else None,
            member_since=as_of if row.code in joined else None,
            settled_on=as_of if row.code in joined else None,
            sizes=((as_of, row.patients),) if row.patients is not None else (),
        )
        for n, row in enumerate(file.rows, 1)
    }
    return Registry(practices, clusters, frozenset(by_slug))


def next_plan(before, now, as_of=OCTOBER) -> Plan:
    return plan_of(parsed(now), after(before), as_of=as_of)


def names(plan):
    return {(r.before, r.after) for r in plan.renames}


def moves(plan):
    return {(m["practice"], m["from"], m["to"]) for m in report_of(plan, is_dry_run=True)["moves"]}


def test_a_first_list_brings_everything():
    plan = plan_of(parsed(small()), NOTHING, as_of=APRIL)
    assert len(plan.new_practices) == 13
    assert [c.ref.slug for c in plan.new_clusters] == ["alpha", "beta-cluster", "gamma-delta"]
    assert len(plan.membership_changes) == 12
    assert plan.moves == ()
    assert plan.suggestions.closures == ()


def test_the_same_list_again_changes_nothing():
    plan = next_plan(small(), small(), as_of=APRIL)
    assert plan.is_empty
    assert plan.clusters_unchanged == 3
    assert plan.sizes_unchanged == 13


def test_spaces_in_a_name_make_no_other_cluster():
    assert next_plan(small(), renamed(small(), "Gamma/Delta", "Gamma/Delta  "), as_of=APRIL).is_empty
    mixed = changed(renamed(small(), "Alpha", "S - Pink"), 10002, GPCluster="s  -  pink")
    assert len(plan_of(parsed(mixed), NOTHING, as_of=APRIL).new_clusters) == 3


def test_a_whole_cluster_under_a_new_name_is_a_rename():
    plan = next_plan(small(), renamed(small(), "Alpha", "Omega"))
    assert names(plan) == {("Alpha", "Omega")}
    assert (plan.new_clusters, plan.membership_changes, plan.emptied) == ((), (), ())
    assert plan.renames[0].slug == "omega"


def test_capitals_alone_keep_the_path():
    (rename,) = next_plan(small(), renamed(small(), "Gamma/Delta", "GAMMA/Delta")).renames
    assert rename.slug == rename.slug_before == "gamma-delta"


def test_every_cluster_of_an_hscp_renamed_at_once():
    before = [row for n in range(6) for row in cluster(f"Old {n}", 20000 + 10 * n, 5)]
    now = [row for n in range(6) for row in cluster(f"New {n}", 20000 + 10 * n, 5)]
    plan = next_plan(before, now)
    assert names(plan) == {(f"Old {n}", f"New {n}") for n in range(6)}
    assert not plan.membership_changes


@pytest.mark.parametrize("ring", [False, True])
def test_clusters_that_pass_their_names_on(ring):
    now = renamed(renamed(small(), "Beta Cluster", "??"), "Alpha", "Beta Cluster")
    now = renamed(now, "??", "Alpha" if ring else "Omega")
    plan = next_plan(small(), now)
    assert names(plan) == {("Alpha", "Beta Cluster"), ("Beta Cluster", "Alpha" if ring else "Omega")}
    assert not plan.membership_changes
    assert len({r.slug for r in plan.renames}) == 2


def test_two_practices_that_change_places_are_moves():
    before = [practice(10001, "One"), practice(10002, "Two")]
    now = [practice(10001, "Two"), practice(10002, "One")]
    plan = next_plan(before, now)
    assert moves(plan) == {("10001", "One", "Two"), ("10002", "Two", "One")}
    assert not plan.renames


def test_a_rename_survives_a_move_a_loss_and_a_gain_in_the_same_cluster():
    now = renamed(without(small(), 10002), "Alpha", "Omega")
    now = changed(changed(now, 10001, GPCluster="Beta Cluster"), 10011, GPCluster="Omega")
    now.append(practice(10005, "Omega"))
    plan = next_plan(small(), now)
    assert names(plan) == {("Alpha", "Omega")}
    assert moves(plan) == {("10001", "Alpha", "Beta Cluster"), ("10011", "Beta Cluster", "Omega")}
    assert [new.code for new in plan.new_practices] == ["10005"]
    assert [missing.code for missing in plan.missing] == ["10002"]
    assert not plan.new_clusters


def test_a_rename_survives_when_half_leave_for_an_old_cluster():
    before = [practice(10001, "Pair"), practice(10002, "Pair"), *cluster("Other", 10011, 3)]
    now = [practice(10001, "Twin"), practice(10002, "Other"), *cluster("Other", 10011, 3)]
    assert names(next_plan(before, now)) == {("Pair", "Twin")}


def test_a_rename_with_one_practice_gone_nowhere():
    now = changed(renamed(small(), "Alpha", "Omega"), 10001, GPCluster="Forth Valley Undefined")
    plan = next_plan(small(), now)
    assert names(plan) == {("Alpha", "Omega")}
    assert moves(plan) == {("10001", "Alpha", None)}


def test_an_even_split_is_two_new_clusters():
    now = changed(renamed(small(), "Alpha", "North"), 10003, 10004, GPCluster="South")
    plan = next_plan(small(), now)
    assert not plan.renames
    assert {c.ref.name for c in plan.new_clusters} == {"North", "South"}
    assert [ref.name for ref in plan.emptied] == ["Alpha"]


def test_two_clusters_that_merge_evenly_are_a_new_one():
    plan = next_plan(small(), renamed(renamed(small(), "Alpha", "Both"), "Beta Cluster", "Both"))
    assert not plan.renames
    assert len(plan.moves) == 8
    assert {ref.name for ref in plan.emptied} == {"Alpha", "Beta Cluster"}


def test_a_move_into_an_old_cluster_is_no_rename():
    plan = next_plan(small(), renamed(small(), "Alpha", "Beta Cluster"))
    assert not plan.renames
    assert len(plan.moves) == 4
    assert [ref.name for ref in plan.emptied] == ["Alpha"]


def test_a_cluster_may_cross_hscps_and_neighbouring_boards():
    rows = [*cluster("Kinross", 10001, 3, PERTH), practice(10009, "Kinross", FIFE)]
    (new,) = plan_of(parsed(rows), NOTHING, as_of=APRIL).new_clusters
    assert (new.lead_hscp, new.practices, new.hscps) == (PERTH, 4, (FIFE, PERTH))


def test_of_equals_the_hscp_with_most_patients_leads():
    rows = [practice(10001, "Even", FALKIRK, 3000), practice(10002, "Even", STIRLING, 9000)]
    assert plan_of(parsed(rows), NOTHING, as_of=APRIL).new_clusters[0].lead_hscp == STIRLING


def test_one_name_in_boards_that_lie_apart_is_two_clusters():
    rows = [*cluster("Central", 10001, 3, FALKIRK), *cluster("Central", 10011, 3, SHETLAND)]
    plan = plan_of(parsed(rows), NOTHING, as_of=APRIL)
    assert [c.ref.slug for c in plan.new_clusters] == ["central", "central-2"]
    assert next_plan(rows, rows, as_of=APRIL).is_empty


def test_namesakes_of_the_registry_keep_their_own_practices():
    rows = [*cluster("North", 10001, 3, FALKIRK), *cluster("South", 10011, 3, STIRLING)]
    registry = after(rows)
    twins = {pk: KnownCluster(pk, "Central", known.slug, known.lead_hscp) for pk, known in registry.clusters.items()}
    registry = Registry(registry.practices, twins, registry.slugs)
    now = [*renamed(renamed(rows, "North", "Central"), "South", "Central"), practice(10021, "Central", STIRLING)]
    plan = plan_of(parsed(now), registry, as_of=OCTOBER)
    assert not plan.new_clusters
    assert not plan.moves
    (joined,) = plan.membership_changes
    assert joined.after.pk == next(pk for pk, known in twins.items() if known.lead_hscp == STIRLING)


def test_a_list_without_clusters_leaves_memberships_alone():
    rows = [{key: value for key, value in row.items() if key != "GPCluster"} for row in small()]
    file = read_practice_file(as_file(rows, header=list(rows[0])), codes=known_codes())
    plan = plan_of(file, after(small()), as_of=OCTOBER)
    assert (plan.membership_changes, plan.new_clusters, plan.emptied) == ((), (), ())
    assert len(plan.sizes) == 13


@pytest.mark.parametrize(
    "moved",
    [{"settled_on": date(2024, 11, 1)}, {"settled_on": OCTOBER, "cluster_then": 2, "moved_by_hand": True}],
    ids=["later", "on the day of the list"],
)
def test_a_move_by_hand_stays(moved):
    registry = after(small())
    by_hand = {**registry.practices["10001"].__dict__, "cluster": 2, **moved}
    registry = Registry({**registry.practices, "10001": KnownPractice(**by_hand)}, registry.clusters, registry.slugs)
    plan = plan_of(parsed(changed(small(), 10001, GPCluster="Gamma/Delta")), registry, as_of=OCTOBER)
    assert not plan.moves
    assert "a person moved it" in plan.kept[0].reason


def test_a_closed_practice_stays_closed():
    registry = after(small())
    closed = KnownPractice(**{**registry.practices["10001"].__dict__, "is_closed": True})
    registry = Registry({**registry.practices, "10001": closed}, registry.clusters, registry.slugs)
    assert plan_of(parsed(small()), registry, as_of=OCTOBER).kept[0].code == "10001"
    assert plan_of(parsed(without(small(), 10001)), registry, as_of=OCTOBER).missing == ()


def test_changed_facts_come_with_before_and_after():
    now = changed(small(), 10001, TelephoneNumber="01632 960 999", HSCP=STIRLING)
    (change,) = next_plan(small(), now).practice_changes
    assert set(change.changes) == {("phone", "01632 960 001", "01632 960 999"), ("hscp", FALKIRK, STIRLING)}


def test_a_corrected_copy_of_the_same_list_puts_right_in_place():
    plan = next_plan(small(), changed(small(), 10001, GPCluster="Beta Cluster", PracticeListSize="5001"), as_of=APRIL)
    (move,) = plan.moves
    assert move.is_correction
    assert plan.updated == {"10001"}


# --- Suggestions -----------------------------------------------------------------------------------


def suggested(before, now):
    return report_of(next_plan(before, now), is_dry_run=True)["suggestions"]


def test_a_new_code_for_the_same_practice():
    found = suggested(small(), [*without(small(), 10001), practice(10099, "Alpha", size=5100)])
    assert [(r["from"], r["to"]) for r in found["recodes"]] == [("10001", "10099")]
    assert (found["mergers"], found["closures"]) == ([], [])


def test_no_recode_across_hscps_or_sizes():
    other_hscp = [*without(small(), 10001), practice(10099, "Beta Cluster", STIRLING, size=5000)]
    other_size = [*without(small(), 10001), practice(10099, "Alpha", size=5300)]
    for now in (other_hscp, other_size):
        found = suggested(small(), now)
        assert found["recodes"] == []
        assert [c["practice"] for c in found["closures"]] == ["10001"]


def test_two_codes_into_one_that_stays_even_across_hscps():
    found = suggested(small(), changed(without(small(), 10001, 10011), 10012, PracticeListSize="15000"))
    (merger,) = found["mergers"]
    assert (merger["from"], merger["to"]) == (["10001", "10011"], "10012")
    assert found["closures"] == []


def test_two_codes_into_a_new_one():
    found = suggested(small(), [*without(small(), 10001, 10002), practice(10099, "Alpha", size=10_050)])
    assert [(m["from"], m["to"]) for m in found["mergers"]] == [(["10001", "10002"], "10099")]


def test_a_shared_out_list_is_a_closure():
    now = changed(without(small(), 10001), 10002, 10003, 10004, PracticeListSize="6700")
    found = suggested(small(), now)
    assert (found["recodes"], found["mergers"]) == ([], [])
    assert [c["practice"] for c in found["closures"]] == ["10001"]


def test_suggestions_are_not_applied():
    plan = next_plan(small(), [*without(small(), 10001), practice(10099, "Alpha", size=5100)])
    assert [m.code for m in plan.missing] == ["10001"]
    assert not plan.moves


# --- A cluster that merged into another --------------------------------------------------------------


def merged(rows, gone, into):
    """The registry as it is once `gone` went into `into`."""
    known = after(renamed(rows, gone, into))
    clusters = {pk: replace(c, took_over=(gone,)) if c.name == into else c for pk, c in known.clusters.items()}
    return replace(known, clusters=clusters)


def same_clusters(plan):
    return not (plan.new_clusters or plan.renames or plan.membership_changes)


def plan_after(registry, now):
    return plan_of(parsed(now), registry, as_of=OCTOBER)


def test_a_list_that_still_names_a_merged_cluster_counts_to_the_one_it_went_into():
    plan = plan_after(merged(small(), "Alpha", "Beta Cluster"), small())
    assert same_clusters(plan)
    assert [(one.name, one.into.name, one.practices) for one in plan.still_named] == [("Alpha", "Beta Cluster", 4)]


def test_who_joins_under_the_old_name_joins_that_one():
    now = [*changed(small(), 10021, GPCluster="ALPHA"), practice(10099, "Alpha")]
    plan = plan_after(merged(small(), "Alpha", "Beta Cluster"), now)
    assert not plan.new_clusters
    assert not plan.renames
    assert moves(plan) == {("10021", "Gamma/Delta", "Beta Cluster")}
    assert {c.after.name for c in plan.membership_changes if c.is_new_practice} == {"Beta Cluster"}


def test_a_list_that_caught_up_says_nothing_of_it():
    plan = plan_after(merged(small(), "Alpha", "Beta Cluster"), renamed(small(), "Alpha", "Beta Cluster"))
    assert same_clusters(plan)
    assert not plan.still_named


def test_an_open_cluster_of_that_name_comes_first_and_one_far_away_is_new():
    """Negative controls."""
    rows = [*small(), *cluster("Old", 10041, 4, STIRLING)]
    plan = plan_after(merged(rows, "Old", "Beta Cluster"), small())
    assert not plan.still_named
    registry = merged(small(), "Alpha", "Beta Cluster")
    again = {**registry.clusters, 99: KnownCluster(99, "Alpha", "alpha-2", FALKIRK)}
    plan = plan_after(replace(registry, clusters=again), small())
    assert {move[2] for move in moves(plan)} == {"Alpha"}
    plan = plan_after(registry, [*small(), *cluster("Alpha", 10051, 2, SHETLAND)])
    assert [(new.ref.name, new.lead_hscp) for new in plan.new_clusters] == [("Alpha", SHETLAND)]


# --- Slugs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bo'ness, Grangemouth", "boness-grangemouth"),
        ("NHSH (North) Skye & Lochalsh", "nhsh-north-skye-lochalsh"),
        ("Àird an Rùnair", "aird-an-runair"),
        ("!!!", "cluster"),
    ],
)
def test_slugs_are_readable(name, slug):
    assert slug_of(name) == slug


def test_slugs_are_never_given_twice():
    slugs = Slugs(frozenset({"rowan"}))
    assert [slugs.give("Rowan"), slugs.give("ROWAN"), slugs.give("Birch")] == ["rowan-2", "rowan-3", "birch"]
