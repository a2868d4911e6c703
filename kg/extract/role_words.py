"""The words and classes that the rules of roles and places go by; the lexicon names the actions."""

from kg.words import word_set

# Prepositions after which a place is where the action is, whoever else is named.
PLACE_CASES = word_set(
    "in at near from to into inside outside across around through throughout within onto towards "
    "toward along beyond between over on off under behind above amid via"
) | {"close to", "next to", "out of", "outside of", "north of", "south of", "east of", "west of"}
# ... and after which a participant's own place is the event's.
NEAR_CASES = word_set("in at near inside outside")
# ... and after which a body stands for its building.
PREMISES_CASES = word_set("in into at to near inside outside")
TARGET_CASES = word_set("against on at with to toward towards for from over")
# Prepositions of whom a deed is done to, after its light verb: "opened fire on".
LIGHT_TARGET_CASES = word_set("against on upon at to toward towards with into")
# Prepositions of whom a deed told as an object is done to: "broke relations with".
COMPLEMENT_CASES = word_set("with on to from against for")
# Nouns whose owner is whom the action is done to: "his arrest", "the city's capture".
PATIENT_OWNER = word_set(
    "arrest death murder killing assassination detention release conviction trial funeral "
    "imprisonment execution kidnapping abduction rescue removal dismissal ouster appointment "
    "nomination deportation extradition expulsion injury suicide burial capture demolition "
    "destruction liberation overthrow hospitalization birth disappearance torture sentencing "
    "prosecution incarceration defeat displacement evacuation"
)
# Nouns for what two sides do together: both are actors, one often after "with".
RECIPROCAL_NOUNS = word_set(
    "talk meeting clash war battle negotiation agreement dialogue summit conflict fighting fight "
    "deal match game dispute conference discussion ceasefire truce exchange confrontation argument "
    "gunfight shootout dinner lunch breakfast wedding marriage"
)
# Verbs whose subject is whom the event noun in their object is done to: "undergo trial".
SUFFERING = word_set("undergo face await suffer receive stand endure survive escape get")
# Verbs that get what their object names from somebody: "received support from".
RECEIVING = word_set("receive get win seek obtain draw gain attract face")
# Classes whose noun's owner does it, whatever the model's role arc says: "the army's attack".
DOING = word_set("Attack Violence Protest Statement Request Accusation Movement")
# Classes whose "of" phrase names who does it: the arrival of the troops, the speech of the king.
INTRANSITIVE = word_set("Movement Statement Protest Withdrawal Request")
# Classes of going away and taking: what is "from" somebody is not theirs to do.
LEAVING = word_set("Movement Withdrawal Retreat Crime Release")
# Verbs with an object who takes part as much as the subject: "the ministers met their guests".
JOINT = word_set("meet marry wed encounter join date divorce")
# Classes of actions that give something to somebody.
GIVING = word_set("Transfer Aid")
# Classes whose place is that of the event they are about: "condemned the attacks in the towns".
BLAMING = word_set("Accusation Request Threat")
# Prepositions of what is blamed, refused or asked for: "protested against", "called for".
BLAMED_CASES = word_set("for of to against at about with over from on")
# PLOVER categories of acts of speech: what they promise, refuse or threaten has the target.
SPOKEN_CATEGORIES = word_set("AGREE CONCEDE REJECT REQUEST THREATEN SUPPORT CONSULT PROTEST")
# ... of which these answer or address who does what they tell of.
ANSWERING_CATEGORIES = word_set("AGREE REJECT REQUEST THREATEN PROTEST")
# The relations of what they tell of, the prepositions and the conjunctions before it.
TOLD_RELATIONS = ("xcomp", "ccomp", "obj", "obl", "nmod", "acl", "advcl")
TOLD_CASES = BLAMED_CASES | word_set("in into")
# Verbs that say what a protest is about: "marched through the town, demanding that he resign".
CLAIMING = word_set("call demand protest urge condemn denounce oppose")
TOLD_MARKS = word_set("to if unless until")
# PLOVER categories of what one side does and the other takes part in.
ONE_SIDED_CATEGORIES = word_set("COOPERATE AGREE SUPPORT AID")
# Classes of what is done to the dead and the hurt, of the deeds that do it, and the prepositions of
# such a deed: "killed in a raid", "hurt by shelling".
HARMING = word_set("Violence Injury Death Movement")
DEEDS = word_set("Violence Coercion")
# Verbs that say whom a deed harms: "a blast that killed a guard".
HITTING = word_set("kill injure wound hurt hit strike target destroy damage slay maim")
DEED_CASES = word_set("in by during")
# Verbs that introduce what is quoted.
SAYING = word_set(
    "say tell add state note explain write tweet report claim argue warn announce declare ask "
    "reply answer insist stress continue comment remark recall admit acknowledge suggest observe "
    "conclude call describe joke urge think believe post respond quip assert affirm testify "
    "shout yell whisper read express characterise characterize contend maintain emphasise "
    "emphasize predict speculate mention recount reason scream exclaim retort mutter counter "
    "interject elaborate allege opine caution promise vow confirm reiterate boast reveal"
)
# Participles after "he said" that tell how he went on.
SPEAKING = SAYING | word_set("cite refer speak quote point allude use")
