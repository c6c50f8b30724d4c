"""Mail: a row in the outbox with the change that causes it; a worker delivers it later."""
