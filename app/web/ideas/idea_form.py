"""The form of an idea with its choices, as it was typed or as it is stored, and how the idea will look."""

from dataclasses import dataclass

from app.accounts import changes
from app.accounts.models.changes import HeldRevision
from app.core.text import markdown
from app.forms.ideas import IdeaForm
from app.ideas.models import Idea
from app.ideas.queries import facets
from app.ideas.queries.facets import Placing
from app.ideas.writing import IdeaWords
from app.reference.queries import get_catalogue
from app.web.frame import words
from app.web.frame.filters import label
from app.web.frame.session import me, rooms


def read_typed(idea: Idea | None) -> IdeaForm:
    """Return the form with what was typed, of an idea or of a new one."""
    return _offer(IdeaForm(), idea, facets.get_placings([idea])[idea.id] if idea else None)


def read_stored(idea: Idea) -> IdeaForm:
    """Return the form with what its author wrote last, published or not yet."""
    return read_last_words(idea, changes.find_own_revision(me(), idea_id=idea.id))


def read_last_words(idea: Idea, held_revision: HeldRevision | None) -> IdeaForm:
    """Return the form with the words of the change that waits, else with the idea as it is."""
    placing = facets.get_placings([idea])[idea.id]
    form = IdeaForm.of_words(held_revision.words) if held_revision else IdeaForm.of(idea, placing)
    return _offer(form, idea, placing)


def _offer(form: IdeaForm, idea: Idea | None, placing: Placing | None) -> IdeaForm:
    return form.offer(rooms(), get_catalogue(), words, label, idea, placing)


@dataclass(frozen=True)
class Preview:
    """`html` is the text; `placing` has no tags, since those of `words` may not exist yet."""

    words: IdeaWords
    placing: Placing
    html: str


def build_preview(form: IdeaForm) -> Preview:
    """Return the preview of a form that can be kept, finished or not."""
    words = form.words()
    placing = Placing(list(words.communities), list(words.issues), list(words.territories))
    return Preview(words, placing, markdown.render(words.body))
