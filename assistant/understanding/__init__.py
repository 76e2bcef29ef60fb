"""What is asked: the kind of question, what it names, and what it takes over from earlier turns."""
