"""The second factor: codes of an authenticator, each good once, and recovery codes of which only hashes are kept."""

import base64
import hashlib
import secrets
from typing import Any

from flask import current_app, flash
from flask_babel import gettext as _
from flask_security import MfRecoveryCodesUtil, Totp, UserMixin
from passlib.totp import TOTP, TotpMatch

from app.accounts import queries
from app.accounts.models.people import RECOVERY_HASH, User
from app.core import keys
from app.core.keys import Purpose
from app.web.frame import qr
from app.web.frame.session import end_other_sessions


class OnceTotp(Totp):
    """Refuse a code that was used already, and know former keys of the site."""

    def __init__(self, by_mark: dict[str, str], issuer: str):
        super().__init__(by_mark, issuer)
        self._totp = TOTP.using(issuer=issuer, secrets=by_mark, default_tag=next(iter(by_mark)))

    def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:
        """Tell whether a code is right; where the key of the site that its secret needs is lost, none is, and why."""
        try:
            return bool(super().verify_totp(token, totp_secret, user, window))
        except KeyError:
            flash(
                _(
                    "Le site ne peut plus vérifier les codes de votre application. Prenez un de vos codes de secours, "
                    "puis configurez l'application de nouveau dans votre compte; sans code de secours, écrivez-nous."
                ),
                "error",
            )
            return False

    def generate_recovery_codes(self, number: int) -> list[str]:
        """Make codes that nobody can guess, not even from their hashes."""
        return [_group(base64.b32encode(secrets.token_bytes(10)).decode().lower()) for _n in range(number)]

    def generate_qrcode(self, username: str, totp: str) -> str:
        return qr.draw(self.get_totp_uri(username, totp))

    def get_last_counter(self, user: UserMixin) -> int | None:
        return queries.find_last_counter(user)

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        user.tf_last_counter = tmatch.counter


class HashedRecoveryCodes(MfRecoveryCodesUtil):
    """Show recovery codes once, when they are made; keep their hashes."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        end_other_sessions(user)
        return super().create_recovery_codes(user)

    def _encrypt_codes(self, codes: list[str]) -> list[str]:
        return [_hash(code) for code in codes]

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


def count_codes_left(user: User) -> int:
    """Count the recovery codes a person still has; 0 before they are signed in."""
    return len(getattr(user, "mf_recovery_codes", None) or ())


def _index_of(user: Any, code: str) -> int | None:
    """Return the index of a code among those left, or None.

    A person may type it in capitals, with spaces or without dashes.
    """
    plain = _group("".join(filter(str.isalnum, code)).lower())
    hashes = {_hash(plain), *keys.get_keys(current_app.config).digests(Purpose.OLD_RECOVERY_CODE, plain)}
    return next((n for n, code_hash in enumerate(user.mf_recovery_codes or ()) if code_hash in hashes), None)


def _group(characters: str) -> str:
    return "-".join(characters[start : start + 4] for start in range(0, len(characters), 4))


def _hash(code: str) -> str:
    """Hash a code of 80 bits, which needs no key: nobody finds it from its hash."""
    return RECOVERY_HASH + hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
