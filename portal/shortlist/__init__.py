"""Programs that a visitor keeps and compares; the address is all that remembers them."""
