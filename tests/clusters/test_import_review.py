"""The review of a practice list: what is asked, what each answer does, and that what is shown is what is done."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from clusters.models import Cluster, Forum, Membership, PracticeList
from clusters.selectors.practice_lists import plan_for
from clusters.services import import_practice_file, rename_cluster
from clusters.services.ending import merge_clusters
from clusters.services.ending_checks import Ending
from practices.models import Practice, Succession
from tests.clusters.test_import_pages import apply_now, decide, fingerprint_on, text, upload
from tests.clusters.test_import_undo import everything, structure
from tests.practices.lists import as_file, cluster, practice, renamed, small, without

APRIL, OCTOBER, JANUARY = date(2024, 4, 1), date(2024, 10, 1), date(2025, 1, 1)
RECODE, MERGER, MISSING = "recode-10023-10095", "merger-10003-10014", "missing-10022"
CONFIRMED = {RECODE: "confirm", MERGER: "confirm", MISSING: "confirm"}
REFUSED = dict.fromkeys(CONFIRMED, "refuse")
GROUPS = [
    "Clusters with a new name",
    "Practices that move",
    "The same practice under a new code",
    "Probable mergers",
    "Missing without an explanation",
    "New practices",
    "Practices with a new name",
    "Practices with changed details",
    "New clusters",
    "List sizes",
]


@pytest.fixture
def loaded(world):
    apply_now(world, small(), APRIL)
    return world


@pytest.fixture
def priya(loaded, as_person):
    return as_person(loaded.priya)


@pytest.fixture
def review(priya):
    """The review of a quarter in which everything happens."""
    return upload(priya, everything(small()))


def waiting():
    return PracticeList.objects.get(state="PREVIEW")


def rename_of(name):
    return f"rename-{Cluster.objects.get(forum__name=name).pk}"


def sent(client, review, *, follow=True, **answers):
    """The answers, posted from the review."""
    return decide(client, "import_apply", review.context["list"], fingerprint=fingerprint_on(review), **answers)


def applied(client, review, **answers):
    done = sent(client, review, confirmed="yes", **answers)
    assert "is applied." in text(done)
    return done


def merged_alpha(world):
    """Alpha went into Beta Cluster on 1 September, and was called First before."""
    rename_cluster(
        cluster=Cluster.objects.get(forum__name="Alpha"), name="First", until=date(2024, 5, 1), by=world.priya
    )
    rename_cluster(
        cluster=Cluster.objects.get(forum__name="First"), name="Alpha", until=date(2024, 6, 1), by=world.priya
    )
    alpha, beta = (Cluster.objects.get(forum__name=name) for name in ("Alpha", "Beta Cluster"))
    merge_clusters(
        clusters=[alpha],
        into=beta,
        ending=Ending(date(2024, 9, 1), "Too small alone"),
        roles_go_on=False,
        seen=frozenset({"10001", "10002", "10003", "10004"}),
        by=world.priya,
    )


@pytest.mark.parametrize("name", ["Alpha", "First"])
def test_a_list_that_still_names_a_merged_cluster_says_where_its_practices_count(loaded, priya, name):
    merged_alpha(loaded)
    shown = text(upload(priya, [*renamed(small(), "Alpha", name), practice(10099, "Gamma/Delta", "S37000032")]))
    assert "Merged clusters that the list still names" in shown
    assert f"{name} merged into" in shown
    assert "4 practices that the list puts there count to Beta Cluster." in shown
    assert 'id="new_clusters"' not in shown
    assert 'id="moves"' not in shown
    plan = plan_for(waiting())
    assert not plan.new_clusters
    assert not plan.moves


def test_groups_come_in_their_order_and_counts_lead_to_them(review):
    shown = text(review)
    places = [shown.index(f">{title}</h3>") for title in GROUPS]
    assert places == sorted(places)
    for anchor in ("renames", "moves", "recodes", "mergers", "unexplained", "added", "renamed", "changed", "sizes"):
        assert f'<a href="#{anchor}">' in shown
        assert f'<h3 id="{anchor}">' in shown
    assert review.context["shown"].report["groups"] == {
        "clusters_renamed": 1,
        "practices_moved": 2,
        "practices_recoded": 1,
        "practices_merged": 1,
        "practices_unexplained": 1,
        "practices_new": 1,
        "practices_renamed": 1,
        "practices_changed": 1,
        "clusters_new": 1,
        "list_sizes": 24,
    }


def test_a_new_code_that_a_suggestion_explains_is_no_new_practice(review):
    added = [row["code"] for row in review.context["shown"].details["added"]]
    assert added == ["10099"]


def test_renames_and_moves_are_assumed_and_the_rest_must_be_answered(priya, review):
    before = structure()
    again = sent(priya, review)
    form = again.context["form"]
    assert set(form.errors) == {RECODE, MERGER, MISSING}
    assert "What became of 10022 Practice 10022? Choose an answer." in text(again)
    assert "<title>Error: " in text(again)
    assert structure() == before


def test_an_error_keeps_every_answer(priya, review):
    again = sent(priya, review, **{"move-10012": "refuse", RECODE: "refuse", MERGER: "confirm"})
    form = again.context["form"]
    assert set(form.errors) == {MISSING}
    kept = {key: form[key].value() for key in ("move-10012", "move-10031", RECODE, MERGER)}
    assert kept == {"move-10012": "refuse", "move-10031": "confirm", RECODE: "refuse", MERGER: "confirm"}


@pytest.mark.parametrize("answer", ["", "maybe", "\x00", "²", "x" * 5000])
def test_an_answer_that_is_none_is_refused(priya, review, answer):
    again = sent(priya, review, **CONFIRMED | {MISSING: answer})
    assert set(again.context["form"].errors) == {MISSING}


def test_answers_are_shown_before_they_are_carried_out(priya, review):
    before = structure()
    check = sent(priya, review, **CONFIRMED, **{"move-10012": "refuse"})
    assert "Check what will be done" in text(check)
    assert check.context["shown"].report["decisions"]["refused"] == ["move-10012"]
    assert "it stays in Beta Cluster, and the next list asks again" in text(check)
    assert structure() == before
    back = sent(priya, review, change="yes", **CONFIRMED, **{"move-10012": "refuse"})
    assert back.context["form"]["move-10012"].value() == "refuse"
    assert not back.context["form"].errors


def test_what_is_shown_is_what_is_done(priya, review):
    answers = {**CONFIRMED, "move-10012": "refuse", rename_of("Alpha"): "refuse"}
    check = sent(priya, review, **answers)
    applied(priya, review, **answers)
    outcome = PracticeList.objects.latest("decided_at").outcome
    assert outcome["details"] == check.context["shown"].details
    assert outcome["report"] == {**check.context["shown"].report, "dry_run": False}


def test_answers_that_change_nothing_shown_apply_at_once(priya):
    review = upload(priya, renamed(small(), "Alpha", "Omega"))
    assert "Apply as the list of Tue 1 Oct 2024" in text(review)
    assert "is applied." in text(sent(priya, review))
    assert Forum.objects.filter(name="Omega", slug="omega").exists()


def test_confirmed_suggestions_are_carried_out(priya, review, loaded):
    applied(priya, review, **CONFIRMED)
    recoded, merged, closed = (Practice.objects.get(code=code) for code in ("10023", "10003", "10022"))
    assert [p.closed_on for p in (recoded, merged, closed)] == [OCTOBER] * 3
    assert (recoded.answered_by.code, merged.answered_by.code, closed.answered_by) == ("10095", "10014", None)
    assert {(s.before.code, s.after.code, s.kind, s.on) for s in Succession.objects.all()} == {
        ("10023", "10095", "RECODED", OCTOBER),
        ("10003", "10014", "MERGED", OCTOBER),
    }
    ended = Membership.objects.filter(practice__in=[recoded, merged, closed])
    assert {row.ends_on for row in ended} == {OCTOBER}
    assert not Practice.objects.filter(missing_since=OCTOBER).exists()
    for verb in ("practice recoded", "practice merged", "practice closed"):
        assert AuditEvent.objects.filter(verb=verb, by=loaded.priya).exists()


def test_refused_suggestions_leave_the_practice_flagged_or_in_place(priya, review):
    applied(priya, review, **REFUSED)
    assert not Succession.objects.exists()
    assert not Practice.objects.filter(closed_on__isnull=False).exists()
    flagged = Practice.objects.filter(missing_since=OCTOBER).values_list("code", flat=True)
    assert set(flagged) == {"10023", "10003"}  # 10022 is still there, so nobody asks
    assert Membership.objects.filter(practice__code="10023", ends_on=None).exists()


def test_what_is_left_for_later_is_flagged(priya, review):
    applied(priya, review, **REFUSED | {MISSING: "later"})
    assert Practice.objects.get(code="10022").missing_since == OCTOBER


def test_a_refused_move_stays_and_is_asked_again(priya, review, loaded):
    applied(priya, review, **REFUSED, **{"move-10012": "refuse"})
    assert Membership.objects.get(practice__code="10012", ends_on=None).cluster.forum.name == "Beta Cluster"
    shown = PracticeList.objects.latest("decided_at").outcome["details"]
    assert [row["code"] for row in shown["kept"]] == ["10012"]
    again = upload(priya, everything(small()), name="jan2025.csv")
    assert [row["code"] for row in again.context["shown"].details["moves"]] == ["10012"]


def test_a_refused_rename_makes_a_new_cluster_and_leaves_the_old_one_empty(priya, review):
    answers = {**REFUSED, MERGER: "confirm", rename_of("Alpha"): "refuse"}
    check = sent(priya, review, **answers)
    details = check.context["shown"].details
    assert (details["renames"], [row["name"] for row in details["emptied"]]) == ([], ["Alpha"])
    assert {row["name"] for row in details["new_clusters"]} == {"Omega", "Quite new"}
    applied(priya, review, **answers)
    old, new = Cluster.objects.get(forum__name="Alpha"), Cluster.objects.get(forum__name="Omega")
    assert new.starts_on == OCTOBER
    assert set(new.memberships.filter(ends_on=None).values_list("practice__code", flat=True)) == {
        "10001",
        "10002",
        "10004",
        "10012",
        "10031",
    }
    assert not old.memberships.filter(ends_on=None).exists()


def test_a_refused_spelling_keeps_the_old_one(priya):
    review = upload(priya, renamed(small(), "Alpha", "ALPHA"))
    applied(priya, review, **{rename_of("Alpha"): "refuse"})
    assert Forum.objects.filter(name="Alpha").exists()
    assert not Forum.objects.filter(name="ALPHA").exists()


def test_a_new_cluster_that_nobody_joins_is_not_made(priya):
    rows = [{**row, "GPCluster": "Nowhere"} if row["PracticeCode"] == "10012" else row for row in small()]
    review = upload(priya, rows)
    applied(priya, review, **{"move-10012": "refuse"})
    assert not Forum.objects.filter(name="Nowhere").exists()


def test_the_same_file_again_keeps_its_answers_and_changes_nothing(priya, review):
    applied(priya, review, **REFUSED | {MISSING: "later"}, **{"move-10012": "refuse"})
    before, lists = structure(), PracticeList.objects.count()
    again = upload(priya, everything(small()))
    assert "This list changes nothing (0 changes)" in text(again)
    assert "The practice list of 1 October 2024 was applied by Priya Nair" in text(again)
    assert (structure(), PracticeList.objects.count()) == (before, lists)


def test_what_the_registry_says_against_an_answer_stands_beside_its_box(priya, review, loaded):
    Membership.objects.filter(practice__code="10022").update(starts_on=OCTOBER)
    review = priya.get(reverse("clusters:import_preview", args=[waiting().pk]))
    before = structure()
    again = sent(priya, review, confirmed="yes", **CONFIRMED)
    assert "joined a cluster" in again.context["form"].errors[MISSING][0]
    assert again.context["form"][RECODE].value() == "confirm"
    assert structure() == before
    assert waiting().state == "PREVIEW"


def test_a_preview_that_is_out_of_date_comes_again_with_the_answers(priya, review):
    Practice.objects.filter(code="10002").update(phone="01632 960 777")
    again = sent(priya, review, confirmed="yes", **CONFIRMED, **{"move-10012": "refuse"})
    assert "Nothing was applied: look at it again. Your answers are kept." in text(again)
    form = again.context["form"]
    assert (form["move-10012"].value(), form[RECODE].value(), form[MISSING].value()) == ("refuse", "confirm", "confirm")
    assert not form.errors
    applied(priya, again, **CONFIRMED, **{"move-10012": "refuse"})


def test_hundreds_of_moves_fold_and_are_not_all_asked(priya, loaded, monkeypatch):
    monkeypatch.setattr("clusters.forms.practice_list_review.MOST_ASKED", 5)
    rows = [*small(), *cluster("Many", 20001, 30), *cluster("More", 30001, 30)]
    apply_now(loaded, rows, OCTOBER)
    now = [practice(20001 + n, "More", size=5000 + 10 * n) for n in range(29)]
    review = upload(
        priya, [*small(), *now, practice(20030, "Many", size=5290), *cluster("More", 30001, 30)], name="jan2025.csv"
    )
    assert review.context["shown"].report["groups"]["practices_moved"] == 29
    assert len(review.context["form"].fields) == 5
    assert '<details class="portal-fold"><summary>29 practices</summary>' in text(review)
    assert "is applied." in text(sent(priya, review))
    assert Membership.objects.filter(ends_on=None, cluster__forum__name="More").count() == 59


def test_readers_see_the_review_without_boxes(priya, review, loaded, as_person):
    path = reverse("clusters:import_preview", args=[waiting().pk])
    for who in (loaded.olive, loaded.isla):
        seen = as_person(who).get(path)
        assert "Probable mergers" in text(seen)
        assert 'type="radio"' not in text(seen)
        assert as_person(who).post(reverse("clusters:import_apply", args=[waiting().pk])).status_code == 403
        assert as_person(who).get(reverse("clusters:import_undo", args=[waiting().pk])).status_code == 403
    assert 'type="radio"' in text(review)
    assert as_person(loaded.nell).get(path).status_code == 404


def test_undo_by_page(priya, review, loaded, as_person):
    before = structure()
    applied(priya, review, **CONFIRMED)
    brought = PracticeList.objects.latest("decided_at")
    path = reverse("clusters:import_undo", args=[brought.pk])
    assert f'href="{path}"' in text(priya.get(reverse("clusters:import_preview", args=[brought.pk])))
    asked = text(priya.get(path))
    assert "Undo the practice list of 1 October 2024?" in asked
    assert "Links between practices" in asked
    assert structure() != before
    done = text(priya.post(path, follow=True))
    assert "The practice list of 1 October 2024 is undone: the registry is as it was before." in done
    assert structure() == before
    assert "undone by Priya Nair" in text(priya.get(reverse("clusters:import_preview", args=[brought.pk])))
    assert "Undone on" in text(priya.get(reverse("clusters:import_list")))
    assert "was undone by Priya Nair on" in text(priya.post(path, follow=True))
    again = upload(priya, everything(small()))
    applied(priya, again, **CONFIRMED)


def test_undo_by_page_says_what_stands_in_the_way(priya, review):
    applied(priya, review, **CONFIRMED)
    brought = PracticeList.objects.latest("decided_at")
    Practice.objects.filter(code="10013").update(phone="01632 960 777")
    path = reverse("clusters:import_undo", args=[brought.pk])
    asked = text(priya.get(path))
    assert "It cannot be undone now" in asked
    assert "Thirteen (10013) has changed since: phone." in asked
    assert "Nothing was undone. Thirteen (10013)" in text(priya.post(path))
    brought.refresh_from_db()
    assert brought.state == "APPLIED"


def test_only_the_last_list_offers_to_be_undone(priya, review, loaded):
    april = PracticeList.objects.get(as_of=APRIL)
    link = "Undo this import"
    assert link in text(priya.get(reverse("clusters:import_preview", args=[april.pk])))
    applied(priya, review, **CONFIRMED)
    assert link not in text(priya.get(reverse("clusters:import_preview", args=[april.pk])))
    assert "Only the list that was applied last" in text(priya.get(reverse("clusters:import_undo", args=[april.pk])))


def test_a_command_that_says_nothing_leaves_suggestions_for_later(loaded):
    plan = import_practice_file(data=as_file(without(small(), 10022)), file_name="x.csv", as_of=OCTOBER)
    assert [c.gone.code for c in plan.suggestions.closures]
    assert plan.closures == ()


def test_the_fingerprint_is_that_of_the_page_whatever_is_answered(priya, review):
    assert plan_for(waiting()).fingerprint == fingerprint_on(review)
