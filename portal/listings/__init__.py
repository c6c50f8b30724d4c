"""What signed-in people do with listings: edit, approve, go back, close, clone."""
