"""Understand: what a question asks for, what it names, what it takes over from earlier turns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.errors import QuestionError
from assistant.query import Query, QuestionType, Turn
from assistant.types import Profile
from assistant.understanding.asker import case_of
from assistant.understanding.conversation.ellipsis import Names
from assistant.understanding.conversation.follow_up import Resolved, resolve
from assistant.understanding.conversation.own_places import with_own_places
from assistant.understanding.conversation.subjects import subject_spans
from assistant.understanding.services import services_named
from assistant.understanding.small_talk import small_talk
from assistant.understanding.terse_question import spelt_out
from assistant.understanding.wanted_signals import wants
from corpus.language.quantities import TIME_UNIT
from corpus.places import Gazetteer, Place
from index.types import Abouts

NO_DOCUMENTS = Abouts()
LONGEST_QUESTION = 20_000
_SEARCHED = 2_000
"""Code points of a question that are searched with; the encoder reads fewer."""
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_AGE = re.compile(
    r"\b(?:(?<!\bby which )(?<!\bby what )(?<!\bby the )date[ds]?|(?:date |time)?stamp(?:ed)?|"
    r"metadata|put out|issued|vintage|"
    r"how (?:old|recent|current|fresh|up[- ]to[- ]date)|newest|oldest|"
    r"most recent|more recent|last (?:updated|changed|modified|edited|touched|revis)\w*|"
    r"when (?:was|were) .{0,40}(?:updated|published|written|revised|last)|what year|which year|"
    r"(?:one and the )?same year)\b",
    re.I,
)
_PAGE = re.compile(
    r"\b(?:pages?|documents?|docs?|articles?|write-?ups?|texts?|sources?|papers?|files?|"
    r"front ?matter|header)\b",
    re.I,
)
_PAGES = re.compile(
    r"\b(?:pages|documents|docs|articles|write-?ups|texts|sources|papers|files)\b", re.I
)
_TYPES: tuple[tuple[QuestionType, re.Pattern[str]], ...] = (
    (QuestionType.COMPARE, re.compile(
        r"\bdiff|\bcompar|\bversus\b|\bvs\.?\b|\bsame (?:as|for|place|way|rule|treatment)\b|"
        r"\bboth\b|\beither\b.*\bor\b|\brather than\b|\bside by side|\bcontrast|"
        r"\bwhich of (?:the two|these|them)\b|\blonger than|\bstricter|"
        r"\bmore .{1,20} than\b|\brespectively\b|\bfor each\b|\bas against\b|\bone after the "
        r"other\b|\bas \w+ (?:\w+ ){0,4}as (?:the|that|those|our|in|for|with|it)\b|\bbeside "
        r"that\b|\bat once\b|\bin common\b|\bbut not (?:for|in|of)\b|\bwhich (?:one )?of them\b",
        re.I)),
    (QuestionType.CURRENT, re.compile(
        r"\bstill (?:true|valid|current|the case|so|holds?|correct|accurate|in force|applies)\b|"
        r"\b(?:is|are) .{0,40} still\b|\bup to date|\bcurrent(?:ly)? (?:valid|true)|\boutdated|"
        r"\bhow (?:old|recent|current|fresh)\b|\bout of date|\bobsolete", re.I)),
    (QuestionType.HOW_LONG, re.compile(
        r"\bho?w long|\bhow soon|\bhow quickly|\bhow fast|\bfor how many\b|\bwithin how\b|"
        rf"\bhow many (?:{TIME_UNIT})s|\bretention (?:period|time)|"
        r"\bafter how\b", re.I)),
    (QuestionType.HOW_MANY, re.compile(
        r"\bhow (?:many|much|big|large|few)\b|\bnumber of\b|\bwhat percent|\bminimum (?:number|"
        r"seats?|size)|\bmaximum (?:number|size)|\bcount of\b", re.I)),
    (QuestionType.HOW_TO, re.compile(
        r"\bhow (?:do|can|would|should|could|might|to|does one|must)\b(?! (?:you|microsoft|they) "
        r"(?:decide|determine))|\bcommand|\bcmdlet|\bone-?liner|\bscript\b|\bsyntax|\bpowershell|"
        r"\bsteps?\b|\bprocedure|\bwalk (?:me|us)|\bwhat do i (?:type|run|enter)|"
        r"\bway to\b", re.I)),
    (QuestionType.WHAT_IF, re.compile(
        r"\bwhat (?:happens|if|would happen|becomes|about when)|(?:^|[.,;] )suppose\b|"
        r"\bwhat will happen|"
        r"\bwhat['’]s going to happen", re.I)),
    (QuestionType.WHO, re.compile(r"^\W*(?:and |but |so )?who(?:m|se)?\b|\bwho(?:m)? (?:do|should|"
        r"can|would|to|has|is|are|may|gets?)\b|\bwhich team\b", re.I)),
    (QuestionType.WHEN, re.compile(
        r"^\W*(?:and |but |so )?(?:since )?when\b|\b(?:since|until|from|by) when\b|\bwhat date\b|"
        r"\bwhich (?:date|year|month|day)\b|\bwhat (?:year|month|day)\b|[.,;?!] when\b", re.I)),
    (QuestionType.WHY, re.compile(
        r"\bwhy\b|\bwhat (?:decides|determines|fixes|sets|governs|drives|controls)|\breason|"
        r"\bhow (?:is|are|was|were|does|do|did) .{0,60}(?:decid|determin|chosen|choose|pick|select|"
        r"assign)|\bon what basis|\bbased on what|\bdepends? on what|\bby what rule|"
        r"\bwhat basis\b|\bhow come\b", re.I)),
    (QuestionType.LIST, re.compile(
        r"^\W*(?:and |but |so |ok,? )?(?:which|list|name|enumerate)\b|\b(?:list|"
        r"name) (?:all|every|the|"
        r"each|them|me)\b|\bwhich (?:of|services?|countries|regions?|cities|data|kinds?|types?|"
        r"features?|things|other|ones|parts|places|geos?|states|nations|items|bits)\b|"
        r"\bwhat (?:are|kinds?|types?|sorts?|factors|conditions|exceptions|other|countries|cities|"
        r"services|regions|places|all)\b|\bcomplete (?:list|set)|\ball the\b|\bevery\b|\beach of",
        re.I)),
    (QuestionType.WHERE, re.compile(
        r"\bwhere(?:abouts)?\b|\b(?:what|which|whose) (?:country|region|city|geo|geography|"
        r"location|continent|place|state|town|data ?cent(?:er|re)|part of the world|soil)\b|"
        r"\bin what (?:country|region|city)|\bhome of\b|\blocations? (?:of|for)\b", re.I)),
    (QuestionType.YESNO, re.compile(
        r"^\W*(?:and |but |so |ok,? |then |also |well,? |hi,? |hello,? )*(?:is|are|was|"
        r"were|do|does|"
        r"did|can|could|will|would|has|have|had|may|must|should|shall|isn|aren|don|doesn|won|am)"
        r"(?:n['’]t)?\b|(?:, |\b)(?:right|correct|true|yes|no|okay|ok|isn['’]t it|doesn['’]t it|"
        r"don['’]t (?:they|we)|aren['’]t they)\?\s*$|\bwhether\b|\b(?:can|may|do|does|is|are|will|"
        r"must|should) (?:i|we|our|they|it|you|my|the|that|this|any\w*|microsoft|his|her|their|"
        r"[A-Z]\w+)\b[^.?!]{0,400}\?", re.I)),
)  # fmt: skip
_DEFINES = re.compile(r"^\W*what(?:['’]s| is| does| do| are)\b", re.I)
_RHETORICAL = re.compile(
    r"\b(?:is|are|do|does|wo|ca|should|has|have)n['’]t (?:it|that|they|we|the|our|this|there)\b",
    re.I,
)
_NEGATED = re.compile(
    r"\b(?:not|never|cannot|nor|without)\b|(?:is|are|do|does|did|was|were|wo|ca|should|has|have)"
    r"n['’]t\b|\bexclud|\bexcept(?:ed|ions?)?\b|\bexempt|\bleft out\b|\bout of scope\b",
    re.I,
)
_RHETORICAL = re.compile(
    r"\b(?:is|are|do|does|wo|ca|should|has|have)n['’]t (?:it|that|they|we|the|our|this|there)\b",
    re.I,
)


def clean(question: str) -> str:
    """Return the question without control and direction characters; raise QuestionError."""
    cleaned = _UNPRINTABLE.sub(" ", question).strip()
    if not any(character.isalnum() for character in cleaned):
        raise QuestionError("the question has no words. Ask in a sentence or a few words")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"the question has {len(cleaned):,} characters, at most {LONGEST_QUESTION:,} are "
            "read. Shorten it"
        )
    return cleaned


def understand(
    question: str,
    turns: Iterable[Turn],
    profile: Profile | None,
    gazetteer: Gazetteer,
    abouts: Abouts = NO_DOCUMENTS,
) -> Query:
    """Return what a question asks for, seen after the turns of its conversation.

    `abouts` tells what the user's documents call their services.
    """
    question = clean(question)
    past = tuple(turn for turn in turns if small_talk(turn.question) is None)
    asked = with_own_places(spelt_out(question[:_SEARCHED]), gazetteer)
    found = resolve(asked, past, Names(abouts, gazetteer)) if past else Resolved(asked)
    standalone = found.standalone[-_SEARCHED:]
    own = standalone if found.keeps_type else asked
    places = places_named(own, gazetteer) or places_named(standalone, gazetteer)
    if found.leans and not places:
        places = places_before(past, gazetteer)
    said = " ".join(names.of(standalone) for names in subject_spans(standalone, abouts))
    named = services_named(said) if found.leans and said else services_named(asked)
    named = named or services_named(standalone)
    named = named or (profile.services if profile else ())
    kind = question_type(question)
    elliptic = found.keeps_type and kind is not QuestionType.COMPARE
    return Query(
        question=question,
        standalone=standalone,
        type=past[-1].type if elliptic else kind,
        services=named,
        places=places,
        wants=wants(standalone if elliptic else question),
        negated=is_negated(standalone if elliptic else question),
        follows=past[-1].document if found.leans and not found.names_subject else "",
        case=case_of(standalone, places, profile, gazetteer),
    )


def places_before(past: Sequence[Turn], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the places that the latest turn with any was about."""
    named = (places_named(turn.standalone, gazetteer) for turn in reversed(past))
    return next(filter(None, named), ())


def question_type(question: str) -> QuestionType:
    """Return what kind of answer a question asks for; its last sentence counts most."""
    if _AGE.search(question) and _PAGE.search(question):
        return QuestionType.DATE
    asked = [part for part in _SENTENCE.split(question) if part.endswith("?")]
    for text in (asked[-1] if asked else question, question):
        for kind, pattern in _TYPES:
            if kind is QuestionType.YESNO and _DEFINES.search(text):
                return QuestionType.WHAT
            if pattern.search(text):
                return kind
    return QuestionType.WHAT


def asks_age(question: str) -> bool:
    """Tell whether a question asks how old something is, or when it was last changed."""
    return _AGE.search(question) is not None


def asks_of_page(question: str) -> bool:
    """Tell whether a question is about a page itself, and not about what it says."""
    return _PAGE.search(question) is not None


def asks_every_page(question: str) -> bool:
    """Tell whether a question is about several documents at once."""
    return _PAGES.search(question) is not None


def is_negated(question: str) -> bool:
    """Tell whether a question asks for what is not so."""
    return _NEGATED.search(_RHETORICAL.sub("", question)) is not None


def places_named(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the places that a text names, each once, in order."""
    return tuple(dict.fromkeys(mention.place for mention in gazetteer.mentions(text)))
