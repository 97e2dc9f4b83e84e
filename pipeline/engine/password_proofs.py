"""Passwords of locked PDFs, known again without being kept.

What is written down (in the cache, in ``build.json``) is made from a password slowly and with a salt, so that
whoever finds it cannot try out millions of guesses. A record that a password opened tells which one did: no
other build gets it, and the build that has the password reads no page again.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

SCRYPT_COST = 2**15
"""Of scrypt: a tenth of a second and 32 MB for each password of a build."""
_SALT_BYTES = 16


def new_salt() -> str:
    """A salt, as hexadecimal digits."""
    return os.urandom(_SALT_BYTES).hex()


@lru_cache(maxsize=64)
def seal_password(password: str, salt: str) -> str:
    """What may be written of a password beside its salt, as hexadecimal digits."""
    derived_key = hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=bytes.fromhex(salt),
        n=SCRYPT_COST,
        r=8,
        p=1,
        maxmem=2**27,
    )
    return derived_key.hex()


def password_proof(key: str, sha: str) -> str:
    """That a document's password was this one, told by its sealed form; another one for each document."""
    return hmac.new(bytes.fromhex(key), sha.encode(), hashlib.sha256).hexdigest()
