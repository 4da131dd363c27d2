"""How steady the list of what to talk about is: which items stay at its top if other people had answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np

from xsector.analysis.divergence import split
from xsector.analysis.released import Answers, Form, tallies_of
from xsector.analysis.tallies import Floats


def top_shares(items: Sequence[Answers], *, top: int, resamples: int) -> Floats:
    """Share of resamples in which each item is among the *top* by unbiased divergence between blocks.

    People within each block are drawn again from the block's own counts, so that blocks keep their sizes;
    each item by itself, because counts do not tell who gave which two answers. The seed is fixed by the
    counts, so the same release always gives the same shares. Items that are undefined in a resample are
    last in it; ties go to the earlier item.
    """
    if not items:
        return np.empty(0)
    generator = np.random.default_rng(_seed(items))
    between = np.stack([_resampled_between(item, generator=generator, resamples=resamples) for item in items])
    between = np.where(np.isnan(between), -np.inf, between)
    # Rounding by 1e-12 keeps noise of the last digit from deciding a tie.
    order = np.argsort(-np.round(between, 12), axis=0, kind="stable")
    places = np.argsort(order, axis=0, kind="stable")
    return np.asarray((places < top).mean(axis=1))


def _resampled_between(item: Answers, *, generator: np.random.Generator, resamples: int) -> Floats:
    drawn = [_redrawn(row, int(n), item, generator=generator, resamples=resamples) for row, n in item.rows()]
    counts = np.stack(drawn, axis=1)
    people = np.broadcast_to(item.people, counts.shape[:-1])
    return split(tallies_of(replace(item, counts=counts, people=people))).between_unbiased


def _redrawn(row: Floats, n: int, item: Answers, *, generator: np.random.Generator, resamples: int) -> Floats:
    if item.form is Form.TICKED:
        return np.asarray(generator.binomial(n, row / n, size=(resamples, len(row))), dtype=np.float64)
    return np.asarray(generator.multinomial(n, row / n, size=resamples), dtype=np.float64)


def _seed(items: Sequence[Answers]) -> int:
    digest = sha256()
    for item in items:
        digest.update(item.code.encode())
        digest.update(repr(item.counts.astype(np.int64).tolist()).encode())
    return int.from_bytes(digest.digest()[:8], "big")
