"""Object storage: a port, a local folder or S3 behind it, and signed addresses for browsers."""

from lyceum.runtime.storage.bucket import BucketStorage
from lyceum.runtime.storage.files_app import FilesApp, LinkExpired, LinkInvalid
from lyceum.runtime.storage.folder import FolderStorage
from lyceum.runtime.storage.port import (
    InvalidKey,
    ObjectHead,
    ObjectInfo,
    ObjectNotFound,
    ObjectStorage,
    RangeNotSatisfiable,
    StoredObject,
)
from lyceum.runtime.storage.settings import StorageParts, StorageSettings, open_storage
from lyceum.runtime.storage.signed_urls import FileUrls, PresignedUrls, SignedUrls

__all__ = [
    "BucketStorage",
    "FileUrls",
    "FilesApp",
    "FolderStorage",
    "InvalidKey",
    "LinkExpired",
    "LinkInvalid",
    "ObjectHead",
    "ObjectInfo",
    "ObjectNotFound",
    "ObjectStorage",
    "PresignedUrls",
    "RangeNotSatisfiable",
    "SignedUrls",
    "StorageParts",
    "StorageSettings",
    "StoredObject",
    "open_storage",
]
