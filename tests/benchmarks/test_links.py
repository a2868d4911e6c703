"""What of re3d's relations kg's links say."""

from benchmarks.links import link_figures

TEXT = "Omar Said, the spokesman, met French troops of France. He left."


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def entity(kind: str, *mentions: str, country: str | None = None) -> dict[str, object]:
    return {
        "id": mentions[0],
        "type": kind,
        "country": country,
        "mentions": [span(words) for words in mentions],
    }


def figures(
    *entities: dict[str, object], memberships: tuple[dict[str, object], ...] = ()
) -> dict[str, float]:
    marked = ("Omar Said", "the spokesman", "French troops", "France", "He")
    related = (("IsSynonymOf", "Omar Said", "the spokesman"), ("BelongsTo", marked[2], marked[3]))
    gold = {
        "doc": "a",
        "text": TEXT,
        "entities": [dict(zip(("start", "end"), span(words), strict=True)) for words in marked],
        "relations": [
            {"type": name, "src": span(one), "tgt": span(other)} for name, one, other in related
        ],
    }
    sentences = [(0, TEXT.index(" He")), (TEXT.index("He"), len(TEXT))]
    built = {
        "id": "a",
        "text": TEXT,
        "entities": entities,
        "sentences": sentences,
        "memberships": memberships,
    }
    return link_figures([gold], [built])


def test_mentions_of_one_entity_beside_one_another_are_the_same() -> None:
    found = figures(entity("Person", "Omar", "spokesman", "He"))
    assert (found["same.precision"], found["same.recall"]) == (100, 100)


def test_what_is_not_joined_is_missed_and_a_wrong_join_costs() -> None:
    assert figures(entity("Person", "Omar Said"))["same.recall"] == 0
    wrong = entity("Group", "the spokesman, met French troops", "France")
    assert figures(wrong)["same.precision"] == 0


def test_actor_belongs_to_its_country() -> None:
    france = entity("Country", "France", country="FRA")
    ours = figures(entity("Group", "French troops", country="FRA"), france)
    assert (ours["belongs.precision"], ours["belongs.recall"]) == (100, 100)
    other = figures(entity("Group", "French troops", country="MLI"), france)
    assert other["belongs.recall"] == 0


def test_actor_belongs_to_what_its_membership_names() -> None:
    told: dict[str, object] = {"member": "French troops", "body": "France", "relation": "member"}
    told["span"] = span("French troops of France")
    things = entity("Group", "French troops"), entity("Organization", "France")
    assert figures(*things)["belongs.recall"] == 0
    ours = figures(*things, memberships=(told,))
    assert (ours["belongs.precision"], ours["belongs.recall"]) == (100, 100)
