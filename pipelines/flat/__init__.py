"""Flattened pages and press-database texts go in; labelled lines and articles come out.

Pure functions, without network or archive: what is archived is up to `importing`.
"""

from __future__ import annotations
