"""IMS QTI 1.2."""

from lyceum.assessment.adapters.importing.qti12.assessment import read_qti_assessment

__all__ = ["read_qti_assessment"]
