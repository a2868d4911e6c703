"""Which articles are compared: those that share names and a day."""

from datetime import date, timedelta

from kg.link.stories import NEWS_DAYS, join_words, read_stories, related, shared_names
from kg.records import ArticleResult, RecordKey
from tests.link.told import Telling

DAY = date(2024, 5, 2)
NAMES = ("Marta Ilves", "Narva")


def by_name(key: RecordKey) -> RecordKey:
    return RecordKey(article_id="", record_id=key.record_id)


def told(article_id: str, *names: str, published: date | None = DAY) -> ArticleResult:
    telling = Telling(article_id, ", ".join(names), published=published)
    for name in names:
        telling.name(name, "person" if " " in name else "place")
    return telling.result()


def pairs(*results: ArticleResult) -> list[tuple[str, str]]:
    stories = read_stories(results, by_name)
    return [(one.article_id, other.article_id) for one, other in related(stories)]


def test_two_shared_names_and_a_day_relate_articles() -> None:
    assert pairs(told("a", *NAMES), told("b", *NAMES)) == [("a", "b")]


def test_one_shared_name_does_not() -> None:
    assert pairs(told("a", *NAMES), told("b", "Marta Ilves", "Tartu")) == []


def test_articles_that_share_no_day_are_not_compared() -> None:
    near = DAY + timedelta(days=NEWS_DAYS)
    assert pairs(told("a", *NAMES), told("b", *NAMES, published=near)) == [("a", "b")]
    far = near + timedelta(days=1)
    assert pairs(told("a", *NAMES), told("b", *NAMES, published=far)) == []


def test_day_of_an_event_counts_beside_that_of_publication() -> None:
    telling = Telling("b", "Marta Ilves spoke in Narva.", published=DAY + timedelta(days=300))
    telling.name("Marta Ilves", "person")
    telling.name("Narva", "place")
    assert pairs(told("a", *NAMES), telling.result()) == []
    telling.event("spoke/speak", "talk", {}, day=DAY)
    assert pairs(told("a", *NAMES), telling.result()) == [("a", "b")]


def test_name_in_many_articles_tells_less() -> None:
    few = read_stories([told("a", *NAMES), told("b", *NAMES)], by_name)
    many = read_stories([told(f"{n}", *NAMES) for n in range(32)], by_name)
    person, place = sorted(shared_names(few["a"], few["b"]).items())
    assert (person[1], place[1]) == (1.0, 0.5)
    assert sorted(shared_names(many["1"], many["2"]).values()) == [0.125, 0.25]


def test_reader_is_told_five_names_at_most() -> None:
    assert join_words("bca") == "a, b, c"
    assert join_words("fedcba") == "a, b, c, d, e …"
