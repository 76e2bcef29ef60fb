"""From a reply to its scores, and from scores to figures with intervals."""
