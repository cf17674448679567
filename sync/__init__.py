"""The contract between a kiosk and the centre, and the machine that honours it through cuts of power and line."""
