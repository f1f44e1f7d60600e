"""What the columns of another platform mean: found by their words, in French or English, whatever their writing."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from app.core.text.plain import fold

_LANGUAGE = re.compile(r"[/_ (.\[]+([a-z]{2})(?:[-_][A-Za-z]{2})?[)\]]?$")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
LONGEST_HEADING = 200

# Each name after the first is tried where those before it are empty in a row.
IDEA = {
    "id": "id; idea id; idea number; proposal id; debate id; identifiant; identifiant de l idee; no; n;"
    "numero; reference",
    "source": "source",
    "title": "title; titre; idea title; idea name; titre de l idee; intitule; sujet; subject; proposal title",
    "body": "body; description; texte; text; contenu; content; corps; idea description; description de l idee; idea;"
    "idee; detail; message; summary; resume",
    "body_format": "body format",
    "spot": "spot; address; adresse; lieu; scope name; location",
    "author": "author; auteur; auteure; autrice; author name; nom de l auteur; author username; author public name;"
    "submitter; idea submitter; submitter name; submitted by; soumis par; depose par; propose par; created by;"
    "username; user name; participant; author nickname; authors names",
    "created_at": "created at; created; created on; creation date; date created; date de creation; cree le; date;"
    "submission date; idea submission date; submitted at; submitted on; date submitted; date de soumission; soumis le;"
    "date de depot; depose le; horodateur; timestamp; published at; published on; publie le; publication date;"
    "date de publication",
    "updated_at": "updated at; updated; modified; modified at; last modified; modifie le; date de modification",
    "kind": "kind",
    "lang": "lang; language; langue; locale",
    "tags": "tag; etiquette; mot cle; keyword; label; tag list; idea tag",
    "category": "category; categorie; category name; campaign; campagne; campaign name; theme; rubrique; section;"
    "taxonomy name",
    "votes": "votes",
    "votes.for_": "up vote; idea up vote; upvote; cached votes up; vote for; vote pour; pour; like; like total count;"
    "endorsement total count; endorsement; appui; support",
    "votes.against": "down vote; idea down vote; downvote; cached votes down; vote against; vote contre; contre;"
    "dislike",
    "votes.total": "vote total count; vote; vote count; total vote; cached votes total; nombre de vote",
    "published": "published",
    "published.comments": "comment; comment count; comments count; commentaire; nombre de commentaire",
    "trashed": "trashed",
    "url": "url; lien; link; permalink; adresse web; idea url; idea link",
}
COMMENT = {
    "id": "id; comment id; comment number; identifiant; no; n; numero",
    "idea_id": "idea id; idea number; idea; idee; identifiant de l idee; proposal id; debate id",
    "parent_id": "parent id; parent; parent comment id; reply to; in reply to; repond a; en reponse a",
    "author": IDEA["author"].replace("idea submitter", "commenter; commentateur; auteur du commentaire"),
    "body": "body; comment; commentaire; comment text; texte; text; contenu; content; message; description",
    "body_format": "body format",
    "created_at": IDEA["created_at"] + "; comment date; date du commentaire",
    "lang": IDEA["lang"],
    "stance": "stance; alignment; position; sens",
    "votes": "vote; cached votes up; up vote; comment up vote; like; appui; up votes total count",
    "trashed": "trashed",
    "enabled": "enabled",
    "commentable_id": "commentable id",
    "commentable_type": "commentable type",
    "root_url": "root commentable url; url; lien; link",
    "ancestry": "ancestry",
    "depth": "depth",
}
FIELDS = {"ideas": IDEA, "comments": COMMENT}
_PLATFORMS = {
    "decidim": {"participatory space id", "root commentable url", "endorsement total count", "component id"},
    "consul": {"cached votes up", "hot score", "confidence score"},
    "ideascale": {"idea number", "idea title", "idea submitter", "campaign"},
}


class Meaning(NamedTuple):
    """The field that a heading names, the rank of that name among those of the field, and the language it says."""

    field: str
    rank: int
    lang: str = ""


def normalise(heading: str) -> str:
    """Return the words of a heading without accents, capitals, signs and the marks of plurals."""
    words = _WORD.findall(fold(_HUMP.sub(" ", heading[:LONGEST_HEADING])))
    return " ".join(word.rstrip("s") if len(word) > 3 else word for word in words)


_MEANINGS = {
    kind: {
        normalise(name): Meaning(field, rank)
        for field, names in reversed(fields.items())
        for rank, name in enumerate(names.split(";"))
    }
    for kind, fields in FIELDS.items()
}


@lru_cache(maxsize=10_000)
def find_meaning(kind: str, heading: str) -> Meaning | None:
    """Return what a heading of a file of `ideas` or of `comments` means, if one knows."""
    if heading in FIELDS[kind]:
        return Meaning(heading, 0)
    known = _MEANINGS[kind]
    if meaning := known.get(normalise(heading)):
        return meaning
    found = _LANGUAGE.search(heading)
    meaning = known.get(normalise(heading[: found.start()])) if found else None
    return meaning._replace(lang=found[1]) if meaning and found and found[1] != "id" else None


def find_platform(headings: Iterable[str]) -> str:
    """Return the platform whose export has these headings, or nothing."""
    names = set(map(normalise, headings))
    counts = {platform: len(names.intersection(map(normalise, marks))) for platform, marks in _PLATFORMS.items()}
    best = max(counts, key=lambda platform: counts[platform])
    return best if counts[best] > 1 else ""
