"""The keys of the site: whatever is signed, hashed or encrypted under a key is made here, for a `Purpose`.

The present key (`SECRET_KEY`) makes; it and the former ones (`SECRET_KEY_FALLBACKS`) are accepted, so that a key can be
changed. No other module reads these settings or signs anything, and each purpose is tried under a new key
(tests/security/test_keys.py).
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from itsdangerous import BadSignature, Serializer, Signer, TimestampSigner, URLSafeSerializer


class Purpose(StrEnum):
    """What a key is for; the value keeps what is made for it apart from all the rest."""

    # Signed by Flask, Flask-WTF and Flask-Security, each with the keys that it is given here.
    SESSION = "cookie-session"
    FORM = "wtf-csrf-token"
    CONFIRMATION = "confirm"
    RESET = "reset"
    NEW_ADDRESS = "change_email"
    SECOND_FACTOR_SETUP = "two_factor_setup"
    # Signed, hashed or encrypted by us.
    UNSUBSCRIBING = "unsubscribe mails"
    RESUMING = "unsubscribe again"
    PAGE_TIME = "form"
    QUEUE = "queue"
    LIMIT = "limit"
    KNOWN_BROWSER = "known browser"
    AUTHENTICATOR = "authenticator"
    REGISTRATION = "registration at a meeting"
    PASS = "pass of a forum"
    DAY_CODE = "code of the day at a forum"
    # Only read: what versions before these made.
    OLD_PASSWORD = "password"
    OLD_RECOVERY_CODE = "recovery"


@dataclass(frozen=True, repr=False)
class Keys:
    """The present key, and the former ones that are still accepted. No log prints them."""

    present: str
    former: tuple[str, ...] = ()

    @property
    def newest_first(self) -> list[str]:
        return [self.present, *self.former]

    @property
    def _oldest_first(self) -> list[str]:
        """The order of itsdangerous, which signs with the last."""
        return self.newest_first[::-1]

    def sign(self, purpose: Purpose, content: bytes) -> bytes:
        return Signer(self._oldest_first, salt=purpose).sign(content)

    def unsign(self, purpose: Purpose, signed: bytes) -> bytes | None:
        """Return what was signed for this purpose; None for what was not signed, or under a key that is not known."""
        try:
            return Signer(self._oldest_first, salt=purpose).unsign(signed)
        except BadSignature:
            return None

    def stamp(self, purpose: Purpose, text: str) -> str:
        """Sign a text with the present time."""
        return TimestampSigner(self._oldest_first, salt=purpose).sign(text).decode()

    def read_stamp(self, purpose: Purpose, stamped: str) -> tuple[str, datetime] | None:
        """Return the text and its time; None for a stamp that is not ours."""
        try:
            text, at = TimestampSigner(self._oldest_first, salt=purpose).unsign(stamped, return_timestamp=True)
        except BadSignature:
            return None
        return text.decode("utf-8", "replace"), at

    def write_token(self, purpose: Purpose, value: Any) -> str:
        """Write a value as a signed text, for an address or a form."""
        return str(URLSafeSerializer(self._oldest_first, salt=purpose).dumps(value))

    def read_token(self, purpose: Purpose, token: str) -> Any:
        """Return the value of a token; None for one that is not ours."""
        try:
            return URLSafeSerializer(self._oldest_first, salt=purpose).loads(token)
        except BadSignature:
            return None

    def digests(self, purpose: Purpose, text: str) -> list[str]:
        """Hash a text under each key, the present one first: what is looked for among hashes that were kept."""
        return [_digest(key, purpose, text) for key in self.newest_first]

    def old_password_words(self, password: str) -> list[str]:
        """Return what versions that hashed passwords under a key gave to argon2, for each key."""
        return [
            base64.b64encode(hmac.digest(key.encode(), password.encode(), "sha512")).decode()
            for key in self.newest_first
        ]

    def by_mark(self) -> dict[str, str]:
        """Return the keys that encrypt secrets of authenticators, each under its mark; the first is the present one."""
        return {mark(key): key for key in self.newest_first}

    def give_to_forms(self, config: Any) -> None:
        """Have Flask-WTF know the former keys, as Flask does by itself."""
        config["WTF_CSRF_SECRET_KEY"] = self._oldest_first

    def give_to_serializers(self, library: object) -> None:
        """Have Flask-Security sign with the present key: it would sign with the oldest."""
        for serializer in vars(library).values():
            if isinstance(serializer, Serializer):
                serializer.secret_keys = [key.encode() for key in self._oldest_first]


def get_keys(config: Mapping[str, Any]) -> Keys:
    """Return the keys of these settings."""
    return Keys(config["SECRET_KEY"], tuple(config["SECRET_KEY_FALLBACKS"] or ()))


def mark(key: str) -> str:
    """Name a key without telling it: what is kept beside what it encrypted, and of the key of a database."""
    return hashlib.sha256(f"tag:{key}".encode()).hexdigest()[:12]


def _digest(key: str, purpose: Purpose, text: str) -> str:
    return hmac.new(key.encode(), f"{purpose}:{text}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
