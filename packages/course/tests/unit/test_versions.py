"""Snapshots of drafts, and what differs between two of them."""

import random
from datetime import timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from lyceum.course.domain.content import RichText
from lyceum.course.domain.entities import NodeChange
from lyceum.course.domain.values import NodeVisibility
from lyceum.course.domain.versions import differences


def changes(old, new):
    return {difference.path[-1]: difference.change for difference in differences(old, new)}


def grown(sketch, seed):
    """A course of three sections with lessons, pages and blocks, by chance."""
    chance = random.Random(seed)
    for s in range(3):
        sketch.add(f"s{s}")
        for n in range(chance.randint(0, 3)):
            sketch.add(f"s{s} l{n}", f"s{s}")
            for p in range(chance.randint(0, 2)):
                sketch.add(f"s{s} l{n} p{p}", f"s{s} l{n}")
                for b in range(chance.randint(0, 2)):
                    sketch.add(f"s{s} l{n} p{p} b{b}", f"s{s} l{n} p{p}")
    return chance


def disturbed(sketch, chance, steps, now):
    """The same after some moves, removals, insertions and edits by chance."""
    for step in range(steps):
        branch = chance.choice(list(sketch.draft.walk()) or [None])
        action = chance.choice(["move", "remove", "add", "edit"])
        if action == "add" or branch is None:
            sketch.add(f"new {step}")
            continue
        node = next(node for node in sketch.nodes.values() if str(node.id) == branch["id"])
        if action == "edit":
            node.edit(NodeChange(title=f"{node.title}!"), now=now)
        elif action == "remove":
            for gone in sketch.draft.remove(node.id):
                del sketch.nodes[gone]
        else:
            parent = sketch.draft.parent_of(node.id)
            kind = None if parent is None else sketch.nodes[parent].kind
            parents = [each.id for each in sketch.nodes.values() if each.kind == kind] or [None]
            sketch.draft.move(node.id, parent_id=chance.choice(parents), position=0)


@given(st.integers(0, 10_000), st.integers(0, 8))
def test_differences_tell_everything_and_nothing_else(new_sketch, now, seed, steps):
    sketch = new_sketch()
    chance = grown(sketch, seed)
    old = sketch.version(1)
    disturbed(sketch, chance, steps, now)
    new = sketch.version(2)
    found = differences(old, new)
    assert len({each.id for each in found}) == len(found)
    by_change = {
        change: {str(each.id) for each in found if each.change == change} for change in {each.change for each in found}
    }
    assert by_change.get("added", set()) == new.hashes.keys() - old.hashes.keys()
    assert by_change.get("removed", set()) == old.hashes.keys() - new.hashes.keys()
    changed = {key for key in old.hashes.keys() & new.hashes.keys() if old.hashes[key] != new.hashes[key]}
    assert by_change.get("changed", set()) | by_change.get("moved and changed", set()) == changed
    assert (found == []) is (old.structure.sections == new.structure.sections)
    assert (found == []) is (old.content_hash == new.content_hash)
    back = {each.id: each.change for each in differences(new, old)}
    mirror = {"added": "removed", "removed": "added"}
    assert back == {each.id: mirror.get(each.change, each.change) for each in found}


def test_a_version_differs_in_nothing_from_itself(sketch):
    version = sketch.page("one", "two").version()
    assert differences(version, version) == []


def test_the_first_version_has_added_everything(sketch):
    version = sketch.page("one").version()
    assert changes(None, version) == dict.fromkeys(("section", "lesson", "page", "one"), "added")


def test_a_neighbour_coming_or_going_moves_nobody(sketch):
    old = sketch.page("one", "two", "three").version()
    sketch.draft.remove(sketch.id("two"))
    sketch.add("four", "page")
    sketch.draft.move(sketch.id("four"), parent_id=sketch.id("page"), position=0)
    assert changes(old, sketch.version(2)) == {"four": "added", "two": "removed"}


def test_a_node_can_move_and_change_at_once(sketch, now):
    sketch.page("one")
    sketch.add("elsewhere", "lesson")
    old = sketch.version()
    sketch["one"].edit(NodeChange(content=RichText(html="<p>new</p>")), now=now)
    sketch.draft.move(sketch.id("one"), parent_id=sketch.id("elsewhere"))
    assert changes(old, sketch.version(2)) == {"one": "moved and changed"}


def test_what_is_hidden_takes_all_below_it_along(sketch, now):
    sketch.page("one", "two")
    sketch.add("other page", "lesson")
    sketch.add("three", "other page")
    sketch["page"].edit(NodeChange(visibility=NodeVisibility.HIDDEN), now=now)
    version = sketch.version()
    assert [page.title for page in version.structure.sections[0].children[0].children] == ["other page"]
    assert [block.title for block in version.blocks] == ["three"]


def test_positions_on_a_page_have_no_holes(sketch, now):
    sketch.page("one", "two", "three")
    sketch["one"].edit(NodeChange(visibility=NodeVisibility.DRAFT), now=now)
    assert [(block.title, block.position) for block in sketch.version().blocks] == [("two", 0), ("three", 1)]


def test_everything_that_learners_can_notice_changes_the_hash(sketch, now):
    sketch.page("one", "two")
    seen = {sketch.version().content_hash}
    for change in (
        NodeChange(title="Other"),
        NodeChange(optional=True),
        NodeChange(graded=True),
        NodeChange(requires=(sketch.id("two"),)),
        NodeChange(available_from=now),
        NodeChange(due_at=now + timedelta(days=1)),
        NodeChange(content=RichText(html="<p>other</p>")),
    ):
        sketch["one"].edit(change, now=now)
        seen.add(sketch.version().content_hash)
    sketch.draft.move(sketch.id("two"), parent_id=sketch.id("page"), position=0)
    seen |= {sketch.version().content_hash, sketch.version(title="Other title").content_hash}
    assert len(seen) == 10


def test_a_restored_version_is_the_earlier_one_under_a_new_number(sketch, now):
    earlier = sketch.page("one").version(1)
    later = earlier.restored(number=3, note="back", now=now, by=uuid4())
    assert (later.number, later.restored_from, later.structure.number) == (3, 1, 3)
    assert (later.blocks, later.content_hash) == (earlier.blocks, earlier.content_hash)
    assert differences(earlier, later) == []
