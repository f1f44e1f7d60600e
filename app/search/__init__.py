"""Search: what texts hold, as words that find one another. It knows no room: each room says what of its own is found."""
