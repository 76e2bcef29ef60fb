"""Words: stems, and the concepts of the field that different words share.

The tables hold words of the language, never of one document.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SAME = """
store: store seat berth found storage keep kept hold held house host hosting reside locate location
    lie live rest sit remain stay place save write situate home maintain base lodge deposit
process: process handle compute calculate run operate analyse analyze execute work perform
serve: serve assign belong map go fall route come land get receive apply use answer
copy: copy replica replicate replication duplicate mirror synchronise synchronize standby
    twin second
backup: backup snapshot tape
cache: cache buffer
move: move relocate migrate migration relocation transfer shift carry travel transmit send sent
    dispatch pass leave go cross egress flow export forward ship push deliver transport hand
retain: retain retention keep kept hold held store preserve last stay available recoverable
delete: delete deletion erase erasure remove removal purge wipe destroy destruction shred scrub
    overwrite discard drop clear gone vanish disappear empty expire throw dispose
restore: restore recover recovery bring revive reopen return undo resume restart
fail: fail failure lose lost loss outage down unreachable unavailable dark accident disaster
decide: decide determine fix set choose chosen choice pick select derive follow depend base govern
    assign specify configure driven
change: change alter edit modify modification adjust update switch cut shorten lengthen vary
allow: allow permit let can may able possible enable grant consent authorise authorize approve
    approval entitle agree eligible free
require: require requirement need must demand necessary mandatory oblige obligation prerequisite
    minimum have shall condition
offer: offer sell sold available support provide supply exist open buy purchase include come
start: start begin commence open launch
end: end finish complete close closure terminate termination cancel cancellation stop lapse expire
    leave over conclude contract
view: view see read look check find show display print inspect access state tell open visible list
    confirm learn know lookup
show: show display appear report list print return contain
contain: contain part include cover consist comprise hold carry have list involve
encrypt: encrypt encryption encrypted scramble seal cipher
tell: tell inform notify notice announce announcement report hear
ask: ask request apply order demand write contact
person: person people individual human
staff: staff employee engineer personnel colleague operator team crew desk agent
admin: administrator admin administer owner manager steward founder
customer: customer client tenant organisation organization company member account subscriber user
    employer workspace you your who anyone everyone someone
country: country nation territory state
geography: geography geo region location zone area territory
signup: signup sign-up registration register enrol enroll subscribe provision join
signin: signin sign-in login log-in logon authenticate authentication
hosthall: hall datacenter datacentre site facility building center centre
mail: mail email e-mail message
phone: phone telephone mobile
picture: picture image photo photograph portrait
fee: fee charge cost price pay payment paid euro expense
free: free gratis
log: log journal trail record audit ledger history
make: make create creation generate produce build built establish add new
quick: quick fast immediate immediately
year: year yearly annual annually
day: day daily
week: week weekly
month: month monthly
hour: hour hourly
night: night nightly
global: global globally worldwide world everywhere anywhere
same: same identical equal
additional: additional extra further another more other also
former: former old previous
temporary: temporary temporarily interim currently provisional until meantime
planned: planned plan expect foresee foreseen due schedule scheduled
preview: preview beta trial prerelease pre-release
reason: reason because purpose due
part: part portion piece
nearest: nearest near closest close
small: small few
licence: licence license seat
command: command run cmdlet syntax
permission: permission role right scope
attach: attach attachment
use: use usage rely via through employ
connect: connect connection link integrate integration
respond: respond response answer reply
wait: wait queue
give: give gave given provide supply state enter type
vendor: subprocessor subcontractor supplier vendor partner provider firm company
incorrect: incorrect incorrectly wrong wrongly mistaken erroneously
question: question enquiry inquiry query complaint doubt request
document: document agreement contract
name: name call title
happen: happen occur take place
train: train training
public: public government authority
automatic: automatic automatically itself themselves
simultaneous: simultaneous time once moment
large: large big major
work: work function operate
pause: pause suspend hold freeze frozen
collect: collect gather fetch take read
prevent: prevent stop avoid block rule
assist: assist help support
transcribe: transcribe transcript transcription text
fulfil: comply compliant compliance meet
summary: summary summarise summarize
bank: bank payment
reseller: reseller partner
several: several multiple many
hand: hand pass give
recommend: recommend suggest encourage advise
main: main primary principal
effect: effect effective
exception: exception except unless apart
receipt: receipt certificate letter proof
"""

_OPPOSED = """
stay: stay remain keep kept | leave left depart exit egress
inside: inside within | outside beyond abroad elsewhere
possible: possible able permit allow allowed accept accepted | impossible unable forbid forbidden
    prohibit refuse reject deny block bar prevent suspend
available: available support supported offered | unavailable unsupported absent
enabled: on enable enabled activate | off disable disabled deactivate
included: include included cover covered | exclude excluded omit skip
before: before prior earlier beforehand | after afterwards later following
temporary: temporary temporarily interim | permanent permanently
automatic: automatic automatically | manual manually
nearest: nearest closest | farthest furthest
same: same identical | different separate distinct
readable: readable visible | unreadable invisible hidden masked
right: right correct correctly | wrong incorrect incorrectly
existing: existing | new
public: public | private
mandatory: must require required mandatory | optional
encrypted: encrypted | unencrypted plaintext
connected: online | offline
free: free gratis | cost charge charged fee price
kept: kept keep retain | discard delete erase
local: local locally | global globally worldwide
first: first | last second third
started: start begin commence | stop end cease
primary: primary | secondary satellite standby
active: active | passive inactive
sender: sender | recipient
source: source | target destination
"""

_FUNCTION = frozenset(
    """a an the this that these those it its they them their there here he she his her we our us you
    your i me my who whom whose which what where when while if unless as at by for from in into of
    off on onto out over to up with within without about after before between during through via
    per than then so and or but nor not no yes be is are was were been being am do does did done has
    have had having can could may might must shall should will would won ll ve re s t don doesn isn
    aren wasn can't cannot only just also too very much many more most less least some any all each
    every both either neither such same other another else own one ones how why because since
    though although however therefore thus hence whether until once even still already yet again
    ever never always often usually typically generally normally mostly currently now
    i.e e.g etc regardless whatever whichever wherever whoever like upon across against along
    around among apart except save provided whenever whereas instead rather respectively
    anything nothing something everything nobody nowhere none itself themselves yourself himself
    first""".split()
)

_NEUTRAL = frozenset(
    """data information content service customer document page according say state mean note name
    case thing kind type way specific particular certain relevant respective given set list item
    example follow make take do get go come give put let become turn apply concern relate regard
    product vendor provider organisation organization company firm user whether depend rule
    different separate actual direct full whole entire part number amount time moment point
    detail fact answer question statement use using used say says available possible able
    need require happen mean means there called named known also however otherwise simply
    already entirely altogether actually directly itself instead rather simply explicitly
    automatic automatically default normal normally ordinary ordinarily purpose option feature
    back under subject make made cause long instance enter continue count value take taken took
    single accept exceed total come various ahead apply concern involve appear treat consider act
    whole bring brought result occur happen place carry consider instead further additional extra
    keep remain still must should would outside inside within throughout during beforehand
    afterwards later earlier prior next new own yourself picture belong respective individual
    person people everyone anyone nobody none both rest others longer simply without unless
    originally originate sit go goes lead call look note remember important order ensure therefore
    locate location
    unable impossible addition additionally moreover furthermore likewise similarly respectively
    overall exactly altogether currently today list table row page entry article section passage
    contrast short thus hence accordingly namely besides correspond equal entry""".split()
)

_SUFFIXES = (
    "ability",
    "ables",
    "able",
    "ingly",
    "edly",
    "ings",
    "ing",
    "ies",
    "ied",
    "ion",
    "ally",
    "ed",
    "es",
    "ly",
)
_FORMS = {"used": "use", "using": "use"}
"""Forms that are too short for their endings to be taken off."""
_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([bcdfgmnprtv])\1$")


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the part of a word that its forms share."""
    word = word.lower().removesuffix("'s").removesuffix("'")
    word = _FORMS.get(word, word)
    once = _shorter(word)
    return _shorter(once) if once != word and once.endswith(("ion", "able")) else once


def _shorter(word: str) -> str:
    if len(word) <= 3:
        return word
    for suffix in _SUFFIXES:
        base = word.removesuffix(suffix)
        if base != word and len(base) >= 3 and _VOWEL.search(base):
            if suffix in ("ies", "ied"):
                return base + "i"
            base = _DOUBLED.sub(r"\1", base).removesuffix("e")
            return base[:-1] + "i" if base.endswith("y") and len(base) > 3 else base
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        return word[:-1] + "i"
    return word.removesuffix("e") if len(word) > 3 else word


def _same() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in re.split(r"\n(?=\S)", _SAME.strip()):
        name, _, members = line.partition(":")
        for word in members.split():
            found.setdefault(stem(word), set()).add(f"={name}")
    return {word: frozenset(names) for word, names in found.items()}


def _opposed() -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for line in re.split(r"\n(?=\S)", _OPPOSED.strip()):
        name, _, members = line.partition(":")
        for sign, half in zip((1, -1), members.split("|"), strict=True):
            for word in half.split():
                found.setdefault(stem(word), []).append((name, sign))
    return {word: tuple(pairs) for word, pairs in found.items()}


_ACTS = frozenset(
    f"={name}"
    for name in "store process copy backup cache move delete restore encrypt log train".split()
)
_CONCEPTS = _same()
_SIGNS = _opposed()
_NEUTRAL_STEMS = frozenset(stem(word) for word in _NEUTRAL)


@lru_cache(maxsize=16_384)
def concepts(word: str) -> frozenset[str]:
    """Return what a word may mean: its stem and the concepts of the field that it names."""
    base = stem(word)
    sides = {f"~{name}" for name, _ in _SIGNS.get(base, ())}
    bases = {base, base.removesuffix("at")} if len(base) > 6 else {base}
    if word.lower().startswith("re") and len(word) > 8:
        bases.add(stem(word[2:]))
    return _CONCEPTS.get(base, frozenset()) | bases | sides


def signs(word: str) -> tuple[tuple[str, int], ...]:
    """Return the oppositions that a word takes part in, and its side of each."""
    return _SIGNS.get(stem(word), ())


def in_field(word: str) -> bool:
    """Tell whether a word names what may happen to data."""
    return bool(_CONCEPTS.get(stem(word), frozenset()) & _ACTS)


def is_content(word: str) -> bool:
    """Tell whether a word says something by itself; "US" does, and "us" does not."""
    return word == "US" or (len(word) > 1 and word.lower() not in _FUNCTION)


def is_neutral(word: str) -> bool:
    """Tell whether a sentence may use a word that its passages do not use."""
    return stem(word) in _NEUTRAL_STEMS
