"""The closed loop: a company asks, someone answers, and everyone can see how it went."""
