"""Could it be chance, where whole organisations are dealt: people of one organisation often think alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from xsector.release.redeal import DRAWS, EQUAL, FEWEST_DRAWS, Between, Counts, Floats, between_ordered

WORK: Final = 1_500_000
"""People dealt, over all draws of one item, before draws are cut."""
CHUNK: Final = 200_000


def chance_of_organisations(
    table: ArrayLike,
    *,
    organisations: Sequence[Sequence[int]],
    seed: int,
    draws: int = DRAWS,
    between: Between = between_ordered,
) -> float | None:
    """Share of deals of whole organisations to blocks whose B is at least as large as that of *table*.

    Parameters
    ----------
    table : array_like of int, shape (G, K + 1)
        People of each block at each level; in the last column those without an answer.
    organisations : G sequences of int
        Sizes of each block's organisations; they add up to the block's row.

    Returns
    -------
    float or None
        None where fewer than two blocks or three people answered.

    Notes
    -----
    Which organisation gave which answers is not used, for single answers could be worked out from a
    figure that depends on it. At each deal a block's answers are first handed to its people at random;
    then whole organisations go to the blocks, as many to each as it has. So the share follows from
    released counts and membership alone, and a block of two organisations can't look surer than
    two organisations allow.
    """
    counts = np.asarray(table, dtype=np.int64)
    sizes = [np.asarray(block, dtype=np.int64) for block in organisations]
    if counts.ndim != 2 or [int(block.sum()) for block in sizes] != counts.sum(axis=1).tolist():
        raise ValueError(f"organisations of {[block.tolist() for block in sizes]} don't fill {counts.tolist()}")
    answered = counts[:, :-1].astype(np.float64)
    people = answered.sum(axis=1)
    if (people > 0).sum() < 2 or people.sum() < 3:
        return None
    least = float(between(answered, people)) - EQUAL
    total = int(counts.sum())
    draws = min(draws, max(FEWEST_DRAWS, WORK // total))
    size = max(1, CHUNK // total)
    generator = np.random.default_rng(seed)
    as_large = 0
    for start in range(0, draws, size):
        dealt = _dealt(counts, sizes=sizes, count=min(size, draws - start), generator=generator)
        as_large += int((between(dealt, dealt.sum(axis=2)) >= least).sum())
    return (as_large + 1) / (draws + 1)


def _dealt(counts: Counts, *, sizes: Sequence[Counts], count: int, generator: np.random.Generator) -> Floats:
    """Random tables (count, G, K), people without an answer left out."""
    columns = counts.shape[1]
    seats = [np.repeat(np.arange(columns), row) for row in counts]
    answers = np.hstack([generator.permuted(np.tile(block, (count, 1)), axis=1) for block in seats])
    together = np.concatenate(sizes)
    owner = np.repeat(np.arange(len(together)), together)
    cells = (np.arange(count)[:, None] * len(together) + owner) * columns + answers
    by_organisation = np.bincount(cells.ravel(), minlength=count * len(together) * columns)
    home = np.repeat(np.arange(len(sizes)), [len(block) for block in sizes])
    homes = generator.permuted(np.tile(home, (count, 1)), axis=1)
    member = (homes[:, None, :] == np.arange(len(sizes))[:, None]).astype(np.float64)
    tables = member @ by_organisation.reshape(count, len(together), columns)
    return np.asarray(tables[:, :, :-1])
