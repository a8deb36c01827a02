"""What an operator can set about courses."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1024 * 1024


class CourseSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_COURSE_`. Sizes are in bytes."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_COURSE_", extra="ignore")

    max_archive_bytes: Annotated[int, Field(gt=0)] = 512 * MEBIBYTE
    """The largest archive that can be imported over the API."""

    max_asset_bytes: Annotated[int, Field(gt=0)] = 100 * MEBIBYTE
    """The largest file that can be uploaded to a course."""
