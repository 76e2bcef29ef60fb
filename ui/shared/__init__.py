"""What several front ends need: texts for terminals, rows of facts, logs, limits, retention."""
