"""Answers, passages and notices as Block Kit: texts that Slack shows and does not parse."""
