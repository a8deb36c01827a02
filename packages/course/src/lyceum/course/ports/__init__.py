"""The published interface of course."""

from lyceum.course.ports.access import CourseAccess, EnrolmentSummary
from lyceum.course.ports.errors import CourseNotFound, NotPublished
from lyceum.course.ports.problem_intake import (
    ForeignProblem,
    ItemOutcome,
    ProblemFormat,
    ProblemIntake,
    ProblemReceipt,
)
from lyceum.course.ports.structure import (
    AllChildren,
    Answered,
    AnyChild,
    BlockKind,
    BlockRule,
    CompletionRule,
    ContainerRule,
    CourseStructure,
    CourseStructures,
    NodeKind,
    ScoreAtLeast,
    SomeChildren,
    StructureNode,
    Viewed,
)

__all__ = [
    "AllChildren",
    "Answered",
    "AnyChild",
    "BlockKind",
    "BlockRule",
    "CompletionRule",
    "ContainerRule",
    "CourseAccess",
    "CourseNotFound",
    "CourseStructure",
    "CourseStructures",
    "EnrolmentSummary",
    "ForeignProblem",
    "ItemOutcome",
    "NodeKind",
    "NotPublished",
    "ProblemFormat",
    "ProblemIntake",
    "ProblemReceipt",
    "ScoreAtLeast",
    "SomeChildren",
    "StructureNode",
    "Viewed",
]
