"""The lists that pages of other apps gather."""

from meetings.selectors import waiting_asks
from tests.meetings.minutes import an_ask


def test_waiting_questions(world):
    mine = an_ask(world)
    assert list(waiting_asks([world.rowan.forum, world.birch.forum])) == [mine]
    assert list(waiting_asks([world.birch.forum.pk])) == []
