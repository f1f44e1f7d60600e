"""The pages of a Forum ouvert."""
