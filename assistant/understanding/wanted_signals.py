"""What a question wants to hear, as signals of the passages that would say it."""

from __future__ import annotations

import re

from corpus.language.quantities import TIME_UNIT
from corpus.language.signals import Signal

_WORDS: dict[Signal, re.Pattern[str]] = {
    Signal.DURATION: re.compile(
        rf"\bhow long|\bhow soon|\bhow quickly|\bhow many (?:{TIME_UNIT})s|"
        r"\b(?:retention|deadline|grace) ?(?:period|time|window)?\b|\bfor how\b|\bwithin what\b|"
        r"\bhow often|\bhow fast|\blifetime|\bdays\b|\bmonths\b|\byears\b|\bhours\b", re.I),
    Signal.NUMBER: re.compile(
        r"\bhow (?:many|much|big|large|small|few)|\bnumber of|\bcount\b|\bpercent|\bminimum|"
        r"\bmaximum|\bat least|\blimit|\bthreshold|\bquota|\bsize\b|\bseats?\b|\d", re.I),
    Signal.DATE: re.compile(
        r"\bwhen\b|\bsince\b|\bwhat (?:date|day|month|year)|\bwhich (?:year|month|date)|\bas of\b|"
        r"\bdeadline|\b(?:19|20)\d{2}\b|\bhow old|\bcutoff|\bcut-off|\bbefore\b|\bprior\b", re.I),
    Signal.CONTACT: re.compile(
        r"\bwho(?:m)? (?:do|should|can|would|could|to|must)\b|\bcontact|\be-?mail address|\bask\b|"
        r"\braise\b|\bticket|\bsupport\b|\breport(?:ed)? to|\bphone|\blink\b|\burl\b|"
        r"\bwhere .{0,30}\b(?:read|find|look)\b", re.I),
    Signal.COMMAND: re.compile(
        r"\bcommand|\bcmdlet|\bpowershell|\bscript|\bone-?liner|\bsyntax|\bparameter|\bflag\b|"
        r"\bswitch(?:es)?\b|\battribute|\bproperty\b|\bfield\b|\bquery\b|\brun\b|\bCLI\b|"
        r"\bwhat do i type|\bswitch off|\bset\b", re.I),
    Signal.STORED: re.compile(
        r"\bwhere\b|\bstor|\bkept\b|\bkeep|\blive|\bsit|\brest\b|\bhold|\bheld\b|\bhous|\bhost|"
        r"\bland|\bend up|\bremain|\bstay|\breside|\blocat|\bwhich (?:country|region|city|geo)|"
        r"\bin what (?:country|region|city)|\bplace\b|\bsaved?\b", re.I),
    Signal.PROCESSED: re.compile(
        r"\bprocess|\bcomput|\banaly[sz]|\bcrunch|\bhandl|\bworked on|\btouch|\brun through|"
        r"\bscor|\btranscri|\baccess", re.I),
    Signal.COPIED: re.compile(
        r"\bcop(?:y|ies|ied)|\bback(?:ed)?[- ]?ups?|\breplic|\bmirror|\bduplicat|\bfail|\bdisaster|"
        r"\bredundan|\boutage|\brecover|\bsecond (?:site|set)|\bspare|\bstandby|\bcache|\bsync|"
        r"\brestor", re.I),
    Signal.MOVED: re.compile(
        r"\bmov|\bmigrat|\brelocat|\btransfer|\bship|\bleav|\bsend|\bsent\b|\bgo(?:es|ing)? "
        r"(?:abroad|overseas|to|out)|\bcross|\bexport|\bbring|\brehome|\bswitch|\bchange", re.I),
    Signal.RETAINED: re.compile(
        r"\bretain|\bretention|\bdelet|\beras|\bpurg|\bwip|\bremov|\bget rid|\bforget|\bgone\b|"
        r"\bexpir|\bkept\b|\bkeep|\bdisappear|"
        r"\bafter (?:we|i|they|you) (?:cancel|leave|quit)", re.I),
    Signal.EXCLUDED: re.compile(
        r"\bexclu|\bexcept|\boutside|\bnot (?:covered|included|part)|\bleft out|\bexempt|\bgap|"
        r"\bwhich .{0,30}\bnot\b|\bdon['’]t (?:apply|count)|\bglobal|\bworld|\babroad|"
        r"\beverywhere|\bcarve", re.I),
    Signal.REQUIRED: re.compile(
        r"\bneed|\brequire|\bmust\b|\bprerequisit|\bcondition|\beligib|\bqualif|\bhave to|\bbuy|"
        r"\blicen[cs]|\bsubscription|\badd-?on|\bpay|\bentitle|\benough|"
        r"\bpermission|\brole\b", re.I),
    Signal.DETERMINED: re.compile(
        r"\bwhat (?:decides|determines|fixes|sets|governs|drives)|\bhow (?:is|does|do|was|did)\b|"
        r"\bdepend|\bdecid|\bdetermin|\bbased on|\bwhy\b|\bchoos|\bpick|\bselect|\bsign", re.I),
    Signal.UNSUPPORTED: re.compile(
        r"\bcan (?:i|we|our|they|you|it|a|an|the|my)\b|\bpossible|\bsupport|\ballow|\bable to|"
        r"\bmay (?:i|we)\b|\bpermitted|\bworks?\b|\blimit|\brestrict", re.I),
    Signal.PROMISED: re.compile(
        r"\bpromis|\bcommit|\bcontract|\bguarant|\bterms\b|\bbinding|\blegal|\bagree|\bsla\b|"
        r"\bassur|\bpledg", re.I),
    Signal.DEFINED: re.compile(
        r"\bwhat (?:is|are|does|do)\b.{0,40}(?:mean|\?)|\bmean|\bdefin|\bstand for|\bwhat['’]s a\b|"
        r"\bexplain|\bterm\b", re.I),
    Signal.TEMPORARY: re.compile(
        r"\bstill\b|\btempor|\bplan|\bfuture|\bsoon|\bpreview|\byet\b|\bcoming|\broadmap|\bdeprecat|"
        r"\bcurrent|\bpermanent|\bforever|\bnow\b|\bonce\b|\bused to", re.I),
    Signal.CONDITION: re.compile(
        r"\bif\b|\bwhen\b|\bunless|\bwhat if|\bsuppose|\bcase\b|\bcondition|\bcircumstanc|\bdepend",
        re.I),
    Signal.ENCRYPTED: re.compile(r"\bencrypt|\bkeys?\b|\bcipher|\bcrypto|\bscrambl", re.I),
    Signal.VISIBLE: re.compile(
        r"\bsee\b|\bcheck|\bview|\bfind out|\blook up|\bverify|\btell\b|\bconfirm|\bshow|\bportal|"
        r"\bscreen|\bwhere (?:do|can|could|would) (?:i|we|one)", re.I),
    Signal.PERSON: re.compile(
        r"\bwho\b|\bstaff|\bengineer|\bemployee|\bpeople\b|\bsubprocessor|\bthird[- ]part|\bvendor|"
        r"\badmin|\bpersonnel|\bsomebody|\banyone", re.I),
    Signal.LINK: re.compile(
        r"\b(?:hyper|short|deep)?-?links?\b(?! (?:to|with|between) (?:a|the|my|our) )|\burls?\b|"
        r"\bweb address|\bhref\b|\bwhat (?:page|site) .{0,30}\bpoint", re.I),
    Signal.NEGATED: re.compile(r"\bnot\b|n['’]t\b|\bno\b|\bnever\b|\bwithout\b|\bnone\b", re.I),
}  # fmt: skip


def wants(question: str) -> frozenset[Signal]:
    """Return what passages that answer the question are likely to state."""
    return frozenset(signal for signal, words in _WORDS.items() if words.search(question))
