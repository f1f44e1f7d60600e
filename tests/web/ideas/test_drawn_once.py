"""An idea and its talk are drawn once for all who are shown the same, and each is given their own tools in it."""

from tests.support.make import idea_page
from tests.support.rows import again
from tests.support.world import HERE, SECLUDED, World

SORTS = ("", "?sort=newest", "?sort=useful", "?replies=all", "?lang=en", "?goal=comment")


def addresses(world: World) -> list[str]:
    first = idea_page(again(world.ideas["published"]))
    pages = [first + sort for sort in SORTS]
    pages += [idea_page(again(idea)) for state, idea in world.ideas.items() if state not in ("published", "deleted")]
    return [
        *pages,
        f"{first}?at={world.comments['other'].id}",
        f"/comments/{world.comments['visible'].id}/branch",
        *(
            f"/communities/{SECLUDED if state == 'private' else HERE}/updates/{update.id}"
            for state, update in world.updates.items()
        ),
    ]
