package dpi

// dissectS7Comm finds Siemens S7 PDUs: protocol id 0x32 behind COTP.
func dissectS7Comm(f *Flow) Verdict { return siemens(f, 0x32) }
