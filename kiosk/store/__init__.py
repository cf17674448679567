"""What the kiosk keeps: its rows and its scans. Rows never leave this folder; values do."""
