"""The ways in which a title can be made to misbehave for one address.

Contains no business logic: `server.py` acts on what stands here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

from demo.resources import Resource

Fault = Literal[
    "500-once",
    "500-always",
    "429-retry-after",
    "truncate",
    "hang",
    "reset",
    "empty",
    "wrong-type",
]
FAULTS: tuple[Fault, ...] = get_args(Fault)
ONCE: frozenset[Fault] = frozenset({"500-once", "429-retry-after"})
"""Faults that are over after one answer."""
RETRY_AFTER_SECONDS = 1


class UnknownFaultError(ValueError):
    """A test asks for a fault that the server does not know."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        super().__init__(
            f"fault {fault!r} is not known; use one of {', '.join(FAULTS)}"
        )


def spoilt(resource: Resource, fault: Fault) -> Resource:
    """What is sent in place of the right answer, for faults that answer at all."""
    if fault in ("500-once", "500-always"):
        return Resource(status=500, body=b"<h1>Something broke</h1>")
    if fault == "429-retry-after":
        wait = (("Retry-After", str(RETRY_AFTER_SECONDS)),)
        return Resource(status=429, body=b"<h1>Slow down</h1>", headers=wait)
    if fault == "empty":
        return replace(resource, body=b"", headers=())
    if fault == "wrong-type":
        return Resource(content_type="application/pdf", body=b"%PDF-1.4\n%%EOF\n")
    return resource
