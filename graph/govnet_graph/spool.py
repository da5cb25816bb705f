"""Lists and groups of any length that stay on disk; memory holds a few blocks of them.

A ledger may have half a million rows, so what exists once for each of them is kept like this.
"""

from __future__ import annotations

import copyreg
import dataclasses
import pickle
import sqlite3
import tempfile
import threading
import weakref
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Generic, TypeVar, overload

from govnet_graph.errors import GovnetError

T = TypeVar("T")

_BLOCK = 256
_KEPT = 4
_IN_MEMORY = 1 << 18
_AT_ONCE = 1000


class DiskFull(GovnetError):
    """There is no room for temporary files; nothing was changed."""

    code = "disk-full"

    def __init__(self, why: object) -> None:
        super().__init__(
            f"Temporary files do not fit on the disk: {why}.",
            hint="Make room (TMPDIR says where they are), or split the file.",
        )


def compact(kind: type[T]) -> type[T]:
    """A dataclass whose objects are kept as the values of their fields: several times faster than as dataclasses with slots."""
    values = attrgetter(*(field.name for field in dataclasses.fields(kind)))  # type: ignore[arg-type]
    copyreg.pickle(kind, lambda item: (kind, values(item)))
    return kind


def parts(items: Iterable[T], size: int, key: Callable[[T], object]) -> Iterator[list[T]]:
    """Items, which come in the order of their keys, in parts of about ``size``: those of one key stand in one part.

    >>> list(parts("aabbbc", 2, str))
    [['a', 'a'], ['b', 'b', 'b'], ['c']]
    """
    part: list[T] = []
    for item in items:
        if len(part) >= size and key(item) != key(part[-1]):
            yield part
            part = []
        part.append(item)
    if part:
        yield part


class Spool(Sequence[T], Generic[T]):
    """A list in a temporary file without a name, which goes away with the list or the process, whichever ends first.

    What is read is a copy: changing it changes nothing in the list. Items are pickled, and never read from anywhere but
    this file, which nobody else can open.

    >>> numbers = Spool(range(1000))
    >>> len(numbers), numbers[-1], numbers[2:5], sum(numbers)
    (1000, 999, [2, 3, 4], 499500)
    """

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- closed by the finalizer
        weakref.finalize(self, self._file.close)
        self._lock = threading.Lock()
        self._starts = array("Q", [0])
        self._last: list[T] = []
        self._recent: tuple[int, list[T]] = (-1, [])
        self._kept: OrderedDict[int, list[T]] = OrderedDict()
        self.extend(items)

    def append(self, item: T) -> None:
        """Add an item. Raises DiskFull."""
        self._last.append(item)
        if len(self._last) == _BLOCK:
            self._write()

    def extend(self, items: Iterable[T]) -> None:
        """Add items. Raises DiskFull."""
        for item in items:
            self.append(item)

    def _write(self) -> None:
        said = pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL)
        try:
            with self._lock:
                self._file.seek(self._starts[-1])
                self._file.write(said)
        except OSError as error:
            raise DiskFull(error.strerror) from error
        self._starts.append(self._starts[-1] + len(said))
        self._last = []

    def _block(self, number: int) -> list[T]:
        before, found = self._recent
        if before == number:
            return found
        if number == len(self._starts) - 1:
            return self._last
        with self._lock:
            held = self._kept.get(number)
            if held is None:
                self._file.seek(self._starts[number])
                said = self._file.read(self._starts[number + 1] - self._starts[number])
                held = self._kept[number] = pickle.loads(said)  # noqa: S301 -- written by this object
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(number)
        # Most reading goes on where it was: one block is found without a lock.
        self._recent = number, held
        return held

    def __len__(self) -> int:
        return (len(self._starts) - 1) * _BLOCK + len(self._last)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            chosen = range(*at.indices(len(self)))
            if chosen.step == 1:
                return list(self._from(chosen.start, chosen.stop))
            return [self[number] for number in chosen]
        if at < 0:
            at += len(self)
        number, within = divmod(at, _BLOCK)
        if at < 0 or number >= len(self._starts):
            raise IndexError(at)
        return self._block(number)[within]

    def _from(self, first: int, stop: int) -> Iterator[T]:
        for number in range(first // _BLOCK, -(-stop // _BLOCK)):
            begin = number * _BLOCK
            yield from self._block(number)[max(first - begin, 0) : stop - begin]

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._starts)):
            yield from self._block(number)


class Groups(Generic[T]):
    """Items with a key, which are read group by group in the order of their keys; within a group as they came.

    >>> groups = Groups()
    >>> groups.add("b", 1), groups.add("a", 2), groups.add("b", 3)
    (None, None, None)
    >>> list(groups)
    [('a', [2]), ('b', [1, 3])]
    """

    def __init__(self) -> None:
        # Without a name it is a file that nobody else can open. Threads take turns, none shares a statement.
        self._held = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        weakref.finalize(self, self._held.close)
        for text in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "CREATE TABLE items (key TEXT, item BLOB)",
        ):
            self._held.execute(text)
        self._last: list[tuple[str, bytes]] = []

    def add(self, key: str, item: T) -> None:
        """Add an item. Raises DiskFull."""
        self._last.append((key, pickle.dumps(item, pickle.HIGHEST_PROTOCOL)))
        if len(self._last) == _AT_ONCE:
            self._write()

    def _write(self) -> None:
        try:
            self._held.execute("BEGIN")
            self._held.executemany("INSERT INTO items VALUES (?, ?)", self._last)
            self._held.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise DiskFull(error) from error
        self._last = []

    def __iter__(self) -> Iterator[tuple[str, list[T]]]:
        self._write()
        try:
            rows = self._held.execute("SELECT key, item FROM items ORDER BY key, rowid")
            for key, group in groupby(rows, lambda row: row[0]):
                yield key, [pickle.loads(item) for _, item in group]  # noqa: S301 -- written by this object
        except sqlite3.OperationalError as error:
            raise DiskFull(error) from error
