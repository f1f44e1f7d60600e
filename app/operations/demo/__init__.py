"""The demonstration: its people and contents in JSON, and how they enter the database."""
