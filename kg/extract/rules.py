"""What each rule's name means, in one line: the rules of roles, places, speakers and status.

A rule is named for what it sees, so a name that stands in no table here is told by its own words.
"""

from typing import Final

_SUBJECTS: Final = {
    "far_by_phrase_is_actor": 'it stands after "by", behind what was done or who suffered it',
    "subject": "it is the subject of the verb",
    "coordinated_predicate_shares_subject": "it is the subject of the verb that this one is "
    "coordinated with",
    "object_control": "it is the object of the verb above, which does what the infinitive says",
    "oblique_control": 'it stands after the preposition of the verb above ("called on them to")',
    "subject_control": "it is the subject of the verb above, which this one completes",
    "adverbial_clause_shares_subject": "it is the subject of the main clause, which this clause "
    "modifies",
    "complement_shares_subject": "it is the subject of the verb above, which takes this clause",
    "described_noun": "it is the noun that the participle or clause describes",
    "owner_of_noun_controls": 'it owns the noun that the infinitive completes ("their plan to")',
    "subject_of_light_verb_controls": "it is the subject of the verb whose noun the infinitive "
    "completes",
}
_ROLES: Final = {
    "actor_of_what_is_told": "it does what is refused, asked for or protested against",
    "by_phrase_of_noun_is_actor": 'it stands after "by" with the event noun',
    "complement_of_object_is_target": 'it completes the object ("broke relations with Russia")',
    "coordinated_predicate_shares_object": "it is the object of the coordinated verb as well",
    "light_verb_subject_is_actor": "it is the subject of the verb that carries the event noun",
    "light_verb_subject_is_target": "it is the subject of the verb by which the event noun is "
    "undergone",
    "marked_oblique_is_target": "its preposition marks the target of this action in the lexicon",
    "modifier_of_noun_is_actor": "it stands before the event noun, as who does it",
    "modifier_of_noun_is_target": "it stands before the event noun, as what it is done to",
    "object_is_target": "it is the object of the verb",
    "oblique_argument_is_target": "its phrase is an argument of the verb by the model's roles",
    "of_phrase_is_actor": 'it stands after "of" with a noun for what it does',
    "of_phrase_is_target": 'it stands after "of" with a noun for what is done to it',
    "owner_is_actor": "it owns the event noun, as who does it",
    "owner_is_target": "it owns the event noun, as to whom it is done",
    "owner_of_blamed_action_is_target": "it owns the deed that is blamed",
    "parties_of_noun_are_actors": 'the noun names what its parties do together ("talks between")',
    "passive_agent_is_actor": 'it stands after "by" with a passive verb',
    "prepositional_phrase_of_noun_is_target": "its preposition marks the target of the event noun",
    "recipient_is_target": "it is given something",
    "reciprocal_oblique_is_actor": 'it takes part on its side ("met with")',
    "relative_clause_object_is_target": "it is the noun that the relative clause has as its object",
    "semantic_agent_is_actor": "the model's semantic roles name it as agent",
    "semantic_patient_is_target": "the model's semantic roles name it as patient",
    "subject_of_request_is_target": "it is to do what is asked",
    "target_of_what_is_told": "the deed told of in these words is done to it",
}
_THINGS: Final = {
    "carried_by_actor_is_instrument": "who does it carries this weapon",
    "instrument_in_phrase": 'it stands after "with" or "by" with the event, and is a thing',
    "modifier_is_instrument": "it belongs to the event noun, and is a weapon",
    "object_of_using_is_instrument": "it is what is used",
    "object_of_wielding_is_instrument": "it is the weapon that the verb wields",
    "thing_is_target": "it is the thing that the action harms",
    "weapon_as_subject_is_instrument": "it is a weapon that stands as the subject",
}
_PLACES: Final = {
    "containing_place": "it contains the place that is named with it",
    "located_at_institution": "a body stands for its building here",
    "located_in_phrase": "it stands after a preposition of place with the event",
    "object_of_purpose": "it is the object of what the event is for",
    "object_that_is_a_place": "it is the target, and a place",
    "place_within_phrase": "it stands within the phrase that says where",
}
_SPEAKERS: Final = {
    "according_to": 'it stands after "according to"',
    "quoted_speech": "it is the subject of the verb of saying beside the quotation",
    "reported_clause": "it is the subject of the verb of saying whose content the clause is",
    "said_after_clause": "it is the subject of the verb of saying after the clause",
    "statement_after_colon": "it makes the statement that follows the colon",
}
_STATUS: Final = {
    "nothing_denies_it": "no word denies it",
    "negation": "a word in its clause denies it",
    "negation_of_verb": "the verb that it belongs to is denied",
    "governor_denies_it": "the word above tells that it was not so",
    "governor_brings_it_about": "the word above tells that it came about",
    "governor_leaves_it_open": "the word above leaves open whether it comes about",
    "uncertain_adverb": "a word beside it tells that it is uncertain",
    "nearly": "it all but happened",
    "modal_verb": "a modal verb makes it a possibility",
    "condition": "it stands under a condition or a question",
    "future": "it is told as lying ahead",
    "past_future": "it is told as having come about later",
    "purpose": "it is what something else is done for",
    "did_not_come_about": "it was planned, and did not come about",
    "time_ahead": "it is the limit of a time ahead",
    "subjunctive": "the verb is a subjunctive, of what is asked or proposed",
    "intended": "a word before the noun tells that it is planned",
    "frequent": "an adverb tells that it happens again and again",
    "present_tense": "the present tense tells it as a habit",
    "model": "no word tells; the model's judgement is sure",
    "told_as_fact": "no word tells otherwise",
}
EXPLANATIONS: Final = {**_ROLES, **_THINGS, **_PLACES, **_SPEAKERS, **_STATUS}
"""The rules whose names are fixed; those of subjects are put together from their parts."""


def explain_rule(rule: str) -> str:
    """What the rule saw, in one line."""
    if rule in EXPLANATIONS:
        return EXPLANATIONS[rule]
    name = rule.removeprefix("passive_")
    for ending in ("_is_actor", "_is_target"):
        step = name.removesuffix(ending)
        if step != name and step in _SUBJECTS:
            return _SUBJECTS[step] + (", which is passive" if name != rule else "")
    return rule.replace("_", " ")
