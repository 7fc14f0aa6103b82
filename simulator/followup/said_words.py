"""The words by which spoken sentences are told apart and mended; read by `said`."""

import re
from collections.abc import Mapping

LEAST_WORDS, MOST_WORDS = 4, 34
"""Words of a clause that can stand in a letter."""
RUN_ON = 26
"""Words without punctuation from which a sentence is taken for speech, and cut into clauses."""


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HESITATIONS = word_set("um umm uh uhm er erm hmm mm mhm ah eh")
FILLERS = (
    "you know", "i mean", "kind of like", "sort of like", "kind of", "sort of", "basically", "to be honest",
    "to be fair", "if you like", "as it were", "i guess", "or whatever", "you see", "and stuff", "and that sort "
    "of thing",
    "and so on and so forth", "and everything", "literally", "let me think", "what else",
)  # fmt: skip
JOINTS = word_set("and so but then well because okay ok right yeah yes no anyway also plus now cos")
SUBJECTS = word_set(
    "i we he she they it you there this that these those the my our his her their its a an nobody everybody everyone "
    "somebody someone people one two three four five six what who i'm i've i'd i'll we're we've we'd it's that's "
    "there's he'd she'd they'd he's she's they're"
)
PRONOUNS = word_set(
    "i we he she they it there i'm i've i'd i'll we're we've we'd we'll it's that's there's he'd she'd they'd"
)
FIRST = word_set("i we i'm i've i'd i'll we're we've we'd we'll")
OPENERS = word_set("when while after before since if although though once whenever until")
LINKS = word_set(
    "and but so then because that which who what where when while if as than how why whether before after until "
    "since "
    "although though or once whenever like cause nor whatever"
)
"""Before a pronoun these carry the sentence on; without one of them a new sentence begins."""
DANGLING = word_set(
    "a an the of in on at to for with from by and or but so that which who whose because when while if as than "
    "my our "
    "your his her their its was were is are be been am i we he she they it's i'm i've had have has do does did not "
    "into onto about between very really just then where what how will would can could should might must this these "
    "every each some any no like says said thought think noticed asked asks find i'd i'll i'm he'd she'd they'd we'd "
    "quite there's want wanted need"
)
BAD_START = word_set(
    "or of than who which was were is are been be being am had has have did does not into onto about between to "
    "for with from by if whose whom that's mind said says such which"
)
START = (
    SUBJECTS
    | OPENERS
    | word_set(
        "last this one two three four five six seven eight nine ten in on at during every each some most all "
        "both another "
        "today yesterday once our your at over within by what where how as with for from working being having "
        "helping "
        "nothing everything something many half none"
    )
)
"""Small words with which a statement may begin; a word that was written large may too."""
SAYING = word_set(
    "think thought said say says know knew hope hoped believe believed feel felt found find sure learned learnt "
    "realised "
    "realized noticed see saw told wish guess mean decided remember like bet suggested knowing glad asked ask"
)
"""Before a pronoun these carry the sentence on, as "that" does."""
WHEN_WORDS = re.compile(
    r"(?:since then|after that|one (?:day|night|morning|evening)|(?:that|last|this|next) (?:day|night|morning|"
    r"evening|week|"
    r"month|year|summer|winter|spring|autumn|time)|the (?:next|same|following|first) (?:day|night|morning|week|month|"
    r"year|time)|(?:in|at|by) the (?:end|beginning|evening|morning|time)|as a \w+|in \w+|these days|at first|at "
    r"school|"
    r"from there|quite often|last year|in (?:my|every|five|ten|\w+) (?:experience|one|years|months|days|weeks))$"
)
"""Said before a pronoun, these open the next statement."""
ROUGH = re.compile(
    r"\b(?:effing|bloody|damn\w*|hell|crap|shit\w*|fuck\w*|bastard\w*|arse\w*|bugger\w*|idiot\w*|stupid|missus|"
    r"fella|yeah|yep|nope|lads?|lasses|blokes?|mates?|chap|kinda|sorta|whatsit|"
    r"owt|nowt|summat|ain't|innit|gonna|wanna|gotta|dunno|lol|"
    r"(?:i|we|they|he|she) (?:says|goes|seen|done|was like|were like)|(?:we|you|they) was|i were|i come over|"
    r"(?:he|she|it) (?:laugh|open|ask|come|do|go|say|walk|don't|have|want|make|take|tell|give|need|get|look|work)|"
    r"them (?:lads|lot|ones|people)|me (?:mum|dad|nan|mate|brother|sister)|i won't lie|i don't know|whatever it|"
    r"like (?:actual|literally|proper|a million|mad)|there was (?:only )?(?:\w+ ){1,4}(?:went|came|got|had|wouldn't)|"
    r"meself|ye|em|hed|hes|shes|whos|everyones|give it here|never done|(?:she|he|it|i) weren't|i come|a wee|"
    r"(?:outcome|result) first|i can't remember|how do you say|what do you call)\b"
)
APOSTROPHES: Mapping[str, str] = {
    "didnt": "didn't", "dont": "don't", "doesnt": "doesn't", "wasnt": "wasn't", "werent": "weren't", "isnt": "isn't",
    "couldnt": "couldn't", "wouldnt": "wouldn't", "shouldnt": "shouldn't", "cant": "can't", "havent": "haven't",
    "hasnt": "hasn't", "hadnt": "hadn't", "im": "I'm", "ive": "I've", "thats": "that's", "theres": "there's",
    "whats": "what's", "youve": "you've", "theyve": "they've", "weve": "we've", "youll": "you'll", "itll":
    "it'll", "theyre": "they're", "youre": "you're", "theyd": "they'd", "youd": "you'd", "cos": "because",
    "cuz": "because", "i": "I", "i'm": "I'm", "i've": "I've", "i'd": "I'd", "i'll": "I'll", "'cause": "because",
}  # fmt: skip
SPLIT_ENDING = re.compile(r"\b([A-Za-z]+) ?(?:'| )(s|ve|re|ll|d|m|t)(?= |$)")
SPLIT_FITS = {
    "s": word_set("it that he she there what who where here how let mum dad"),
    "ve": word_set("i we they you would could should"),
    "re": word_set("we they you"),
    "ll": word_set("i we they you he she it that"),
    "d": word_set("i we they you he she"),
    "m": word_set("i"),
    "t": word_set("don didn doesn wasn weren isn couldn wouldn shouldn can haven hasn hadn won"),
}
ALWAYS_NAMES = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mondays", "Tuesdays", "Wednesdays",
    "Thursdays", "Fridays", "Saturdays", "Sundays", "January", "February", "April", "June", "July", "August",
    "September", "October", "November", "December", "Christmas", "Easter", "English", "German", "French", "Spanish",
    "Italian", "Polish", "Dutch", "Portuguese", "Arabic", "Turkish", "Russian", "Chinese", "Hindi", "Urdu", "London",
    "Berlin", "Paris", "Vienna", "Dublin", "Europe", "Germany", "France", "Spain", "Italy", "Poland", "England",
    "Scotland", "Wales", "Ireland", "Excel", "Python", "Linux", "SQL", "Word", "PowerPoint", "CPR", "ECDL", "GCSE",
)  # fmt: skip
NAME_ONLY_AS = word_set("word may march will mark bill rose grace frank june april august polish joy hope faith")
"""Names that are words too; they are capitalised only where nothing else can be meant."""
WORKPLACE = word_set(
    "hospital ward company school team shop office firm place council kitchen restaurant charity university library "
    "bank hotel clinic practice site home centre center department bakery workshop station depot store college "
    "nursery farm garage agency studio museum garden programme newsroom laboratory lab pharmacy surgery"
)


AFTER_ITS = word_set(
    "a an the just been not about one like really all what nice so very it only always never that my"
)
ALL = word_set("nobody everybody everyone somebody someone")
STATES = word_set("it's that's there's")
VERBISH = re.compile(
    r"\b(?:\w+ed|was|were|is|are|had|has|have|did|do|does|would|could|can|will|went|got|took|made|came|said|told|"
    r"gave|kept|found|put|ran|drew|sent|wrote|held|left|began|built|knew|saw|felt|brought|thought|stood|sat|rang|"
    r"spoke|taught|bought|paid|met|led|lost|won|grew|hung|fetched|want|need|like|love|work|works|help|helps|"
    r"s)\b|'s\b|n't\b"
)
PAST_WORDS = word_set(
    "was were had did got went took made came gave kept found put ran drew sent wrote held began built knew saw felt "
    "brought thought stood sat rang spoke taught bought paid met led won grew hung set cut told said drove "
    "rebuilt sold "
    "learnt read let split chose broke fed dealt swept shut hid rode caught fought understood"
)
"""Past forms that no ending tells."""
HELPING = word_set(
    "was were had been be being got get have has is are did didn't it's i've we've i'd we'd having not never kept"
)
TIMES = word_set(
    "last this one two three four five six in on at during every as from over within by today yesterday once"
)
ABBREVIATED = word_set("mr. mrs. ms. dr. st. e.g. i.e. etc. prof. no.")
NO_NAMES = WORKPLACE | word_set(
    "group care service services limited ltd gmbh inc company saint st city north south east west general house "
    "royal national new works sons brothers partners trust county central public health road street and with"
)
"""Parts of the names of firms that are words of their own: "the hospital" stays small in a hospital's letter."""
STRONG_WHEN = re.compile(
    r"since then|after that|one (?:day|night|morning|evening)|in the end|as a \w+|from there|these days|at school|"
    r"in (?:five|ten|\w+) (?:years|months)|last year"
)
"""Of the words above those that open a statement even where no "and" stands before them."""
NO_DEEDS = word_set("hundred indeed speed breed bleed naked sacred proceed succeed exceed tired interested worried")
"""Words in -ed that are no verb of the past, or seldom stand as one."""
WHAT_ADRIFT = re.compile(
    r"\b(?!(?:is|was|of|about|see|saw|that's|know|knew|on|in|at|to|for|with|from|by|and|say|ask|asked|said|told|tell|"
    r"find|found|learned|understand|explain|explained|remember|show|showed|like|than|just|exactly|me|him|her|us|them|"
    r"you|not|wrote|noted|or|but|it's)\b)\w+ what (?:i|we|you|he|she|they)\b"
)
""" "That was the courier what I took from it is ...": a "what" that begins anew."""
