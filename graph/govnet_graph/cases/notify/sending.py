"""One attempt to deliver, and the loop that makes them: each webhook is served for itself, so a slow one delays no other."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, Self

import httpx2

from govnet_graph.cases.notify.addresses import AddressRefused, Networks, place_of, resolve
from govnet_graph.cases.notify.outbox import LEASE_SECONDS, Outbox, Outcome, Parcel
from govnet_graph.cases.notify.signing import headers
from govnet_graph.cases.notify.webhooks import Clock

_log = logging.getLogger("govnet.webhooks")
_LOOK_SECONDS = 1.0
_READ = 16_384
_RESOLVERS = 8


class Sender(Protocol):
    """Makes one attempt; a failure is an outcome, not an error."""

    async def send(self, parcel: Parcel) -> Outcome:
        """Try once."""


class HttpSender:
    """Posts to the address that was checked, and to no other: no redirect, no proxy, one time limit for the whole attempt.

    Use as an asynchronous context manager.
    """

    def __init__(self, networks: Networks, timeout: float, clock: Clock = time.time) -> None:
        self._networks = networks
        self._timeout = min(timeout, LEASE_SECONDS / 2)
        self._clock = clock
        self._resolvers = ThreadPoolExecutor(_RESOLVERS, "govnet-resolve")
        self._client: httpx2.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._resolvers.shutdown(wait=False, cancel_futures=True)
        if self._client is not None:
            await self._client.aclose()

    def _opened(self) -> httpx2.AsyncClient:
        """The client, made when something is sent for the first time: its certificates take a moment to read."""
        if self._client is None:
            # A connection that is kept could be handed to another host at the same address.
            limits = httpx2.Limits(max_connections=None, max_keepalive_connections=0)
            self._client = httpx2.AsyncClient(
                trust_env=False,
                follow_redirects=False,
                limits=limits,
                timeout=self._timeout,
                verify=ssl.create_default_context(),
            )
        return self._client

    async def send(self, parcel: Parcel) -> Outcome:
        """Try once, within the time limit."""
        client = self._opened()
        try:
            async with asyncio.timeout(self._timeout):
                return await self._post(client, parcel)
        except TimeoutError:
            return Outcome(False, error=f"No answer within {self._timeout:g} seconds.")
        except AddressRefused as error:
            return Outcome(False, error=str(error))
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError) as error:
            # The words of the error may quote the address with what is secret in its query; the kind says enough.
            return Outcome(False, error=f"No connection ({type(error).__name__}).")

    async def _post(self, client: httpx2.AsyncClient, parcel: Parcel) -> Outcome:
        place = place_of(parcel.url, self._networks)
        found = await resolve(place, self._networks, self._resolvers)
        host = f"[{found}]" if ":" in found else found
        sent = {
            "host": place.authority,
            "content-type": "application/json",
            "user-agent": "govnet",
            **headers(parcel.secret, parcel.message, int(self._clock()), parcel.body),
        }
        request = client.build_request(
            "POST", f"{place.scheme}://{host}:{place.port}{place.target}", content=parcel.body, headers=sent,
            extensions={"sni_hostname": place.host},
        )  # fmt: skip
        answer = await client.send(request, stream=True)
        try:
            seen = 0
            async for part in answer.aiter_raw():
                seen += len(part)
                if seen > _READ:
                    break
        finally:
            await answer.aclose()
        if answer.is_success:
            return Outcome(True, answer.status_code)
        said = "a redirect, which is not followed" if answer.is_redirect else "no success"
        return Outcome(
            False,
            answer.status_code,
            f"The receiver answered {answer.status_code}: {said}.",
            gone=answer.status_code == httpx2.codes.GONE,
            wait=_asked_for(answer.headers.get("retry-after", "")),
        )


def _asked_for(text: str) -> float | None:
    """Seconds that a receiver asks to wait, where it says so in seconds."""
    return float(text) if text.isdecimal() and text.isascii() and len(text) < 8 else None


class Dispatcher:
    """Sends what is due, in the background of a server or once. Use as an asynchronous context manager for the former.

    Each webhook has at most one attempt under way, and all webhooks are served beside each other.
    """

    def __init__(self, outbox: Outbox, sender: Sender) -> None:
        self._outbox = outbox
        self._sender = sender
        self._wake = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._loop: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._loop = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        tasks = [task for task in (self._loop, *self._busy.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._busy.clear()

    def hurry(self) -> None:
        """Look now instead of in a moment."""
        self._wake.set()

    async def _run(self) -> None:
        await asyncio.gather(asyncio.to_thread(self._outbox.sweep), return_exceptions=True)
        while True:
            self._wake.clear()
            (found,) = await asyncio.gather(asyncio.to_thread(self._outbox.due), return_exceptions=True)
            if isinstance(found, BaseException):
                _log.error("the outbox cannot be read: %s", found)
            else:
                self._serve(found)
            try:
                async with asyncio.timeout(_LOOK_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                continue

    def _serve(self, due: dict[str, list[int]]) -> None:
        for webhook, deliveries in due.items():
            if webhook not in self._busy:
                task = asyncio.create_task(self._one_by_one(deliveries))
                self._busy[webhook] = task
                task.add_done_callback(lambda _, webhook=webhook: self._busy.pop(webhook, None))  # type: ignore[misc]

    async def _one_by_one(self, deliveries: list[int]) -> None:
        for delivery in deliveries:
            (outcome,) = await asyncio.gather(self.attempt(delivery), return_exceptions=True)
            if isinstance(outcome, BaseException):
                _log.error("delivery %d could not be tried", delivery, exc_info=outcome)

    async def attempt(self, delivery: int) -> Outcome | None:
        """Try one delivery now; None where there is nothing to try. Raises NoticesUnusable."""
        parcel = await asyncio.to_thread(self._outbox.take, delivery)
        if parcel is None:
            return None
        outcome = await self._sender.send(parcel)
        await asyncio.to_thread(self._outbox.settle, parcel, outcome)
        _log.info(
            "delivery %d attempt %d: %s", delivery, parcel.attempts + 1, "taken" if outcome.taken else outcome.error
        )
        return outcome

    async def drain(self) -> int:
        """Try everything that is due once, all webhooks beside each other; how many were taken."""
        due = await asyncio.to_thread(self._outbox.due)

        async def of_one(deliveries: list[int]) -> int:
            return sum([bool(o and o.taken) for o in [await self.attempt(d) for d in deliveries]])

        return sum(await asyncio.gather(*(of_one(deliveries) for deliveries in due.values())))
