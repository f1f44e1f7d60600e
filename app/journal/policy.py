"""Who reads the lines of the journal: what belongs to a private community is for its members."""

from app.communities.policy import sees
from app.core.permits import Permission, anyone

READ_LINE = Permission("journal:read", [sees])
VERIFY = Permission("journal:verify", [anyone])
