"""What messages and views are made of, in Block Kit: texts that Slack shows and does not parse."""
