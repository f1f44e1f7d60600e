"""Make the readable end of an address."""

import re

from app.core.text.plain import fold

_FALLBACK = "sans-titre"


def slugify(text: str, limit: int = 60) -> str:
    """Return `text` in [a-z0-9-], at most `limit` characters (≥ 10), cut between words; never empty."""
    slug = re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")
    if len(slug) > limit:
        start, _, last = slug[: limit + 1].rpartition("-")
        slug = start or last[:limit]
    return slug.strip("-") or _FALLBACK
