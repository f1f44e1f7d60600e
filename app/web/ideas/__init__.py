"""Ideas: their list, one idea, its writing, its answer, its merges and relations."""

from app.web.ideas import (
    answer,
    bp,
    contributions,
    editor,
    export,
    feeds,
    merge,
    notes,
    own,
    pictures,
    read,
    relations,
    similar,
    write,
)
