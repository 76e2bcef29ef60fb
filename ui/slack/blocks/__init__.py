"""What messages and views are made of, in Block Kit: texts that Slack shows and does not parse."""

__all__ = [
    "actions",
    "citation_blocks",
    "elements",
    "inert_text",
    "packing",
    "replies",
    "splitting",
    "spoken",
    "views",
]
