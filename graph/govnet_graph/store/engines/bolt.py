"""Whether a Bolt server listens on a loopback port, and which ports are free."""

from __future__ import annotations

import contextlib
import socket
import struct

LOOPBACK = "127.0.0.1"
_MAGIC = b"\x60\x60\xb0\x17"
# Four proposals, newest first: 5.8 down to 5.0, 4.4 down to 4.2, 4.1, 3.0 (Bolt's handshake, version ranges).
_PROPOSALS = struct.pack(">4I", 0x00080805, 0x00020404, 0x00000104, 0x00000003)


def answers(port: int, *, timeout: float = 2.0) -> bool:
    """Whether a server on this loopback port accepts a Bolt handshake within ``timeout`` seconds."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=timeout) as connection:
            connection.sendall(_MAGIC + _PROPOSALS)
            chosen = b""
            while len(chosen) < 4:
                received = connection.recv(4 - len(chosen))
                if not received:
                    return False
                chosen += received
    except OSError:
        return False
    # HTTP servers answer "HTTP"; zero means that no proposal suits.
    return chosen[:2] == b"\x00\x00" and chosen != b"\x00\x00\x00\x00"


def free_ports(count: int) -> list[int]:
    """Different loopback ports that nothing listens on right now."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [int(each.getsockname()[1]) for each in sockets]


def is_free(port: int) -> bool:
    """Whether nothing listens on this loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
