"""Material in, the paragraph under the headline out."""

from __future__ import annotations

from ..claims import Claim
from ..fields.titles import Headline
from ..material import Material
from ..survey import in_furniture, spine_of
from ..text import key
from ..tree import select, text_of
from .known import is_head

_NEAR = 40
"""How many elements after the headline the standfirst may stand."""
_MIN_CHARS, _MAX_CHARS = 30, 600


def standfirst(material: Material, title: Headline | None) -> Claim[str] | None:
    """Return the standfirst where the page marks one as such."""
    selected = select(material.root, material.profile.selectors.get("standfirst", ()))
    if selected and (text := text_of(selected[0], 2000)):
        return Claim(value=text, witness="profile")
    if title is None or title.position < 0:
        return None
    spine = spine_of(title.element)
    for sight in material.survey.marked.get("standfirst", ()):
        gap = sight.position - title.position
        if not 0 < gap <= _NEAR or in_furniture(sight.element, spine):
            continue
        text = text_of(sight.element, _MAX_CHARS * 2)
        if len(text) < _MIN_CHARS or is_head(text, "paragraph", "", set()):
            continue
        if len(text) <= _MAX_CHARS and key(text) != key(title.text):
            return Claim(value=text, witness="html")
    return None
