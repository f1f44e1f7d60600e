"""How a person names an idea: by its number, by its address, by words of its text."""

import re

from sqlalchemy import ColumnElement, and_, false, or_

from app.core import dialect
from app.core.text.plain import words
from app.ideas.models import Idea

NUMBER = re.compile(r"(?:#|(?:.*/)?ideas/)?([1-9][0-9]{0,8})(?:[-/?#].*)?")


def is_named(q: str) -> ColumnElement[bool]:
    """Match the idea of a number or an address, and those that hold all the words."""
    number, terms = NUMBER.fullmatch(q.strip()), words(q)
    by_number = Idea.id == int(number[1]) if number else false()
    by_words = and_(*(dialect.contains(Idea.search_text, word) for word in terms)) if terms else false()
    return or_(by_number, by_words)
