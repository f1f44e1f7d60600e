"""What a person finds: the law of who reads what, and the things themselves."""
