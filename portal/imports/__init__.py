"""Import with a preview: a file comes in, people see what it would do, then it is done."""
