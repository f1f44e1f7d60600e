"""Where a sign-in may lead: a page of this site, named by its path, and nothing else."""

import re
from urllib.parse import unquote

from flask import request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

LONGEST, LONGEST_IN_MAIL = 1000, 200
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\\]")
# A page of ours that is no invitation, and nothing that reads as words.
_PLAIN = re.compile(r"/(?!invitations/)[\w/-]*(\?[\w=&-]*)?(#[\w-]+)?", re.ASCII)
_ODD = re.compile(r"//|/\.{1,2}(/|$)|\\|[\x00-\x1f\x7f]")


def is_ours(path: str) -> bool:
    """Tell whether this is a plain path of ours: no host, no scheme, nothing that a browser would read otherwise."""
    if not path.startswith("/") or len(path) > LONGEST or _UNSEEN.search(path):
        return False
    place = re.split(r"[?#]", path)[0]
    for _time in range(4):
        if _ODD.search(place) or place.startswith("/logout"):
            return False
        place = unquote(place, errors="replace")
    return True


def goal_for_mail(path: str) -> str:
    """Return a path that a link in a mail may carry, or an empty text.

    Anybody may have a mail sent to anybody: no words of theirs go along, and no invitation, which their browser holds.
    """
    return path if len(path) <= LONGEST_IN_MAIL and is_ours(path) and _PLAIN.fullmatch(path) else ""


def get_goal() -> str:
    """Return where the person was going when they were asked for an account: a page of ours, or an empty text."""
    return _read(request.values)


def get_goal_of_address() -> str:
    """Return what `get_goal` does, from the address alone: for a page that must be shown whatever was sent."""
    return _read(request.args)


def _read(values: MultiDict[str, str]) -> str:
    found = values.get("next", "")
    return found if is_ours(found) else ""


def forget_others() -> None:
    """Drop a `next` that leads elsewhere, so that nothing further on can follow it."""
    request.args = _drop_foreign(request.args)
    request.form = _drop_foreign(request.form)


def _drop_foreign(values: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    nexts = values.getlist("next")
    if not nexts or (len(nexts) == 1 and (is_ours(nexts[0]) or not nexts[0])):
        return ImmutableMultiDict(values)
    return ImmutableMultiDict([pair for pair in values.items(multi=True) if pair[0] != "next"])
