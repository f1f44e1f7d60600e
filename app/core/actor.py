"""Who is asking: a plain value, filled once per request."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """A person (or nobody) and what they were given.

    `id` is None for the public. `role` is the site role: member, coordinator or admin.
    `facilitates`, `memberships` and `barred_ids` (where they may not take part for now) are community ids;
    `holds` are the actions of the plan that they keep up to date; `doors` the meetings whose door they keep, and
    `secretary_of` those whose minutes they write.
    `is_suspended` says that they may take part nowhere, `is_new` that they have yet to be trusted, `owes_charter` that
    the charter changed and that they have yet to accept it.

    `sits` are the communities where they type, for now, what was said at a meeting.

    Whoever has a charge also knows who else has one now, as (community, account) in `charges` (no community: the
    coordination), and what they reported, as (kind, number) in `reported_subjects`: contents, their threads, the
    people who wrote what is still examined, and those whose profile it is (`profile_of`).
    """

    id: int | None
    role: str = "member"
    is_confirmed: bool = True
    facilitates: frozenset[int] = field(default_factory=frozenset)
    memberships: frozenset[int] = field(default_factory=frozenset)
    barred_ids: frozenset[int] = field(default_factory=frozenset)
    is_suspended: bool = False
    is_new: bool = False
    owes_charter: bool = False
    holds: frozenset[int] = field(default_factory=frozenset)
    doors: frozenset[int] = field(default_factory=frozenset)
    secretary_of: frozenset[int] = field(default_factory=frozenset)
    sits: frozenset[int] = field(default_factory=frozenset)
    charges: frozenset[tuple[int | None, int]] = field(default_factory=frozenset)
    reported_subjects: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    def reported_ids(self, kind: str) -> frozenset[int]:
        """Return the numbers of what they reported, of one kind."""
        return frozenset(row_id for name, row_id in self.reported_subjects if name == kind)

    @property
    def is_someone(self) -> bool:
        return self.id is not None

    @property
    def own_id(self) -> int:
        """Return the id of whoever was granted something, and is therefore somebody."""
        assert self.id is not None, "a permission that was granted here names a person"
        return self.id

    @property
    def is_coordinator(self) -> bool:
        return self.is_someone and self.role == "coordinator"

    @property
    def is_admin(self) -> bool:
        return self.is_someone and self.role == "admin"

    @property
    def is_staff(self) -> bool:
        """Tell whether this person facilitates, coordinates or administers anything."""
        return self.is_coordinator or self.is_admin or bool(self.facilitates)


ANYONE = Actor(id=None)
