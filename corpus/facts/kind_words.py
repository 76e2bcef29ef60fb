"""The words by which statements are told apart, by what they are evidence of.

English, and the vocabulary in which services say where data lives; no service or document is named.
"""

from __future__ import annotations

import re

from corpus.facts.types import StatementKind, Status
from corpus.language.quantities import MONTH, SEVERAL
from corpus.language.signals import DURATION

INFINITIVE = re.compile(
    r"(?<!continue )(?<!continues )\bto (?:be |also |\w+ly )?(?!(?:the|an?|our|your|its|their|"
    r"each|every|another|any|all|which|whom)\b)[a-z]+"
)
"""A verb that another one governs; what it names is a purpose and not stated."""
PERSON = re.compile(
    r"\b(?:engineers?|staff|teams?|desks?|employees?|agents?|personnel|hands|people|persons?|"
    r"administrators?|subcontractors?|contractors?)$|\bon call$",
    re.I,
)
"""Ends of subjects that are people: they sit somewhere, data is not stored in them."""
AND = re.compile(r"\band\b|,|;|\bbut\b|\byet\b|\bso\b")
"""Where one predicate ends and another begins."""
POINTER = re.compile(
    r"(?:for (?:\w+ )*(?:information|details?|instructions?|language|guidance|more)\b.*\b(?:see|"
    r"refer|visit|read|go to)\b|(?:please |also |to .*, )?(?:see|refer to|visit|consult|"
    r"read (?:more|about)|learn|find out|go to)\b|you can find (?:more|further|additional)|"
    r"(?:these|this) (?:\w+ ){0,3}(?:is|are) (?:described|explained|listed) (?:in|below)|"
    r"the following (?:\w+ )?(?:list|sections?|table|topics?|details)\b.*\b(?:describes?|"
    r"provides?|explains?|shows?|lists?)|.*\b(?:is|are) described in\b|for each\b.*\bsee\b)",
    re.I,
)
"""Sentences that send the reader elsewhere."""
CROSSING = re.compile(r"\b(?:out of|outside)\b", re.I)
"""Words that make even a pointer tell something."""
NAVIGATION = re.compile(r"\w\s?(?:\||->|>|→)\s?\w")
"""A path through menus."""
VERBS: dict[StatementKind, re.Pattern[str]] = {
    StatementKind.RETAINED: re.compile(
        r"\b(?:retain(?:s|ed)?|(?:is|are|be|been|was|were|then|and) (?:\w+ly )?(?:deleted|"
        r"erased|purged|removed|destroyed|wiped|shredded|overwritten|discarded|dropped|expunged|"
        r"gone)|deletes|erases|purges|expires?|lapses?|ages? out|(?:erasure|deletion|purg\w+|"
        r"shredding|wiping) (?:is|takes|follows|happens|within|after)|how long .* (?:kept|held|"
        r"stored)|(?:past|last|previous) (?:\w+ )?(?:days|weeks|months|years))\b|\b(?:kept|"
        r"keeps?|held|holds?|stays?|remains?|stored|stores|available|readable|lasts?|preserved|"
        r"buffered|frozen|sealed|archived|survives?)\b(?:(?! and |"
        r" within )[^.;]){0,60}?(?<!every )(?<!each )(?:\bfor\b|\buntil\b|\bup to\b|\bat most\b|"
        r"\bno longer than\b)?(?:(?! and | within )[^.;]){0,20}?" + DURATION.pattern, re.I),
    StatementKind.REPLICATED: re.compile(
        r"\b(?:replicat(?:es?|ed)|synchroni[sz](?:es|ed|e)|mirror(?:s|ed)|copie[sd]|duplicated|"
        r"backed up|backs up|fails? over|failover|cached|caching|caches (?:the|a|your)|"
        r"shadowed)\b", re.I),
    StatementKind.MOVED: re.compile(
        r"\b(?:mov(?:e|es|ed)|migrat(?:es?|ed)|relocat(?:es?|ed)|transfer(?:s|red)?|"
        r"transmit(?:s|ted)|is migrating|migrating|sends?|sent|exported|leaves?|travels?|flows?|"
        r"goes to|go to|passe[sd] to|(?:result in|involves?|means) (?:the |a )?transfers?|"
        r"(?:request|option|migration of) migration|handed (?:over )?to|forwarded|(?:is|are|"
        r"be) uploaded|pass(?:es)? through)\b|\b(?:moves|migrations?|transfers?|"
        r"relocations?) (?:[^.;]{0,90} )?(?:can|may|might|could|takes?|completes?|(?:is|"
        r"are) (?:\w+ )?(?:complete|supported|possible|free|scheduled|suspended)|"
        r"does(?:n['’]t)?|do(?:n['’]t)?)\b|\b(?:migration|relocation) (?:of|between)\b|"
        r"\bin the process of (?:migrating|moving)", re.I),
    StatementKind.PROCESSED: re.compile(
        r"\b(?:processes(?! to\b)|processed|(?:not|n['’]t|will|may|can|or|and|might|could|fully|"
        r"to) process\b|services?\b[^.]*\b(?:may|might|can|is|are) (?:be )?outside|"
        r"analy[sz](?:es|ed)|performs? (?:\w+ )*analy\w+|computed|(?:has|have|gains?|"
        r"get) access to|accesse[sd]|transcribed|scored|translated|scanned|(?:processing|"
        r"calculation|inference|training|scoring|rendering|transcription) (?:\w+ )?(?:may|can|"
        r"occurs?|happens?|takes place|runs?|is|are)|handled (?:in|by|at)|generated (?:in|by)|"
        r"runs? (?:only )?(?:in|on|inside|at)|(?:not |n['’]t )?uses? (?:any |your |"
        r"the )?(?:\w+ )?data\b[^.]*\bfor)\b",
        re.I),
    StatementKind.STORED: re.compile(
        r"\b(?:stor(?:es?|ed)|kept|keeps|held|holds|host(?:s|ed)|hous(?:es|ed)|resid(?:es?|ed)|"
        r"remains?|stays?|rests|rest (?:in|at|on|with)|lives?|located|saved|deployed|placed|"
        r"stays put|recorded|(?:is|are) (?:written|provisioned)|(?:sits?|"
        r"lands?) (?:only )?(?:in|on|at|with|inside)|(?:is|are) (?:\w+ )?(?:seated|based|kept|"
        r"pinned) in|(?-i:(?:is|are) (?:only |always |also )?in (?:the )?[A-Z]\w+)|(?:available|"
        r"operates?\b[^.]{0,40}|offered|served) (?:in|from) (?:the )?(?:\w+ ){0,4}(?:regions|"
        r"geographies|locations|zones|countries|data ?cent(?:er|re)s))\b", re.I),
}  # fmt: skip
"""Verbs and participles by what they say of data."""
DATA_VERB = (
    r"(?:stor|keep|hold|host|transfer|mov|process|replicat|cop|retain|delet|send|disclos|shar|"
    r"access|sell|releas|provid)\w*"
)
COMMITMENT = re.compile(
    rf"\bshall\b|\b(?:will|won['’]t)(?: not| never| always| only)? {DATA_VERB}\b|"
    r"\bcommitt?(?:ed|s|ments? to)\b|\bpromises?\b|\bguarantees?\b|\bundertakes?\b|\bpledges?\b|"
    r"\bno (?:extra|additional) (?:cost|charge)|\bfree of charge\b|"
    r"\b(?:announce[sd]?|posted|notif(?:y|ied|ies)|informed?|told)\b.*"
    r"\b(?:ahead|in advance|before|notice)\b",
    re.I,
)
BECOMES = re.compile(r"\bwill (?:soon )?become\b", re.I)
"""A promise about a later state."""
DEFINITION = re.compile(r"^(?:an? |the )?[\w-]+(?: [\w-]+)? (?:is|are) an? ", re.I)
"""What a thing is: "A guest is a user who ..."."""
DETERMINED = re.compile(
    r"\b(?:based on|determine[sd]?|decide[sd]?|depend(?:s|ing) (?:on|upon)|(?:aligns?|"
    r"matches) (?:best )?with|according to|honou?rs?|respects?|chosen|chooses?|choose where|"
    r"selects?|selected (?:by|at|when)|picks?|assign(?:s|ed)? an?|(?:can|may) assign|"
    r"is set (?:as|by|when|at|from)|are set (?:as|by|when|at|from)|stored subject to|"
    r"provision(?:s|ed) (?:\w+ ){0,3}in(?:to)?|(?:you|customers?|they) (?:selected|chose|picked|"
    r"gave)|picked by|inherits?|nearest to|(?:is|are|be) created in|pinned to|fixed (?:by|when|"
    r"at)|follows the|(?:can|may) (?:choose|elect|opt|pick|select|confine|restrict|insist|"
    r"narrow)|tied to|tells? .* where|(?:connect|connects) (?:directly )?to|derived from|"
    r"taken from|uses? .* to (?:locate|determine|decide|place)|lands? in)\b",
    re.I,
)
DECIDES = re.compile(r"\b(?:based on|aligns?)\b", re.I)
"""What decides even where data is moved or processed."""
DAY = re.compile(rf"\b\d{{1,2}} (?:{MONTH})\b")
TO_DECIDE = re.compile(r"\b(?:how )?to (?:choose|determine|decide|select|pick|assign|connect)\b")
"""Deciding as a purpose, which decides nothing."""
WITH_TOOL = re.compile(r"\b(?:can|may) use (?:the )?(?:[\w-]+ ){1,6}to \w+", re.I)
"""What a tool lets one do matters more than the tool."""
MOVE = re.compile(r"\b(?:mov(?:e|es|ed|ing)|migrat\w+|relocat\w+)\b", re.I)
UNSUPPORTED = re.compile(
    r"\bcan(?:not|['’]t| not)\b|\bunable\b|(?:\bnot|n['’]t) (?:\w+ ){0,2}?(?:possible|"
    r"supported?|available|permitted|allowed|accessible|offered|work)\b|\bnot (?:yet )?support|"
    r"\bdo not yet\b|\bunsupported\b|\bloss of access\b|\blimitations?\b|\bonly available\b|"
    r"\bunavailable\b|\bsuspended\b|\brefused\b|\bon hold\b",
    re.I,
)
PARTLY = re.compile(r"(?:\bnot|n['’]t) (?:\w+ ){0,3}?(?:to|in|for|at) all\b", re.I)
"""Not everywhere, which is not the same as not possible."""
UNCOVERED = re.compile(
    r"(?:\bnot|n['’]t) (?:\w+ (?:or |and )?){0,2}?(?:control|limit|cover(?:ed)?|apply|"
    r"guarantee[sd]?|include[sd]?|logged|recorded|deployed|promise[sd]?|extend|reach|part of|"
    r"in scope|subject to)\b|\b(?:is|are|be|been) (?:\w+ly )?(?:excluded|exempt|out of scope|"
    r"excepted|absent)\b|\bfalls? outside\b",
    re.I,
)
"""Denied in a promise: what it does not reach."""
REQUIRED = re.compile(
    r"\b(?:must|required?|requires|requirement|needs?|needed|have to|has to|should|mandatory|"
    r"prerequisites?|(?:is|are|be) eligible|expected to|only one|only two|entitled|optional|"
    r"opt in)\b|\bwork for\b|\b(?:protected|governed|guarded) by\b|"
    r"\bpermissions? (?:scope )?(?:enables?|requires?)|\b(?:is|are) (?:only )?supported (?:in|"
    r"on|for|with)\b|(?:not|n['’]t) (?:a factor|relevant|necessary)\b",
    re.I,
)
MUST_STAY = re.compile(r"\bmust (?:always )?(?:remain|stay|be (?:stored|kept|held))\b", re.I)
"""A requirement that also tells a place."""
ABLE_BY = re.compile(r"\b(?:can|may) \w+\b.*\bby (?:using|means)\b", re.I)
"""An ability that hangs on a means."""
YOU = re.compile(
    r"\b(?:you|an? (?:\w+ )?(?:administrator|admin|owner|user)) (?:can|may|could|['’]ll|will)\b",
    re.I,
)
WE_RECOMMEND = re.compile(
    r"\b(?:recommend|advise|suggest)s?\b|\byou['’]ll (?:use|need|see)\b|\bfirst step\b|"
    r"^this (?:step|example)\b|\bprompts? you\b",
    re.I,
)
HOW = re.compile(
    r"\b(?:by (?:repeating|running|navigating|opening|going|calling|typing|clicking|selecting)|"
    r"the following (?:steps|command|syntax|procedure)|in (?:the )?(?:\w+ ){0,4}(?:center|"
    r"console|portal|settings|page|panel)|under \w)\b|->|\bnavigation (?:panel|pane|menu|bar)\b",
    re.I,
)
TOOL = re.compile(
    r"\bcmdlets?\b|\b(?:Get|Set|New|Remove|Add|Connect|Import|Export|Enable|Disable|Update|"
    r"Start|Stop|Test)-[A-Z]\w+\b.*\b(?:displays|shows|returns|lists|prints)\b|"
    r"^(?:[Yy]ou can )?[Uu]se the (?!following).*\b(?:PowerShell|CLI|SDK|API)\b",
)
"""Names of commands, and sentences about them."""
CONTACT = re.compile(
    r"^(?:please )?(?:contact|write to|ask|e-?mail|call|reach out to) (?:your |our |"
    r"the )?(?:\w+ )?(?:support|team|office|account|representative|us|help|partner|sales|"
    r"privacy)\b|\b(?:support|service) (?:team|desk|staff) will\b|\b(?:questions|complaints|"
    r"requests) (?:go|should be sent|can be sent|are (?:sent|answered|handled|heard|taken))\b",
    re.I,
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
CONTACT_WORDS = re.compile(
    r"\b(?:contact|write|questions?|mail|reach|ask|complaints?|answers?|answered|enquir\w+|"
    r"requests?|objections?|send|from)\b",
    re.I,
)
DATED = re.compile(
    r"\b(?:updated|revised|revision|effective|reviewed|in force|issued?|published|edition|"
    r"version|valid from|as of|date[ds]?|delayed|postponed|until|deadline|sunset|expected|"
    r"foreseen|planned)\b",
    re.I,
)
ENDING = re.compile(
    r"\b(?:is|are|was|were|being|been) (?:being )?(?:deprecated|retired|discontinued|withdrawn|"
    r"sunset)\b",
    re.I,
)
DEFINED = re.compile(
    r"^(?:an? |the )?[\w<>\"“” -]{2,60}? (?:is|are) (?:an? |the (?:term|name|\w+ (?:number|"
    r"identifier)))|\b(?:means|refers to|is defined as|stands for|is called|are called|known as|"
    r"referred to as|correspond(?:s)? to)\b|\b(?:specifies|indicates|denotes|represents) (?:the|"
    r"an?|that|when|whether|which|how)\b|\bdisplays the\b|\bwhere <",
    re.I,
)
MEMBERS = re.compile(
    rf"\b(?:includ(?:es?|ed)|consists? of|comprises?|supports? (?:{SEVERAL})|"
    r"there are|examples include)\b",
    re.I,
)
CARE = re.compile(r"^(?:please )?(?:evaluate|review|ensure|make sure|assess|consider)\b", re.I)
"""Orders to be careful, which are requirements wherever they stand."""
ENDS_DATA = re.compile(
    r"\b(?:delet\w+|eras\w+|grace period|terminat\w+|closure|brought back|retention|wip\w+|"
    r"contract ends|after you leave)\b",
    re.I,
)
LOOKS = re.compile(
    r"\b(?:sees?|reads?|views?|opens?|looks? at|(?:have|has) (?:\w+ )*access)\b",
    re.I,
)
SPARE = re.compile(
    r"\b(?:standby|mirror|replicas?|back-?ups?|snapshots?|fail-?over|recovery (?:site|city)|"
    r"second (?:copy|site|city))\b",
    re.I,
)
"""Things that exist for the case of failure."""
COPY = re.compile(
    r"\b(?:backups?|snapshots?|replicas?|(?:second|third|shadow|standby) cop(?:y|ies)|standby|"
    r"mirrors?) (?:\w+ ){0,4}?(?:is|are|runs?|sits?|stays?|rests?|lives?|go(?:es)?)\b",
    re.I,
)
"""Copies and what they do; where they are kept is where data is replicated."""
KEPT_AT = re.compile(
    r"\b(?:stored|kept|held|hosted|lives?|sits?|stays?|remains?|rests?) (?:\w+ )?(?:in|at|on|"
    r"with|inside|within) (?!memory\b)",
    re.I,
)
"""Kept somewhere, and not only for a time."""
LABELS: tuple[tuple[StatementKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.I))
    for kind, words in (
        (StatementKind.DATE, r"^(?:date|(?:last |date )?(?:updated|modified|reviewed|changed|revised)|"
            r"(?:effective|revision|version|review) date|effective (?:from|as of)|valid from)$"),
        (StatementKind.EXCLUDED, r"\begress|\bexclu|\bexception|not covered|out of scope|\boutside|"
            r"does not cover"),
        (StatementKind.RETAINED, r"\bretention|\bretained|kept for|how long|\bdeletion|\berasure|"
            r"\blifetime|\bheld for"),
        (StatementKind.REPLICATED, r"\breplica|\bback-?ups?\b|\bcopies|\bcopy\b|\brecovery|\bstandby|"
            r"\bmirror|\bpair(?:ed)?\b|\bfailover|\bshadow"),
        (StatementKind.PROCESSED, r"\bprocess(?:ing|ed)\b|\bcomput|\binference|\btraining\b"),
        (StatementKind.STORED, r"\bat rest\b|\bstor(?:age|ed)\b|\blocations?\b|"
            r"\bhosted\b|\bhome (?:city|zone|site)|\bprimary\b|\bwhere\b|\bkept\b|\bheld\b"),
        (StatementKind.REQUIRED, r"\brequire|\bprerequisite|\beligib|\blicen[cs]e|\bneed|\bopen to\b|"
            r"\btier\b|\bplan\b|before you (?:start|begin)"),
        (StatementKind.DETERMINED_BY, r"\bdetermin|\bdecid|\bsets?\b|\bchosen\b|\bdefault\b"),
        (StatementKind.COMMITMENT, r"\bcommitment|\bpromise|\bguarantee"),
        (StatementKind.CONTACT, r"\bcontact|\bquestions\b"),
        (StatementKind.MOVED, r"\bmov(?:e|ing)\b|\bmigrat|\btransfer|\brelocat"),
    )
)  # fmt: skip
"""What labels, column titles and headings announce of the values below them."""
STATUS: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (Status.PREVIEW, re.compile(r"\bpreview\b|\bbeta\b|\bin trial\b|\bpilot\b|"
        r"\bearly access\b", re.I)),
    (Status.DEPRECATED, re.compile(r"\bdeprecated\b|\bretired\b|\bdiscontinued\b", re.I)),
    (Status.PLANNED, re.compile(
        r"\bplanned\b|\bforeseen\b|\bwill become\b|\bover time\b|\bcoming (?:months|soon|weeks)|"
        r"\bupcoming\b|\bin the future\b|\bexpected (?:in|by)\b|"
        r"\bscheduled for\b|\broad ?map\b", re.I)),
    (Status.TEMPORARY, re.compile(
        r"\btemporar|\bfor now\b|\bduring (?:the |a )?(?:\w+ )*(?:move|migration)|\buntil\b|"
        r"\bcurrently\b|\bsuspended\b|\bon hold\b|\bwork in progress\b|\bdelayed\b|"
        r"\bin the process of\b", re.I)),
)  # fmt: skip
"""How long a statement is meant to hold; the first that fits counts."""
STORES = re.compile(r"\b(?:stor(?:es?|ed)|held|hosted)\b")
NOTHING = re.compile(r"\s+(?:no|none|neither|nothing)\b")
DO_FOLLOWING = re.compile(r"do the following\b", re.I)
ABLE = re.compile(r"\b(?:can|may|opens?|finds?)\b")
INCLUDES = re.compile(r"includ(?:es|ing)\b", re.I)
HOW_LONG = re.compile(r"\bhow long\b.*\b(?:retained|kept|stored|held)\b")
THERE = re.compile(r"there (?:is|are)\b", re.I)
DEPENDS = re.compile(r"\bdepends? on\b")
CALLED = re.compile(r"\((?:also |formerly )?(?:referred to|known) as\b[^)]*[“\"]|\bwhere <", re.I)
"""Brackets and clauses that give a name its meaning."""
PROVIDED = re.compile(r"\bif\b.*\b(?:acceptable|accepted|agreed|met)\b", re.I)
"""Conditions that ask something of the reader."""
