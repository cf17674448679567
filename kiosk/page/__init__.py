"""What is seen on a scanned paper, and how it is made fit to be read: pure functions on pixels, no device, no disk."""
