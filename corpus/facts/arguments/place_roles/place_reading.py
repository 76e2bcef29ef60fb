"""The role of one place of a sentence: the first word above it that tells anything decides."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.facts.arguments.data_categories import is_data
from corpus.facts.arguments.place_roles.place_sentence import Sentence, Way
from corpus.facts.arguments.place_roles.place_titles import titled
from corpus.facts.arguments.place_roles.place_words import (
    ACQUIRED,
    ACTIVITIES,
    AREAS,
    DATA_ROLES,
    DEED_ROLES,
    DEFINING,
    DWELLING,
    FALLBACK,
    FIRST,
    GETTING,
    INTO,
    JOINED_BY_ITSELF,
    LEAVING_OUT,
    MOVING,
    NOT_OFFERED,
    OFFERED,
    OTHERWISE,
    OUT_OF,
    OWN,
    RECEIVING,
    SECOND,
    SETTLING,
)
from corpus.facts.types import PlaceRole, StatementKind
from corpus.language.parsing import Parse, Token
from corpus.language.propositions import Proposition
from corpus.language.word_classes import Deed, Thing

_DATA_DEEDS = frozenset({Deed.STORE, Deed.PROCESS, Deed.ACCESS, Deed.MOVE})
_ENDS = frozenset({PlaceRole.GOES_TO, PlaceRole.COMES_FROM})
_FURTHER = {
    StatementKind.MOVED: _ENDS,
    StatementKind.REPLICATED: _ENDS,
    StatementKind.EXCLUDED: frozenset({PlaceRole.LEFT_OUT}),
}
"""What a word further up can tell that goes before a place of rest: "data stored in … is moved"."""
_STAYING = frozenset({StatementKind.STORED, StatementKind.PROCESSED})
_REGIONS = frozenset({"region", "zone", "cluster", "location", "center", "centre"})
_SUBJECT = ("nsubj", "nsubjpass")


class Reading(Sentence):
    """A sentence while the places of one of its statements are read."""

    def __init__(
        self, parse: Parse, said: Sequence[Proposition], kind: StatementKind, negated: bool
    ) -> None:
        super().__init__(parse, said)
        self.kind = kind
        self.negated = negated

    def role(self, start: int, end: int) -> PlaceRole:
        """Return the role of the place at [start, end)."""
        at = self.parse.head_of(start, end)
        if at is None:
            return self._otherwise()
        mention = self.parse.at(start, end)
        if self.is_in_company(mention):
            return PlaceRole.SEAT
        if self.is_taken_out(mention[0]):
            return PlaceRole.LEFT_OUT
        code = any(c.isdigit() for c in self.parse.text[start:end])
        ways = self.ways(self.outside_brackets(mention, at))
        told = (role for way in ways if (role := self._told(way, code)) is not None)
        role = next(told, None)
        if role is None:
            return self._otherwise(mention[0])
        if role in (PlaceRole.RESTS, PlaceRole.PROCESSED) and self.kind in _FURTHER:
            role = next((later for later in told if later in _FURTHER[self.kind]), role)
        return self._settled(role, mention)

    def _otherwise(self, first: int = 0) -> PlaceRole:
        role = OTHERWISE.get(self.kind, PlaceRole.NAMED)
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
        own = OWN.get(self.kind)
        if self.kind is StatementKind.CONTACT and role in DATA_ROLES:
            return PlaceRole.SEAT
        if self.kind is StatementKind.DETERMINED_BY and role in DATA_ROLES and self._is_chosen():
            return PlaceRole.CHOICE
        if own and role is PlaceRole.COMES_FROM and self.negated and self.kind in _STAYING:
            return own
        if own is None or role is own or role not in DATA_ROLES:
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
            self.deed(one.verb) is Deed.CHOOSE
            and one.lemma != "decide"
            and not self.is_condition(one.verb)
            for one in self.said
        )

    def _data_role(self, verb: int) -> PlaceRole | None:
        deed = self.deed(verb)
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
        copies = {i for i in range(len(self.parse.tokens)) if self.thing(i) is Thing.COPY}
        return bool(copies) and not copies & near

    def _told(self, way: Way, code: bool) -> PlaceRole | None:
        first = way.preposition.split(" ")[0]
        if first in LEAVING_OUT or way.preposition in LEAVING_OUT:
            return PlaceRole.LEFT_OUT
        token = self.parse.tokens[way.word]
        if token.is_verb:
            return self._told_by_verb(way)
        if token.tag.startswith("JJ") or token.tag.startswith("RB"):
            return self._told_by_adjective(way, token)
        return self._told_by_noun(way, code)

    def _told_by_adjective(self, way: Way, token: Token) -> PlaceRole | None:
        if token.lemma in LEAVING_OUT or token.lemma in NOT_OFFERED:
            return PlaceRole.LEFT_OUT
        if token.lemma in OFFERED:
            return self._offered(way.word)
        return None

    def _offered(self, word: int) -> PlaceRole | None:
        if self.kind in (*MOVING, StatementKind.PROCESSED) and not self.negated:
            return None
        denied = self.kind is StatementKind.NOT_SUPPORTED or self.negated
        return PlaceRole.LEFT_OUT if denied or self._denied_above(word) else PlaceRole.CHOICE

    def _denied_above(self, word: int) -> bool:
        verb = next((i for i in (word, *self.parse.above(word)) if i in self.by_verb), None)
        return verb is not None and self.by_verb[verb].negated

    def _told_by_noun(self, way: Way, code: bool) -> PlaceRole | None:
        if self.is_beyond_clause(way) or self.parse.tokens[way.below].dep == "conj":
            return None
        thing = self.thing(way.word)
        if thing is Thing.PARTY or self.is_customers_own(way.word):
            at_site = code or any(self.thing(i) is Thing.SITE for i in way.passed)
            return None if at_site else self._of_party(way)
        if thing is Thing.LAW:
            must = self.kind is StatementKind.REQUIRED and way.preposition == ""
            return PlaceRole.CUSTOMER if must else PlaceRole.SEAT
        if thing is Thing.COMPANY or self.is_company(way.word):
            return self._of_company(way)
        return self._of_staff(way) if thing is Thing.STAFF else self._of_thing(way, thing)

    def _of_thing(self, way: Way, thing: Thing | None) -> PlaceRole | None:
        """Data, copies, transfers and where they are."""
        if way.preposition in OUT_OF:
            return self._from_noun(way)
        if thing is Thing.TRANSFER and way.preposition in INTO:
            return PlaceRole.GOES_TO
        copied = thing is Thing.COPY or bool(self.made(way.word) & SECOND)
        if copied and self.kind is StatementKind.REPLICATED and way.preposition in ("of", "for"):
            return PlaceRole.COMES_FROM
        return self._of_site(way.word) if thing is Thing.SITE else None

    def _of_party(self, way: Way) -> PlaceRole:
        """Customers can be moved from a place as data is."""
        moved = self.parse.tokens[way.word].dep in ("dobj", "nsubjpass")
        if moved and way.preposition in OUT_OF and self.deed_above(way.word) is Deed.MOVE:
            return PlaceRole.COMES_FROM
        return PlaceRole.CUSTOMER

    def _from_noun(self, way: Way) -> PlaceRole | None:
        deed = self.deed_above(way.word)
        if deed is Deed.ASSIGN:
            return PlaceRole.CUSTOMER
        if self.kind in MOVING or deed is Deed.MOVE:
            return PlaceRole.COMES_FROM
        # "Personal data from Japan" is data of people there.
        return PlaceRole.CUSTOMER if is_data(self.parse.tokens[way.word]) else None

    def _of_company(self, way: Way) -> PlaceRole | None:
        """A company's place is its seat, unless it tells where the company does its work."""
        token = self.parse.tokens[way.word]
        does = token.dep == "pobj" and self._is_at_work(way.word)
        return None if does and way.preposition in ("in", "at", "within") else PlaceRole.SEAT

    def _is_at_work(self, noun: int) -> bool:
        """Tell whether something is done with data above a noun."""
        if self.deed_above(noun) in _DATA_DEEDS:
            return True
        verb = next((i for i in self.parse.above(noun) if i in self.by_verb), None)
        subject = self.by_verb[verb].subject if verb is not None else None
        return subject is not None and subject.lemma in ACTIVITIES

    def _of_staff(self, way: Way) -> PlaceRole | None:
        if self.kind is StatementKind.PROCESSED:
            return PlaceRole.PROCESSED
        deed = self.deed_above(way.word)
        if self.parse.tokens[way.word].dep == "pobj" and deed in (Deed.MOVE, Deed.STORE):
            return None
        works = any(self._data_role(one.verb) is PlaceRole.PROCESSED for one in self.said)
        return PlaceRole.PROCESSED if works else PlaceRole.SEAT

    def _of_site(self, noun: int) -> PlaceRole | None:
        """Regions that are said to be available are a choice, a default one is none."""
        made = self.made(noun)
        if made & FIRST and self.kind is StatementKind.REPLICATED:
            return PlaceRole.COMES_FROM
        if made & SECOND and self.kind is StatementKind.REPLICATED:
            return PlaceRole.GOES_TO
        about = self.parse.children(noun, "relcl", "acl")
        if made & OFFERED or (
            self.kind not in OWN and any(self.deed(i) is Deed.CHOOSE for i in about)
        ):
            return PlaceRole.CHOICE
        return PlaceRole.RESTS if made & FALLBACK else None

    def _told_by_verb(self, way: Way) -> PlaceRole | None:
        deed = self.deed(way.word)
        if self.is_condition(way.word) and (role := self._of_condition(way, deed)) is not None:
            return role
        if self.lemma(way.word) in DEFINING and (role := self._named(way)) is not None:
            return role
        if self.lemma(way.word) in RECEIVING and way.preposition in OUT_OF:
            return PlaceRole.COMES_FROM if self.kind in MOVING else PlaceRole.CUSTOMER
        return self._of_deed(way, deed) if deed else None

    def _of_deed(self, way: Way, deed: Deed) -> PlaceRole | None:
        if (role := self._of_scope(way)) is not None:
            return role
        if self._can_be_had(way):
            return self._offered(way.word)
        if self.lemma(way.word) in DWELLING and (role := self._of_being(way, deed)) is not None:
            return role
        if deed in _DATA_DEEDS:
            return self._chosen(way.word) or self._of_data(way, deed)
        return self._of_other(way, deed)

    def _of_scope(self, way: Way) -> PlaceRole | None:
        """Whom a sentence is about: "for Kenyan accounts …", "African countries get …"."""
        at_site = any(self.thing(i) is Thing.SITE for i in way.passed)
        gets = self.lemma(way.word) in GETTING and not self.has_noun(way.passed)
        after = self.parse.tokens[way.below + 1 : way.below + 2]
        example = any(token.lemma in ("example", "instance") for token in after)
        if way.preposition == "for" and not (way.listed or example):
            named_site = any(self.parse.tokens[i].lemma in _REGIONS for i in way.passed)
            return PlaceRole.CHOICE if named_site else PlaceRole.CUSTOMER
        if gets and not at_site and self.parse.tokens[way.below].dep == "nsubj":
            return PlaceRole.CUSTOMER
        return None

    def _can_be_had(self, way: Way) -> bool:
        """Tell "… is available", which the tree has beside its subject."""
        if self.parse.tokens[way.below].dep not in _SUBJECT:
            return False
        if self.has_noun([i for i in way.passed if self.thing(i) is not Thing.SITE]):
            return False
        below = self.parse.children(way.word, "acomp", "attr")
        return any(self.parse.tokens[i].lemma in OFFERED | NOT_OFFERED for i in below)

    def _named(self, way: Way) -> PlaceRole | None:
        """Return what a name for a place tells of it: "the backup region is …"."""
        subject = self.by_verb[way.word].subject if way.word in self.by_verb else None
        if subject is None or subject.head == way.below or self.has_noun(way.passed):
            return None
        if (role := self._of_site(subject.head)) is not None:
            return role
        if self.thing(subject.head) is not Thing.SITE and subject.lemma not in AREAS:
            return None
        return next(iter(titled(subject.text.lower())), None)

    def _of_data(self, way: Way, deed: Deed) -> PlaceRole:
        dep = self.parse.tokens[way.below].dep
        named = self.parse.children(way.word, "dobj")
        if self.kind not in OWN and any(self.thing(i) is Thing.SITE for i in named):
            return PlaceRole.CHOICE
        if deed is Deed.ACCESS and dep == "dobj" and way.passed and not self.is_proper(way.below):
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

    def _of_other(self, way: Way, deed: Deed) -> PlaceRole | None:
        match deed:
            case Deed.LEAVE:
                role = OWN[self.kind] if self.kind in _STAYING else PlaceRole.COMES_FROM
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

    def _is_of_party(self, way: Way) -> bool:
        """Tell "we support customers in …", where the tree has the place hang on the verb."""
        named = self.parse.children(way.word, "dobj")
        return bool(way.preposition) and any(self.thing(i) is Thing.PARTY for i in named)

    def _of_assigning(self, way: Way) -> PlaceRole | None:
        if way.preposition in OUT_OF:
            return PlaceRole.CUSTOMER
        said = self.by_verb.get(way.word)
        must = self.kind is StatementKind.REQUIRED and said is not None and said.modal == "must"
        assigned = must or self.kind is StatementKind.DETERMINED_BY
        return PlaceRole.RESTS if assigned else None

    def _of_joining(self, way: Way) -> PlaceRole | None:
        """Where somebody signed up, is billed, or bought what it has."""
        if self.lemma(way.word) in JOINED_BY_ITSELF:
            return PlaceRole.CUSTOMER
        noun = self.located(way.word)
        if noun is None or self.has_noun(way.passed):
            return None
        gets = self.thing(noun) is Thing.PARTY or self.parse.tokens[noun].lemma in ACQUIRED
        return PlaceRole.CUSTOMER if gets else None

    def _of_being(self, way: Way, deed: Deed) -> PlaceRole | None:
        """Where something is or was set up: what it is decides."""
        noun = self.located(way.word)
        if noun is None or noun == way.below or self.has_noun(way.passed):
            return None
        match self.thing(noun):
            case Thing.STAFF:
                return self._of_staff(Way(noun, way.word, way.preposition, way.passed))
            case Thing.SITE:
                return self._of_site(noun)
            case thing:
                return self._of_one_located(noun, thing, way.word, deed)

    def _of_one_located(
        self, noun: int, thing: Thing | None, verb: int, deed: Deed
    ) -> PlaceRole | None:
        if thing is Thing.PARTY or self.is_customers_own(noun):
            return PlaceRole.CUSTOMER
        is_seat = thing in (Thing.COMPANY, Thing.LAW) or self.is_company(noun)
        settles = self.parse.tokens[verb].lemma in SETTLING and self.is_proper(noun)
        if is_seat or settles or deed is Deed.SEAT:
            return PlaceRole.SEAT
        required = self.kind is StatementKind.REQUIRED and deed is Deed.LIE
        return PlaceRole.RESTS if required else None

    def _of_condition(self, way: Way, deed: Deed | None) -> PlaceRole | None:
        """A condition is about what the customer chose, or where the customer is."""
        sets_up = deed in (Deed.JOIN, Deed.LIE, Deed.ASSIGN, None)
        at_site = any(self.thing(i) is Thing.SITE for i in way.passed)
        if deed is Deed.CHOOSE or deed is Deed.ASSIGN or (sets_up and at_site):
            return PlaceRole.CHOICE
        subject = self.by_verb[way.word].subject
        if self.kind in MOVING and subject is not None and subject.head == way.below:
            return PlaceRole.COMES_FROM
        of_party = subject is not None and self.thing(subject.head) is Thing.PARTY
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
            deed, said = self.deed(verb), self.by_verb.get(verb)
            can_have = said is not None and said.lemma == "have" and said.modal in ("can", "may")
            if can_have or (deed is Deed.CHOOSE and not of_noun):
                return PlaceRole.CHOICE
            if deed is Deed.OFFER and is_thing and not of_noun:
                return self._offered(verb)
        return None
