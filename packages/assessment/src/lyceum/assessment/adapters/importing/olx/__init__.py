"""Problems of Open edX."""

from lyceum.assessment.adapters.importing.olx.problem import read_olx_problem

__all__ = ["read_olx_problem"]
