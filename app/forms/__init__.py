"""What may be typed in; serves every door."""
