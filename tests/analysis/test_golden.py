"""Every golden record whose measure is known here. XSECTOR_GOLDEN=PATH reads another file of the same shape."""

import dataclasses
import json
import math
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from xsector.analysis import budgets, certainty, choices, divergence, effects, patterns, rankings
from xsector.release import redeal

GOLDEN = Path(os.environ.get("XSECTOR_GOLDEN", Path(__file__).parent / "golden.json"))
RECORDS = json.loads(GOLDEN.read_text(encoding="utf-8"))["records"]


def fields(found, **names):
    return {name: getattr(found, field) for name, field in names.items()}


def parts(split):
    return fields(split, total="total", within="within", between="between", share="share", share_adj="share_adj")


def jackknife(given, params):
    interval = certainty.share_adj_jackknife(given["table"], level=params.get("level", 0.90))
    return fields(interval, share_adj_unclipped="share_adj_unclipped", se="se", lo="low", hi="high")


def bounds(given, params):
    return dict(zip(("lo", "hi"), divergence.divergence_bounds(given["counts"], missing=given["missing"]), strict=True))


def concordance(given, params):
    found = rankings.kendall_w(np.transpose(given["objects_by_raters"]))
    return fields(found, W="w", chisq="chi_squared", p="p")


def chance(given, params):
    return redeal.chance_from_counts(given["table"], seed=redeal.seed_of("golden", given["table"]))


MEASURES = {
    "benjamini_hochberg": lambda given, _: certainty.benjamini_hochberg(given["p"]),
    "borda": lambda given, _: rankings.borda(given["rankings"]),
    "budget_divergence": lambda given, _: parts(budgets.budget_divergence(given["budgets"], groups=given["groups"])),
    "budget_tv": lambda given, _: budgets.budget_tv(given["x"], given["y"]),
    "camp_cut": lambda given, _: dataclasses.asdict(patterns.camp_cut(given["counts"])),
    "cliffs_delta": lambda given, _: effects.cliffs_delta(given["table"]),
    "decompose_D": lambda given, _: parts(divergence.decompose(given["table"])),
    "decompose_D_sector_weighted": lambda given, _: parts(divergence.decompose_by_sector(given["table"])),
    "disco": lambda given, _: fields(
        divergence.disco(given["table"]), total="total", within="within", between="between", F="f"
    ),
    "disco_exact_p": chance,
    "divergence_D": lambda given, _: divergence.divergence(given["counts"]),
    "divergence_bounds": bounds,
    "divergence_max_attainable": lambda given, _: divergence.divergence_max_attainable(given["n"]),
    "divergence_posterior_mean": lambda given, params: divergence.divergence_posterior_mean(
        given["counts"], prior_mass=params["prior_mass"]
    ),
    "divergence_unbiased": lambda given, _: divergence.divergence_unbiased(given["counts"]),
    "energy_distance": lambda given, _: effects.energy_distance(given["table"]),
    "kemeny": lambda given, _: dataclasses.asdict(rankings.kemeny(given["rankings"])),
    "kendall_tau_distance": lambda given, _: rankings.kendall_tau_distance(given["a"], given["b"]),
    "kendall_w": concordance,
    "nominal_divergence": lambda given, _: parts(choices.nominal_divergence(given["table"])),
    "ranking_divergence": lambda given, _: parts(
        rankings.ranking_divergence(given["rankings"], groups=given["groups"])
    ),
    "sector_pair_distance": lambda given, _: effects.sector_pair_distance(given["table"]),
    "share_adj_jackknife": jackknife,
    "spearman_footrule": lambda given, _: rankings.spearman_footrule(given["a"], given["b"]),
    "wasserstein1": lambda given, _: effects.wasserstein1(given["table"]),
}

KNOWN = [record for record in RECORDS if record["metric"] in MEASURES]


def same(found, expected, tolerance):
    if isinstance(found, dict) and not isinstance(expected, dict):
        return same(found["W"], expected, tolerance)  # kendall_w expects W alone in some records
    if isinstance(expected, dict):
        return all(same(found[key], value, tolerance) for key, value in expected.items())
    if isinstance(expected, list):
        return len(found) == len(expected) and all(
            same(ours, theirs, tolerance) for ours, theirs in zip(found, expected, strict=True)
        )
    if found is None or math.isnan(found) or expected is None:
        return expected is None and (found is None or math.isnan(found))
    return abs(float(found) - expected) <= tolerance * max(1, abs(expected))


@pytest.mark.parametrize("record", KNOWN, ids=lambda record: record["id"])
def test_golden_record(record):
    found = MEASURES[record["metric"]](record["input"], record["params"])

    assert same(found, record["expected"], record["tol"]), f"{found} is not {record['expected']}"


def test_every_known_measure_is_in_the_file_and_counted(capsys):
    ran = Counter(record["metric"] for record in KNOWN)

    with capsys.disabled():
        print(f"\ngolden: {len(KNOWN)} of {len(RECORDS)} records of {len(ran)} measures ran from {GOLDEN.name}")

    assert KNOWN
    assert "XSECTOR_GOLDEN" in os.environ or set(ran) == set(MEASURES)
