"""Which categories of data a proposition names, as noun phrases in the document's words.

A noun is one by itself ("backups"), or by what is done to it: what is stored, sent or deleted is
data unless it is a person, a place or a service.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.language.parsing import Parse, Token
from corpus.language.propositions import Proposition
from corpus.language.word_classes import Thing, things

DATA = frozenset(
    "data datum metadata content information info log record file message mailbox mail email "
    "attachment backup snapshot recording transcript transcription telemetry credential password "
    "passphrase prompt completion document image picture photo photograph video audio invoice "
    "profile statistic metric trace dump thumbnail cookie identifier coordinate payload embedding "
    "caption conversation transaction correspondence archive index ticket attribute "
    "spreadsheet artifact dataset screenshot receipt payslip biometric fingerprint "
    "keystroke hash salt voicemail trail".split()
)
"""Nouns that are data wherever they stand."""
_GENERAL = frozenset("data datum content information metadata telemetry record".split())
"""Nouns of data that contracts write with a capital: "Customer Data"."""
_IN_CONTEXT = frozenset(
    "name address number detail key secret token text body line id signature history note comment "
    "answer response reply draft event report template setting preference configuration object "
    "item entry row copy replica database table media material asset code certificate form "
    "submission result score query preview view usage counter fact string field header "
    "particulars contact calendar appointment plan dashboard chat post upload output input vector "
    "model parameter birth date card account title credentials".split()
)
"""Nouns that are data where nothing else is said, as in a cell, or by what is done to them."""
_MORE_NO_DATA = frozenset(
    "service product application app platform tool access addendum admin agreement anything "
    "area boundary case city condition contract controller country day encryption environment "
    "everything facility function group hour i infrastructure it member month nothing officer "
    "one ones option owner part party period place plan purpose request residency right rule "
    "server setting step subscription support system term that them these they this time way "
    "week what which year feature component capability workload".split()
)
_NO_DATA = things(Thing.PARTY, Thing.COMPANY, Thing.STAFF, Thing.LAW, Thing.SITE) | _MORE_NO_DATA
"""Nouns and pronouns that are no data, whatever is done to them."""
_DONE_TO = frozenset(
    "store keep hold house retain save archive cache replicate mirror copy duplicate back backup "
    "transfer send move migrate export transmit ship forward delete erase purge wipe destroy "
    "remove process collect receive record log encrypt index scan share disclose persist restore "
    "discard drop sync synchronize synchronise upload anonymize anonymise pseudonymize "
    "gather analyze analyse shred access view read pass hand remember examine queue "
    "recover stream decrypt download import retrieve protect submit enter capture obtain "
    "release pin dump".split()
)
"""Verbs whose object is data."""
_CONSISTING = frozenset("mean include comprise contain cover hold".split())
"""Verbs whose objects are data where their subject is."""
_MEANS = frozenset({"by", "via", "through", "with"})
"""Prepositions before what something is done with, which is no data."""
_DOING = frozenset("reside live sit rest stay remain leave go travel flow expire persist".split())
"""Verbs whose subject is data."""
_BEFORE = ("compound", "amod", "nmod", "npadvmod", "advmod", "punct", "nsubj", "quantmod")
"""Relations of words before a noun that belong to its name."""
_EMPTY = frozenset(
    "other such certain various following only any all same own additional further several many "
    "more most some particular specific existing new just also even e.g. i.e. relevant".split()
)
"""Modifiers that tell no category."""
_MEMBERS = frozenset({"including", "include", "like", "namely", "e.g.", "excluding", "e.g"})
"""Words that lead in members, beside "such as"."""
_EXAMPLES = frozenset({"example", "instance"})
_CUT = ("advcl", "relcl", "parataxis")
_JOINED = ("conj", "appos")
_BREAKS = frozenset(",;:()")
_OBJECTS = ("dobj", "obj", "nsubjpass")
_AS_NOUN = (*_OBJECTS, "nsubj", "pobj", "conj")


def data_of(parse: Parse, proposition: Proposition | None) -> tuple[str, ...]:
    """Return the categories of data that a proposition names, each once, in order.

    Without a proposition the text is read as words that stand alone, like a cell or a label.
    """
    reading = _Reading(parse, proposition)
    found = dict.fromkeys(reading.text(head) for head in reading.heads())
    seen: dict[str, str] = {}
    for text in found:
        seen.setdefault(text.lower(), text)
    return tuple(text for text in seen.values() if text)


def is_data(token: Token) -> bool:
    """Tell whether a noun is data by itself."""
    return token.lemma in DATA or token.text.lower() in DATA


class _Reading:
    """A parse while its data is looked for."""

    def __init__(self, parse: Parse, proposition: Proposition | None) -> None:
        self.parse = parse
        self.alone = proposition is None
        self.scope = self._scope(proposition)

    def heads(self) -> Iterator[int]:
        """Yield the nouns that are data, with those joined to them and their examples."""
        found: set[int] = set()
        for at in self.scope:
            if at not in found and self._is_data(at):
                found.update(self._with_joined(at))
        yield from sorted(found - self._within(found))

    def text(self, head: int) -> str:
        """Return a noun with the words that belong to its name."""
        words = [*self._before(head), head, *self._after(head)]
        return self.parse.words(words).strip(" \"“”'‘’(") if words else ""

    def _scope(self, proposition: Proposition | None) -> tuple[int, ...]:
        parse = self.parse
        if proposition is None:
            return tuple(range(len(parse.tokens)))
        cut = frozenset(
            i for i, token in enumerate(parse.tokens)
            if token.dep in _CUT or (token.dep == "conj" and token.is_verb)
        )  # fmt: skip
        chosen = set(parse.below(proposition.verb, cut - {proposition.verb}))
        if proposition.subject is not None:
            chosen.update(parse.below(proposition.subject.head, cut))
        return tuple(sorted(chosen))

    def _is_data(self, at: int) -> bool:
        token = self.parse.tokens[at]
        if not self._is_noun(at) or token.dep in ("compound", "nmod", "poss", "amod"):
            return False
        if self._is_named(at) or self._is_means(at):
            return False
        if is_data(token):
            return True
        if self.alone:
            return token.lemma in _IN_CONTEXT
        return token.lemma not in _NO_DATA and self._is_affected(at)

    def _is_noun(self, at: int) -> bool:
        token = self.parse.tokens[at]
        if token.tag.startswith("NN"):
            return True
        # The model takes "logs" for a verb now and then, but not its place in the sentence.
        return is_data(token) and token.tag == "VBZ" and token.dep in (*_AS_NOUN, "dep")

    def _is_named(self, at: int) -> bool:
        """Tell whether a noun is the end of a name that is no category: "Quillet Mail"."""
        token = self.parse.tokens[at]
        return token.tag == "NNP" and token.lemma not in _GENERAL

    def _is_means(self, at: int) -> bool:
        token = self.parse.tokens[at]
        governing = self.parse.tokens[token.head]
        plain = not self.parse.children(at, "det", "poss", "amod", "compound")
        return (
            token.dep == "pobj" and token.tag != "NNS" and plain
            and governing.text.lower() in _MEANS
        )  # fmt: skip

    def _is_affected(self, at: int) -> bool:
        """Tell whether something is done to a noun that is done to data."""
        token = self.parse.tokens[at]
        verb = self.parse.tokens[token.head]
        if token.tag.startswith(("PRP", "CD", "W", "DT")):
            return False
        if token.dep in _OBJECTS and verb.lemma in _DONE_TO:
            return True
        if token.dep in _OBJECTS and verb.lemma in _CONSISTING:
            subjects = self.parse.children(token.head, "nsubj")
            return any(is_data(self.parse.tokens[i]) for i in subjects)
        return token.dep == "nsubj" and verb.lemma in _DOING

    def _with_joined(self, at: int) -> Iterator[int]:
        """Yield a noun, what is joined to it, and what is named as an example of it."""
        pending = [at]
        while pending:
            one = pending.pop()
            yield one
            pending.extend(i for i in self.parse.children(one, *_JOINED) if self._may_join(i))
            pending.extend(self._examples(one))

    def _may_join(self, at: int) -> bool:
        token = self.parse.tokens[at]
        if token.lemma == "etc." or token.lemma in _NO_DATA:
            return False
        if not self._is_noun(at) or token.dep == "dep":
            return False
        plural = token.tag in ("NNS", "NNPS")
        return plural or is_data(token) if self.alone else not self._is_named(at)

    def _examples(self, at: int) -> Iterator[int]:
        parse = self.parse
        for below in parse.children(at, "prep", "acl", "appos"):
            token = parse.tokens[below]
            such = token.text.lower() == "as" and any(
                parse.tokens[i].lemma == "such" for i in parse.below(below)
            )
            if such or token.text.lower() in _MEMBERS:
                yield from (i for i in parse.children(below, "pobj", "dobj") if self._is_noun(i))
            elif token.text.lower() == "for":
                yield from self._after_example(below)

    def _after_example(self, preposition: int) -> Iterator[int]:
        """Yield what follows "for example" within its phrase."""
        for noun in self.parse.children(preposition, "pobj"):
            words = self.parse.below(noun)
            if any(self.parse.tokens[i].lemma in _EXAMPLES for i in words):
                yield from (i for i in words if self._is_noun(i) and is_data(self.parse.tokens[i]))

    def _within(self, heads: set[int]) -> set[int]:
        """Return those that the text of another holds: "documents" in "metadata of documents"."""
        return {i for head in heads for i in (*self._before(head), *self._after(head))}

    def _before(self, head: int) -> list[int]:
        """Return the words before a noun that belong to its name."""
        parse, words = self.parse, list[int]()
        for child in parse.children(head, *_BEFORE):
            if child < head and not self._is_empty(child) and not self._misread(child):
                words.extend(i for i in parse.below(child) if i < head)
        if self.alone and not words and parse.tokens[head].head == head - 1 == 0:
            return [0]
        if parse.tokens[head].tag == "VBZ" and parse.tokens[head - 1].tag == "NN":
            words.append(head - 1)
        run: list[int] = []
        for at in range(head - 1, -1, -1):
            token = parse.tokens[at]
            if at not in words or token.text in _BREAKS or token.tag in ("VB", "VBP", "VBZ"):
                break
            run.insert(0, at)
        return run

    def _misread(self, at: int) -> bool:
        """Tell whether a word is the subject or the verb of a sentence that was read as a noun."""
        token = self.parse.tokens[at]
        if self.alone or not token.head > at:
            return False
        return token.tag.startswith("PRP") or (
            token.lemma in _DONE_TO and token.tag not in ("VBN", "VBG", "NN", "NNP")
        )

    def _is_empty(self, at: int) -> bool:
        token = self.parse.tokens[at]
        return token.lemma in _EMPTY or token.text.lower() in _EMPTY

    def _after(self, head: int) -> list[int]:
        """Return "of" and what it governs, where that is no name."""
        parse = self.parse
        for below in parse.children(head, "prep"):
            if below != head + 1 or parse.tokens[below].text.lower() != "of":
                continue
            nouns = [i for i in parse.children(below, "pobj") if self._is_noun(i)]
            if nouns and not parse.tokens[nouns[0]].tag.startswith("NNP"):
                return [below, *(i for i in range(below + 1, nouns[0] + 1))]
        return []
