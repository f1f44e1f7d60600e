"""The pages that a process keeps: each under the content version that was read before it was rendered."""

import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

# In seconds: a page may show what changes with the clock alone, such as a charge that ends.
LONGEST = 30
# What a page takes beside its body and its headers, about.
OVERHEAD = 1024

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CachedPage:
    """An answer 200, as it was given; `at` is when, in seconds."""

    version: int
    at: float
    endpoint: str
    headers: Headers
    body: bytes
    etag: str

    @property
    def size(self) -> int:
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + OVERHEAD


class PageStore:
    """At most `most` bytes of pages, the least used out first; `hits` and `misses` count what was asked for."""

    def __init__(self, most: int):
        self.most, self.size = most, 0
        self.hits = self.misses = 0
        self._pages: OrderedDict[Hashable, CachedPage] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def __contains__(self, key: Hashable) -> bool:
        """Tell whether the page was kept, at any content version."""
        return key in self._pages

    def find(self, key: Hashable, version: int) -> CachedPage | None:
        """Return the page if it was rendered at this content version, lately enough."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.version != version or abs(time.time() - page.at) > LONGEST:
                self.misses += 1
                return None
            self._pages.move_to_end(key)
            self.hits += 1
            return page

    def keep(self, key: Hashable, page: CachedPage) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.size += page.size
            while self.size > self.most:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Hashable) -> None:
        page = self._pages.pop(key, None)
        self.size -= page.size if page else 0

    def forget(self) -> None:
        """Forget every page: the database became another one."""
        with self._lock:
            self._pages.clear()
            self.size = 0
