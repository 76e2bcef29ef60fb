"""What a document names: its service, and the features, parts and parties beside it.

No name is known beforehand. A phrase with capitals is one by where it stands (the first column of
a table of services, a heading, a definition), or by coming back as what sentences speak of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from re import Match

from corpus.facts.arguments.data_categories import DATA
from corpus.facts.arguments.subject_words import (
    ACTING,
    COMMON,
    FORMS,
    KINDS,
    LEADING,
    MONTHS,
    NO_SERVICE,
    PARTIES,
    PLACING,
    RENAMING,
    TAILS,
    TRAILING,
)
from corpus.language.sentences import readable
from corpus.language.terms import STOP_WORDS, WORD
from corpus.places import Gazetteer
from corpus.types import Chunk, Document, Span

_QUOTES = "\"“”'‘’«»„"
_BEHIND = 90
"""Code points behind a name in which another name of the same thing is looked for."""
_LONGEST = 6
"""Words of a name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A service, feature, part, add-on or party that a document names."""

    name: str
    """As the document introduces it."""
    aliases: tuple[str, ...] = ()
    """Other names that the document gives it."""
    of: tuple[str, ...] = ()
    """What it is a part of, the nearest first."""
    introduced: Span | None = None
    """Where it is named first; None where the text itself does not name it."""
    own: bool = False
    """True for what belongs to the service that the document is about."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where a text uses it."""

    name: Name
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words with capitals that stand side by side."""

    words: tuple[str, ...]
    start: int
    end: int
    initial: bool
    """True where a sentence, a cell or a line begins with it."""
    before: str
    after: str
    in_row: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(slots=True)
class _Entry:
    """A name while what is known of it is collected."""

    name: str
    aliases: list[str] = field(default_factory=list)
    of: tuple[str, ...] = ()
    span: Span | None = None
    own: bool = False


class DocumentNames:
    """The names of a document, and where texts use them."""

    def __init__(
        self, document: Document, chunks: Sequence[Chunk], gazetteer: Gazetteer | None = None
    ) -> None:
        self.document = document
        self._gazetteer = gazetteer
        self.service = document.about.service
        self._entries: dict[str, _Entry] = {}
        """By every name in lower case."""
        self._phrases = list(_phrases_of(chunks))
        self._lower = frozenset(
            match.group() for match in WORD.finditer(document.text) if match.group().islower()
        )
        self._makers = self._first_words()
        if self.service:
            self._add(self.service, own=True)
        self._define()
        self._add_structured(chunks)
        self._add_headings()
        self._add_short_forms()
        self._add_recurring()
        self._add_short_forms()
        self.all = tuple(self._finished())
        self._index = self._indexed()

    def find(self, name: str) -> Name | None:
        """Return what is called so."""
        return self._by_name.get(name.lower())

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the names that a text uses, in its order; a longer one hides those within it."""
        words = [(_bare(match.group()), match.start()) for match in WORD.finditer(text)]
        found, at = [], 0
        while at < len(words):
            one = self._mention_at(words, at)
            if one is None:
                at += 1
            else:
                found.append(one[0])
                at += one[1]
        return tuple(found)

    def topic(self, title: str) -> Name | None:
        """Return what a heading is about, by the first name in it."""
        return next((one.name for one in self.mentions(title)), None)

    def is_name(self, text: str) -> bool:
        """Tell whether words with capitals may name a service, a feature or a party."""
        words = text.split()
        if not words or len(words) > _LONGEST or all(map(_is_common, words)):
            return False
        if _is_law(words) or any(word.lower() in MONTHS for word in words):
            return False
        if len(words) > 1 and words[0] in self._makers and all(map(_is_common, words[1:])):
            return False
        return not self._is_plain(words) and not self._is_placed(text)

    def is_label(self, text: str) -> bool:
        """Tell whether the label of a bullet names a service, a feature or a company."""
        words = text.split()
        if not words or not self.is_name(text) or not words[0][:1].isupper():
            return False
        company = words[-1].strip(".").lower() in FORMS
        capital = len(words) > 1 and all(word[:1].isupper() for word in words)
        recurs = sum(one.text == text for one in self._phrases) > 1
        return company or capital or recurs

    def is_placed(self, text: str) -> bool:
        """Tell whether words begin with the name of a place."""
        if self._gazetteer is None:
            return False
        found = self._gazetteer.mentions(text, self.document.about.words)
        return any(one.start == 0 for one in found)

    def is_vendor(self, name: Name) -> bool:
        """Tell whether a name is that of the company whose service the document is about."""
        words = name.name.split()
        if name.name == self.document.about.publisher:
            return True
        company = words[-1].strip(".").lower() in FORMS
        return company and words[0] in self._makers

    # What is collected

    def _first_words(self) -> frozenset[str]:
        """Return the words by which the vendor's own things begin."""
        about = self.document.about
        firsts = (one.split()[0] for one in (self.service, about.publisher) if one.split())
        return frozenset(word for word in firsts if word.lower() not in COMMON)

    def _add(
        self, name: str, *, of: tuple[str, ...] = (), span: Span | None = None, own: bool = False
    ) -> _Entry:
        entry = self._entries.get(name.lower())
        if entry is None:
            entry = _Entry(name, of=of)
            self._entries[name.lower()] = entry
        if span and (entry.span is None or span.start < entry.span.start):
            entry.span = span
        entry.own = entry.own or own or name.split(maxsplit=1)[0] in self._makers
        return entry

    def _join(self, name: str, alias: str, span: Span | None) -> _Entry:
        """Give a thing another name; where both were known, the service's name is kept."""
        one, other = self._entries.get(name.lower()), self._entries.get(alias.lower())
        if other is not None and (one is None or other.name == self.service):
            one, alias = other, name
        entry = one or self._add(name, span=span)
        if alias.lower() != entry.name.lower() and alias not in entry.aliases:
            entry.aliases.append(alias)
        self._entries[alias.lower()] = entry
        return entry

    def _define(self) -> None:
        """Read definitions: "Long Name (LN)", "Name, formerly Other", "Name (“Other”)"."""
        for number, phrase in enumerate(self._phrases):
            behind = self.document.text[phrase.end : phrase.end + _BEHIND]
            for alias, kind in _other_names(behind):
                long = self._meant(number, alias)
                if long is not None:
                    entry = self._join(long.text, alias, Span(long.start, long.end))
                    entry.own = entry.own or (kind and not self._is_placed(long.text))

    def _meant(self, number: int, alias: str) -> _Phrase | None:
        """Return the phrase that a name behind it is another name of."""
        phrase = self._phrases[number]
        if _is_short(alias):
            words = _spelt_out(alias, phrase.words)
            if words:
                start = phrase.end - len(" ".join(words))
                phrase = replace(phrase, words=words, start=start)
                wrong = _is_law(words) or self._is_placed(phrase.text)
                return None if wrong else phrase
        if _is_law((alias,)) or all(map(_is_common, phrase.words)):
            return None
        # "Larkspur Ltd, Leeds, England ("Larkspur")": the seat stands between.
        for earlier in reversed(self._phrases[max(0, number - 5) : number + 1]):
            if alias in earlier.text and alias != earlier.text:
                return earlier
        fits = not _is_law(phrase.words) and not self._is_place(phrase.text)
        return phrase if fits and phrase.text != alias else None

    def _add_structured(self, chunks: Sequence[Chunk]) -> None:
        """Add what lists, tables and records of services and of companies name."""
        for chunk in chunks:
            said = (
                row_name(chunk)
                or label_name(self.document, chunk)
                or member_name(self.document, chunk)
            )
            if said:
                name, alias = split_name(said)
                if not name or _is_data(name):
                    continue
                span = self._span(name, chunk.span)
                entry = self._add(name, span=span, own=not _is_of_party(chunk))
                if alias:
                    self._join(entry.name, alias, span)

    def _add_headings(self) -> None:
        """Add the names that headings are about, each a part of those around it."""
        titled = _is_title_case(self.document)
        for section in self.document.sections:
            around = [self._topic_of(title) for title in section.path[:-1]]
            for phrase in _split(section.title, 0):
                text = self._within_title(phrase)
                known = text.lower() in self._entries
                if known or (text and self._heads(phrase, text, titled=titled)):
                    of = tuple(dict.fromkeys(one for one in reversed(around) if one))
                    # The title of the page is no part of anything.
                    of = tuple(one for one in of if one not in (text, self.service))
                    span = self._span(text, section.span)
                    self._add(text, of=of if len(section.path) > 1 else (), span=span)
                    break

    def _topic_of(self, title: str) -> str:
        texts = (self._within_title(phrase) for phrase in _split(title, 0))
        known = (self._entries.get(text.lower()) for text in texts)
        return next((entry.name for entry in known if entry), "")

    def _within_title(self, phrase: _Phrase) -> str:
        words = list(phrase.words)
        # "Managing Ostwick Ledger"
        if phrase.initial and len(words) > 1 and words[0].endswith("ing"):
            words = words[1:] if phrase.text.lower() not in self._entries else words
        while words and words[-1].lower() in TRAILING and " ".join(words) != self.service:
            words.pop()
        return " ".join(words)

    def _heads(self, phrase: _Phrase, text: str, *, titled: bool) -> bool:
        if phrase.before in PLACING or not self.is_name(text):
            return False
        used = sum(text in one.text and not one.initial for one in self._phrases)
        acting = sum(one.text == text and one.after in ACTING for one in self._phrases)
        if " " in text:
            return not titled or used + acting > 0
        return acting > 0 or (used > 1 and not text.isupper())

    def _add_recurring(self) -> None:
        """Add phrases that come back, and those that begin with the vendor's name."""
        places: dict[str, list[_Phrase]] = defaultdict(list)
        for phrase in self._phrases:
            if not phrase.in_row:
                places[phrase.text].append(phrase)
        for text, uses in places.items():
            words = text.split()
            if text.lower() in self._entries or not self.is_name(text):
                continue
            own = (
                words[0] in self._makers and len(words) > 1 and not all(map(_is_common, words[1:]))
            )
            inside = [one for one in uses if not one.initial]
            acts = [one for one in uses if one.after in ACTING]
            named = inside and acts and not text.isupper()
            several = len(uses) > 1 and (len(words) > 1 or named)
            if own or several or (len(words) > 1 and acts):
                self._add(text, span=Span(uses[0].start, uses[0].end))

    def _add_short_forms(self) -> None:
        """Add what is left of a name without its vendor, its company's form or "Cloud"."""
        alone = {phrase.text for phrase in self._phrases}
        entries = {id(one): one for one in self._entries.values()}.values()
        for entry in list(entries):
            for short in _short_forms(entry.name, self._makers):
                known = self._entries.get(short.lower())
                plain = all(map(_is_common, short.split())) or self._is_plain(short.split())
                weak = known is None or (known.span is not None and not known.aliases)
                if short in alone and weak and not plain and not _is_law(short.split()):
                    self._join(entry.name, short, None)
        service = self._entries.get(self.service.lower()) if self.service else None
        for tail in TAILS if service else ():
            longer = f"{self.service} {tail.capitalize()}"
            if longer in alone:
                self._join(self.service, longer, None)

    # What is asked of a phrase

    def _is_plain(self, words: Sequence[str]) -> bool:
        """Tell whether one word is a common noun that begins a sentence or a title."""
        return len(words) == 1 and words[0][1:].islower() and words[0].lower() in self._lower

    def _is_placed(self, text: str) -> bool:
        """Tell whether words stand as a place does: after "in", and seldom as what acts."""
        if text.lower() in self._entries or text.split(maxsplit=1)[0] in self._makers:
            return False
        if self._is_place(text):
            return True
        uses = [one for one in self._phrases if one.text == text]
        placed = sum(one.before in PLACING or one.after == "|" for one in uses)
        acting = sum(one.after in ACTING for one in uses)
        return placed > 0 and placed >= acting

    def _is_place(self, text: str) -> bool:
        """Tell whether words are the name of a place and nothing more."""
        if self._gazetteer is None:
            return False
        found = self._gazetteer.mentions(text, self.document.about.words)
        return any(one.start == 0 and one.end == len(text) for one in found)

    def _span(self, name: str, within: Span) -> Span | None:
        at = self.document.text.find(name, *within)
        return Span(at, at + len(name)) if at >= 0 else None

    # What comes of it

    def _finished(self) -> Iterator[Name]:
        self._by_name: dict[str, Name] = {}
        for entry in {id(one): one for one in self._entries.values()}.values():
            service = self.service if self.service and entry.name != self.service else ""
            of = tuple(one for one in (*entry.of, service) if one and one != entry.name)
            span = entry.span or self._span(entry.name, Span(0, len(self.document.text)))
            name = Name(entry.name, tuple(entry.aliases), of, span, entry.own)
            for called in (entry.name, *entry.aliases):
                self._by_name[called.lower()] = name
            yield name

    def _indexed(self) -> dict[str, list[tuple[tuple[str, ...], Name]]]:
        """Return names by their first word, the longest first."""
        index: dict[str, list[tuple[tuple[str, ...], Name]]] = defaultdict(list)
        for name in self.all:
            for called in (name.name, *name.aliases):
                words = tuple(match.group() for match in WORD.finditer(called))
                if words:
                    index[words[0]].append((words, name))
        for found in index.values():
            found.sort(key=lambda one: -len(one[0]))
        return index

    def _mention_at(self, words: list[tuple[str, int]], at: int) -> tuple[Mention, int] | None:
        for wanted, name in self._index.get(words[at][0], ()):
            count = len(wanted)
            if tuple(word for word, _ in words[at : at + count]) == wanted:
                last, start = words[at + count - 1]
                return Mention(name, words[at][1], start + len(last)), count
        return None


def _short_forms(name: str, makers: frozenset[str]) -> Iterator[str]:
    words = name.split()
    if len(words) > 1 and words[0] in makers:
        yield " ".join(words[1:])
    if len(words) > 1 and words[-1].lower() in TAILS:
        yield " ".join(words[:-1])
    if len(words) > 1 and words[-1].strip(".").lower() in FORMS:
        for count in range(len(words) - 1, 0, -1):
            yield " ".join(words[:count]).rstrip(",")


def row_name(chunk: Chunk) -> str:
    """Return the service or company that a row of a table is about, empty where it has none."""
    for number, pair in enumerate(chunk.pairs):
        head = _head(pair.title)
        if number == 0 and (head in KINDS or head in PARTIES):
            return pair.value
        if head in KINDS and pair.title.lower() == head and len(pair.value.split()) <= _LONGEST:
            return pair.value
    return ""


def label_name(document: Document, chunk: Chunk) -> str:
    """Return the value of a bullet whose label says "Service", "Product" and the like."""
    label = document.blocks[chunk.block].label
    if label is None or not chunk.span.contains(label):
        return ""
    if _head(readable(label.of(document.text))) not in KINDS:
        return ""
    value = document.text[label.end : chunk.span.end]
    return readable(value.strip("*_ \t:–—-"))


def member_name(document: Document, chunk: Chunk) -> str:
    """Return the name of an item in a list of services or features."""
    if not chunk.lead_in or not announces_services(chunk.lead_in):
        return ""
    block = document.blocks[chunk.block]
    if block.label is not None and chunk.span.contains(block.label):
        return readable(block.label.of(document.text))
    if chunk.span.start != min((s.start for s in block.sentences), default=chunk.span.start):
        return ""
    said = readable(chunk.text).lstrip("-*+• ")
    for end in (",", ";", ":", " - ", " – ", " — ", " (", ". "):
        said = said.partition(end)[0].removesuffix(".")
    return said if len(said.split()) <= _LONGEST and said[:1].isupper() else ""


def announces_services(lead_in: str) -> bool:
    """Tell whether a lead-in says that services or the like follow."""
    words = [match.group().lower() for match in WORD.finditer(readable(lead_in))]
    if "following" in words:
        words = words[words.index("following") + 1 :][:4]
    elif len(words) > 4:
        words = words[-2:]
    plurals = (_singular(word) for word in words if word.endswith("s"))
    return any(one in KINDS or one in PARTIES for one in plurals)


def split_name(said: str) -> tuple[str, str]:
    """Return a name without its brackets and marks, and the other name in these."""
    name, bracket, inner = said.strip("*†‡§ \t").partition("(")
    alias = inner.partition(")")[0].strip(_QUOTES) if bracket else ""
    name = name.strip(f"*†‡§ \t{_QUOTES}")
    return name, alias if _is_short(alias) and _spelt_out(alias, tuple(name.split())) else ""


def _phrases_of(chunks: Iterable[Chunk]) -> Iterator[_Phrase]:
    for chunk in chunks:
        for phrase in _split(chunk.text, chunk.span.start):
            yield replace(phrase, in_row=bool(chunk.pairs))


def _split(text: str, offset: int) -> Iterator[_Phrase]:
    """Yield the phrases with capitals of a text, without the words that only lead them in."""
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _goes_on(text, words, at, end):
            end += 1
        run = words[at:end]
        skipped = 0
        while run and run[0].group().lower() in LEADING:
            run, skipped = run[1:], skipped + 1
        if run:
            yield _phrase(text, words, at + skipped, end, offset)
        at = max(end, at + 1)


def _goes_on(text: str, words: Sequence[Match[str]], first: int, at: int) -> bool:
    word = words[at].group()
    if text[max(0, words[at].start() - 1) : words[at].start()] in ("/", "#", "=", "@", "_"):
        return False
    if at > first:
        between = text[words[at - 1].end() : words[at].start()]
        owned = words[at - 1].group() != _bare(words[at - 1].group())
        if between not in (" ", "\n", " & ", ".") or owned:
            return False
        if word.isdigit():
            return True
    return word[:1].isupper() or any(map(str.isupper, word))


def _phrase(text: str, words: Sequence[Match[str]], first: int, end: int, offset: int) -> _Phrase:
    last = _bare(words[end - 1].group())
    stop = words[end - 1].start() + len(last)
    start = words[first].start()
    head = text[:start].rstrip(f" \t\n*_[{_QUOTES}")
    behind = text[stop : stop + 3].lstrip(" *_")
    return _Phrase(
        tuple(text[start:stop].split()), offset + start, offset + stop,
        not head or head[-1] in ".!?:|•-#",
        words[first - 1].group().lower() if first else "",
        behind[0] if behind[:1] in ("|", ",")
        else words[end].group().lower() if end < len(words) else "",
    )  # fmt: skip


def _other_names(behind: str) -> Iterator[tuple[str, bool]]:
    """Yield the other names that follow a name: in brackets, or after "formerly" and the like.

    With each stands whether the name is said to be a service or the like.
    """
    rest = behind.lstrip("*_ ")
    first = rest.partition(" ")[0]
    kind = first.lower() in KINDS
    if kind:
        rest = rest[len(first) :].lstrip()
    inside = rest.startswith("(")
    if inside:
        rest = rest[1:].partition(")")[0]
    elif rest.startswith(","):
        rest = rest[1:].lstrip()
    marker = next((one for one in RENAMING if rest.lower().startswith(f"{one} ")), "")
    rest = rest[len(marker) :].lstrip(", ")
    if not marker and not inside:
        return
    parts = rest.split(",") if inside else [rest]
    for part in parts:
        said = part.strip()
        said = said.removeprefix("the ").removeprefix("or ").removeprefix("the ")
        quoted = said[:1] in tuple(_QUOTES) and bool(said)
        found = next(_split(said, 0), None)
        if found is None or said.strip(_QUOTES).removeprefix("the ").find(found.words[0]) > 0:
            continue
        alone = said.strip(f"{_QUOTES} ") == found.text
        if marker or (quoted and found) or (alone and _is_short(found.text)):
            yield found.text, kind
        if not inside:
            return


def _is_short(word: str) -> bool:
    """Tell whether a word is an abbreviation by its letters."""
    capitals = sum(map(str.isupper, word))
    return " " not in word and capitals > 1 and capitals * 2 >= len(word)


def _spelt_out(short: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the last words whose initials an abbreviation is made of; none where they are not."""
    letters = [letter.lower() for letter in short if letter.isalpha() and letter.isupper()]
    for count in range(1, len(words) + 1):
        initials = [word[0].lower() for word in words[-count:]]
        if initials == letters:
            return words[-count:]
    return ()


def _is_law(words: Sequence[str]) -> bool:
    """Tell whether words end like what a law or a contract defines."""
    named = [word for word in words if word[:1].isalpha()]
    last = named[-1].lower() if named else "law"
    return bool({last, _singular(last)} & NO_SERVICE) or last == "data"


def _is_common(word: str) -> bool:
    low = word.lower()
    if len(low) == 1 or not any(map(str.isalpha, low)):
        return True
    return low in COMMON or low in DATA or low in STOP_WORDS or _singular(low) in DATA


def _is_data(name: str) -> bool:
    words = name.split()
    return all(map(_is_common, words)) and _singular(words[-1].lower()) in DATA


def _is_of_party(chunk: Chunk) -> bool:
    if chunk.pairs:
        return _head(chunk.pairs[0].title) in PARTIES
    words = (match.group().lower() for match in WORD.finditer(chunk.lead_in))
    return any(_singular(word) in PARTIES for word in words)


def _is_title_case(document: Document) -> bool:
    """Tell whether headings capitalise each word, which then tells nothing."""
    titles = [section.title.split()[1:] for section in document.sections]
    words = [word for title in titles for word in title if word.lower() not in LEADING]
    common = [word for word in words if word.lower() in COMMON or word.lower() in TRAILING]
    return sum(word[:1].isupper() for word in common) * 2 > len(common)


def _head(title: str) -> str:
    """Return the noun that a title of a column or a label ends with, before any bracket."""
    words = [match.group().lower() for match in WORD.finditer(readable(title).partition("(")[0])]
    if words and words[-1] in ("name", "names"):
        words.pop()
    return _singular(words[-1]) if words else ""


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _bare(word: str) -> str:
    """Return a word without the ending of a possessive."""
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    return word
