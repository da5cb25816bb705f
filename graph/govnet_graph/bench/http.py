"""A small HTTP/1.1 load client over asyncio streams: keep-alive connections, one request at a time on each.

It exists so that the client costs little of the two cores that it shares with what it measures.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping


async def _worker(host: str, port: int, request: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    done = 0
    try:
        while time.monotonic() < until:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            status = head.split(b" ", 2)[1]
            if status[:1] != b"2":
                raise RuntimeError(f"the server answered {status.decode()}")
            lower = head.lower()
            if b"transfer-encoding: chunked" in lower:
                while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
                    await reader.readexactly(size + 2)
                await reader.readexactly(2)
            else:
                await reader.readexactly(int(lower.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]))
            done += 1
    finally:
        writer.close()
    return done


def request_bytes(method: str, host: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """The bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


async def requests_per_second(host: str, port: int, request: bytes, *, seconds: float, connections: int) -> float:
    """Completed requests per second of ``connections`` keep-alive connections; an answer other than 2xx raises RuntimeError."""
    start = time.monotonic()
    counts = await asyncio.gather(*(_worker(host, port, request, start + seconds) for _ in range(connections)))
    return sum(counts) / (time.monotonic() - start)
