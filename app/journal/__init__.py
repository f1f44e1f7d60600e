"""The public journal: what was decided and why, one line after the other, each sealed by the one before."""
