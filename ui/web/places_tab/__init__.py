"""The shapes of the countries, as they ship with the page."""
