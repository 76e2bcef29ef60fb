"""What can go wrong between a question and its answer.

AssistantError
├── SettingsError    the configuration cannot be used
├── QuestionError    the question cannot be answered as it was put
├── LimitError       too much is asked at once; it says when to come back
│   ├── RateExceeded   by one user
│   └── QueueFull      by all together
├── LedgerError      the record of the language model's use cannot be used
├── ModelFault       a call of the language model ended without a usable reply (`model`)
├── ThreadError      the conversation store cannot be used
├── ProfileError     a profile cannot be used, or the store of profiles cannot
├── UnknownAnswer    no recorded answer has that id
├── FeedbackError    feedback that cannot be kept as it was given
├── LibraryError     an approved answer cannot be kept, found or brought in
├── UnknownDocument  no document has that id
└── UnknownFactFilter  a service, place, kind or document to filter facts by is not known
"""

from index.errors import StoreUnusable


class AssistantError(Exception):
    """Base of the errors of this package; its text is shown to the user."""


def store_failed(error: AssistantError) -> bool:
    """Tell whether a store could not be used: the same may succeed once it can."""
    return isinstance(error.__cause__, (StoreUnusable, OSError))


class SettingsError(AssistantError):
    """A setting is unknown or malformed."""


class QuestionError(AssistantError):
    """A question is empty or too long."""


class LimitError(AssistantError):
    """A question that is not taken now."""

    def __init__(self, message: str, wait_s: float) -> None:
        super().__init__(message)
        self.wait_s = wait_s
        """Seconds after which it is worth asking again."""


class RateExceeded(LimitError):
    """One user asked as much as one user may in a minute."""


class QueueFull(LimitError):
    """As many questions wait as may wait."""


class ThreadError(AssistantError):
    """The store of conversations cannot be read or written."""


class ProfileError(AssistantError):
    """A profile names what nobody knows, or the store of profiles cannot be read or written."""


class UnknownAnswer(AssistantError):
    """An answer id that no record of the asker's has."""


class FeedbackError(AssistantError):
    """Feedback that is too long, or says nothing."""


class LibraryError(AssistantError):
    """An approved answer that cannot be kept, found or brought in."""


class LedgerError(AssistantError):
    """The record of what the language model costs cannot be read or written."""


class UnknownDocument(AssistantError):
    """A document id that the index does not hold."""


class UnknownFactFilter(AssistantError):
    """A name to filter facts by that stands for nothing."""
