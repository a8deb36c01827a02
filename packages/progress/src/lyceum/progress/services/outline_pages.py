"""The outline with a learner's progress, as JSON.

Learners differ in a few words at each node, and in most parts of a course not even in those: they are either not begun
or done. So what is fixed of a node is rendered once for each copy of a course, and a part that is uniform is rendered
once for all learners; a request only makes what lies between.
"""

import json
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from weakref import WeakKeyDictionary

from lyceum.progress.domain.evaluation import Evaluation
from lyceum.progress.domain.nodes import Node
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.values import Standing

_FALSE, _TRUE = b"false", b"true"
_BLOCK_ENDS = {
    (left, locked): b'"remaining":%d,"done":%s,"locked":%s}' % (left, _TRUE if left == 0 else _FALSE, word)
    for left in (0, 1)
    for locked, word in ((False, _FALSE), (True, _TRUE))
}


class OutlinePages:
    def __init__(self) -> None:
        # As long-lived as the outlines themselves.
        self._prepared: WeakKeyDictionary[Outline, _Prepared] = WeakKeyDictionary()

    def page(self, standing: Standing, evaluation: Evaluation) -> "OutlinePage":
        """The page for a learner who stands there."""
        outline = evaluation.outline
        prepared = self._prepared.get(outline)
        if prepared is None:
            prepared = self._prepared[outline] = _Prepared(outline)
        closed = sorted(evaluation.closed)
        state = f"{outline.course_id}|{outline.revision}|{evaluation.done:x}|{closed}|{standing.completed_at}"
        etag = f'"{blake2b(state.encode(), digest_size=12).hexdigest()}"'
        return OutlinePage(etag, standing, evaluation, closed, prepared)


class _Prepared:
    """What is the same for all learners: `heads` is each node up to what differs, `children` the places of its own.

    `uniform` has parts in which nothing or everything is done, by place, which of the two, and whether they are locked.
    """

    def __init__(self, outline: Outline) -> None:
        self.heads = [_head(node) for node in outline.nodes]
        self.children: list[list[int]] = [[] for _ in outline.nodes]
        for place, node in enumerate(outline.nodes):
            if node.parent >= 0:
                self.children[node.parent].append(place)
        self.uniform: dict[tuple[int, bool, bool], bytes] = {}
        self.start = (
            f'{{"course_id":"{outline.course_id}","number":{outline.number},"title":{_text(outline.title)},"sections":['
        ).encode()


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """`etag` changes whenever the body does, and is known before the body is made."""

    etag: str
    standing: Standing
    evaluation: Evaluation
    closed: list[int]
    prepared: _Prepared

    def body(self) -> bytes:
        """UTF-8 JSON of the shape of `ProgressOutline`."""
        sections = b",".join([self._part(section, False) for section in self.evaluation.outline.sections])
        return b"%b%b],%b" % (self.prepared.start, sections, self._end().encode())

    def _part(self, place: int, locked: bool) -> bytes:
        node = self.evaluation.outline.nodes[place]
        done = self.evaluation.done
        locked = locked or place in self.evaluation.closed
        if node.kind == "block":
            return self.prepared.heads[place] + _BLOCK_ENDS[node.need.left(done), locked]
        done_here = done & node.blocks
        uniform = done_here in (0, node.blocks) and not self._closed_within(place, node)
        key = (place, bool(done_here), locked)
        if uniform and key in self.prepared.uniform:
            return self.prepared.uniform[key]
        left = node.need.left(done)
        text = b'%b"remaining":%d,"done":%b,"locked":%b,"children":[%b]}' % (
            self.prepared.heads[place],
            left,
            _TRUE if left == 0 else _FALSE,
            _TRUE if locked else _FALSE,
            b",".join([self._part(child, locked) for child in self.prepared.children[place]]),
        )
        if uniform:
            self.prepared.uniform[key] = text
        return text

    def _closed_within(self, place: int, node: Node) -> bool:
        closed = self.closed
        first = bisect_left(closed, place + 1)
        return first < len(closed) and closed[first] < node.end

    def _end(self) -> str:
        evaluation, completed_at = self.evaluation, self.standing.completed_at
        moment = "null" if completed_at is None else f'"{_moment(completed_at)}"'
        return (
            f'"required":{evaluation.required},"remaining":{evaluation.remaining},'
            f'"percentage":{evaluation.percentage},"completed_at":{moment}}}'
        )


def _head(node: Node) -> bytes:
    head = (
        f'{{"id":"{node.id}","kind":"{node.kind}","title":{_text(node.title)},'
        f'"optional":{"true" if node.optional else "false"},"rule":"{node.completion.rule}",'
    )
    if node.graded:
        head += '"graded":true,'
    if node.due_at is not None:
        head += f'"due_at":"{_moment(node.due_at)}",'
    if node.block_kind is not None:
        head += f'"block_kind":"{node.block_kind}",'
    if node.quiz_id is not None:
        head += f'"quiz_id":"{node.quiz_id}",'
    return f'{head}"required":{node.need.size},'.encode()


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
