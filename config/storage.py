"""Where pictures are kept: a folder, or a bucket of an S3-compatible store."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_SCHEMES = {"s3": "https", "s3+http": "http"}
_FORM = (
    "MEDIA_STORAGE must be an address such as s3://key:secret@s3.eu-central-1.amazonaws.com/bucket?region=eu-central-1"
)


def media_storage(address: str, folder: Path | None = None) -> dict[str, Any]:
    """One of Django's STORAGES. Raises ValueError with a sentence that does not repeat the secret.

    With a `folder`, that is where it begins: on the disk, or under its last name in the bucket.
    """
    if not address:
        own = {"location": str(folder), "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"} | ({"OPTIONS": own} if folder else {})
    try:
        parts = urlsplit(address)
        options = _options(parts)
    except ValueError as error:
        raise ValueError(_FORM) from error
    if parts.scheme not in _SCHEMES or not all(options.values()):
        raise ValueError(_FORM)
    if find_spec("storages") is None:
        raise ValueError("MEDIA_STORAGE is set, but the package django-storages[s3] is not installed.")
    place = {"location": f"{folder.name}/"} if folder else {}
    return {"BACKEND": "config.s3.PrivateBucket", "OPTIONS": options | place}


def _options(parts: SplitResult) -> dict[str, Any]:
    host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
    return {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "endpoint_url": host and f"{_SCHEMES.get(parts.scheme, 'https')}://{host}",
        "bucket_name": parts.path.strip("/"),
        "region_name": parse_qs(parts.query).get("region", ["us-east-1"])[0],
        # The name of the bucket stands in the path, as every store that speaks S3 understands it.
        "addressing_style": "path",
        "signature_version": "s3v4",
    }
