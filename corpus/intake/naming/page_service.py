"""Which service a page is about, and who published it, by what it says and where it lies.

Nothing is guessed: a name counts where the page says outright that it is for that service, or
where its title and its sentences both speak of it as of one thing. Names are told by their
capitals and by what they do in sentences; no service is known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import urlsplit

from corpus.intake.naming.linked_host import (
    as_written,
    hosts_linked,
    leads_to_one,
    most_linked,
)

_READ = 60_000
"""Code points of a text that are looked through."""
_CAPITAL = r"(?:[A-Z][\w&+]*(?:[.’'-][A-Z]\w*)*|[a-z]{1,3}[A-Z]\w+|[A-Z]?\d+[A-Z]\w*)"
_JOINT = r"(?:in|for|of|&)"
_JOINTS = frozenset(("in", "for", "of", "&"))
_PHRASE = re.compile(
    rf"(?<![\w.]){_CAPITAL}(?: (?:{_JOINT} )?(?:{_CAPITAL}|\d{{1,4}}(?![\w.,%]))){{0,5}}"
)
_WORD = re.compile(r"[\w&+.’'-]+")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_COMMON = frozenset(
    "a about access account accounts activity additional addendum administration administrator "
    "administrators advice agreement all also an and annex annual any appendix applicable are "
    "area areas article as at availability available backup backups basic billing boundary by "
    "certification checklist client clients cloud commitment commitments common company compliance "
    "conditions configuration consent contact content contents contract controller cookie copy "
    "country customer customers data database date datacenter default definitions deletion "
    "description details device devices disaster document documentation documents does eu european "
    "example exceptions faq faqs feature features file files for free frequently from gdpr general "
    "geographies geography getting global glossary governance guide handling help hipaa home host "
    "hosted hosting how i if important in info information infrastructure instance introduction is "
    "iso it its keeping key keys last law laws legal level list local location locations log logs "
    "logging management may metadata more movement multi my network networks new no note notes "
    "notice of on online only operations option options or organization our overview page pages "
    "parties party path permissions personal place places plan plans platform platforms please "
    "policies policy premium preview pricing privacy procedure processing processor product "
    "products protection public question questions records recovery redundancy region regional "
    "regions related release replication report request requirements residency resource resources "
    "responsibility retention rights safety schedule scope section security see selection service "
    "services set settings site sites sla soc software standard start statement status steps "
    "storage stored sub subprocessor subprocessors support supported switzerland system systems "
    "table task team tenant term terminology terms that the their there these they third this time "
    "tip title to tool tools transfer transfers transparency type types uk url us use user users "
    "using version versions warning we web what when where which who why will with workspace you "
    "your yes january february march april may june july august september october november "
    "december monday tuesday wednesday thursday friday saturday sunday q none not authorized "
    "authorised affiliate affiliates exporter importer supervisory authority state member union "
    "europe asia africa america pacific north south east west central united kingdom states "
    "annexes clauses clause principal schedules effective whereas subject agreed measures "
    "technical organizational organisational regulation directive act commission council "
    "parliament regulations standards order api apis cli sdk sdks http https json id ids faqs "
    "description draft drafts attachments comments messages invoices sub-processors sub-processor "
    "sign-up add-on tou tos msa eula dpa dpas mfa sso".split()
)
"""Words that name no service by themselves, whatever their capitals."""
_TURN = frozenset(
    "data residency storage location locations region regions regional retention hosting hosted "
    "site sites supported availability geographies geography processing movement redundancy "
    "routing keeping keep security privacy where faq faqs overview subprocessors sub-processors "
    "subprocessor terms service services statement policy addendum agreement notice handling "
    "residence sovereignty backup backups replication transfers transfer documentation compliance "
    "message messages edge personal customer customers and across is".split()
)
"""Words of a title after its service: "Kestrel Mail data locations"."""
_EXPLICIT = (
    re.compile(
        r"\b(?:given|made|issued|valid|prepared|applies|apply|written|provided|holds) "
        r"(?:only )?(?:for|to|by|about) the (?:cloud |online |hosted |managed )?"
        r"(?:service|product|platform|application|app)s? [\"“'‘]?(?P<name>"
        + _PHRASE.pattern + r")"
    ),
    re.compile(
        rf"\b(?:[Ss]ervice|[Pp]roduct|[Pp]latform|[Aa]pplication) [\"“](?P<name>{_PHRASE.pattern})"
        r"[\"”]"
    ),
    re.compile(
        rf"(?P<name>{_PHRASE.pattern}),? ?\((?:[\w ,]{{0,30}})?[\"“]?(?:the )?[\"“]?"
        r"(?:Cloud |Online )?(?:Services?|Product|Platform|Application)[\"”]\)"
    ),
    re.compile(
        r"[\"“](?:the )?(?:Cloud |Online )?(?:Services?|Product|Platform)[\"”]\*{0,2} "
        rf"(?:means|is|refers to) (?:the )?(?P<name>{_PHRASE.pattern})"
    ),
    re.compile(
        r"^\W{0,6}(?:name of the )?(?:service|product|application)(?: name| concerned| covered)?"
        r"\W{0,4}: ?\W{0,4}(?P<name>\w[^\n|;]{1,70}?)[\s*_.|]*$",
        re.I | re.M,
    ),
)  # fmt: skip
_EXPLICIT_LENGTH = 6000
"""Code points at the head of a text where it says outright for what it is."""
_TITLE_END = re.compile(r"\b(?:in|for|of|by|with|on|at) (?:the |your )?(?P<name>.+)$")
_TITLE_COLON = re.compile(r"(?P<name>[^:]{2,60}?)(?::| [-–—]) \S")
_TITLE_WHERE = re.compile(
    r"(?:where|how|what|which)(?: data)?(?: does| do| is| are)? (?P<name>.+?) "
    r"(?:stores?|process(?:es)?|keeps?|handles?|saves?|holds?|hosts?|uses?|protects?|runs?|"
    r"collects?|sends?|transfers?|replicates?|manages?)\b",
    re.I,
)
_VERB = (
    r"(?:[’']s\b|(?: \([^()]{1,60}\))? (?:is|are|was|has|does|do|can|cannot|may|must|will|stores?|"
    r"keeps?|processes|holds?|runs?|uses?|offers?|provides?|hosts?|handles?|saves?|sends?|"
    r"collects?|complies|supports?|replicates?|transfers?|encrypts?|deletes?|solves?|helps?|lets?|"
    r"allows?|determines?|defines?|publishes|caches?|moves?|engages?|operates?|consists?|"
    r"requires?|receives?|globally|automatically|also|only|never|always|currently)\b)"
)
_PLACED = re.compile(
    r"(?:\b(?:in|at|to|from|into|near|within|outside|between|and|or)|,|\|) $|[(]$", re.I
)
"""What stands before the names of places, and of others in a row."""
_HOSTS: Mapping[str, str] = {
    "amazon.com": "Amazon Web Services", "aws.com": "Amazon Web Services",
    "amazonaws.com": "Amazon Web Services", "cloud.google.com": "Google Cloud",
    "azure.com": "Microsoft", "office.com": "Microsoft", "microsoft.com": "Microsoft",
}  # fmt: skip
"""Who publishes on hosts that do not bear their name."""
_OTHERS_PAGES = frozenset(
    "github.com githubusercontent.com gitlab.com github.io gitlab.io readthedocs.io "
    "readthedocs.org "
    "bitbucket.org pages.dev netlify.app vercel.app gitbook.io notion.site notion.so "
    "atlassian.net sharepoint.com wordpress.com blogspot.com medium.com web.archive.org "
    "archive.org zendesk.com herokuapp.com googleusercontent.com example.com".split()
)
"""Hosts on which anybody publishes."""
_SECOND_LEVEL = frozenset("co com org net gov gouv ac edu govt gob".split())
_HOST = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|cloud|ai|app|eu|uk|de|fr|ch|at|nl|se|no|fi|dk|us|"
    r"ca|au|nz|jp|in|be|es|it|pl|ie|gov|edu|tech|software|info)"
)
_TAILS = frozenset(
    "authorised authorized collects customers data processes production service services team "
    "users".split()
)
"""Words behind a name, capitals or not, that are no part of it where it also stands alone."""
_AUXILIARIES = frozenset(
    "am are can could did do does had has have is may might must shall should was were will "
    "would".split()
)
"""Words that begin a question before a name: "Can I", "Does Kestrel Mail"."""
_STARTING = frozenset("the our your this using use with both unlike while since as and but".split())
"""Words that begin a sentence before a name."""
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})")
_SHORT = 2
"""Letters of a name that may be in any host by chance."""
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_COUNTRY_WORDS = frozenset(
    "united south north new saudi sri costa el czech hong european great puerto san papua".split()
)
"""First words of countries' names: data may be for people there, which is no service."""
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright)\s*(?:©\s*)?"
    r"(?:\d{4}\s*(?:[-–]\s*(?:\d{4}|[Pp]resent)\s*)?)?,?\s*(?:by )?"
    r"(?P<name>[A-Z][\w&’'-]*(?:\.\w+)*(?: [A-Z&][\w&’'-]*(?:\.\w+)*){0,4})"
)


@dataclass(frozen=True)
class Speech:
    """A page as names of services are looked for in it."""

    title: str
    """Without what its site adds."""
    text: str
    others: tuple[str, ...] = ()
    """Further titles: its heading, that of its site, a description."""

    @cached_property
    def read(self) -> str:
        """The text without titles, and without mark-up that stands within names."""
        body = _FRONT.sub("", self.text[:_READ], count=1)
        plain = re.sub(r"\[([^\[\]\n]{1,200})\]\([^()\s]{0,500}\)", r"\1", body)
        plain = re.sub(r"\*\*|__|`|\\(?=[-().])", "", plain)
        titles = {title.lower() for title in (self.title, *self.others)}
        lines = (
            "" if line.startswith("#") or line.strip().lower() in titles else line
            for line in plain.splitlines()
        )
        return "\n".join(lines)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each phrase of capitals stands in the text, parts of phrases included."""
        return _counted(self.read)

    def acts(self, name: str) -> int:
        """Return how often a name begins a sentence in which it does something, or owns it."""
        found = re.compile(rf"(?<![\w.]){re.escape(name)}{_VERB}")
        return sum(
            not _PLACED.search(self.read[max(0, match.start() - 9) : match.start()])
            for match in found.finditer(self.read)
        )

    def serves(self, name: str) -> int:
        """Return how often a name stands as that of a service."""
        form = (
            rf"\b(?:using|use|by|with|via|through|of|for) {re.escape(name)}\b|"
            rf"\b(?:[Tt]he|[Yy]our|[Aa]n?) {re.escape(name)}\b|{re.escape(name)}"
            r"(?: Cloud)? (?:service|account|customer|user|organi[sz]ation|plan|data|instance|"
            r"administrator|workspace|tenant|project|resource|feature|SDK)s?\b"
        )
        return len(re.findall(form, self.read))

    def is_placed(self, name: str) -> bool:
        """Tell whether a name stands as a place does: after "in", or in a row of others."""
        if self.acts(name):
            return False
        every = list(re.finditer(rf"(?<![\w.]){re.escape(name)}(?!\w)", self.read))
        placed = sum(
            _PLACED.search(self.read[max(0, match.start() - 9) : match.start()]) is not None
            for match in every
        )
        return 2 * placed > len(every)

    def is_word(self, name: str) -> bool:
        """Tell whether a name is but a noun: the text has it in lower case as well."""
        plain = {name.lower(), f"{name[:-1]}s" if name[:-1].isupper() else name.lower()}
        low = sum(
            len(re.findall(rf"(?<![\w./@-]){re.escape(one)}(?![\w./@-])", self.read))
            for one in plain
            if one != name
        )
        least = 1 if " " in name else 4
        return least * low >= self.counts.get(name, 0) > 0

    def is_used_plainly(self, word: str) -> bool:
        """Tell whether the text has a word in lower case, too."""
        return word.lower() in self._low

    @cached_property
    def _low(self) -> frozenset[str]:
        return frozenset(re.findall(r"(?<![\w./@-])[a-z]+(?![\w./@-])", self.read))

    def is_surname(self, name: str) -> bool:
        """Tell whether a name mostly stands behind another: "Ada Lovelace"."""
        behind = re.findall(rf"(?<=[a-z] ){re.escape(name)}(?!\w)", self.read)
        led = re.findall(rf"(?<![\w.])([A-Z][a-z]+) {re.escape(name)}(?!\w)", self.read)
        led = [word for word in led if not _is_common(word) and word.lower() not in _STARTING]
        return " " not in name and 2 * len(led) > max(len(behind), 1)

    @cached_property
    def writes_to(self) -> frozenset[str]:
        """Names of the hosts of the mail addresses in the text, without dots and endings."""
        hosts = (host.split(".") for host in _MAIL.findall(self.text[:_READ]))
        return frozenset(host[-2].lower() for host in hosts if len(host) > 1)

    def is_host(self, name: str) -> bool:
        """Tell whether readers are told to write to somebody of that name."""
        plain = re.sub(r"[^a-z0-9]", "", name.lower())
        return len(plain) > _SHORT and any(
            plain in host or host in plain for host in self.writes_to
        )

    def is_named_within(self, name: str) -> bool:
        """Tell whether a word has its capital where no sentence begins."""
        return re.search(rf"[a-z,] {re.escape(name)}(?!\w)", self.read) is not None


def service_of(page: Speech, stated: str = "", stem: str = "") -> str:
    """Return the service that a page is about; empty where it does not show.

    `stated` is what its front matter calls the service, `stem` the name of its file.
    """
    if stated and not _SLUG.fullmatch(stated):
        return stated
    explicit = _explicit(page)
    if explicit:
        return explicit
    spelt = _spelt(page, stated) if stated else ""
    told = _titled(page) or _spelt_in_file(page, stem) or _subject(page)
    return spelt or _without_tail(page, told) or _of_file(page, stem) or stated


def _without_tail(page: Speech, name: str) -> str:
    """Return a name without a common word behind it, where the text has it alone as well."""
    head, _, tail = name.rpartition(" ")
    if not head or _is_common(head) or tail.lower() not in _TAILS:
        return name
    alone = page.counts.get(head, 0) - page.counts.get(name, 0)
    return head if alone > page.counts.get(name, 0) else name


def publisher_of(page: Speech, source: str, folders: Iterable[str], site: str) -> str:
    """Return who published a page: by its address, its folders, its site's name, its foot."""
    hosts = [urlsplit(source).hostname or "", *(one for one in folders if _HOST.fullmatch(one))]
    for host in hosts:
        name = _of_host(page, host.lower())
        if name:
            return name
    if site and not _is_common(site):
        return site
    foot = _COPYRIGHT.search(page.text[-1500:])
    if foot and not _is_common(foot["name"]):
        return foot["name"].rstrip(".")
    read = page.text[:_READ]
    labels = [label for host in hosts_linked(read) if (label := _label_of(host))]
    label = most_linked(labels)
    written = as_written(label, _phrases(read)) if label else ""
    return written or (label.capitalize() if leads_to_one(labels) else "")


def _explicit(page: Speech) -> str:
    head = page.read[:_EXPLICIT_LENGTH]
    for form in _EXPLICIT:
        found = form.search(head)
        name = _trimmed(found["name"]) if found else ""
        if name and not _is_common(name):
            return name
    return ""


def _spelt(page: Speech, slug: str) -> str:
    """Return the name that a slug stands for, as the page writes it."""
    wanted = re.sub(r"[-_]", " ", slug)
    named = [
        (name, count)
        for name, count in (_counted(f"{page.title}\n{page.read}")).items()
        if name.lower() == wanted or name.lower().endswith(f" {wanted}")
    ]
    return max(named, key=lambda one: (one[1], len(one[0])))[0] if named else ""


def _titled(page: Speech) -> str:
    """Return the service that the title names, of several the one that the text speaks of most."""
    candidates: dict[str, bool] = {}
    for title in (page.title, *page.others):
        for name in _of_title(title):
            candidates.setdefault(name, title == page.title)
    best, score = "", 0.0
    for name, is_own in candidates.items():
        if not _is_told(page, name, is_own=is_own):
            continue
        told = 2.0 * page.acts(name) + page.serves(name) + 0.5 * page.counts.get(name, 0)
        told += 0.8 * len(name.split()) + is_own
        if told > score:
            best, score = name, told
    return best


def _is_told(page: Speech, name: str, *, is_own: bool) -> bool:
    """Tell whether the text speaks of a name of a title as of a service, or the title alone shows
    that it is one.
    """
    if page.is_placed(name) or not _is_one(page, name):
        return False
    if page.counts.get(name):
        return True
    # What is no name by its letters is one where the text uses it so.
    lettered = not any(word.islower() for word in name.split())
    used = page.acts(name) > 0 or page.serves(name) > 0
    return is_own and (lettered or used) and _is_title_shape(page.title, name)


def _of_title(title: str) -> Iterator[str]:
    """Yield what may be the service in a title."""
    bare = re.sub(r"\s*\([^()]*\)", "", title)
    for form in (_TITLE_COLON, _TITLE_WHERE, _TITLE_END):
        found = form.search(bare)
        if found:
            yield from _names(found["name"], whole=form is not _TITLE_COLON)
    words = bare.split()
    turn = next((at for at, word in enumerate(words) if word.lower() in _TURN), 0)
    yield from _names(" ".join(words[:turn]), whole=True)
    for phrase in _phrases(bare):
        yield from _names(phrase)


def _names(said: str, *, whole: bool = False) -> Iterator[str]:
    """Yield a name if it is one; `whole` allows for words without capitals after the first."""
    name = _trimmed(said)
    words = name.split()
    if not words or _is_common(name) or len(words) > 6 or name in _countries():
        return
    capitals = sum(word[:1].isupper() or any(map(str.isupper, word)) for word in words)
    joints = sum(word in _JOINTS for word in words)
    if capitals + joints == len(words) or (whole and len(words) == 2 and words[0][:1].isupper()):
        yield name


@cache
def _countries() -> frozenset[str]:
    """Return the names of countries and continents, which title pages and are no services."""
    # Loaded where a title is read: it costs whoever only asks.
    from babel import Locale

    return frozenset(Locale("en").territories.values())


def _is_one(page: Speech, name: str) -> bool:
    """Tell whether a name is one thing: not a mere word, nor two names with a word between."""
    if _JOINTS & set(name.split()):
        return page.acts(name) > 0
    if " " in name or not (name[1:].islower() or name.isupper()):
        return not page.is_word(name)
    if page.is_word(name):
        return False
    acts = page.acts(name)
    served = acts > 0 and page.serves(name) > 0 and not name.isupper()
    return page.is_named_within(name) and (acts > 1 or served)


def _is_title_shape(title: str, name: str) -> bool:
    """Tell whether a title alone shows a service: it begins with it or is of or for it."""
    before, _, after = title.partition(name)
    if not before.strip():
        turn = after.lstrip(" :–—-").split()
        return (bool(turn) and len(name.split()) > 1) or after[:1] == ":"
    words = name.split()
    plain = len(words) == 1 and name[1:].islower()
    named = not plain and words[0].lower() not in _COUNTRY_WORDS
    return (
        named and not after.strip() and re.search(r"\b(?:of|for|by) (?:the )?$", before) is not None
    )


def _subject(page: Speech) -> str:
    """Return the name that most sentences speak of as of one that does things."""
    best, score = "", (False, 0.0)
    frequent = Counter({n: c for n, c in page.counts.items() if not _is_common(n)})
    defined = set(re.findall(r"[\"“](?:\*\*)?([A-Z][\w ]{1,40}?)(?:\*\*)?[\"”]", page.read))
    for name, count in frequent.most_common(60):
        acts, serves, host = page.acts(name), page.serves(name), page.is_host(name)
        used = host or (acts > 0 and (acts + serves > 1 or count > 2))
        if name in defined or not used or page.is_placed(name) or page.is_surname(name):
            continue
        if " " in name and all(page.is_used_plainly(word) for word in name.split()):
            continue
        if not (_is_one(page, name) or (host and not page.is_word(name))):
            continue
        told = 2.0 * acts + serves + 0.1 * count
        # A name within a longer one that is used as often is not the whole of it; whose mail
        # addresses the page gives is what it is about, and others are only mentioned.
        longer = best and acts and f" {best} " in f" {name} " and told >= 0.5 * score[1]
        if (host, told) > score or longer:
            best, score = name, max((host, told), score)
    return best


def _spelt_in_file(page: Speech, stem: str) -> str:
    """Return the name of several words that the name of a file begins with, as the text writes it:
    "kestrel-mail-faq" of a page that speaks of "Kestrel Mail".
    """
    words = [word for word in re.split(r"[\W_]+", stem.lower()) if word]
    written = {name.lower(): name for name in page.counts}
    for length in range(min(len(words) - 1, 4), 1, -1):
        name = written.get(" ".join(words[:length]), "")
        if name and not _is_common(words[0]) and _is_one(page, name):
            return name
    return ""


def _of_file(page: Speech, stem: str) -> str:
    """Return the service that the name of a file begins with, where the text knows the word."""
    words = [word for word in re.split(r"[\W_]+", stem) if word]
    turn = next((at for at, word in enumerate(words) if word.lower() in _TURN), 0)
    if not 0 < turn <= 3 or _is_common(words[0]):
        return ""
    known = {name.lower(): name for name in page.counts if " " not in name}
    if words[0].lower() not in known:
        return ""
    return " ".join(known.get(word.lower(), word.capitalize()) for word in words[:turn])


def _counted(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for phrase in _phrases(text):
        words = phrase.split()
        for start in range(min(len(words), 4)):
            for end in range(start + 1, len(words) + 1):
                part = _trimmed(" ".join(words[start:end]))
                if len(part.split()) == end - start:
                    found[part] += 1
    return found


def _phrases(text: str) -> Iterator[str]:
    return (match[0] for match in _PHRASE.finditer(text))


def _trimmed(name: str) -> str:
    """Return a name without common words and marks at its ends that are no part of it."""
    words = name.strip(" \t*_\"“”'‘’.,;:()[]").split()
    while words and words[0].lower() in (
        "the", "your", "our", "a", "an", "this", "where", "in", "for", "of", "by", "on", "&",
        "how", "what", "when", "if", "with", "and", "all", "use", "using", *_AUXILIARIES,
    ):  # fmt: skip
        words.pop(0)
    while words and words[-1].lower() in (
        "in", "for", "of", "by", "on", "&", "and", "faq", "faqs", "region", "regions", "overview",
        "is", "the", "subprocessors",
    ):  # fmt: skip
        words.pop()
    if words and words[-1].endswith(("’s", "'s")):
        words[-1] = words[-1][:-2]
    return " ".join(words)


def _is_common(name: str) -> bool:
    return all(word.lower() in _COMMON or not word[:1].isalpha() for word in _WORD.findall(name))


def _of_host(page: Speech, host: str) -> str:
    for ending in _endings(host):
        if ending in _OTHERS_PAGES:
            return ""
        if ending in _HOSTS:
            return _HOSTS[ending]
    if not _HOST.fullmatch(host.removeprefix("www.")):
        return ""
    label = _label_of(host)
    written = re.search(rf"(?<![\w.@/-]){re.escape(label)}(?![\w@/-]|\.\w)", page.read, re.I)
    if written and not written[0].islower():
        return written[0]
    return label.capitalize() if label not in _SECOND_LEVEL else ""


def _endings(host: str) -> Iterator[str]:
    labels = host.removeprefix("www.").split(".")
    return (".".join(labels[start:]) for start in range(len(labels) - 1))


def _label_of(host: str) -> str:
    """Return the label of a host that tells whose it is; empty where anybody publishes there."""
    labels = host.removeprefix("www.").split(".")
    if len(labels) < 2 or labels[-1].isdigit() or _OTHERS_PAGES & set(_endings(host)):
        return ""
    return labels[-3] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[-2]
