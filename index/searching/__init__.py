"""A finished build, opened and searched: words, vectors and wants to one ranking."""

__all__ = ["current", "features", "reader", "reranker", "retrieve"]
