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
    "aaron abdul abdullah abe abel abraham adam adolf adrian ahmad ahmed ajay akbar akira alain "
    "alan albert alberto alejandro aleksandr alessandro alex alexander alexandre alexei alfonso "
    "alfred alfredo ali alistair allah allan alvin amit amos anatoly anders andre andreas "
    "andrei andrew andrzej andy angelo anil anthony antoine anton antonio antony armando arnold "
    "arthur arturo arun ashok augustus barack barnaby barry bart bashar basil ben benjamin "
    "bernard bernie bill billy bjorn blake bob bobby boris brad bradley brandon brendan brent "
    "brett brian bruce bruno bryan byron caleb carl carlo carlos carlton cecil cedric chad "
    "charles charlie chester chris christian christoph christophe christopher chuck clarence "
    "claude claudio claus clayton clement cliff clifford clinton clive colin conrad cornelius "
    "cory craig curtis cyril damien damon dan daniel danny darren darryl dave david dean deepak "
    "dennis denzel derek derrick dexter dick diego dirk dmitry domenico dominic don donald "
    "donny doug douglas duncan dustin dwight dylan eamonn earl ed eddie edgar edmund edouard "
    "eduardo edward edwin eli elias elijah elliott elton emile emilio emmanuel enrique enzo "
    "eric erik ernest ernesto erwin esteban ethan eugene fabio federico felipe felix ferdinand "
    "fernando fidel filip francesco francis francisco francois frank franklin franz fred "
    "frederick friedrich fritz gabriel gary gaston gavin geoff geoffrey geoffroy georg george "
    "georges gerald gerard gerhard gianni gilbert giorgio giovanni giulio giuseppe glenn god "
    "godfrey gonzalo gordon graham greg gregory guillaume guillermo gunther gustav guy hal "
    "hamid hank hans harold harry harvey hassan hector heinrich helmut hendrik henri henry "
    "herbert herman horst howard hubert hugh hugo humphrey hussein ian ibrahim ignacio igor "
    "imran irving isaac isidore ismail ivan ivo jack jacob jacques jaime jake jamal james jared "
    "jarvis jason jasper javier jay jed jeff jeffrey jens jeremy jerome jerry jesse jesus jim "
    "jimmy joachim joaquin joe joel johan johann johannes john johnny jonas jonathan jonny jorg "
    "jorge jose josef joseph josh joshua juan julian julius jurgen justin karim karl kazuo "
    "keith ken kenji kenneth kevin khalid kiran klaus kofi konstantin kurt kyle larry lars "
    "lawrence leon leonard leonid leopold lester levi lewis liam lionel lloyd lorenzo lothar "
    "louie louis luca lucas lucien luigi luis lukas luke luther mahmoud malcolm manfred manuel "
    "marc marcel marcello marco marcus marek mariano mario mark martin marvin mathew mathias "
    "matt matthew matthias maurice max maxime maximilian mehmet melvin mervyn michael michel "
    "miguel mike mikhail miles mitchell mohamed mohammad mohammed mohan morris moses muhammad "
    "mustafa napoleon nathan ned neil nelson nicholas nick nicolas niels nigel nikita nikolai "
    "noah norman oleg oliver olivier omar orson osama oscar osman otto owen pablo pascal "
    "patrick paul pavel pedro pete peter phil philip philippe phillip pierre pietro qasem "
    "quentin rafael rahul raj rajesh ralph ramesh ramon randy raoul raul ray raymond recep "
    "reginald rene reuben rex ricardo richard rick robert roberto rocco rod roderick rodney "
    "rodrigo roger rohan roland ron ronald rory ross roy rudolf rudolph rufus rupert russell "
    "ryan saddam salman salvatore samuel sanjay scott sean sebastian sebastien sergei sergey "
    "seth shane shinzo sidney silvio simon stanley stefan steffen stephen steve steven stewart "
    "stuart sunil suresh sven ted terence terry thaddeus theo theodore thomas tim timothy "
    "tobias toby todd todor tom tomas tommy tony travis trent trevor tristan tyler ulrich "
    "umberto uwe valentin vernon vicente victor vijay viktor vincent vincenzo vinny vito vivek "
    "vladimir waldo wallace walter warren wayne wesley wilfred wilhelm will william willie "
    "winfried winston wolfgang xavier yasser yasushi yuri yusuf yves zachary zack zbigniew"
)
FEMALE_NAMES = word_set(
    "abigail adela adele adriana adrienne agatha agnes agnieszka aisha alexandra alice alicia "
    "alina alison allison alma althea amalia amanda amber amelia amelie amina amy ana anastasia "
    "angela angelica angelina angie anika anita anja anjali ann anna annabel annabelle anne "
    "annette annie annika antoinette antonia aretha ariana astrid audrey aurora ava babette "
    "barbara beatrice becky bella benazir bernadette bernice bertha bessie beth bethany betsy "
    "bettina betty beverly beyonce bianca blanche bonnie brenda bridget bridgette brigitte "
    "britney brittany camilla candace candice carla carmen carol caroline carolyn carrie "
    "cassandra cassie catalina catherina catherine cathy cecilia celeste celia celine chandra "
    "charlene charlotte cheryl chiara chloe chrissie christa christie christina christine cindy "
    "claire clara clarissa claudette claudia clementine colette colleen condoleezza connie "
    "consuelo cora cordelia corinne cornelia cristina cynthia daisy daniela daniella danielle "
    "daphne dawn debbie deborah debra deirdre delia delilah demi denise desiree diana diane "
    "dianne dinah dolores donna dora doreen doris dorothea dorothy edith edwina effie eileen "
    "elaine eleanor eleanora elena eleonora elisa elisabeth elise eliza elizabeth elke ella "
    "ellen ellie eloise elsa elsie elspeth elvira emily emma erica erika erin ernestine "
    "esmeralda esperanza estelle esther ethel eugenia eugenie eunice eva evangeline evelyn "
    "evita fatima fay felicia felicity fiona florence frances francesca francine frida frieda "
    "gabriela gabriella gabrielle gail gemma genevieve georgette georgia georgina geraldine "
    "gertrude gillian gina ginny gisele giulia gladys glenda gloria grace greta gretchen gudrun "
    "gwen gwendolyn gwyneth hannah harriet hattie hayley hazel heather hedwig heidi helen "
    "helena helga henrietta hermione hilary hilda hillary hollie holly hortense ida imelda "
    "imogen indira ines inez inga ingeborg ingrid irene irina iris irma isabel isabella "
    "isabelle isla isolde ivana ivy jackie jacqueline jada jana jane janelle janet janette "
    "janice janine jasmine jeanette jeanne jeannie jemima jenna jennie jennifer jenny jessica "
    "jill joan joann joanna joanne jocelyn jodie joelle johanna josefina josephine josie joyce "
    "juanita judi judith judy julia juliana julie juliet juliette justine kamala karen karin "
    "karina karla katarina kate katerina katharina katharine katherine kathleen kathryn kathy "
    "katie katrina katya kay keira kendra kerstin kirsten kirstie kristen kristin kristina "
    "krystal kylie lana lara larissa latoya laura lauren lavinia lea leah leila lena leonora "
    "leticia lillian lily lina linda lisa liz liza lizzie lois lola loretta lori lorraine "
    "lottie louisa louise lucia lucie lucille lucinda lucretia lucy ludmila luisa lupita luz "
    "lydia lyudmila mabel madeleine mae magda magdalena maggie maisie mamie mandy marcella "
    "marcia margaret margarita marge margery margot marguerite maria mariah mariana marianne "
    "maribel marie marietta marilyn marina marjorie marlene marta martha martina mary matilda "
    "maud maude maureen mavis maxine maya meera megan meghan melanie melinda melissa meredith "
    "mia michaela michelle mildred mimi mina mindy minerva minnie mira miranda miriam misty "
    "mitzi moira molly mona monica muriel myra myrtle nadia nadine nancy nanette naomi natalia "
    "natalie natasha nell nellie nicole nikki nina noelle nora noreen norma octavia odette olga "
    "olive olivia ophelia pamela pansy patricia patsy patti paula paulette pauline pearl peggy "
    "penelope penny petra phoebe phyllis pia polly poppy portia priscilla queenie rachael "
    "rachel ramona raquel rebecca rebekah renata renee rhoda rhonda rita roberta rochelle romy "
    "rosa rosalia rosalie rosalind rosalinda rosalyn rosamund rosanna rose roseanne rosemarie "
    "rosemary rosetta rosie roxana roxanne ruby ruth sabina sabine sabrina sadie sally salma "
    "salome samantha sandra sara sarah saskia scarlett selena selma serena shakira sharon "
    "sheena sheila sherry shirley sienna sigrid silvia simone siobhan sofia sonia sonja sonya "
    "sophia sophie stacey stella stephanie sue susan susanna susannah susie suzanne suzie "
    "svetlana sybil sylvia tabitha tamar tamara tania tanya tara tatiana teresa tess tessa "
    "thelma theodora theresa therese thora tiffany tilda tina tracy trisha trudy una ursula "
    "valentina valeria valerie vanessa velma vera verena verna veronica victoria viola violet "
    "violeta violetta virginia vivian vivien vivienne wanda wendy whitney wilhelmina wilma "
    "winifred winnie winona xenia yoko yolanda yvette yvonne zainab zara zelda zoe zora zoya"
)

# First names that are last names as often: alone they tell no gender.
LAST_NAMES = word_set(
    "alexander ali allan arnold barry bernard blake bryan byron clayton clement clinton craig "
    "curtis dean douglas duncan earl elliott felix francis frank franklin frederick george "
    "gilbert glenn gordon graham gregory hamid harvey hassan henry herbert herman howard "
    "hubert hugh humphrey hussein ibrahim irving jack james jarvis jay keith khalid lawrence "
    "lester lewis lloyd luther mahmoud marcus martin melvin miles mitchell mohamed morris "
    "moses nelson noah norman oliver otto owen patrick paul ralph ramon ray raymond reginald "
    "rodney roland ross roy russell salman samuel scott seth sidney simon stanley stewart "
    "stuart thomas todd tracy travis tyler vernon vincent wallace walter warren wayne wesley "
    "wilfred william winston yasser yusuf"
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
