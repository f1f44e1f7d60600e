"""The tables of the plan: its structure, how far it is, what ties it to ideas and updates, its versions."""
