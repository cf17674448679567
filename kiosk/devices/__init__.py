"""What touches the world: paper, glass and light. A Protocol in `base`, a real driver, a simulator."""
