"""Lists of any length that stay on disk: written once from front to end, read in blocks; memory holds a few blocks.

A ledger may have half a million rows, so what exists once for each of them is kept in lists like these.
"""

from __future__ import annotations

import pickle
import tempfile
import threading
import weakref
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from govnet_graph.ledgers.files.limits import LedgerTooLarge

T = TypeVar("T")

_BLOCK = 256
_KEPT = 4
_IN_MEMORY = 1 << 18


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
        """Add an item. Raises LedgerTooLarge where the disk is full."""
        self._last.append(item)
        if len(self._last) == _BLOCK:
            self._write()

    def extend(self, items: Iterable[T]) -> None:
        """Add items. Raises LedgerTooLarge where the disk is full."""
        for item in items:
            self.append(item)

    def _write(self) -> None:
        said = pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL)
        try:
            with self._lock:
                self._file.seek(self._starts[-1])
                self._file.write(said)
        except OSError as error:
            raise LedgerTooLarge(
                f"the ledger does not fit on the disk: {error.strerror}",
                hint="Make room for temporary files (TMPDIR says where they are), or split the file.",
            ) from error
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
            return [self[number] for number in range(*at.indices(len(self)))]
        if at < 0:
            at += len(self)
        number, within = divmod(at, _BLOCK)
        if at < 0 or number >= len(self._starts):
            raise IndexError(at)
        return self._block(number)[within]

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._starts)):
            yield from self._block(number)
