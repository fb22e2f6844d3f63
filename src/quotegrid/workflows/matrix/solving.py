"""The exact solving of models of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

from quotegrid.domain.matrix.joint.constraints import IntegerModel, Terms

_SECONDS = 10.0


def solve(model: IntegerModel, weights: Terms) -> Sequence[int] | None:
    """Return whole numbers that satisfy a model and make a weighted sum as large as can be.

    HiGHS solves it by branch and cut (Huangfu and Hall, Parallelizing the dual revised simplex method,
    Mathematical Programming Computation 10, 2018).

    Returns:
        The numbers; None where none were found in time.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    count = len(model.upper)
    objective = np.zeros(count)
    for unknown, weight in weights.items():
        objective[unknown] = -weight
    starts = [0]
    indices: list[int] = []
    data: list[float] = []
    for constraint in model.constraints:
        indices += constraint.terms.keys()
        data += constraint.terms.values()
        starts.append(len(indices))
    matrix = csr_array((np.array(data), indices, starts), shape=(len(model.constraints), count))
    result = milp(
        objective,
        integrality=np.ones(count),
        bounds=Bounds(0, np.array([float(most) for most in model.upper])),
        constraints=LinearConstraint(
            matrix,
            np.array([constraint.low for constraint in model.constraints]),
            np.array([constraint.high for constraint in model.constraints]),
        ),
        options={"time_limit": _SECONDS},
    )
    return None if result.x is None else [round(number) for number in result.x]
