"""What a number counts in its event: the dead, the injured, the displaced, actors or targets."""

from kg.records import QuantityRole, RoleName
from kg.words import word_set

_DEAD = word_set(
    "death die kill killing murder execution execute assassination assassinate massacre dead "
    "deaths fatality corpse body slay slaughter lynch behead shoot_dead perish drown"
)
_INJURED = word_set(
    "injury injure wound wounding wounded injured hurt maim injuring poison torture"
)
_DISPLACED = word_set(
    "displacement displace displaced flee flight evacuation evacuate evacuee refugee exodus "
    "uproot idp deportation deport expel expulsion"
)
_OUTCOMES: tuple[tuple[QuantityRole, frozenset[str], frozenset[RoleName]], ...] = (
    (QuantityRole.DEAD, _DEAD, frozenset({RoleName.TARGET})),
    (QuantityRole.INJURED, _INJURED, frozenset({RoleName.TARGET})),
    (QuantityRole.DISPLACED, _DISPLACED, frozenset({RoleName.TARGET, RoleName.ACTOR})),
)
_HEADS = {
    **dict.fromkeys(("dead", "death", "fatality", "corpse", "body"), QuantityRole.DEAD),
    **dict.fromkeys(("wounded", "injured", "injury", "wound"), QuantityRole.INJURED),
    **dict.fromkeys(("displaced", "refugee", "evacuee", "idp"), QuantityRole.DISPLACED),
}
_DISPLACES_TARGET = word_set("displacement displace deportation deport expel expulsion uproot")


def quantity_role(
    action_top_class: str | None, argument_role: RoleName | None, head_lemma: str
) -> QuantityRole:
    """What a number counts, by the event that governs it.

    Args:
        action_top_class: the event's action, or the class above it, or its lemma ("death", "Kill",
            "displace"); case and hyphens do not matter.
        argument_role: the role of the argument that the number's noun fills; None where the noun is
            no argument of the event.
        head_lemma: lemma of the counted noun, or of the word that stands for it ("dead").

    Returns:
        DEAD, INJURED or DISPLACED where the event makes its target (or, for those who flee, its
        actor) so; else the role itself, OTHER for places and instruments.
    """
    action = (action_top_class or "").lower().replace("-", "_")
    for outcome, actions, roles in _OUTCOMES:
        if action not in actions:
            continue
        if argument_role is RoleName.ACTOR and action in _DISPLACES_TARGET:
            continue
        if argument_role is None or argument_role in roles:
            return outcome
    if head_lemma.lower() in _HEADS and argument_role is not RoleName.ACTOR:
        return _HEADS[head_lemma.lower()]
    if argument_role is RoleName.ACTOR:
        return QuantityRole.ACTOR
    return QuantityRole.TARGET if argument_role is RoleName.TARGET else QuantityRole.OTHER
