"""Communities of practice, who animates them and who belongs to them."""
