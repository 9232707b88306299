"""What spares the pattern of bounds must never keep it from a match."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from structurer.mentions.arm_values.contexts import BOUND_BEFORE, BOUND_ENDS

_PIECES = """more than|less than or equal to|at least|at most|up to|exceeding|minimum of|maximum|within|below
|no fewer than|<|≥|&lt;|or|/|=|a|an|one|of|the| |  """.replace("\n", "").split("|")


@given(st.lists(st.sampled_from(_PIECES), max_size=6).map("".join), st.sampled_from(["", " "]))
def test_every_bound_has_one_of_the_ends(text: str, space: str) -> None:
    """With and without a space before the number."""
    before = f"pain fell {text}{space}"
    if BOUND_BEFORE.search(before):
        assert before.endswith(BOUND_ENDS)


def test_a_bound_is_met() -> None:
    """The property above is not empty."""
    for before in ("in more than ", "at least a ", "was ≥ ", "&lt;", "< or ", "no fewer than ", "exceeding an "):
        assert BOUND_BEFORE.search(before)
        assert before.endswith(BOUND_ENDS)
