"""`python -m cli` is `cuttings`."""

from __future__ import annotations

from cli.main import main

main(prog_name="cuttings")
