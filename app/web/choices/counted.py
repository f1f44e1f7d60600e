"""What a forum chose, in words, for its page and its report: totals as they were counted, ties, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.choices.models import Choice
from app.choices.queries import choices as queries
from app.choices.ranks import Ranked, rank
from app.forum.models import Forum
from app.forum.participants import Participant
from app.web.choices import candidates
from app.web.choices.candidates import Candidate


@dataclass(frozen=True)
class CountedChoice:
    """A choice that was counted: its candidates by their rank, each in words."""

    choice: Choice
    ranked: Sequence[tuple[Ranked, Candidate]]

    @property
    def most(self) -> int:
        """Return the dots of what has the most."""
        return max((place.candidate.total for place, _one in self.ranked), default=0)

    @property
    def people(self) -> int:
        return self.choice.voters_count + self.choice.paper_ballots


def describe(forum: Forum) -> CountedChoice | None:
    """Return what a forum chose, as its reader may read it; None where nothing was counted."""
    choice = queries.find_choice(forum.id)
    if choice is None or not choice.is_counted:
        return None
    return order(choice, candidates.tell(Participant(forum), queries.list_candidates(choice.id)))


def order(choice: Choice, found: Sequence[Candidate]) -> CountedChoice:
    """Return a choice that was counted with its candidates by their rank."""
    by_row = {one.row.id: one for one in found}
    return CountedChoice(choice, [(place, by_row[place.candidate.id]) for place in rank([one.row for one in found])])


def tell_ballots(found: CountedChoice) -> str:
    """Say how many people placed their dots, online and on paper apart where some did so on paper."""
    if not found.choice.paper_ballots:
        return ngettext(
            "%(num)s personne a posé ses pastilles.", "%(num)s personnes ont posé leurs pastilles.", found.people
        )
    return ngettext(
        "%(num)s personne a posé ses pastilles : %(here)s en ligne, %(paper)s sur papier.",
        "%(num)s personnes ont posé leurs pastilles : %(here)s en ligne, %(paper)s sur papier.",
        found.people,
        here=found.choice.voters_count,
        paper=found.choice.paper_ballots,
    )


def tell_dots(choice: Choice, place: Ranked) -> str:
    """Say the dots of a candidate: all of them, and of each kind where they stand apart; and a tie."""
    row = place.candidate
    said = ngettext("%(num)s pastille", "%(num)s pastilles", row.total)
    if choice.is_apart:
        said += f" ({_('%(here)s en ligne, %(paper)s sur papier', here=row.placed, paper=row.on_paper)})"
    return f"{said}. {_('À égalité.')}" if place.is_tied else said
