"""The gazetteer, built once into the usual cache folder and then only opened."""

import pytest

from kg.link.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer that ships."""
    return open_gazetteer()
