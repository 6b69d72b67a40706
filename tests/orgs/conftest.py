"""What tests of administration share."""

from __future__ import annotations

import pytest

from tests.orgs.administered import World, administered


@pytest.fixture
def world(db: None) -> World:
    """A committee with its administrators."""
    return administered()
