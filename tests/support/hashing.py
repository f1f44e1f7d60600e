"""Passwords under test: hashed and checked by the same calls, with the figures that are asked for but not their work."""

from typing import Any

from argon2 import low_level

_hash, _verify = low_level.hash_secret, low_level.verify_secret
LEAST = b"m=8,t=1,"
# What was really computed, by what is stored: the same, under the figures that were asked for.
_computed: dict[bytes, bytes] = {}


def lighten() -> None:
    """Compute each hash with the least memory and time; one that another process made is checked as it is."""
    low_level.hash_secret, low_level.verify_secret = hash_secret, verify_secret


def hash_secret(*, time_cost: int, memory_cost: int, **more: Any) -> bytes:
    computed = _hash(time_cost=1, memory_cost=8, **more)
    stored = computed.replace(LEAST, f"m={memory_cost},t={time_cost},".encode(), 1)
    _computed[stored] = computed
    return stored


def verify_secret(stored: bytes, secret: bytes, kind: low_level.Type) -> bool:
    return bool(_verify(_computed.get(stored, stored), secret, kind))
