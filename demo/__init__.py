"""Demo publisher: a phase in, made-up trade titles on loopback and their truth out.

The titles exist nowhere else, and every word of them is written by the vocabularies in
`data/` and the grammar that reads them: always the same words for the same seed.

| site | title | structure |
|---|---|---|
| townhall | Townhall Circuit, government IT | old Drupal: `/content/<id>`, slugs |
| girder | Girder & Sleeper, building and rail | WordPress: dated addresses, REST API |
| carton | Carton & Kettle, food and packaging | tables without classes, windows-1252 |

In a test::

    with DemoPublisher(phase="first") as publisher:
        publisher.profiles(folder)            # crawl with these
        expected = truth("first")             # compare with this
        publisher.switch("second")            # new articles, corrections
        publisher.requests("girder")          # what was asked for, and how often
        publisher.fail("girder", path, "500-once")

Townhall Circuit can also move from one content system to another, see `moving.py`::

    with DemoPublisher(move=Move(eras=("slugs",))) as publisher:
        publisher.move(Move(eras=("slugs", "dated"), answers="gone"))
        expected = moved_articles()           # each with its addresses, old and new

By hand: `python -m demo --port-base 8100 --phase first` serves until Ctrl-C, and
`python -m demo --truth FILE` writes the ground truth as JSON Lines.

What is hidden in the titles for a crawler to stumble over: copies that one title takes
over from another; a weekly column whose headline and frame are the same each week,
and whose editions all claim the column's page as their canonical address;
pages with one line, a page taken down that answers 200, log-in pages; tracking
parameters; redirects; lists that go on past their end; empty tag labels; a pull quote
that repeats the text; blocks of other articles with dates of their own; dates before
British midnight and in summer time; corrections that only the second phase shows.
"""

from __future__ import annotations

from demo.model import Phase
from demo.moving import Move, MovedArticle, moved_articles
from demo.publisher import DemoPublisher, DemoSite
from demo.truth import ExpectedArticle, ExpectedOther, non_articles, truth, write_truth

__all__ = [
    "DemoPublisher",
    "DemoSite",
    "ExpectedArticle",
    "ExpectedOther",
    "Move",
    "MovedArticle",
    "Phase",
    "moved_articles",
    "non_articles",
    "truth",
    "write_truth",
]
