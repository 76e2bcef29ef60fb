"""The stores of a build: vectors, words, word pieces, and the catalog of documents and facts."""

__all__ = [
    "catalog",
    "catalog_writer",
    "open_vectors",
    "vector_cache",
    "vector_store",
    "word_index",
    "word_pieces",
]
