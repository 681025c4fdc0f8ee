"""WARC files of other programs go in; archived articles come out.

scan.py reads the files once and notes what is in them, sites.py says whose each address
is, pages.py reads a page when its turn comes, importing.py sends it through the stages
of a crawl, round for round, and ends each round as a crawl ends.
"""
