"""Places: what people and documents call them, which lies in which, and sets of them.

`compile` makes the gazetteer, `gazetteer` opens it, `mentions` reads texts by it, `sets` says what
of a list lies in, outside of or only in another place.
"""

from corpus.places.compile import FILE, compile_gazetteer
from corpus.places.gazetteer import Gazetteer, countries
from corpus.places.names import fold_name
from corpus.places.types import Mention, Place, PlaceKind, Relation

__all__ = [
    "FILE",
    "Gazetteer",
    "Mention",
    "Place",
    "PlaceKind",
    "Relation",
    "compile_gazetteer",
    "countries",
    "fold_name",
    "sets",
    "unclear",
]
