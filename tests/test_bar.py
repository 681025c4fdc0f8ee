"""cli/bar.py: a bar in a terminal, lines elsewhere, nothing for --json."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from cli.bar import Bar


def test_a_terminal_gets_a_bar() -> None:
    """Each step has a bar of its own, which is drawn to its end and taken away."""
    drawn = StringIO()
    console = Console(file=drawn, force_terminal=True, width=80)
    with Bar(console=console) as bar:
        bar.show("rows", 0, 0)
        for done in range(0, 1001, 10):
            bar.show("captures", done, 1000)
    assert "rows" in drawn.getvalue() and "captures" in drawn.getvalue()
    assert "100 %" in drawn.getvalue()


def test_a_pipe_gets_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Elsewhere a line tells from time to time, with figures where they are known."""
    with Bar(line_seconds=0.0) as bar:
        bar.show("rows", 0, 0)
        bar.show("captures", 5, 10)
    assert capsys.readouterr().err == "rows\ncaptures: 5 of 10\n"
    with Bar() as seldom:
        seldom.show("captures", 5, 10)
    assert capsys.readouterr().err == ""


def test_a_line_stands_above_the_bar(capsys: pytest.CaptureFixture[str]) -> None:
    """What is said goes to standard output, on a terminal and elsewhere."""
    drawn = StringIO()
    with Bar(console=Console(file=drawn, force_terminal=True, width=80)) as bar:
        bar.show("captures", 5, 10)
        bar.say("[a line] above")
    assert "[a line] above" in drawn.getvalue()
    with Bar() as plain:
        plain.say("[a line] alone")
    assert capsys.readouterr().out == "[a line] alone\n"


def test_a_script_gets_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json nothing is shown."""
    with Bar(quiet=True, line_seconds=0.0) as bar:
        bar.show("captures", 5, 10)
    assert capsys.readouterr().err == ""
