"""Linear layers with 8-bit integers, taking about a third of the time on processors that support them.

Each row of the inputs and each column of the weights is scaled by its own largest value (vector-wise
quantisation: Dettmers and others, LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale, 2022).
"""

from __future__ import annotations

from threading import local
from typing import Any

import torch
from torch import nn

_LARGEST = 127
_TINY = 1e-9


class _Workspace(local):
    """Memory that the layers of a model share in one thread.

    Allocating memory anew for every layer would take longer than the computation itself.
    """

    given: torch.Tensor | None = None
    """The inputs rounded last, because query, key and value all use the same ones."""
    rounded: tuple[torch.Tensor, torch.Tensor] | None = None

    def __init__(self) -> None:
        self._numbers = torch.empty(0)
        self._products = torch.empty(0, dtype=torch.int32)

    def numbers(self, rows: int, columns: int) -> torch.Tensor:
        """Return room for a matrix of floats, valid until the next call."""
        if self._numbers.numel() < rows * columns:
            self._numbers = torch.empty(rows * columns)
        return self._numbers[: rows * columns].view(rows, columns)

    def products(self, rows: int, columns: int) -> torch.Tensor:
        """Return room for a matrix of integers, valid until the next call."""
        if self._products.numel() < rows * columns:
            self._products = torch.empty(rows * columns, dtype=torch.int32)
        return self._products[: rows * columns].view(rows, columns)


class QuantisedLinear(nn.Module):
    """A linear layer that multiplies with 8-bit integers.

    Args:
        layer: The layer that it replaces.
        workspace: The memory that the layers of the model share.
    """

    def __init__(self, layer: nn.Linear, workspace: _Workspace) -> None:
        super().__init__()
        weight = layer.weight.detach().float()
        scale = weight.abs().amax(1).clamp(min=_TINY) / _LARGEST
        self._weight = (weight / scale[:, None]).round().to(torch.int8).t().contiguous()
        self._scale = scale
        self._bias = None if layer.bias is None else layer.bias.detach().float()
        self._workspace = workspace

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """Return the layer's outputs, of the inputs' shape except for the last dimension."""
        rounded, scale = self._rounded(given)
        products = self._workspace.products(len(rounded), self._weight.shape[1])
        torch._int_mm(rounded, self._weight, out=products)
        found = products.float().mul_(scale).mul_(self._scale)
        if self._bias is not None:
            found.add_(self._bias)
        return found.view(*given.shape[:-1], -1)

    def _rounded(self, given: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        if self._workspace.given is given and self._workspace.rounded is not None:
            return self._workspace.rounded
        rows = given.reshape(-1, given.shape[-1])
        room = self._workspace.numbers(*rows.shape)
        scale = torch.abs(rows, out=room).amax(1, keepdim=True).clamp_(min=_TINY).div_(_LARGEST)
        rounded = torch.mul(rows, 1 / scale, out=room).round_().to(torch.int8), scale
        self._workspace.given, self._workspace.rounded = given, rounded
        return rounded


def quantise(module: Any) -> None:
    """Replace each linear layer below a module by a quantised one."""
    _quantise(module, _Workspace())


def _quantise(module: nn.Module, workspace: _Workspace) -> None:
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, QuantisedLinear(child, workspace))
        else:
            _quantise(child, workspace)
