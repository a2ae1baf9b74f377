"""Figures that belong to a project of Tom's in Rowan, which its cluster keeps to itself."""

import pytest

from tests.qiplans.conftest import a_plan


@pytest.fixture
def work(world):
    return a_plan(world)
