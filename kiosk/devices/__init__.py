"""What touches the world: paper, glass and light. Each device is a Protocol in `base`, a real driver and a simulator."""
