"""The pages of convergence: the ballot, the choice before its team, what was counted and decided."""
