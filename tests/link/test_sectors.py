"""What an actor's words tell of its part in society."""

import pytest

from kg.link.sectors import sector_in_words
from kg.records import EntityKind


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Iraqi police", "COP"),
        ("Turkish forces", "MIL"),
        ("Colombian rebels", "REB"),
        ("rebel forces", "REB"),
        ("police officers", "COP"),
        ("army officers from the north", "MIL"),
        ("officials of the army", "GOV"),
        ("the prime minister", "GOV"),
        ("two masked gunmen", "UAF"),
        ("aid workers", "NGO"),
        ("striking workers", "LAB"),
        ("opposition leader", "OPP"),
        ("news agency", "JRN"),
        ("the attorney general", "JUD"),
        ("army and civilian advisers", None),
        ("police and gendarmes", "COP"),
        ("security forces", "COP"),
        ("the parties", None),
        ("opposition parties", "PTY"),
        ("members of parliament", None),
        ("former soldiers", None),
        ("the leader", None),
        ("the group", None),
        ("US-backed forces", None),
    ],
)
def test_head_noun_tells_the_sector(text: str, sector: str | None) -> None:
    assert sector_in_words([text], EntityKind.GROUP) == sector


def test_first_text_that_tells_decides() -> None:
    assert sector_in_words(["the group", "rebels", "soldiers"], EntityKind.GROUP) == "REB"
    assert sector_in_words([], EntityKind.GROUP) is None


def test_place_has_no_sector() -> None:
    assert sector_in_words(["the court"], EntityKind.FACILITY) is None
