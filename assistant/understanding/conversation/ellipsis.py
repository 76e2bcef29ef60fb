"""Fragments put in the place of what they replace: "And in Africa?" after "Which regions are in
Europe?" asks "Which regions are in Africa?".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.conversation.message import sentences_of, words_of
from assistant.understanding.conversation.question_tree import question_tree
from assistant.understanding.conversation.subjects import name_spans, subject_spans
from corpus.language.parsing import Parse
from corpus.language.word_classes import THINGS, Thing
from corpus.places import Gazetteer, Mention
from corpus.types import Span
from index.types import Abouts

_LIMITING = frozenset("only just solely exclusively".split())
_POINTING = frozenset("it that this them there those these".split())
_AROUND = frozenset("if it that this they we were was is are be the a an say only just s".split())
_SMALL = frozenset({"DT", "IN", "TO", "PRP$", "RB", "VBN", "VBG", "NNS", "CC", "PDT", "JJS", "JJR"})
"""Words, by their tags, that have a capital letter only where they begin a sentence."""
_MODIFIERS = ("det", "amod", "compound", "nummod", "poss", "quantmod", "nmod")
_THEMES = ("dobj", "nsubjpass", "nsubj", "attr")
_ALIKE = {"without": "with", "under": "with"}
"""Prepositions that take each other's place."""


@dataclass(frozen=True, slots=True)
class Names:
    """What tells names of services and of places."""

    abouts: Abouts
    gazetteer: Gazetteer

    def subjects(self, text: str) -> tuple[Span, ...]:
        """Return where a text names what a document is about."""
        return subject_spans(text, self.abouts)

    def names(self, text: str) -> tuple[Span, ...]:
        """Return where a text says proper names of anything but places."""
        return name_spans(text, self.abouts, self.gazetteer)

    def places(self, text: str) -> tuple[Mention, ...]:
        """Return the places that a text names by themselves, those within names left out."""
        proper = self.names(text)
        return tuple(
            mention for mention in self.gazetteer.mentions(text)
            if not any(n.start <= mention.start and mention.end <= n.end for n in proper)
        )  # fmt: skip

    def is_name(self, text: str) -> bool:
        """Tell whether a text says nothing but names, behind a preposition or not."""
        return _only_names(_read(text, self).noun, self)


@dataclass(frozen=True, slots=True)
class _Fragment:
    text: str
    preposition: str
    noun: str
    """What the preposition governs; the whole where there is none."""


def put_in(fragment: str, earlier: str, names: Names, replaces: str = "") -> str:
    """Return the earlier question with a fragment in the place of what it replaces; behind it
    where it replaces nothing.
    """
    asked = (sentences_of(earlier) or [earlier])[-1]
    part = _read(fragment, names)
    if replaces and replaces.lower() in earlier.lower():
        at = earlier.lower().index(replaces.lower())
        return _spliced(earlier, Span(at, at + len(replaces)), part.text)
    if part.noun.lower() in _POINTING:
        return _turned(part, asked, names) or appended(earlier, part.text)
    if _is_place(part.text, names):
        return _by_place(part, earlier, names)
    if _only_names(part.noun, names):
        behind = appended(earlier, f"{part.preposition or 'for'} {part.noun}")
        return _by_name(part, earlier, names) or behind
    return _by_phrase(part, earlier, names)


def _by_phrase(part: _Fragment, earlier: str, names: Names) -> str:
    """Put a phrase in the place of one of its preposition, of its place, or of what was asked
    about; behind the question where there is none.
    """
    *background, asked = sentences_of(earlier) or [earlier]
    for at, question in _questions(earlier):
        found = (
            _of_same_preposition(part, question, names)
            or _of_placed(part, question, names)
            or _theme(part, question, names)
        )
        if found:
            told = _kept(_told(earlier, at), part, names)
            return " ".join([*told, found])
    return " ".join([*_kept(background, part, names), appended(asked, part.text)])


def _questions(earlier: str) -> list[tuple[int, str]]:
    """Return the questions of what was asked before, the latest first, with their places."""
    return [(n, one) for n, one in reversed(list(enumerate(sentences_of(earlier))))
            if one.endswith("?")] or [(0, earlier)]  # fmt: skip


def _told(earlier: str, until: int) -> list[str]:
    """Return what was told, and not asked, before a question."""
    return [one for one in sentences_of(earlier)[:until] if not one.endswith("?")]


def _by_name(part: _Fragment, earlier: str, names: Names) -> str:
    for at, question in _questions(earlier):
        named = _name(part, question, names)
        if named:
            return " ".join([*_kept(_told(earlier, at), part, names), named])
    *told, asked = sentences_of(earlier) or [earlier]
    for at, one in enumerate(told):
        named = _name(part, one, names)
        if named:
            return " ".join([*told[:at], named, *told[at + 1 :], asked])
    return ""


def _turned(part: _Fragment, asked: str, names: Names) -> str:
    """Put another preposition before the place of a question: "And outside it?"."""
    parse = question_tree(asked)
    for mention in reversed(names.places(asked)):
        at = _preposition_before(parse, mention)
        if at is not None:
            token = parse.tokens[at]
            return _spliced(asked, Span(token.start, token.end), part.preposition or token.text)
    return ""


def _by_place(part: _Fragment, earlier: str, names: Names) -> str:
    """Put a place in the place of one of the latest question that names any."""
    for at, question in _questions(earlier):
        if names.places(question):
            return " ".join([*_told(earlier, at), _place(part, question, names)])
    *told, asked = sentences_of(earlier) or [earlier]
    for at, one in enumerate(told):
        if names.places(one):
            return " ".join([*told[:at], _place(part, one, names), *told[at + 1 :], asked])
    return _place(part, earlier, names)


def appended(question: str, words: str) -> str:
    """Return a question with words behind it."""
    return f"{question.rstrip(' ?!.')}, {words.rstrip(' ?!.')}?"


def _kept(background: Sequence[str], part: _Fragment, names: Names) -> list[str]:
    """Return the sentences before a question, but for those whose places a fragment replaces."""
    if not names.places(part.text):
        return list(background)
    return [one for one in background if not names.places(one)]


def _read(fragment: str, names: Names) -> _Fragment:
    text = fragment.strip(" ?!.,;:–—-")
    first = next(iter(words_of(text)), "")
    if first in _LIMITING:
        text = text[len(first) :].strip()
    if not any(span.start == 0 for span in names.names(text)):
        text = _lowered(text)
    token = next(iter(question_tree(text).tokens), None)
    if token is not None and token.tag in ("IN", "TO") and len(words_of(text)) > 1:
        return _Fragment(text, token.text.lower(), text[token.end :].strip())
    return _Fragment(text, "", text)


def _lowered(text: str) -> str:
    """Return a fragment as it stands within a sentence: names keep their capital letter."""
    token = next(iter(question_tree(text).tokens), None)
    small = token is not None and (
        token.tag in _SMALL or token.text == "A" or token.text.endswith(("ed", "ing"))
    )
    if small:
        return text[:1].lower() + text[1:]
    return text


def _is_place(text: str, names: Names) -> bool:
    """Tell whether a text says nothing but places: "in Africa", "if it were in Tokyo"."""
    mentions = names.places(text)
    if not mentions:
        return False
    rest = "".join(
        " " if any(m.start <= i < m.end for m in mentions) else c for i, c in enumerate(text)
    )
    left = [word for word in words_of(rest) if word not in _AROUND]
    prepositions = {
        t.text.lower() for t in question_tree(text).tokens if t.tag in ("IN", "TO", "CC")
    }
    return all(word in prepositions or word in ("one", "ones") for word in left)


def _only_names(text: str, names: Names) -> bool:
    spans = names.names(text)
    if not spans:
        return False
    rest = "".join(
        " " if any(s.start <= i < s.end for s in spans) else c for i, c in enumerate(text)
    )
    return all(word in _AROUND or word in ("and", "or") for word in words_of(rest))


def _place(part: _Fragment, text: str, names: Names) -> str:
    """Put a place in the place of one; behind a sentence that names none."""
    mentions = names.places(text)
    noun, preposition = _place_words(part, names)
    if not mentions:
        return appended_place(text, preposition, noun)
    parse = question_tree(text)
    at = _target(mentions, parse, preposition)
    prepositional = _preposition_before(parse, at)
    adjective = prepositional is None and _modifies(parse, at)
    if adjective and not _is_adjective(part, noun):
        gone = _spliced(text, Span(at.start, at.end), "")
        return appended_place(gone, preposition, noun)
    if preposition and prepositional is not None:
        start = parse.tokens[prepositional].start
        return _spliced(text, Span(start, at.end), f"{preposition} {noun}")
    return _spliced(text, Span(at.start, at.end), noun)


def appended_place(question: str, preposition: str, noun: str) -> str:
    """Return a question with a place behind it."""
    return f"{question.rstrip(' ?!.')} {preposition or 'in'} {noun}?"


def _place_words(part: _Fragment, names: Names) -> tuple[str, str]:
    """Return the places of a fragment with what stands between them, and their preposition."""
    mentions = names.places(part.text)
    noun = part.text[mentions[0].start : mentions[-1].end]
    parse = question_tree(part.text)
    at = _preposition_before(parse, Span(mentions[0].start, mentions[0].end))
    if at is None:
        return noun, ""
    between = part.text[parse.tokens[at].end : mentions[0].start].strip()
    return f"{between} {noun}".strip(), parse.tokens[at].text.lower()


def _is_adjective(part: _Fragment, noun: str) -> bool:
    """Tell whether a place is said of a noun: "the Japanese one"."""
    del noun
    return any(word in ("one", "ones") for word in words_of(part.text))


def _target(mentions: Sequence[Mention], parse: Parse, preposition: str) -> Span:
    """Return the mention that a place replaces: with its preposition, else the last one; places
    that are joined are one.
    """
    spans: list[Span] = []
    for mention in mentions:
        between = parse.text[spans[-1].end : mention.start] if spans else "x"
        if spans and set(words_of(between)) <= {"and", "or", "the", "nor"}:
            spans[-1] = Span(spans[-1].start, mention.end)
        else:
            spans.append(Span(mention.start, mention.end))
    for span in reversed(spans):
        at = _preposition_before(parse, span)
        if preposition and at is not None and parse.tokens[at].text.lower() == preposition:
            return span
    return spans[-1]


def _preposition_before(parse: Parse, span: Span | Mention) -> int | None:
    """Return the preposition whose noun, but for articles, begins with a span."""
    before = [i for i, token in enumerate(parse.tokens) if token.end <= span.start]
    for i in reversed(before):
        if parse.tokens[i].tag in ("IN", "TO"):
            return i
        if parse.tokens[i].tag != "DT":
            return None
    return None


def _modifies(parse: Parse, span: Span) -> bool:
    """Tell whether a place stands before the noun that it is said of."""
    head = parse.head_of(span.start, span.end)
    return head is not None and parse.tokens[head].dep in ("amod", "compound", "nmod", "poss")


def _name(part: _Fragment, asked: str, names: Names) -> str:
    """Put a name in the place of one of its sort; empty where there is none."""
    spans = names.names(asked)
    subjects = names.subjects(asked)
    known = bool(names.subjects(part.noun))
    words = set(words_of(part.noun))
    alike = [span for span in spans if words & set(words_of(span.of(asked)))]
    same = [span for span in spans if (span in subjects) == known]
    placed = [span for span in spans if part.preposition and _led(asked, span, part.preposition)]
    free = () if known and subjects else [span for span in spans if not _within_set(asked, span)]
    target = next(iter([*placed, *alike, *same, *free]), None)
    if target is None or target.of(asked).lower() == part.noun.lower():
        return ""
    return _spliced(asked, target, part.noun)


def _led(text: str, span: Span, preposition: str) -> bool:
    parse = question_tree(text)
    at = _preposition_before(parse, span)
    return at is not None and parse.tokens[at].text.lower() == preposition


def _within_set(text: str, span: Span) -> bool:
    """Tell whether a name only says of which kind the things are that are asked for: "Which
    GitHub subsidiaries …".
    """
    parse = question_tree(text)
    head = parse.head_of(span.start, span.end)
    if head is None or parse.tokens[head].dep not in ("compound", "nmod", "amod"):
        return False
    return any(parse.tokens[i].tag == "WDT" for i in parse.children(parse.tokens[head].head))


def _of_same_preposition(part: _Fragment, asked: str, names: Names) -> str:
    """Put a phrase in the place of one with its preposition; empty where there is none."""
    if not part.preposition or set(words_of(part.noun)) & {"that", "this", "these", "those"}:
        return ""
    parse = question_tree(asked)
    wanted = _ALIKE.get(part.preposition, part.preposition)
    for index in reversed(range(len(parse.tokens))):
        token = parse.tokens[index]
        lower = token.text.lower()
        if token.tag not in ("IN", "TO") or index == 0 or not parse.children(index, "pobj"):
            continue
        if lower == part.preposition or (_ALIKE.get(lower, lower) == wanted):
            span = parse.span(parse.below(index))
            if bool(names.places(span.of(asked))) != bool(names.places(part.text)):
                continue
            return _spliced(asked, span, part.text)
    return ""


def _of_placed(part: _Fragment, asked: str, names: Names) -> str:
    """Put a noun of a place in the place of one: "the Chinese cloud" for "US customers"."""
    if part.preposition or not names.places(part.noun):
        return ""
    parse = question_tree(asked)
    for mention in names.places(asked):
        head = parse.head_of(mention.start, mention.end)
        if head is None or parse.tokens[head].dep not in ("amod", "compound", "nmod"):
            continue
        noun = parse.tokens[head].head
        left = [i for i in parse.children(noun, *_MODIFIERS) if i < noun]
        words = [*(k for i in left for k in parse.below(i)), noun]
        return _spliced(asked, parse.span(words), part.noun)
    return ""


def _theme(part: _Fragment, asked: str, names: Names) -> str:
    """Put a noun in the place of what was asked about; empty where that does not show."""
    if part.preposition or "else" in words_of(part.noun):
        return ""
    parse = question_tree(asked)
    head = next(iter(themes(parse, names)), None)
    if head is None:
        return ""
    if _is_party(question_tree(part.noun)) and not _is_party(parse, head):
        return appended(asked, f"for {part.noun}")
    if not {"one", "ones"} & set(words_of(part.noun)):
        head = _measured(parse, head, names)
    noun = parse.tokens[head].text
    said = words_of(part.noun)
    if {"one", "ones"} & set(said):
        whole = parse.span(parse.below(head))
        text = " ".join(noun if w.lower() in ("one", "ones") else w for w in part.noun.split())
        text = text if said[0] not in ("one", "ones") else f"a {text}"
        return _spliced(asked, whole, text)
    left = [i for i in parse.children(head, *_MODIFIERS) if i < head]
    words = [*(k for i in left for k in parse.below(i)), head]
    of = [
        i for i in parse.children(head, "prep")
        if parse.tokens[i].text.lower() == "of"
        and not names.places(parse.words(parse.below(i)))
        and not names.names(parse.words(parse.below(i)))
    ]  # fmt: skip
    if of and of[0] == head + 1:
        words += [k for i in of for k in parse.below(i)]
    return _spliced(asked, parse.span(words), part.noun)


def _is_party(parse: Parse, at: int | None = None) -> bool:
    """Tell whether a noun, by default the head of a phrase, is a customer or a user."""
    head = next(iter(parse.roots()), None) if at is None else at
    return head is not None and THINGS.get(parse.tokens[head].lemma) is Thing.PARTY


def _measured(parse: Parse, head: int, names: Names) -> int:
    """Return what is asked about in "What is the retention of backups?": the backups."""
    verb = parse.tokens[parse.tokens[head].head]
    if verb.lemma != "be":
        return head
    found = (
        k for i in parse.children(head, "prep") if parse.tokens[i].text.lower() == "of"
        for k in parse.children(i, "pobj")
        if not names.names(parse.tokens[k].text) and not names.places(parse.tokens[k].text)
    )  # fmt: skip
    return next(found, head)


def themes(parse: Parse, names: Names) -> list[int]:
    """Return the nouns that something may be asked of, the likeliest first: what is done
    something to, what does it.
    """
    named = (
        *names.names(parse.text),
        *(Span(mention.start, mention.end) for mention in names.places(parse.text)),
    )

    def plain(index: int) -> bool:
        token = parse.tokens[index]
        if not token.tag.startswith("NN"):
            return False
        if any(s.start <= token.start < s.end for s in named):
            return False
        first = min(parse.below(index))
        asks = parse.tokens[first].tag in ("WDT", "WP", "WP$", "WRB")
        return not asks

    found = [
        index for dep in _THEMES for index, token in enumerate(parse.tokens)
        if token.dep == dep and plain(index)
    ]  # fmt: skip
    roots = frozenset(parse.roots())
    return sorted(found, key=lambda index: parse.tokens[index].head not in roots)


def _spliced(text: str, span: Span, words: str) -> str:
    joined = text[: span.start] + words + text[span.end :]
    return " ".join(joined.replace(" ?", "?").replace(" ,", ",").split())
