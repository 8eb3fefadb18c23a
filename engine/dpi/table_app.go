package dpi

// appProtocols is filled by its group's files.
func appProtocols() []Protocol { return nil }
