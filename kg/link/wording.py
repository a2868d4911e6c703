"""The words of a report's sentence that tell its event apart from others of its kind."""

import re

from kg.placenames import normalise
from kg.records import Event
from kg.words import word_set


def stem(word: str) -> str:
    """A word without the commonest endings, so that "fights" and "fighting" are alike."""
    for ending in ("ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


_LOWER_WORD = re.compile(r"(?<![\w'\u2019-])[a-z]{4,}(?![\w'\u2019])")
# Words that tell nothing of which event a sentence is about.
_STEMS = frozenset(
    stem(word)
    for word in word_set(
        "about above according across added after again against ahead along also although always "
        "amid among announce another around away back because been before began being below "
        "between both call came cannot case come could country countries day days deal death dead "
        "dozen dozens down during each early earlier eight either eleven else end even evening "
        "ever every expect fall family father find first five former four from gave give going "
        "good great group groups half have having head help here high hold home hour hours however "
        "hundred hundreds include including into issue just keep kill killed know large last late "
        "later lead leader least left less like local long look made main major make many million "
        "month months more morning most mother much must near nearly need never news newspaper "
        "next night nine nobody none nothing number once only open order other others over part "
        "past percent place plan plans point power previous public reach really recent region "
        "reported report reporters result right road said same second seven several shall should "
        "show since site small some someone spokesman spokeswoman spokesperson start state "
        "statement still such sunday take taken talk tell than that their them then there these "
        "they thing think third this those though thousand thousands three through time times "
        "today together told tomorrow took town city toward towards tried turn twelve twenty under "
        "until upon used using very village want ways week weeks well went were what when where "
        "whether which while whole whom whose will with within without woman women word work world "
        "would year years yesterday your people person police officer officers official officials "
        "authorities government minister president member members soldier soldiers troops fighters "
        "civilians residents"
    )
)


def telling_words(event: Event, text: str) -> frozenset[str]:
    """The telling words of the event's sentence: no names, none that any report may have.

    Args:
        event: of the article.
        text: the article's.
    """
    sentence = text[event.sentence.start : event.sentence.end]
    trigger = normalise(text[event.trigger.start : event.trigger.end])
    words = {stem(word) for word in _LOWER_WORD.findall(sentence)}
    return frozenset(words - _STEMS - {stem(trigger), stem(event.lemma)})
