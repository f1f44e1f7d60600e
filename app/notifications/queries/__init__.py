"""Every SELECT on what people are told: notices, the pace of each, summaries, and what each person follows."""
