"""What can go wrong with the index.

IndexingError
├── HomeUnusable    the home folder cannot be read or written
├── MissingIndex    nothing was built yet
├── DamagedIndex    a build does not match its manifest
├── ForeignIndex    a build of another version or another encoder
├── BuildLocked     another process is building
├── ModelMismatch   the embedding model is absent or not the expected one
├── RegistryError   the list of what is to be indexed cannot be used, or not as was asked
├── EditionsUnusable  the kept editions of pages cannot be read or written
├── RefreshRuns     another process fetches pages again
├── StoreUnusable   a store of a home, in its file or on the database server, cannot be used
│   └── NewerLayout     a later version of the program has written it
├── BuildStoreUnusable  the store that builds are shared by cannot be used
│   ├── PublishedDamaged    a build there is not whole, or a file of it differs
│   └── NewerBuild      a later version of the program has published there
├── VectorsAway     the Chroma server does not reply
│   └── VectorsLost     it replies, and has not the vectors of the build
├── MoveError       what a home keeps cannot be moved to a database server, or back
└── BackupError     a backup cannot be made or restored
"""


class IndexingError(Exception):
    """Base of the errors of this package; its text is shown to the user."""


class HomeUnusable(IndexingError):
    """The home folder cannot be read or written."""


class MissingIndex(IndexingError):
    """There is no finished build."""


class DamagedIndex(IndexingError):
    """A finished build that does not match its manifest."""


class ForeignIndex(IndexingError):
    """A build that this version or this encoder cannot read."""


class BuildLocked(IndexingError):
    """Another process is building the index."""


class ModelMismatch(IndexingError):
    """The embedding model cannot be found or has another hash."""


class RegistryError(IndexingError):
    """The list of sources cannot be read, written or changed in the way that was asked."""


class EditionsUnusable(IndexingError):
    """The store of editions cannot be read or written."""


class RefreshRuns(IndexingError):
    """Another process fetches the pages of this home again."""


class StoreUnusable(IndexingError):
    """A store of a home cannot be read or written."""

    def __init__(self, where: str, cause: str, step: str) -> None:
        super().__init__(f"{where}: it cannot be used ({cause}). {step}")
        self.where = where
        """The file, or the address of the server without what is secret in it."""
        self.cause = cause
        self.step = step
        """What the user can do about it, without a full stop."""

    def told_of(self, what: str) -> str:
        """Return the message that names what is kept there: "the conversations"."""
        return f"{self.where}: {what} cannot be used ({self.cause}). {self.step}"


class NewerLayout(StoreUnusable):
    """A store that a later version of the program has written, by more than one step."""

    def __init__(self, where: str, found: int, known: int, otherwise: str = "") -> None:
        super().__init__(
            where,
            f"it has layout {found}, this version knows {known}",
            f"A later version of the program wrote it: install that one{otherwise}",
        )

    def told_of(self, what: str) -> str:  # noqa: ARG002
        """Return the message; the layout is what counts, whatever is kept there."""
        return f"{self.where}: {self.cause}. {self.step}"


class BuildStoreUnusable(IndexingError):
    """The store that finished builds are shared by cannot be read or written."""

    def __init__(self, where: str, cause: str, step: str) -> None:
        super().__init__(f"{where}: {cause}. {step}")


class PublishedDamaged(BuildStoreUnusable):
    """What was published is not whole, or has another checksum than it should."""


class NewerBuild(BuildStoreUnusable):
    """A build that a later version of the program has published."""


class VectorsAway(IndexingError):
    """The Chroma server with the vectors does not reply; it may again later."""

    def __init__(self, message: str, notice: str) -> None:
        super().__init__(message)
        self.notice = notice
        """How it stands, in a clause for readers of an answer."""


class VectorsLost(VectorsAway):
    """The Chroma server, or the folder of the build, has not the vectors of the build."""


class BackupError(IndexingError):
    """A backup cannot be made, or is not one that can be restored."""


class MoveError(IndexingError):
    """What a home keeps cannot be moved to where it is to lie, or not be proved to lie there."""
