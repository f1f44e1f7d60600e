"""What is gathered around an issue, a territory, a tag or an organisation: there, lately, wanted, and by whom."""
