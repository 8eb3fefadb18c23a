package dpi

// tlsProtocols is filled by its group's files.
func tlsProtocols() []Protocol { return nil }
