"""Signatures of webhooks as the Standard Webhooks specification has them: HMAC-SHA256 over id, moment and body.

A receiver checks them with any library of the specification and the secret that it was given once.

References
----------
Standard Webhooks 1.0, https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hmac
import secrets

_PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """A fresh secret of 256 random bits, in the serialized form of the specification."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signature(secret: str, message: str, moment: int, body: bytes) -> str:
    """The value of the header ``webhook-signature``.

    >>> signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    digest = hmac.digest(key, f"{message}.{moment}.".encode() + body, "sha256")
    return "v1," + base64.b64encode(digest).decode()


def headers(secret: str, message: str, moment: int, body: bytes) -> dict[str, str]:
    """The three headers of one attempt; the id stays the same when it is tried again, the moment is that of the attempt."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(secret, message, moment, body),
    }
