import pytest

from app.moderation.measures.models import Measure
from tests.support.rows import count

FIRST, OTHER = "securite-alimentaire", "transport-collectif"


@pytest.fixture
def addresses(make):
    """What can be moderated: the address of each content's page and of each measure."""
    idea, update = make.idea(community=FIRST), make.update(community=FIRST)
    return {
        "idea": f"/ideas/{idea.id}-{idea.slug}",
        "idea acts": f"/ideas/{idea.id}",
        "comment": f"/comments/{make.comment(idea).id}",
        "update": f"/communities/{FIRST}/updates/{update.id}",
    }


PAIRS = [
    ("idea acts", "hiding", "restoration"),
    ("idea acts", "lock", "unlock"),
    ("comment", "hiding", "restoration"),
    ("update", "hiding", "restoration"),
    ("update", "lock", "unlock"),
]


@pytest.mark.parametrize(("what", "act", "undo"), PAIRS)
def test_a_facilitator_acts_with_a_reason_and_undoes_it(addresses, what, act, undo, team):
    for path in (f"{addresses[what]}/{act}", f"{addresses[what]}/{undo}"):
        page = team.submit(path, "form.form", reason="Une raison <b>claire</b>", follow=True)
        assert page.status_code == 200 and page.soup.select_one("#flashes .notice")
        assert team.get(path).status_code in (403, 404)
    assert count(Measure) == 2


def test_the_public_reads_the_reason_above_a_locked_thread(addresses, visitor, team):
    team.submit(f"{addresses['idea acts']}/lock", "form.form", reason="Le ton monte")
    page = visitor.get(addresses["idea"])
    assert "Le ton monte" in page.soup.select_one("#comments .notice").get_text()
    assert page.soup.select_one("#comments form, #comments .acts a") is None


def test_the_acts_are_offered_to_those_in_charge_only(addresses, make, sign_in, fae):
    paths = ("hiding", "/lock")
    team_text = sign_in(fae).get(addresses["idea"]).text
    member = sign_in(make.user()).get(addresses["idea"]).text
    assert all(word in team_text for word in paths) and not any(f'{word}"' in member for word in paths)
    assert "/hiding" in sign_in(make.user(role="coordinator")).get(addresses["update"]).text
