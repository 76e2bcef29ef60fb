"""What one edition of a document says and another does not; pure but for `read_edition`.

types          an edition, its passages, and what became of them
signs          what decides about the sense of a sentence: places, amounts, denial, conditions
telling_sentences  which sentences tell something of the field
word_pairs     words of two sentences that say the same
what_differs   two wordings of a passage, held against each other
pairing        which passage of one edition is which of the other
find_changes   two editions to their changes, most severe first
remarks        what a reader should know before trusting a comparison
read_edition   a file, or a document of the index, as an edition
"""

__all__ = [
    "find_changes",
    "pairing",
    "read_edition",
    "remarks",
    "signs",
    "telling_sentences",
    "types",
    "what_differs",
    "word_pairs",
]
