"""The pipelines' exceptions.

PipelineError
└── ExtractionFailed   a worker died, ran out of time, or the extractor raised
"""

from __future__ import annotations


class PipelineError(Exception):
    """Anything that goes wrong in a stage."""


class ExtractionFailed(PipelineError):
    """A page could not be cut; its capture is kept.

    Args:
        url: The page's address.
        why: What happened, in plain words.
    """

    def __init__(self, url: str, why: str) -> None:
        self.url = url
        self.why = why
        super().__init__(f"{why}: {url}")
