"""The Forum ouvert (Open Space): a question, rooms and hours, and what people put there themselves."""
