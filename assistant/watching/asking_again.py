"""One round of a watch: the pages that are due are asked for, politely, and what came is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.watching.kept_reading import Judgement
from assistant.watching.types import Fate, PageOutcome
from corpus.errors import ComeLater, FetchError, NotYet, WatchEnded
from corpus.intake.describe import Given
from corpus.intake.fetch import FetchedAgain, fetch_again
from corpus.intake.reach import Reach
from corpus.intake.refetching.politeness import Clock, Politeness, origin
from corpus.intake.shelf import Record
from index.building.fetched_pages import WatchedPage, note_file
from index.home.edition_store import EditionState, EditionStore, Fresh, KeptEdition, PageState
from index.home.paths import Home

FIRST_PAUSE_S = 60.0
"""For how long a page is left alone after a first failure; each time it is twice as long."""
LONGEST_PAUSE_S = 86_400.0
_LONGEST_ASKED_S = 7 * 86_400.0
"""Hosts that want to be left alone for longer are asked again after that."""
_BELIEVED_S = 7 * 86_400.0
"""For how long a host is believed that a page has not changed."""
_AGAIN = "It is tried again"
_LOOK = (
    "Open the address. Where it is the page all the same, take it with `residency corpus refresh "
    "ADDRESS --take`; else add the new address"
)

Judge = Callable[[Fresh, KeptEdition | None, Given], Judgement]
"""Tells what something that was fetched states, and whether it is the page at all."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round asks for."""

    addresses: frozenset[str] = frozenset()
    """The pages that are meant; all where there are none."""
    every_s: float = 0.0
    """A page that was had is due again after so many seconds; 0 asks for all."""
    take: bool = False
    """Take whatever comes for the page."""


@dataclass(slots=True)
class Asking:
    """Asks for pages again; for one thread."""

    home: Home
    store: EditionStore
    politeness: Politeness
    judge: Judge

    @property
    def _clock(self) -> Clock:
        return self.politeness.clock

    def round(self, pages: Sequence[WatchedPage], wanted: Round) -> Iterator[PageOutcome]:
        """Ask for every page that is due; yield what became of each as soon as it is kept.

        Of several hosts the one that is ready first is asked: the pause of one is used by another.
        """
        self.politeness.begin_round()
        now, states = self._clock.now(), self.store.states()
        waiting = [
            one for one in pages
            if not wanted.addresses or one.source.location in wanted.addresses
        ]  # fmt: skip
        if wanted.every_s:
            # With an interval nothing is to be told of what is not due.
            waiting = [
                one for one in waiting
                if one.source.location not in states
                or not states[one.source.location].due_in(now, wanted.every_s)
            ]  # fmt: skip
        while waiting:
            page = min(waiting, key=lambda one: self.politeness.ready_in(one.source.location))
            waiting.remove(page)
            try:
                outcome = self._one(page, wanted)
            except WatchEnded:
                return
            if outcome is not None:
                yield outcome

    def next_in(self, pages: Sequence[WatchedPage], every_s: float) -> float:
        """Return the seconds until a page is due; the interval where there are no pages."""
        now, states = self._clock.now(), self.store.states()
        addresses = [one.source.location for one in pages]
        alone = {host: self.store.left_alone(host, now) for host in set(map(origin, addresses))}
        waits = [
            max(
                states.get(one, PageState(one)).due_in(now, every_s),
                alone[origin(one)],
                self.politeness.ready_in(one),
            )
            for one in addresses
        ]
        return min(waits, default=every_s)

    def _one(self, page: WatchedPage, wanted: Round) -> PageOutcome | None:
        address = page.source.location
        state, now = self.store.page(address), self._clock.now()
        alone_s = self.store.left_alone(origin(address), now)
        due_s = 0.0 if wanted.addresses else state.due_in(now, wanted.every_s)
        if alone_s or due_s:
            cause = "its host asked to be left alone" if alone_s else state.fault
            later = PageOutcome(address, Fate.LATER, cause, _AGAIN, max(alone_s, due_s))
            return None if wanted.every_s else later
        note_file(self.home, address)
        try:
            return self._asked(page, state, take=wanted.take)
        except NotYet as error:
            return PageOutcome(address, Fate.LATER, error.cause, error.next_step, error.wait_s or 0)
        except ComeLater as error:
            return self._put_off(address, state, error)
        except FetchError as error:
            return self._failed(address, state, error)

    def _asked(self, page: WatchedPage, state: PageState, *, take: bool) -> PageOutcome:
        address = page.source.location
        before = self.store.latest(address)
        # Waited for here, so that waiting takes nothing of the time in which a page has to come.
        reach = page.source.reach
        self.politeness.enter(address, reach)
        known = _record(state, before) if before and self._believes(state) else None
        got = fetch_again(
            address, self.home.fetched, known, self._before(address, reach), reach=reach
        )
        moved_to = got.page.moved_to
        fate, why = Fate.UNCHANGED, ""
        if not got.unchanged:
            fate, why = self._kept(page, got, before, take=take)
        is_new = self.store.confirm(address, self._clock.now(), moved_to)
        return PageOutcome(
            address, fate, why, _LOOK if why else "", moved_to=moved_to if is_new else ""
        )

    def _believes(self, state: PageState) -> bool:
        """Tell whether a host is believed that says "not modified": once a week it is not, since
        some say so by a date that they never change.
        """
        if state.whole is None:
            return True
        return (self._clock.now() - state.whole).total_seconds() < _BELIEVED_S

    def _before(self, address: str, reach: Reach) -> Callable[[str], None]:
        """Return what asks leave for addresses behind redirects; the first one has it already."""
        asked = False

        def enter(target: str) -> None:
            nonlocal asked
            if asked or origin(target) != origin(address):
                self.politeness.enter(target, reach)
            asked = True

        return enter

    def _kept(
        self, page: WatchedPage, got: FetchedAgain, before: KeptEdition | None, *, take: bool
    ) -> tuple[Fate, str]:
        record = got.page.record
        fresh = Fresh(
            page.source.location, got.content, self._clock.now(), before.stated if before else None,
            record.etag, record.last_modified, record.content_type, record.final_url,
            got.page.suffix,
        )  # fmt: skip
        if before is not None and before.sha256 == record.sha256:
            self.store.take(fresh)  # the same bytes under another mark, or back after others
            return Fate.UNCHANGED, ""
        judged = self.judge(fresh, before, page.source.given)
        why = "" if take else judged.why
        state = EditionState.HELD if why else EditionState.TAKEN
        self.store.take(_with(fresh, judged, state, why))
        return (Fate.HELD, why) if why else (Fate.CHANGED, "")

    def _put_off(self, address: str, state: PageState, error: ComeLater) -> PageOutcome:
        now = self._clock.now()
        pause_s = _growing(state.tries)
        if error.wait_s is not None:
            pause_s = min(error.wait_s, _LONGEST_ASKED_S)
        self.store.leave_alone(origin(address), now, pause_s)
        self.store.fail(address, now, pause_s, error.cause)
        return PageOutcome(address, Fate.FAILED, error.cause, error.next_step, pause_s)

    def _failed(self, address: str, state: PageState, error: FetchError) -> PageOutcome:
        pause_s = _growing(state.tries)
        self.store.fail(address, self._clock.now(), pause_s, error.cause)
        return PageOutcome(address, Fate.FAILED, error.cause, error.next_step, pause_s)


def _growing(tries: int) -> float:
    return min(FIRST_PAUSE_S * 2.0 ** min(tries, 20), LONGEST_PAUSE_S)


def _record(state: PageState, before: KeptEdition) -> Record:
    """Return what a conditional request is made of: the marks that the edition in use has now."""
    return Record(
        before.address, state.final_url or before.final_url, state.etag or before.etag,
        state.last_modified or before.last_modified, before.content_type, before.sha256,
        before.fetched.isoformat(),
    )  # fmt: skip


def _with(fresh: Fresh, judged: Judgement, state: EditionState, why: str) -> Fresh:
    return Fresh(
        fresh.address, fresh.content, fresh.fetched, judged.stated, fresh.etag,
        fresh.last_modified, fresh.content_type, fresh.final_url, fresh.suffix, state, why,
    )  # fmt: skip
