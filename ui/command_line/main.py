"""The command line, `residency`: finds the command that is meant and loads that one alone."""

from __future__ import annotations

import os
import sys

from ui.command_line.overview import COMMANDS, overview, print_version

_COMPLETION = "_RESIDENCY_COMPLETE"
"""Set by the shell while it asks how a line may go on."""


def main() -> None:
    """Run the command line; errors that a user can mend print one line."""
    words = sys.argv[1:]
    if _COMPLETION not in os.environ and words in ([], ["--help"], ["--version"]):
        if words == ["--version"]:
            print_version()
        else:
            print(overview())
        # Without a word there is nothing to do, which is no success.
        sys.exit(0 if words else 2)
    from ui.command_line.running import run  # loads Typer, a tenth of a second

    meant = [one for one in COMMANDS if words[:1] == [one.name]]
    run(meant or COMMANDS)


if __name__ == "__main__":
    main()
