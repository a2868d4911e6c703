"""The part in society that an actor's words tell: "Iraqi police" are of sector COP.

Only the head noun of a phrase tells, with the word before it where it must ("security forces").
"""

import re
from collections.abc import Iterable

from kg.countries import demonym_country
from kg.placenames import normalise, without_possessive
from kg.records import EntityKind
from kg.words import word_set

# The head nouns that tell an actor's part in society; the sectors are those of plover.ttl.
_HEADS = {
    "COP": word_set(
        "police policeman policemen policewoman gendarme gendarmes gendarmerie "
        "constable constables sheriff deputies detective detectives patrolmen"
    ),
    "MIL": word_set(
        "army armies military troops troop soldier soldiers navy sailors sailor marines "
        "airforce paratroopers commandos warplanes warplane warships warship jets tanks "
        "general colonel brigadier admiral gen col maj adm brig"
    ),
    "GOV": word_set(
        "government governments ministry minister ministers president premier "
        "chancellor cabinet authorities official officials envoy envoys ambassador "
        "ambassadors diplomat diplomats embassy king queen emir sultan administration "
        "regime junta consulate governor governors mayor monarch"
    ),
    "LEG": word_set(
        "parliament parliaments lawmaker lawmakers legislator legislators legislature "
        "senator senators congressman congressmen congresswoman parliamentarian "
        "parliamentarians senate mp mps"
    ),
    "JUD": word_set(
        "court courts judge judges prosecutor prosecutors tribunal judiciary magistrate magistrates"
    ),
    "SPY": word_set("spy spies spymaster"),
    "REB": word_set(
        "rebel rebels insurgent insurgents guerrilla guerrillas guerilla guerillas "
        "separatist separatists secessionists insurgency mutineers rebellion"
    ),
    "UAF": word_set(
        "gunman gunmen militant militants militia militias militiamen militiaman "
        "extremist extremists terrorist terrorists attacker attackers bomber bombers "
        "assailant assailants sniper snipers jihadist jihadists warlord warlords"
    ),
    "CRM": word_set(
        "gang gangs cartel cartels smuggler smugglers trafficker traffickers pirate "
        "pirates kidnapper kidnappers robber robbers thief thieves hijacker hijackers "
        "mafia gangster gangsters bandits"
    ),
    "PTY": word_set("party"),
    "OPP": word_set("opposition dissident dissidents oppositionists"),
    "JRN": word_set(
        "journalist journalists reporter reporters newspaper newspapers media "
        "broadcaster correspondent correspondents photographer cameraman newscaster "
        "columnist press"
    ),
    "EDU": word_set(
        "student students teacher teachers university universities professor professors "
        "academic academics school schoolchildren pupils college schoolgirls schoolboys "
        "lecturers"
    ),
    "REL": word_set(
        "church churches bishop bishops archbishop priest priests cleric clerics clergy "
        "imam imams pope cardinal cardinals monk monks nun nuns rabbi rabbis pastor "
        "pastors clergyman"
    ),
    "BUS": word_set(
        "company companies firm firms bank banks businessman businessmen businesswoman "
        "trader traders investor investors manufacturer airline retailer carmaker "
        "brokerage conglomerate"
    ),
    "LAB": word_set("unions worker workers strikers miners labourers laborers dockers"),
    "AGR": word_set("farmer farmers peasant peasants herders herdsmen"),
    "REF": word_set("refugee refugees migrant migrants evacuees returnees deportees"),
    "MED": word_set(
        "doctor doctors nurse nurses medic medics paramedics hospital physician physicians surgeon"
    ),
    "NGO": word_set("charity charities ngo ngos"),
    "CVL": word_set(
        "civilian civilians resident residents villager villagers citizen citizens "
        "protester protesters protestor protestors demonstrator demonstrators activist "
        "activists people women children woman child crowd mob passengers tourists "
        "voters family families inhabitants townspeople"
    ),
}
_SECTOR_OF_HEAD = {word: sector for sector, words in _HEADS.items() for word in words}
# Heads that take their sector from the word before: "security forces", "prime minister".
_OF_WORDS_BEFORE = {
    "forces": (
        (
            "MIL",
            word_set("armed ground special government coalition air naval defence defense"),
        ),
        ("REB", word_set("rebel insurgent guerrilla opposition separatist")),
        ("COP", word_set("police security")),
    ),
    "force": (
        ("MIL", word_set("air task naval defence defense")),
        ("COP", word_set("police")),
    ),
    "fighters": (("REB", word_set("rebel guerrilla insurgent separatist opposition")),),
    "group": (
        ("OPP", word_set("opposition dissident")),
        ("REB", word_set("rebel guerrilla insurgent separatist")),
        ("UAF", word_set("armed militant terrorist jihadist extremist")),
        ("NGO", word_set("rights aid advocacy campaign charity watchdog humanitarian")),
    ),
    "agency": (
        ("SPY", word_set("intelligence spy")),
        ("JRN", word_set("news press")),
        ("NGO", word_set("aid relief")),
    ),
    "service": (("SPY", word_set("intelligence secret security")),),
    "officers": (("COP", word_set("police")), ("MIL", word_set("army military naval"))),
    "officer": (("COP", word_set("police")), ("MIL", word_set("army military naval"))),
    "commander": (
        ("MIL", word_set("army military naval")),
        ("REB", word_set("rebel guerrilla")),
        ("COP", word_set("police")),
    ),
    "leader": (
        ("OPP", word_set("opposition")),
        ("REB", word_set("rebel guerrilla insurgent separatist")),
        ("PTY", word_set("party")),
        ("REL", word_set("religious spiritual church")),
        ("LAB", word_set("union")),
    ),
    "workers": (("NGO", word_set("aid relief humanitarian")), ("MED", word_set("health medical"))),
    "parties": (("PTY", word_set("political opposition ruling main rival islamist left right")),),
    "general": (
        ("JUD", word_set("attorney solicitor prosecutor")),
        ("GOV", word_set("consul director governor surgeon auditor")),
        ("IGO", word_set("secretary")),
    ),
    "union": (("LAB", word_set("trade labor labour workers teachers miners railway transport")),),
    "secretary": (("GOV", word_set("foreign defence defense home interior treasury state press")),),
    "chief": (("COP", word_set("police")), ("MIL", word_set("army military navy"))),
    "guards": (
        ("MIL", word_set("border presidential republican coast")),
        ("COP", word_set("prison")),
    ),
    "spokesman": (
        ("MIL", word_set("army military")),
        ("COP", word_set("police")),
        ("GOV", word_set("government ministry presidential")),
        ("REB", word_set("rebel")),
    ),
}
_OF_WORDS_BEFORE["leaders"] = _OF_WORDS_BEFORE["leader"]
_OF_WORDS_BEFORE["groups"] = _OF_WORDS_BEFORE["group"]
_OF_WORDS_BEFORE["commanders"] = _OF_WORDS_BEFORE["commander"]
_OF_WORDS_BEFORE["agencies"] = _OF_WORDS_BEFORE["agency"]
# What ends the phrase whose last word is its head: "officials from the ministry".
_AFTER_HEAD = re.compile(
    r"\s+(?:of|in|from|at|on|for|with|by|to|near|who|which|that|where|against|including|than)\s"
    r"|[,(:;\u2013\u2014]"
)
# Who was something once is of no sector for it: "former soldiers".
_FORMER_HOLDER = re.compile(r"\b(?:former|ex|retired)\b", re.IGNORECASE)
_WITHOUT_SECTOR = frozenset({EntityKind.PLACE, EntityKind.COUNTRY, EntityKind.FACILITY})


def sector_in_words(texts: Iterable[str], kind: EntityKind) -> str | None:
    """The sector of plover.ttl that an actor's words tell; None where they tell none.

    Args:
        texts: its names and noun phrases; the first that tells decides.
        kind: what it is; places and countries have no sector.
    """
    if kind in _WITHOUT_SECTOR:
        return None
    return next((sector for text in texts if (sector := _sector(text))), None)


def _sector(text: str) -> str | None:
    """The sector of the phrase's head; of several heads, the one that all have."""
    phrase = _AFTER_HEAD.split(" ".join(text.split()), maxsplit=1)[0]
    if is_former(phrase):
        return None
    sectors = {_sector_of_head(part) for part in re.split(r"\s(?:and|or)\s", phrase)}
    return sectors.pop() if len(sectors) == 1 else None


def is_former(text: str) -> bool:
    """Whether the words tell what somebody was, not what he is."""
    return bool(_FORMER_HOLDER.search(text))


def _sector_of_head(phrase: str) -> str | None:
    words = normalise(without_possessive(phrase)).split()
    if not words:
        return None
    *before, head = words
    if head in _OF_WORDS_BEFORE and before:
        for sector, signs in _OF_WORDS_BEFORE[head]:
            if not signs.isdisjoint(before[-2:]):
                return sector
    if head == "union" and phrase.split()[-1].islower():
        return "LAB"
    if head in ("forces", "force") and before and demonym_country(before[-1]):
        return "MIL"
    return _SECTOR_OF_HEAD.get(head)
