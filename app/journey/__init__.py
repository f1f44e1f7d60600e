"""The road travelled: from a voice to a result, and from the plan back to every voice; computed from what is kept."""
