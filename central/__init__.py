"""The municipal server: takes what kiosks send, shows it to agents, to the hall and to the citizen it belongs to."""
