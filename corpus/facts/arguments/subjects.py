"""What each statement of a document is about, in the document's own terms.

Where a statement stands (its row, record, list, heading) tells it, unless its sentence names
something itself; pronouns and "the add-on" are looked up in the sentences before.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.facts.arguments.data_categories import DATA, data_of, is_data
from corpus.facts.arguments.document_names import (
    DocumentNames,
    Mention,
    Name,
    label_name,
    member_name,
    row_name,
    split_name,
)
from corpus.facts.arguments.subject_words import KINDS, LEADING, PARTS, PEOPLE, PLACED, WHOLES
from corpus.facts.types import Subject
from corpus.language.parsing import Parse, parse_one
from corpus.language.propositions import Phrase, Proposition, propositions
from corpus.language.sentences import readable
from corpus.places import Gazetteer
from corpus.types import BlockKind, Chunk, Document

_REFERRING = frozenset("it they this these that those them its their same he she".split())
"""Pronouns for what was spoken of before."""
_POINTING = frozenset("this these that those such its their".split())
"""Determiners before a noun that was spoken of before."""
_VENDOR = frozenset("we us our ourselves".split())
_ABOUT = frozenset("for of in by with within through inside via regarding".split())
"""Prepositions before the service that something is said of."""
_FRONTED = frozenset("for in with within on inside regarding under".split())
"""Of these, those that say it at the beginning of a sentence whoever's service it is."""
_EXTENDING = frozenset("apply extend hold true go".split())
"""Verbs that say of another what was said before: "the same applies to …"."""
_FARTHEST = 6
"""Sentences that are looked back over."""
_LONGEST_CELL = 8
"""Words of a first cell that names what its row is about."""


class Subjects:
    """Tells what the statements of one document are about."""

    def __init__(
        self, document: Document, chunks: Sequence[Chunk], gazetteer: Gazetteer | None = None
    ) -> None:
        """`gazetteer` tells places from names where the document alone does not."""
        self.document = document
        self._names = DocumentNames(document, chunks, gazetteer)
        self._chunks = tuple(chunks)
        self._at = {chunk.id: number for number, chunk in enumerate(chunks)}
        self._siblings: dict[int, list[Chunk]] = {}
        for chunk in chunks:
            if chunk.group >= 0:
                self._siblings.setdefault(chunk.group, []).append(chunk)
        self._topics: dict[str, Subject] = {}

    def names(self) -> tuple[Name, ...]:
        """Return every service, feature, part and party that the document names."""
        return self._names.all

    def of(self, chunk: Chunk, parse: Parse | None, proposition: Proposition | None) -> Subject:
        """Return what a proposition of a chunk is about; `parse` is its sentence's tree."""
        return self._of(chunk, parse, proposition, _FARTHEST)

    def _of(
        self, chunk: Chunk, parse: Parse | None, proposition: Proposition | None, reach: int
    ) -> Subject:
        held = self._held_by(chunk)
        if held is not None and chunk.kind is BlockKind.ROW:
            return held
        home = held or self._home(chunk)
        if parse is None or proposition is None:
            return home
        reading = _Reading(self, chunk, parse, proposition, home, reach, is_held=held is not None)
        return reading.subject() or home

    # Where a chunk stands

    def _held_by(self, chunk: Chunk) -> Subject | None:
        """Return what the row, record, label or item of a chunk is about, if it says so."""
        said = row_name(chunk) or label_name(self.document, chunk) or self._of_record(chunk)
        if not said and chunk.pairs:
            return self._first_cell(chunk)
        said = said or self._labelled(chunk) or member_name(self.document, chunk)
        if not said:
            return self._under(chunk)
        name, _ = split_name(said)
        return self._named(name, chunk)

    def _of_record(self, chunk: Chunk) -> str:
        """Return the value of "Service" in the record that a bullet belongs to."""
        if not chunk.record:
            return ""
        values = (label_name(self.document, one) for one in self._siblings.get(chunk.group, ()))
        return next((value for value in values if value), "")

    def _labelled(self, chunk: Chunk) -> str:
        """Return the label of a bullet where that is a name."""
        label = self.document.blocks[chunk.block].label
        said = readable(label.of(self.document.text)) if label else ""
        name, _ = split_name(said)
        return name if name and (self._names.find(name) or self._names.is_label(name)) else ""

    def _first_cell(self, chunk: Chunk) -> Subject | None:
        first = chunk.pairs[0]
        name, _ = split_name(first.value)
        words = name.split()
        known = self._names.find(name)
        if known is not None:
            return _subject(known)
        if not words or len(words) > _LONGEST_CELL or not any(map(str.isalpha, name)):
            return None
        if words[0].lower() in LEADING:
            return None
        titled = first.title.lower().split()
        if any(word.rstrip("s") in DATA or word in DATA for word in titled):
            return None
        if data_of(parse_one(name), None) or ("," in name and self._names.is_placed(name)):
            return None
        return Subject(name, _all_of(self._home(chunk)))

    def _under(self, chunk: Chunk) -> Subject | None:
        """Return what the tab, zone or heading row that a chunk is below names."""
        for span in reversed(self.document.blocks[chunk.block].under):
            found = self._names.topic(readable(span.of(self.document.text)))
            if found is not None:
                return _subject(found)
        return None

    def _home(self, chunk: Chunk) -> Subject:
        """Return what the section of a chunk is about, else the document's service."""
        for depth in range(len(chunk.path) - 1, -1, -1):
            title = chunk.path[depth]
            if depth == 0 and self._names.service:
                break
            found = self._names.topic(title)
            if found is not None:
                return _subject(found)
            if part := _part_in(title):
                return Subject(part, _all_of(self.service()))
        return self.service()

    def service(self) -> Subject:
        """Return what the document is about."""
        known = self._names.find(self._names.service) if self._names.service else None
        return _subject(known) if known else Subject(self._names.service)

    def _named(self, name: str, chunk: Chunk) -> Subject:
        known = self._names.find(name)
        return _subject(known) if known else Subject(name, _all_of(self._home(chunk)))

    # What was spoken of before

    def before(self, chunk: Chunk, reach: int) -> Subject | None:
        """Return what the sentence before a chunk in its section is about."""
        number = self._at.get(chunk.id, 0)
        if reach <= 0 or number == 0:
            return None
        earlier = self._chunks[number - 1]
        if earlier.path != chunk.path or earlier.kind in (BlockKind.FIELD, BlockKind.CODE):
            return None
        if earlier.id not in self._topics:
            parse = parse_one(readable(earlier.text))
            told = propositions(parse)
            main = told[0] if told else None
            self._topics[earlier.id] = self._of(earlier, parse, main, reach - 1)
        return self._topics[earlier.id]

    def is_vendor(self, name: Name) -> bool:
        """Tell whether a name is that of the company whose service the document is about."""
        return self._names.is_vendor(name)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the names that a sentence uses."""
        return self._names.mentions(text)

    def is_name(self, text: str) -> bool:
        """Tell whether words with capitals may be a name that was not known before."""
        return " " in text and self._names.is_name(text)


class _Reading:
    """A proposition while its subject is looked for."""

    def __init__(
        self, subjects: Subjects, chunk: Chunk, parse: Parse, proposition: Proposition,
        home: Subject, reach: int, *, is_held: bool,
    ) -> None:  # fmt: skip
        self.subjects = subjects
        self.chunk = chunk
        self.parse = parse
        self.proposition = proposition
        self.home = home
        self.reach = reach
        self.is_held = is_held
        self.mentions = subjects.mentions(parse.text)

    def subject(self) -> Subject | None:
        """Return what the proposition itself says that it is about."""
        phrase = self.proposition.subject
        if phrase is None:
            return self._before_verb() or self._of_objects() or self._of_obliques()
        if self._is_person(phrase):
            return self._of_objects() or self._of_obliques()
        head = self.parse.tokens[phrase.head]
        word = head.text.lower()
        if word in _VENDOR or self._is_vendor(phrase):
            return self._of_objects() or self._of_obliques()
        if word in _REFERRING and head.tag in ("PRP", "DT", "NN", "JJ"):
            return self._extended() or self._of_obliques() or self._antecedent(phrase.head)
        return self._of_phrase(phrase) or self._of_obliques()

    def _is_person(self, phrase: Phrase) -> bool:
        return phrase.lemma in PEOPLE and not self._named_by(phrase)

    def _is_vendor(self, phrase: Phrase) -> bool:
        """Tell whether the vendor does something; what it is itself is said of it."""
        named = self._named_by(phrase)
        return bool(named) and self.proposition.lemma != "be" and self.subjects.is_vendor(named[0])

    # What a phrase names

    def _of_phrase(self, phrase: Phrase) -> Subject | None:
        named = self._named_by(phrase)
        if named:
            # Regions of another's cloud are where the service runs, and not what is spoken of.
            aside = phrase.lemma in PLACED and not named[0].own
            return None if aside else self._part_of(phrase, named) or _together(named)
        return self._unknown(phrase) or self._of_noun(phrase)

    def _of_noun(self, phrase: Phrase) -> Subject | None:
        """Return what a phrase without a name stands for."""
        data = is_data(self.parse.tokens[phrase.head])
        kind = phrase.lemma in KINDS
        if kind and not data and self._is_definite(phrase):
            return self._of_kind(phrase)
        if self._points_back(phrase, the=data):
            return self._antecedent(phrase.head)
        if not data and self._is_part(phrase):
            return self._part(self._plain(phrase))
        return None

    def _named_by(self, phrase: Phrase) -> tuple[Name, ...]:
        """Return the names in a phrase: its head and what is joined to it, else what it is of."""
        within = self._names_in(self.parse.below(phrase.head, self._relatives(phrase.head)))
        chain = self._joined(phrase.head)
        heads = [
            name for name, at in within if at in chain or self.parse.tokens[at].head in chain
        ]  # fmt: skip
        if heads and len(chain) > 1:
            return tuple(dict.fromkeys(heads))
        return tuple(dict.fromkeys(name for name, _ in within))[:1]

    def _relatives(self, head: int) -> frozenset[int]:
        return frozenset(
            i for i in self.parse.below(head) if self.parse.tokens[i].dep in ("relcl", "advcl")
        )

    def _joined(self, head: int) -> set[int]:
        found, pending = set[int](), [head]
        while pending:
            one = pending.pop()
            found.add(one)
            pending.extend(self.parse.children(one, "conj"))
        return found

    def _names_in(self, words: Sequence[int]) -> list[tuple[Name, int]]:
        """Return the names among some words of the sentence, each with its head."""
        inside = set(words)
        found = []
        for mention in self.mentions:
            at = self.parse.head_of(mention.start, mention.end)
            if at is not None and at in inside:
                found.append((mention.name, at))
        return found

    def _part_of(self, phrase: Phrase, named: Sequence[Name]) -> Subject | None:
        """Return a part that has no name: "Ostwick's status page"."""
        owner = named[0]
        if not self._is_part(phrase) or not self._owns(owner, phrase):
            return None
        return Subject(self._plain(phrase), tuple(dict.fromkeys((owner.name, *owner.of))))

    def _owns(self, owner: Name, phrase: Phrase) -> bool:
        for name, at in self._names_in(self.parse.below(phrase.head)):
            token = self.parse.tokens[at]
            if name == owner and token.dep in ("poss", "pobj"):
                return True
            # "The Ostwick app" is Ostwick's, but "the Quill Editor app" is Quill Editor.
            if name == owner and token.dep == "compound":
                return owner.name == self.subjects.service().name
        return False

    def _is_part(self, phrase: Phrase) -> bool:
        return phrase.lemma in PARTS and self.parse.tokens[phrase.head].tag in ("NN", "NNP")

    def _plain(self, phrase: Phrase) -> str:
        """Return a noun with the words before it that are neither articles nor owners."""
        return _modified(self.parse, phrase.head, {at for _, at in self._names_in(self._all())})

    def _all(self) -> range:
        return range(len(self.parse.tokens))

    def _part(self, said: str) -> Subject:
        """Return a part without a name; "the helper" below "AI helper" is that one."""
        if self.home.name.lower().endswith(said.lower()):
            return self.home
        return Subject(said, _all_of(self.home))

    def _unknown(self, phrase: Phrase) -> Subject | None:
        """Return a name with capitals that the document uses only here."""
        head = self.parse.tokens[phrase.head]
        if not head.tag.startswith("NNP"):
            return None
        words = [
            i for i in self.parse.children(phrase.head, "compound") if i < phrase.head
            and self.parse.tokens[i].tag.startswith("NNP")
        ]  # fmt: skip
        text = self.parse.words([*words, phrase.head])
        return Subject(text, _all_of(self.home)) if self.subjects.is_name(text) else None

    # What the rest of the proposition names

    def _before_verb(self) -> Subject | None:
        """Return the names before a verb that was taken for a noun behind them."""
        verb = self.proposition.verb
        found = [
            name for name, at in self._names_in(range(verb))
            if not any(self.parse.tokens[i].dep == "pobj" for i in (at, *self.parse.above(at)))
        ]  # fmt: skip
        return _together(tuple(dict.fromkeys(found))) if found else None

    def _of_objects(self) -> Subject | None:
        """Return what is acted on, where that has a name."""
        proposition = self.proposition
        phrases = (*proposition.objects, proposition.complement)
        for phrase in phrases:
            if phrase is not None and (named := self._named_by(phrase)):
                return self._part_of(phrase, named) or _together(named)
        return None

    def _of_obliques(self) -> Subject | None:
        """Return the service that something is said for, of, in or by."""
        for oblique in self.proposition.obliques:
            word = oblique.preposition.split(" ")[0]
            if word not in _ABOUT:
                continue
            fronted = oblique.at < self._first() and word in _FRONTED
            head = oblique.phrase.head
            named = self._names_in((head, *self.parse.children(head, "compound", "poss", "conj")))
            chosen = [name for name, _ in named if name.own or fronted or word in ("for", "of")]
            if chosen:
                return _together(chosen[:1])
        return None

    def _first(self) -> int:
        """Return the index of the subject's first word, else of the verb."""
        phrase = self.proposition.subject
        at = self.parse.at(*phrase.span) if phrase else ()
        return min((*at, self.proposition.verb))

    def _extended(self) -> Subject | None:
        """Return what "the same" is said to apply to."""
        if self.proposition.lemma not in _EXTENDING:
            return None
        for oblique in self.proposition.obliques:
            named = self._names_in(self.parse.below(oblique.phrase.head))
            if oblique.preposition in ("to", "for") and named:
                return _together([named[0][0]])
        return None

    # What was spoken of before

    def _is_definite(self, phrase: Phrase) -> bool:
        determiners = self.parse.children(phrase.head, "det", "poss")
        return any(
            self.parse.tokens[i].text.lower() in ("the", "our", "your", *_POINTING)
            for i in determiners
        )

    def _points_back(self, phrase: Phrase, *, the: bool) -> bool:
        determiners = (
            self.parse.tokens[i].text.lower()
            for i in self.parse.children(phrase.head, "det", "poss")
        )
        return any(word in _POINTING or (the and word == "the") for word in determiners)

    def _of_kind(self, phrase: Phrase) -> Subject | None:
        """Return what "the add-on" or "this service" stands for."""
        modified = self.parse.children(phrase.head, "compound", "amod", "nmod")
        words = [self.parse.tokens[i].text.lower() for i in modified]
        if words and phrase.lemma in PARTS:
            return self._part(self._plain(phrase))
        pointing = {
            self.parse.tokens[i].text.lower() for i in self.parse.children(phrase.head, "det")
        } & _POINTING
        if phrase.lemma in WHOLES and not pointing:
            return None
        # "These features" in a record or below a label are those that it names.
        return self._in_sentence(phrase.head) or (
            self.home if self.is_held else self.subjects.before(self.chunk, self.reach)
        )

    def _antecedent(self, at: int) -> Subject | None:
        """Return what was spoken of last before a word: in its sentence, else in the section."""
        return self._in_sentence(at) or self.subjects.before(self.chunk, self.reach)

    def _in_sentence(self, at: int) -> Subject | None:
        earlier = [
            (name, head) for name, head in self._names_in(range(at)) if self._is_subject(head)
        ]
        return _subject(earlier[-1][0]) if earlier else None

    def _is_subject(self, at: int) -> bool:
        chain = (at, *self.parse.above(at))
        return any(self.parse.tokens[i].dep in ("nsubj", "nsubjpass") for i in chain)


def _modified(parse: Parse, head: int, without: set[int]) -> str:
    """Return a noun with the nouns and adjectives that stand before it."""
    before = [
        i for i in parse.children(head, "compound", "amod", "nmod") if i < head and i not in without
    ]  # fmt: skip
    return parse.words([*(k for i in before for k in parse.below(i)), head])


def _part_in(title: str) -> str:
    """Return the part that a heading without names is about: "Where is the status page?"."""
    parse = parse_one(readable(title))
    told = propositions(parse)
    if not told:
        return ""
    head = told[0].subject.head if told[0].subject else told[0].verb
    said = _modified(parse, head, set())
    if parse.tokens[head].lemma not in PARTS or parse.tokens[head].tag != "NN" or " " not in said:
        return ""
    return said[:1].lower() + said[1:] if said[1:2].islower() else said


def _subject(name: Name) -> Subject:
    return Subject(name.name, name.of, name.aliases)


def _together(names: Sequence[Name]) -> Subject:
    """Return one subject for names that are joined; each of them finds it."""
    if len(names) == 1:
        return _subject(names[0])
    text = ", ".join(name.name for name in names[:-1]) + f" and {names[-1].name}"
    called = (called for name in names for called in (name.name, *name.aliases))
    of = dict.fromkeys(one for name in names for one in name.of)
    return Subject(text, tuple(of), tuple(dict.fromkeys(called)))


def _all_of(subject: Subject) -> tuple[str, ...]:
    """Return what a part of a subject is a part of."""
    return tuple(one for one in (subject.name, *subject.of) if one)
