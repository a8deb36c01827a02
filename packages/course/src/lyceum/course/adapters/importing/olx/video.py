"""OLX videos: where they are, their captions, their transcript and handout."""

import math
from collections.abc import Iterator

from lyceum.course.adapters.importing.languages import language_tag
from lyceum.course.adapters.importing.olx.context import OlxContext
from lyceum.course.adapters.importing.olx.settings import hiding, json_setting, optional_of, report_leftovers, title_of
from lyceum.course.adapters.importing.olx.tree import OlxNode
from lyceum.course.adapters.xml_elements import child, children, local_name
from lyceum.course.domain.importing import Caption, FileBlock, ImportedBlock, VideoBlock, VideoSource, parse_reference
from lyceum.course.domain.importing.blocks import MAX_CAPTIONS, MAX_VIDEO_SOURCES
from lyceum.course.domain.importing.values import is_web_address

_ATTRIBUTES = frozenset(
    [
        "youtube", "html5_sources", "source", "sub", "transcripts", "track", "handout", "edx_video_id", "start_time",
        "end_time", "from", "to", "youtube_id_0_75", "youtube_id_1_0", "youtube_id_1_25", "youtube_id_1_5",
    ]
)  # fmt: skip
_CHILDREN = frozenset({"source", "transcript", "track", "handout"})
_AT_START = frozenset({"", "null", "0", "00:00:00", "0.0"})


def video_blocks(node: OlxNode, context: OlxContext) -> list[ImportedBlock]:
    """The video, and its handout as a file. Nothing where nobody could tell what to play."""
    report_leftovers(node, _ATTRIBUTES, context.ledger)
    changes = hiding(node)
    sources = tuple(dict.fromkeys(_sources(node, context)))[:MAX_VIDEO_SOURCES]
    captions = tuple(_captions(node, context))[:MAX_CAPTIONS]
    transcript = _file_beside(node, "track", context)
    handout = _file_beside(node, "handout", context)
    _report_parts(node, context, changes)
    if not sources:
        context.ledger.dropped("video", node.source, "the archive does not say where the video is")
    else:
        context.ledger.kept("video", node.source, changes)
    blocks: list[ImportedBlock] = []
    hidden = bool(hiding(node))
    title = title_of(node, "Video")
    if sources:
        blocks.append(
            VideoBlock(
                source=node.source,
                title=title,
                sources=sources,
                captions=captions,
                transcript=transcript,
                duration_seconds=_duration(node),
                hidden=hidden,
                optional=optional_of(node),
            )
        )
    if handout is not None:
        source = f"{node.source}#handout"
        context.ledger.imported("file", source)
        blocks.append(
            FileBlock(source=source, title=f"{title[:240]}: handout", asset=handout, hidden=hidden, optional=True)
        )
    return blocks


def _sources(node: OlxNode, context: OlxContext) -> Iterator[VideoSource]:
    youtube = node.attributes.get("youtube_id_1_0") or _normal_speed(node.attributes.get("youtube", ""))
    if youtube:
        yield VideoSource(kind="youtube", value=youtube[:100])
    listed = json_setting(node, "html5_sources")
    addresses = [address for address in listed if isinstance(address, str)] if isinstance(listed, list) else []
    addresses += [element.get("src") or "" for element in children(node.element, "source")]
    addresses.append(node.attributes.get("source", ""))
    asset = child(node.element, "video_asset")
    if asset is not None:
        addresses += [encoded.get("url") or "" for encoded in children(asset, "encoded_video")]
    for address in addresses:
        settled = context.links.resolve(address.strip(), node.source) if address.strip() else None
        reference = parse_reference(settled) if settled else None
        if reference is not None and reference.kind == "asset":
            yield VideoSource(kind="asset", value=reference.target)
        elif settled is not None and is_web_address(settled):
            yield VideoSource(kind="url", value=settled)


def _normal_speed(youtube: str) -> str:
    """The id for speed 1.00 in `0.75:abc,1.00:def`."""
    ids = dict(pair.split(":", 1) for pair in youtube.split(",") if ":" in pair)
    return ids.get("1.00") or ids.get("1.0") or ""


def _captions(node: OlxNode, context: OlxContext) -> Iterator[Caption]:
    wanted: dict[str, str] = {}
    listed = json_setting(node, "transcripts")
    if isinstance(listed, dict):
        wanted.update({language: name for language, name in listed.items() if isinstance(name, str) and name})
    for element in children(node.element, "transcript"):
        language, name = element.get("language"), element.get("src")
        if language and name:
            wanted.setdefault(language, name)
    if node.attributes.get("sub"):
        wanted.setdefault("en", f"subs_{node.attributes['sub']}.srt.sjson")
    for language, name in wanted.items():
        source = f"{node.source}#{language}"
        asset = context.links.asset(name, node.source)
        if asset is None:
            context.ledger.dropped("caption", source, f"static/{name} is not in the archive")
        elif (tag := language_tag(language)) is None:
            context.ledger.dropped("caption", source, "its language is not a language tag")
        else:
            context.ledger.imported("caption", source)
            yield Caption(language=tag, asset=asset)


def _file_beside(node: OlxNode, name: str, context: OlxContext) -> str | None:
    """The asset that an attribute or a child element names."""
    element = child(node.element, name)
    address = node.attributes.get(name) or (element.get("src") if element is not None else "") or ""
    settled = context.links.resolve(address, node.source) if address else None
    reference = parse_reference(settled) if settled else None
    if reference is not None and reference.kind == "asset":
        return reference.target
    if address:
        context.ledger.dropped(name, f"{node.source}#{name}", f"{address[:200]} is not in the archive")
    return None


def _report_parts(node: OlxNode, context: OlxContext, changes: list[str]) -> None:
    begins = node.attributes.get("start_time", node.attributes.get("from", ""))
    ends = node.attributes.get("end_time", node.attributes.get("to", ""))
    if begins not in _AT_START or ends not in _AT_START:
        changes.append("it plays whole; at its origin only a part was shown")
    for inner in node.element:
        name = local_name(inner)
        if name == "video_asset":
            context.ledger.changed(name, f"{node.source}#{name}", "a record of Open edX's own; the duration is kept")
        elif name not in _CHILDREN:
            context.ledger.dropped(name, f"{node.source}#{name}", "there is nothing like it here")


def _duration(node: OlxNode) -> float | None:
    asset = child(node.element, "video_asset")
    try:
        seconds = float(asset.get("duration") or 0) if asset is not None else 0.0
    except ValueError:
        return None
    return seconds if seconds > 0 and math.isfinite(seconds) else None
