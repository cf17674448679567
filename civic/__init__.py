"""What the town hall means: pure values and rules. Standard library only; no screen, device, database or network."""
