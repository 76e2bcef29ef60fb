"""The words by which statements are told apart, by what they are evidence of.

English, and the vocabulary in which services say where data lives; no service or document is named.
"""

from __future__ import annotations

import re

from corpus.facts.types import FactKind, FactStatus
from corpus.signals import DURATION

INFINITIVE = re.compile(
    r"(?<!continue )(?<!continues )\bto (?:be |also |\w+ly )?"
    r"(?!(?:the|an?|our|your|its|their|each|every|another|any|all|which|whom|models?)\b)[a-z]+"
)
PERSON = re.compile(
    r"\b(?:engineers?|staff|teams?|desks?|employees?|agents?|personnel|hands|people|persons?|"
    r"administrators?|subcontractors?|contractors?)$|\bon call$",
    re.I,
)
AND = re.compile(r"\band\b|,|;|\bbut\b|\byet\b|\bso\b")
POINTER = re.compile(
    r"(?:for (?:\w+ )*(?:information|details?|instructions?|language|guidance|more)\b.*"
    r"\b(?:see|refer|visit|read|go to)\b|(?:please |also |to .*, )?(?:see|refer to|visit|"
    r"consult|"
    r"read (?:more|about)|learn|find out|go to)\b|you can find (?:more|further|additional)|"
    r"(?:these|this) (?:\w+ ){0,3}(?:is|are) (?:described|explained|listed) (?:in|below)|"
    r"the following (?:\w+ )?(?:list|sections?|table|topics?|details)\b.*\b(?:describes?|"
    r"provides?|"
    r"explains?|shows?|lists?)|.*\b(?:is|are) described in (?:install|the|our)\b|"
    r"for each\b.*\bsee\b)",
    re.I,
)
CROSSING = re.compile(r"\b(?:out of|outside)\b", re.I)
NAVIGATION = re.compile(r"\w\s?(?:\||->|>|→)\s?\w")
VERBS: dict[FactKind, re.Pattern[str]] = {
    FactKind.RETAINED: re.compile(
        r"\b(?:retain(?:s|ed)?|(?:is|are|be|been|was|were|then|and) (?:\w+ly )?(?:deleted|"
        r"erased|purged|"
        r"removed|destroyed|wiped|shredded|overwritten|discarded|dropped|expunged|gone)|deletes|"
        r"erases|purges|expires?|lapses?|ages? out|(?:erasure|deletion|purg\w+|shredding|"
        r"wiping) "
        r"(?:is|takes|follows|happens|within|after)|how long .* (?:kept|held|stored)|"
        r"(?:past|last|previous) (?:\w+ )?(?:days|weeks|months|years))\b|"
        r"\b(?:kept|keeps?|held|holds?|stays?|remains?|stored|stores|available|readable|lasts?|"
        r"preserved|buffered|frozen|sealed|archived|survives?)\b(?:(?! and |"
        r" within )[^.;]){0,60}?(?<!every )(?<!each )(?:\bfor\b|\buntil\b|\bup to\b|"
        r"\bat most\b|\bno longer than\b)?(?:(?! and |"
        r" within )[^.;]){0,20}?" + DURATION.pattern, re.I),
    FactKind.REPLICATED: re.compile(
        r"\b(?:replicat(?:es?|ed)|synchroni[sz](?:es|ed|e)|mirror(?:s|ed)|copie[sd]|"
        r"duplicated|backed up|backs up|fails? over|failover|cached|caching|caches (?:the|a|"
        r"your)|"
        r"shadowed)\b", re.I),
    FactKind.MOVED: re.compile(
        r"\b(?:mov(?:e|es|ed)|migrat(?:es?|ed)|relocat(?:es?|ed)|transfer(?:s|red)?|"
        r"transmit(?:s|ted)"
        r"|is migrating|migrating|sends?|sent|exported|leaves?|travels?|flows?|goes to|go to|"
        r"passe[sd] to|"
        r"(?:result in|involves?|means) (?:the |a )?transfers?|(?:request|option|"
        r"migration of) migration|"
        r"handed (?:over )?to|forwarded|(?:is|are|be) uploaded|pass(?:es)? through)\b|"
        r"\b(?:moves|migrations?|transfers?|relocations?) (?:[^.;]{0,90} )?(?:can|may|might|"
        r"could|takes?|completes?|"
        r"(?:is|are) (?:\w+ )?(?:complete|supported|possible|free|scheduled|suspended)|"
        r"does(?:n['’]t)?|do(?:n['’]t)?)\b|"
        r"\b(?:migration|relocation) (?:of|between)\b|\bin the process of (?:migrating|"
        r"moving)", re.I),
    FactKind.PROCESSED: re.compile(
        r"\b(?:processes(?! to\b)|processed|(?:not|n['’]t|will|may|can|or|and|might|could|"
        r"fully|to) process\b|"
        r"services?\b[^.]*\b(?:may|might|can|is|are) (?:be )?outside|analy[sz](?:es|ed)|"
        r"performs? (?:\w+ )*analy\w+|computed|"
        r"(?:has|have|gains?|get) access to|accesse[sd]|transcribed|scored|translated|scanned|"
        r"(?:processing|calculation|inference|training|scoring|rendering|"
        r"transcription) (?:\w+ )?(?:may|can|"
        r"occurs?|happens?|takes place|runs?|is|are)|handled (?:in|by|at)|generated (?:in|by)|"
        r"runs? (?:only )?(?:in|on|inside|at)|(?:not |n['’]t )?uses? (?:any |your |"
        r"the )?(?:\w+ )?data\b[^.]*\bfor)\b",
        re.I),
    FactKind.STORED: re.compile(
        r"\b(?:stor(?:es?|ed)|kept|keeps|held|holds|host(?:s|ed)|hous(?:es|ed)|resid(?:es?|ed)|"
        r"remains?|stays?|rests|rest (?:in|at|on|with)|lives?|located|saved|deployed|placed|"
        r"stays put|recorded|"
        r"(?:is|are) (?:written|provisioned)|(?:sits?|lands?) (?:only )?(?:in|on|at|with|"
        r"inside)|"
        r"(?:is|are) (?:\w+ )?(?:seated|berthed|kept|anchored|pinned) in|with disks in|"
        r"(?-i:(?:is|are) (?:only |always |also )?in (?:the )?[A-Z]\w+)|"
        r"(?:available|operates?\b[^.]{0,40}|offered|served) (?:in|"
        r"from) (?:the )?(?:\w+ ){0,4}(?:regions|geographies|"
        r"locations|zones|countries|data ?cent(?:er|re)s))\b", re.I),
}  # fmt: skip
DATA_VERB = (
    r"(?:stor|keep|hold|host|transfer|mov|process|replicat|cop|retain|delet|send|disclos|"
    r"shar|access|sell|releas|provid)\w*"
)
COMMITMENT = re.compile(
    rf"\bshall\b|\b(?:will|won['’]t)(?: not| never| always| only)? {DATA_VERB}\b(?!\w)|"
    r"\bcommitt?(?:ed|s|ments? to)\b|\bpromises?\b|\bguarantees?\b|\bundertakes?\b|\bpledges?\b|"
    r"\bno (?:extra|additional) (?:cost|charge)|\bfree of charge\b|\bwill become\b|"
    r"\b(?:announce[sd]?|posted|notif(?:y|ied|ies)|informed?|told)\b.*\b(?:ahead|in advance|"
    r"before|notice)\b", re.I,
)  # fmt: skip
BECOMES = re.compile(r"\bwill (?:soon )?become\b", re.I)
DEFINITION = re.compile(r"^(?:an? |the )?[\w-]+(?: [\w-]+)? (?:is|are) an? ", re.I)
DETERMINED = re.compile(
    r"\b(?:based on|determine[sd]?|decide[sd]?|depend(?:s|ing) (?:on|upon)|best aligns? with|"
    r"according to|honou?rs?|"
    r"respects?|chosen|chooses?|choose where|selects?|selected (?:by|at|when)|picks?|"
    r"assign(?:s|ed)? an?|"
    r"(?:can|may) assign|is set (?:as|by|when|at|from)|are set (?:as|by|when|at|from)|"
    r"stored subject to|"
    r"provision(?:s|ed) (?:\w+ ){0,3}in(?:to)?|(?:you|customers?|they) (?:selected|chose|"
    r"picked|gave)|picked by|inherits?|nearest to|(?:is|are|be) created in|pinned to|"
    r"fixed (?:by|when|at)|follows the|"
    r"(?:can|may) (?:choose|elect|opt|pick|select|confine|restrict|insist|narrow)|"
    r"tied to|tells? .* where|(?:connect|connects) (?:directly )?to|derived from|taken from|"
    r"uses? .* to (?:locate|determine|decide|place)|lands? in)\b",
    re.I,
)
DECIDES = re.compile(r"\b(?:based on|best aligns?)\b", re.I)
DAY = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b"
)
TO_DECIDE = re.compile(r"\b(?:how )?to (?:choose|determine|decide|select|pick|assign|connect)\b")
WITH_TOOL = re.compile(r"\b(?:can|may) use (?:the )?(?:[\w-]+ ){1,6}to \w+", re.I)
MOVE = re.compile(r"\b(?:mov(?:e|es|ed|ing)|migrat\w+|relocat\w+)\b", re.I)
UNSUPPORTED = re.compile(
    r"\bcan(?:not|['’]t| not)\b|\bunable\b|(?:\bnot|n['’]t) (?:\w+ ){0,2}?(?:possible|"
    r"supported?|available|permitted|allowed|"
    r"accessible|offered|fully work|work)\b|\bnot (?:yet )?support|\bdo not yet\b|"
    r"\bunsupported\b|"
    r"\bloss of access\b|\blimitations?\b|\bonly available\b|\bunavailable\b|\bsuspended\b|"
    r"\brefused\b|\bon hold\b",
    re.I,
)
PARTLY = re.compile(r"(?:\bnot|n['’]t) (?:\w+ ){0,3}?(?:to|in|for|at) all\b", re.I)
UNCOVERED = re.compile(
    r"(?:\bnot|n['’]t) (?:\w+ (?:or |and )?){0,2}?(?:control|limit|cover(?:ed)?|apply|"
    r"guarantee[sd]?|include[sd]?|logged|"
    r"recorded|deployed|promise[sd]?|extend|reach|part of|in scope|subject to)\b|"
    r"\b(?:is|are|be|been) (?:\w+ly )?(?:excluded|exempt|out of scope|excepted|absent)\b|"
    r"\bfalls? outside\b",
    re.I,
)
REQUIRED = re.compile(
    r"\b(?:must|required?|requires|requirement|needs?|needed|have to|has to|should|mandatory|"
    r"prerequisites?|"
    r"(?:is|are|be) eligible|expected to|only one|only two|entitled|optional|opt in)\b|"
    r"\bwork for\b|\bprotected by\b|"
    r"\bpermissions? (?:scope )?(?:enables?|requires?)|\b(?:is|are) (?:only )?supported (?:in|"
    r"on|for|with)\b|(?:not|n['’]t) a factor\b",
    re.I,
)
MUST_STAY = re.compile(r"\bmust (?:always )?(?:remain|stay|be (?:stored|kept|held))\b", re.I)
ABLE_BY = re.compile(r"\b(?:can|may) \w+\b.*\bby (?:using|means)\b", re.I)
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
    r"\b(?:by (?:repeating|running|navigating|opening|going|calling|typing|clicking|"
    r"selecting)|the following (?:steps|"
    r"command|syntax|procedure)|in (?:the )?(?:\w+ ){0,4}(?:center|console|portal|settings|"
    r"page|panel)|under \w)\b|"
    r"->|\bnavigation panel\b",
    re.I,
)
TOOL = re.compile(
    r"\bcmdlets?\b|\b(?:Get|Set|New|Remove|Add|Connect|Import|Export|Enable|Disable|Update|"
    r"Start|Stop|Test)-[A-Z]\w+\b.*\b(?:displays|shows|returns|lists|prints)\b|"
    r"^(?:[Yy]ou can )?[Uu]se the (?!following).*\b(?:PowerShell|CLI|SDK|API)\b",
)
CODE_SAYS = re.compile(r"`[^`]+`|\"[a-z]+ [a-z]+[^\"]*\" (?:prints|shows|lists)")
CONTACT = re.compile(
    r"^(?:please )?(?:contact|write to|ask|e-?mail|call|reach out to) (?:your |our |"
    r"the )?(?:\w+ )?"
    r"(?:support|team|office|account|representative|us|help|partner|sales|privacy)\b|"
    r"\bsupport team will\b|\b(?:questions|complaints|requests) (?:go|should be sent|"
    r"can be sent|are (?:sent|answered|handled|heard|taken))\b",
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
    r"version|valid from|as of|"
    r"date[ds]?|delayed|postponed|until|deadline|sunset|expected|foreseen|planned)\b",
    re.I,
)
ENDING = re.compile(
    r"\b(?:is|are|was|were|being|been) (?:being )?(?:deprecated|retired|discontinued|"
    r"withdrawn|sunset)\b",
    re.I,
)
DEFINED = re.compile(
    r"^(?:an? |the )?[\w<>\"“” -]{2,60}? (?:is|are) (?:an? |the (?:term|name|\w+ (?:number|"
    r"identifier)))|\b(?:means|refers to|is defined as|stands for|"
    r"is called|are called|known as|referred to as|correspond(?:s)? to)\b|\b(?:specifies|"
    r"indicates|denotes|represents) (?:the|an?|that|when|whether|which|how)\b|"
    r"\bdisplays the\b|\bwhere <",
    re.I,
)
MEMBERS = re.compile(
    r"\b(?:includ(?:es?|ed)|consists? of|comprises?|supports? (?:two|three|four|five|six)|"
    r"there are|examples include)\b",
    re.I,
)
CARE = re.compile(r"^(?:please )?(?:evaluate|review|ensure|make sure|assess|consider)\b", re.I)
ENDS_DATA = re.compile(
    r"\b(?:delet\w+|eras\w+|grace period|terminat\w+|closure|brought back|retention|wip\w+|"
    r"contract ends|after you leave)\b",
    re.I,
)
LOOKS = re.compile(
    r"\b(?:sees?|reads?|views?|opens?|looks? at|(?:have|"
    r"has) (?:\w+ )*access)\b",
    re.I,
)
SPARE = re.compile(
    r"\b(?:standby|mirror|replicas?|back-?ups?|snapshots?|fail-?over|recovery (?:site|city)|"
    r"second (?:copy|site|city))\b",
    re.I,
)
COPY = re.compile(
    r"\b(?:backups?|snapshots?|replicas?|(?:second|third|shadow|standby) cop(?:y|ies)|standby|"
    r"mirrors?)"
    r" (?:\w+ ){0,4}?(?:is|are|runs?|sits?|stays?|rests?|lives?|go(?:es)?)\b",
    re.I,
)
KEPT_AT = re.compile(
    r"\b(?:stored|kept|held|hosted|lives?|sits?|stays?|remains?|rests?) (?:\w+ )?"
    r"(?:in|at|on|with|inside|within) (?!memory\b)",
    re.I,
)
LABELS: tuple[tuple[FactKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.I))
    for kind, words in (
        (FactKind.EXCLUDED, r"\begress|\bexclu|\bexception|not covered|out of scope|\boutside|"
            r"does not cover"),
        (FactKind.RETAINED, r"\bretention|\bretained|kept for|how long|\bdeletion|\berasure|"
            r"\blifetime|\bheld for"),
        (FactKind.REPLICATED, r"\breplica|\bback-?ups?\b|\bcopies|\bcopy\b|\brecovery|"
            r"\bstandby|\bmirror|\bpair(?:ed)?\b|\bfailover|\bshadow"),
        (FactKind.PROCESSED, r"\bprocess(?:ing|ed)\b|\bcomput|\binference|\btraining\b"),
        (FactKind.STORED, r"\bat rest\b|\bstor(?:age|ed)\b|\blocations?\b|\bkept in\b|"
            r"\bheld in\b|\bhosted\b|\bhome (?:city|zone|site)|\bprimary\b|\bwhere\b|\bkept$|"
            r"\bheld$"),
        (FactKind.REQUIRED, r"\brequire|\bprerequisite|\beligib|\blicen[cs]e|\bneed|"
            r"\bopen to\b|\btier\b|\bplan\b|before you (?:start|begin)"),
        (FactKind.DETERMINED_BY, r"\bdetermin|\bdecid|\bsets?\b|\bchosen\b|\bdefault\b"),
        (FactKind.COMMITMENT, r"\bcommitment|\bpromise|\bguarantee"),
        (FactKind.CONTACT, r"\bcontact|\bquestions\b"),
        (FactKind.MOVED, r"\bmov(?:e|ing)\b|\bmigrat|\btransfer|\brelocat"),
    )
)  # fmt: skip
STATUS: tuple[tuple[FactStatus, re.Pattern[str]], ...] = (
    (FactStatus.PREVIEW, re.compile(r"\bpreview\b|\bbeta\b|\bin trial\b|\bpilot\b|"
        r"\bearly access\b", re.I)),
    (FactStatus.DEPRECATED, re.compile(r"\bdeprecated\b|\bretired\b|\bdiscontinued\b", re.I)),
    (FactStatus.PLANNED, re.compile(
        r"\bplanned\b|\bforeseen\b|\bwill become\b|\bover time\b|\bcoming (?:months|soon|"
        r"weeks)|\bupcoming\b|"
        r"\bin the future\b|\bexpected (?:in|by)\b|\bscheduled for\b|\broad ?map\b", re.I)),
    (FactStatus.TEMPORARY, re.compile(
        r"\btemporar|\bfor now\b|\bduring (?:the |a )?(?:\w+ )*(?:move|migration)|\buntil\b|"
        r"\bcurrently\b|\bsuspended\b|\bon hold\b|\bwork in progress\b|\bdelayed\b|"
        r"\bin the process of\b", re.I)),
)  # fmt: skip
STORES = re.compile(r"\b(?:stor(?:es?|ed)|held|hosted)\b")
NOTHING = re.compile(r"\s+(?:no|none|neither|nothing)\b")
DO_FOLLOWING = re.compile(r"do the following\b", re.I)
ABLE = re.compile(r"\b(?:can|may|opens?|finds?)\b")
INCLUDES = re.compile(r"includ(?:es|ing)\b", re.I)
HOW_LONG = re.compile(r"\bhow long\b.*\b(?:retained|kept|stored|held)\b")
THERE = re.compile(r"there (?:is|are)\b", re.I)
DEPENDS = re.compile(r"\bdepends? on\b")
CALLED = re.compile(r"\((?:also |formerly )?(?:referred to|known) as\b[^)]*[“\"]|\bwhere <", re.I)
PROVIDED = re.compile(r"\bif\b.*\b(?:acceptable|accepted|agreed|met)\b", re.I)
