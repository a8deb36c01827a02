"""The three storages keep to the same rules. S3 is moto, a fake: what only the real one does is not seen here."""

import pytest
from obstore.store import MemoryStore

from lyceum.kernel.clock import SystemClock
from lyceum.runtime.storage import BucketStorage, FolderStorage, ObjectStorage, StorageSettings, open_storage
from lyceum.testing.storage import ObjectStorageConformance


class TestFolder(ObjectStorageConformance):
    @pytest.fixture
    def storage(self, tmp_path) -> ObjectStorage:
        return FolderStorage(tmp_path / "not" / "there" / "yet")


class TestMemory(ObjectStorageConformance):
    @pytest.fixture
    def storage(self) -> ObjectStorage:
        return BucketStorage(MemoryStore())


class TestS3(ObjectStorageConformance):
    @pytest.fixture
    def storage(self, s3_url, tmp_path) -> ObjectStorage:
        settings = StorageSettings(url=s3_url)
        return open_storage(settings, data_dir=tmp_path, secret=b"s" * 32, clock=SystemClock()).objects
