"""Search: what texts hold, as words that find one another. It knows no room: each says what of its own is found."""
