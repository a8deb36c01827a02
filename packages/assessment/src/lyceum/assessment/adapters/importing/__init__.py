"""Readers of foreign problems, by the name of their format."""

from collections.abc import Mapping

from lyceum.assessment.adapters.importing.lyceum_quiz import read_lyceum_quiz
from lyceum.assessment.adapters.importing.olx import read_olx_problem
from lyceum.assessment.adapters.importing.qti12 import read_qti_assessment
from lyceum.assessment.domain.exchange import ProblemReader

READERS: Mapping[str, ProblemReader] = {
    "olx": read_olx_problem,
    "qti-1.2": read_qti_assessment,
    "lyceum-quiz": read_lyceum_quiz,
}

__all__ = ["READERS", "read_lyceum_quiz", "read_olx_problem", "read_qti_assessment"]
