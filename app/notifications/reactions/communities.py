"""Communities: their teams hear who comes."""

from app.communities import queries as communities
from app.communities.signals import MemberJoined
from app.notifications.service import notices


def tell_of_joining(signal: MemberJoined) -> None:
    """Tell the team of a community that somebody joined it, but who invited them; once for each person."""
    for user_id in communities.team(signal.community_id, apart_from={signal.user_id, signal.by}):
        notices.tell(
            user_id,
            "joined.member",
            f"{signal.community_id}-{signal.user_id}",
            community=signal.community_id,
            member=signal.user_id,
        )
