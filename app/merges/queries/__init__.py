"""Who may do what in facilitation: the pages of law, one for each craft."""
