"""Every act on the axes: ask, change, tell. Addresses that were given once are kept for ever."""

from collections.abc import Iterable

from sqlalchemy import select

from app.core import clock, dialect, versions
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.text.plain import clean_line, fold, sort_key
from app.core.text.slug import slugify
from app.core.unit import command
from app.reference import former_names, policy, queries
from app.reference.entries import (
    SAME_NAME,
    EntryWords,
    begin,
    list_siblings,
    refuse_double,
    reword,
    shift,
    take_address,
)
from app.reference.models import Acronym, Issue, Organisation, Tag, Territory

MOST_TAGS, TAG, ORGANISATION = 8, (2, 60), (2, 120)
TOO_MANY_TAGS = N_("Huit étiquettes au plus.")
BAD_TAG = N_(
    "Une étiquette compte de %(min)d à %(max)d caractères, dont une lettre ou un chiffre, et n'a pas de virgule."
)
BAD_ORGANISATION = N_("Le nom d'un organisme compte de 2 à 120 caractères.")
CLOSED_ORGANISATION = N_("Cet organisme n'est plus offert au choix. Corrigez le nom ou laissez le champ vide.")
MERGED = N_("Cette étiquette a été fusionnée avec une autre.")
TO_ITSELF = N_("Choisissez une autre étiquette : celle-ci ne peut pas être fusionnée avec elle-même.")


@command
def create_issue(actor: Actor, words: EntryWords) -> Issue:
    """Make an issue, the last of all. Raise Invalid for a name that is taken."""
    require(actor, policy.EDIT)
    issue: Issue = begin("issue", Issue, words)
    versions.touch(queries.KEY)
    return issue


@command
def edit_issue(actor: Actor, issue: Issue, words: EntryWords, *, slug: str) -> None:
    """Put other words and perhaps another address on an issue. Raise Invalid where either is taken."""
    require(actor, policy.EDIT, issue)
    reword("issue", issue, words, slug)
    versions.touch(queries.KEY)


@command(also=lambda _actor, issue: list_siblings(issue))
def move_issue(actor: Actor, issue: Issue, *, step: int) -> None:
    require(actor, policy.EDIT, issue)
    shift(issue, step)
    versions.touch(queries.KEY)


@command
def rename(actor: Actor, row: Territory | Organisation, name: str) -> None:
    """Rename a territory or an organisation; its former name leads to it. Raise Invalid where another has or had one.

    The names of territories may repeat: their code is the key.
    """
    require(actor, policy.EDIT, row)
    if name == row.name:
        return
    if isinstance(row, Organisation):
        refuse_double(Organisation, name, but=row.id)
        former_names.take_name(row, row.name)
        if not former_names.take_name(row, name):
            raise Invalid(SAME_NAME, "name")
    else:
        former_names.keep_former_names("territory", row, row.name)
    row.name, row.sort_key = name, sort_key(name)
    versions.touch(queries.KEY)


@command
def archive(actor: Actor, row: Issue | Territory | Organisation | Acronym) -> None:
    """Put it out of the choices; its page and what is placed on it stay."""
    require(actor, policy.EDIT, row)
    row.archived_at = row.archived_at or clock.now()
    versions.touch(queries.KEY)


@command
def unarchive(actor: Actor, row: Issue | Territory | Organisation | Acronym) -> None:
    require(actor, policy.EDIT, row)
    row.archived_at = None
    versions.touch(queries.KEY)


@command
def get_or_add_organisation(name: str, *, present: int | None = None) -> int:
    """Return the id of the organisation that has or had this name, added on first use; a step of whoever registers.

    Raise Invalid for a name too short or too long, and for an archived organisation unless it is the `present` one.
    """
    name = clean_line(name)
    if not ORGANISATION[0] <= len(name) <= ORGANISATION[1]:
        raise Invalid(BAD_ORGANISATION, "organisation")
    if not former_names.find_organisation(name):
        dialect.insert_once(Organisation, name=name, sort_key=sort_key(name))
    found = former_names.find_organisation(name)
    assert found is not None
    if found.is_archived and found.id != present:
        raise Invalid(CLOSED_ORGANISATION, "organisation")
    return found.id


@command
def get_or_add_tags(names: Iterable[str]) -> list[int]:
    """Return the ids of tags by name, in order, without doubles, adding those that are new; a step of who posts.

    A name that was renamed or merged since gives the tag it became. Raise Invalid for too many, or a bad one.
    """
    names_by_slug: dict[str, str] = {}
    for name in filter(None, map(clean_line, names)):
        names_by_slug.setdefault(_tag_slug(name), name)
    if len(names_by_slug) > MOST_TAGS:
        raise Invalid(TOO_MANY_TAGS, "tags")
    return list(dict.fromkeys(_tag(slug, name) for slug, name in names_by_slug.items()))


def list_known_tag_ids(names: Iterable[str]) -> list[int]:
    """Return the ids of the tags that have one of these names."""
    found = [queries.find_tag(_tag_slug(name)) for name in map(clean_line, names) if name]
    return [tag.id for tag in found if tag]


def can_be_tag(name: str) -> bool:
    """Tell whether a clean name is short enough, with a letter or a digit, and without a comma."""
    has_letter = any(sign.isascii() and sign.isalnum() for sign in fold(name))
    return TAG[0] <= len(name) <= TAG[1] and has_letter and "," not in name


def _tag_slug(name: str) -> str:
    if not can_be_tag(name):
        raise Invalid(BAD_TAG, "tags", min=TAG[0], max=TAG[1])
    return build_tag_slug(name)


def build_tag_slug(name: str) -> str:
    """Return the end of the address of a tag, whole: two long names do not meet where one would be cut."""
    return slugify(name, limit=2 * TAG[1])


def _tag(slug: str, name: str) -> int:
    tag = queries.find_tag(slug)
    if tag is None:
        dialect.insert_once(Tag, slug=slug, name=name, sort_key=sort_key(name))
        tag = db.session.scalars(select(Tag).where(Tag.slug == slug)).one()
        take_address("tag", tag, slug)
    return tag.id


@command
def rename_tag(actor: Actor, tag: Tag, name: str) -> None:
    """Rename a tag; its former address leads to it. Raise Conflict for one that was merged, Invalid for a bad name."""
    require(actor, policy.EDIT, tag)
    if tag.merged_into is not None:
        raise Conflict(MERGED)
    if name == tag.name:
        return
    slug = _tag_slug(name)
    take_address("tag", tag, tag.slug)
    if not take_address("tag", tag, slug):
        raise Invalid(SAME_NAME, "name")
    tag.slug, tag.name, tag.sort_key = slug, name, sort_key(name)


@command
def merge_tag(actor: Actor, tag: Tag, into: Tag) -> None:
    """Let a tag answer as another from now on, with those that were merged into it.

    Raise Conflict for itself, or one merged already.
    """
    require(actor, policy.EDIT, tag)
    require(actor, policy.EDIT, into)
    if tag.id == into.id:
        raise Conflict(TO_ITSELF)
    if into.merged_into is not None:
        raise Conflict(MERGED)
    for former in queries.list_merged_into(tag):
        former.merged_into = into.id
    tag.merged_into = into.id


@command
def part_tag(actor: Actor, tag: Tag) -> None:
    """Undo a merge: the tag is itself again, with the ideas that had it."""
    require(actor, policy.EDIT, tag)
    tag.merged_into = None
