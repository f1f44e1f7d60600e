"""The public journal, its verification and its figures."""
