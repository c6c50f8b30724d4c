"""People who sign in: accounts, invitations, second factors, sessions, and what they did."""
