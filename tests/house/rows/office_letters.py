"""Letters are for who looks after the registry of all Scotland."""

from office.models import Letter
from office.services.letters import queue_letter
from tests.house.matrix import Row


def _refused(w):
    letter = queue_letter(
        to="callum@example.org", person=w.callum, subject="Hello", body="Hello Callum", reason="row of the matrix"
    )
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.REFUSED, sent_at=None, answer="550 no such user")
    return [letter.pk]


ROWS = [
    Row("office:letter_list", get={200: "priya"}),
    Row("office:letter_again", _refused, get={200: "priya"}, post={302: "priya"}),
]
