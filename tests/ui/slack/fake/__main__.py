"""The fake Slack as a process of its own: `python -m tests.ui.slack.fake --port N`."""

from __future__ import annotations

import argparse

from tests.ui.slack.fake.server import serve


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    serve(parser.parse_args().port)


main()
