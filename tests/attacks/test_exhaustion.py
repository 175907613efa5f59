"""Pages that take all the time or memory there is: they earn nothing, end in time, and the next honest page passes.

Each takes seconds, hence one mode each, in turn. ``CODEPHENIX_ATTACKS=all`` runs each in every mode.
"""

import os
import time

import pytest
from modes import ATTACKS, SLOW, asked, cells

pytestmark = pytest.mark.browser

MODES = ("fresh", "tab", "notebook", "service")
SLOW_ATTACKS = [name for name in ATTACKS if name.startswith(SLOW)]
EVERY = os.environ.get("CODEPHENIX_ATTACKS") == "all"
PAIRS = [
    (name, mode)
    for rank, name in enumerate(SLOW_ATTACKS)
    for mode in MODES
    if EVERY or mode == MODES[rank % len(MODES)]
]
LIMIT_S = 60  # RUN_S is 20 for one run, which may be tried again alone, on a busy machine


@pytest.mark.parametrize(("name", "mode"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_attack_ends_and_the_next_page_is_graded_right(modes, spy, name, mode):
    start = time.monotonic()
    assert modes.both(mode, cells(name, spy), asked(name)) == (0, 4)
    assert time.monotonic() - start < LIMIT_S
