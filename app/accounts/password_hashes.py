"""How passwords are kept: as argon2id of the words alone. Those that former versions kept are known as well.

Former versions hashed the words under the key of the site first, so that a changed key made every password wrong. Such
a hash begins with `keyed` (migration 0023), is tried under each key that is known, and is made anew when its owner
signs in (docs/decisions/0070).
"""

from typing import Any

from passlib.context import CryptContext

from app.core.keys import Keys

KEYED = "keyed"


class PasswordHashes(CryptContext):
    """What makes and checks hashes for Flask-Security.

    A wrong password costs the same whatever is kept of it, and for an address without an account: one computation for
    each key that an old hash may need.
    """

    def __init__(self, keys: Keys, **options: Any):
        super().__init__(["argon2"], **options)
        self._keys = keys

    def hash(self, secret: str, **more: Any) -> str:
        self._spend(secret)
        return str(super().hash(secret, **more))

    def verify(self, secret: str, hash: str, **more: Any) -> bool:
        verify = super().verify
        if is_keyed(hash):
            bare = hash.removeprefix(KEYED)
            return any([verify(words, bare, **more) for words in self._keys.old_password_words(secret)])
        is_right = bool(verify(secret, hash, **more))
        if not is_right:
            self._spend(secret)
        return is_right

    def needs_update(self, hash: str, **_more: Any) -> bool:
        """Say that none does: Flask-Security would write in the middle of a read, where nothing is stored."""
        return False

    def _spend(self, secret: str) -> None:
        """Spend as long as a check under the former keys takes, so that timing tells nothing."""
        for _key in self._keys.former:
            super().hash(secret)


def is_keyed(stored: str | None) -> bool:
    """Tell whether a hash was made under a key of the site."""
    return bool(stored) and str(stored).startswith(KEYED)
