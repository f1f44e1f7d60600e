"""How an idea will look: its title, its text and where it is placed, from what was typed so far."""

from dataclasses import dataclass

from app.core.text import markdown
from app.forms.ideas import IdeaForm
from app.ideas.queries.facets import Placing
from app.ideas.writing import IdeaWords


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
