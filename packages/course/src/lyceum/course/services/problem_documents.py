"""Errors, kept for those who ask later."""

import json
from collections.abc import Mapping
from typing import Any

from lyceum.kernel.errors import LyceumError


def problem_document(error: LyceumError) -> dict[str, Any]:
    """The error as it would be told over HTTP (RFC 9457)."""
    extensions: Mapping[str, Any] = error.extensions
    document = {
        **extensions,
        "type": f"urn:lyceum:problem:{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
    }
    # It may quote a hostile archive: lone surrogates and NUL are no text that can be kept.
    text = json.dumps(document, ensure_ascii=False, default=str).encode(errors="replace").decode()
    kept: dict[str, Any] = json.loads(text.replace("\\u0000", "\N{REPLACEMENT CHARACTER}"))
    return kept
