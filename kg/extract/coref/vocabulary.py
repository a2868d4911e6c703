"""The words that coreference goes by: names and nouns of a gender, titles, nouns that take up."""

from kg.records import EntityKind
from kg.words import word_set

# -- names of persons

MALE_TITLES = word_set(
    "mr mister sir king prince lord father fr duke emperor sultan sheikh shaikh imam baron count "
    "pope monsignor ayatollah"
)
FEMALE_TITLES = word_set(
    "mrs ms miss mme madam dame queen princess lady sister duchess empress baroness countess"
)
TITLES = (
    MALE_TITLES | FEMALE_TITLES | word_set("dr prof gen col capt lt sgt maj adm sen rep gov rev")
)
# Offices that stand before a name; no part of it.
OFFICES = word_set(
    "president vice deputy prime foreign minister chancellor premier secretary ambassador "
    "senator congressman congresswoman governor mayor general colonel captain major lieutenant "
    "sergeant admiral marshal commander chief judge justice professor doctor chairman director "
    "coach pastor bishop archbishop cardinal rabbi ayatollah grand mullah detective inspector "
    "officer constable sheriff attorney reverend former crown"
)
NAME_SUFFIXES = word_set("jr sr ii iii iv phd md qc mp")
# Common first names that the English-speaking press gives to one gender, and those of God.
MALE_NAMES = word_set(
    "aaron abdul abdullah abraham adam ahmad ahmed akbar alan albert aleksandr alex alexander "
    "alfred ali allah allan andre andreas andrew andy angelo anthony antonio antony arnold "
    "arthur bashar barack barry ben benjamin bernard bernie bill billy bob bobby boris brad "
    "bradley brandon brian bruce bryan carl carlos charles charlie chris christian christopher "
    "chuck clarence claude clinton craig dan daniel dave david dean dennis derek dick diego "
    "dmitry dominic don donald doug douglas duncan dwight earl ed eddie edgar edmund eduardo "
    "edward edwin elliott emmanuel eric ernest ethan eugene fernando fidel francis francisco "
    "francois frank franklin fred frederick gabriel gary gavin geoff geoffrey george gerald "
    "gerard gilbert giovanni glenn god gordon graham greg gregory guy hamid hans harold harry "
    "harvey hassan henry herbert herman howard hugh hugo hussein ian ibrahim igor isaac ismail "
    "ivan jack jacob jacques jake james jason javier jay jeff jeffrey jeremy jerome jerry jesse "
    "jesus jim jimmy joe joel john johnny jonathan jorge jose joseph josh joshua juan julian "
    "julius justin karl keith ken kenneth kevin khalid kofi kyle larry lars lawrence lee leon "
    "leonard leonid lewis lloyd louis luis luke mahmoud malcolm manuel marc marcel marco marcus "
    "mario mark martin marvin matt matthew maurice max michael michel miguel mike mikhail "
    "mitchell mohamed mohammad mohammed morris muhammad mustafa nathan neil nelson nicholas nick "
    "nicolas nigel norman oliver omar oscar osama otto owen pablo patrick paul pedro pete peter "
    "phil philip phillip pierre qasem ralph ramon randy ray raymond recep rex ricardo richard "
    "rick robert roberto robin rodney roger roland ron ronald ross roy rudolph rupert russell "
    "ryan saddam salman samuel scott sean sebastian sergei sergey seth shane shinzo sidney simon "
    "stanley stefan stephen steve steven stewart stuart ted terence terry theodore thomas tim "
    "timothy toby todd tom tommy tony travis trevor vernon victor vincent vladimir wallace "
    "walter warren wayne wilfred will william winston yasser yusuf zachary"
)
FEMALE_NAMES = word_set(
    "abigail agnes aisha alice alicia alison amanda amber amelia amina amy ana andrea angela "
    "angelina anita ann anna anne annie antonia audrey aung barbara beatrice becky benazir "
    "bertha beth betty beverly brenda bridget camilla carla carmen carol caroline carolyn "
    "catherine cecilia charlotte cheryl christina christine cindy claire clara condoleezza "
    "connie cristina cynthia daisy dawn deborah debra denise diana diane dolores donna dora "
    "doris dorothy edith eileen elaine eleanor elena eliza elizabeth ella ellen elsie emily emma "
    "erica erin esther ethel eva evelyn fatima fiona florence frances gail georgia geraldine "
    "gertrude gina gladys gloria grace greta hannah harriet hazel heather heidi helen helena "
    "hilary hillary ida indira ingrid irene iris isabel isabella jackie jacqueline jane janet "
    "janice jean jeanne jennifer jenny jessica jill jo joan joanna joanne josephine joyce "
    "juanita judith judy julia julie kamala karen kate katherine kathleen kathryn kathy katie "
    "kelly kim kristen kristin laura lauren leila lena leslie lillian linda lisa liz lois "
    "lorraine louise lucia lucille lucy lydia lynn mabel madeleine maggie margaret maria marie "
    "marilyn marina marion marjorie martha mary maureen maxine megan meghan melanie melissa "
    "michelle mildred minnie miriam molly monica myrtle nadia nancy naomi natalia natalie "
    "natasha nicole nina nora norma olga olivia pamela patricia paula pauline peggy penny "
    "phyllis priscilla rachel rebecca rita rosa rose rosemary ruby ruth sally samantha sandra "
    "sara sarah sharon sheila shirley sofia sonia sophia sophie stella stephanie sue susan "
    "suzanne sylvia tamara tara teresa thelma theresa tiffany tina tracy ursula valerie vanessa "
    "vera veronica victoria viola violet virginia vivian wanda wendy winifred yolanda yvonne "
    "zainab zoe"
)

# -- names of bodies and places

# Words that an acronym may pass over.
SMALL_WORDS = word_set("of the and for in on at to a an de du la le del des der und y et")
CORPORATE_FORMS = word_set("inc corp co ltd llc plc corporation company limited group ag sa")
# Words that end a place's name and may be left out; "province" may not, it makes another place.
LAND_FORMS = word_set("river islands sea desert valley mountains mtns canal camp")

# -- nouns

MALE_NOUNS = MALE_TITLES | word_set(
    "man boy dad son brother husband uncle grandfather grandson nephew gentleman guy actor "
    "businessman chairman congressman policeman spokesman fisherman salesman gunman sportsman "
    "statesman boyfriend bridegroom groom widower stepfather stepson fiance waiter monk priest "
    "bishop patriarch schoolboy"
)
FEMALE_NOUNS = FEMALE_TITLES | word_set(
    "woman girl mother mom mum daughter wife aunt grandmother granddaughter niece actress "
    "businesswoman chairwoman congresswoman policewoman spokeswoman saleswoman girlfriend bride "
    "widow stepmother stepdaughter fiancee waitress nun heroine schoolgirl housewife midwife"
)
# Singular nouns that "they" takes up as easily as "it".
BODIES = word_set(
    "group team party family police government army force company band crew staff committee "
    "council crowd couple pair gang militia movement organization organisation club union press "
    "public media coalition alliance opposition board court ministry agency department firm "
    "military navy"
)
# Relatives of whom most people have one: "his wife" and "the couple's wife" are the same.
KIN = word_set(
    "mother father mom mum dad wife husband spouse son daughter child baby brother sister "
    "boyfriend girlfriend partner widow fiance fiancee"
)
YOUNG = word_set("child baby infant toddler boy girl teenager youth youngster newborn teen")
YOUNG_KIN = YOUNG | word_set(
    "son daughter pupil student schoolboy schoolgirl grandson granddaughter"
)
# Nouns that can take up any person of their gender.
ANYBODY = YOUNG | word_set("man woman suspect victim")
# Nouns that only say what the name before them is: "the SDF militia" is the SDF.
NAMED_BODIES = word_set(
    "group organization organisation militia company firm network party movement cult sect "
    "newspaper gang"
)

COUNTRY = frozenset({EntityKind.COUNTRY})
PLACE = frozenset({EntityKind.PLACE})
BODY = frozenset({EntityKind.ORGANIZATION})
FACILITY = frozenset({EntityKind.FACILITY})
ANY_PLACE = COUNTRY | PLACE | FACILITY
# Nouns that take up a name of these kinds: "the country", "the village", "the group".
KINDS_OF_NOUN: dict[str, frozenset[EntityKind]] = {
    **dict.fromkeys(word_set("country nation kingdom"), COUNTRY),
    **dict.fromkeys(
        word_set(
            "city town village province region area district county capital enclave settlement "
            "municipality neighbourhood neighborhood suburb hamlet"
        ),
        PLACE,
    ),
    **dict.fromkeys(
        word_set(
            "group organization organisation company firm agency party movement militia alliance "
            "coalition body institution committee club team newspaper network broadcaster "
            "council ministry department force association union bank charity watchdog regulator "
            "airline manufacturer band outfit bloc"
        ),
        BODY,
    ),
    **dict.fromkeys(
        word_set(
            "building facility airport hospital prison mosque church hotel museum station "
            "stadium plant complex"
        ),
        FACILITY,
    ),
    **dict.fromkeys(word_set("state island camp base site republic territory"), ANY_PLACE),
    **dict.fromkeys(word_set("school university"), ANY_PLACE | BODY),
}

# -- pronouns

HE = word_set("he him his himself")
SHE = word_set("she her hers herself")
IT = word_set("it its itself")
THEY = word_set("they them their theirs themselves")
DEMONSTRATIVE = word_set("this that these")
FIRST = word_set("i me my mine myself")
FIRST_PLURAL = word_set("we us our ours ourselves")
SECOND = word_set("you your yours yourself yourselves")
SINGULAR = HE | SHE | IT | FIRST | word_set("this that")
BY_SPEAKER = FIRST | FIRST_PLURAL | SECOND
REFLEXIVE = word_set("himself herself itself themselves myself ourselves yourself yourselves")
