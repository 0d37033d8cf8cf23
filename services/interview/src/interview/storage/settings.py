"""Where the storage is."""

from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings


class StorageSettings(BaseSettings):
    """Mixed into the settings of a service that keeps files."""

    storage_url: str = Field(
        description="file:///an/absolute/folder, shared by the API and its worker, or s3://bucket/prefix"
    )
    storage_endpoint: str | None = Field(
        None, description="address of an S3-compatible server, for example https://s3.example.org; without it AWS"
    )
    storage_region: str = Field("us-east-1", description="region of the bucket; most S3-compatible servers ignore it")
    storage_access_key: str | None = Field(
        None, description="without it and the secret: the credentials of the machine, as AWS gives them"
    )
    storage_secret_key: SecretStr | None = Field(None, description="belongs to the access key")

    @field_validator("storage_url")
    @classmethod
    def _known(cls, url: str) -> str:
        address = urlsplit(url)
        if address.scheme == "file" and not address.netloc and address.path.startswith("/"):
            return url
        if address.scheme == "s3" and address.netloc:
            return url
        raise ValueError("must be file:///an/absolute/folder or s3://bucket/prefix")

    @model_validator(mode="after")
    def _both_keys(self) -> Self:
        if (self.storage_access_key is None) != (self.storage_secret_key is None):
            raise ValueError("storage_access_key and storage_secret_key belong together")
        return self
