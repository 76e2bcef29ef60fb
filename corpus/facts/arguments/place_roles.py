"""What a place has to do with what is said: read off the words that it hangs on.

From the mention we climb to the words above it. The first that tells anything decides: the noun of
a customer, a company or a transfer, a preposition that takes the place out, or the verb. Where none
tells anything, the kind of the statement does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.facts.arguments.place_words import (
    ACCOUNTS,
    ACQUIRED,
    ACTIVITIES,
    ANNOUNCING,
    AREAS,
    CONDITIONAL,
    CUSTOMERS_OWN,
    DEED_ROLES,
    DEEDS,
    DEFINING,
    DWELLING,
    FALLBACK,
    FIRST,
    GETTING,
    INTO,
    JOINED_BY_ITSELF,
    LEAVING_OUT,
    LEGAL_FORMS,
    NOT_OF_PROCESSING,
    NOT_OFFERED,
    OFFERED,
    OUT_OF,
    PLACE_TITLES,
    SECOND,
    SETTLING,
    SUPPORTING,
    THINGS,
    TITLES,
    Deed,
    Thing,
)
from corpus.facts.types import PlaceRole, StatementKind
from corpus.language.parsing import Parse, Token, parse_one
from corpus.language.propositions import Proposition, propositions

_OWN = {
    StatementKind.STORED: PlaceRole.RESTS,
    StatementKind.RETAINED: PlaceRole.RESTS,
    StatementKind.PROCESSED: PlaceRole.PROCESSED,
    StatementKind.REPLICATED: PlaceRole.GOES_TO,
    StatementKind.MOVED: PlaceRole.GOES_TO,
}
"""The role of a place of which a statement of the kind is made."""
_OTHERWISE = {
    **_OWN,
    StatementKind.EXCLUDED: PlaceRole.LEFT_OUT,
    StatementKind.NOT_SUPPORTED: PlaceRole.LEFT_OUT,
    StatementKind.DETERMINED_BY: PlaceRole.CHOICE,
    StatementKind.MEMBER: PlaceRole.CHOICE,
    StatementKind.STEP: PlaceRole.CHOICE,
    StatementKind.COMMAND: PlaceRole.CHOICE,
    StatementKind.REQUIRED: PlaceRole.CHOICE,
    StatementKind.DATE: PlaceRole.CHOICE,
    StatementKind.CONTACT: PlaceRole.SEAT,
}
"""The role of a place where no word tells it."""
_DATA_ROLES = frozenset({PlaceRole.RESTS, PlaceRole.PROCESSED, PlaceRole.GOES_TO})
_DATA_DEEDS = frozenset({Deed.STORE, Deed.PROCESS, Deed.ACCESS, Deed.MOVE})
_MOVING = frozenset({StatementKind.MOVED, StatementKind.REPLICATED})
_ENDS = frozenset({PlaceRole.GOES_TO, PlaceRole.COMES_FROM})
_FURTHER = {
    StatementKind.MOVED: _ENDS,
    StatementKind.REPLICATED: _ENDS,
    StatementKind.EXCLUDED: frozenset({PlaceRole.LEFT_OUT}),
}
"""What a word further up can tell that goes before a place of rest: "data stored in … is moved"."""
_STAYING = frozenset({StatementKind.STORED, StatementKind.PROCESSED})
_REGIONS = frozenset({"region", "zone", "cluster", "location", "center", "centre"})
_JOINING = ("conj", "appos", "npadvmod", "nmod", "dep", "compound", "amod", "nummod")
_SUBJECT = ("nsubj", "nsubjpass")
_STANDS_FOR_PLACE = "Norway"


def role_at(
    parse: Parse,
    propositions: Sequence[Proposition],
    start: int,
    end: int,
    kind: StatementKind,
    negated: bool,
) -> PlaceRole:
    """Return what the place named at [start, end) has to do with a statement of the sentence.

    What data never leaves is told by the kind: data rests there in a statement of storage, is
    processed there in one of processing, and comes from there in one of moving.
    """
    reading = _Reading(parse, propositions, kind, negated)
    return reading.role(start, end)


def role_under(title: str, kind: StatementKind) -> PlaceRole | None:
    """Return the role of places below a column title, a label, a lead-in or a heading.

    None where it tells nothing of places.
    """
    words = " ".join(title.lower().replace("/", " ").replace("_", " ").split()).strip(" :.")
    if not words:
        return None
    if _is_sentence(title):
        return _role_below_sentence(title, kind)
    names_company = any(one in words for one in NOT_OF_PROCESSING)
    for one in NOT_OF_PROCESSING:
        words = words.replace(one, " ")
    roles = _titled(words)
    own = _OWN.get(kind)
    role = own if own in roles else next(iter(roles), None)
    if kind in _MOVING and (role is PlaceRole.RESTS or not FIRST.isdisjoint(words.split())):
        return PlaceRole.COMES_FROM
    if role is not None or not _has_word(words, PLACE_TITLES):
        return role
    if names_company:
        return _OWN.get(kind, PlaceRole.SEAT)
    known = {StatementKind.DEFINED: PlaceRole.SEAT, StatementKind.COMMITMENT: None}
    return known.get(kind, _OTHERWISE.get(kind))


def _titled(words: str) -> tuple[PlaceRole, ...]:
    """Return the roles that a title can tell, the likeliest first.

    Only what is done with data can be told in one title for several kinds of statement.
    """
    found = [role for role, starts in TITLES if _has_word(words, starts)]
    return tuple(r for n, r in enumerate(found) if not n or {found[0], r} <= _DATA_ROLES)


def _has_word(words: str, starts: Sequence[str]) -> bool:
    """Tell whether a word begins with one of `starts`; one of two letters has to be whole."""
    padded = f" {words} "
    return any(f" {one}" in padded if len(one) > 2 else f" {one} " in padded for one in starts)


def _is_sentence(title: str) -> bool:
    said = propositions(parse_one(title))
    return any(one.subject and parse_one(title).tokens[one.verb].is_verb for one in said)


def _role_below_sentence(title: str, kind: StatementKind) -> PlaceRole:
    """Return the role of what a lead-in announces: "the following regions", or what goes on."""
    said = parse_one(title)
    marks = [token.head for token in said.tokens if token.text.lower() in ANNOUNCING]
    if marks and said.tokens[marks[-1]].is_name:
        noun = said.tokens[marks[-1]]
        return role_at(said, propositions(said), noun.start, noun.end, kind, negated=False)
    text = f"{title.rstrip(' :.')}: {_STANDS_FOR_PLACE}"
    parse = parse_one(text)
    start = len(text) - len(_STANDS_FOR_PLACE)
    return role_at(parse, propositions(parse), start, len(text), kind, negated=False)


@dataclass(frozen=True, slots=True)
class _Way:
    """The way from a mention up to a word."""

    word: int
    below: int
    """The word on the way that hangs on it."""
    preposition: str
    """Words of the prepositions between it and the noun below it."""
    passed: tuple[int, ...]
    """Nouns and verbs between the mention and it, the nearest to the mention first."""
    listed: bool = False
    """True where a noun that is no name lies between, joined to what is below it by "and"."""


class _Reading:
    """A sentence while the places of one of its statements are read."""

    def __init__(
        self, parse: Parse, said: Sequence[Proposition], kind: StatementKind, negated: bool
    ) -> None:
        self.parse = parse
        self.kind = kind
        self.negated = negated
        self.said = said
        self.by_verb = {one.verb: one for one in said}

    def role(self, start: int, end: int) -> PlaceRole:
        """Return the role of the place at [start, end)."""
        at = self.parse.head_of(start, end)
        if at is None:
            return self._otherwise()
        mention = self.parse.at(start, end)
        if self._is_in_company(mention):
            return PlaceRole.SEAT
        if self._is_taken_out(mention[0]):
            return PlaceRole.LEFT_OUT
        code = any(c.isdigit() for c in self.parse.text[start:end])
        ways = self._ways(self._outside_brackets(mention, at))
        told = (role for way in ways if (role := self._told(way, code)) is not None)
        role = next(told, None)
        if role is None:
            return self._otherwise(mention[0])
        if role in (PlaceRole.RESTS, PlaceRole.PROCESSED) and self.kind in _FURTHER:
            role = next((later for later in told if later in _FURTHER[self.kind]), role)
        return self._settled(role, mention)

    def _otherwise(self, first: int = 0) -> PlaceRole:
        role = _OTHERWISE.get(self.kind, PlaceRole.NAMED)
        if self.kind is StatementKind.DEFINED and not any(t.is_verb for t in self.parse.tokens):
            return PlaceRole.SEAT
        before = self.parse.tokens[first - 1].text.lower().lstrip("-") if first else ""
        if self.kind is StatementKind.COMMAND and before in INTO | OUT_OF:
            return PlaceRole.GOES_TO if before in INTO else PlaceRole.COMES_FROM
        if role is PlaceRole.CHOICE and self.negated:
            return PlaceRole.LEFT_OUT
        return role

    def _settled(self, role: PlaceRole, mention: Sequence[int]) -> PlaceRole:
        """Fit a role to the kind of the statement."""
        own = _OWN.get(self.kind)
        if self.kind is StatementKind.CONTACT and role in _DATA_ROLES:
            return PlaceRole.SEAT
        if self.kind is StatementKind.DETERMINED_BY and role in _DATA_ROLES and self._is_chosen():
            return PlaceRole.CHOICE
        if own and role is PlaceRole.COMES_FROM and self.negated and self.kind in _STAYING:
            return own
        if own is None or role is own or role not in _DATA_ROLES:
            return role
        return role if self._is_done_elsewhere(own, role) else self._own(own, mention)

    def _own(self, own: PlaceRole, mention: Sequence[int]) -> PlaceRole:
        """Return the role of a place of which the statement is made, whatever verb says it."""
        stays = self.kind is StatementKind.MOVED and self.negated
        copied = self.kind is StatementKind.REPLICATED and self._is_copied_elsewhere(mention)
        return PlaceRole.COMES_FROM if stays or copied else own

    def _is_done_elsewhere(self, own: PlaceRole, role: PlaceRole) -> bool:
        """Tell whether another verb of the sentence does what the kind says."""
        doing = [one.verb for one in self.said if self._data_role(one.verb) is own]
        goes_there = role is PlaceRole.GOES_TO and any(map(self._is_done_there, doing))
        return bool(doing) and not goes_there

    def _is_chosen(self) -> bool:
        """Tell whether somebody chooses, rather than that something holds if it was chosen."""
        return any(token.lemma == "choice" for token in self.parse.tokens) or any(
            self._deed(one.verb) is Deed.CHOOSE
            and one.lemma != "decide"
            and not self._is_condition(one.verb)
            for one in self.said
        )

    def _data_role(self, verb: int) -> PlaceRole | None:
        deed = self._deed(verb)
        return DEED_ROLES.get(deed) if deed else None

    def _is_done_there(self, verb: int) -> bool:
        """Tell whether a verb is done where something went: "sent to …, processed there"."""
        below = self.parse.children(verb, "advmod")
        return any(self.parse.tokens[i].lemma == "there" for i in below)

    def _is_copied_elsewhere(self, mention: Sequence[int]) -> bool:
        """Tell whether a place is where the original is, in a sentence that has a copy as well."""
        verb = next((i for i in self.parse.above(mention[-1]) if i in self.by_verb), None)
        if verb is None:
            return False
        on_way = set(self.parse.above(mention[-1]))
        said = self.by_verb[verb].subject
        near = on_way | set(self.parse.below(said.head) if said else ())
        copies = {i for i in range(len(self.parse.tokens)) if self._thing(i) is Thing.COPY}
        return bool(copies) and not copies & near

    # Climbing

    def _ways(self, at: int) -> Iterator[_Way]:
        """Yield the nouns, adjectives and verbs above a mention with what leads to them."""
        below, preposition, passed, listed = at, "", tuple[int, ...](), False
        seen = {at}
        while (word := self._above(below)) is not None and word not in seen:
            seen.add(word)
            token = self.parse.tokens[word]
            if token.dep in ("prep", "agent", "prt", "mark") or token.tag in ("IN", "TO", "RP"):
                preposition = f"{token.text.lower()} {preposition}".strip()
                below = word
                continue
            yield _Way(word, below, preposition, passed, listed)
            listed |= self.parse.tokens[below].dep == "conj" and token.tag in ("NN", "NNS")
            is_joined = self.parse.tokens[below].dep in _JOINING and token.tag.startswith("NNP")
            below, passed = word, (*passed, word)
            if not is_joined:
                preposition = ""

    def _above(self, index: int) -> int | None:
        """Return the word that one hangs on; for one behind a colon, the word before it."""
        head = self.parse.tokens[index].head
        if head != index:
            return head
        first = min(self.parse.below(index))
        before = self.parse.tokens[first - 1] if first else None
        if before is None or first < 2 or before.text not in (":", "–", "-", "—"):
            return None
        return first - 2

    def _is_taken_out(self, first: int) -> bool:
        """Tell "everywhere but in …", which the tree has as two things joined."""
        before = [token.text.lower() for token in self.parse.tokens[max(0, first - 4) : first]]
        return any(
            one == "but" and before[n - 1] in ("everywhere", "anywhere", "all", "anything")
            for n, one in enumerate(before)
            if n
        )

    def _outside_brackets(self, mention: Sequence[int], at: int) -> int:
        """Return what a place in brackets explains, else the place."""
        first = mention[0]
        tokens = self.parse.tokens
        if first >= 2 and tokens[first - 1].text == "(" and tokens[first - 2].is_name:
            return first - 2 if not self._is_company(first - 2) else at
        return at

    # What a word on the way tells

    def _told(self, way: _Way, code: bool) -> PlaceRole | None:
        first = way.preposition.split(" ")[0]
        if first in LEAVING_OUT or way.preposition in LEAVING_OUT:
            return PlaceRole.LEFT_OUT
        token = self.parse.tokens[way.word]
        if token.is_verb:
            return self._told_by_verb(way)
        if token.tag.startswith("JJ") or token.tag.startswith("RB"):
            return self._told_by_adjective(way, token)
        return self._told_by_noun(way, code)

    def _told_by_adjective(self, way: _Way, token: Token) -> PlaceRole | None:
        if token.lemma in LEAVING_OUT or token.lemma in NOT_OFFERED:
            return PlaceRole.LEFT_OUT
        if token.lemma in OFFERED:
            return self._offered(way.word)
        return None

    def _offered(self, word: int) -> PlaceRole | None:
        if self.kind in (*_MOVING, StatementKind.PROCESSED) and not self.negated:
            return None
        denied = self.kind is StatementKind.NOT_SUPPORTED or self.negated
        return PlaceRole.LEFT_OUT if denied or self._denied_above(word) else PlaceRole.CHOICE

    def _denied_above(self, word: int) -> bool:
        verb = next((i for i in (word, *self.parse.above(word)) if i in self.by_verb), None)
        return verb is not None and self.by_verb[verb].negated

    def _told_by_noun(self, way: _Way, code: bool) -> PlaceRole | None:
        if self._is_beyond_clause(way) or self.parse.tokens[way.below].dep == "conj":
            return None
        thing = self._thing(way.word)
        if thing is Thing.PARTY or self._is_customers_own(way.word):
            at_site = code or any(self._thing(i) is Thing.SITE for i in way.passed)
            return None if at_site else self._of_party(way)
        if thing is Thing.LAW:
            must = self.kind is StatementKind.REQUIRED and way.preposition == ""
            return PlaceRole.CUSTOMER if must else PlaceRole.SEAT
        if thing is Thing.COMPANY or self._is_company(way.word):
            return self._of_company(way)
        return self._of_staff(way) if thing is Thing.STAFF else self._of_thing(way, thing)

    def _of_thing(self, way: _Way, thing: Thing | None) -> PlaceRole | None:
        """Data, copies, transfers and where they are."""
        if way.preposition in OUT_OF:
            return self._from_noun(way)
        if thing is Thing.TRANSFER and way.preposition in INTO:
            return PlaceRole.GOES_TO
        copied = thing is Thing.COPY or bool(self._made(way.word) & SECOND)
        if copied and self.kind is StatementKind.REPLICATED and way.preposition in ("of", "for"):
            return PlaceRole.COMES_FROM
        return self._of_site(way.word) if thing is Thing.SITE else None

    def _of_party(self, way: _Way) -> PlaceRole:
        """Customers can be moved from a place as data is."""
        moved = self.parse.tokens[way.word].dep in ("dobj", "nsubjpass")
        if moved and way.preposition in OUT_OF and self._deed_above(way.word) is Deed.MOVE:
            return PlaceRole.COMES_FROM
        return PlaceRole.CUSTOMER

    def _made(self, noun: int) -> set[str]:
        """Return the adjectives of a noun and the nouns before it."""
        below = self.parse.children(noun, "amod", "compound", "acl")
        return {self.parse.tokens[i].text.lower() for i in below}

    def _is_beyond_clause(self, way: _Way) -> bool:
        """Tell whether a clause of its own, with nouns of its own, lies between."""
        verbs = [n for n, i in enumerate(way.passed) if self.parse.tokens[i].is_verb]
        return bool(verbs) and self._has_noun(way.passed[: verbs[0]])

    def _has_noun(self, passed: Sequence[int]) -> bool:
        """Tell whether words have a noun that stands for a thing rather than for a place."""
        tokens = [self.parse.tokens[i] for i in passed]
        return any(t.tag in ("NN", "NNS") and t.lemma not in AREAS for t in tokens)

    def _from_noun(self, way: _Way) -> PlaceRole | None:
        deed = self._deed_above(way.word)
        if deed is Deed.ASSIGN:
            return PlaceRole.CUSTOMER
        moves = self.kind in _MOVING
        return PlaceRole.COMES_FROM if moves or deed is Deed.MOVE else None

    def _is_customers_own(self, noun: int) -> bool:
        """Tell "your company", "the billing address", "your phone number"."""
        tokens = self.parse.tokens
        poss = {tokens[i].text.lower() for i in self.parse.children(noun, "poss")}
        made = {tokens[i].lemma for i in self.parse.children(noun, "compound", "amod")}
        return bool(made & CUSTOMERS_OWN) or ("your" in poss and self._thing(noun) is Thing.COMPANY)

    def _of_company(self, way: _Way) -> PlaceRole | None:
        """A company's place is its seat, unless it tells where the company does its work."""
        token = self.parse.tokens[way.word]
        does = token.dep == "pobj" and self._is_at_work(way.word)
        return None if does and way.preposition in ("in", "at", "within") else PlaceRole.SEAT

    def _is_at_work(self, noun: int) -> bool:
        """Tell whether something is done with data above a noun."""
        if self._deed_above(noun) in _DATA_DEEDS:
            return True
        verb = next((i for i in self.parse.above(noun) if i in self.by_verb), None)
        subject = self.by_verb[verb].subject if verb is not None else None
        return subject is not None and subject.lemma in ACTIVITIES

    def _of_staff(self, way: _Way) -> PlaceRole | None:
        if self.kind is StatementKind.PROCESSED:
            return PlaceRole.PROCESSED
        deed = self._deed_above(way.word)
        if self.parse.tokens[way.word].dep == "pobj" and deed in (Deed.MOVE, Deed.STORE):
            return None
        works = any(self._data_role(one.verb) is PlaceRole.PROCESSED for one in self.said)
        return PlaceRole.PROCESSED if works else PlaceRole.SEAT

    def _of_site(self, noun: int) -> PlaceRole | None:
        """Regions that are said to be available are a choice, a default one is none."""
        made = self._made(noun)
        if made & FIRST and self.kind is StatementKind.REPLICATED:
            return PlaceRole.COMES_FROM
        if made & SECOND and self.kind is StatementKind.REPLICATED:
            return PlaceRole.GOES_TO
        about = self.parse.children(noun, "relcl", "acl")
        if made & OFFERED or (
            self.kind not in _OWN and any(self._deed(i) is Deed.CHOOSE for i in about)
        ):
            return PlaceRole.CHOICE
        return PlaceRole.RESTS if made & FALLBACK else None

    def _told_by_verb(self, way: _Way) -> PlaceRole | None:
        deed = self._deed(way.word)
        if self._is_condition(way.word) and (role := self._of_condition(way, deed)) is not None:
            return role
        if self._lemma(way.word) in DEFINING and (role := self._named(way)) is not None:
            return role
        return self._of_deed(way, deed) if deed else None

    def _of_deed(self, way: _Way, deed: Deed) -> PlaceRole | None:
        if (role := self._of_scope(way)) is not None:
            return role
        if self._can_be_had(way):
            return self._offered(way.word)
        if self._lemma(way.word) in DWELLING and (role := self._of_being(way, deed)) is not None:
            return role
        if deed in _DATA_DEEDS:
            return self._chosen(way.word) or self._of_data(way, deed)
        return self._of_other(way, deed)

    def _of_scope(self, way: _Way) -> PlaceRole | None:
        """Whom a sentence is about: "for Kenyan accounts …", "African countries get …"."""
        at_site = any(self._thing(i) is Thing.SITE for i in way.passed)
        gets = self._lemma(way.word) in GETTING and not self._has_noun(way.passed)
        after = self.parse.tokens[way.below + 1 : way.below + 2]
        example = any(token.lemma in ("example", "instance") for token in after)
        if way.preposition == "for" and not (way.listed or example):
            named_site = any(self.parse.tokens[i].lemma in _REGIONS for i in way.passed)
            return PlaceRole.CHOICE if named_site else PlaceRole.CUSTOMER
        if gets and not at_site and self.parse.tokens[way.below].dep == "nsubj":
            return PlaceRole.CUSTOMER
        return None

    def _can_be_had(self, way: _Way) -> bool:
        """Tell "… is available", which the tree has beside its subject."""
        if self.parse.tokens[way.below].dep not in _SUBJECT:
            return False
        if self._has_noun([i for i in way.passed if self._thing(i) is not Thing.SITE]):
            return False
        below = self.parse.children(way.word, "acomp", "attr")
        return any(self.parse.tokens[i].lemma in OFFERED | NOT_OFFERED for i in below)

    def _named(self, way: _Way) -> PlaceRole | None:
        """Return what a name for a place tells of it: "the backup region is …"."""
        subject = self.by_verb[way.word].subject if way.word in self.by_verb else None
        if subject is None or subject.head == way.below or self._has_noun(way.passed):
            return None
        if (role := self._of_site(subject.head)) is not None:
            return role
        if self._thing(subject.head) is not Thing.SITE and subject.lemma not in AREAS:
            return None
        return next(iter(_titled(subject.text.lower())), None)

    def _of_data(self, way: _Way, deed: Deed) -> PlaceRole:
        dep = self.parse.tokens[way.below].dep
        named = self.parse.children(way.word, "dobj")
        if self.kind not in _OWN and any(self._thing(i) is Thing.SITE for i in named):
            return PlaceRole.CHOICE
        if deed is Deed.ACCESS and dep == "dobj" and way.passed and not self._is_proper(way.below):
            return PlaceRole.RESTS
        if deed is not Deed.MOVE:
            return DEED_ROLES[deed]
        if way.preposition in OUT_OF:
            return PlaceRole.COMES_FROM
        goes_on = any(
            self.parse.tokens[i].text.lower() in INTO
            for i in self.parse.children(way.word, "prep")
            if i != way.below
        )
        fronted = dep == "prep" and way.below < way.word and way.preposition not in INTO
        own = dep in (*_SUBJECT, "dobj") or fronted
        return PlaceRole.COMES_FROM if own and goes_on else PlaceRole.GOES_TO

    def _of_other(self, way: _Way, deed: Deed) -> PlaceRole | None:
        match deed:
            case Deed.LEAVE:
                role = _OWN[self.kind] if self.kind in _STAYING else PlaceRole.COMES_FROM
            case Deed.CHOOSE:
                role = PlaceRole.CHOICE
            case Deed.OFFER:
                return PlaceRole.CUSTOMER if self._is_of_party(way) else self._offered(way.word)
            case Deed.LEAVE_OUT:
                role = PlaceRole.CUSTOMER if self._is_of_party(way) else PlaceRole.LEFT_OUT
            case Deed.JOIN:
                return self._of_joining(way)
            case Deed.ASSIGN:
                return self._of_assigning(way)
            case _:
                return self._of_being(way, deed)
        return role

    def _is_of_party(self, way: _Way) -> bool:
        """Tell "we support customers in …", where the tree has the place hang on the verb."""
        named = self.parse.children(way.word, "dobj")
        return bool(way.preposition) and any(self._thing(i) is Thing.PARTY for i in named)

    def _of_assigning(self, way: _Way) -> PlaceRole | None:
        if way.preposition in OUT_OF:
            return PlaceRole.CUSTOMER
        said = self.by_verb.get(way.word)
        must = self.kind is StatementKind.REQUIRED and said is not None and said.modal == "must"
        assigned = must or self.kind is StatementKind.DETERMINED_BY
        return PlaceRole.RESTS if assigned else None

    def _of_joining(self, way: _Way) -> PlaceRole | None:
        """Where somebody signed up, is billed, or bought what it has."""
        if self._lemma(way.word) in JOINED_BY_ITSELF:
            return PlaceRole.CUSTOMER
        noun = self._located(way.word)
        if noun is None or self._has_noun(way.passed):
            return None
        gets = self._thing(noun) is Thing.PARTY or self.parse.tokens[noun].lemma in ACQUIRED
        return PlaceRole.CUSTOMER if gets else None

    def _of_being(self, way: _Way, deed: Deed) -> PlaceRole | None:
        """Where something is or was set up: what it is decides."""
        noun = self._located(way.word)
        if noun is None or noun == way.below or self._has_noun(way.passed):
            return None
        match self._thing(noun):
            case Thing.STAFF:
                return self._of_staff(_Way(noun, way.word, way.preposition, way.passed))
            case Thing.SITE:
                return self._of_site(noun)
            case thing:
                return self._of_one_located(noun, thing, way.word, deed)

    def _of_one_located(
        self, noun: int, thing: Thing | None, verb: int, deed: Deed
    ) -> PlaceRole | None:
        if thing is Thing.PARTY or self._is_customers_own(noun):
            return PlaceRole.CUSTOMER
        is_seat = thing in (Thing.COMPANY, Thing.LAW) or self._is_company(noun)
        settles = self.parse.tokens[verb].lemma in SETTLING and self._is_proper(noun)
        if is_seat or settles or deed is Deed.SEAT:
            return PlaceRole.SEAT
        required = self.kind is StatementKind.REQUIRED and deed is Deed.LIE
        return PlaceRole.RESTS if required else None

    def _located(self, verb: int) -> int | None:
        """Return the noun that a verb tells the place of."""
        before = self._before(verb)
        if before is not None and self._is_company(before):
            return before
        said = self.by_verb.get(verb)
        if said is not None and said.subject is not None:
            return said.subject.head
        token = self.parse.tokens[verb]
        if token.dep == "amod":
            return token.head
        if said is not None and said.around is not None:
            outer = self.said[said.around].subject
            return outer.head if outer else None
        return None

    def _before(self, verb: int) -> int | None:
        """Return the word before a participle, over a comma, wherever the tree has it hang."""
        at = verb - 1
        while at >= 0 and self.parse.tokens[at].dep in ("punct", "advmod", "auxpass", "aux"):
            at -= 1
        return at if at >= 0 and self.parse.tokens[verb].tag in ("VBN", "VBD") else None

    def _is_condition(self, verb: int) -> bool:
        said = self.by_verb.get(verb)
        if said is None:
            return False
        supposed = said.modal == "should" and self.parse.tokens[verb].dep in ("advcl", "ccomp")
        return supposed or bool(set(said.mark.split()) & CONDITIONAL)

    def _of_condition(self, way: _Way, deed: Deed | None) -> PlaceRole | None:
        """A condition is about what the customer chose, or where the customer is."""
        sets_up = deed in (Deed.JOIN, Deed.LIE, Deed.ASSIGN, None)
        at_site = any(self._thing(i) is Thing.SITE for i in way.passed)
        if deed is Deed.CHOOSE or deed is Deed.ASSIGN or (sets_up and at_site):
            return PlaceRole.CHOICE
        subject = self.by_verb[way.word].subject
        if self.kind in _MOVING and subject is not None and subject.head == way.below:
            return PlaceRole.COMES_FROM
        of_party = subject is not None and self._thing(subject.head) is Thing.PARTY
        if deed is Deed.JOIN or (of_party and deed not in _DATA_DEEDS):
            return PlaceRole.CUSTOMER
        return None

    def _chosen(self, verb: int) -> PlaceRole | None:
        """Tell whether a verb says what somebody chooses, can have done or is offered."""
        of_noun = False
        while self.parse.tokens[verb].dep in ("xcomp", "ccomp", "pcomp", "dobj", "acl"):
            of_noun = of_noun or self.parse.tokens[verb].dep == "acl"
            is_thing = self.parse.tokens[verb].dep in ("pcomp", "dobj")
            verb = self.parse.tokens[verb].head
            deed, said = self._deed(verb), self.by_verb.get(verb)
            can_have = said is not None and said.lemma == "have" and said.modal in ("can", "may")
            if can_have or (deed is Deed.CHOOSE and not of_noun):
                return PlaceRole.CHOICE
            if deed is Deed.OFFER and is_thing and not of_noun:
                return self._offered(verb)
        return None

    # What words stand for

    def _deed(self, verb: int) -> Deed | None:
        token = self.parse.tokens[verb]
        if not token.is_verb:
            return None
        return DEEDS.get(self._lemma(verb), DEEDS.get(token.lemma))

    def _lemma(self, verb: int) -> str:
        said = self.by_verb.get(verb)
        return said.lemma if said else self.parse.tokens[verb].lemma

    def _deed_above(self, word: int) -> Deed | None:
        """Return what the nearest verb above a word does."""
        verbs = (i for i in self.parse.above(word) if self.parse.tokens[i].is_verb)
        return next((self._deed(i) for i in verbs), None)

    def _thing(self, noun: int) -> Thing | None:
        token = self.parse.tokens[noun]
        if token.text.lower() in ("those", "that") and token.tag == "DT":
            earlier = (i for i in range(noun - 1, -1, -1) if self._can_stand_for(i))
            meant = next(earlier, None)
            return Thing.PARTY if meant is None else self._thing(meant)
        if token.lemma in ("people", "person"):
            return self._thing_of_people(noun)
        if token.lemma == "account":
            made = [self.parse.tokens[i] for i in self.parse.children(noun, "compound")]
            stands = all(one.lemma in ACCOUNTS for one in made if one.tag == "NN")
            return Thing.PARTY if stands else None
        return THINGS.get(token.lemma, THINGS.get(token.text.lower()))

    def _thing_of_people(self, noun: int) -> Thing:
        looks = self.parse.tokens[noun].dep == "nsubj" and self._deed_above(noun) is Deed.ACCESS
        if looks or self._made(noun) & SUPPORTING:
            return Thing.STAFF
        above = [self.parse.tokens[i] for i in self.parse.above(noun)][:2]
        within = len(above) == 2 and above[0].text == "of"
        is_company = within and THINGS.get(above[1].lemma) is Thing.COMPANY
        return Thing.COMPANY if is_company else Thing.PARTY

    def _can_stand_for(self, noun: int) -> bool:
        """Tell whether a later "those" can mean a noun."""
        return self.parse.tokens[noun].tag in ("NNS", "NNPS")

    def _is_proper(self, noun: int) -> bool:
        return self.parse.tokens[noun].tag.startswith("NNP")

    def _is_company(self, noun: int) -> bool:
        """Tell whether a noun is the name of a company by its legal form."""
        near = (noun, noun + 1)
        tokens = self.parse.tokens
        return self._is_proper(noun) and any(
            i < len(tokens) and tokens[i].text.lower() in LEGAL_FORMS for i in near
        )

    def _is_in_company(self, mention: Sequence[int]) -> bool:
        """Tell whether a place is a part of a company's name, or stands right behind one."""
        tokens = self.parse.tokens
        after = mention[-1] + 1
        while after < len(tokens) and tokens[after].text[:1].isupper():
            if tokens[after].text.lower() in LEGAL_FORMS:
                return True
            after += 1
        before = mention[0] - 1
        while before >= 0 and (
            tokens[before].tag in ("NNP", "CD") or tokens[before].text in ",(–-—"
        ):
            form = tokens[before].text.lower() in LEGAL_FORMS and tokens[before].text[0].isupper()
            if form and before > 0:
                return True
            before -= 1
        return False
