"""What a citizen sees of a dossier, on any phone and without an account."""
