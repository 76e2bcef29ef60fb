"""What a message takes over from its conversation: only what it lacks.

A complete question takes over nothing. A fragment is put in the place of what it replaces in the
question before. A sentence has its pronouns replaced where it is plain what they mean, gets the
subject of the conversation where it names none, and is read behind the question before where it
leans on all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.query import Turn
from assistant.understanding.conversation.ellipsis import Names, appended, put_in
from assistant.understanding.conversation.message import (
    ASKING,
    AUXILIARIES,
    Form,
    Message,
    read_message,
    sentences_of,
    words_of,
)
from assistant.understanding.conversation.pronouns import (
    is_vague,
    refers_to_all,
    says_of_name,
    with_antecedents,
)
from assistant.understanding.conversation.question_tree import question_tree
from assistant.understanding.conversation.referents import chosen, with_choice
from assistant.understanding.services import services_named
from corpus.language.terms import WORD

_LATEST_VERB = 6
"""Words of a question before its verb, at most."""
_LONGEST_PART = 4
"""Words of a question word with what belongs to it."""
_LONGEST = 600
"""Code points of an earlier question that another one is read behind."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A message with what it takes over."""

    standalone: str
    leans: bool = False
    """True where it takes anything over."""
    keeps_type: bool = False
    """True where it asks for the same kind of answer as the question before."""
    names_subject: bool = False
    """True where it says itself what it is about."""


def resolve(question: str, past: Sequence[Turn], names: Names) -> Resolved:
    """Return a message with what it takes over from the turns before it."""
    message = read_message(question)
    earlier = past[-1].standalone[-_LONGEST:]
    own = bool(names.subjects(question))
    if message.form is Form.CHALLENGE:
        return Resolved(earlier, leans=True, keeps_type=True)
    if message.form is Form.WHY:
        return Resolved(_behind(message, _why(earlier)), leans=True)
    if message.form is Form.QUESTION_WORD:
        asked = _asked_anew(message.text, earlier)
        return Resolved(_behind(message, asked), leans=True, names_subject=own)
    if message.form is Form.FRAGMENT:
        return _fragment(message, past, names)
    if _is_statement(message):
        return Resolved(_stated(message, earlier, names), True, True, own)
    return _sentence(question, message, past, names)


def _behind(message: Message, asked: str) -> str:
    """Return what is asked, behind what the message says before it asks."""
    return f"{message.before} {asked}".strip()


def _fragment(message: Message, past: Sequence[Turn], names: Names) -> Resolved:
    earlier = past[-1].standalone[-_LONGEST:]
    own = bool(names.subjects(message.text))
    if message.before:
        return Resolved(_after(earlier, _behind(message, message.text)), True, True, own)
    text = chosen(message.text, past, names) or message.text
    put = put_in(text, earlier, names, message.replaces)
    other = names.names(earlier) and not names.subjects(earlier)
    complete = put if names.is_name(text) or other else _about(put, past, names)
    return Resolved(complete, leans=True, keeps_type=True, names_subject=own)


def _is_what_if(message: Message) -> bool:
    return words_of(message.text)[:2] == ["what", "if"]


def _after(earlier: str, text: str) -> str:
    """Return a text read behind the questions before: behind the first and the last of them."""
    told = sentences_of(earlier)
    asked = [n for n, one in enumerate(told) if one.endswith("?")]
    if len(asked) > 2:
        told = [one for n, one in enumerate(told) if n <= asked[0] or n >= asked[-2]]
    return f"{' '.join(told)} {text}"


def _sentence(question: str, message: Message, past: Sequence[Turn], names: Names) -> Resolved:
    earlier = past[-1].standalone[-_LONGEST:]
    own = bool(names.subjects(question))
    whole = _behind(message, _capital(message.text))
    picked = with_choice(whole, past, names)
    filled = with_antecedents(picked, earlier, names)
    # What is told before a question may point back; the question decides by itself.
    asks = with_antecedents(_capital(message.text), earlier, names) if message.before else filled
    leans = refers_to_all(filled, names) and (refers_to_all(asks, names) or is_vague(asks, names))
    if leans or (_is_what_if(message) and not own):
        subject = _about(filled, past, names, context=earlier)
        return Resolved(_after(earlier, subject), leans=True, names_subject=own)
    if own:
        return Resolved(filled, filled != whole, names_subject=True)
    if is_vague(filled, names):
        return Resolved(_after(earlier, _about(filled, past, names, context=earlier)), leans=True)
    if says_of_name(filled, names):
        return Resolved(filled, leans=True)
    return Resolved(_about(filled, past, names), leans=True)


def _about(text: str, past: Sequence[Turn], names: Names, context: str = "") -> str:
    """Return a question with the subject of the conversation where neither it nor what it is read
    behind names one.
    """
    if names.subjects(f"{context} {text}" if context else text):
        return text
    subject = subject_of(past, names)
    return appended(text, f"for {subject}") if subject else text


def subject_of(past: Sequence[Turn], names: Names) -> str:
    """Return what a conversation is about: what its latest question names, else the service of
    the document that answered it.
    """
    for turn in reversed(past):
        said = [span.of(turn.standalone) for span in names.subjects(turn.standalone)]
        if said:
            return next((one for one in said if one != one.lower()), _canonical(said[0]))
    services = {about.id: about.service for about in names.abouts}
    return next((services[t.document] for t in reversed(past) if services.get(t.document)), "")


def _canonical(alias: str) -> str:
    """Return the name of a service that is called otherwise: "public folders"."""
    return next(iter(services_named(alias)), alias)


def _why(earlier: str) -> str:
    """Return the question for the reason of what was asked."""
    *background, asked = sentences_of(earlier) or [earlier]
    first = next(iter(words_of(asked)), "")
    if first in AUXILIARIES:
        return " ".join([*background, f"Why {_small(asked)}"])
    return earlier if first == "why" else f"{earlier} Why?"


def _asked_anew(words: str, earlier: str) -> str:
    """Return the earlier question with another question word: "Where, in the meantime?"."""
    *background, asked = sentences_of(earlier) or [earlier]
    head, _, rest = words.rstrip(" ?!.").partition(",")
    matches = list(WORD.finditer(asked))
    at = next((n for n, m in enumerate(matches) if m.group().lower() in AUXILIARIES), None)
    adverbial = not {"which", "what", "who", "whom", "whose"} & set(words_of(head))
    if at is None or at > _LATEST_VERB or len(words_of(head)) > _LONGEST_PART or not adverbial:
        return f"{earlier} {_capital(words)}"
    body = asked[matches[at].start() :].rstrip(" ?!.")
    tail = f", {rest.strip()}" if rest.strip() else ""
    return " ".join([*background, f"{_capital(head)} {_small(body)}{tail}?"])


def _is_statement(message: Message) -> bool:
    """Tell whether a message tells something and asks nothing."""
    first = next(iter(words_of(message.text)), "")
    if "?" in message.text or first in ASKING:
        return False
    parse = question_tree(message.text)
    return any(
        parse.tokens[root].is_verb
        and any(i < root for i in parse.children(root, "nsubj", "nsubjpass"))
        for root in parse.roots()
    ) and not any(token.tag in ("WRB", "WP", "WDT") for token in parse.tokens)


def _stated(message: Message, earlier: str, names: Names) -> str:
    """Return the earlier question asked again after what is told now."""
    *background, asked = sentences_of(earlier) or [earlier]
    told = _behind(message, _capital(message.text)).rstrip(" .") + "."
    if names.places(told):
        background = [one for one in background if not names.places(one)]
    return " ".join([*background, told, asked])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
