"""Ideas: their list, one idea, its writing, its answer, what it is joined or related to."""
from app.web.ideas import answer, bp, editor, merge, notes, own, read, relations, write

__all__ = ["answer", "bp", "editor", "merge", "notes", "own", "read", "relations", "write"]
