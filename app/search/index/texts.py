"""A text as its room gives it, and as the index has it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.core.text import markdown
from app.search.tokens import STOP_WORDS, join_parts, split_groups

NUMBERS: dict[str, int] = {}
"""The number of each kind, which its room gives with its `Source`."""
TITLE, KIND, PLACE, TAG, ISSUE, COMMUNITY, WHOLE = "t_", "k_", "p_", "g_", "i_", "c_", "w_"
"""How a token begins that is no word of a text: a word of its title, its kind, where it is filed, its whole title."""
ENGLISH = "l_en"
"""The token of an English text: the count of words (`counts`) knows it by that."""
END = "#"
"""What stands between the words of a title, those of a text and the tokens: no phrase goes across."""
# The number of an entry: seconds since 2000, then its kind (4 bits), then its number (28 bits).
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_KIND_BITS, _NUMBER_BITS = 4, 28
MOST_KINDS = 2**_KIND_BITS
UNDATED = datetime(2060, 1, 1, tzinfo=UTC)
"""The date of what has none, and stands before what has one."""


@dataclass(frozen=True)
class Text:
    """What is found: a thing of a kind, by its words.

    `at` is when it appeared, `thread_id` the thread that says who sees it; `lang` (fr or en) is the language of its
    words. `places`, `tags`, `issues` and `communities` are the ids of what it is filed under: the community that leads
    it and those beside. `facet` is what the filter of kinds has of it, where that is not its kind (need, of an idea).
    `names` are those that make its title, where it has several: one in each language.
    """

    kind: str
    thing_id: int
    at: datetime
    title: str
    body: str
    thread_id: int | None = None
    lang: str = "fr"
    places: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    issues: tuple[int, ...] = ()
    communities: tuple[int, ...] = ()
    facet: str = ""
    names: tuple[str, ...] = ()


def content_columns(model: Any) -> list[Any]:
    """Return the columns that `Description.of_content` reads."""
    return [model.title, model.body_html, model.lang, model.published_at, model.community_id]


@dataclass(frozen=True)
class Description:
    """What a page of results says of a thing: its row, its title and its text, each with its language, if known.

    `at` is when it appeared, `community_id` whose it is. `more` (HTML) is quoted where the text has none of the words.
    """

    thing: Any
    title: str
    text: str
    lang: str | None = None
    text_lang: str | None = None
    at: datetime | None = None
    community_id: int | None = None
    more: str = ""

    @classmethod
    def of_content(cls, row: Any, more: str = "") -> "Description":
        """Describe a content that has a title, a text, a date and a community of its own."""
        text = markdown.to_line(row.body_html)
        return cls(row, row.title, text, row.lang, row.lang, row.published_at, row.community_id, more)


def entry_number(text: Text) -> int:
    """Return the number of the index entry of a text: the newer the text, the larger; the same on both engines."""
    seconds = int((text.at - _BEGINNING).total_seconds())
    return ((max(seconds, 0) << _KIND_BITS) + NUMBERS[text.kind] << _NUMBER_BITS) + text.thing_id


def first_number(at: datetime) -> int:
    """Return the smallest number that the entry of a text which appeared at a moment may have."""
    return max(int((at - _BEGINNING).total_seconds()), 0) << _KIND_BITS + _NUMBER_BITS


def index_line(text: Text) -> str:
    """Return the line of a text for the index: words of title and body, then its tokens, with single spaces around."""
    title, body = split_groups(text.title), split_groups(text.body)
    joined = [join_parts(parts) for parts in (*title, *body) if len(parts) > 1]
    in_title = [f"{TITLE}{part}" for parts in title for part in {*parts, join_parts(parts)}]
    filed = ((PLACE, text.places), (TAG, text.tags), (ISSUE, text.issues), (COMMUNITY, text.communities))
    axes = [f"{axis}{number}" for axis, numbers in filed for number in numbers]
    whole = map(build_title_token, text.names or (text.title,))
    more = {*joined, *in_title, f"{KIND}{text.facet or text.kind}", *axes, *whole, ENGLISH if text.lang == "en" else ""}
    return f" {_join(title)} {END} {_join(body)} {END} {' '.join(sorted(filter(None, more)))} ".replace("  ", " ")


def build_title_token(title: str) -> str:
    """Return the token that things of the same title share, whatever its accents and its articles; "" for no title."""
    words = [part for parts in split_groups(title) for part in parts]
    told = [word for word in words if word not in STOP_WORDS] or words
    return f"{WHOLE}{join_parts(told)}" if told else ""


def _join(words: list[list[str]]) -> str:
    return " ".join(part for parts in words for part in parts)


def split_line(line: str) -> set[str]:
    """Return the words of a line, each once, without the tokens that stand for the rest."""
    title, body, more = line.split(END)
    return {*title.split(), *body.split(), *(word for word in more.split() if word[1:2] != "_")}
