"""What can go wrong in a front end.

UiError
├── QuestionFileError  a file of questions or answers cannot be used
├── ListError          an option or list that describes documents cannot be used
├── ExportError        facts cannot be written as asked
└── PortBusy           the web page's address is taken
"""


class UiError(Exception):
    """Base of the errors of this package; its text is shown to the user."""


class QuestionFileError(UiError):
    """A file of questions or of answers cannot be used."""


class ListError(UiError):
    """A list of addresses, or what is said of documents, cannot be used."""


class ExportError(UiError):
    """Facts cannot be written in the form or to the file that was asked for."""


class PortBusy(UiError):
    """Another program listens on the address of the web page."""
