"""What can go wrong with documents.

CorpusError
├── DocumentError    one file cannot be used
├── FetchError       one page cannot be downloaded
│   └── ComeLater        its host asks to be left alone for a while
│       └── NotYet         the pause between two requests is not over
├── WatchEnded       a watch was told to end while it waited
├── ManifestError    the list of documents cannot be used
├── ParserUnusable   the English parser cannot be loaded
└── WeightsDamaged   the weights that tell kinds of statements apart cannot be used
"""


class CorpusError(Exception):
    """Base of the errors of this package; its text is shown to the user."""


class DocumentError(CorpusError):
    """One document cannot be read or parsed."""

    def __init__(self, name: str, cause: str, next_step: str) -> None:
        super().__init__(f"{name}: {cause}. {next_step}")


class FetchError(CorpusError):
    """One page cannot be downloaded, or its address cannot be used."""

    def __init__(self, name: str, cause: str, next_step: str) -> None:
        super().__init__(f"{name}: {cause}. {next_step}")
        self.cause = cause
        self.next_step = next_step


class ComeLater(FetchError):
    """A page that must not be asked for before some time has passed."""

    def __init__(self, name: str, cause: str, next_step: str, wait_s: float | None = None) -> None:
        super().__init__(name, cause, next_step)
        self.wait_s = wait_s
        """Seconds for which its host is to be left alone; None where the host does not say."""


class NotYet(ComeLater):
    """A page whose turn comes after a long pause that its host wants between two requests."""


class WatchEnded(CorpusError):
    """A watch was told to end while it waited for a page's turn."""


class ManifestError(CorpusError):
    """The manifest is missing or malformed."""

    def __init__(self, name: str, cause: str, next_step: str) -> None:
        super().__init__(f"{name}: {cause}. {next_step}")


class ParserUnusable(CorpusError):
    """The model that parses sentences is missing, damaged or another one than was asked for."""


class WeightsDamaged(CorpusError):
    """Weights that come with the product are missing or not as they were made."""
