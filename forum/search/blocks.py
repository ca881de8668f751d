"""Documents by their place in the order of all: PostgreSQL's index knows no other order than this one.

Each document of a question holds the number of the block of keys that it lies in. Who looks for the newest asks for the
newest blocks first, and the index leaves out all others without reading them.
"""

from __future__ import annotations

BLOCK = 4_096  # keys
# Which blocks are looked at together, counted from the newest: each time as many as all before.
STEPS = ((0, 0), (1, 1), (2, 3), (4, 7), (8, 15), (16, 31))
LOOKED_AT = STEPS[-1][1] + 1


def block_token(key: int) -> str:
    """n and the number of the block."""
    return f"n{key // BLOCK}"
