"""Times, throughput, memory and quality in one run, each figure beside what it is compared with."""

__all__ = ["corpora", "run_bench"]
