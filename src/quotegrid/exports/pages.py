"""Self-contained HTML pages: nothing is fetched, and no text is ever taken for markup."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from quotegrid.domain.text.normalise import visible

TEMPLATES = Path(__file__).parent / "templates"


def page(
    template: str,
    *,
    styles: tuple[str, ...] = (),
    further_style: str = "",
    scripts: tuple[str, ...] = (),
    **content: Any,
) -> str:
    """Return a page from a template, with its styles and scripts inside and everything else forbidden.

    Args:
        template: The name of a template that extends `base.html.j2`.
        styles: Names of further style sheets, after `base.css`.
        further_style: Rules that are generated and not read from a file.
        scripts: Names of scripts, run in this order when the page is read.
        content: The template's variables; texts are escaped and their control characters made visible.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: Any) -> Any:
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = "\n".join([*(_read(name) for name in ("base.css", *styles)), further_style])
    script = "\n".join(map(_read, scripts))
    policy = f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    if script:
        policy += f"; script-src {_hash(script)}"
    trusted = {"style": Markup(style), "script": Markup(script)}  # noqa: S704 - files of ours, no study's text
    return environment.get_template(template).render(**content, **trusted, policy=policy)


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
