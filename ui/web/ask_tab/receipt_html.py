"""The receipt of an answer as HTML: how it came about, and if it would be given today; pure."""

from __future__ import annotations

from assistant.history.receipts import Comparison
from ui.shared.receipt_rows import edition_words, quote_words
from ui.web.html import escaped


def receipt_html(comparison: Comparison) -> str:
    """Return a record and what differs today."""
    record = comparison.record
    rows = "".join(
        f'<tr><th scope="row">{escaped(name)}</th><td>{escaped(value)}</td></tr>'
        for name, value in _rows(comparison)
        if value
    )
    items = "".join(
        f"<li><strong>{escaped(one.aspect.value)}</strong>: {escaped(one.detail)}</li>"
        for one in comparison.differences
    )
    differences = f"<ul>{items}</ul>" if items else ""
    return (
        '<h2 tabindex="-1">Receipt of an answer</h2>'
        f'<p class="verdict">{escaped(_told(comparison))}</p>{differences}'
        '<div class="table-wrap" tabindex="0" role="region" aria-label="How it came about"><table>'
        f"<caption>How it came about</caption><tbody>{rows}</tbody></table></div>"
        f'<p class="answer">{escaped(record.answer.text)}</p>{_quotes(comparison)}'
        f"{_derivation(comparison)}"
    )


def _quotes(comparison: Comparison) -> str:
    """Return what became of what the answer quotes; nothing where it quotes nothing."""
    items = "".join(
        f"<li>“{escaped(one.quote)}”: {escaped(quote_words(one))}</li>" for one in comparison.quotes
    )
    return f"<h3>What it quotes, today</h3><ul>{items}</ul>" if items else ""


def _derivation(comparison: Comparison) -> str:
    """Return how the answer follows, step by step; nothing where passages are quoted."""
    steps = comparison.record.answer.derivation
    items = "".join(
        f"<li>{escaped(one.said)}{''.join(f' [{number}]' for number in one.markers)}</li>"
        for one in steps
    )
    return f"<h3>How it follows</h3><ol>{items}</ol>" if steps else ""


def _told(comparison: Comparison) -> str:
    if comparison.today is None:
        same = "Its quotations and documents are still as they were"
        head = same if comparison.same else "Its quotations or documents are not as they were"
        return f"{head}; the language model was not asked again."
    return (
        "Today's index still says the same."
        if comparison.same
        else "Today's index says otherwise, as follows."
    )


def _rows(comparison: Comparison) -> list[tuple[str, str]]:
    record, given = comparison.record, comparison.record.circumstances
    configuration = given.configuration
    rows = [
        ("Question", record.question),
        ("Number", record.id),
        ("After", " / ".join(turn.question for turn in record.turns)),
        ("Asked", f"{given.asked:%Y-%m-%d %H:%M} UTC" if given.asked else "time unknown"),
        ("Profile", _profile(comparison)),
        ("Index build", record.answer.index),
        *(("Document", f"{one.title}, {edition_words(one)}") for one in comparison.editions),
    ]
    if configuration is not None:
        rows += [
            ("Version", configuration.version),
            ("Encoder", configuration.embedding_model),
            *([("Reranker", configuration.reranker)] if configuration.reranker else []),
            ("Language model", configuration.model or "none"),
            ("Prompts", configuration.prompts),
            ("Configuration", configuration.digest),
        ]
    return rows


def _profile(comparison: Comparison) -> str:
    profile = comparison.record.circumstances.profile
    if profile is None:
        return ""
    parts = (profile.country, *profile.add_ons, profile.agreement, *profile.services)
    return ", ".join(filter(None, parts))
