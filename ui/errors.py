"""What can go wrong in a front end.

UiError
├── QuestionFileError  a file of questions or answers cannot be used
├── UnknownJob         no questionnaire of that owner has that id
├── JobLimit           an owner has as many questionnaires as there may be, or as large ones
├── JobStoreError      the store of questionnaires cannot be used
├── ListError          an option or list that describes documents cannot be used
└── PortBusy           the web page's address is taken
"""


class UiError(Exception):
    """Base of the errors of this package; its text is shown to the user."""


class QuestionFileError(UiError):
    """A file of questions or of answers cannot be used."""


class UnknownJob(UiError):
    """A questionnaire that does not exist for the one who asks."""


class JobLimit(UiError):
    """One more questionnaire would be too many, or too large."""


class JobStoreError(UiError):
    """The store of questionnaires cannot be read or written."""


class ListError(UiError):
    """A list of addresses, or what is said of documents, cannot be used."""


class PortBusy(UiError):
    """Another program listens on the address of the web page."""
