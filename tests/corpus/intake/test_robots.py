"""What a host keeps programs from is not asked for: the longest rule decides, as RFC 9309 says."""

from __future__ import annotations

import time

import pytest

from corpus.intake.refetching.robots import read_robots

HOST = "https://host.example"


def _allows(text: str, path: str) -> bool:
    return read_robots(text).allows(HOST + path)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /a", "/a/b", False),
        ("Disallow: /a\nAllow: /a/b", "/a/b", True),
        ("Allow: /a/b\nDisallow: /a", "/a/c", False),
        ("Disallow: /*.pdf$", "/x.pdf", False),
        ("Disallow: /*.pdf$", "/x.pdf.html", True),
        ("Disallow: /*/private", "/en/private/x", False),
        ("Disallow: /p\nAllow: /p", "/p", True),
        ("Disallow:", "/anything", True),
        ("Disallow: /caf%C3%A9", "/café", False),
        ("Disallow: /%7Eann", "/~ann", False),
        ("Disallow: /x?y=1", "/x?y=1&z", False),
        ("Disallow: /exact$", "/exact/not", True),
        ("disallow : /a # ours", "/a", False),
    ],
)
def test_the_longest_rule_decides(rules: str, path: str, allowed: bool) -> None:
    assert _allows(f"User-agent: *\n{rules}\n", path) is allowed


def test_a_group_of_our_own_takes_the_place_of_everybodys() -> None:
    text = (
        "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Residency-Assistant\n"
        "Disallow: /private\nCrawl-delay: 7.5\n"
    )
    assert _allows(text, "/page")
    assert not _allows(text, "/private/x")
    assert read_robots(text).delay_s == 7.5


@pytest.mark.parametrize(
    "text", ["", "no rules", "Disallow: /", "User-agent:\nDisallow: /", "\0:\0"]
)
def test_what_is_no_rule_for_us_forbids_nothing(text: str) -> None:
    assert _allows(text, "/")


def test_hostile_rules_cost_no_time() -> None:
    text = "User-agent: *\nDisallow: /" + "*a" * 5000 + "$\n"
    began = time.monotonic()
    assert _allows(text, "/" + "a" * 4000 + "b")
    assert time.monotonic() - began < 5
