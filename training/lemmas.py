"""The lemmas that are known: those of the treebanks, and the words of the action lexicon.

The run time checks what an edit script makes of a rare form against them ("urged" is of "urge", not
"urg"). Function words need no check, for their forms are all in the treebanks. Forms that no script
of the model leads to their lemma ("fled" to "flee") are kept as pairs.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from examples import read_rows
from schema import lemma_script

from kg.extract.actions import shipped_lexicon
from kg.nlp.decode import CHECKED_POS

# Verbs with the irregular forms that are forms of no other verb: "found" is left to the model.
IRREGULAR = """
arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; befall befell
befallen; beget begot begotten; begin began begun; behold beheld; bend bent; beseech besought;
beset; bid bade; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed
bred; bring brought; build built; burn burnt; burst; buy bought; cast; catch caught; choose chose
chosen; cling clung; come came; creep crept; cut; deal dealt; dig dug; draw drew drawn; dream
dreamt; drink drank drunk; drive drove driven; dwell dwelt; eat ate eaten; fall fallen; feed fed;
feel felt; fight fought; flee fled; fling flung; fly flew flown; forbid forbade forbidden; forecast;
foresee foresaw foreseen; forget forgot forgotten; forgive forgave forgiven; forgo forwent forgone;
forsake forsook forsaken; freeze froze frozen; get got gotten; give gave given; go went gone; grow
grew grown; hang hung; hear heard; hide hid hidden; hit; hold held; hurt; keep kept; kneel knelt;
know knew known; lead led; leap leapt; learn learnt; leave left; lend lent; lie lain; light lit;
lose lost; make made; mean meant; meet met; mislead misled; mistake mistook mistaken; misunderstand
misunderstood; offset; oversee oversaw overseen; overtake overtook overtaken; overthrow overthrew
overthrown; overcome overcame; override overrode overridden; overrun overran; pay paid; plead pled;
prove proven; put; quit; rebuild rebuilt; repay repaid; reset; resell resold; retake retook retaken;
rethink rethought; rid; ride rode ridden; ring rang rung; rise risen; run ran; say said; see seen;
seek sought; sell sold; send sent; set; shake shook shaken; shed; shine shone; shoot shot; show
shown; shrink shrank shrunk; shut; sing sang sung; sink sank sunk; sit sat; slay slew slain; sleep
slept; slide slid; sling slung; slit; speak spoke spoken; speed sped; spend spent; spill spilt; spin
spun; split; spread; spring sprang sprung; stand stood; steal stole stolen; stick stuck; sting
stung; stink stank; strike struck stricken; strive strove striven; swear swore sworn; sweep swept;
swell swollen; swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell
told; think thought; throw threw thrown; thrust; undergo underwent undergone; undertake undertook
undertaken; undo undid undone; uphold upheld; upset; wake woke woken; wear wore worn; weave wove
woven; weep wept; win won; withdraw withdrew withdrawn; withhold withheld; withstand withstood;
wring wrung; write wrote written
"""
TREEBANKS = ("ud/en_ewt-ud-train.conllu.xz", "ud/en_gum-train.conllu.xz")


def known_lemmas(packs: Path, scripts: frozenset[str]) -> dict[str, list[str]]:
    """By UPOS the lemmas, and "form=lemma" for forms that none of the model's scripts covers.

    Of a form's lemmas the commonest counts, the others being slips of the pen that were annotated.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for name in TREEBANKS:
        for _, rows in read_rows(packs / name):
            for row in rows:
                if row[3] in CHECKED_POS and row[1].isalpha() and row[2].isalpha():
                    counts[row[3], row[1].lower(), row[2].lower()] += 1
    found: dict[str, set[str]] = {pos: set() for pos in CHECKED_POS}
    commonest = {(pos, form): lemma for (pos, form, lemma), _ in reversed(counts.most_common())}
    for pos, _, lemma in counts:
        found[pos].add(lemma)
    for (pos, form), lemma in commonest.items():
        if lemma_script(form, lemma) not in scripts:
            found[pos].add(f"{form}={lemma}")
    for verb, *forms in map(str.split, IRREGULAR.split(";")):
        found["VERB"] |= {verb, *(f"{form}={verb}" for form in forms)}
    for pos, head in shipped_lexicon().senses:
        if pos in found and head.isalpha():
            found[pos].add(head)
    return {pos: sorted(words) for pos, words in found.items()}


def write_lemmas(packs: Path, scripts: frozenset[str], path: Path) -> None:
    """Write one line a part of speech: the tag, then its lemmas and pairs."""
    known = known_lemmas(packs, scripts)
    lines = (f"{pos} {' '.join(words)}\n" for pos, words in known.items())
    path.write_text("".join(lines), encoding="utf-8")
