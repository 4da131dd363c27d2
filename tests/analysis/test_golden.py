"""Every golden record whose measure is known here. XSECTOR_GOLDEN=PATH reads another file of the same shape."""

import dataclasses
import json
import math
import os
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from xsector.analysis import (
    attribution,
    budgets,
    certainty,
    choices,
    divergence,
    dyads,
    effects,
    networks,
    paired,
    patterns,
    perceived,
    rankings,
    srm,
)
from xsector.analysis.thresholds import RoundRobinLimits
from xsector.release import redeal

GOLDEN = Path(os.environ.get("XSECTOR_GOLDEN", Path(__file__).parent / "golden.json"))
FOLDER = Path(__file__).parent
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


ANY_SIZE = RoundRobinLimits(fewest_for_shares=4, fewest_for_shares_averaged=4)
PARTS = ("var_perceiver", "var_target", "var_relationship", "cov_generalized", "cov_dyadic")


def relations(given, _):
    return dataclasses.asdict(srm.social_relations(given["matrix"], limits=ANY_SIZE))


def datasets(text):
    """The ratings that a record names, such as liking_a, from the file of that name."""
    names = dict.fromkeys(re.findall(r"\b(?:meta)?liking_[a-z]\b", text))
    return [np.genfromtxt(FOLDER / f"{name}.csv", delimiter=",", skip_header=1) for name in names]


def relations_of_a_file(given, _):
    [matrix] = datasets(given["dataset"])
    found = srm.social_relations(matrix)
    shares = (found.share_perceiver, found.share_target, found.share_relationship)
    return {
        "estimate": [getattr(found, part) for part in PARTS],
        "standardized": [*shares, found.generalized_reciprocity, found.dyadic_reciprocity],
        "se": [getattr(srm.standard_errors(found), part) for part in PARTS],
    }


def relations_of_two_files(given, _):
    found = srm.cross_relations(*datasets(given["dataset"]))
    return {
        "type": [
            "actor-actor covariance",
            "partner-partner covariance",
            "actor-partner covariance",
            "partner-actor covariance",
            "intrapersonal relationship covariance",
            "interpersonal relationship covariance",
        ],
        "estimate": dataclasses.astuple(found.covariances),
        "standardized": dataclasses.astuple(found.correlations),
    }


def leave_some_out(given, _):
    """Mean variance of perceiver effects when only some of the people are looked at."""
    matrix = np.array(given["matrix"], dtype=float)

    def variance(size):
        some = [list(kept) for kept in combinations(range(len(matrix)), size)]
        return np.mean([srm.social_relations(matrix[np.ix_(kept, kept)]).perceiver.var(ddof=1) for kept in some])

    return {"mean_var_of_perceiver_effects_over_5_subsets": variance(5), "over_4_subsets": variance(4)}


def counted(values, *, points):
    return np.bincount(np.array(values, dtype=int), minlength=points + 1)[1:]


def guessed(given, _):
    guesses, [actual] = given["predicted_by_A_about_B"], given["actual"].values()
    points = max(*guesses, *actual)
    counts = counted(guesses, points=points), counted(actual, points=points)
    return dataclasses.asdict(perceived.perception_gap(counts[0], actual=counts[1]))


def before_and_after(given, _):
    before, after = np.array(given["before"]), np.array(given["after"])
    table = np.zeros((max(*before, *after),) * 2)
    np.add.at(table, (before - 1, after - 1), 1)
    found = paired.wilcoxon_signed_rank(table)
    return fields(found, V="v", p_exact_pratt="p_exact_pratt", p_exact_drop_zeros="p_exact_drop_zeros")


def popular(given, _):
    votes, predicted = ([yes, 1 - yes] for yes in (given["votes_yes"], given["mean_predicted_yes"]))
    found = perceived.surprisingly_popular(votes, predicted=predicted)
    return {"answer": None if found.option is None else ("yes", "no")[found.option], "gap_yes": found.gaps[0]}


MEASURES = {
    "benjamini_hochberg": lambda given, _: certainty.benjamini_hochberg(given["p"]),
    "borda": lambda given, _: rankings.borda(given["rankings"]),
    "bowker": lambda given, _: dataclasses.asdict(paired.bowker(given["table"])),
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
    "dyad_gap": lambda given, _: fields(dyads.dyad_gap(given["matrix"]), pairs="pairs", mean_abs_gap="mean_abs_gap"),
    "energy_distance": lambda given, _: effects.energy_distance(given["table"]),
    "fleiss_kappa": lambda given, _: attribution.fleiss_kappa(given["table"]),
    "gwet_ac1": lambda given, _: attribution.gwet_ac1(given["table"]),
    "kemeny": lambda given, _: dataclasses.asdict(rankings.kemeny(given["rankings"])),
    "kendall_tau_distance": lambda given, _: rankings.kendall_tau_distance(given["a"], given["b"]),
    "kendall_w": concordance,
    "mcnemar_exact": lambda given, _: paired.mcnemar_exact([[0, given["b"]], [given["c"], 0]]),
    "network": lambda given, _: fields(
        networks.network(given["adjacency"]), density="density", arc_reciprocity="arc_reciprocity"
    ),
    "nominal_divergence": lambda given, _: parts(choices.nominal_divergence(given["table"])),
    "perception_gap": guessed,
    "ranking_divergence": lambda given, _: parts(
        rankings.ranking_divergence(given["rankings"], groups=given["groups"])
    ),
    "sector_pair_distance": lambda given, _: effects.sector_pair_distance(given["table"]),
    "share_adj_jackknife": jackknife,
    "spearman_footrule": lambda given, _: rankings.spearman_footrule(given["a"], given["b"]),
    "srm": relations,
    "srm_full": relations_of_a_file,
    "srm_ls": relations,
    "srm_meta": relations_of_two_files,
    "srm_published_extra": leave_some_out,
    "stuart_maxwell": lambda given, _: dataclasses.asdict(paired.stuart_maxwell(given["table"])),
    "surprisingly_popular": popular,
    "wasserstein1": lambda given, _: effects.wasserstein1(given["table"]),
    "wilcoxon_exact_p": lambda given, _: paired.wilcoxon_exact_p(given["table"]),
    "wilcoxon_signed_rank": before_and_after,
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
    if isinstance(expected, str):
        return found == expected
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
