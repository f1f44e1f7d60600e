"""Who acts in a forum: a participant, by the place that they have at its meeting, with an account or without."""

from dataclasses import dataclass

from app.events.models.registrations import IN, EventRegistration
from app.forum.models import Forum, ForumTopic


@dataclass(frozen=True)
class Participant:
    """A person in a forum: their place (None: they have none), and the topic that they act on, if it is about one."""

    forum: Forum
    registration: EventRegistration | None = None
    topic: ForumTopic | None = None

    @property
    def has_place(self) -> bool:
        return self.registration is not None and self.registration.state == IN

    @property
    def has_guest(self) -> bool:
        """They come without an account, to a place that they have or wait for."""
        place = self.registration
        return place is not None and place.registrant_id is not None and place.is_coming

    @property
    def is_there(self) -> bool:
        """The door let them in, or they join from elsewhere: what they write is read at once."""
        place = self.registration
        return place is not None and (place.arrived_at is not None or place.mode == "online")

    def pitched(self, topic: ForumTopic) -> bool:
        """Tell whether they pitched it, from their place."""
        return self.registration is not None and topic.registration_id == self.registration.id


def list_rows(
    _actor: object, who: Participant, *_words: object
) -> tuple[ForumTopic | None, Forum, EventRegistration | None]:
    """Return what an act changes, and the place that it is done from, to be read again and locked."""
    return who.topic, who.forum, who.registration
