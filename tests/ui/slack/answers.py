"""Answers of any text, such as no document would give."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from assistant.types import Answer, Citation, StatedFact, Verdict

HOSTILE = (
    "<!channel> <@U1> <#C1> <https://evil.example|https://good.example>",
    "*bold* _it_ ~s~ `code` ```block``` :joy: > quote & &amp;",
    "\u202egnp.exe \x1b[2J \ud800 \u2028 e\u0301" + "\u0301" * 50,
    "- item\n- - item\n\n\n   \n1. one\n# head",
    "javascript:alert(1)",
    "",
    " ",
)


def long_texts() -> st.SearchStrategy[str]:
    """Texts of up to 40,000 characters, most of them short."""
    some = st.one_of(st.text(max_size=80), st.sampled_from(HOSTILE))
    return st.builds(
        lambda text, times: (text * times)[:40_000],
        some,
        st.sampled_from([1, 1, 1, 1, 2, 40, 4_000]),
    )


def citations() -> st.SearchStrategy[tuple[Citation, ...]]:
    """Citations of documents, of which nothing can be trusted."""
    one = st.builds(
        Citation,
        marker=st.integers(1, 99),
        document=long_texts(),
        title=long_texts(),
        section=long_texts(),
        quote=long_texts(),
        start=st.integers(0, 100),
        end=st.integers(101, 10**9),
        source=st.one_of(long_texts(), st.just("https://a.example/x?y=1&z")),
        as_of=st.one_of(st.none(), st.just(date(2022, 7, 20))),
        page=st.one_of(st.none(), st.integers(1, 9)),
    )
    return st.lists(one, min_size=1, max_size=4).map(tuple)


def answers() -> st.SearchStrategy[Answer]:
    """Answers of every verdict."""
    several = st.lists(long_texts(), max_size=3).map(tuple)
    fact = st.builds(
        StatedFact, document=st.just("d"), quote=st.just("q"), start=st.just(0), end=st.just(1),
        conditions=several, exceptions=several,
    )  # fmt: skip
    return st.builds(
        Answer,
        id=st.uuids().map(lambda one: one.hex),
        question=long_texts(),
        text=long_texts(),
        verdict=st.sampled_from(Verdict),
        citations=citations(),
        facts=st.lists(fact, max_size=2).map(tuple),
        caveats=several,
        choices=several,
        mode=st.just("structured"),
        index=st.just("i"),
        latency_ms=st.just(1.0),
    )
