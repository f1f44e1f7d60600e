"""Ideas: their list, one idea, its writing, its answer, its merges and relations."""
