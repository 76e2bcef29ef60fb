"""How much of the same is tested: little in `make test`, more in `make soak`, or what is asked for.

Whatever `make soak` runs for long is in `make test` too, in fewer rounds; what it has in numbers:

    SOAK_KILLS         3 -> 50     kills of a build
    SOAK_SECONDS       2 -> 300    readers that ask while writers build: four in place of two, and
                                   more and longer documents
    FUZZ_CASES       150 -> 3000   mutated files, folders, descriptions and banks of questions
                     300 -> 3000   mutated bodies and requests of Slack
    SLACK_EVENTS      40 -> 500    questions of a crowd to the Slack bot
    SLACK_KILLS        1 -> 5      kills of the bot meanwhile
    BOTS_EVENTS      100 -> 2000   questions of a crowd to three Slack bots that share a server, and
                                   have their answers at hand
    BOTS_KILLS         2 -> 10     kills of one of them meanwhile
    BOTS_SEARCHES     30 -> 150    questions to three that look for their answers
    BOTS_OUTAGE_S      4 -> 30     seconds for which their database is away
    INBOX_KILLS        5 -> 50     kills of a process that works off the bot's inbox
    WATCH_FETCHES     60 -> 1000   requests to hosts that change, move, fail, throttle and lie
    WATCH_KILLS        3 -> 50     kills of a process that fetches pages again
    DAMAGES           24 -> 300    files of a home damaged, one after the other
    HOME_KILLS         9 -> 300    kills of whatever works on a home
    BAD_FILES        500 -> 2000   tiny files in one folder
    SERVER_QUESTIONS  20 -> 0      cases asked of vectors on a server; 0 asks all of them
    FAULT_RUNS         1 -> 5      rounds of every fault of a language model
    FAIR_S             4 -> 60     seconds for which one user sends all that one may, by each door
    LEFT_PAGES       100 -> 2000   pages that are abandoned
    LEFT_UPLOADS      30 -> 500    uploads that nobody takes
    SILENT_CONNECTIONS
                      40 -> 200    connections that say half of something
    GUESSES          120 -> 500    wrong passwords at once
    REPLICAS           2 -> 3      replicas behind a balancer; in `make soak` alone
    REPLICA_USERS      6 -> 64     who ask them at the same time
    REPLICA_S         30 -> 300    seconds for which they do
    REPLICA_BUILDS     1 -> 2      indexes that are published meanwhile
    ALL_LOOKS          0 -> 1      the page in both sizes and both colours. `make test` has it wide
                                   and light, narrow and dark; the matrix of places and what is
                                   downloaded of the facts wide and light alone
"""

from __future__ import annotations

import os

LONG = "SOAK" in os.environ
"""Whether this is `make soak`."""


def size(name: str, short: int, long: int) -> int:
    """Return how much of something is tested; the environment may say so under its name."""
    return int(os.environ.get(name, long if LONG else short))
