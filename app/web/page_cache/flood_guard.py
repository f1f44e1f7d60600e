"""The flood guard of cached pages: as many requests a minute as that of the application allows, counted in memory."""

import time
from collections.abc import Callable

# How many pairs of an address and a page are counted at most, before all are forgotten.
MOST_PAIRS = 50_000


class Guard:
    """`most` is how often a network address may ask for one kind of page in a minute; 0 counts nothing.

    `most_in_hall` returns how often that of a hall may (0: it is none), for an address and whether the database may be
    asked; it is called where an address asks for more than others may.
    """

    def __init__(self, most: int, most_in_hall: Callable[[str, bool], int] = lambda _address, _may_read: 0):
        self.most, self.most_in_hall = most, most_in_hall
        self._minute = 0
        self._counts: dict[tuple[str, str], int] = {}

    def count(self, address: str, endpoint: str, *, may_read: bool = True) -> bool:
        """Count a request; tell whether it is one too many. Threads may lose a count, and none waits for another."""
        if not self.most:
            return False
        minute = int(time.monotonic() // 60)
        if minute != self._minute or len(self._counts) > MOST_PAIRS:
            self._minute, self._counts = minute, {}
        pair = (address, endpoint)
        self._counts[pair] = times = self._counts.get(pair, 0) + 1
        return times > self.most and times > self.most_in_hall(address, may_read)
