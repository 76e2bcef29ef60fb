"""The packaged parser, computed without what a pipeline of several frameworks adds to it.

A sentence takes its layers a millisecond, and spaCy and thinc two more: each layer of each
component is dispatched by itself, features of known words are computed again, and 179 patterns are
matched with every word for its lemma. Here the same weights are applied with the same operations in
the same order, so that trees are the same to the last bit; what a word is by itself is remembered.
Only the packaged model is computed so: its layers are known, by its hash.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from corpus.errors import ParserUnusable

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_MOST_WORDS = 4_096
"""Words whose vectors are remembered: 1.5 MB."""
_MOST_LEMMAS = 16_384
_TOGETHER = 64
"""Sentences that are computed at once: what their layers need stays near the processor."""
_AROUND = 4
"""Rows of zeros between sentences: as many as there are layers that look at neighbours."""


class QuickPipeline:
    """Tags, trees and lemmas of sentences."""

    def __init__(self, language: Language) -> None:
        """Take the weights of a loaded model; raise ParserUnusable where it has other layers."""
        self._tagger: Any = language.get_pipe("tagger")
        tagger: Any = self._tagger
        (self._softmax,) = (one for one in tagger.model.walk() if one.name == "softmax")
        self._parser: Any = language.get_pipe("parser")
        self._vectors = _Vectors(language.get_pipe("tok2vec"))
        self._lemmas = _Lemmas(language)

    def annotate(self, docs: Sequence[Doc]) -> list[list[str]]:
        """Tag and parse documents in place; return their lemmas, word by word."""
        found: list[list[str]] = []
        for start in range(0, len(docs), _TOGETHER):
            found += self._annotated(docs[start : start + _TOGETHER])
        return found

    def _annotated(self, docs: Sequence[Doc]) -> list[list[str]]:
        vectors = self._vectors.set(docs)
        self._tagger.set_annotations(docs, list(self._tags(docs, vectors)))
        self._parser.set_annotations(docs, self._parser.predict(docs))
        return [self._lemmas.of(doc) for doc in docs]

    def _tags(self, docs: Sequence[Doc], vectors: NDArray[Any]) -> Iterator[NDArray[Any]]:
        """Yield the likeliest tag of each word of each document."""
        scores = self._softmax.ops.gemm(vectors, self._softmax.get_param("W"), trans2=True)
        scores += self._softmax.get_param("b")
        best, start = scores.argmax(axis=1), 0
        for doc in docs:
            yield best[start : start + len(doc)]
            start += len(doc)


class _Layer:
    """Weights of the best of three, scaled to unit variance."""

    def __init__(self, model: Any) -> None:
        (maxout,) = (one for one in model.walk() if one.name == "maxout")
        (norm,) = (one for one in model.walk() if one.name == "layernorm")
        self._ops = maxout.ops
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        self._pieces = weights.shape[:2]
        self._weights = weights.reshape(-1, weights.shape[2])
        self._bias = bias.reshape(-1)
        self._scale, self._shift = norm.get_param("G"), norm.get_param("b")

    def __call__(self, rows: NDArray[Any]) -> NDArray[Any]:
        found = self._ops.gemm(rows, self._weights, trans2=True)
        found += self._bias
        best, _ = self._ops.maxout(found.reshape(len(rows), *self._pieces))
        variance = best.var(axis=1, keepdims=True) + 1e-08
        scaled: NDArray[Any] = (best - best.mean(axis=1, keepdims=True)) * variance ** (-1.0 / 2.0)
        scaled *= self._scale
        scaled += self._shift
        return scaled


class _Vectors:
    """What words are by themselves and among their neighbours."""

    def __init__(self, component: Any) -> None:
        import numpy as np

        try:
            embed, encode = component.model.layers
            features, _, tables, mixing, _ = embed.layers
            self._columns = features.attrs["columns"]
            self._tables = tables.layers[0]
            self._mix = _Layer(mixing)
            self._layers = [_Layer(one) for one in encode.layers[0].layers]
        except (ValueError, AttributeError, KeyError) as error:
            raise ParserUnusable("the packaged English parser has other layers") from error
        self._ops = component.model.ops
        self._lock = threading.Lock()
        self._rows: dict[bytes, int] = {}
        self._known = np.zeros((_MOST_WORDS, component.model.get_dim("nO")), np.float32)

    def set(self, docs: Sequence[Doc]) -> NDArray[Any]:
        """Give documents the vectors of their words; return those of all of them."""
        import numpy as np

        lengths = [len(doc) for doc in docs]
        features = np.concatenate([_two(doc.to_array(self._columns)) for doc in docs])
        places = np.concatenate([
            np.arange(length) + before + _AROUND * (number + 1)
            for number, (length, before) in enumerate(
                zip(lengths, np.cumsum([0, *lengths[:-1]]), strict=True)
            )
        ])  # fmt: skip
        size = sum(lengths) + _AROUND * (len(docs) + 1)
        rows: NDArray[Any] = np.zeros((size, self._known.shape[1]), np.float32)
        rows[places] = self._alone(features)
        for layer in self._layers:
            rows = rows + layer(self._ops.seq2col(rows, 1))
        found: NDArray[Any] = rows[places]
        start = 0
        for doc, length in zip(docs, lengths, strict=True):
            doc.tensor = found[start : start + length]
            start += length
        return found

    def _alone(self, features: NDArray[Any]) -> NDArray[Any]:
        """Return what words are by themselves."""
        width = features.shape[1] * features.itemsize
        raw = features.tobytes()
        keys = [raw[at : at + width] for at in range(0, len(raw), width)]
        with self._lock:
            new = {key: n for n, key in enumerate(keys) if key not in self._rows}
            if len(self._rows) + len(new) > _MOST_WORDS:
                self._rows.clear()
                new = {key: n for n, key in enumerate(keys)}
            if len(new) > _MOST_WORDS:
                return self._computed(features)
            if new:
                first = len(self._rows)
                self._known[first : first + len(new)] = self._computed(features[[*new.values()]])
                self._rows.update((key, first + n) for n, key in enumerate(new))
            found: NDArray[Any] = self._known[[self._rows[key] for key in keys]]
            return found

    def _computed(self, features: NDArray[Any]) -> NDArray[Any]:
        return self._mix(self._tables.predict(features))


def _two(features: NDArray[Any]) -> NDArray[Any]:
    """Return the features of a document's words with a row for each, of one word as well."""
    found: NDArray[Any] = features.astype("uint64").reshape(-1, features.shape[-1])
    return found


class _Lemmas:
    """Base forms of words by what they are, where no pattern looks at two of them."""

    def __init__(self, language: Language) -> None:
        from spacy.matcher import Matcher

        self._vocab = language.vocab
        self._ruler: Any = language.get_pipe("attribute_ruler")
        self._lemmatizer: Any = language.get_pipe("lemmatizer")
        self._known: dict[tuple[int, int, int], str] = {}
        self._joint = Matcher(language.vocab)
        self._needed: list[tuple[frozenset[str], frozenset[str]]] = []
        ruler: Any = self._ruler
        for number, rule in enumerate(ruler.patterns):
            joint = [one for one in rule["patterns"] if len(one) > 1]
            if joint:
                self._joint.add(str(number), joint)
                self._needed += [(_plain(one, "LOWER"), _plain(one, "DEP")) for one in joint]

    def of(self, doc: Doc) -> list[str]:
        """Return the lemmas of a tagged and parsed document, in lower case."""
        if self._is_joint(doc):
            return self._found(doc)
        keys = [(token.orth, token.tag, token.dep) for token in doc]
        known = self._known
        new = [(key, n) for n, key in enumerate(keys) if key not in known]
        if new:
            if len(known) >= _MOST_LEMMAS:
                known = self._known = {}
                new = [(key, n) for n, key in enumerate(keys)]
            known.update(zip([key for key, _ in new], self._apart(doc, new), strict=True))
        return [known[key] for key in keys]

    def _apart(self, doc: Doc, new: Sequence[tuple[object, int]]) -> list[str]:
        """Return the lemmas of some words of a document, which may not stand side by side."""
        alone = self._alone([doc[n] for _, n in new])
        if not self._is_joint(alone):
            return self._found(alone)
        return [self._found(self._alone([doc[n]]))[0] for _, n in new]

    def _alone(self, tokens: Sequence[Token]) -> Doc:
        from spacy.tokens import Doc

        return Doc(
            self._vocab, words=[token.text for token in tokens],
            tags=[token.tag_ for token in tokens], deps=[token.dep_ for token in tokens],
            heads=[*range(len(tokens))],
        )  # fmt: skip

    def _found(self, doc: Doc) -> list[str]:
        return [token.lemma_.lower() for token in self._lemmatizer(self._ruler(doc))]

    def _is_joint(self, doc: Doc) -> bool:
        """Tell whether a pattern of several words matches; most lack a word that each needs."""
        words = {token.lower_ for token in doc}
        deps = {token.dep_ for token in doc}
        near = any(lower <= words and dep <= deps for lower, dep in self._needed)
        return near and bool(self._joint(doc, allow_missing=True))


def _plain(pattern: Sequence[dict[str, object]], attribute: str) -> frozenset[str]:
    """Return the words or relations that a pattern cannot do without."""
    found = (one.get(attribute) for one in pattern)
    return frozenset(value for value in found if isinstance(value, str))
