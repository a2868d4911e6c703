"""What an analyst asks of the graph, where a set asks for less or for other than all events.

Each question takes a record of events.jsonl and gives one that the scorers' adapter reads: the
events that answer it, by what the graph holds of them and of whom they name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from kg.words import word_set

# The JSON of one article, which kg's events.schema.json describes.
Record = dict[str, Any]

PRONOUNS = word_set(
    "he she it they we i you who him her them us me his its their our my this that these those "
    "others each himself herself itself themselves"
)
# Sectors of those who fight the state, and of those who fight for it.
ARMED = frozenset({"REB", "UAF", "CRM", "SEP"})
FORCES = frozenset({"MIL", "COP", "SPY"})
# Kinds of violence that are a war's or no attack on somebody.
WARFARE = word_set(
    "fight military-offensive happening defeat-military liberation-of-place engage-group "
    "announce-war capture-place air-strike tear-gas"
)
# Whom these are done to, or who does the last, is said to be behind an attack.
BLAMES = frozenset({"accuse", "charge-person", "charge", "suspicion", "detain"})
REGIONS = frozenset({"Country", "Place"})
CLAIM = "claim-responsibility"
# PLOVER's categories of material cooperation, of verbal cooperation and of material conflict.
KIND_DEEDS = frozenset({"AID", "COOPERATE", "RETREAT"})
KIND_WORDS = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE"})
HOSTILE_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"})
# A report is about what it opens with; or what it tells with time or place, or more than once.
OPENING = 4


def of_parties(record: Record) -> Record:
    """All events, whose actors and targets are the nouns that their pronouns stand for."""
    kinds = {mention["id"]: mention for mention in record["mentions"]}
    nouns: dict[str, list[int]] = {}
    for entity in record["entities"]:
        told = [kinds[i] for i in entity["mention_ids"] if kinds[i]["kind"] != "pronoun"]
        if told:
            nouns[entity["id"]] = told[0]["span"]

    def named(role: Record) -> Record:
        span = nouns.get(role["entity"], role["span"])
        return {**role, "span": span if _words(record, role) in PRONOUNS else role["span"]}

    return {
        **record,
        "events": [
            {**event, **{side: [named(r) for r in event[side]] for side in ("actors", "targets")}}
            for event in record["events"]
        ],
    }


def of_report(record: Record) -> Record:
    """The events of politics that a short report is about, each with who acts in the report.

    First those that somebody does and that are more than a possibility, else all of a PLOVER
    category, else all. Where the clause of an event names no actor, the report's first is taken;
    where it names nobody whom it is done to, its named place stands for those who live there; where
    it names no place, all that the report names for other events.
    """
    record = of_parties(record)
    events = [{**event, "category": _stated(event)} for event in record["events"]]
    political = [event for event in events if event["category"] is not None]
    done = [e for e in political if e["actors"] and e["modality"] != "hypothetical"]
    things = {e["id"] for e in record["entities"] if e["type"] == "Object"}
    towns = {e["id"] for e in record["entities"] if e["named"] and e["type"] in REGIONS}
    all_places = [role for event in events for role in event["places"]]
    first = [event["actors"] for event in sorted(events, key=_prominence) if event["actors"]]

    def receivers(event: Record, actors: Sequence[Record]) -> list[Record]:
        others = [role for role in event["targets"] if role["entity"] not in things]
        acting = {role["entity"] for role in actors}
        scenes = (r for r in event["places"] if r["entity"] in towns - acting)
        return others or list(islice(scenes, 1)) or event["targets"]

    def told(event: Record) -> Record:
        hit = {role["entity"] for role in event["targets"]}
        others = ([role for role in roles if role["entity"] not in hit] for roles in first)
        actors = event["actors"] or next((roles for roles in others if roles), [])
        targets = receivers(event, actors)
        places = event["places"] or all_places
        return {**event, "actors": actors, "targets": targets, "places": places}

    return {**record, "events": [told(event) for event in done or political or events]}


def of_class(record: Record) -> Record:
    """The main event of a short report, as of a category of its class in CAMEO.

    An appeal (root 02) is of no class there, yielding (root 08) is cooperation in deeds: PLOVER's
    categories REQUEST and CONCEDE are wider than these roots.
    """
    record = of_report(record)
    if not record["events"]:
        return record
    main = min(record["events"], key=_prominence)
    if main["category"] == "REQUEST" and main["cameo"] == "02":
        main = {**main, "category": None}
    elif main["category"] == "CONCEDE" and main["cameo"] == "08":
        main = {**main, "category": "RETREAT"}
    return {**record, "events": [main]}


def _stated(event: Record) -> str | None:
    """The category of the statement, where the report only states what somebody would or will do.

    Source: CAMEO's codebook, whose "express intent to cooperate" is PLOVER's AGREE, its "threaten"
    what is announced against somebody, its "reject" what somebody says not to do.
    """
    category: str | None = event["category"]
    if event["polarity"] == "negative":
        return "REJECT" if category in KIND_DEEDS | KIND_WORDS else category
    if event["modality"] in ("planned", "hypothetical"):
        if category in KIND_DEEDS:
            return "AGREE"
        return "THREATEN" if category in HOSTILE_DEEDS else category
    return category


def _prominence(event: Record) -> tuple[bool, bool, float, int]:
    """Facts before the rest, politics before the rest, then the surer, then the earlier."""
    is_fact = event["polarity"] == "positive" and event["modality"] in ("actual", "habitual")
    return not is_fact, event["category"] is None, -event["score"], event["trigger"][0]


def of_terrorism(record: Record) -> Record:
    """The attacks on others than fighters that a report is about, with who is blamed for them."""
    record = of_parties(record)
    sectors = {entity["id"]: entity["sector"] for entity in record["entities"]}
    attacks = [a for event in record["events"] if (a := _attack(record, event, sectors))]
    is_about = len(attacks) > 1 or any(
        attack["time"] or attack["places"] or _sentence(record, attack) < OPENING
        for attack in attacks
    )
    if not is_about:
        return {**record, "events": []}
    blamed = [
        role
        for event in record["events"]
        if _took_place(event)
        for role in (
            event["targets"]
            if event["action"] in BLAMES
            else event["actors"] * (event["action"] == CLAIM)
        )
    ]
    attacks[0] = {**attacks[0], "actors": [*attacks[0]["actors"], *blamed]}
    return {**record, "events": attacks}


def of_police(record: Record) -> Record:
    """All events, where arrests that nobody is said to have made are the police's."""
    record = of_parties(record)
    police = {"id": "the police", "name": "police", "type": "Group", "named": False, "mentions": []}

    def made(event: Record) -> Record:
        is_arrest = event["category"] == "COERCE" and event["mode"] == "arrest"
        if event["actors"] or not (is_arrest and _took_place(event)):
            return event
        return {**event, "actors": [{"entity": police["id"], "span": None}]}

    entities = [*record["entities"], police]
    return {**record, "entities": entities, "events": [made(event) for event in record["events"]]}


def _attack(record: Record, event: Record, sectors: Mapping[str, str | None]) -> Record | None:
    """The event without pronouns and fighters that it hits; None where it is no such attack."""
    if event["category"] != "ASSAULT" or not _took_place(event) or event["action"] in WARFARE:
        return None
    hit = {role["entity"] for role in event["targets"]}
    targets = [
        role
        for role in event["targets"]
        if _words(record, role) not in PRONOUNS and sectors[role["entity"]] not in ARMED
    ]
    actors = [
        role
        for role in event["actors"]
        if _words(record, role) not in PRONOUNS and role["entity"] not in hit
    ]
    others = [role for role in targets if sectors[role["entity"]] not in FORCES]
    if not others and (hit or not event["instruments"]):
        return None
    return {**event, "actors": actors, "targets": targets}


def _took_place(event: Record) -> bool:
    return bool(event["polarity"] == "positive" and event["modality"] == "actual")


def _words(record: Record, role: Record) -> str:
    start, end = role["span"]
    return str(record["text"][start:end]).lower()


def _sentence(record: Record, event: Record) -> int:
    """The number of the event's sentence, from 0."""
    return int(record["sentences"].index(event["sentence"]))


QUESTIONS = {"gsr": of_report, "cameo": of_class, "muc": of_terrorism, "india": of_police}
"""The question of each kind of set that has one."""
