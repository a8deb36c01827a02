"""Where objects are kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from obstore.store import S3Store
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from lyceum.kernel.clock import Clock
from lyceum.runtime.storage.bucket import BucketStorage
from lyceum.runtime.storage.files_app import FilesApp
from lyceum.runtime.storage.folder import FolderStorage
from lyceum.runtime.storage.port import ObjectStorage
from lyceum.runtime.storage.signed_urls import FileUrls, PresignedUrls, SignedUrls

FOLDER = "objects"


class StorageSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_STORAGE_`.

    Credentials and the address of S3 come from the usual variables: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
    `AWS_REGION`, `AWS_ENDPOINT_URL`, `AWS_ALLOW_HTTP`, or from the machine's role.
    """

    model_config = SettingsConfigDict(env_prefix="LYCEUM_STORAGE_", extra="ignore")

    url: str | None = None
    """`s3://bucket/prefix`. Left out, objects are files in the folder `objects` of the data directory."""

    allow_http: Annotated[bool, Field(validation_alias="AWS_ALLOW_HTTP")] = False
    """Whether S3 may be spoken to without TLS."""

    @field_validator("url")
    @classmethod
    def _known(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith("s3://"):
            raise ValueError("only s3:// is known here")
        return url


@dataclass(frozen=True, kw_only=True)
class StorageParts:
    """The storage, what makes addresses for browsers, and the app that answers those not leading elsewhere."""

    objects: ObjectStorage
    urls: SignedUrls
    files: FilesApp


def open_storage(
    settings: StorageSettings, *, data_dir: Path, secret: bytes, clock: Clock, files_base: str = "/files"
) -> StorageParts:
    """The storage that the settings ask for. `FilesApp` must be mounted at `files_base`."""
    file_urls = FileUrls(secret=secret, clock=clock, base=files_base)
    objects: ObjectStorage
    urls: SignedUrls
    if settings.url is None:
        objects, urls = FolderStorage(data_dir / FOLDER), file_urls
    else:
        store = S3Store.from_url(
            settings.url,
            client_options={
                "allow_http": settings.allow_http,
                "connect_timeout": "10s",
                "timeout": "6h",  # for a whole answer, and a film takes a slow reader long
            },
        )
        objects, urls = BucketStorage(store), PresignedUrls(store=store, files=file_urls)
    return StorageParts(objects=objects, urls=urls, files=FilesApp(storage=objects, urls=file_urls, clock=clock))
