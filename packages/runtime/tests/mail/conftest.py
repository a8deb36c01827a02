from lyceum.testing.fixtures import clock  # noqa: F401 - a fixture
