"""Requests as nobody should send them to a Slack bot; all of a case follows from its number."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.ui.slack.fake import Kind, Payload
from tests.ui.slack.fake.payloads import challenge
from tests.ui.slack.mutations import mutated

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
HUGE = 2**20
"""Bytes beyond which a body is not read."""
_TYPES = (
    JSON, FORM, "text/plain", "", "multipart/form-data; boundary=x", "application/json; charset=x",
    "application/xml", "Ü/ü", "a" * 5_000, ";", "application/JSON;;", FORM + "; charset=utf-16",
)  # fmt: skip
_WHOLE = ("", "{", "null", "[]", "[1]", '"x"', "1", "NaN", "payload=", "payload={", "payload=[]",
          "payload=1", "a=b", "&&&", "=", "%", "%ff=%00", "ssl_check=1", "token=x&ssl_check=1",
          "{}" * 9, '{"type": "url_verification"}', '{"type": 1, "event": 1}',
          '{"authorizations": 1}', '{"authorizations": [1]}', '{"event": {"type": []}}',
          '{"team": 1, "user": 1}', '{"enterprise": 1}', '{"view": 1}', '{"function_data": 1}',
          '{"a": ' + "9" * 5_000 + "}")  # fmt: skip
"""Bodies that are of no shape at all."""


@dataclass(frozen=True, slots=True)
class Case:
    """One request."""

    number: int
    body: bytes
    content_type: str
    signature: str
    """By which way it is signed: `right`, or a name that tells what is wrong."""

    def headers(self, secret: str) -> list[tuple[bytes, bytes]]:
        """Return its headers; the time of the signature is now, or as far from it as it is to."""
        kind = self.content_type.encode("latin-1")
        return [(b"Content-Type", kind), *SIGNATURES[self.signature](secret.encode(), self.body)]


def cases(numbers: range, shapes: list[Payload], signed: bool) -> Iterator[Case]:
    """Yield the cases of some numbers, all of them rightly signed or none."""
    for number in numbers:
        chance = random.Random(number)
        body, content_type = _body(chance, shapes)
        if chance.random() < 0.1:
            content_type = chance.choice(_TYPES)
        wrong = chance.choice([name for name in SIGNATURES if name != RIGHT])
        yield Case(number, body, content_type, RIGHT if signed else wrong)


def _body(chance: random.Random, shapes: list[Payload]) -> tuple[bytes, str]:
    shape = chance.choice(shapes)
    match chance.randrange(20):
        case 0 | 1:
            return shape.encoded().encode(), shape.content_type
        case 2:
            return chance.choice(_WHOLE).encode(), chance.choice((JSON, FORM))
        case 3:
            return _nested(chance), chance.choice((JSON, FORM))
        case 4 | 5:
            return _cut(chance, shape.encoded().encode()), shape.content_type
        case 6:
            return _encoded(chance, shape.encoded()), shape.content_type
        case 7 if chance.random() < 0.2:
            return b"a" * (HUGE + 1), shape.content_type
    return _mutated(chance, shape, shapes)


def _mutated(chance: random.Random, shape: Payload, shapes: list[Payload]) -> tuple[bytes, str]:
    """Take out parts at any depth, or replace them by odd values or parts of other shapes."""
    body = mutated(chance, shape.body, [other.body for other in shapes])
    if shape.kind is Kind.COMMAND:
        flat = {name: str(value) for name, value in body.items()}
        return urlencode(flat, errors="surrogatepass").encode(), FORM
    return Payload(shape.kind, body).encoded().encode(), shape.content_type


def _nested(chance: random.Random) -> bytes:
    deep = chance.choice((50, 900, 1_100, 5_000, 100_000))
    inner = chance.choice(('{"event":', "[", '{"a":[', '{"type":"event_callback","event":'))
    if chance.random() < 0.5:
        deep = min(deep, HUGE // len(inner) - 1)
    nested = inner * deep
    return (("payload=" + nested) if chance.random() < 0.3 else nested).encode()


def _cut(chance: random.Random, body: bytes) -> bytes:
    """Cut a piece out of a body, or put bytes or itself into it."""
    start = chance.randrange(len(body) + 1)
    end = min(len(body), start + chance.choice((0, 1, 10, len(body))))
    piece = chance.choice((b"", b"\x00", b"\xff\xfe", b'"', b"\\", body, b"\xf0\x9f", b"%"))
    return body[:start] + piece + body[end:]


def _encoded(chance: random.Random, body: str) -> bytes:
    match chance.randrange(4):
        case 0:
            return body.encode(chance.choice(("utf-16", "utf-32", "utf-16-be", "cp037", "utf-7")))
        case 1:
            return b"\xef\xbb\xbf" + body.encode()
        case 2:
            return gzip.compress(body.encode(), mtime=0)
    return chance.randbytes(chance.choice((1, 20, 5_000)))


Headers = list[tuple[bytes, bytes]]
_TIME, _SIGN = b"X-Slack-Request-Timestamp", b"X-Slack-Signature"
RIGHT = "right"


def _signed(secret: bytes, body: bytes, stamp: bytes | None = None, age_s: float = 0) -> Headers:
    stamp = str(int(time.time() - age_s)).encode() if stamp is None else stamp
    made = hmac.new(secret, b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
    return [(_TIME, stamp), (_SIGN, b"v0=" + made.encode())]


def _changed(change: Callable[[bytes], bytes]) -> Callable[[bytes, bytes], Headers]:
    """Return a way to sign that changes the right signature."""

    def signed(secret: bytes, body: bytes) -> Headers:
        stamp, (name, value) = _signed(secret, body)
        return [stamp, (name, change(value))]

    return signed


SIGNATURES: dict[str, Callable[[bytes, bytes], Headers]] = {
    RIGHT: _signed,
    "none": lambda _, __: [],
    "no time": lambda secret, body: _signed(secret, body)[1:],
    "no signature": lambda secret, body: _signed(secret, body)[:1],
    "other secret": lambda secret, body: _signed(secret[::-1], body),
    "empty secret": lambda _, body: _signed(b"", body),
    "other body": lambda secret, body: _signed(secret, body + b" "),
    "old": lambda secret, body: _signed(secret, body, age_s=301),
    "older": lambda secret, body: _signed(secret, body, age_s=10**9),
    "future": lambda secret, body: _signed(secret, body, age_s=-310),
    "empty time": lambda secret, body: _signed(secret, body, b""),
    "no number": lambda secret, body: _signed(secret, body, b"now"),
    "fraction": lambda secret, body: _signed(secret, body, b"1e9"),
    "infinite": lambda secret, body: _signed(secret, body, b"inf"),
    "long time": lambda secret, body: _signed(secret, body, b"9" * 5_000),
    "other digits": lambda secret, body: _signed(secret, body, "١٧".encode()),
    "odd digits": lambda secret, body: _signed(secret, body, b"\xb2\xb3\xb9"),
    "empty": _changed(lambda _: b""),
    "short": _changed(lambda value: value[:-1]),
    "long": _changed(lambda value: value + b"0"),
    "upper": _changed(bytes.upper),
    "other version": _changed(lambda value: b"v1" + value[2:]),
    "not ASCII": _changed(lambda value: value[:-2] + "é".encode()),
    "all ones": _changed(lambda _: b"v0=" + b"1" * 64),
    "a second one": lambda secret, body: [(_SIGN, b"v0=" + b"1" * 64), *_signed(secret, body)],
}
"""Ways to sign, by what they are."""


def shapes_of(payloads: list[Payload], names: dict[str, str]) -> list[Payload]:
    """Return payloads, and the first one of an address, with names in place of others."""
    shaped = []
    for payload in payloads:
        text = json.dumps(payload.body)
        for old, new in names.items():
            text = text.replace(f'"{old}', f'"{new}').replace(f"@{old}>", f"@{new}>")
        shaped.append(Payload(payload.kind, json.loads(text)))
    return [*shaped, challenge("word")]
