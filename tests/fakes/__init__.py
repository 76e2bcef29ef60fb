"""Servers that stand in for the ones the product talks to, over real sockets."""
