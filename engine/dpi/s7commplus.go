package dpi

// dissectS7CommPlus finds the newer protocol, id 0x72.
func dissectS7CommPlus(f *Flow) Verdict { return siemens(f, 0x72) }
