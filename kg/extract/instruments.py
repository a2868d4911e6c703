"""What an action is done with, and the things that it is done to: weapons, tools, vehicles, houses.

Things are no mentions of the phrase table, for they neither act nor speak; each gets a mention of
its own where it takes part. A weapon that is the subject of a verb is what its users did it with:
"a car bomb killed 12 people" has an instrument and no actor.
Source: ACE's classes WEA and VEH; the instruments and physical targets of MUC-4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extract.locations import Filler
from kg.extract.mentions import Phrase, PhraseTable, leftmost
from kg.extract.negation import find_negation
from kg.extract.syntax import case_of, children, is_passive, with_conjuncts
from kg.extract.triggers import Trigger
from kg.records import EntityKind, Mention, MentionKind, RoleName, Span, content_id
from kg.words import word_set

WEAPONS = word_set(
    "bomb bomblet carbomb dynamite explosive grenade rocket missile mortar bullet shell shrapnel "
    "gun handgun rifle pistol revolver shotgun machinegun submachinegun firearm weapon weaponry "
    "artillery cannon howitzer bazooka kalashnikov ak-47 ammunition mine landmine ied device "
    "torpedo warhead munition napalm phosphorus sarin chlorine poison acid gas tear-gas knife "
    "machete axe ax sword dagger bayonet spear arrow hatchet hammer crowbar club baton truncheon "
    "stick bat stone rock brick bottle molotov firebomb firecracker slingshot taser gunfire "
    "shellfire drone uav gunship warplane bulldozer vest belt rope blade scissors screwdriver "
    "petrol gasoline fertilizer"
)
# Words that are weapons only where the model takes them for things, too.
HELD = word_set("device mine stone rock brick bottle stick club bat belt vest rope gas shell")
# Nouns whose "of" phrase is what they are done with: "the use of chemical weapons".
WIELDING_NOUNS = word_set(
    "use employment deployment firing launch launching throwing detonation explosion planting "
    "placement discharge dropping barrage hail volley salvo"
)
# Verbs whose object is what they are done with: "fired rockets at", "hurled stones at".
WIELDING = word_set(
    "use employ deploy wield fire launch hurl throw lob toss pelt drop detonate explode plant "
    "place set brandish shoot swing discharge unleash"
)
# Words that tell who carries what: "men armed with rifles".
CARRYING = word_set("arm armed carry wield hold brandish tote")
# Prepositions of what something is done with.
WITH = word_set("with by from using through via")
# Labels of the model for what is a thing.
THINGS = word_set("object substance")
# Classes of what harms or takes things, and PLOVER modes that do.
HARMING = word_set("Violence Crime")
HARMING_MODES = word_set("vandalize destroy")
# What stands for a thing and is none that could be harmed.
NO_THING = word_set(
    "thing way part number kind something anything nothing one virus disease problem "
    "fire shot blow word statement report"
)
SURE, LIKELY = 0.8, 0.6


@dataclass(slots=True)
class ThingFinder:
    """Finds what triggers of one document are done with, and the things that they are done to.

    ``made`` holds the phrases of the things found so far, by their head's index.
    """

    doc: Doc
    table: PhraseTable
    article_id: str
    made: dict[int, Phrase] = field(default_factory=dict)

    def find(self, trigger: Trigger, fillers: Sequence[Filler]) -> list[Filler]:
        """The instruments and things of a trigger, none twice.

        Args:
            trigger: the event's word.
            fillers: who takes part in it by the other rules.
        """
        taken = {filler.phrase.head for filler in fillers}
        instruments = _unique(self._instruments(trigger, fillers), taken)
        taken |= {filler.phrase.head for filler in instruments}
        has_target = any(f.role is RoleName.TARGET for f in fillers)
        targets = [] if has_target else _unique(self._harmed(trigger), taken)
        return [*instruments, *targets]

    def _instruments(self, trigger: Trigger, fillers: Sequence[Filler]) -> Iterator[Filler]:
        token = trigger.token
        anchors = [token] if trigger.light_verb is None else [token, trigger.light_verb]
        for anchor in anchors:
            yield from self._obliques(anchor)
            yield from self._used(anchor)
        if token.pos_ == "NOUN":
            for child in children(token, "compound", "amod", "nmod"):
                if _is_weapon(child) and self._modifies(token, child):
                    yield from self._fill(child, "modifier_is_instrument")
        else:
            yield from self._subject(token)
            if token.lemma_.lower() in WIELDING:
                yield from self._objects(token)
        for filler in fillers:
            if filler.role is RoleName.ACTOR:
                yield from self._carried(self.doc[filler.phrase.head])

    def _modifies(self, noun: Token, weapon: Token) -> bool:
        """Whether the event noun is done with the weapon: "knife attack", "firing of rockets"."""
        case = case_of(weapon)
        wielded = case == "of" and noun.lemma_.lower() in WIELDING_NOUNS
        return case in (None, "with", "by") or wielded

    def _obliques(self, anchor: Token) -> Iterator[Filler]:
        """What stands after "with" or "by": "killed by a roadside bomb", "with knives"."""
        for child in children(anchor, "obl", "obl:agent", "nmod"):
            case = case_of(child)
            if case not in WITH:
                continue
            if _is_weapon(child) or (case == "with" and self._is_means(anchor, child)):
                yield from self._fill(child, "instrument_in_phrase")

    def _is_means(self, anchor: Token, child: Token) -> bool:
        """Whether the model's roles tell that a thing is the means: "opened it with a key"."""
        labels = {
            arc.label
            for arc in self.doc._.roles
            if (arc.predicate, arc.argument) == (anchor.i, child.i)
        }
        is_thing = child._.mention_type in THINGS
        return is_thing and self.table.at(child) is None and bool(labels & {"ARGM-MNR", "ARG3"})

    def _used(self, anchor: Token) -> Iterator[Filler]:
        """What is used: "dispersed the crowd using tear gas"."""
        for clause in children(anchor, "advcl", "xcomp", "conj", "acl"):
            is_use = clause.lemma_.lower() in ("use", "employ") and clause.lower_.endswith("ing")
            if is_use and find_negation(clause) is None:
                for child in children(clause, "obj"):
                    if child._.mention_type in THINGS or _is_weapon(child):
                        yield from self._fill(child, "object_of_using_is_instrument")

    def _subject(self, verb: Token) -> Iterator[Filler]:
        """A weapon that does it by itself: "a bomb exploded", "rockets were fired"."""
        for child in children(verb, "nsubj", "nsubj:pass"):
            passive = child.dep_ == "nsubj:pass" or is_passive(verb)
            if _is_weapon(child) and (not passive or verb.lemma_.lower() in WIELDING):
                yield from self._fill(child, "weapon_as_subject_is_instrument")

    def _objects(self, verb: Token) -> Iterator[Filler]:
        for child in children(verb, "obj"):
            if _is_weapon(child):
                yield from self._fill(child, "object_of_wielding_is_instrument")

    def _carried(self, actor: Token) -> Iterator[Filler]:
        """What those who act have with them: "gunmen armed with rifles"."""
        for clause in children(actor, "acl", "amod", "acl:relcl"):
            if clause.lemma_.lower() in CARRYING:
                for child in children(clause, "obl", "obj"):
                    if _is_weapon(child):
                        yield from self._fill(child, "carried_by_actor_is_instrument")

    def _harmed(self, trigger: Trigger) -> Iterator[Filler]:
        """A thing that is attacked, broken or taken: "blew up a pipeline", "burned 12 houses"."""
        action, token = trigger.action, trigger.token
        if action.top not in HARMING and action.mode not in HARMING_MODES:
            return
        if token.pos_ == "VERB":
            relations = ("nsubj:pass",) if is_passive(token) else ("obj",)
            found = children(token, *relations)
        else:
            found = [c for c in children(token, "nmod") if case_of(c) in ("of", "on", "against")]
        for child in found:
            is_thing = child._.mention_type in (*THINGS, "place")
            if is_thing and self.table.at(child) is None and child.lemma_.lower() not in NO_THING:
                yield from self._fill(child, "thing_is_target", RoleName.TARGET)

    def _fill(
        self, token: Token, rule: str, role: RoleName = RoleName.INSTRUMENT
    ) -> Iterator[Filler]:
        """The thing and those coordinated with it that are things as well."""
        for item in with_conjuncts(token):
            same = item.i == token.i or item._.mention_type in THINGS or _is_weapon(item)
            if same and item.pos_ in ("NOUN", "PROPN"):
                phrase = self.table.by_head.get(item.i)
                if phrase is None:
                    phrase = self.made.setdefault(item.i, self._phrase(item))
                yield Filler(role, phrase, rule, SURE if _is_weapon(item) else LIKELY)

    def _phrase(self, noun: Token) -> Phrase:
        """The thing's noun phrase as a mention."""
        # "a bomb attack": the article is the attack's.
        first = noun if noun.dep_ == "compound" else leftmost(noun)
        own = [c for c in children(noun, "compound") if c.i < noun.i]
        first = min([first, *own], key=lambda word: word.i)
        while first.i < noun.i and first.pos_ in ("ADP", "PUNCT", "SPACE"):
            first = first.nbor(1)
        start, end = first.idx, noun.idx + len(noun)
        span = Span(article_id=self.article_id, start=start, end=end)
        mention = Mention(
            id=content_id("mention", self.article_id, start, end, MentionKind.NOMINAL),
            span=span,
            head=Span(article_id=self.article_id, start=noun.idx, end=end),
            kind=MentionKind.NOMINAL,
            entity_kind=EntityKind.OBJECT,
            sentence=self.table.sentence_of(noun),
            score=0.8,
            label="object",
        )
        return Phrase(noun.i, mention, "object")


def _is_weapon(noun: Token) -> bool:
    """Whether the noun is a weapon here."""
    lemma = noun.lemma_.lower()
    if lemma not in WEAPONS and lemma.rpartition("-")[2] not in WEAPONS:
        return False
    if noun.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return False
    return lemma not in HELD or noun._.mention_type in THINGS


def _unique(fillers: Iterator[Filler], taken: set[int]) -> list[Filler]:
    """The fillers in text order, each word once, without those that have a role already."""
    found: dict[int, Filler] = {}
    for filler in fillers:
        if filler.phrase.head not in taken:
            found.setdefault(filler.phrase.head, filler)
    return [found[head] for head in sorted(found)]
