"""Every sentence that the product itself says in an answer, in one place.

Templates are filled by `str.format`; what goes into them is said beside each.
"""

from __future__ import annotations

YES, NO, DEPENDS = "Yes", "No", "It depends"
"""First words of an answer to a yes-or-no question."""

# --- Abstaining and asking back
NOT_STATED = "The indexed documents do not say this."
NOT_COVERED = "The indexed documents do not cover {services}."
NO_DOCUMENT = "These documents say nothing about {names}."
COVERED = "They cover {covered}."
COVERED_AND_MORE = "They cover {covered} and {more} more."
WANTED_NOT_STATED = "Not stated: the documents do not say {wanted}."
NEARBY = "What comes nearest: {said}"
NEAREST_SECTION = "The nearest section is “{section}”."
WHICH_SERVICE = "The documents say this for each service. Which one do you mean?"
WHICH_MEANT = "Which one do you mean?"
BY_SERVICE = "It depends on the service."

# --- What is computed from citations
PLACE_NOT_NAMED = "“{title}” does not name {place}."
COUNTED = "Counted: {counts}."
CONDITION_STANDS = "{promise}: {standing}. {condition}"
MET, UNMET = "met", "not met"
NOT_SAID_BY_ASKER = "depends on what you have not said"

# --- Where documents contradict each other or themselves
OTHERWISE = "Another passage says otherwise: {said}"

# --- Of things that are compared
COMPARED = "{first}: {value}, against {other_value} for {second}."
COMPARED_SAME = "{first} and {second}: {value} in both."
SAY_THE_SAME = "{first} and {second} say the same."
SAYS_NOTHING_OF_IT = "the documents on {name} say nothing of it."
ASKED_OF = "{name}: “{question}”"

# --- Of lists that are not told whole
SHOWN_OF_ALL = "{shown} of {all} shown"

# --- Of two services of one name
NAMESAKE = "{name} ({publisher})"

# --- Steps of a derivation
STANDS_FOR = "“{asked}” is what the documents call “{meant}”."
IS_PART_OF = "“{asked}” is told of under “{meant}”."

# --- Dates of documents
DATED = "“{title}” is dated {date}."
OF_MANY = "These are {shown} of the {all:,} documents that may be meant."
STATES_NO_DATE = "“{title}” states no date."
TEXT_SAYS_NO_DATE = "Its text does not say so."
SAME_DAY = "They are of the same day."
DAYS_APART = "“{latest}” is the most recent, “{oldest}” the oldest; {days} lie between them."
UNDATED = "undated"

# --- Notices that close an answer
SOURCE = "Source: “{title}”, {date}."
OLD_SOURCE = "Source: “{title}”, {date}; an old page, check that it still holds."
SUPERSEDED_SOURCE = (
    "Source: “{title}”, {date}; superseded by “{newer}”, {newer_date}, which may say otherwise."
)
WITHOUT_VECTORS = "{fault}; this answer was found by words and facts alone and may miss passages."
IN_ANOTHER_LANGUAGE = (
    "The question seems to be in {language}. The documents are in English; asked in English, more "
    "is found."
)
NOT_RECORDED_YET = (
    "This answer is not recorded yet, and later questions cannot lean on it until it is. {error}"
)
PAST_UNREAD = (
    "Neither the questions before this one nor a profile of yours can be read, and this answer "
    "leans on neither. {error}"
)
LIBRARY_UNREAD = "Whether a person approved an answer to this cannot be read. {error}"
NOT_RECORDED = "This answer is not recorded, and later questions cannot lean on it. {error}"

# --- Approved answers
APPROVED = "Approved by {approver} on {date}."
APPROVED_FOR = "Approved by {approver} on {date} for {scope}."
APPROVED_ON_NOTHING = "No passage of the documents of today was found that says it."
TODAY_OTHERWISE = "From the documents, today: {said}"
APPROVED_VOID = "An answer that {approver} approved on {date} is not given: {why}."
SETTLED = (
    "To settle it, `residency library withdraw ID` for what does not hold, or `residency library "
    "approve ID --correction TEXT` with what is right; {ids}, shown by `residency library review`."
)
APPROVED_TWICE = (
    "{count} approved answers to this question contradict each other, so none is given. " + SETTLED
)
CONTRADICTS = "contradicts {others}, so none of them is given. " + SETTLED
STANDS_ON_NOTHING = (
    "stands on nothing: no passage of the documents says it, so that no change of a document makes "
    "it void. Name its service where none is named, or add the document that says it, and approve "
    "it again: `residency library approve {entry}`"
)

# --- The language model's part
MODEL_NOT_USED = (
    "The language model was not used: {why}. The answer comes from the documents without it."
)
MODEL_NOT_FINISHED = "The language model did not finish: {why}. The documents answer the rest."
MODEL_ONLY_QUOTED = (
    "The language model's own words could not be verified; these are the passages that it cites."
)

# --- What to ask next
ASK_ABOUT_SECTION = "What does “{title}” say about {section}?"

# --- Small talk
HELLO = "Hello. I answer questions about where data is kept, for how long, and under what."
WHO_I_AM = (
    "I am Residency Assistant, a program that answers from your documents and cites the passage "
    "behind every sentence."
)
WHAT_I_DO = (
    "I say where data is stored or processed, how long it is kept, what can be moved and under "
    "which conditions, and cite the passage behind every sentence."
)
READY = "I am ready for your question."
WELCOME = "You are welcome."
GOODBYE = "Goodbye."
GO_ON = "Good. Ask on whenever you like."
DOCUMENTS = "I have {count} documents, about {names}."
ONE_DOCUMENT = "I have one document, about {names}."
AND_MORE = "{names} and {more} more"
NO_DOCUMENTS_YET = "There are no documents yet."
TRY_ASKING = "Try: “Where does {service} keep data, and for how long?”"

# --- Legal advice
LEGAL_ADVICE = (
    "Whether that is lawful, or what to sign, is for your lawyer to say; I only tell what the "
    "documents state."
)
LEGAL_ADVICE_STATED = "What the documents do say:"
LEGAL_ADVICE_NOTHING = "The documents say nothing on which that could be judged."

NOT_TICKED = "the box “{said}” is not ticked."
"""A Yes or No from a line of a check list whose box is empty."""

# --- Why a row of a questionnaire came to its triage
ROW_APPROVED = "A person approved it for a question that means the same."
ROW_PROVED = "The cited passages say it."
ROW_NOT_APPLICABLE = "It asks of a case that there is not: “{premise}” is answered."
ROW_CONDITIONS = "The documents say it in part, or under conditions."
ROW_NOT_STATED = "The documents do not say it."
ROW_NO_DOCUMENT = "No document is about what the row names."
ROW_OFF_TOPIC = "It asks for no place, no time of keeping and nobody's access to data."
ROW_UNDECIDED = "The documents speak of it; whether that means Yes or No is for a person to say."
ROW_UNSURE = "The passages that were found may not be what is asked for."
ROW_LEGAL = "Whether that is lawful is for a lawyer to say."
