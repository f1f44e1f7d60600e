"""What may not be a password: too short, known to everybody, or told by the account itself. No rule of composition."""

import re
from functools import cache
from pathlib import Path

from app.core.errors import N_
from app.core.text.plain import fold

LEAST, MOST = 10, 200
SHORT = N_("Choisissez un mot de passe d'au moins 10 caractères.")
LONG = N_("Ce mot de passe dépasse 200 caractères.")
COMMON = N_("Ce mot de passe est trop répandu: choisissez-en un qui ne serve qu'ici, une courte phrase par exemple.")
PERSONAL = N_("Ce mot de passe ressemble trop à votre nom, à votre adresse ou au nom du site.")
_LINES = Path(__file__).with_name("common_passwords.txt").read_text().splitlines()
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertzuiopasdfghjklyxcvbnm",
    "1234567890",
    "!@#$%^&*()_+",
)
_DISGUISES = str.maketrans("0134578@$!€", "oieastbasie")


def explain_refusal(password: str, *about: str) -> str | None:
    """Say (as a message id) why it can't be a password, or give None; `about` is what the account tells of itself."""
    if len(password) < LEAST:
        return SHORT
    if len(password) > MOST:
        return LONG
    plain = fold(password).replace(" ", "")
    if _is_common(plain):
        return COMMON
    return PERSONAL if _is_personal(plain, about) else None


def _is_common(plain: str) -> bool:
    common, words = _read_lists()
    return (
        plain in common
        or _core(plain) in words
        or len(set(plain)) <= 2
        or _is_repeated(plain)
        or _is_sequence(plain)
        or _is_sequence(plain[::-1])
    )


def _is_repeated(plain: str) -> bool:
    """Tell whether it is one short word said again and again."""
    return re.fullmatch(r"(.{1,12}?)\1+.{0,2}", plain) is not None


def _is_sequence(plain: str) -> bool:
    return any(plain in row * 3 for row in _ROWS)


def _is_personal(plain: str, about: tuple[str, ...]) -> bool:
    parts = {part for text in about for part in (text, text.split("@")[0], *re.split(r"[\W_]+", text))}
    words = {_letters(fold(part)) for part in parts}
    letters = _letters(plain)
    return any(len(word) >= 4 and word in letters and len(letters) - len(word) <= 4 for word in words)


def _core(plain: str) -> str:
    """Return the word in a password: substitutions undone (0 for o), up to 6 signs around it cut, else ""."""
    bare = re.sub(r"^[^a-z]+|[^a-z]+$", "", plain)
    core = re.sub(r"[^a-z]", "", bare.translate(_DISGUISES))
    return core if len(plain) - len(bare) <= 6 else ""


def _letters(plain: str) -> str:
    return re.sub(r"[\W_]", "", plain)


@cache
def _read_lists() -> tuple[frozenset[str], frozenset[str]]:
    lines = [line for line in _LINES if not line.startswith("# ")]
    words = frozenset(line[1:] for line in lines if line.startswith("+"))
    return frozenset(lines), words | {"password", "passw", "qwerty", "letmein"}
