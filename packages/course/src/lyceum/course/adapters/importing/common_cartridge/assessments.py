"""Assessments and question banks in QTI 1.2, handed on whole."""

from lyceum.course.adapters.importing.common_cartridge.context import CartridgeContext
from lyceum.course.adapters.importing.common_cartridge.links import settle_embedded
from lyceum.course.adapters.importing.common_cartridge.manifest import Resource, ResourceKind
from lyceum.course.adapters.importing.titles import clip
from lyceum.course.adapters.importing.xml_documents import MalformedXml
from lyceum.course.adapters.xml_elements import Element, child, children, local_name, markup, text_of
from lyceum.course.domain.importing import ProblemBlock
from lyceum.course.domain.importing.values import MAX_PROBLEM
from lyceum.course.ports.problem_intake import ForeignProblem

_SECONDS_PER_MINUTE = 60


def assessment_block(resource: Resource, path: str, context: CartridgeContext) -> ProblemBlock | None:
    """The whole document as one problem, or null where it is too long. Raises `MalformedXml`."""
    root = context.xml_of(path)
    meta = _canvas_meta(resource, context)
    _settle_addresses(root, path, context)
    content = markup(root)
    holder = child(root, "assessment") if child(root, "assessment") is not None else child(root, "objectbank")
    title = clip((holder.get("title") or "") if holder is not None else "", "") or text_of(child(meta, "title"))
    if len(content) > MAX_PROBLEM:
        context.ledger.dropped("problem", resource.source, f"it has more than {MAX_PROBLEM} characters")
        return None
    bank = resource.kind is ResourceKind.QUESTION_BANK
    context.ledger.kept("problem", resource.source, ["a question bank, kept as a hidden problem"] if bank else [])
    title = clip(title, "Question bank" if bank else "Quiz")
    problem = ForeignProblem(
        source=resource.source, format="qti-1.2", title=title, content=content, settings=_settings(holder, meta)
    )
    return ProblemBlock(source=resource.source, title=title, hidden=bank, problem=problem)


def _settle_addresses(root: Element, where: str, context: CartridgeContext) -> None:
    def settle(address: str) -> str | None:
        return context.links.resolve(address, where)

    for element in root.iter():
        if local_name(element) == "mattext" and element.text:
            element.text = settle_embedded(element.text, settle)
        address = element.get("uri")
        if address:
            element.set("uri", settle(address) or "")


def _canvas_meta(resource: Resource, context: CartridgeContext) -> Element | None:
    """Canvas describes the assessment a second time, beside the one that every platform understands."""
    meta: Element | None = None
    for identifier in (resource.identifier, *resource.dependencies):
        again = f"non_cc_assessments/{resource.identifier}.xml.qti"
        if again in context.archive and not context.ledger.is_accounted(again):
            context.ledger.account_for(again)
            context.ledger.dropped("document", again, "the same assessment in Canvas's own words")
        path = f"{identifier}/assessment_meta.xml"
        if path in context.archive and not context.ledger.is_accounted(path):
            try:
                meta = context.xml_of(path)
                context.ledger.changed(
                    "document", path, "attempts, time limit and shuffling are kept, other settings are not"
                )
            except MalformedXml as error:
                context.ledger.dropped("document", path, error.detail)
    return meta


def _settings(holder: Element | None, meta: Element | None) -> dict[str, int | bool]:
    fields: dict[str, str] = {}
    metadata = child(holder, "qtimetadata")
    for entry in children(metadata, "qtimetadatafield") if metadata is not None else ():
        fields[text_of(child(entry, "fieldlabel"))] = text_of(child(entry, "fieldentry"))
    attempts = text_of(child(meta, "allowed_attempts")) or fields.get("cc_maxattempts", "")
    minutes = text_of(child(meta, "time_limit")) or fields.get("qmd_timelimit", "")
    settings: dict[str, int | bool] = {}
    if attempts.isdecimal() and int(attempts[:9]) > 0:
        settings["max_attempts"] = int(attempts[:9])
    if minutes.isdecimal() and int(minutes[:9]) > 0:
        settings["time_limit"] = int(minutes[:9]) * _SECONDS_PER_MINUTE
    if text_of(child(meta, "shuffle_answers")) == "true":
        settings["shuffle_answers"] = True
    return settings
