"""Tests of the web page's parts."""
