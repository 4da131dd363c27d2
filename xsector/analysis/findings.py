"""What a release says, item by item and theme by theme: the frames that charts, agendas and exports are made of."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from xsector.analysis.certainty import nominal_share_adj_jackknife, share_adj_jackknife
from xsector.analysis.choices import nominal_bounds, ticked_bounds
from xsector.analysis.divergence import Split, divergence_bounds, split, split_by_sector, theme_share
from xsector.analysis.gaps import Gap, mean_positions, widest_gap
from xsector.analysis.patterns import Pattern, pattern, spread_pattern
from xsector.analysis.released import Answers, Form, answers_of, counted_items, counts_of_item, form_of, tallies_of
from xsector.analysis.stability import top_shares
from xsector.analysis.tallies import Floats, ratio
from xsector.analysis.thresholds import DEFAULT_BANDS, Bands
from xsector.model import columns
from xsector.model.released import Release, ReleasedItem

WORDS = (columns.TEXT, columns.SHORT, columns.KIND, columns.THEME, columns.PATTERN, columns.GAP_LOW, columns.GAP_HIGH)
NUMBERS = (
    columns.DIVERGENCE,
    columns.DIVERGENCE_UNBIASED,
    columns.DIVERGENCE_LOWEST,
    columns.DIVERGENCE_HIGHEST,
    columns.WITHIN,
    columns.BETWEEN,
    columns.BETWEEN_UNBIASED,
    columns.BETWEEN_SHARE,
    columns.SHARE_LOW,
    columns.SHARE_HIGH,
    columns.GAP_STEPS,
    columns.CHANCE,
    columns.TOP_FIVE,
    columns.RANK,
    columns.SECTOR_DIVERGENCE,
    columns.SECTOR_BETWEEN,
    columns.SECTOR_SHARE,
)
ITEM_COLUMNS = (
    *WORDS[:4],
    columns.ANSWERS,
    *NUMBERS[:10],
    columns.PATTERN,
    columns.GAP_STEPS,
    columns.GAP_LOW,
    columns.GAP_HIGH,
    *NUMBERS[11:],
)


def item_findings(release: Release, *, bands: Bands = DEFAULT_BANDS) -> pd.DataFrame:
    """One row for each counted item of the release, what to talk about first on top.

    Ranked by the unbiased divergence between blocks, ``D N/(N-1) - W N/(N-G)``; ties by D, then by place in the
    release. Items whose rank value is undefined (N <= G) come after those, items with fewer than three answers
    after these with every number nan, context items last. Context items have no rank and no ``top_five``.

    Returns
    -------
    DataFrame
        Index code; columns ``ITEM_COLUMNS``. ``divergence_unbiased`` is clipped at 1; ``between_unbiased`` is not
        clipped and may be below 0. ``between_share`` is S_adj. An interval is nan below eight answers more than
        blocks, and for ticked options, whose counts do not hold it. Gaps are nan and None without an order.
    """
    items = counted_items(release)
    given = [answers_of(item, blocks=release.blocks) for item in items]
    enough = [answers.n >= bands.fewest_answers for answers in given]
    rows = [_words(item, answers=answers) for item, answers in zip(items, given, strict=True)]
    for item, answers, row in zip(items, given, rows, strict=True):
        if answers.n >= bands.fewest_answers:
            row.update(_numbers(item, answers, invited=release.invited, bands=bands))
    codes = pd.Index([item.code for item in items], name=columns.CODE, dtype="str")
    found = pd.DataFrame(rows, index=codes, columns=list(ITEM_COLUMNS))
    dtypes = {**dict.fromkeys(WORDS, "object"), **dict.fromkeys(NUMBERS, "float64"), columns.ANSWERS: "int64"}
    found = found.astype(dtypes)
    for word in (columns.PATTERN, columns.GAP_LOW, columns.GAP_HIGH):
        found[word] = found[word].where(found[word].notna(), None)
    ranked = [place for place, item in enumerate(items) if enough[place] and not item.context]
    steady = top_shares([given[place] for place in ranked], top=bands.top_items, resamples=bands.resamples)
    found[columns.TOP_FIVE] = _placed(steady, places=ranked, length=len(items))
    return _sorted(found, ranked=ranked, context=[item.context for item in items])


def block_means(release: Release) -> pd.DataFrame:
    """Mean position 1..K of each block on each ordered item: index code, a column for each block; nan for none."""
    items = [item for item in counted_items(release) if form_of(item) is Form.ORDERED]
    means = np.full((len(items), len(release.blocks)), np.nan)
    for row, item in enumerate(items):
        if release.blocks:
            means[row] = mean_positions(counts_of_item(item))
    codes = pd.Index([item.code for item in items], name=columns.CODE, dtype="str")
    return pd.DataFrame(means, index=codes, columns=[block.name for block in release.blocks])


def theme_findings(release: Release, *, bands: Bands = DEFAULT_BANDS) -> pd.DataFrame:
    """One row for each theme that has items, in the order of the release; context items stay out.

    Returns
    -------
    DataFrame
        Index theme code. ``items`` with enough answers, mean ``divergence_unbiased``, ``theme_between_share``
        = sum B / sum D, and ``between_share``, the same corrected for chance: sum of the unbiased B over the sum
        of the unbiased D, at least 0. The first of the two shares is never shown to people.
    """
    rows = {}
    for code, label in release.themes.items():
        members = [item for item in counted_items(release) if item.theme == code and not item.context]
        given = [answers_of(item, blocks=release.blocks) for item in members]
        parts = [split(tallies_of(answers)) for answers in given if answers.n >= bands.fewest_answers]
        if members:
            rows[code] = _theme_row(parts, label=label)
    names = [columns.LABEL, columns.ITEMS, columns.DIVERGENCE_UNBIASED, columns.THEME_SHARE, columns.BETWEEN_SHARE]
    themes = pd.Index(list(rows), name=columns.THEME, dtype="str")
    found = pd.DataFrame(list(rows.values()), index=themes, columns=names)
    numbers = dict.fromkeys(names[2:], "float64")
    return found.astype({columns.LABEL: "object", columns.ITEMS: "int64", **numbers})


def item_counts(release: Release, code: str) -> pd.DataFrame:
    """People of each block at each level of one item: index block names, columns 0..K-1.

    Raises
    ------
    LookupError
        The release holds no such item.
    """
    for item in counted_items(release):
        if item.code == code:
            names = pd.Index([block.name for block in release.blocks], name=columns.BLOCK, dtype="str")
            levels = pd.RangeIndex(len(item.levels), name=columns.LEVEL)
            return pd.DataFrame(counts_of_item(item), index=names, columns=levels).astype("int64")
    raise LookupError(f"the release of round {release.round_id} holds no counts of item {code!r}")


def _words(item: ReleasedItem, *, answers: Answers) -> dict[str, object]:
    return {
        columns.TEXT: item.text,
        columns.SHORT: item.short,
        columns.KIND: item.kind.value,
        columns.THEME: item.theme,
        columns.ANSWERS: answers.n,
    }


def _numbers(item: ReleasedItem, answers: Answers, *, invited: int, bands: Bands) -> dict[str, object]:
    parts = split(tallies_of(answers))
    voices = split_by_sector(tallies_of(answers))
    lowest, highest = _bounds(answers, missing=max(0, invited - answers.n))
    low, high = _interval(answers, bands=bands)
    gap = _gap(answers)
    return {
        columns.DIVERGENCE: float(parts.total),
        columns.DIVERGENCE_UNBIASED: min(1.0, float(parts.total_unbiased)),
        columns.DIVERGENCE_LOWEST: lowest,
        columns.DIVERGENCE_HIGHEST: highest,
        columns.WITHIN: float(parts.within),
        columns.BETWEEN: float(parts.between),
        columns.BETWEEN_UNBIASED: float(parts.between_unbiased),
        columns.BETWEEN_SHARE: float(parts.share_adj),
        columns.SHARE_LOW: low,
        columns.SHARE_HIGH: high,
        columns.PATTERN: _pattern(answers, parts, bands=bands),
        columns.GAP_STEPS: gap.steps,
        columns.GAP_LOW: None if gap.low is None else answers.blocks[gap.low],
        columns.GAP_HIGH: None if gap.high is None else answers.blocks[gap.high],
        columns.CHANCE: math.nan if item.chance is None else item.chance,
        columns.SECTOR_DIVERGENCE: float(voices.total),
        columns.SECTOR_BETWEEN: float(voices.between),
        columns.SECTOR_SHARE: float(voices.share_adj),
    }


def _bounds(answers: Answers, *, missing: int) -> tuple[float, float]:
    counts = answers.counts.sum(axis=0)
    if answers.form is Form.ORDERED:
        lowest, highest = divergence_bounds(counts, missing=missing)
        return float(lowest), float(highest)
    if answers.form is Form.NOMINAL:
        return nominal_bounds(counts, missing=missing)
    return ticked_bounds(counts, people=answers.n, missing=missing)


def _interval(answers: Answers, *, bands: Bands) -> tuple[float, float]:
    if answers.form is Form.TICKED or answers.n - len(answers.blocks) < bands.fewest_for_share:
        return math.nan, math.nan
    jackknife = share_adj_jackknife if answers.form is Form.ORDERED else nominal_share_adj_jackknife
    interval = jackknife(answers.counts, level=bands.interval_level)
    return interval.low, interval.high


def _gap(answers: Answers) -> Gap:
    if answers.form is Form.ORDERED:
        return widest_gap(answers.counts)
    return Gap(steps=math.nan, low=None, high=None)


def _pattern(answers: Answers, parts: Split, *, bands: Bands) -> str | None:
    found: Pattern | None
    if answers.form is Form.ORDERED:
        found = pattern(answers.counts.sum(axis=0), bands=bands)
    else:
        found = spread_pattern(float(parts.total), bands=bands)
    return None if found is None else found.value


def _theme_row(parts: Sequence[Split], *, label: str) -> dict[str, object]:
    between = np.array([part.between for part in parts], dtype=np.float64)
    total = np.array([part.total for part in parts], dtype=np.float64)
    unbiased = np.array([part.total_unbiased for part in parts], dtype=np.float64)
    above = np.array([part.between_unbiased for part in parts], dtype=np.float64)
    known = ~np.isnan(above)
    corrected = float(ratio(above[known].sum(), unbiased[known].sum()))
    return {
        columns.LABEL: label,
        columns.ITEMS: len(parts),
        columns.DIVERGENCE_UNBIASED: float(np.minimum(1.0, unbiased).mean()) if parts else math.nan,
        columns.THEME_SHARE: theme_share(between, total=total),
        columns.BETWEEN_SHARE: float(np.maximum(0.0, corrected)),
    }


def _placed(values: Floats, *, places: Sequence[int], length: int) -> Floats:
    """*values* at their places among nan."""
    column = np.full(length, np.nan)
    column[list(places)] = values
    return column


def _sorted(found: pd.DataFrame, *, ranked: Sequence[int], context: Sequence[bool]) -> pd.DataFrame:
    """The rows in their order, and the rank of those that have one."""
    # Rounding by 1e-12 keeps noise of the last digit from deciding a tie.
    value = np.round(found[columns.BETWEEN_UNBIASED].to_numpy(), 12)
    spread = np.round(found[columns.DIVERGENCE].to_numpy(), 12)
    in_list = np.zeros(len(found), dtype=bool)
    in_list[list(ranked)] = True
    keys = (np.arange(len(found)), -spread, -np.nan_to_num(value, nan=-np.inf), ~in_list, np.array(context, dtype=bool))
    order = np.lexsort(keys)
    placed = found.iloc[order].copy()
    ranks = np.arange(1.0, len(ranked) + 1)
    placed[columns.RANK] = _placed(ranks, places=range(len(ranked)), length=len(found))
    return placed
