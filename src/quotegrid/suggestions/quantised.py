"""Linear layers in whole numbers of eight bits: about a third of the time on processors that have them.

Each row of the inputs and each column of the weights is scaled by its own largest value (vector-wise
quantisation: Dettmers and others, LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale, 2022).
"""

from __future__ import annotations

from threading import local
from typing import Any

import torch
from torch import nn

_LARGEST = 127
_NOUGHT = 1e-9


class _Desk(local):
    """What the layers of a model share in one thread.

    Memory that is asked for anew for every layer costs more time than what is computed in it.
    """

    given: torch.Tensor | None = None
    """The inputs that were rounded last: query, key and value all ask for the same ones."""
    rounded: tuple[torch.Tensor, torch.Tensor] | None = None

    def __init__(self) -> None:
        self._numbers = torch.empty(0)
        self._products = torch.empty(0, dtype=torch.int32)

    def numbers(self, rows: int, columns: int) -> torch.Tensor:
        """Room for so many numbers, in use until it is asked for again."""
        if self._numbers.numel() < rows * columns:
            self._numbers = torch.empty(rows * columns)
        return self._numbers[: rows * columns].view(rows, columns)

    def products(self, rows: int, columns: int) -> torch.Tensor:
        """Room for so many whole numbers, in use until it is asked for again."""
        if self._products.numel() < rows * columns:
            self._products = torch.empty(rows * columns, dtype=torch.int32)
        return self._products[: rows * columns].view(rows, columns)


class QuantisedLinear(nn.Module):
    """A linear layer whose multiplication is done in whole numbers.

    Args:
        layer: The layer that it stands for.
        desk: What the layers of the model share.
    """

    def __init__(self, layer: nn.Linear, desk: _Desk) -> None:
        super().__init__()
        weight = layer.weight.detach().float()
        scale = weight.abs().amax(1).clamp(min=_NOUGHT) / _LARGEST
        self._weight = (weight / scale[:, None]).round().to(torch.int8).t().contiguous()
        self._scale = scale
        self._bias = None if layer.bias is None else layer.bias.detach().float()
        self._desk = desk

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """Return the layer's outputs, of the inputs' shape but for the last dimension."""
        rounded, scale = self._rounded(given)
        products = self._desk.products(len(rounded), self._weight.shape[1])
        torch._int_mm(rounded, self._weight, out=products)
        found = products.float().mul_(scale).mul_(self._scale)
        if self._bias is not None:
            found.add_(self._bias)
        return found.view(*given.shape[:-1], -1)

    def _rounded(self, given: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        if self._desk.given is given and self._desk.rounded is not None:
            return self._desk.rounded
        rows = given.reshape(-1, given.shape[-1])
        room = self._desk.numbers(*rows.shape)
        scale = torch.abs(rows, out=room).amax(1, keepdim=True).clamp_(min=_NOUGHT).div_(_LARGEST)
        rounded = torch.mul(rows, 1 / scale, out=room).round_().to(torch.int8), scale
        self._desk.given, self._desk.rounded = given, rounded
        return rounded


def quantise(module: Any) -> None:
    """Put a quantised layer in the place of each linear layer below a module."""
    _quantise(module, _Desk())


def _quantise(module: nn.Module, desk: _Desk) -> None:
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, QuantisedLinear(child, desk))
        else:
            _quantise(child, desk)
