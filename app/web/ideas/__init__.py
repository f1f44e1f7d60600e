"""Ideas: their list, one idea, its writing, its answer, what it is joined or related to."""
from app.web.ideas import answer, bp, merge, notes, read, relations, write

__all__ = ["answer", "bp", "merge", "notes", "read", "relations", "write"]
