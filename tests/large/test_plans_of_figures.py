"""The figures of a large site read counts, and no idea, unless a community and an MRC are chosen together."""

from app.communities.queries import get_rooms
from app.figures.queries import contents
from app.figures.scope import Scope
from app.reference.queries import get_catalogue
from tests.large import large
from tests.support import plans

# What the counts of a few months take: each has a code for each kind, status and number of days.
FEW = 3_000


def test_figures_read_counts(app: object) -> None:
    large.fill_with_ideas()
    room, mrc = get_rooms().all[0].id, next(place.id for place in get_catalogue().places if place.is_mrc)
    scopes = [Scope("2024-01", "2024-12", *values) for values in ((), (room,), (None, mrc))]
    with plans.record() as statements:
        for scope in scopes:
            assert contents.count_codes(scope)
        for axis in contents.VALUED:
            assert contents.count_by_value(axis, scopes[0])
    assert len(statements) <= 2 * (len(scopes) + 4)
    assert plans.faults(statements, most=FEW) == []
