"""The forms of French words: what search knows of a dictionary, and the pairs of common words that its rules join."""
