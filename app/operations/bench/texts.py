"""French words for synthetic contents: the parts of the demonstration's texts, put together in other ways."""

import random
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.comments import service as comments
from app.core.text import markdown
from app.core.text.plain import excerpt, fold
from app.core.text.slug import slugify
from app.ideas.writing import EXCERPT
from app.operations.demo import book

LONG_WORD = 6


@dataclass(frozen=True)
class Paragraph:
    body: str
    html: str
    plain: str
    folded: str


@cache
def _facts() -> list[dict[str, Any]]:
    return [fact for name in book.list_idea_files() for fact in book.load(name)]


@cache
def paragraphs() -> list[Paragraph]:
    return [_paragraph(body) for fact in _facts() for body in fact["body"].split("\n\n")]


def _paragraph(body: str) -> Paragraph:
    html = markdown.render(body)
    plain = markdown.to_text(html)
    return Paragraph(body, html, plain, fold(plain))


@cache
def titles() -> list[str]:
    return [fact["title"] for fact in _facts()]


@cache
def comment_texts() -> list[dict[str, Any]]:
    return [comments.text_columns(comment["body"]) for fact in _facts() for comment in fact["comments"]]


@cache
def tag_names() -> list[str]:
    """Return the demonstration's tags, then words of its texts, then pairs of such words, thousands in all."""
    first = [tag for fact in _facts() for tag in fact["tags"]]
    words = sorted(
        {word for part in paragraphs() for word in part.folded.split() if len(word) >= LONG_WORD and word.isalpha()}
    )
    pairs = [f"{one} {other}" for step in range(1, 4) for one, other in zip(words, words[step:], strict=False)]
    return list({slugify(name): name for name in [*first, *words, *pairs]}.values())


@cache
def _heading(title: str, place: str) -> dict[str, str]:
    title = f"{place} : {title[0].lower()}{title[1:]}"
    return {"title": title, "slug": slugify(title), "folded": fold(title)}


def idea(place: str, rng: random.Random) -> dict[str, Any]:
    """Return the text columns of an idea about a place: the same as `writing.text_columns` of its title and body."""
    heading = _heading(rng.choice(titles()), place)
    parts = rng.choices(paragraphs(), k=rng.randint(2, 6))
    plain = excerpt(" ".join(part.plain for part in parts[:2]), EXCERPT)
    return {
        "title": heading["title"],
        "slug": heading["slug"],
        "body": "\n\n".join(part.body for part in parts),
        "body_html": "".join(part.html for part in parts),
        "renderer": markdown.VERSION,
        "excerpt": plain,
        "search_text": " ".join([heading["folded"], *(part.folded for part in parts)]),
    }


def comment(rng: random.Random) -> dict[str, Any]:
    """Return the text columns of a comment: one text of the demonstration, or two."""
    pool = comment_texts()
    text = pool[int(len(pool) * rng.random())]
    if rng.random() < 1 / 2:
        return text
    more = pool[int(len(pool) * rng.random())]
    return {
        "body": f"{text['body']}\n\n{more['body']}",
        "body_html": text["body_html"] + more["body_html"],
        "renderer": text["renderer"],
    }
