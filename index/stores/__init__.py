"""The stores of a build: vectors, words, word pieces, and the catalog of documents and facts."""
