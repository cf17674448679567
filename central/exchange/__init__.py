"""What kiosks talk to: see `sync.messages`."""
