"""What every form of the portal does with numbers and with kept words."""

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from office.forms import typed_fields
from shared.fields import PatientNumber, WordsFormField, refuse_patient_numbers, texts_in
from shared.forms import PortalForm, as_posted
from shared.templatetags.portal import stop
from tests.shared.test_chi import number, wrong


class Note(PortalForm):
    text = WordsFormField(required=False)
    name = forms.CharField(required=False)
    count = forms.IntegerField(required=False)
    pick = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    paper = forms.FileField(required=False)


def test_every_box_refuses_a_number_and_says_where():
    form = Note({"text": f"First line\nPatient {number()}", "name": number(), "count": number()})
    assert not form.is_valid()
    assert form.errors["text"] == [
        f"Line 2 holds “{number()}”, which is a patient’s CHI number. "
        "Take it out: the portal never keeps patient numbers."
    ]
    assert set(form.errors) == {"text", "name", "count"}


def test_the_name_of_a_file_is_read_too():
    form = Note({}, {"paper": SimpleUploadedFile(f"{number()[:6]}_{number()[6:]}_referral.pdf", b"x")})
    assert "paper" in form.errors


def test_a_doubtful_number_asks_with_a_tick_that_appears_only_then():
    plain = Note({"text": "nothing"})
    assert plain.is_valid()
    assert Note.QUESTION not in plain.fields
    assert Note({"text": f"order {wrong()}"}).is_valid()
    form = Note({"text": f"see {wrong()}"})
    assert not form.is_valid()
    assert Note.QUESTION in form.fields
    assert f"Is “{wrong()}” a patient number?" in form.errors["text"][0]
    assert "checked" not in str(form[Note.QUESTION])
    answered = Note({"text": f"see {wrong()}", Note.QUESTION: tick(form)})
    assert answered.is_valid()
    assert "checked" in str(answered[Note.QUESTION])


def test_the_tick_answers_only_for_the_numbers_that_it_was_shown_for():
    shown = Note({"text": f"see {wrong()}"})
    other = wrong("020280123")
    form = Note({"text": f"see {wrong()} and {other}", Note.QUESTION: tick(shown)})
    assert form.errors["text"][0].startswith(f"Is “{other}” a patient number?")
    assert "checked" not in str(form[Note.QUESTION])
    assert Note({"text": f"see {wrong()} and {other}", Note.QUESTION: tick(form)}).is_valid()
    assert not Note({"text": f"see {wrong()}", Note.QUESTION: "on"}).is_valid()


def test_the_tick_never_lets_a_certain_number_through():
    assert not Note({"text": number(), Note.QUESTION: tick(Note({"text": f"see {wrong()}"}))}).is_valid()


def test_the_tick_repeats_no_number_and_is_not_kept():
    form = Note({"text": f"see {wrong()}"})
    posted = tick(form)
    assert wrong() not in str(form[Note.QUESTION])
    assert typed_fields(QueryDict(f"text=see&{Note.QUESTION}={posted}")) == {"text": "see"}


def tick(form):
    """What the browser posts when the box is ticked."""
    form.is_valid()
    return re.search(r'value="([0-9a-f ]+)"', str(form[Note.QUESTION])).group(1)


def test_resumed_shows_what_was_kept_without_scolding():
    form = Note.resumed({"text": "half a", "pick": ["a", "b"], "count": "not yet"})
    shown = str(form)
    assert "half a" in shown
    assert shown.count("selected") == 2
    assert "errorlist" not in shown


def test_as_posted_keeps_several_values():
    assert as_posted({"a": ["1", "2"], "b": "3"}).getlist("a") == ["1", "2"]


def test_texts_in_walks_everything():
    assert set(texts_in({"a": ["b", {"c": "d"}], "n": 5, "t": True, "x": None})) == {
        "a",
        "b",
        "c",
        "d",
        "n",
        "5",
        "t",
        "x",
    }


def test_what_logs_print_of_a_refusal_never_holds_the_number():
    with pytest.raises(PatientNumber) as raised:
        refuse_patient_numbers(f"see {number()}")
    assert number() in raised.value.messages[0]
    assert number() not in str(raised.value) + repr(raised.value)
    assert isinstance(raised.value, ValidationError)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Beds are full", "Beds are full."), ("Why us? ", "Why us?"), ("Done.", "Done."), ("", "")],
)
def test_what_was_typed_ends_as_a_sentence(typed, said):
    assert stop(typed) == said
