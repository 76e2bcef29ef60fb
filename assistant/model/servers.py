"""How servers want to be spoken to: options by provider, and what a server's refusal asks for.

The servers that are known, what each wants and how that was found out: docs/models.md.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.settings import Settings

_OPENAI, _AZURE, _ANTHROPIC, _OLLAMA = "openai", "azure_openai", "anthropic", "ollama"
_AZURE_API = "2024-10-21"
"""Azure's version of its protocol, where neither the options nor the environment names one."""
_UNIFORM_AZURE = "/openai/v1"
"""End of the address under which Azure speaks OpenAI's own protocol."""
_PROMPT_TOKENS = 1_500
"""What is told beside the evidence: the rules, the question, what went before it."""
_OLD_LIMIT, _NEW_LIMIT = "max_tokens", "max_completion_tokens"
_LIMITS = ("max_tokens", "max_completion_tokens", "max_tokens_to_sample", "num_predict")
"""Names under which a user may set how long a reply may be."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How requests to a server are made."""

    counts: bool = False
    """Whether the tokens of a stream are asked for, which is an option of OpenAI's protocol."""
    system: bool = True
    """Whether there is a system role; without, the rules stand before the question."""
    streams: bool = True
    """Whether the reply comes piece by piece."""
    limit: str = ""
    """Name of the longest reply's option in a request; empty sends none."""
    caches: bool = False
    """Whether what stays the same from question to question has to be marked to be kept."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A server as it is opened: what `init_chat_model` is told, and how requests are made."""

    model: str
    """`PROVIDER:MODEL`."""
    options: Mapping[str, Any]
    manner: Manner
    most: int
    """Tokens of a reply at most."""
    extra: Mapping[str, Any]
    """What every request carries besides, in the user's words."""
    takes_headers: bool = False
    """Whether a request can carry headers of its own."""


def spoken(settings: Settings) -> Spoken:
    """Return how the configured server is spoken to."""
    provider, _, name = settings.model.partition(":")
    own = dict(settings.model_options)
    if provider == _AZURE and settings.model_url.rstrip("/").endswith(_UNIFORM_AZURE):
        own.setdefault("api_key", os.environ.get("AZURE_OPENAI_API_KEY"))
        provider = _OPENAI
    if provider == _AZURE:
        return _azure(settings, name, own)
    if provider == _OPENAI:
        return _openai(settings, name, own)
    if provider == _OLLAMA:
        return _ollama(settings, own)
    return _other(settings, provider, own)


def _openai(settings: Settings, name: str, own: dict[str, Any]) -> Spoken:
    """OpenAI itself, and every server that speaks its protocol.

    OpenAI's own models may think before they speak and count that in: they get no limit unless one
    is set. Others are sent the older name, which all of them read.
    """
    compatible = bool(settings.model_url) and not settings.model_url.rstrip("/").endswith(
        _UNIFORM_AZURE
    )
    asked = _taken(own, _LIMITS)
    limit = _OLD_LIMIT if compatible else _NEW_LIMIT if asked else ""
    options = _timed(settings) | ({"base_url": settings.model_url} if settings.model_url else {})
    extra = own.pop("extra_body", None) or {}
    return Spoken(
        f"{_OPENAI}:{name}", {**options, "stream_usage": True, **own},
        Manner(counts=True, limit=limit), asked or settings.model_reply_tokens, extra,
        takes_headers=True,
    )  # fmt: skip


def _azure(settings: Settings, name: str, own: dict[str, Any]) -> Spoken:
    """A deployment of Azure OpenAI, whose name is what the setting calls the model."""
    asked = _taken(own, _LIMITS)
    options: dict[str, Any] = {**_timed(settings), "azure_deployment": name, "stream_usage": True}
    if settings.model_url:
        options["azure_endpoint"] = settings.model_url
    if not os.environ.get("OPENAI_API_VERSION"):
        options["api_version"] = _AZURE_API
    extra = own.pop("extra_body", None) or {}
    manner = Manner(counts=True, limit=_NEW_LIMIT if asked else "")
    return Spoken(f"{_AZURE}:{name}", {**options, **own}, manner, asked, extra, takes_headers=True)


def _ollama(settings: Settings, own: dict[str, Any]) -> Spoken:
    """Ollama cuts off, without a word, what is longer than the context that it is asked for."""
    most = _taken(own, _LIMITS) or settings.model_reply_tokens
    options: dict[str, Any] = {
        "client_kwargs": {"timeout": settings.model_timeout},
        "num_ctx": settings.model_context + _PROMPT_TOKENS + most,
        "num_predict": most,
    }
    if settings.model_url:
        options["base_url"] = settings.model_url
    return Spoken(settings.model, {**options, **own}, Manner(), most, {})


def _other(settings: Settings, provider: str, own: dict[str, Any]) -> Spoken:
    options = _timed(settings) | ({"base_url": settings.model_url} if settings.model_url else {})
    if provider == _ANTHROPIC:
        most = _taken(own, _LIMITS) or settings.model_reply_tokens
        return Spoken(
            settings.model, {**options, "max_tokens": most, **own}, Manner(caches=True), most, {}
        )
    return Spoken(settings.model, {**options, **own}, Manner(), 0, {})


def _timed(settings: Settings) -> dict[str, Any]:
    """Return how long a client waits; when to ask again is decided here."""
    return {"max_retries": 0, "timeout": settings.model_timeout}


def _taken(options: dict[str, Any], names: tuple[str, ...]) -> int:
    """Take the first number of several names out of the options; 0 where none is set."""
    found = [options.pop(name) for name in names if isinstance(options.get(name), int)]
    return found[0] if found else 0


def keywords(manner: Manner, most: int, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a request is made with, beside the messages."""
    made: dict[str, Any] = {}
    body = dict(extra)
    if manner.limit and most:
        # LangChain renames `max_tokens` to the newer name; the older one goes past it.
        if manner.limit == _OLD_LIMIT:
            body[_OLD_LIMIT] = most
        else:
            made["max_tokens"] = most
    if body:
        made["extra_body"] = body
    return made


def messages(manner: Manner, system: str, human: str, fixed: int = 0) -> list[tuple[str, Any]]:
    """Return the messages of a request; `fixed` are the leading code points of the question that
    are the same every time.
    """
    asked: Any = human
    if manner.caches and fixed:
        kept = {"type": "text", "text": human[:fixed], "cache_control": {"type": "ephemeral"}}
        asked = [kept, {"type": "text", "text": human[fixed:]}]
    if manner.system:
        return [("system", system), ("human", asked)]
    return [("human", f"{system}\n\n{human}")]


def other_manner(manner: Manner, said: str) -> Manner | None:
    """Return how to ask again after a server's refusal; None where its words ask for nothing."""
    lower = said.lower()
    if manner.counts and "stream_options" in lower:
        return replace(manner, counts=False)
    if manner.limit and any(name in lower for name in (_OLD_LIMIT, _NEW_LIMIT)):
        return replace(manner, limit=_other_limit(manner.limit, lower))
    if manner.system and ("system" in lower or "alternate" in lower) and "role" in lower:
        return replace(manner, system=False)
    if manner.streams and "stream" in lower and "support" in lower:
        return replace(manner, streams=False)
    return None


def _other_limit(name: str, lower: str) -> str:
    """Return by which name to limit a reply after a refusal that speaks of it; empty by none."""
    if name == _OLD_LIMIT:
        return _NEW_LIMIT if _NEW_LIMIT in lower else ""
    return _OLD_LIMIT
