"""Writes the licences of all packages that are installed with the project into NOTICE.

    python tools/licences.py            writes them
    python tools/licences.py --check    ends with status 1 where NOTICE says something else

They are read from the metadata of what is installed here. What stands above the list in NOTICE is
written by hand: data, models and documents, whose terms no metadata has.
"""

from __future__ import annotations

import re
import sys
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
EXTRAS = ("openai", "postgresql", "telemetry", "s3")
"""Those of the product that the tests install; others are for measuring and testing."""
HEAD = "Packages that are installed with it"
_ABOUT = (
    "Each is under its own licence, as its metadata names it; the list is written by "
    "tools/licences.py. None of them is a part of this distribution."
)
_KNOWN = "License :: OSI Approved :: "
_LONGEST = 60
"""Characters of a licence's name."""
_BY_HAND: Mapping[str, str] = {}
"""Licences of packages whose metadata does not name one, as their files say."""


class LicenceUnknown(Exception):
    """A package says nothing of its licence in its metadata."""


def section(names: Iterable[str]) -> str:
    """Return the part of NOTICE about packages; raise LicenceUnknown."""
    lines = [f"{name}: {licence_of(distribution(name))}" for name in names]
    about = textwrap.fill(_ABOUT, 90)
    return f"{HEAD}\n{'-' * len(HEAD)}\n{about}\n\n" + "\n".join(lines) + "\n"


def licence_of(package: Distribution) -> str:
    """Return the name of a package's licence; raise LicenceUnknown."""
    data = package.metadata
    name = canonicalize_name(data["Name"])
    said = data.get("License-Expression") or _BY_HAND.get(name)
    if not said:
        classified = [
            one.removeprefix(_KNOWN)
            for one in data.get_all("Classifier") or ()
            if one.startswith(_KNOWN)
        ]
        said = ", ".join(classified)
    if not said:
        first, *text = (data.get("License") or "").strip().split("\n")
        # Some have the whole text there, which begins with its name.
        is_name = len(first) <= _LONGEST and (not text or first.endswith("License"))
        said = first if is_name else ""
    if not said:
        raise LicenceUnknown(
            f"{name}: its metadata names no licence. Look into its files and add it to _BY_HAND in "
            "tools/licences.py"
        )
    return said


def installed() -> list[str]:
    """Return the names of all packages that the product needs here, with those that they need.

    Raises PackageNotFoundError where one is not installed.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    wanted += [one for extra in EXTRAS for one in project["optional-dependencies"][extra]]
    found: set[str] = set()
    waiting = [Requirement(one) for one in wanted]
    seen: set[str] = set()
    left_out = set(_left_out())
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        key = f"{name}{sorted(one.extras)}"
        if key in seen or name in left_out:
            continue
        seen.add(key)
        found.add(name)
        waiting += _needed(distribution(name), one.extras)
    return sorted(found)


def _left_out() -> Iterator[str]:
    """Yield the packages that others ask for and that are not installed for them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    for one in settings.get("uv", {}).get("override-dependencies", ()):
        requirement = Requirement(one)
        if requirement.marker and not requirement.marker.evaluate():
            yield canonicalize_name(requirement.name)


def _needed(package: Distribution, extras: set[str]) -> Iterator[Requirement]:
    for text in package.requires or ():
        one = Requirement(text)
        if one.marker is None or any(
            one.marker.evaluate({"extra": extra}) for extra in extras or {""}
        ):
            yield one


def main(arguments: list[str]) -> int:
    """Write NOTICE, or compare it; return the exit status."""
    notice = ROOT / "NOTICE"
    before = notice.read_text(encoding="utf-8")
    by_hand = re.split(rf"^{HEAD}$", before, maxsplit=1, flags=re.MULTILINE)[0].rstrip("\n")
    try:
        after = f"{by_hand}\n\n{section(installed())}"
    except LicenceUnknown as error:
        print(f"licences: {error}", file=sys.stderr)
        return 1
    except PackageNotFoundError as error:
        print(
            f"licences: {error.name} is not installed here. Run `make test` once, then try again",
            file=sys.stderr,
        )
        return 1
    if "--check" not in arguments:
        notice.write_text(after, encoding="utf-8")
    elif after != before:
        print("NOTICE: other licences than what is installed. Run `make notice`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
