"""The flood guard of cached pages: as many requests a minute as that of the application allows, counted in memory."""

import time

# How many pairs of an address and a page are counted at most, before all are forgotten.
MOST_PAIRS = 50_000


class Guard:
    """`most` is how often a network address may ask for one kind of page in a minute; 0 counts nothing."""

    def __init__(self, most: int):
        self.most = most
        self._minute = 0
        self._counts: dict[tuple[str, str], int] = {}

    def count(self, address: str, endpoint: str) -> bool:
        """Count a request; tell whether it is one too many. Threads may lose a count, and none waits for another."""
        if not self.most:
            return False
        minute = int(time.monotonic() // 60)
        if minute != self._minute or len(self._counts) > MOST_PAIRS:
            self._minute, self._counts = minute, {}
        pair = (address, endpoint)
        self._counts[pair] = times = self._counts.get(pair, 0) + 1
        return times > self.most
