"""The pipeline tests every package, whenever something that it stands on has changed."""

import copy

import pytest
from rules.pipeline import pipeline_problems, read_pipeline, stands_on
from rules.source import ROOT


def test_the_pipeline_tests_every_package():
    assert list(pipeline_problems(read_pipeline(ROOT), stands_on(ROOT))) == []


def test_a_package_stands_on_what_its_dependencies_stand_on():
    assert {"kernel", "runtime", "testing", "identity", "course", "progress"} <= stands_on(ROOT)["progress"]


def without_job(pipeline):
    del pipeline["package course"]


def for_nobody(pipeline):
    pipeline["package video"] = {"extends": ".package", "variables": {"PACKAGE": "video"}}


def blind(pipeline):
    pipeline["package course"]["rules"] = [{"changes": ["packages/course/**/*"]}]


def without_nights(pipeline):
    del pipeline["oldest releases"]


def on_new_releases(pipeline):
    pipeline["oldest releases"]["script"] = ['tooling/test --package "$PACKAGE"']


def with_shorter_nights(pipeline):
    pipeline["oldest releases"]["parallel"]["matrix"][0]["PACKAGE"].remove("course")


def without_wheels(pipeline):
    del pipeline["wheels"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (without_job, "course has no job"),
        (for_nobody, "there is a job for video, and no such package"),
        (blind, "the job of course sleeps through changes of auth, identity, kernel, runtime, testing"),
        (without_nights, "every night tests []"),
        (on_new_releases, "no night tests the oldest releases"),
        (with_shorter_nights, "every night tests ["),
        (without_wheels, "there is no job called wheels"),
    ],
)
def test_a_gap_in_the_pipeline_is_found(change, problem):
    pipeline = copy.deepcopy(read_pipeline(ROOT))
    change(pipeline)
    assert any(line.startswith(problem) for line in pipeline_problems(pipeline, stands_on(ROOT)))
