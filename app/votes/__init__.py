"""Support: one member, one idea, once."""
