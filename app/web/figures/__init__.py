"""The figures of participation: five plates, each a drawing with its tables, and the tables as files."""
