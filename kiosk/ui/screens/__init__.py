"""One idea a screen. Values come in, meanings go out: no screen knows a service, a device or a visit."""
