"""The web page in a real Chromium, served by a real process."""
