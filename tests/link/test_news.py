"""What two articles tell beside an event that both tell."""

from datetime import date

from kg.link.news import News, iter_companions
from kg.link.sameness import read_reports
from kg.link.stories import read_stories
from kg.records import RecordKey
from tests.link.told import Telling

DAY = date(2024, 5, 7)
STRIKE = RecordKey(article_id="", record_id="the strike")


def told(article_id: str, words: str, *, saved: bool = False) -> Telling:
    """A strike, whom boats saved after it, and where it says so others who were."""
    text = f"It struck Narva. Boats {words} from roofs. Others were saved at sea."
    telling = Telling(article_id, text, published=DAY)
    telling.event("struck/strike", "attack", {})
    verb, _, whom = words.partition(" ")
    telling.name(whom, "group")
    telling.event(f"{verb}/{verb}", "rescue", {"target": [whom]})
    if saved:
        telling.event("saved/save", "rescue", {})
    return telling


def companions(*tellings: Telling, is_same_strike: bool = True) -> list[tuple[str, str]]:
    def root(key: RecordKey) -> RecordKey:
        return STRIKE if is_same_strike and key.record_id == "v-struck" else key

    results = [telling.result() for telling in tellings]
    stories = read_stories(results, lambda key: key)
    reports = [read_reports(r, stories[r.article.id], lambda key: key) for r in results]
    left, right = (News([(root(report.key), report) for report in found]) for found in reports)
    return [(one.event.id, other.event.id) for one, other, _ in iter_companions(left, right)]


def test_articles_of_one_event_share_its_circumstances() -> None:
    pair = told("a", "lifted 90 pupils"), told("b", "pulled some pupils")
    assert companions(*pair) == [("v-lifted", "v-pulled")]
    assert companions(*pair, is_same_strike=False) == []


def test_circumstance_that_has_a_rival_is_left_alone() -> None:
    assert companions(told("a", "lifted pupils"), told("b", "pulled pupils", saved=True)) == []


def test_one_word_finds_its_own_among_rivals() -> None:
    pair = told("a", "lifted pupils", saved=True), told("b", "lifted pupils")
    assert companions(*pair) == [("v-lifted", "v-lifted")]


def test_circumstance_of_others_is_another() -> None:
    assert companions(told("a", "lifted pupils"), told("b", "lifted sailors")) == []


def test_bare_kind_of_action_is_too_little() -> None:
    assert companions(told("a", "lifted somebody"), told("b", "lifted everyone")) == []
