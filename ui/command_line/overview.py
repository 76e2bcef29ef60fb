"""The commands that there are, and the overview of them: the place to add one.

Loaded for every word on the command line, so it loads nothing itself.
"""

from __future__ import annotations

from typing import NamedTuple

ABOUT = "Asks residency documents where data lives, and shows the sentence that says so."


_WIDEST = 100


_INDENT = 23


class Command(NamedTuple):
    """A command, and where it is found when it is meant."""

    name: str
    module: str
    attribute: str
    """A function, or the Typer of a command that has commands of its own."""
    summary: str
    """What it does, as the overview and its own help say it."""


COMMANDS = (
    Command("ask", "ui.commands.ask", "ask", "Answer one question with citations."),
    Command(
        "chat", "ui.commands.ask", "chat",
        "Hold a conversation in the terminal; `exit` or end of input leaves.",
    ),
    Command(
        "answer", "ui.commands.answer", "answer",
        "Answer a file of questions; resumes where it stopped.",
    ),
    Command(
        "facts", "ui.commands.facts", "facts",
        "Browse what the documents state, one statement a row."
    ),
    Command(
        "check", "ui.commands.tenant.tenant_check", "check",
        "Say which promises and exclusions hold for a tenant, and why the others do not.",
    ),
    Command(
        "profile", "ui.commands.tenant.tenant_profiles", "app",
        "Keep what is so for tenants, by name, for `residency check`.",
    ),
    Command(
        "changes", "ui.commands.editions.changes", "changes",
        "Say what changed between two editions: statements, not lines.",
    ),
    Command(
        "compare", "ui.commands.editions.compare", "compare",
        "Lay side by side what two services, places or documents say.",
    ),
    Command(
        "places",
        "ui.commands.places",
        "places",
        "Show which places a name or a sentence names, where they lie, and who says so.",
    ),
    Command(
        "receipt", "ui.commands.proof.receipt", "receipt",
        "Show how an answer came about, and what differs today; exit status 1 if it says "
        "otherwise.",
    ),
    Command(
        "library", "ui.commands.library", "app",
        "Keep answers that a person approved, and see which of them are void.",
    ),
    Command(
        "conversations", "ui.commands.conversations", "app",
        "Look through the conversations, take them away, delete them.",
    ),
    Command(
        "evidence", "ui.commands.proof.evidence", "app",
        "Hand over the evidence: each answer, its quotations in context, and the receipts.",
    ),
    Command(
        "serve", "ui.commands.serve", "serve", "Serve the web page, its API and its MCP endpoint."
    ),
    Command(
        "slack", "ui.commands.slack_bot", "slack",
        "Answer in Slack; docs/slack.md goes from nothing to a first answer.",
    ),
    Command(
        "mcp", "ui.commands.serve", "mcp",
        "Serve the MCP tools on standard input and output, for a program of this machine.",
    ),
    Command(
        "users", "ui.commands.users", "app",
        "Keep the users of the web page, in the file that RESIDENCY_USERS_FILE names.",
    ),
    Command("corpus", "ui.commands.corpus", "app", "Look after the documents of the index."),
    Command(
        "index", "ui.commands.index", "index",
        "Build the index of the documents; does nothing when nothing changed.",
    ),
    Command(
        "build", "ui.commands.upkeep.shared_builds", "app",
        "Publish finished indexes to a store that machines share, and fetch them from it.",
    ),
    Command(
        "backup", "ui.commands.upkeep.backup", "backup",
        "Pack index, documents, sources and conversations into one file, while others go on.",
    ),
    Command(
        "restore", "ui.commands.upkeep.backup", "restore", "Bring a home folder back from a backup."
    ),
    Command(
        "migrate", "ui.commands.upkeep.migrate", "migrate",
        "Move what a home keeps in its database files to PostgreSQL, or back, and prove it.",
    ),
    Command(
        "doctor", "ui.commands.upkeep.doctor", "doctor",
        "Say what is configured, what is missing, and whether the index is whole.",
    ),
    Command("eval", "ui.commands.evaluate", "app", "Measure how good the answers are."),
)  # fmt: skip


def overview() -> str:
    """Return what the command line can do, as wide as the terminal."""
    from shutil import get_terminal_size
    from textwrap import fill

    width = max(40, min(get_terminal_size().columns - 2, _WIDEST))

    def row(name: str, told: str) -> str:
        return fill(
            told, width, initial_indent=f"  {name:<{_INDENT - 2}}", subsequent_indent=" " * _INDENT
        )

    return "\n".join(
        (
            "Usage: residency [OPTIONS] COMMAND [ARGS]...",
            "",
            fill(ABOUT, width, initial_indent="  ", subsequent_indent="  "),
            "",
            "Commands:",
            *(row(one.name, one.summary) for one in COMMANDS),
            "",
            "Options:",
            row("--version", "Print the version."),
            row("--install-completion", "Complete commands in this shell from now on."),
            row("--show-completion", "Print the completion of this shell."),
            row("--help", "Show this message; `residency COMMAND --help` tells about a command."),
        )
    )


def print_version() -> None:
    """Print the version that is installed."""
    from importlib.metadata import version

    print(version("residency-assistant"))
