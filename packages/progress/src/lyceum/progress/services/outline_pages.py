"""The outline with a learner's progress, as JSON.

All of it but a few words at each node is the same for every learner. So it is rendered once for each copy of a course,
with gaps, and a request only fills the gaps: no objects for the nodes, and nothing to encode.
"""

import json
from dataclasses import dataclass
from datetime import UTC
from hashlib import blake2b
from weakref import WeakKeyDictionary

from lyceum.progress.domain.evaluation import Evaluation
from lyceum.progress.domain.nodes import Node
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.values import Standing

_BLOCKS = {
    (left, locked): b'"remaining":%d,"done":%s,"locked":%s' % (left, b"false" if left else b"true", locked)
    for left in (0, 1)
    for locked in (b"true", b"false")
}


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """`etag` changes whenever the body does, and is known before the body is made."""

    etag: str
    standing: Standing
    evaluation: Evaluation
    text_around: list[bytes]

    def body(self) -> bytes:
        """UTF-8 JSON of the shape of `ProgressOutline`."""
        evaluation = self.evaluation
        not_done = ~evaluation.done
        closed = evaluation.closed
        locked_until = 0
        parts = [self.text_around[0]]
        for place, (node, after) in enumerate(zip(evaluation.outline.nodes, self.text_around[1:], strict=True)):
            if place in closed:
                locked_until = max(locked_until, node.end)
            locked = b"true" if place < locked_until else b"false"
            need = node.need
            # What `need.left` says, without a call for the many that hold no choice.
            left = need.left(evaluation.done) if need.choices else (need.blocks & not_done).bit_count()
            if node.kind == "block":
                parts.append(_BLOCKS[left, locked])
            else:
                parts.append(b'"remaining":%d,"done":%s,"locked":%s' % (left, b"false" if left else b"true", locked))
            parts.append(after)
        parts.append(self._end().encode())
        return b"".join(parts)

    def _end(self) -> str:
        completed_at = self.standing.completed_at
        moment = "null" if completed_at is None else f'"{completed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"'
        remaining, percentage = self.evaluation.remaining, self.evaluation.percentage
        return f'"remaining":{remaining},"percentage":{percentage},"completed_at":{moment}}}'


class OutlinePages:
    def __init__(self) -> None:
        # As long-lived as the outlines themselves.
        self._texts: WeakKeyDictionary[Outline, list[bytes]] = WeakKeyDictionary()

    def page(self, standing: Standing, evaluation: Evaluation) -> OutlinePage:
        """The page for a learner who stands there."""
        outline = evaluation.outline
        texts = self._texts.get(outline)
        if texts is None:
            texts = self._texts[outline] = _texts_around_gaps(outline)
        state = f"{outline.course_id}|{outline.revision}|{evaluation.done:x}|{sorted(evaluation.closed)}"
        digest = blake2b(f"{state}|{standing.completed_at}".encode(), digest_size=12).hexdigest()
        return OutlinePage(f'"{digest}"', standing, evaluation, texts)


def _texts_around_gaps(outline: Outline) -> list[bytes]:
    """What stands before, between and after the gaps, of which each node has one."""
    nodes = outline.nodes
    before = (
        f'{{"course_id":"{outline.course_id}","number":{outline.number},"title":{_text(outline.title)},"sections":['
    )
    texts: list[bytes] = []
    for place, node in enumerate(nodes):
        texts.append((before + _head(node)).encode())
        follows = nodes[place + 1] if place + 1 < len(nodes) else None
        before = "}" if node.kind == "block" else ',"children":['
        if node.kind != "block" and node.end == place + 1:
            before += "]}"
        step = node.parent
        while step >= 0 and nodes[step].end == place + 1:
            before += "]}"
            step = nodes[step].parent
        if follows is not None and follows.parent != place:
            before += ","
    texts.append(f'{before}],"required":{outline.need.size},'.encode())
    return texts


def _head(node: Node) -> str:
    head = (
        f'{{"id":"{node.id}","kind":"{node.kind}","title":{_text(node.title)},'
        f'"optional":{"true" if node.optional else "false"},"rule":"{node.completion.rule}",'
    )
    if node.block_kind is not None:
        head += f'"block_kind":"{node.block_kind}",'
    if node.quiz_id is not None:
        head += f'"quiz_id":"{node.quiz_id}",'
    return f'{head}"required":{node.need.size},'


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
