"""`residency profile`: what is so for tenants, kept by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import ProfileError
from assistant.history.store import Kept
from assistant.settings import Settings
from assistant.tenant.profile_files import EXAMPLE, read_profile
from assistant.types import Profile
from ui.shared.terminal_text import inert

_OWNER = ""
app = typer.Typer(
    name="profile",
    help="Keep what is so for tenants, by name, for `residency check`.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def save(
    name: Annotated[str, typer.Argument(help="Name to keep it under.")],
    file: Annotated[Path, typer.Argument(help="TOML or JSON file; `example` prints one.")],
) -> None:
    """Keep the profile of a file under a name, in place of one of the same name."""
    profile = read_profile(file)
    _kept().profiles.keep_named(_OWNER, name, profile)
    print(f"{inert(name)}: kept")


@app.command("list")
def list_profiles() -> None:
    """List the profiles that are kept."""
    found = _kept().profiles.named(_OWNER)
    for name, profile in found.items():
        print(inert(f"{name}: {profile!r}"))
    if not found:
        print("no profile is kept; `residency profile save NAME FILE` keeps one")


@app.command()
def show(name: Annotated[str, typer.Argument(help="Name of the profile.")]) -> None:
    """Print a profile as JSON, as `save` reads it."""
    profile = _kept().profiles.named(_OWNER).get(name)
    if profile is None:
        raise _no_such(name)
    print(json.dumps(_plain(profile), ensure_ascii=False, indent=1))


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Name of the profile.")]) -> None:
    """Forget a profile."""
    if not _kept().profiles.remove_named(_OWNER, name):
        raise _no_such(name)
    print(f"{inert(name)}: removed")


@app.command()
def example() -> None:
    """Print a file with all that a profile may say."""
    print(EXAMPLE, end="")


def _kept() -> Kept:
    return Kept.of(Settings.load())


def _no_such(name: str) -> ProfileError:
    known = ", ".join(_kept().profiles.named(_OWNER)) or "none"
    return ProfileError(f"{name}: no profile of that name is kept. Kept are: {known}")


def _plain(profile: Profile) -> dict[str, object]:
    """Return what is said of a tenant, as a file says it."""
    plain = {key: value for key, value in profile.to_json().items() if value}
    if profile.licences:
        plain["licences"] = {
            one.name: one.share for one in profile.licences if one.share is not None
        }
    return plain
