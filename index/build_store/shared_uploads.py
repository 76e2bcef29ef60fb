"""Files that users handed over, as homes share them: published with a build, brought in with one.

A home remembers which of its files are shared, so that one that is no longer published is deleted
here too, and one that was handed over here and is not published yet stays.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from index.build_store.published import PublishedFile
from index.home.manifest import Sum
from index.home.paths import OWN_FILE, Home, make_private, replace_text, sync_folder

Bring = Callable[[PublishedFile, Path, str], None]
"""Writes a file of the store to a path, verified; it is called by the name that comes last."""
_PART = ".part"


def uploads_of(home: Home) -> dict[str, Path]:
    """Return the files that users handed over in a home, and what describes them, by name."""
    if not home.uploads.is_dir():
        return {}
    every = sorted(home.uploads.iterdir())
    return {one.name: one for one in every if one.is_file() and not one.name.startswith(".")}


def bring_uploads(home: Home, uploads: Mapping[str, PublishedFile], bring: Bring) -> None:
    """Have the files of a build lie in a home.

    What was changed here since, or is not published yet, stays as it is.
    """
    before, here = _shared(home), uploads_of(home)
    for name, known in before.items():
        if name not in uploads and name in here and Sum.of(here[name]).sha256 == known:
            here[name].unlink()
    if uploads:
        make_private(home.documents)
        make_private(home.uploads)
    for name, one in uploads.items():
        own = Sum.of(here[name]).sha256 if name in here else ""
        if own == one.sha256 or (own and own != before.get(name)):
            continue
        if not own and before.get(name) == one.sha256:
            # It was removed here, which the next build tells the others.
            continue
        part = home.uploads / f".{name}{_PART}"
        bring(one, part, name)
        part.chmod(OWN_FILE)
        part.replace(home.uploads / name)
    if home.uploads.is_dir():
        sync_folder(home.uploads, deep=False)
    note_shared(home, uploads)


def note_shared(home: Home, uploads: Mapping[str, PublishedFile]) -> None:
    """Remember which files are published."""
    known = {name: one.sha256 for name, one in uploads.items()}
    if known != _shared(home):
        replace_text(home.shared_uploads, json.dumps(known, indent=1, sort_keys=True))


def removed_here(home: Home) -> frozenset[str]:
    """Return the names of published files that were removed in this home since."""
    return frozenset(_shared(home).keys() - uploads_of(home).keys())


def _shared(home: Home) -> dict[str, str]:
    """Return the hashes of what was published last, by name; nothing where that is not known."""
    try:
        plain = json.loads(home.shared_uploads.read_text(encoding="utf-8"))
        return {str(name): str(sha256) for name, sha256 in plain.items()}
    except (OSError, ValueError, AttributeError):
        # Files stay then, and are published again by the next build.
        return {}
