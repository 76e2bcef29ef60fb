"""Which entries of a set fit: by place, by what their cells say, by amounts."""
