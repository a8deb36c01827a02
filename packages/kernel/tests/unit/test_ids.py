from lyceum.kernel.ids import new_id


def test_ids_are_distinct_and_ordered_by_the_moment_they_were_made():
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)


def test_ids_are_uuids_of_version_7():
    made = new_id()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
