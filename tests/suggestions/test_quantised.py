from __future__ import annotations

import pytest

pytestmark = pytest.mark.model


def test_whole_numbers_come_near_what_the_layers_would_have_said() -> None:
    import torch
    from torch import nn

    from quotegrid.suggestions.quantised import QuantisedLinear, quantise

    torch.manual_seed(0)
    layers = nn.Sequential(nn.Linear(48, 96), nn.GELU(), nn.Sequential(nn.Linear(96, 24, bias=False)))
    given = torch.randn(5, 7, 48) * torch.logspace(-3, 3, 7)[:, None]
    with torch.inference_mode():
        exact = layers(given)
        quantise(layers)
        found = layers(given)
    assert sum(isinstance(module, QuantisedLinear) for module in layers.modules()) == 2
    assert found.shape == exact.shape
    assert nn.functional.cosine_similarity(found, exact, dim=-1).min() > 0.999


def test_inputs_without_anything_in_them_give_the_bias() -> None:
    import torch
    from torch import nn

    from quotegrid.suggestions.quantised import quantise

    layer = nn.Linear(8, 4)
    bias = layer.bias.detach().clone()
    layers = nn.Sequential(layer)
    quantise(layers)
    with torch.inference_mode():
        assert torch.allclose(layers(torch.zeros(3, 8)), bias.expand(3, 4))


def test_layers_that_ask_for_the_same_inputs_do_not_mistake_them_for_others() -> None:
    import torch
    from torch import nn

    from quotegrid.suggestions.quantised import quantise

    torch.manual_seed(0)
    both = nn.ModuleList([nn.Linear(16, 16), nn.Linear(16, 16)])
    exact = [layer(torch.ones(2, 16) * size).detach() for size in (1.0, 5.0) for layer in both]
    quantise(both)
    with torch.inference_mode():
        inputs = [torch.ones(2, 16) * size for size in (1.0, 5.0)]
        found = [layer(given) for given in inputs for layer in both]
    assert all(torch.allclose(a, b, atol=0.1) for a, b in zip(found, exact, strict=True))
