"""What every page needs and no noun owns: who asks, what is shown, how an act is tried, what may stand in its way."""
