"""Verb forms, from the text's own form where it has one."""

import pytest

from kg.link.verbs import gerund, is_present, participle, past, present


@pytest.mark.parametrize(
    ("word", "lemma", "forms"),
    [
        # Told in a past or a participle: the text's own form.
        ("captured", "capture", ("captured", "captured", "capturing")),
        ("travelled", "travel", ("travelled", "travelled", "traveling")),
        ("burnt", "burn", ("burnt", "burnt", "burning")),
        ("gave", "give", ("gave", "given", "giving")),
        ("given", "give", ("gave", "given", "giving")),
        ("shot", "shoot", ("shot", "shot", "shooting")),
        ("born", "bear", ("born", "born", "bearing")),
        # Told in another form: built.
        ("stops", "stop", ("stopped", "stopped", "stopping")),
        ("carrying", "carry", ("carried", "carried", "carrying")),
        ("seals", "seal", ("sealed", "sealed", "sealing")),
        ("evacuate", "evacuate", ("evacuated", "evacuated", "evacuating")),
        ("kidnap", "kidnap", ("kidnapped", "kidnapped", "kidnapping")),
        ("equip", "equip", ("equipped", "equipped", "equipping")),
        ("die", "die", ("died", "died", "dying")),
        ("agreeing", "agree", ("agreed", "agreed", "agreeing")),
        ("passes", "pass", ("passed", "passed", "passing")),
        ("bring", "bring", ("brought", "brought", "bringing")),
        ("drawing", "draw", ("drew", "drawn", "drawing")),
        ("retake", "retake", ("retook", "retaken", "retaking")),
        ("overthrow", "overthrow", ("overthrew", "overthrown", "overthrowing")),
        # A past that looks like another verb.
        ("found", "find", ("found", "found", "finding")),
        ("found", "found", ("founded", "founded", "founding")),
        ("wound", "wound", ("wounded", "wounded", "wounding")),
        # A lemma that is none spoils nothing that the text shows.
        ("praising", "prais", ("praised", "praised", "praising")),
        ("hidden", "hidd", ("hid", "hidden", "hiding")),
        ("teeters", "tee", ("teetered", "teetered", "teetering")),
        ("sending", "sende", ("sent", "sent", "sending")),
    ],
)
def test_past_participle_gerund(word: str, lemma: str, forms: tuple[str, str, str]) -> None:
    assert (past(word, lemma), participle(word, lemma), gerund(word, lemma)) == forms


@pytest.mark.parametrize(
    ("lemma", "singular"),
    [("rob", "robs"), ("carry", "carries"), ("pay", "pays"), ("push", "pushes"), ("have", "has")],
)
def test_present(lemma: str, singular: str) -> None:
    assert present(lemma, is_plural=False) == singular
    assert present(lemma, is_plural=True) == lemma
    assert is_present(singular, lemma)


def test_past_is_no_present() -> None:
    assert not is_present("robbed", "rob")
    assert not is_present("hit", "hit")
