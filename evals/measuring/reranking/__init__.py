"""What a reranker brings to searches, and costs: `python -m evals.measuring.reranking`."""
