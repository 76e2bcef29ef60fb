"""What kinds of fact a clause states, by its verbs, its modality and its polarity.

The rules are about English, and about the vocabulary in which services say where data lives; none
knows a service or a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.clauses import Clause, is_negated, without_relatives
from corpus.facts.details import subject_of
from corpus.facts.types import FactKind, FactStatus
from corpus.signals import DATE, DURATION

_INFINITIVE = re.compile(
    r"(?<!continue )(?<!continues )\bto (?:be |also |\w+ly )?"
    r"(?!(?:the|an?|our|your|its|their|each|every|another|any|all|which|whom|models?)\b)[a-z]+"
)
_PERSON = re.compile(
    r"\b(?:engineers?|staff|teams?|desks?|employees?|agents?|personnel|hands|people|persons?|"
    r"administrators?|subcontractors?|contractors?)$|\bon call$",
    re.I,
)
_AND = re.compile(r"\band\b|,|;|\bbut\b|\byet\b|\bso\b")
_POINTER = re.compile(
    r"(?:for (?:\w+ )*(?:information|details?|instructions?|language|guidance|more)\b.*"
    r"\b(?:see|refer|visit|read|go to)\b|(?:please |also |to .*, )?(?:see|refer to|visit|consult|"
    r"read (?:more|about)|learn|find out|go to)\b|you can find (?:more|further|additional)|"
    r"(?:these|this) (?:\w+ ){0,3}(?:is|are) (?:described|explained|listed) (?:in|below)|"
    r"the following (?:\w+ )?(?:list|sections?|table|topics?|details)\b.*\b(?:describes?|provides?|"
    r"explains?|shows?|lists?)|.*\b(?:is|are) described in (?:install|the|our)\b|for each\b.*\bsee\b)",
    re.I,
)
_CROSSING = re.compile(r"\b(?:out of|outside)\b", re.I)
_NAVIGATION = re.compile(r"\w\s?(?:\||->|>|→)\s?\w")

_VERBS: dict[FactKind, re.Pattern[str]] = {
    FactKind.RETAINED: re.compile(
        r"\b(?:retain(?:s|ed)?|(?:is|are|be|been|was|were|then|and) (?:\w+ly )?(?:deleted|erased|purged|"
        r"removed|destroyed|wiped|shredded|overwritten|discarded|dropped|expunged|gone)|deletes|"
        r"erases|purges|expires?|lapses?|ages? out|(?:erasure|deletion|purg\w+|shredding|wiping) "
        r"(?:is|takes|follows|happens|within|after)|how long .* (?:kept|held|stored)|"
        r"(?:past|last|previous) (?:\w+ )?(?:days|weeks|months|years))\b|"
        r"\b(?:kept|keeps?|held|holds?|stays?|remains?|stored|stores|available|readable|lasts?|"
        r"preserved|buffered|frozen|sealed|archived|survives?)\b(?:(?! and | within )[^.;]){0,60}?(?<!every )(?<!each )(?:\bfor\b|\buntil\b|\bup to\b|"
        r"\bat most\b|\bno longer than\b)?(?:(?! and | within )[^.;]){0,20}?" + DURATION.pattern, re.I),
    FactKind.REPLICATED: re.compile(
        r"\b(?:replicat(?:es?|ed)|synchroni[sz](?:es|ed|e)|mirror(?:s|ed)|copie[sd]|"
        r"duplicated|backed up|backs up|fails? over|failover|cached|caching|caches (?:the|a|your)|"
        r"shadowed)\b", re.I),
    FactKind.MOVED: re.compile(
        r"\b(?:mov(?:e|es|ed)|migrat(?:es?|ed)|relocat(?:es?|ed)|transfer(?:s|red)?|transmit(?:s|ted)"
        r"|is migrating|migrating|sends?|sent|exported|leaves?|travels?|flows?|goes to|go to|passe[sd] to|"
        r"(?:result in|involves?|means) (?:the |a )?transfers?|(?:request|option|migration of) migration|"
        r"handed (?:over )?to|forwarded|(?:is|are|be) uploaded|pass(?:es)? through)\b|"
        r"\b(?:moves|migrations?|transfers?|relocations?) (?:[^.;]{0,90} )?(?:can|may|might|could|takes?|completes?|"
        r"(?:is|are) (?:\w+ )?(?:complete|supported|possible|free|scheduled|suspended)|does(?:n['’]t)?|do(?:n['’]t)?)\b|"
        r"\b(?:migration|relocation) (?:of|between)\b|\bin the process of (?:migrating|moving)", re.I),
    FactKind.PROCESSED: re.compile(
        r"\b(?:processes(?! to\b)|processed|(?:not|n['’]t|will|may|can|or|and|might|could|fully|to) process\b|"
        r"services?\b[^.]*\b(?:may|might|can|is|are) (?:be )?outside|analy[sz](?:es|ed)|performs? (?:\w+ )*analy\w+|computed|"
        r"(?:has|have|gains?|get) access to|accesse[sd]|transcribed|scored|translated|scanned|"
        r"(?:processing|calculation|inference|training|scoring|rendering|transcription) (?:\w+ )?(?:may|can|"
        r"occurs?|happens?|takes place|runs?|is|are)|handled (?:in|by|at)|generated (?:in|by)|"
        r"runs? (?:only )?(?:in|on|inside|at)|(?:not |n['’]t )?uses? (?:any |your |the )?(?:\w+ )?data\b[^.]*\bfor)\b",
        re.I),
    FactKind.STORED: re.compile(
        r"\b(?:stor(?:es?|ed)|kept|keeps|held|holds|host(?:s|ed)|hous(?:es|ed)|resid(?:es?|ed)|"
        r"remains?|stays?|rests|rest (?:in|at|on|with)|lives?|located|saved|deployed|placed|stays put|recorded|"
        r"(?:is|are) (?:written|provisioned)|(?:sits?|lands?) (?:only )?(?:in|on|at|with|inside)|"
        r"(?:is|are) (?:\w+ )?(?:seated|berthed|kept|anchored|pinned) in|with disks in|"
        r"(?-i:(?:is|are) (?:only |always |also )?in (?:the )?[A-Z]\w+)|"
        r"(?:available|operates?\b[^.]{0,40}|offered|served) (?:in|from) (?:the )?(?:\w+ ){0,4}(?:regions|geographies|"
        r"locations|zones|countries|data ?cent(?:er|re)s))\b", re.I),
}  # fmt: skip
_DATA_VERB = (
    r"(?:stor|keep|hold|host|transfer|mov|process|replicat|cop|retain|delet|send|disclos|"
    r"shar|access|sell|releas|provid)\w*"
)
_COMMITMENT = re.compile(
    rf"\bshall\b|\b(?:will|won['’]t)(?: not| never| always| only)? {_DATA_VERB}\b(?!\w)|"
    r"\bcommitt?(?:ed|s|ments? to)\b|\bpromises?\b|\bguarantees?\b|\bundertakes?\b|\bpledges?\b|"
    r"\bno (?:extra|additional) (?:cost|charge)|\bfree of charge\b|\bwill become\b|"
    r"\b(?:announce[sd]?|posted|notif(?:y|ied|ies)|informed?|told)\b.*\b(?:ahead|in advance|before|notice)\b", re.I,
)  # fmt: skip
_BECOMES = re.compile(r"\bwill (?:soon )?become\b", re.I)
_DEFINITION = re.compile(r"^(?:an? |the )?[\w-]+(?: [\w-]+)? (?:is|are) an? ", re.I)
_DETERMINED = re.compile(
    r"\b(?:based on|determine[sd]?|decide[sd]?|depend(?:s|ing) (?:on|upon)|best aligns? with|according to|honou?rs?|"
    r"respects?|chosen|chooses?|choose where|selects?|selected (?:by|at|when)|picks?|assign(?:s|ed)? an?|"
    r"(?:can|may) assign|is set (?:as|by|when|at|from)|are set (?:as|by|when|at|from)|stored subject to|"
    r"provision(?:s|ed) (?:\w+ ){0,3}in(?:to)?|(?:you|customers?|they) (?:selected|chose|picked|gave)|picked by|inherits?|nearest to|(?:is|are|be) created in|pinned to|fixed (?:by|when|at)|follows the|"
    r"(?:can|may) (?:choose|elect|opt|pick|select|confine|restrict|insist|narrow)|"
    r"tied to|tells? .* where|(?:connect|connects) (?:directly )?to|derived from|taken from|"
    r"uses? .* to (?:locate|determine|decide|place)|lands? in)\b",
    re.I,
)
_DECIDES = re.compile(r"\b(?:based on|best aligns?)\b", re.I)
_DAY = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b"
)
_TO_DECIDE = re.compile(r"\b(?:how )?to (?:choose|determine|decide|select|pick|assign|connect)\b")
_WITH_TOOL = re.compile(r"\b(?:can|may) use (?:the )?(?:[\w-]+ ){1,6}to \w+", re.I)
_MOVE_WORDS = re.compile(r"\b(?:mov(?:e|es|ed|ing)|migrat\w+|relocat\w+)\b", re.I)
_UNSUPPORTED = re.compile(
    r"\bcan(?:not|['’]t| not)\b|\bunable\b|(?:\bnot|n['’]t) (?:\w+ ){0,2}?(?:possible|supported?|available|permitted|allowed|"
    r"accessible|offered|fully work|work)\b|\bnot (?:yet )?support|\bdo not yet\b|\bunsupported\b|"
    r"\bloss of access\b|\blimitations?\b|\bonly available\b|\bunavailable\b|\bsuspended\b|\brefused\b|\bon hold\b",
    re.I,
)
_PARTLY = re.compile(r"(?:\bnot|n['’]t) (?:\w+ ){0,3}?(?:to|in|for|at) all\b", re.I)
_UNCOVERED = re.compile(
    r"(?:\bnot|n['’]t) (?:\w+ (?:or |and )?){0,2}?(?:control|limit|cover(?:ed)?|apply|guarantee[sd]?|include[sd]?|logged|"
    r"recorded|deployed|promise[sd]?|extend|reach|part of|in scope|subject to)\b|"
    r"\b(?:is|are|be|been) (?:\w+ly )?(?:excluded|exempt|out of scope|excepted|absent)\b|\bfalls? outside\b",
    re.I,
)
_REQUIRED = re.compile(
    r"\b(?:must|required?|requires|requirement|needs?|needed|have to|has to|should|mandatory|prerequisites?|"
    r"(?:is|are|be) eligible|expected to|only one|only two|entitled|optional|opt in)\b|\bwork for\b|\bprotected by\b|"
    r"\bpermissions? (?:scope )?(?:enables?|requires?)|\b(?:is|are) (?:only )?supported (?:in|on|for|with)\b|(?:not|n['’]t) a factor\b",
    re.I,
)
_MUST_STAY = re.compile(r"\bmust (?:always )?(?:remain|stay|be (?:stored|kept|held))\b", re.I)
_ABLE_BY = re.compile(r"\b(?:can|may) \w+\b.*\bby (?:using|means)\b", re.I)
_YOU = re.compile(
    r"\b(?:you|an? (?:\w+ )?(?:administrator|admin|owner|user)) (?:can|may|could|['’]ll|will)\b",
    re.I,
)
_WE_RECOMMEND = re.compile(
    r"\b(?:recommend|advise|suggest)s?\b|\byou['’]ll (?:use|need|see)\b|\bfirst step\b|^this (?:step|example)\b|\bprompts? you\b",
    re.I,
)
_HOW = re.compile(
    r"\b(?:by (?:repeating|running|navigating|opening|going|calling|typing|clicking|selecting)|the following (?:steps|"
    r"command|syntax|procedure)|in (?:the )?(?:\w+ ){0,4}(?:center|console|portal|settings|page|panel)|under \w)\b|"
    r"->|\bnavigation panel\b",
    re.I,
)
_TOOL = re.compile(
    r"\bcmdlets?\b|\b(?:Get|Set|New|Remove|Add|Connect|Import|Export|Enable|Disable|Update|Start|Stop|Test)-[A-Z]\w+\b.*\b(?:displays|shows|returns|lists|prints)\b|"
    r"^(?:[Yy]ou can )?[Uu]se the (?!following).*\b(?:PowerShell|CLI|SDK|API)\b",
)
_CODE_SAYS = re.compile(r"`[^`]+`|\"[a-z]+ [a-z]+[^\"]*\" (?:prints|shows|lists)")
_CONTACT = re.compile(
    r"^(?:please )?(?:contact|write to|ask|e-?mail|call|reach out to) (?:your |our |the )?(?:\w+ )?"
    r"(?:support|team|office|account|representative|us|help|partner|sales|privacy)\b|"
    r"\bsupport team will\b|\b(?:questions|complaints|requests) (?:go|should be sent|can be sent|are (?:sent|answered|handled|heard|taken))\b",
    re.I,
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_CONTACT_WORDS = re.compile(
    r"\b(?:contact|write|questions?|mail|reach|ask|complaints?|answers?|answered|enquir\w+|requests?|objections?|send|from)\b",
    re.I,
)
_DATED = re.compile(
    r"\b(?:updated|revised|revision|effective|reviewed|in force|issued?|published|edition|version|valid from|as of|"
    r"date[ds]?|delayed|postponed|until|deadline|sunset|expected|foreseen|planned)\b",
    re.I,
)
_ENDING = re.compile(
    r"\b(?:is|are|was|were|being|been) (?:being )?(?:deprecated|retired|discontinued|withdrawn|sunset)\b",
    re.I,
)
_DEFINED = re.compile(
    r"^(?:an? |the )?[\w<>\"“” -]{2,60}? (?:is|are) (?:an? |the (?:term|name|\w+ (?:number|identifier)))|\b(?:means|refers to|is defined as|stands for|"
    r"is called|are called|known as|referred to as|correspond(?:s)? to)\b|\b(?:specifies|indicates|denotes|represents) (?:the|an?|that|when|whether|which|how)\b|"
    r"\bdisplays the\b|\bwhere <",
    re.I,
)
_MEMBERS = re.compile(
    r"\b(?:includ(?:es?|ed)|consists? of|comprises?|supports? (?:two|three|four|five|six)|there are|examples include)\b",
    re.I,
)
_CARE = re.compile(r"^(?:please )?(?:evaluate|review|ensure|make sure|assess|consider)\b", re.I)


def is_pointer(clause: Clause) -> bool:
    """Tell whether a clause only sends the reader elsewhere."""
    return (
        _POINTER.match(clause.text) is not None or _POINTER.match(clause.main) is not None
    ) and not (_CROSSING.search(clause.text) or _NAVIGATION.search(clause.text))


def kinds_of(clause: Clause, *, strict: bool = False) -> tuple[FactKind, ...]:
    """Return what a clause states; `strict` reads its main verb alone."""
    if is_pointer(clause) or clause.text.endswith("?"):
        return ()
    found = _by_modality(clause) or _by_verb(clause) or _by_shape(clause)
    if not found and not strict:
        found = verbs_in(clause.text)[:1]
    if _PERSON.search(subject_of(clause.main)):
        found = tuple(kind for kind in found if kind is not FactKind.STORED)
    return tuple(dict.fromkeys((*found, *_asides(clause))))


def _by_modality(clause: Clause) -> tuple[FactKind, ...]:
    main, flat = clause.main, without_relatives(clause.main)
    if _ENDING.search(main):
        return (FactKind.DATE,)
    if _PARTLY.search(flat) or (clause.negated and _UNCOVERED.search(flat)):
        return (FactKind.EXCLUDED,)
    if _UNSUPPORTED.search(flat):
        return (FactKind.NOT_SUPPORTED,)
    if _YOU.search(main) and _HOW.search(main):
        return (FactKind.STEP,)
    if _COMMITMENT.search(flat) or _BECOMES.search(main):
        return _committed(clause, flat)
    if _REQUIRED.search(flat) and not clause.imperative:
        stored = (FactKind.STORED,) if _MUST_STAY.search(main) else ()
        return (*stored, FactKind.REQUIRED)
    if _CONTACT.search(main) or (_ADDRESS.search(main) and _CONTACT_WORDS.search(main)):
        return (FactKind.CONTACT,)
    if clause.imperative:
        return _ordered(clause)
    return _by_ability(clause)


def _committed(clause: Clause, flat: str) -> tuple[FactKind, ...]:
    """A promise to keep data somewhere also says where it is kept."""
    stored = _VERBS[FactKind.STORED].search(flat) and not clause.negated
    return (FactKind.STORED, FactKind.COMMITMENT) if stored else (FactKind.COMMITMENT,)


def _ordered(clause: Clause) -> tuple[FactKind, ...]:
    if _CARE.match(clause.main):
        return (FactKind.REQUIRED,)
    if _TOOL.search(clause.main):
        return (FactKind.COMMAND,)
    if _MOVE_WORDS.search(clause.opening) and re.match(r"do the following\b", clause.main, re.I):
        return (FactKind.MOVED,)
    return (FactKind.STEP,)


def _by_ability(clause: Clause) -> tuple[FactKind, ...]:
    main = clause.main
    if _WE_RECOMMEND.search(main):
        return (FactKind.STEP,)
    if _ABLE_BY.search(main) and not _YOU.search(main):
        return (FactKind.REQUIRED,)
    if (
        _HOW.search(main)
        and re.search(r"\b(?:can|may|opens?|finds?)\b", main)
        and not verbs_in(main)
    ):
        return (FactKind.STEP,)
    return ()


def _by_verb(clause: Clause) -> tuple[FactKind, ...]:
    main = clause.main
    if _DEFINITION.match(main) and not _DETERMINED.search(main):
        return (FactKind.DEFINED,)
    if re.match(r"includ(?:es|ing)\b", main, re.I):
        return (FactKind.MEMBER,)
    if re.search(r"\bhow long\b.*\b(?:retained|kept|stored|held)\b", main) or re.match(
        r"there (?:is|are)\b", main, re.I
    ):
        return verbs_in(main)[:1]
    if _MOVE_WORDS.search(clause.text) and re.search(r"\bdepends? on\b", main):
        return (FactKind.MOVED,)
    if (DATE.search(main) or _DAY.search(main)) and _DATED.search(main) and not verbs_in(without_relatives(main)):
        return (FactKind.DATE,)
    if _WITH_TOOL.search(main) and verbs_in(main):
        return verbs_in(main)[:1]
    flat = without_relatives(main)
    found = verbs_in(_INFINITIVE.sub(" ", flat))
    if (
        _DETERMINED.search(_TO_DECIDE.sub(" ", main))
        and (not found or found == (FactKind.STORED,) or _DECIDES.search(main))
        and (FactKind.MOVED not in found or _DETERMINED.search(flat))
    ):
        return (
            FactKind.DETERMINED_BY,
            *(k for k in found if k is not FactKind.STORED and k is FactKind.MOVED),
        )
    if found:
        return found
    if _TOOL.search(main):
        return (FactKind.COMMAND,)
    return verbs_in(", ".join(main.split(", which ")[1:]))


_ENDS_DATA = re.compile(
    r"\b(?:delet\w+|eras\w+|grace period|terminat\w+|closure|brought back|retention|wip\w+|"
    r"contract ends|after you leave)\b",
    re.I,
)
_LOOKS = re.compile(r"\b(?:sees?|reads?|views?|opens?|looks? at|(?:have|has) (?:\w+ )*access)\b", re.I)
_SPARE = re.compile(
    r"\b(?:standby|mirror|replicas?|back-?ups?|snapshots?|fail-?over|recovery (?:site|city)|"
    r"second (?:copy|site|city))\b",
    re.I,
)


def _by_shape(clause: Clause) -> tuple[FactKind, ...]:
    if _MEMBERS.search(clause.main) and not clause.text.endswith(":"):
        return (FactKind.MEMBER,)
    if _DEFINED.search(clause.main):
        return (FactKind.DEFINED,)
    if _ENDS_DATA.search(clause.text) and DURATION.search(clause.main):
        return (FactKind.RETAINED,)
    if _LOOKS.search(clause.main) and _PERSON.search(subject_of(clause.main)):
        return (FactKind.PROCESSED,)
    if _SPARE.search(clause.main):
        return (FactKind.REPLICATED,)
    return ()


def _asides(clause: Clause) -> Iterator[FactKind]:
    """Kinds that a clause states besides: what a bracket calls a thing, what a condition asks."""
    if re.search(
        r"\((?:also |formerly )?(?:referred to|known) as\b[^)]*[“\"]|\bwhere <", clause.text
    ):
        yield FactKind.DEFINED
    if any(re.search(r"\bif\b.*\bacceptable\b", condition) for condition in clause.conditions):
        yield FactKind.REQUIRED


_COPY = re.compile(
    r"\b(?:backups?|snapshots?|replicas?|(?:second|third|shadow|standby) cop(?:y|ies)|standby|mirrors?)"
    r" (?:\w+ ){0,4}?(?:is|are|runs?|sits?|stays?|rests?|lives?|go(?:es)?)\b",
    re.I,
)
_KEPT_AT = re.compile(
    r"\b(?:stored|kept|held|hosted|lives?|sits?|stays?|remains?|rests?) (?:\w+ )?"
    r"(?:in|at|on|with|inside|within) (?!memory\b)",
    re.I,
)


def is_denied(kind: FactKind, clause: Clause) -> bool:
    """Tell whether a clause denies what it says of a kind, and not something else beside it."""
    words = _VERBS.get(kind) or {FactKind.REQUIRED: _REQUIRED}.get(kind)
    match = words.search(clause.main) if words else None
    if match is None:
        return clause.negated
    head = clause.main[: match.start()]
    start = max((cut.end() for cut in _AND.finditer(head)), default=0)
    region = clause.main[start : match.end() + len("n't ")].strip()
    after = clause.main[match.end() :]
    return is_negated(region) or re.match(r"\s+(?:no|none|neither|nothing)\b", after) is not None


def verbs_in(text: str) -> tuple[FactKind, ...]:
    """Return the kinds whose verbs a text has; keeping for a time is not keeping at a place."""
    found = [kind for kind, verbs in _VERBS.items() if verbs.search(text)]
    if _COPY.search(text) and set(found) <= {FactKind.STORED}:
        return (FactKind.REPLICATED,)
    if FactKind.RETAINED in found and FactKind.STORED in found and not _KEPT_AT.search(text):
        found.remove(FactKind.STORED)
    if (
        FactKind.STORED in found
        and set(found) - {FactKind.STORED, FactKind.RETAINED}
        and not re.search(r"\b(?:stor(?:es?|ed)|held|hosted)\b", text)
    ):
        found.remove(FactKind.STORED)
    return tuple(found)


_LABELS: tuple[tuple[FactKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.I))
    for kind, words in (
        (FactKind.EXCLUDED, r"\begress|\bexclu|\bexception|not covered|out of scope|\boutside|does not cover"),
        (FactKind.RETAINED, r"\bretention|\bretained|kept for|how long|\bdeletion|\berasure|\blifetime|\bheld for"),
        (FactKind.REPLICATED, r"\breplica|\bback-?ups?\b|\bcopies|\bcopy\b|\brecovery|\bstandby|\bmirror|\bpair(?:ed)?\b|\bfailover|\bshadow"),
        (FactKind.PROCESSED, r"\bprocess(?:ing|ed)\b|\bcomput|\binference|\btraining\b"),
        (FactKind.STORED, r"\bat rest\b|\bstor(?:age|ed)\b|\blocations?\b|\bkept in\b|\bheld in\b|\bhosted\b|\bhome (?:city|zone|site)|\bprimary\b|\bwhere\b|\bkept$|\bheld$"),
        (FactKind.REQUIRED, r"\brequire|\bprerequisite|\beligib|\blicen[cs]e|\bneed|\bopen to\b|\btier\b|\bplan\b|before you (?:start|begin)"),
        (FactKind.DETERMINED_BY, r"\bdetermin|\bdecid|\bsets?\b|\bchosen\b|\bdefault\b"),
        (FactKind.COMMITMENT, r"\bcommitment|\bpromise|\bguarantee"),
        (FactKind.CONTACT, r"\bcontact|\bquestions\b"),
        (FactKind.MOVED, r"\bmov(?:e|ing)\b|\bmigrat|\btransfer|\brelocat"),
    )
)  # fmt: skip


def kind_of_label(label: str) -> FactKind | None:
    """Return what the values under a label or column title say, None where it names things."""
    return next((kind for kind, words in _LABELS if words.search(label)), None)


_STATUS: tuple[tuple[FactStatus, re.Pattern[str]], ...] = (
    (FactStatus.PREVIEW, re.compile(r"\bpreview\b|\bbeta\b|\bin trial\b|\bpilot\b|\bearly access\b", re.I)),
    (FactStatus.DEPRECATED, re.compile(r"\bdeprecated\b|\bretired\b|\bdiscontinued\b", re.I)),
    (FactStatus.PLANNED, re.compile(
        r"\bplanned\b|\bforeseen\b|\bwill become\b|\bover time\b|\bcoming (?:months|soon|weeks)|\bupcoming\b|"
        r"\bin the future\b|\bexpected (?:in|by)\b|\bscheduled for\b|\broad ?map\b", re.I)),
    (FactStatus.TEMPORARY, re.compile(
        r"\btemporar|\bfor now\b|\bduring (?:the |a )?(?:\w+ )*(?:move|migration)|\buntil\b|"
        r"\bcurrently\b|\bsuspended\b|\bon hold\b|\bwork in progress\b|\bdelayed\b|\bin the process of\b", re.I)),
)  # fmt: skip


def status_of(text: str, heading: str) -> FactStatus:
    """Return how long a statement is meant to hold, by its words, else by its heading."""
    for source in (text, heading):
        for status, words in _STATUS:
            if words.search(source):
                return status
    return FactStatus.CURRENT
