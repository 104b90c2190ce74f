"""Use cases: verbs that write and nouns that read, one folder per feature."""
