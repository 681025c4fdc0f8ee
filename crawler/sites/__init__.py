"""In: the site profiles of this folder; out: typed `Profile` objects.

`profile.py` holds the dataclass, `schema.py` the keys and their checks, `load.py`
reads files. The package imports none of its modules by itself.
"""
