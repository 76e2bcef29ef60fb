"""Questions to vectors on onnxruntime, without the libraries that trained the model."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.language.terms import STOP_WORDS
from index.errors import ModelMismatch
from index.types import Encoded

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRAPH = "encoder.onnx"
TOKENIZER = "tokenizer.json"
TEXTS = "texts.json"
"""How texts are given to the graph; absent where they are given as they are."""
_SHIPPED_TOKENIZER = Path(__file__).parent / "model" / TOKENIZER
_REMEMBERED = 64
_MOST_BEGUN = 16
"""Texts that are being encoded ahead; more are begun by nobody who still waits."""
_MARKS = frozenset({"[CLS]", "[SEP]", "[PAD]"})
LONGEST_INPUT = 256
"""Word pieces; what the packaged model was trained on."""


def said_pieces(pieces: Sequence[str]) -> list[bool]:
    """Tell which word pieces of a passage take part in matching: all but marks."""
    return [piece not in _MARKS and any(map(str.isalnum, piece)) for piece in pieces]


def asked_pieces(pieces: Sequence[str]) -> list[bool]:
    """Tell which word pieces of a question take part: its content words, else all."""
    said = said_pieces(pieces)
    content = [kept and piece not in STOP_WORDS for kept, piece in zip(said, pieces, strict=True)]
    if any(content):
        return content
    return said if any(said) else [True] * len(pieces)


class GivenTexts(NamedTuple):
    """How texts are given to an encoder."""

    longest: int = LONGEST_INPUT
    """Word pieces; what is beyond is cut off."""
    question: str = ""
    """What stands before a question; many models are trained with such a prompt."""
    passage: str = ""
    """What stands before a passage."""
    apart: float = 1.0
    """What distances (1 - cosine) are multiplied with to lie as those of the packaged one do."""


class QueryEncoder:
    """The encoder of a build, exported to ONNX; one text at a time, unit vectors."""

    def __init__(self, folder: Path, *, threads: int = 1, sha256: str = "") -> None:
        """Load graph and tokenizer; raise ModelMismatch when they are absent or unreadable."""
        import onnxruntime
        from tokenizers import Tokenizer

        self.sha256 = sha256
        """Hash of the weights, where it is known."""
        graph, tokenizer = folder / GRAPH, folder / TOKENIZER
        if not graph.is_file() or not tokenizer.is_file():
            raise ModelMismatch(f"{folder}: the exported encoder is missing. Run `residency index`")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Waiting threads that spin take the cores from the searches that follow.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(graph), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own errors share no public base class
            raise ModelMismatch(
                f"{graph}: the exported encoder cannot be loaded ({type(error).__name__}). "
                "Delete its folder and run `residency index`"
            ) from error
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        # The packaged tokenizer file pads and cuts to 128.
        self._tokenizer.no_padding()
        self._given = _given_texts(folder)
        self._tokenizer.enable_truncation(self._given.longest)
        self._runs = lru_cache(maxsize=_REMEMBERED)(self._awaited)
        self._begun: OrderedDict[str, Future[_Run]] = OrderedDict()
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._encode)

    @property
    def apart(self) -> float:
        """What distances are multiplied with before weights and thresholds are used on them, which
        know what is near to the shipped encoder and to the packaged one.
        """
        return self._given.apart

    def begin(self, text: str) -> None:
        """Begin to encode a question on a thread of its own, for the parts that will look at it;
        the graph runs without the interpreter, which meanwhile reads the question.
        """
        said = self._given.question + text
        # A pool for this text alone: the threads of a lasting one are missing in a forked process.
        pool = ThreadPoolExecutor(max_workers=1)
        self._begun[said] = pool.submit(self._run, said)
        pool.shutdown(wait=False)
        with suppress(KeyError):
            while len(self._begun) > _MOST_BEGUN:
                self._begun.popitem(last=False)

    def encode(self, text: str) -> NDArray[Any]:
        """Return the unit vector of a question, float32, shape (dimension,).

        The latest texts are remembered: one question is looked at by several parts.
        """
        return self._remembered(text).vector

    def asked(self, text: str) -> NDArray[Any]:
        """Return the unit vectors of a question's content words, shape (pieces, dimension)."""
        return self._remembered(text).pieces

    def said(self, text: str) -> Encoded:
        """Return a passage as vectors."""
        return self._run(self._given.passage + text).of(said_pieces)

    def said_words(self, text: str) -> tuple[tuple[tuple[int, int], ...], NDArray[Any]]:
        """Return where the word pieces of a text stand in it, and the vector of each."""
        run = self._runs(text)
        kept = said_pieces(run.encoding.tokens)
        places = (place for place, one in zip(run.encoding.offsets, kept, strict=True) if one)
        return tuple(places), run.of(said_pieces).pieces

    def is_one_piece(self, word: str) -> bool:
        """Tell whether a word is a common one: it stands in the shipped vocabulary as a whole.

        That of another encoder says less: of many languages, it has few English words.
        """
        return _pieces_in_shipped(word) == 1

    def _encode(self, text: str) -> Encoded:
        return self._runs(self._given.question + text).of(asked_pieces)

    def _awaited(self, text: str) -> _Run:
        begun = self._begun.pop(text, None)
        return self._run(text) if begun is None else begun.result()

    def _run(self, text: str) -> _Run:
        """Run the graph over one text; dynamic quantisation would mix those of several."""
        import numpy as np

        encoding = self._tokenizer.encode(text)
        ids = np.array([encoding.ids], dtype=np.int64)
        found = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        pieces = found[1][0] if len(found) > 1 else None
        return _Run(encoding, found[0][0], pieces)


class _Run(NamedTuple):
    """What the graph gives for a text; of a question both its content words and all are asked."""

    encoding: Any
    vector: NDArray[Any]
    pieces: NDArray[Any] | None
    """One vector for each word piece; None of an encoder that gives none."""

    def of(self, chosen: Callable[[Sequence[str]], list[bool]]) -> Encoded:
        """Return the vectors of the text and of the word pieces that are chosen."""
        import numpy as np

        if self.pieces is None:
            return Encoded(self.vector, np.zeros((0, 0), np.float32))
        return Encoded(self.vector, self.pieces[np.array(chosen(self.encoding.tokens))])


def _given_texts(folder: Path) -> GivenTexts:
    """Return how the texts of an exported encoder are given; raise ModelMismatch."""
    path = folder / TEXTS
    if not path.is_file():
        return GivenTexts()
    try:
        return GivenTexts(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelMismatch(
            f"{path}: cannot be read ({type(error).__name__}). Delete its folder and run "
            "`residency index`"
        ) from error


@cache
def _shipped_tokenizer() -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(_SHIPPED_TOKENIZER))


@lru_cache(maxsize=4096)
def _pieces_in_shipped(word: str) -> int:
    return len(_shipped_tokenizer().encode(word, add_special_tokens=False).tokens)
