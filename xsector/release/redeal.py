"""Could it be chance: how often answers dealt to blocks at random would lie as far apart as these do.

A *deal* gives every block as many people as it has, from the same answers. Where there
are fewer than 5,000 different tables of counts they are all listed with their exact chances; otherwise
tables are drawn with a given seed, and the share is (as large or larger + 1) / (draws + 1).
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Counts: TypeAlias = NDArray[np.int64]
Between: TypeAlias = Callable[[Floats, Floats], Floats]
"""Divergence between blocks from tallies (..., G, K) and people (..., G)."""

MOST_TABLES: Final = 5_000
DRAWS: Final = 9_999
FEWEST_DRAWS: Final = 199
WORK: Final = 5_000_000
"""People dealt, over all draws of one item, before draws are cut."""
CHUNK: Final = 500_000
EQUAL: Final = 1e-12


def between_ordered(tallies: Floats, people: Floats) -> Floats:
    """B of an ordered scale: ``4/(K-1) sum_k sum_g n_g/N (F_g(k) - F(k))**2``."""
    below = np.cumsum(tallies, axis=-1)[..., :-1]
    return _between(below, people, scale=4 / (tallies.shape[-1] - 1))


def between_nominal(tallies: Floats, people: Floats) -> Floats:
    """B of one choice among C options: ``C/(C-1) sum_c sum_g n_g/N (p_gc - p_c)**2``."""
    options = tallies.shape[-1]
    return _between(tallies, people, scale=options / (options - 1))


def chance_from_counts(
    table: ArrayLike, *, seed: int, draws: int = DRAWS, between: Between = between_ordered
) -> float | None:
    """Share of deals of people to blocks whose B is at least as large as that of *table*, shape (G, K).

    Needs each person to be at one level, so not for ticked options. None below two blocks or three people.
    """
    counts = _whole_numbers(table)
    counts = counts[counts.sum(axis=1) > 0]
    rows, totals = counts.sum(axis=1), counts.sum(axis=0)
    if len(counts) < 2 or totals.sum() < 3:
        return None
    # A level that nobody chose takes no part in a deal, but its place on the scale counts.
    chosen = np.flatnonzero(totals)

    def gaps(tables: Counts) -> Floats:
        dealt = np.zeros((*tables.shape[:-1], counts.shape[1]))
        dealt[..., chosen] = tables
        return between(dealt, dealt.sum(axis=-1))

    table_, totals = counts[:, chosen], totals[chosen]
    least = gaps(table_) - EQUAL
    every = _all_tables(rows, totals)
    if every is not None:
        return float(_weights(every, rows=rows, totals=totals)[gaps(every) >= least].sum())
    return _drawn_chance(rows, totals, least=float(least), gaps=gaps, seed=seed, draws=draws)


def seed_of(code: str, table: ArrayLike) -> int:
    """A seed that depends on the item and its counts alone, the same on every machine and in every run."""
    counts = _whole_numbers(table)
    return int.from_bytes(sha256(repr((code, counts.tolist())).encode()).digest()[:8], "big")


def _between(tallies: Floats, people: Floats, *, scale: float) -> Floats:
    behind = people[..., None]
    own = np.divide(tallies, behind, out=np.zeros(tallies.shape), where=behind > 0)
    everyone = tallies.sum(axis=-2, keepdims=True) / behind.sum(axis=-2, keepdims=True)
    weights = people / people.sum(axis=-1, keepdims=True)
    return np.asarray(scale * (weights * ((own - everyone) ** 2).sum(axis=-1)).sum(axis=-1))


def _drawn_chance(
    rows: Counts, totals: Counts, *, least: float, gaps: Callable[[Counts], Floats], seed: int, draws: int
) -> float:
    units, cells = int(rows.sum()), (len(rows) - 1) * (len(totals) - 1)
    # A draw of one cell takes about as long as shuffling eight labels.
    by_cells = 8 * cells < units
    work = min(8 * cells, units)
    draws = min(draws, max(FEWEST_DRAWS, WORK // work))
    size = max(1, CHUNK // max(work, len(rows) * len(totals)))
    generator = np.random.default_rng(seed)
    as_large = 0
    for start in range(0, draws, size):
        count = min(size, draws - start)
        deal = _dealt_by_cells if by_cells else _dealt_by_shuffling
        as_large += int((gaps(deal(rows, totals, count=count, generator=generator)) >= least).sum())
    return (as_large + 1) / (draws + 1)


def _dealt_by_cells(rows: Counts, totals: Counts, *, count: int, generator: np.random.Generator) -> Counts:
    """Random tables with these margins, one cell after another: (count, G, T)."""
    dealt = np.zeros((count, len(rows), len(totals)), dtype=np.int64)
    left = np.repeat(totals[None], count, axis=0)
    for row, wanted in enumerate(rows[:-1]):
        quota = np.full(count, wanted)
        rest = left.sum(axis=1)
        for column in range(len(totals) - 1):
            rest -= left[:, column]
            taken = generator.hypergeometric(left[:, column], rest, quota)
            dealt[:, row, column] = taken
            quota -= taken
        dealt[:, row, -1] = quota
        left -= dealt[:, row]
    dealt[:, -1] = left
    return dealt


def _dealt_by_shuffling(rows: Counts, totals: Counts, *, count: int, generator: np.random.Generator) -> Counts:
    """Random tables with these margins, by shuffling the blocks of all units: (count, G, T)."""
    labels = np.repeat(np.arange(len(rows)), rows)
    shuffled = generator.permuted(np.repeat(labels[None], count, axis=0), axis=1)
    cell = shuffled * len(totals) + np.repeat(np.arange(len(totals)), totals)
    size = len(rows) * len(totals)
    flat = (cell + size * np.arange(count)[:, None]).ravel()
    return np.bincount(flat, minlength=count * size).reshape(count, len(rows), len(totals)).astype(np.int64)


def _all_tables(rows: Counts, totals: Counts) -> Counts | None:
    """Every table with these margins, (tables, G, T), or None if there are 5,000 or more.

    Cell by cell: every beginning that is kept can be completed, so too many beginnings are too many tables.
    """
    found = np.zeros((1, len(rows), len(totals)), dtype=np.int64)
    left = totals[None].copy()
    for row, wanted in enumerate(rows[:-1]):
        quota = np.full(len(found), wanted)
        for column in range(len(totals)):
            later = left[:, column + 1 :].sum(axis=1)
            fewest = np.maximum(0, quota - later)
            choices = np.minimum(quota, left[:, column]) - fewest + 1
            if choices.sum() >= MOST_TABLES:
                return None
            parent = np.repeat(np.arange(len(found)), choices)
            first = np.repeat(np.cumsum(choices) - choices, choices)
            taken = fewest[parent] + np.arange(len(parent)) - first
            found, left, quota = found[parent], left[parent], quota[parent] - taken
            found[:, row, column] = taken
            left[:, column] -= taken
    found[:, -1] = left
    return found


def _weights(tables: Counts, *, rows: Counts, totals: Counts) -> Floats:
    """The chance of each of all tables with these margins when units are dealt at random."""
    largest = int(max(rows.max(), totals.max()))
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, largest + 1)))])
    log_chance = -log_factorial[tables].sum(axis=(1, 2))
    chance = np.exp(log_chance - log_chance.max())
    return np.asarray(chance / chance.sum())


def _whole_numbers(table: ArrayLike) -> Counts:
    counts = np.asarray(table)
    if counts.ndim != 2 or counts.shape[1] < 1 or (counts < 0).any():
        raise ValueError(f"a table needs rows and columns of people, got shape {counts.shape}")
    return counts.astype(np.int64)
