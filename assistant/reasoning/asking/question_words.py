"""The words that questions are asked with: what each tells of what is wanted and done."""

from __future__ import annotations

from assistant.reasoning.ask import PlaceRelation, Wanted
from corpus.facts.types import StatementKind
from corpus.language.word_classes import word_table


def phrases(said: str) -> tuple[tuple[str, ...], ...]:
    """Return phrases, parted by bars, as the words that they are made of."""
    return tuple(tuple(one.split()) for one in said.split("|"))


HEADS = word_table(
    {
        Wanted.PLACE: "country region city jurisdiction location place geography geo state "
        "continent territory zone site datacenter datacentre area town land geographies "
        "destination facility nation spot premise centre center",
        Wanted.SERVICE: "service product feature workload tool subprocessor sub-processor vendor "
        "supplier processor app application add-on addon module company provider offering "
        "component platform system subsidiary affiliate partner subcontractor sub-contractor "
        "capability solution one brand plan firm software suite integration program programme "
        "package functionality function edition",
        Wanted.CONDITION: "condition circumstance prerequisite requirement licence license "
        "subscription criterion criteria precondition eligibility factor",
        Wanted.EXCEPTION: "exception exemption carve-out derogation exclusion caveat exclusions "
        "limitation loophole",
        Wanted.DURATION: "period duration timeframe timespan day week month year hour minute "
        "deadline timeline",
        Wanted.DATE: "date",
        Wanted.PERSON: "person team role entity contact administrator admin officer "
        "department party recipient people owner mailbox_for controller desk",
        Wanted.WAY: "way manner mean procedure step command method setting cmdlet process "
        "instruction",
        Wanted.REASON: "reason ground purpose justification rationale cause motive",
        Wanted.DEFINITION: "definition meaning",
        Wanted.DIFFERENCE: "difference distinction",
        Wanted.DATA: "type kind category sort item",
    }
)
"""Nouns that are asked for, in their base form."""

TIME_UNITS = frozenset("day week month year hour minute quarter time long".split())
PLACE_NOUNS = frozenset(
    "region geography geo country city jurisdiction location zone territory datacenter cell "
    "boundary area site continent state border servers place".split()
)
"""Nouns that are places where a preposition of place stands before them."""

KINDS = word_table(
    {
        StatementKind.COMMITMENT: "cover guarantee commit undertake promise pledge commitment "
        "respect extend compliant ensure assure undertaking warrant assurance obligation oblige "
        "bind bound agree honour honor contractual vouch",
        StatementKind.EXCLUDED: "exclude exempt exclusion excluded omit exempted except",
        StatementKind.REQUIRED: "require need prerequisite requirement required requirements "
        "mandatory necessary compulsory obligatory qualify eligible eligibility",
        StatementKind.DETERMINED_BY: "depend decide determine select choose basis pick pin "
        "choice govern dictate determined depending",
        StatementKind.CONTACT: "contact write bug",
        StatementKind.REPLICATED: "replicate replication copy mirror back_up duplicate "
        "sync synchronise synchronize duplication backed mirrored geo-replicate",
        StatementKind.PROCESSED: "process processing treat analyse analyze compute handle "
        "processed scan transcribe evaluate",
        StatementKind.RETAINED: "retain retention delete erase purge retained deletion hang "
        "expire destroy wipe discard disappear vanish",
        StatementKind.MOVED: "move transfer send migrate relocate leave relocation migration "
        "egress ship export go transmit restore forward return onward "
        "transferred moved sending moving travel bring flow route exit cross shift push "
        "transmission relay",
        StatementKind.STORED: "store keep host hold stay live sit reside save put rest storage "
        "hosting residence house remain stored maintain hosted locate land storing "
        "contain persist archive based home",
    }
)
"""What is asked to be done, by verbs and the nouns made of them."""
WEAK_KINDS = word_table(
    {
        StatementKind.STORED: "location locations end resident",
        StatementKind.REQUIRED: "must",
        StatementKind.COMMITMENT: "coverage entitle entitled",
        StatementKind.REPLICATED: "replica failover redundancy geo-redundancy redundant",
        StatementKind.PROCESSED: "inference analysis computation execution",
        StatementKind.EXCLUDED: "exception exemption carve-out derogation",
    }
)
"""Words that tell it where no verb does."""

RELATIONS = {
    **dict.fromkeys(
        "in within inside at across throughout between on under of via through".split(),
        PlaceRelation.IN,
    ),
    **dict.fromkeys("outside beyond except out".split(), PlaceRelation.OUTSIDE),
    **dict.fromkeys("to into towards toward over onto".split(), PlaceRelation.TO),
    **dict.fromkeys(("from", "leave", "leaves", "leaving", "left"), PlaceRelation.FROM),
}
"""How a preposition puts what is asked about to the place behind it."""

WRAPPERS = frozenset(
    "tell me could can you would please pls plz kindly i we 'd ’d like to know wonder wondering "
    "was were am 'm ’m 're ’re are curious interested be learn understand trying ask asked "
    "just hey hi hello ok okay so well um umm erm hmm and but also then actually say confirm "
    "check verify clarify explain specify show let us if any idea clue anyone someone somebody "
    "has have anybody checked happen do not n't unsure clear sure find out need want help may "
    "might want wanted glad grateful appreciate it will should need identify set out state give "
    "walk through quick question one silly maybe - , – — : ; yes or no the a of for there is "
    "good morning afternoon evening about don't see uh oh right now honestly basically by "
    "colleague boss my our team claims says thinks that keep being at on interested hear hearing "
    "did said told heard provide advise inform whether ? ! uhm erm wanna curious afternoon"
    " dear team sir madam lawyer auditor claims claim really quickly something still".split()
)
"""Words that only wrap a question up."""
LISTING = frozenset("list enumerate".split())
"""Verbs that ask for every member."""
WHOLE = frozenset("all every each everything full complete entire".split())
"""Words by which every member is asked for."""

CURRENT = phrases(
    "up to date|outdated|out of date|any more|anymore|actual|replaced|no longer in effect|"
    "no longer valid|newest|"
    "latest version|as of today|in force|still current|still valid|still true|still accurate|"
    "still apply|still applies|still exist|still exists|still hold|still holds|still correct|"
    "still right|still up-to-date|still holds true|still trust|still be trusted|"
    "current status|obsolete|superseded|"
    "present situation|still stands|still stand|and today|still in effect|still relevant|recent|"
    "still the case|deprecated|and now|stale|still in use|still good|still up|out-of-date|"
    "up-to-date|still binding|still applicable|still in place|still be relied on|"
    "latest one|most recent"
)
"""Phrases that ask whether what is written still holds."""
DIFFERENT = phrases(
    "differ|difference|diff|compare|contrast|distinguish|versus|vs|vs.|different|differently|"
    "differs|distinguishes|comparison|compared with|compared to|differences|how do they compare"
)
NEEDED = phrases(
    "under what|under which circumstances|under which conditions|depend on|depends on|"
    "on what does it depend|what must|is needed|is required|are required|are needed|require|"
    "requires|what conditions|on what basis|what determines|what decides|based on what|"
    "what governs|which factors|what factors|what circumstances|what do i need|what do we need|"
    "what has to|what do i have to|what do we have to|what should we|what we need|gotta|"
    "what would we have to|what do you need|what would it take|qualify|eligible|what else|"
    "eligibility|necessary|"
    "determines|prerequisite|prerequisites|requirements|requirement|conditions for|"
    "the conditions|does it depend|the catch|depend|required"
)
BESIDES = phrases(
    "after all|all the same|despite|anyway|nevertheless|nonetheless|some cases where|"
    "any cases where|except for which|fine print|in which cases|in what cases|exceptions|"
    "exception|carve-outs|carve-out|derogations|derogation|exemptions|exemption|exclusions to|"
    "exclusions from|except when|any case where|loophole|loopholes"
)
"""Phrases that ask for what a rule leaves out."""
STARTING = phrases(
    "since when|until when|till when|as of when|from when|from which date|what date|which date|"
    "what day|which day|what year|which year|what moment|which moment|last updated|by when|"
    "the date|effective date|in force since|take effect|came into force|start date|go live"
)
HOW_LONG = phrases(
    "how long|how many days|how many months|how many years|how many weeks|how many hours|"
    "what period|which period|how many minutes|time limit|how soon|how quickly|how fast|"
    "how much time|how far back|duration|retention period|what is the longest|what's the longest|"
    "what is the shortest|even after"
)
KEPT_TIMES = phrases("retention time|keeping time|lifetime")
REASONS = phrases(
    "why|how come|what for|reason|reasons|on what grounds|on which grounds|cause|motive|"
    "justification|"
    "for what purpose|for what reason|for which reason|rationale|how so"
)
MEANINGS = phrases(
    "define|what's a|what's an|what does it mean|terminology|meaning|meant by|defined|"
    "the term|count as|counts as|understood by|"
    "what is a|what is an|is mean|stand for|stands for|mean by|definitions"
)
WAYS = phrases(
    "what procedure|which procedure|by what means|by which means|in which manner|in what manner|"
    "steps to|which command|what command|way to|walk me through|procedure|instructions|how to|"
    "powershell command|steps|what steps|which steps|what measures|what action|"
    "what formalities|which form|mechanism|"
    "which channel|what must be done|which setting|method|how do|how can|"
    "how should|how would"
)
PERSONS = phrases(
    "who|whom|whose|to whom|contact|point of contact|who's|dpo email|which person|which team|"
    "which entity|the role|"
    "which role|what team|person responsible|email address|phone number of"
)
NUMBERS = phrases("how many|how much|number of|in how many|total number|how numerous")
"""Phrases of which one each tells what is wanted."""

FUTURE = phrases("will|'ll|next year|next month|going to|planned|upcoming|shall")
PAST = phrases("did|was|were|had|used to|originally|previously|in the past|formerly|historically")
NOW = phrases(
    "still|no longer|any more|anymore|as of today|currently|at present|today|nowadays|right now|"
    "now|current|under the current terms|at the moment|up to date|outdated|newest|latest"
)
DENYING = frozenset(
    "not n't never no cannot without refuse refuses nowhere none nothing neither prevent avoid "
    "refused cant dont doesnt isnt wont".split()
)
"""Words that ask for what is not so."""

PARTIES = frozenset(
    "customer tenant user organization organisation client subscriber account company "
    "subsidiary employee member school university hospital".split()
)
"""Who a case is about: "for customers in Japan"."""
DATA_TOO = frozenset(
    "stuff pic pics ledger note board contact claim scan thumbnail event repository notebook "
    "draft secret key workspace database chat post boards prompts log logs files data "
    "notification identifier assignment backup copy content mailbox recording phone number "
    "hash body size tenant org configuration attachment invoice message mail profile sms "
    "number record".split()
)
"""Nouns of data that questions use, beside those of the documents."""
BARE_DATA = frozenset("data stuff information informations info thing it datas data".split())
"""Nouns that say of data no more than that it is some."""

FUNCTION = frozenset(
    "a an the this that these those my our your their its his her we i you they it he she us me "
    "them is are was were be been being do does did have has had will would can could may might "
    "must shall should and or but if when where which what who whom whose why how of for in on "
    "at to from by with without within inside outside into onto about as than then there here "
    "any some all others every each no not never only just even still also too so yes ok okay "
    "please "
    "after before during until till since because while between among beyond over under out up "
    "down off per via through anyone someone everything anything nothing something one ones "
    "more most less least much many other another same such own very really actually exactly "
    "long far soon often ever again always already now today currently y n vs versus plus "
    "n't 's 's ’s 'm 're 've 'd 'll".split()
)
"""Words of grammar, which name nothing."""
GENERAL = frozenset(
    "data residency location region storage hosting question list full status current type "
    "types kind sort yes no exceptions definition meaning difference prerequisites duration "
    "replication retention transfer egress reason date email page site email dpo update updated "
    "last new newest old term terms contract policy document statement rule promise commitment "
    "offer plan user users tenant tenants customer customers country countries regions backup "
    "subprocessors subprocessor sub-processors service services product products vendor gdpr "
    "compliance legal resident residence locations outdated admin center centre sdk api eu "
    "requirements requirement exclusions carve-outs outdated role assignments core directory "
    "copies copy time days hours months years count compare possible allowed able true correct "
    "right wrong thing everything anywhere somewhere servers server case cases start stop begin "
    "set check change get give show tell name print catch idea trick way means procedure "
    "licence licences license licenses supported support available required needed hosted "
    "stored processed kept held moved sent copied replicated retained deleted number numbers "
    "total resident personal committed sure thanks help test".split()
)
"""Nouns and verbs of the field, which name no service."""

MONTHS_AND_DAYS = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
"""Words with a capital that are no names of services."""
SPOKEN = frozenset(
    word
    for table in (
        CURRENT,
        DIFFERENT,
        NEEDED,
        BESIDES,
        STARTING,
        HOW_LONG,
        KEPT_TIMES,
        REASONS,
        MEANINGS,
        WAYS,
    )
    for phrase in table
    for word in phrase
)
"""Every word of the phrases: none of them is mistyped."""
