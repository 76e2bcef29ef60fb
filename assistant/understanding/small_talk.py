"""What is said beside questions, greetings, thanks, "what can you do?", and the reply to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from assistant import wording
from corpus.types import Description

_MOST_WORDS = 8
_COURTEOUS = frozenset(
    (
        "thanks thank thankyou thx ty cheers ok okay okey k kk great perfect cool nice awesome "
        "excellent brilliant wonderful hi hello hey hiya greetings bye goodbye understood noted "
        "alright gotcha super danke merci gracias grazie obrigado obrigada arigato bedankt tack "
        "takk kiitos dziękuję hallo bonjour hola ciao "
        "ありがとう ありがとうございます 谢谢 謝謝 감사합니다"
    ).split()
)
_BESIDE = frozenset(
    "you u very so much many a lot good morning afternoon evening day there see ya later got it "
    "that this is was for your the help helps helped everyone all team again well done really "
    "schön vielen dank beaucoup muchas mille".split()
)
"""Words that stand beside courteous ones."""
_GREETING = frozenset(
    "hi hello hey hiya greetings hallo bonjour hola ciao morning afternoon evening".split()
)
_PARTING = frozenset("bye goodbye later".split())
_THANKS = frozenset(
    "thanks thank thankyou thx ty cheers danke merci gracias grazie obrigado obrigada arigato "
    "bedankt tack takk kiitos dziękuję ありがとう ありがとうございます 谢谢 謝謝 감사합니다".split()
)


class Talk(StrEnum):
    """What somebody says who asks nothing of the documents."""

    GREETING = "greeting"
    PARTING = "parting"
    THANKS = "thanks"
    AGREED = "agreed"
    """Says that something was understood, or was good."""
    WHAT_YOU_DO = "what you do"
    WHO_YOU_ARE = "who you are"
    WHAT_YOU_HAVE = "what you have"
    """Asks which documents there are."""
    HOW_YOU_ARE = "how you are"


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split("|"))


_ASKED: dict[Talk, frozenset[str]] = {
    Talk.WHAT_YOU_DO: _phrases(
        "help | help me | can you help | can you help me | could you help me | i need help | "
        "what can you do | what can you do for me | what do you do | what are you for | "
        "what can i ask | what can i ask you | what could i ask | what should i ask | "
        "what may i ask | what questions can i ask | which questions can i ask | "
        "what can you answer | what questions can you answer | how can you help | "
        "how can you help me | how do you work | how does this work | how does it work here | "
        "how do i use this | how do i use you | how to use this | how do i start | "
        "where do i start | how do i begin | what is this for | what does this do | "
        "what is this tool | what does this tool do | what is this app | what does this app do | "
        "what is this bot | what does this bot do | what are you able to do | "
        "what else can you do | "
        "i am new here | i'm new here | "
        "what can i do here | can i ask you something | can i ask you a question | "
        "may i ask you something | can i ask a question | i have a question"
    ),
    Talk.WHO_YOU_ARE: _phrases(
        "who are you | what are you | who is this | what is your name | what's your name | "
        "are you a bot | are you a robot | are you human | are you a human | are you an ai | "
        "are you ai | are you a person | are you a real person | are you real | are you chatgpt | "
        "are you a chatbot | are you an llm | who made you | who built you | "
        "am i talking to a human | am i talking to a person | am i talking to a bot | "
        "is this a bot | is this a human | do you have a name | introduce yourself | "
        "tell me about yourself | which model are you | what model are you"
    ),
    Talk.WHAT_YOU_HAVE: _phrases(
        "what documents do you have | which documents do you have | what documents are there | "
        "which documents are there | what documents do you know | which documents do you know | "
        "which documents can you read | what do you know | what do you know about | "
        "what are your sources | what sources do you have | which sources do you have | "
        "which services do you cover | what services do you cover | what do you cover | "
        "which services do you know | what services do you know | list your documents | "
        "list the documents | list all documents | list documents | show me the documents | "
        "show documents | show the documents | which pages do you have | what pages do you have | "
        "what is in your documents | what is indexed | which documents are indexed | "
        "what documents are indexed | what are your documents | which vendors do you cover | "
        "what vendors do you cover | what topics do you cover | which topics do you cover | "
        "where do you get your answers from | where do your answers come from | "
        "where do you get your information | where does your information come from | "
        "what have you read | which services can i ask about | what services can i ask about | "
        "which vendors can i ask about"
    ),
    Talk.HOW_YOU_ARE: _phrases(
        "how are you | how are you doing | how are you today | how do you do | what's up | "
        "how is it going | how's it going | are you there | you there | anyone there | "
        "is anyone there | is anybody there | are you awake | test | testing | ping"
    ),
}  # fmt: skip
_AROUND = frozenset("hi hello hey please so ok okay well then and thanks thank you there".split())
"""Words that stand around such a question."""
_MOST_NAMED = 8
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def is_courtesy(text: str) -> bool:
    """Tell whether a text greets, thanks or agrees and asks nothing."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words or len(words) > _MOST_WORDS or "?" in text:
        return False
    return any(word in _COURTEOUS for word in words) and all(
        word in _COURTEOUS or word in _BESIDE for word in words
    )


def small_talk(text: str) -> Talk | None:
    """Return what a text says where it asks nothing of the documents; None for any other."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    for said in (words, _bare(words)):
        phrase = " ".join(said)
        for talk, phrases in _ASKED.items():
            if phrase in phrases:
                return talk
    if not is_courtesy(text):
        return None
    known = frozenset(words)
    for talk, signs in (
        (Talk.THANKS, _THANKS), (Talk.PARTING, _PARTING), (Talk.GREETING, _GREETING),
    ):  # fmt: skip
        if known & signs:
            return talk
    return Talk.AGREED


def reply_to_small_talk(question: str, abouts: Sequence[Description]) -> str | None:
    """Return a short reply to a greeting, to thanks, or to a question about the assistant itself;
    None where the question is one for the documents.

    `abouts` are the documents that it answers from.
    """
    talk = small_talk(question)
    if talk is None:
        return None
    if talk is Talk.THANKS:
        return wording.WELCOME
    if talk is Talk.PARTING:
        return wording.GOODBYE
    if talk is Talk.AGREED:
        return wording.GO_ON
    opening = {
        Talk.GREETING: wording.HELLO, Talk.WHO_YOU_ARE: wording.WHO_I_AM,
        Talk.HOW_YOU_ARE: wording.READY, Talk.WHAT_YOU_DO: wording.WHAT_I_DO,
    }.get(talk, "")  # fmt: skip
    return " ".join(filter(None, (opening, _covered(abouts), _example(abouts))))


def _bare(words: Sequence[str]) -> list[str]:
    """Return words without the courteous ones at both ends."""
    first, last = 0, len(words)
    while first < last and words[first] in _AROUND:
        first += 1
    while last > first and words[last - 1] in ("please", "thanks", "here", "then"):
        last -= 1
    return list(words[first:last])


def _covered(abouts: Sequence[Description]) -> str:
    names = _names(abouts)
    if not names:
        return wording.NO_DOCUMENTS_YET
    shown, more = names[:_MOST_NAMED], len(names) - _MOST_NAMED
    listed = f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
    if more > 0:
        listed = wording.AND_MORE.format(names=", ".join(shown), more=more)
    count = wording.ONE_DOCUMENT if len(abouts) == 1 else wording.DOCUMENTS
    return count.format(count=len(abouts), names=listed)


def _example(abouts: Sequence[Description]) -> str:
    services = [about.service for about in abouts if about.service]
    return wording.TRY_ASKING.format(service=services[0]) if services else ""


def _names(abouts: Iterable[Description]) -> list[str]:
    """Return what documents are about, each once: their services, else their titles."""
    return list(dict.fromkeys(filter(None, (about.service or about.title for about in abouts))))
