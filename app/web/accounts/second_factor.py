"""The second factor: codes of an authenticator, each good once, and recovery codes of which only hashes are kept."""
import base64
import hashlib
import hmac
from typing import Any

import qrcode
from flask import Flask, current_app
from flask_security import MfRecoveryCodesUtil, Totp, UserMixin
from passlib.totp import TOTP, TotpMatch
from qrcode.image.svg import SvgPathFillImage

from app.accounts import queries
from app.accounts.models.people import User
from app.web.frame.session import end_other_sessions


def totp_secrets(app: Flask) -> dict[str, str]:
    """Return the keys that encrypt the secrets of authenticators, each under its tag; the first is the present one."""
    return {_tag(key): key for key in _keys(app)}


class OnceTotp(Totp):
    """Refuse a code that was used already, and know older keys of the site."""

    def __init__(self, secrets: dict[str, str], issuer: str):
        super().__init__(secrets, issuer)
        self._totp = TOTP.using(issuer=issuer, secrets=secrets, default_tag=next(iter(secrets)))

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Draw on white, so that a camera reads it on a dark page too."""
        image = qrcode.make(self.get_totp_uri(username, totp), image_factory=SvgPathFillImage)
        return "data:image/svg+xml;base64," + base64.b64encode(image.to_string()).decode()

    def get_last_counter(self, user: UserMixin) -> int | None:
        return queries.last_counter(user)

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        user.tf_last_counter = tmatch.counter


class HashedRecoveryCodes(MfRecoveryCodesUtil):
    """Show recovery codes once, when they are made; keep their hashes."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        end_other_sessions(user)
        return super().create_recovery_codes(user)

    def _encrypt_codes(self, codes: list[str]) -> list[str]:
        return [_hash(code, current_app.config["SECRET_KEY"]) for code in codes]

    def get_recovery_codes(self, user: UserMixin) -> list[str]:
        return []

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        return _index_of(user, code) is not None

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:
        index = _index_of(user, code)
        if index is None:
            return False
        user.mf_recovery_codes = [code_hash for n, code_hash in enumerate(user.mf_recovery_codes) if n != index]
        return True


def codes_left(user: User) -> int:
    """Count the recovery codes a person still has; 0 before they are signed in."""
    return len(getattr(user, "mf_recovery_codes", None) or ())


def _index_of(user: Any, code: str) -> int | None:
    """Return the index of a code among those left, or None.

    A person may type it in capitals, with spaces or without dashes.
    """
    characters = "".join(filter(str.isalnum, code)).lower()
    plain = "-".join(characters[start:start + 4] for start in range(0, len(characters), 4))
    hashes = {_hash(plain, key) for key in _keys(current_app)}
    return next((n for n, code_hash in enumerate(user.mf_recovery_codes or ()) if code_hash in hashes), None)


def _hash(code: str, key: str) -> str:
    return hmac.new(key.encode(), f"recovery:{code}".encode(), hashlib.sha256).hexdigest()


def _keys(app: Flask) -> list[str]:
    return [app.config["SECRET_KEY"], *(app.config.get("SECRET_KEY_FALLBACKS") or ())]


def _tag(key: str) -> str:
    return hashlib.sha256(f"tag:{key}".encode()).hexdigest()[:12]
