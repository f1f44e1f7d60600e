"""The box of the header: what is found of everything that is published."""
