"""What the user can set: `RESIDENCY_*` in the environment or in a `.env` file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.errors import SettingsError
from index.build_store.store_address import SETTING as BUILD_STORE
from index.build_store.store_address import BuildStore, StoreAddress
from index.building.options import Options
from index.home.database_server import SETTING, DatabaseServer
from index.searching.reranker import LocalCrossEncoder, Reranker
from index.stores.vector_store import Server

PREFIX = "RESIDENCY_"
ENV_FILE = ".env"
_HERE = "127.0.0.1"


def _parted(value: object) -> object:
    """Return the parts of a list that is written with commas, or as JSON.

    Raises ValueError for one that is set and names nothing: whoever sets it means somebody.
    """
    if not isinstance(value, str):
        return value
    parts = _json_texts(value) if value.strip().startswith("[") else value.split(",")
    named = tuple(part.strip() for part in parts if part.strip())
    if value and not named:
        raise ValueError("it is set and names nothing")
    return named


def _json_texts(text: str) -> list[str]:
    try:
        parts = json.loads(text)
    except ValueError:
        parts = None
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise ValueError('no list. Write it with commas between, or as JSON: ["one", "two"]')
    return parts


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parted)]
"""A setting of several values, written with commas between them or as JSON."""


def _default_home() -> Path:
    from platformdirs import user_data_path

    return user_data_path("residency-assistant", appauthor=False)


class _Address(NamedTuple):
    """What is said of a setting that is no address of a server."""

    example: str
    instead: str
    """Where that belongs which stands in the address and must not."""


_CHROMA = _Address(
    "http://HOST:PORT", f"Name what the server wants beside it in {PREFIX}CHROMA_HEADERS"
)
_OTLP = _Address("http://HOST:4318", "Name what the collector wants in OTEL_EXPORTER_OTLP_HEADERS")
_SLACK = _Address("https://slack.com/api/", f"Tokens belong in {PREFIX}SLACK_BOT_TOKEN")


class Settings(BaseSettings):
    """All settings, read once where the program starts."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, extra="ignore", frozen=True, env_ignore_empty=True
    )

    home: Path = Path()
    """Where index, models and conversations live; the platform's data folder by default."""
    model: str = ""
    """Chat model for `init_chat_model`; empty works without one."""
    embedding_model: str = "residency-minilm"
    """The shipped encoder, the packaged all-MiniLM-L6-v2, or a sentence-transformers model by its
    folder or name."""
    reranker: str = ""
    """A cross-encoder by its folder or name, which judges the best passages anew; empty means none.
    """
    parser: str = ""
    """A spaCy model for English, by its package or folder; empty means the packaged one."""
    chroma_url: str = ""
    """A Chroma server with the vectors; empty means embedded."""
    database_url: SecretStr = SecretStr("")
    """A PostgreSQL database for conversations, approved answers, questionnaires and what the model
    costs, shared by all who are given its address: postgresql://USER:PASSWORD@HOST:PORT/NAME; empty
    means files of the home."""
    build_store: str = ""
    """Where finished indexes are published for other machines, and fetched from: file:///FOLDER,
    s3://BUCKET/PLACE, gs:// or abfs://; empty shares none."""
    build_poll_seconds: float = Field(default=30.0, ge=1)
    """How often a running server looks there for a newer index."""
    chroma_headers: dict[str, SecretStr] = Field(default_factory=dict)
    """Sent to the Chroma server with every request, as JSON: {"x-chroma-token": "..."}."""
    model_url: str = ""
    """Base address of a server that speaks the provider's protocol; empty means the provider's."""
    model_timeout: float = Field(default=30.0, gt=0)
    """Seconds within which an answer is complete, with the model or without it."""
    model_context: int = Field(default=32_000, ge=1_000)
    """Tokens of evidence that the model is given at most; what fits is given whole."""
    model_reply_tokens: int = Field(default=2_048, ge=64)
    """Tokens of a reply at most, where the server is told: any but OpenAI's and Azure's."""
    model_tokens_per_day: int = Field(default=0, ge=0)
    """Tokens a day after which answers do without the model; 0 means no limit."""
    model_options: dict[str, Any] = Field(default_factory=dict)
    """Further options of the provider, as JSON: {"temperature": 0}."""
    retention_days: int = Field(default=0, ge=0, le=36_500)
    """Days after which conversations, records and feedback are deleted; 0 keeps them."""
    trace: bool = False
    """Let LangChain send traces where the environment tells it to."""

    users_file: Path = Path()
    """Who may use the web page, as `residency users` keeps it; not set means everybody."""
    session_hours: float = Field(default=12.0, gt=0)
    """How long a login to the web page lasts."""
    proxy_user_header: str = ""
    """Header in which a proxy that has checked the user names that user."""
    proxy_addresses: Listed = ()
    """Addresses and networks of the proxies whose headers are believed: 10.0.0.7, 10.1.0.0/16."""
    managers: Listed = ()
    """Users named by the proxy who may change documents."""
    approvers: Listed = ()
    """Users named by the proxy who may approve answers."""
    questions_per_minute: int = Field(default=30, ge=0)
    """What one user may ask of the web page, its API and MCP together; 0 means no limit."""
    requests_per_minute: int = Field(default=1_200, ge=0)
    """What one user may send the web page, its API and MCP, questions or not; 0 means no limit."""
    queue: int = Field(default=64, ge=1, le=500)
    """Questions that are answered or wait at a time; further ones are turned away."""
    workers: int = Field(default=1, ge=1, le=64)
    """Answers of the web page that are worked on at a time; more than one takes as many processes,
    each with the index open. With a language model it is one, in the server's own."""
    fetch_on_page: bool = False
    """Let those who may change documents have the web page fetch one by its address, from public
    hosts alone."""
    max_upload_mb: int = Field(default=25, ge=1)
    """Size of an uploaded file in megabytes, at most."""
    uploads_mb_per_hour: int = Field(default=250, ge=1)
    """Megabytes that one user may upload within an hour; all together eight times as much."""
    log_questions: bool = False
    """Write the text of questions into the log of the web page."""
    metrics: str = ""
    """Where servers tell Prometheus their metrics: a port of this machine, or HOST:PORT; empty
    measures nothing."""
    otlp_endpoint: str = ""
    """A collector of OpenTelemetry traces, http://HOST:4318; empty traces nothing."""

    slack_bot_token: SecretStr = SecretStr("")
    """What the Slack bot speaks with, `xoxb-...`."""
    slack_app_token: SecretStr = SecretStr("")
    """What opens the connections of Socket Mode, `xapp-...`; not needed over HTTP."""
    slack_signing_secret: SecretStr = SecretStr("")
    """What requests over HTTP are signed with; not needed in Socket Mode."""
    slack_api_url: str = "https://slack.com/api/"
    """Base address of Slack's methods; that of GovSlack is https://slack-gov.com/api/."""
    slack_person_channel: str = ""
    """Id of the channel in which persons help where an answer did not; empty offers none."""
    slack_watch_channel: str = ""
    """Id of the channel that is told what changed in pages that are fetched again; empty for none.
    """
    slack_approvers: Listed = ()
    """Slack users who may approve answers, by id or as id=name: U0123ABCD=Ann Lee."""
    slack_questions_per_minute: int = Field(default=10, ge=0)
    """What one user may ask of the Slack bot; 0 means no limit."""
    slack_channel_questions_per_minute: int = Field(default=30, ge=0)
    """What all users of a channel may ask of the Slack bot; 0 means no limit."""
    slack_workers: int = Field(default=4, ge=1, le=32)
    """Answers that the Slack bot works on at a time."""

    @classmethod
    def load(cls) -> Settings:
        """Read the settings; raise SettingsError for an unknown or malformed one."""
        _refuse_unknown()
        try:
            settings = cls()
        except ValidationError as error:
            first = error.errors()[0]
            name = PREFIX + "_".join(map(str, first["loc"])).upper()
            said = first["msg"].removeprefix("Value error, ")
            raise SettingsError(f"{name}: {said}. Correct or unset it") from error
        _check_address("chroma_url", settings.chroma_url, _CHROMA)
        _check_address("slack_api_url", settings.slack_api_url, _SLACK)
        _check_address("otlp_endpoint", settings.otlp_endpoint, _OTLP)
        database_of(settings)
        metrics_of(settings)
        build_store_of(settings)
        home = settings.home if settings.home != Path() else _default_home()
        return settings.model_copy(update={"home": home.expanduser().absolute()})


def _check_address(name: str, url: str, words: _Address) -> None:
    """Raise SettingsError for what is neither empty nor the address of a server alone."""
    if not url:
        return
    parts = urlsplit(url)
    setting = PREFIX + name.upper()
    if parts.scheme not in ("http", "https") or not parts.hostname or not _has_port(parts):
        raise SettingsError(
            f"{setting}: {url!r} is no address of a server. Set it as {words.example}"
        )
    if parts.username is not None or parts.query or parts.fragment:
        raise SettingsError(f"{setting}: an address and nothing else. {words.instead}")


def _has_port(parts: SplitResult) -> bool:
    """Tell whether the port, if there is one, is a number that ports have."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def _refuse_unknown() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    # Read by the test suite, which runs in the same environment.
    known |= {PREFIX + "REQUIRE_BROWSER", PREFIX + "REQUIRE_POSTGRESQL"}
    for name in (*os.environ, *_env_file_names()):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(
                f"{name}: unknown setting. Known are {', '.join(sorted(known))}; "
                "correct or unset it"
            )


def _env_file_names() -> tuple[str, ...]:
    from dotenv import dotenv_values

    return tuple(dotenv_values(ENV_FILE)) if Path(ENV_FILE).is_file() else ()


def server_of(settings: Settings) -> Server | None:
    """Return the Chroma server of the settings, None where the vectors are embedded."""
    if not settings.chroma_url:
        return None
    headers = {name: value.get_secret_value() for name, value in settings.chroma_headers.items()}
    return Server(settings.chroma_url, headers)


def database_of(settings: Settings) -> DatabaseServer | None:
    """Return the database of the settings, None where files of the home are used.

    Raises SettingsError, which shows nothing of what is set: a password may stand in it.
    """
    url = settings.database_url.get_secret_value()
    try:
        return DatabaseServer(url) if url else None
    except ValueError as error:
        raise SettingsError(
            f"{SETTING}: {error}. Set it as postgresql://USER:PASSWORD@HOST:PORT/NAME"
        ) from None


class MetricsAddress(NamedTuple):
    """Where metrics can be fetched."""

    host: str
    port: int
    """0 takes one that is free."""


def metrics_of(settings: Settings) -> MetricsAddress | None:
    """Return where the settings want metrics to be fetched, None where nothing is measured.

    A port alone is one of this machine. Raises SettingsError.
    """
    text = settings.metrics.strip()
    if not text:
        return None
    at = f"{_HERE}:{text}" if text.isdecimal() else text
    try:
        parts = urlsplit(f"//{at}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port is None or parts.netloc != at or "@" in at:
        raise SettingsError(
            f"{PREFIX}METRICS: {text!r} is no address to listen on. Set it as a port (9464, for "
            "this machine alone) or as HOST:PORT"
        )
    return MetricsAddress(host, port)


def build_store_of(settings: Settings) -> BuildStore | None:
    """Return the store of builds of the settings, None where none is shared.

    Raises SettingsError, which shows nothing of what is set: a password may stand in it.
    """
    if not settings.build_store:
        return None
    try:
        address = StoreAddress(settings.build_store)
    except ValueError as error:
        raise SettingsError(
            f"{BUILD_STORE}: {error}. Set it as file:///FOLDER or s3://BUCKET/PLACE"
        ) from None
    return BuildStore(address, database_of(settings))


def reranker_of(settings: Settings) -> Reranker | None:
    """Return what the settings want passages to be judged by, not loaded yet; None for nothing.

    Raises ModelMismatch where the model is not on this machine.
    """
    return LocalCrossEncoder(settings.reranker) if settings.reranker else None


def build_options(settings: Settings, wait_s: float = 1.0, *, retry: bool = False) -> Options:
    """Return how the settings want an index to be built."""
    return Options(
        settings.embedding_model, server_of(settings), wait_s, retry, settings.parser,
        build_store_of(settings),
    )  # fmt: skip
