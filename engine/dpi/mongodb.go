package dpi

// dissectMongoDB finds the message header of the wire protocol: length, ids and a known
// operation code.
func dissectMongoDB(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 16 {
		return More
	}
	size := int(le32(b, 0))
	if size < 16 || size > 48<<20 {
		return No
	}
	switch op := le32(b, 12); op {
	case 2001, 2002, 2004, 2005, 2006, 2007, 2010, 2011, 2012, 2013:
		return Yes
	case 1:
		if f.HasPort(27017) {
			return Yes
		}
	}
	return No
}
