"""Who does it to whom and where: one construction a test, on trees made by hand."""

import pytest

from kg.nlp.decode import RoleArc
from tests.extract.docs import fillers, find_word, make_doc, rules

#: What is tested, sentence, trigger, the fillers of each role.
CASES = [
    (
        "active clause",
        "The/det>army army/nsubj>captured:organization captured=capture/root:past"
        " 40/nummod>fighters"
        " fighters=fighter/obj>captured:person:plural in/case>Aleppo Aleppo/obl>captured:GPE"
        " ./punct>captured",
        "captured",
        {"actor": ["The army"], "target": ["40 fighters"], "place": ["Aleppo"]},
    ),
    (
        "passive with agent",
        "The/det>mayor mayor/nsubj:pass>shot:person was=be/aux:pass>shot shot=shoot/root:passive"
        " by/case>sniper a/det>sniper sniper/obl:agent>shot:person ./punct>shot",
        "shot",
        {"actor": ["a sniper"], "target": ["The mayor"]},
    ),
    (
        "passive without agent",
        "The/det>mayor mayor/nsubj:pass>arrested:person was=be/aux:pass>arrested"
        " arrested=arrest/root:passive ./punct>arrested",
        "arrested",
        {"target": ["The mayor"]},
    ),
    (
        "passives that share subject and agent",
        "The/det>leader leader/nsubj:pass>beaten:person was=be/aux:pass>beaten"
        " beaten=beat/root:passive"
        " and/cc>robbed robbed=rob/conj>beaten:passive by/case>thugs"
        " thugs=thug/obl:agent>robbed:person:plural ./punct>beaten",
        "robbed",
        {"actor": ["thugs"], "target": ["The leader"]},
    ),
    (
        "relative clause, who as subject",
        "Police/nsubj>arrested:organization arrested=arrest/root:past a/det>man"
        " man/obj>arrested:person who/nsubj>stabbed:rel stabbed=stab/acl:relcl>man:past"
        " two/nummod>tourists tourists=tourist/obj>stabbed:person:plural ./punct>arrested",
        "stabbed",
        {"actor": ["a man"], "target": ["two tourists"]},
    ),
    (
        "relative clause, whom as object",
        "The/det>men men=man/nsubj>fled:person:plural whom/obj>kidnapped:rel the/det>gang"
        " gang/nsubj>kidnapped:organization kidnapped=kidnap/acl:relcl>men:past fled=flee/root:past"
        " ./punct>fled",
        "kidnapped",
        {"actor": ["the gang"], "target": ["The men"]},
    ),
    (
        "relative clause without pronoun",
        "The/det>men men=man/nsubj>fled:person:plural the/det>gang"
        " gang/nsubj>kidnapped:organization"
        " kidnapped=kidnap/acl:relcl>men:past fled=flee/root:past ./punct>fled",
        "kidnapped",
        {"actor": ["the gang"], "target": ["The men"]},
    ),
    (
        "participle with agent",
        "The/det>men men=man/nsubj>fled:person:plural arrested=arrest/acl>men:passive"
        " by/case>police"
        " police/obl:agent>arrested:organization fled=flee/root:past ./punct>fled",
        "arrested",
        {"actor": ["police"], "target": ["The men"]},
    ),
    (
        "coordinated verbs share the subject, each has its object",
        "Gunmen=gunman/nsubj>stormed:person:plural stormed=storm/root:past the/det>hotel"
        " hotel/obj>stormed:place and/cc>killed killed=kill/conj>stormed:past six/nummod>guests"
        " guests=guest/obj>killed:person:plural ./punct>stormed",
        "killed",
        {"actor": ["Gunmen"], "target": ["six guests"]},
    ),
    (
        "coordinated verbs share the object",
        "Police/nsubj>arrested:organization arrested=arrest/root:past and/cc>questioned"
        " questioned=question/conj>arrested:past the/det>suspect suspect/obj>questioned:person"
        " ./punct>arrested",
        "arrested",
        {"actor": ["Police"], "target": ["the suspect"]},
    ),
    (
        "coordinated subjects",
        "The/det>chief chief/nsubj:pass>killed:person and/cc>guards two/nummod>guards"
        " guards=guard/conj>chief:person:plural were=be/aux:pass>killed killed=kill/root:passive"
        " ./punct>killed",
        "killed",
        {"target": ["The chief", "two guards"]},
    ),
    (
        "control by the subject",
        "The/det>rebels rebels=rebel/nsubj>trying:person:plural were=be/aux>trying"
        " trying=try/root:part"
        " to/mark>free free/xcomp>trying:inf the/det>hostages"
        " hostages=hostage/obj>free:person:plural ./punct>trying",
        "free",
        {"actor": ["The rebels"], "target": ["the hostages"]},
    ),
    (
        "control by the object",
        "The/det>court court/nsubj>ordered:organization ordered=order/root:past the/det>gang"
        " gang/obj>ordered:organization to/mark>free free/xcomp>ordered:inf the/det>hostages"
        " hostages=hostage/obj>free:person:plural ./punct>ordered",
        "free",
        {"actor": ["the gang"], "target": ["the hostages"]},
    ),
    (
        "who dies is the target",
        "A/det>soldier soldier/nsubj>died:person died=die/root:past in/case>Rome Rome/obl>died:GPE"
        " ./punct>died",
        "died",
        {"target": ["A soldier"], "place": ["Rome"]},
    ),
    (
        "meeting: both sides act",
        "The/det>king king/nsubj>met:person met=meet/root:past with/case>envoy the/det>envoy"
        " envoy/obl>met:person in/case>Rome Rome/obl>met:GPE ./punct>met",
        "met",
        {"actor": ["The king", "the envoy"], "place": ["Rome"]},
    ),
    (
        "noun with by phrase",
        "The/det>attack attack/nsubj>shocked:event by/case>rebels the/det>rebels"
        " rebels=rebel/nmod>attack:person:plural on/case>camp the/det>camp camp/nmod>attack:place"
        " shocked=shock/root:past us=we/obj>shocked:PRON ./punct>shocked",
        "attack",
        {"actor": ["the rebels"], "target": ["the camp"], "place": ["the camp"]},
    ),
    (
        "owner of an attack is its actor",
        "The/det>rebels rebels=rebel/nmod:poss>attack:person:plural 's/case>rebels"
        " attack/nsubj>failed:event failed=fail/root:past:state ./punct>failed",
        "attack",
        {"actor": ["The rebels"]},
    ),
    (
        "owner of an arrest is its target",
        "His=his/nmod:poss>arrest:PRON arrest/nsubj>shocked:event shocked=shock/root:past"
        " us=we/obj>shocked:PRON",
        "arrest",
        {"target": ["His"]},
    ),
    (
        "of phrase",
        "The/det>arrest arrest/nsubj>shocked:event of/case>poet the/det>poet"
        " poet/nmod>arrest:person"
        " shocked=shock/root:past us=we/obj>shocked:PRON",
        "arrest",
        {"target": ["the poet"]},
    ),
    (
        "talks between",
        "Talks=talk/nsubj>began:event:plural between/case>Serbia Serbia/nmod>Talks:ORG"
        " and/cc>Kosovo"
        " Kosovo/conj>Serbia:ORG began=begin/root:past:state in/case>Doha Doha/obl>began:GPE"
        " ./punct>began",
        "Talks",
        {"actor": ["Serbia", "Kosovo"], "place": ["Doha"]},
    ),
    (
        "light verb's subject",
        "The/det>army army/nsubj>carried:organization carried=carry/root:past:state"
        " out/compound:prt>carried an/det>attack attack/obj>carried:event on/case>militia"
        " the/det>militia"
        " militia/nmod>attack:organization ./punct>carried",
        "attack",
        {"actor": ["The army"], "target": ["the militia"]},
    ),
    (
        "left a place",
        "Civilians=civilian/nsubj>left:person:plural left=leave/root:past Baghouz/obj>left:GPE"
        " ./punct>left",
        "left",
        {"actor": ["Civilians"], "target": ["Baghouz"], "place": ["Baghouz"]},
    ),
    (
        "place within a place",
        "Guards=guard/nsubj>killed:person:plural killed=kill/root:past him=he/obj>killed:PRON"
        " in/case>camp the/det>camp camp/obl>killed:place in/case>Hasakah Hasakah/nmod>camp:GPE"
        " ./punct>killed",
        "killed",
        {"actor": ["Guards"], "target": ["him"], "place": ["the camp", "Hasakah"]},
    ),
    (
        "place of those who act",
        "Forces=force/nsubj>captured:organization:plural in/case>Syria Syria/nmod>Forces:GPE"
        " captured=capture/root:past two/nummod>smugglers"
        " smugglers=smuggler/obj>captured:person:plural ./punct>captured",
        "captured",
        {"actor": ["Forces"], "target": ["two smugglers"], "place": ["Syria"]},
    ),
    (
        "captured place is target and place",
        "The/det>army army/nsubj>captured:organization captured=capture/root:past"
        " Aleppo/obj>captured:GPE"
        " ./punct>captured",
        "captured",
        {"actor": ["The army"], "target": ["Aleppo"], "place": ["Aleppo"]},
    ),
    (
        "target told with the light verb",
        "A/det>gunman gunman/nsubj>opened:person opened=open/root:past:state fire/obj>opened:event"
        " on/case>police police/obl>opened:organization ./punct>opened",
        "fire",
        {"actor": ["A gunman"], "target": ["police"]},
    ),
    (
        "noun before an event noun",
        "A/det>raid police/compound>raid:organization raid/nsubj>ended:event"
        " ended=end/root:past:state ./punct>ended",
        "raid",
        {"actor": ["police"]},
    ),
    (
        "agent of a participle that only carries the noun",
        "The/det>attack attack/nsubj>failed:event launched=launch/acl>attack:passive by/case>rebels"
        " rebels=rebel/obl:agent>launched:person:plural failed=fail/root:past:state ./punct>failed",
        "attack",
        {"actor": ["rebels"]},
    ),
    (
        "giver after from",
        "They/nsubj>sought:PRON sought=seek/root:past:state support/obj>sought:event"
        " from/case>allies allies=ally/nmod>support:person:plural ./punct>sought",
        "support",
        {"actor": ["allies"]},
    ),
    (
        "court of a ruling",
        "The/det>verdict verdict/nsubj>stands:event of/case>court the/det>court"
        " court/nmod>verdict:organization stands=stand/root:pres:state ./punct>stands",
        "verdict",
        {"actor": ["the court"]},
    ),
    (
        "whoever is fought is the target",
        "The/det>army army/nsubj>fought:organization fought=fight/root:past the/det>rebels"
        " rebels=rebel/obj>fought:person:plural ./punct>fought",
        "fought",
        {"actor": ["The army"], "target": ["the rebels"]},
    ),
    (
        "whoever is met takes part",
        "The/det>envoy envoy/nsubj>met:person met=meet/root:past the/det>rebels"
        " rebels=rebel/obj>met:person:plural ./punct>met",
        "met",
        {"actor": ["The envoy", "the rebels"]},
    ),
    (
        "infinitive done by whoever is sent",
        "France/nsubj>sent:GPE sent=send/root:past troops=troop/obj>sent:person:plural"
        " to/mark>attack attack/advcl>sent:inf the/det>rebels rebels=rebel/obj>attack:person:plural"
        " ./punct>sent",
        "attack",
        {"actor": ["troops"], "target": ["the rebels"]},
    ),
    (
        "owner of what is attacked",
        "Thieves=thief/nsubj>hacked:person:plural hacked=hack/root:past the/det>computers"
        " computers=computer/obj>hacked:object:plural of/case>ministry the/det>ministry"
        " ministry/nmod>computers:organization ./punct>hacked",
        "hacked",
        {"actor": ["Thieves"], "target": ["the ministry"]},
    ),
    (
        "vehicles of war act",
        "Two/nummod>helicopters helicopters=helicopter/nsubj>attacked:object:plural"
        " attacked=attack/root:past the/det>village village/obj>attacked:place ./punct>attacked",
        "attacked",
        {"actor": ["Two helicopters"], "target": ["the village"], "place": ["the village"]},
    ),
    (
        "owner told by a pronoun, and who that is",
        "The/det>rebels rebels=rebel/nsubj>launched:person:plural launched=launch/root:past:state"
        " their/nmod:poss>attack:PRON attack/obj>launched:event ./punct>launched",
        "attack",
        {"actor": ["The rebels"]},
    ),
    (
        "active verb whose subject is called passive",
        "The/det>agents agents=agent/nsubj:pass>beat:person:plural beat=beat/root:past"
        " migrants=migrant/obj>beat:person:plural ./punct>beat",
        "beat",
        {"actor": ["The agents"], "target": ["migrants"]},
    ),
    (
        "place that where stands for",
        "They/nsubj>reached:PRON reached=reach/root:past:state the/det>town town/obj>reached:place"
        " where/advmod>killed two/nummod>guards guards=guard/nsubj:pass>killed:person:plural"
        " were/aux:pass>killed killed=kill/acl:relcl>town:passive ./punct>reached",
        "killed",
        {"target": ["two guards"], "place": ["the town"]},
    ),
    (
        "place of what is condemned, told after it",
        "France/nsubj>condemned:GPE condemned=condemn/root:past the/det>attacks"
        " attacks=attack/obj>condemned:event in/case>towns the/det>towns"
        " towns=town/obl>condemned:place:plural ./punct>condemned",
        "attacks",
        {"place": ["the towns"]},
    ),
    (
        "place of an operation, told by its purpose",
        "The/det>army army/nsubj>began:organization began=begin/root:past:state the/det>operation"
        " operation/obj>began:event to/mark>free free/advcl>began:inf Aleppo/obj>free:GPE"
        " ./punct>began",
        "operation",
        {"actor": ["The army"], "place": ["Aleppo"]},
    ),
    (
        "noun after a hyphen takes no part",
        "The/det>protests anti/amod>protests -/punct>anti government/compound>protests:organization"
        " protests=protest/nsubj>grew:event:plural grew=grow/root:past:state ./punct>grew",
        "protests",
        {},
    ),
    (
        "giver of what is received",
        "The/det>mayor mayor/nsubj>received:person received=receive/root:past:state"
        " support/obj>received:event from/case>Iran Iran/obl>received:GPE ./punct>received",
        "support",
        {"actor": ["Iran"]},
    ),
]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_roles(text: str, trigger: str, expected: dict[str, list[str]]) -> None:
    assert fillers(make_doc(text), trigger) == expected


def test_left_place_is_the_place_and_whoever_leaves_the_actor() -> None:
    doc = make_doc("He/nsubj>left:PRON left=leave/root:past Rome/obj>left:GPE ./punct>left")
    assert fillers(doc, "left")["place"] == ["Rome"]
    assert fillers(doc, "left")["actor"] == ["He"]


def test_facility_does_nothing() -> None:
    doc = make_doc(
        "The/det>bridge bridge/nsubj>attacked:place attacked=attack/root:past ./punct>attacked"
    )
    assert "actor" not in fillers(doc, "attacked")


def test_apposition_is_no_second_target() -> None:
    doc = make_doc(
        "The/det>leader leader/nsubj:pass>arrested:person ,/punct>Omar Omar/appos>leader:PERSON"
        " Haddad/flat>Omar:PERSON ,/punct>Omar was=be/aux:pass>arrested"
        " arrested=arrest/root:passive"
        " ./punct>arrested"
    )
    assert fillers(doc, "arrested") == {"target": ["The leader"]}


def test_oblique_that_the_model_calls_the_patient_is_the_target() -> None:
    words = (
        "Rebels=rebel/nsubj>shot:person:plural shot=shoot/root:past at/case>guards the/det>guards"
        " guards=guard/obl>shot:person:plural ./punct>shot"
    )
    doc = make_doc(words)
    guards, shot = find_word(doc, "guards").i, find_word(doc, "shot").i
    labelled = make_doc(words, roles=(RoleArc(shot, guards, "ARG1", 0.9),))
    assert fillers(labelled, "shot")["target"] == ["the guards"]


def test_time_is_no_place() -> None:
    doc = make_doc(
        "He/nsubj>left:PRON left=leave/root:past in/case>May May/obl>left:time ./punct>left"
    )
    assert fillers(doc, "left") == {"actor": ["He"]}


def test_rule_names_what_it_saw() -> None:
    doc = make_doc(
        "The/det>mayor mayor/nsubj:pass>shot:person was=be/aux:pass>shot shot=shoot/root:passive"
        " by/case>sniper a/det>sniper sniper/obl:agent>shot:person ./punct>shot"
    )
    assert rules(doc, "shot") == {"passive_agent_is_actor", "passive_subject_is_target"}


def test_participle_clause_has_the_place_of_its_main_clause() -> None:
    doc = make_doc(
        "Troops=troop/nsubj>attacked:person:plural attacked=attack/root:past in/case>Gaza"
        " Gaza/obl>attacked:GPE ,/punct>killing killing=kill/advcl>attacked:part guards=guard"
        "/obj>killing:person:plural ./punct>attacked"
    )
    assert fillers(doc, "killing")["place"] == ["Gaza"]


def test_blamed_act_names_the_target_of_the_blame() -> None:
    doc = make_doc(
        "He/nsubj>condemned:PRON condemned=condemn/root:past the/det>attack"
        " attack/obj>condemned:event"
        " by/case>rebels the/det>rebels rebels=rebel/nmod>attack:person:plural ./punct>condemned"
    )
    assert fillers(doc, "condemned")["target"] == ["the rebels"]


def test_building_that_somebody_is_expelled_from_is_no_target() -> None:
    text = (
        "Iran/nsubj>expelled:GPE expelled=expel/root:past"
        " monitors=monitor/obj>expelled:person:plural from/case>plant the/det>plant"
        " plant/obl>expelled:place ./punct>expelled"
    )
    assert fillers(make_doc(text), "expelled")["target"] == ["monitors"]
