"""What folders and buckets say when they fail, as what the user can do about it."""

from __future__ import annotations

import errno
from importlib.util import find_spec

from index.build_store.store_address import SETTING, StoreAddress
from index.errors import BuildStoreUnusable

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_WORDS = ("storagefull", "quotaexceeded", "insufficientstorage", "quota exceeded", "507")
_AWAY = "See that it runs and can be reached from here; nothing has to be started anew"
_CREDENTIALS = (
    "Give them as the provider's own tools take them (for S3: AWS_ACCESS_KEY_ID and "
    "AWS_SECRET_ACCESS_KEY, a profile, or the role of the machine)"
)
_RIGHTS = "Give those of this machine the right to list, read, write and delete below it"
_SPACE = "Free space there or raise its quota, then run `residency build publish`"
_VENDORS = ("botocore", "aiobotocore", "aiohttp", "gcsfs", "google", "azure", "adlfs", "s3fs")
_NO_CREDENTIALS = (
    "NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "ProfileNotFound",
    "TokenRetrievalError", "DefaultCredentialsError", "ClientAuthenticationError",
)  # fmt: skip
_PACKAGES = {
    "s3": ("s3fs", "residency-assistant[s3]"), "s3a": ("s3fs", "residency-assistant[s3]"),
    "gs": ("gcsfs", "gcsfs"), "gcs": ("gcsfs", "gcsfs"),
    "abfs": ("adlfs", "adlfs"), "abfss": ("adlfs", "adlfs"), "az": ("adlfs", "adlfs"),
}  # fmt: skip
"""By protocol: the package that speaks it, and what to install for it."""


def driver_missing(address: StoreAddress) -> BuildStoreUnusable | None:
    """Return what is wrong where nothing can speak with a store; None where something can."""
    package, wanted = _PACKAGES[address.protocol]
    if find_spec(package) is not None:
        return None
    return BuildStoreUnusable(
        str(address), f"the package {package} is not installed", f"pip install '{wanted}'"
    )


def not_there(address: StoreAddress, cause: str) -> BuildStoreUnusable:
    """Return the error of a folder or bucket that does not exist."""
    return BuildStoreUnusable(
        str(address),
        f"the store of builds is not there ({cause})",
        f"Make it, or correct {SETTING}",
    )


def fault_of(address: StoreAddress, error: Exception) -> BuildStoreUnusable | None:
    """Return what a folder or a bucket raised as where, why and what to do.

    None for what is a fault of the program.
    """
    cause, where = _cause(error), str(address)
    if type(error).__name__ in _NO_CREDENTIALS:
        return BuildStoreUnusable(where, f"there are no credentials for it ({cause})", _CREDENTIALS)
    if _is_full(error):
        return BuildStoreUnusable(where, f"the store of builds is full ({cause})", _SPACE)
    if isinstance(error, PermissionError):
        return BuildStoreUnusable(where, f"it refuses these credentials ({cause})", _RIGHTS)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return not_there(address, cause)
    if isinstance(error, OSError) or _is_of_vendor(error):
        return BuildStoreUnusable(where, f"it cannot be reached or used ({cause})", _AWAY)
    return None


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno in FULL:
        return True
    vendor = error.__cause__ or error
    answer = getattr(vendor, "response", None)
    code = answer.get("Error", {}).get("Code", "") if isinstance(answer, dict) else ""
    return any(word in str(code).lower() for word in _FULL_WORDS)


def _is_of_vendor(error: Exception) -> bool:
    return type(error).__module__.partition(".")[0] in _VENDORS


def _cause(error: Exception) -> str:
    """Return what was said, in one line."""
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.filename}: " if error.filename else ""
        return f"{named}{error.strerror}"
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
