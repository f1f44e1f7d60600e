"""The plan of action: what the region decided to do, each action, its versions and what ties it to ideas."""

from app.web.plan import (
    actions,
    bp,
    bulletins,
    draft,
    files,
    holders,
    imports,
    links,
    own_actions,
    pages,
    parts,
    plans,
    publication,
    versions,
)
