"""The outline: whatever authors do, it stays an outline."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyceum.course.domain.entities import Draft
from lyceum.course.domain.entities.draft import MAX_NODES, PARENT_KIND
from lyceum.course.ports import NodeNotFound
from lyceum.kernel.errors import ValidationFailed

KINDS = tuple(PARENT_KIND)

steps = st.lists(
    st.tuples(
        st.sampled_from(["insert", "insert", "insert", "move", "remove"]),
        st.sampled_from(KINDS),
        st.integers(0, 30),
        st.integers(0, 30),
        st.one_of(st.none(), st.integers(-1, 4)),
    ),
    max_size=40,
)


def ids_of(draft):
    return [branch["id"] for branch in draft.walk()]


def check_invariants(draft):
    assert len(ids_of(draft)) == len(set(ids_of(draft)))
    for branch in draft.walk():
        for child in branch["children"]:
            assert PARENT_KIND[child["kind"]] == branch["kind"]
    assert all(branch["kind"] == "section" for branch in draft.tree)


@given(steps)
def test_any_sequence_of_inserts_moves_and_removals_leaves_an_outline(sequence):
    draft, known = Draft.begin(uuid4()), {None}
    for step, kind, one, other, position in sequence:
        ids = [None, *map(UUID, ids_of(draft)), uuid4()]
        node_id, parent_id = ids[one % len(ids)], ids[other % len(ids)]
        before, tree = set(ids_of(draft)), draft.tree
        try:
            if step == "insert":
                node_id = uuid4()
                draft.insert(node_id, kind, parent_id=parent_id, position=position)
                assert set(ids_of(draft)) == before | {str(node_id)}
            elif node_id is None:
                continue
            elif step == "move":
                below = draft.descendants(node_id)
                draft.move(node_id, parent_id=parent_id, position=position)
                assert set(ids_of(draft)) == before
                assert draft.descendants(node_id) == below
                assert draft.parent_of(node_id) == parent_id
            else:
                gone = {str(removed) for removed in draft.remove(node_id)}
                assert set(ids_of(draft)) == before - gone
                assert str(node_id) in gone
        except (ValidationFailed, NodeNotFound):
            assert draft.tree is tree
        check_invariants(draft)
        known |= set(ids_of(draft))


@given(st.integers(0, 5), st.integers(0, 5))
def test_a_section_goes_where_it_is_told(start, end):
    draft = Draft.begin(uuid4())
    ids = [uuid4() for _ in range(6)]
    for node_id in ids:
        draft.insert(node_id, "section", parent_id=None)
    draft.move(ids[start], parent_id=None, position=end)
    ids.insert(end, ids.pop(start))
    assert ids_of(draft) == list(map(str, ids))


def test_the_stored_tree_is_replaced_and_never_changed_in_place(sketch):
    sketch.page("text")
    before = sketch.draft.tree
    copy = repr(before)
    sketch.draft.move(sketch.id("text"), parent_id=sketch.id("page"), position=0)
    sketch.draft.remove(sketch.id("page"))
    assert repr(before) == copy
    assert sketch.draft.tree is not before


@pytest.mark.parametrize(("kind", "parent"), [("lesson", None), ("page", "section"), ("block", "lesson")])
def test_a_node_belongs_below_its_own_kind_of_parent(sketch, kind, parent):
    sketch.page()
    with pytest.raises(ValidationFailed) as refused:
        sketch.draft.insert(uuid4(), kind, parent_id=None if parent is None else sketch.id(parent))
    assert refused.value.extensions["errors"][0]["pointer"] == "/parent_id"


@pytest.mark.parametrize("position", [-1, 2])
def test_a_place_that_is_not_there_is_refused(sketch, position):
    sketch.add("only")
    with pytest.raises(ValidationFailed):
        sketch.draft.insert(uuid4(), "section", parent_id=None, position=position)


def test_a_node_cannot_go_into_itself(sketch):
    sketch.page()
    before = sketch.draft.tree
    with pytest.raises(NodeNotFound):
        sketch.draft.move(sketch.id("lesson"), parent_id=sketch.id("lesson"))
    assert sketch.draft.tree is before


def test_a_node_is_in_the_outline_once(sketch):
    sketch.add("only")
    with pytest.raises(ValidationFailed):
        sketch.draft.insert(sketch.id("only"), "section", parent_id=None)


def test_a_course_has_a_largest_size():
    draft = Draft(id=uuid4(), tree=[{"id": str(uuid4()), "kind": "section", "children": []} for _ in range(MAX_NODES)])
    with pytest.raises(ValidationFailed):
        draft.insert(uuid4(), "section", parent_id=None)


def test_an_unknown_node_is_not_found(sketch):
    for call in (sketch.draft.remove, sketch.draft.parent_of, sketch.draft.descendants):
        with pytest.raises(NodeNotFound):
            call(uuid4())
