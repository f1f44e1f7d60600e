"""A member on whom a team may take a measure: the content it is about, and where it may be taken."""

from dataclasses import dataclass

from app.comments.models import Comment
from app.comments.queries import reading as comments
from app.contents.policy import READ
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.permits import Permission, noun
from app.forms.base import parse_number
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.moderation.measures import queries as measures
from app.moderation.measures.models import Person
from app.moderation.measures.policy import PERSON_READ
from app.web.frame.params import single_param
from app.web.frame.routes import Loader


@dataclass(frozen=True)
class TargetedPerson:
    """A person, and what they wrote that the address names, if it does (`comment-12`, `idea-3`)."""

    person: Person
    content: Idea | Comment | None

    @property
    def name(self) -> str | None:
        """Return the name of the content in an address."""
        return f"{noun(self.content)}-{self.content.id}" if self.content else None

    @property
    def column(self) -> dict[str, int]:
        """Return the content as services take it: `{"comment_id": 12}`."""
        return {f"{noun(self.content)}_id": self.content.id} if self.content else {}

    def places(self, actor: Actor, permission: Permission) -> list[int | None]:
        """Return where the permission lets one act: communities, then None for the whole site."""
        about = (noun(self.content), self.content.id) if self.content else None
        return measures.list_allowed_communities(actor, self.person, permission, about)


def get_target(actor: Actor, user_id: int, permission: Permission) -> TargetedPerson:
    """Return a person as a target, with the content that the address names, as far as the reader may read it."""
    person = measures.get_person(actor, user_id, permission)
    kind, _dash, number = single_param("about").partition("-")
    row_id = parse_number(number)
    content = (
        comments.find_comment(actor, row_id, READ)
        if kind == "comment"
        else ideas.find_idea(actor, row_id, READ)
        if kind == "idea"
        else None
    )
    return TargetedPerson(person, content if content and content.author_id == user_id else None)


def get_targeted_person(actor: Actor, user_id: int, permission: Permission) -> TargetedPerson:
    """Return a target whom the permission lets the reader act on, in one place at least."""
    target = get_target(actor, user_id, PERSON_READ)
    if not target.places(actor, permission):
        raise NotFound()
    return target


TARGET, TARGET_TO_ACT = Loader(get_target, "user_id"), Loader(get_targeted_person, "user_id")
