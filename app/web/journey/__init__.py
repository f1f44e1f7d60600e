"""The journey of an idea, and the voices that the plan came from."""
