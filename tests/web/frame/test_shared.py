"""What is kept for all readers is what each would be given: nothing of one person reaches another, nothing is old."""

from tests.support.world import HERE, SECLUDED, World

# Whose pages show all that a page of a person may: ideas and comments, a presentation, a charge, a measure.
SHOWN = ("author", "member", "facilitator", "suspended")


def addresses(world: World) -> list[str]:
    """Return the pages of which a part is kept, with and without something private on them."""
    return [
        "/",
        "/ideas",
        "/ideas?sort=supported",
        f"/ideas?community={HERE}",
        f"/ideas?community={SECLUDED}",
        "/ideas?tag=velo",
        "/ideas?q=canari",
        "/ideas?after=nowhere",
        "/journal",
        "/journal?kind=answer",
        "/issues/education",
        "/territories/70052",
        "/tags/velo",
        *(f"/communities/{slug}" for slug in {HERE, *world.rooms.values()}),
        *(f"/members/{world.people[role].id}" for role in SHOWN),
    ]
