"""The work left to `make test-deep` by `make test`: most examples of a property, one engine of many tests."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

_PROFILE = os.environ.get("QUOTEGRID_HYPOTHESIS", "quick")
IS_DEEP = _PROFILE == "deep"
"""Whether this is the deep run."""

# How long an example takes says more of the machine than of the code. A fixture may outlive an example:
# making a study anew for each would cost more than the property itself, so each example clears up.
_ANY_MACHINE = settings(
    deadline=None, suppress_health_check=(HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
)
# With a fixed seed a red test means a change; the deep run looks for what nobody has thought of yet.
settings.register_profile("quick", _ANY_MACHINE, derandomize=True, database=None)
settings.register_profile("deep", _ANY_MACHINE, max_examples=500, print_blob=True)
settings.load_profile(_PROFILE)
if _PROFILE == "quick":
    # It also draws from what is written in whatever modules are loaded, which depends on the tests before.
    providers._get_local_constants = lambda: providers._local_constants


def often(deep: int, *, quick: int) -> int:
    """Return how often something dear is repeated: `deep` times in the deep run, else `quick` times."""
    return deep if IS_DEEP else quick


def examples(deep: int, *, quick: int | None = None) -> settings:
    """Set how many examples a property is tried on that has dear ones.

    Args:
        deep: How many in the deep run.
        quick: How many in the quick one; as many where nothing is said.
    """
    return settings(max_examples=often(deep, quick=deep if quick is None else quick))
