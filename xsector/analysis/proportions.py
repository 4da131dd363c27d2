"""How far a share can be trusted that rests on few people."""

from __future__ import annotations

import math
from statistics import NormalDist


def share_interval(part: int, whole: int, *, level: float = 0.90) -> tuple[float, float]:
    """Wilson's interval for the share *part* / *whole* of people, both ends from 0 to 1.

    Parameters
    ----------
    part, whole : int
        People; 0 <= part <= whole.
    level : float
        Coverage, between 0 and 1.

    Returns
    -------
    tuple of float
        (0, 1) where nobody is there.

    References
    ----------
    Wilson (1927), *Journal of the American Statistical Association* 22, 209-212, doi:10.1080/01621459.1927.10502953

    Examples
    --------
    >>> [round(end, 4) for end in share_interval(81, 263, level=0.95)]
    [0.2553, 0.3662]
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} people out of {whole} is no share")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    if whole == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, extra = part / whole, z * z / whole
    middle = (share + extra / 2) / (1 + extra)
    half = z / (1 + extra) * math.sqrt(share * (1 - share) / whole + extra / (4 * whole))
    # The last digit must not push an end past the share itself.
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
