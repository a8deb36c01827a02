"""From registering to a completed course, over HTTP alone."""

from story.courses import demo_archive, import_by_command, import_by_upload, sample_archive
from story.journey import take_to_the_end


def test_a_learner_takes_our_sample_course_to_the_end(installation, author, tmp_path):
    report = import_by_command(installation, sample_archive(tmp_path), author)
    take_to_the_end(installation, author, report["course_id"])


def test_a_learner_takes_a_course_that_nobody_here_wrote_to_the_end(installation, author):
    report = import_by_upload(author, demo_archive())
    counts = {kind: count["total"] for kind, count in report["counts"].items()}
    assert (counts["section"], counts["lesson"], counts["page"]) == (6, 17, 58)
    take_to_the_end(installation, author, report["course_id"])
