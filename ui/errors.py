"""What can go wrong in a front end.

UiError
├── QuestionFileError  a file of questions or answers cannot be used
├── ConversationError  no such conversation, or it cannot be written to a file
├── UnknownJob         no questionnaire of that owner has that id
├── JobLimit           an owner has as many questionnaires as there may be, or as large ones
├── JobStoreError      the store of questionnaires cannot be used
├── ListError          an option or list that describes documents cannot be used
├── UsersError         the file of users, a name or a password cannot be used
├── AccessError        the settings of who may use the web page contradict each other
├── PrefixError        a path to serve the web page below is none
├── EvidenceError      an evidence pack of that name or in that form cannot be made
├── ExportError        facts cannot be written as asked
├── EditionError       what a comparison names is no edition, or none that can be read
├── PlaceError         a name of a place that a command asks about is none
├── LibraryFileError   a file of approved answers cannot be read or written
├── MayNotApprove      somebody without the right would approve an answer
├── InboxError         what the Slack bot was told cannot be kept or read
├── BotRuns            another Slack bot works on the home
├── SlackError         the Slack bot cannot start with these settings
├── LineFull           somebody has as much waiting as may wait
├── UncitedAnswer      an answer without citations is not shown
└── PortBusy           an address to listen on is taken
"""


class UiError(Exception):
    """Base of the errors of this package; its text is shown to the user."""


class QuestionFileError(UiError):
    """A file of questions or of answers cannot be used."""


class ConversationError(UiError):
    """A conversation, or the file for it, that a command names and cannot be used."""


class EvidenceError(UiError):
    """An evidence pack that cannot be made or written."""


class UnknownJob(UiError):
    """A questionnaire that does not exist for the one who asks."""


class JobLimit(UiError):
    """One more questionnaire would be too many, or too large."""


class JobStoreError(UiError):
    """The store of questionnaires cannot be read or written."""


class ListError(UiError):
    """A list of addresses, or what is said of documents, cannot be used."""


class UsersError(UiError):
    """The file of users, or what is to be written into it, cannot be used."""


class AccessError(UiError):
    """It cannot be told who may use the web page."""


class PrefixError(UiError):
    """A text that cannot be the path below which the web page is served."""


class ExportError(UiError):
    """Facts cannot be written in the form or to the file that was asked for."""


class EditionError(UiError):
    """What a comparison names is no document, no edition, or none that can be read."""


class PlaceError(UiError):
    """A command was given nothing that could be the name of a place."""


class LibraryFileError(UiError):
    """A file of approved answers cannot be read or written."""


class MayNotApprove(UiError):
    """Somebody would approve an answer who has not been given the right."""


class InboxError(UiError):
    """The store of what the Slack bot was told cannot be read or written."""


class BotRuns(UiError):
    """Another process answers what the Slack bot of the home is told."""


class SlackError(UiError):
    """The Slack bot cannot start; every trouble is one line with its cause and next step."""

    def __init__(self, *troubles: str) -> None:
        super().__init__("\n".join(troubles))
        self.troubles = troubles


class PortBusy(UiError):
    """Another program listens on the address that was given."""


class LineFull(UiError):
    """As much of what one caller asked for waits as may."""

    def __init__(self) -> None:
        super().__init__(
            "As much of what you asked for waits as may. Ask again when some of it is done"
        )


class UncitedAnswer(UiError):
    """An answer that cites no passage; a reader never sees one."""
