"""The pipeline that ships, loaded once."""

import pytest
from spacy.language import Language

from kg.nlp.pipeline import load


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()
