"""Use cases: verbs that write, nouns that read. Each takes a Session first and never commits."""
