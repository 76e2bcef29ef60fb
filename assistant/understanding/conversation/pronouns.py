"""Pronouns of a message, and what of the question before they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understanding.conversation.ellipsis import Names, themes
from assistant.understanding.conversation.message import AUXILIARIES, sentences_of, words_of
from assistant.understanding.conversation.question_tree import question_tree
from corpus.language.parsing import Parse, Token
from corpus.language.word_classes import DEEDS, THINGS, Deed, Thing
from corpus.types import Span

_MASS = frozenset({"data", "datum", "content", "information", "media"})
"""Nouns that are one or many."""
_PERSONAL = frozenset({"it", "they", "them", "its", "their"})
_PLURAL = frozenset({"they", "them", "their"})
_POINTING = frozenset({"that", "this", "these", "those", "such"})
_SEQUEL = frozenset(
    "then meanwhile afterwards afterward instead otherwise thereafter thereby such else".split()
)
"""Words that put a question behind all that was said."""
_GENERAL = frozenset(
    "data datum information thing stuff service customer place anything everything something "
    "case one reason".split()
)
"""Words that say little by themselves in this field."""
_ADVERBS = ("ly", "wide", "where")
"""Endings of adverbs that say how or where."""
_SHORT = 9
"""Words of a short sentence."""
_ELSE = frozenset("what who where which how anything something nothing".split())
"""Words before "else" that ask for more than was said."""
_OWN = frozenset({"page", "pages", "document", "documents", "article", "text", "day", "year"})
"""Nouns that a pointing word may stand before without meaning anything said."""
_ANTECEDENTS = ("nsubj", "nsubjpass", "dobj", "attr", "conj", "ROOT", "dep", "npadvmod")


def with_antecedents(text: str, earlier: str, names: Names) -> str:
    """Return a sentence with "it", "they" and "there" as what they mean, where that is plain."""
    parse = question_tree(text)
    said = [(at, _meant(parse, at, earlier, names)) for at in _open(parse, names)]
    for at, words in reversed(said):
        if words:
            token = parse.tokens[at]
            text = text[: token.start] + words + text[token.end :]
    return text


def refers_to_all(text: str, names: Names) -> bool:
    """Tell whether a sentence still leans on all of the question before."""
    parse = question_tree(text)
    return bool(_open(parse, names)) or any(
        _points_to_case(parse, at) or _is_sequel(parse, at) for at in range(len(parse.tokens))
    )


def _is_sequel(parse: Parse, at: int) -> bool:
    """Tell whether a word puts a question behind all that was said."""
    word = parse.tokens[at].text.lower()
    if word not in _SEQUEL:
        return False
    after = parse.tokens[at + 1].text.lower() if at + 1 < len(parse.tokens) else ""
    if word == "such":
        return after != "as"
    if word == "else":
        return at > 0 and parse.tokens[at - 1].text.lower() in _ELSE
    return word != "then" or not any(t.text.lower() in ("if", "when", "once") for t in parse.tokens)


def is_vague(text: str, names: Names) -> bool:
    """Tell whether a sentence says too little to be understood by itself: "Which data leaves?"."""
    if _OWN.intersection(words_of(text)):
        return False
    parse, placed = question_tree(text), names.places(text)
    if any(
        token.dep == "advmod" and token.text.lower().endswith(_ADVERBS) for token in parse.tokens
    ):
        return False
    return not any(
        _is_noun(token)
        and (token.dep in ("dobj", "pobj") or token.lemma not in _GENERAL)
        and not any(m.start <= token.start < m.end for m in placed)
        for token in parse.tokens
    )


def says_of_name(text: str, names: Names) -> bool:
    """Tell whether a sentence is about a name of which no document's says anything: "Where does
    Notion keep data?".
    """
    parse = question_tree(text)
    known = {
        word for about in names.abouts for word in words_of(f"{about.service} {about.title}")
    }  # fmt: skip
    named = [
        span for span in names.names(text)
        if not span.of(text).isupper() and known.isdisjoint(words_of(span.of(text)))
        and not names.gazetteer.mentions(span.of(text))
    ]  # fmt: skip
    return bool(known) and any(
        token.dep in ("nsubj", "nsubjpass")
        and parse.tokens[token.head].head == token.head
        and any(s.start <= token.start < s.end for s in named)
        for token in parse.tokens
    )


def _points_to_case(parse: Parse, at: int) -> bool:
    """Tell whether a word is the case of "in the first case"."""
    below = parse.children(at, "amod", "det")
    pointing = ("first", "second", "latter", "former", "other", "last", "third")
    return parse.tokens[at].lemma == "case" and any(
        parse.tokens[i].text.lower() in pointing for i in below
    )


def _open(parse: Parse, names: Names) -> list[int]:
    """Return the pronouns whose meaning the sentence itself does not have."""
    named = names.subjects(parse.text)
    return [
        at for at, token in enumerate(parse.tokens)
        if _is_pronoun(parse, at)
        and not _is_settled(parse, at, token.text.lower())
        and not (named and _is_settled_beside(parse, at, named))
    ]  # fmt: skip


def _is_settled_beside(parse: Parse, at: int, named: Sequence[Span]) -> bool:
    """Tell whether a pronoun of a sentence that names its subject means something in it, or the
    company behind the subject.
    """
    token = parse.tokens[at]
    lower = token.text.lower()
    if lower in _PLURAL:
        return any(_is_noun(t) for t in parse.tokens[:at]) or token.dep.startswith("nsubj")
    if lower == "it":
        return any(
            _is_noun(t) or t.tag == "CD" for t in parse.tokens
            if not any(s.start <= t.start < s.end for s in named)
        )  # fmt: skip
    return token.dep == "det" and len(parse.tokens) > _SHORT


def _is_pronoun(parse: Parse, at: int) -> bool:
    token = parse.tokens[at]
    lower = token.text.lower()
    if lower in _PERSONAL:
        return not _is_empty(parse, at)
    if lower in ("one", "ones"):
        return _stands_for_noun(parse, at)
    if lower == "there":
        is_there = at > 0 and parse.tokens[at - 1].lemma == "be"
        return token.tag != "EX" and token.dep != "expl" and not is_there
    if lower in _POINTING and lower != "such" and token.tag in ("DT", "PDT", "PRP"):
        noun = parse.tokens[token.head].text.lower() if token.dep == "det" else ""
        return noun not in _OWN
    return False


def _stands_for_noun(parse: Parse, at: int) -> bool:
    """Tell whether "one" stands for a noun: "the Norwegian one", "which one", "ones"."""
    token = parse.tokens[at]
    if token.text.lower() == "ones":
        return True
    if token.dep in ("nummod", "det", "compound", "quantmod"):
        return False
    return bool(parse.children(at, "det", "amod", "compound")) and not parse.children(at, "prep")


def _is_empty(parse: Parse, at: int) -> bool:
    """Tell whether "it" stands for nothing: "is it possible to …", "does it depend"."""
    if parse.tokens[at].text.lower() != "it":
        return False
    head = parse.tokens[at].head
    below = parse.children(head, "acomp", "attr", "oprd")
    clauses = parse.children(head, "xcomp", "ccomp", "csubj", "advcl")
    lemma = parse.tokens[head].lemma
    if lemma in ("matter", "take", "depend", "follow"):
        return parse.tokens[at].dep in ("nsubj", "expl")
    inner = [k for i in below for k in parse.children(i, "xcomp", "ccomp", "advcl", "acl")]
    return lemma in ("be", "possible", "mean", "true") and bool(
        (below and (clauses or inner)) or (lemma != "be" and clauses)
    )


def _is_settled(parse: Parse, at: int, word: str) -> bool:
    """Tell whether something before a pronoun in its own sentence is what it means."""
    before = parse.tokens[:at]
    nouns = [i for i, token in enumerate(before) if _is_noun(token)]
    if word in ("its", "their"):
        # "The handling of its data": what a pronoun belongs to is not what it means.
        around = frozenset(parse.above(at))
        return any(i not in around for i in nouns)
    if word in ("one", "ones"):
        return any(before[i].dep not in ("compound", "poss") for i in nouns)
    if word == "there":
        return any(before[i].dep in ("pobj", "dobj") for i in nouns if _clause(parse, i, at))
    if word in ("that", "this", "these", "those"):
        token = parse.tokens[at]
        if token.dep == "det":
            return any(before[i].lemma == parse.tokens[token.head].lemma for i in nouns)
        return any(before[i].is_verb and _clause(parse, i, at) for i in range(at)) and bool(nouns)
    fits = _PLURAL if word in _PLURAL else frozenset[str]()
    return any(
        _clause(parse, i, at)
        and before[i].dep in (*_ANTECEDENTS, "pobj")
        and (
            not fits
            or _is_plural(before[i])
            or before[i].tag.startswith("NNP")
            or THINGS.get(before[i].lemma) is Thing.PARTY
        )
        for i in nouns
    )


def _clause(parse: Parse, one: int, other: int) -> bool:
    """Tell whether two words stand in different clauses."""
    return _verb(parse, one) != _verb(parse, other)


def _verb(parse: Parse, at: int) -> int:
    chain = (at, *parse.above(at))
    return next((i for i in chain if parse.tokens[i].is_verb), chain[-1])


def _is_noun(token: Token) -> bool:
    return token.tag.startswith("NN")


def _is_plural(token: Token) -> bool:
    return token.tag in ("NNS", "NNPS")


def _meant(parse: Parse, at: int, earlier: str, names: Names) -> str:
    """Return what an open pronoun stands for; empty where that is not plain."""
    word = parse.tokens[at].text.lower()
    asked = (sentences_of(earlier) or [earlier])[-1]
    if word == "there":
        if at and parse.tokens[at - 1].tag in ("IN", "TO"):
            return ""
        found = _place(asked, names) or _place(earlier, names)
        moves = DEEDS.get(parse.tokens[parse.tokens[at].head].lemma) is Deed.MOVE
        return found and f"{'to' if moves else 'in'} {found}"
    if word not in _PERSONAL:
        return ""
    if _is_supposed(parse, at) and next(iter(words_of(asked)), "") in AUXILIARIES:
        # "If we allow it": that of which the question was whether it is so.
        return ""
    if word == "its":
        found = _named(asked, names) or _antecedent(asked, names, plural=False)
    elif parse.tokens[at].dep == "pobj" and parse.tokens[parse.tokens[at].head].text.lower() != (
        "with"
    ):
        found = ""
    else:
        found = _antecedent(asked, names, plural=word in _PLURAL)
    if not found and word == "it" and _may_be_name(parse, at):
        found = _named(asked, names)
    if not found:
        return ""
    return f"{found}’s" if word in ("its", "their") else found


def _may_be_name(parse: Parse, at: int) -> bool:
    """Tell whether "it" may be a service: what does something, or what something is done with."""
    token = parse.tokens[at]
    with_it = token.dep == "pobj" and parse.tokens[token.head].text.lower() == "with"
    return with_it or token.dep in ("nsubj", "nsubjpass")


def _is_supposed(parse: Parse, at: int) -> bool:
    token = parse.tokens[at]
    return token.dep == "dobj" and parse.tokens[token.head].dep == "advcl"


def _place(text: str, names: Names) -> str:
    """Return the last place of a question that stands for itself, with its article."""
    parse = question_tree(text)
    for mention in reversed(names.places(text)):
        head = parse.head_of(mention.start, mention.end)
        if head is not None and parse.tokens[head].dep not in ("amod", "compound", "nmod", "poss"):
            article = text[: mention.start].endswith(" the ")
            return f"the {mention.words}" if article else mention.words
    return ""


def _antecedent(asked: str, names: Names, *, plural: bool) -> str:
    """Return what a personal pronoun takes up: what was asked about, of the right number, else
    the name; nothing where the answer itself may be meant.
    """
    parse = question_tree(asked)
    if _asks_for_thing(parse):
        return ""
    head = next(
        (
            at for at in themes(parse, names)
            if THINGS.get(parse.tokens[at].lemma) not in (Thing.PARTY, Thing.COMPANY)
            and not any(
                parse.tokens[i].text.lower() in ("its", "their") for i in parse.children(at, "poss")
            )
            and (parse.tokens[at].lemma in _MASS or _is_plural(parse.tokens[at]) == plural)
        ),
        None,
    )  # fmt: skip
    if head is not None:
        left = [i for i in parse.children(head) if i < head and parse.tokens[i].dep != "punct"]
        words = [k for i in left for k in parse.below(i)]
        said = parse.words([*words, head])
        first = parse.tokens[min([*words, head])]
        return said[0].lower() + said[1:] if first.tag in ("DT", "PRP$") else said
    return ""


def _named(asked: str, names: Names) -> str:
    """Return the only name of a question that does not ask for one; empty where it has none."""
    if _asks_for_thing(question_tree(asked)):
        return ""
    spans = names.subjects(asked) or names.names(asked)
    return spans[0].of(asked) if len(spans) == 1 else ""


def _asks_for_thing(parse: Parse) -> bool:
    """Tell whether a question asks for a thing, which a pronoun after it may mean."""
    return any(token.tag in ("WDT", "WP") and token.dep != "mark" for token in parse.tokens)
