"""The steps of retrieval that are measured one by one."""

from __future__ import annotations

from assistant.app import Assistant
from evals.measuring.steps import STEPS, fused
from index.encoding.chunk_encoder import SHIPPED
from index.types import Search


def test_rankings_are_fused_by_reciprocal_rank() -> None:
    # b is second and first: 1/62 + 1/61; a is first alone: 1/61; c is third and second.
    assert fused(["a", "b", "c"], ["b", "c"]) == ["b", "c", "a"]
    assert fused(["a"], []) == ["a"]


def test_the_last_step_is_the_product(assistant: Assistant) -> None:
    question = "Which command lists the configured geographies?"
    last = STEPS[-1]
    assert last.encoder == SHIPPED
    found = assistant.search(question)
    ids = last.ranking(assistant.index, assistant.searched(question))
    assert list(ids) == [hit.chunk.id for hit in found]
    for step in STEPS:
        if step.encoder == SHIPPED:
            assert set(step.ranking(assistant.index, Search(question))) & set(ids)
