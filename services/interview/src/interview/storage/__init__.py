"""Where bytes lie that are too many for a database: recorded video, and sound on its way to becoming text."""

from interview.storage.objects import ObjectStorage, storage_from
from interview.storage.port import ObjectMissing, Storage, StorageUnavailable, Stored

__all__ = ["ObjectMissing", "ObjectStorage", "Storage", "StorageUnavailable", "Stored", "storage_from"]
