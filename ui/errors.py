"""What can go wrong in a front end.

UiError
├── QuestionFileError  a file of questions or answers cannot be used
├── ConversationError  no such conversation, or it cannot be written to a file
├── ListError          an option or list that describes documents cannot be used
└── PortBusy           the web page's address is taken
"""


class UiError(Exception):
    """Base of the errors of this package; its text is shown to the user."""


class QuestionFileError(UiError):
    """A file of questions or of answers cannot be used."""


class ConversationError(UiError):
    """A conversation, or the file for it, that a command names and cannot be used."""


class ListError(UiError):
    """A list of addresses, or what is said of documents, cannot be used."""


class PortBusy(UiError):
    """Another program listens on the address of the web page."""
