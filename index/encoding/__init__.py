"""Texts to vectors: chunks when an index is built, questions when it is asked."""

__all__ = ["chunk_encoder", "local_models", "query_encoder", "question_vectors"]
