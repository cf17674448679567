"""What the kiosk does, in the verbs of a clerk. One public method is one transaction; nothing here draws."""
