"""Tokens, keys and passwords: what is kept of them, and how they are compared."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_PAD: Final = 512
_HASHER = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
# Hashing takes 19 MiB and 20 ms of a core: two at a time, however many people sign in at once.
_AT_ONCE = threading.Semaphore(2)
_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_token() -> str:
    """A fresh secret of 256 bits, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def fingerprint(token: str) -> str:
    """What we keep of a token: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def respondent_key(token: str, *, partnership_id: int) -> str:
    """What a respondent's sheets are found by; it is not stored, and without the token nobody can make it."""
    return hmac.new(token.encode(), f"partnership:{partnership_id}".encode(), hashlib.sha256).hexdigest()


def locked(plain: bytes, *, lock: bytes, name: str) -> bytes:
    """*plain* so that only *lock* opens it, under *name* alone; its length says little."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    framed = len(plain).to_bytes(4, "big") + plain
    return nonce + AESGCM(lock).encrypt(nonce, framed + bytes(-len(framed) % _PAD), name.encode())


def unlocked(kept: bytes, *, lock: bytes, name: str) -> bytes:
    """What was locked; ValueError if it isn't that, or was changed."""
    try:
        framed = AESGCM(lock).decrypt(kept[:_NONCE_BYTES], kept[_NONCE_BYTES:], name.encode())
    except InvalidTag as problem:
        raise ValueError("a kept copy doesn't open: it was changed, or the key is another one") from problem
    return framed[4 : 4 + int.from_bytes(framed[:4], "big")]


def new_room_code() -> str:
    """Eight characters without look-alikes (40 bits)."""
    return "".join(secrets.choice(_CROCKFORD) for _ in range(8))


def room_code_from(typed: str) -> str:
    """What a person meant who typed a room code: case, spaces, dashes and look-alikes are forgiven."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    return plain.translate(str.maketrans("OIL", "011"))


def room_door(code: str, *, round_id: int, key: bytes) -> str:
    """The secret in the address behind a room's QR code: 256 bits that last as long as the code does."""
    digest = hmac.new(key, f"xsector room door 1:{round_id}:{code}".encode(), hashlib.sha256).digest()
    return f"{round_id}-{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, found out in a time that doesn't tell how far they agree."""
    return hmac.compare_digest(one.encode(), other.encode())


def hashed(password: str) -> str:
    """The argon2id hash of *password*."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, *, stored: str) -> bool:
    """Whether *password* made the hash *stored*."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False
