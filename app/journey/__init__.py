"""The journey of an idea, from a voice to a result, and from the plan back to every voice; computed when it is read."""
