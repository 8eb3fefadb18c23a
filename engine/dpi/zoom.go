package dpi

// dissectZoom finds Zoom's framing to its media servers on their ports, and the hello of
// participants among themselves. The types of frames are read off packets; O. Michel and
// others describe them in "Enabling Passive Measurement of Zoom Performance in Production
// Networks" (IMC 2022), section 4.
func dissectZoom(f *Flow) Verdict {
	b := f.Payload
	switch {
	case len(b) < 8:
		return No
	case f.HasPort(8801) || f.HasPort(8802):
		return zoomServer(b)
	case be32(b, 0) == 0x1f020100 && len(b) >= 36:
		return Yes
	default:
		return No
	}
}

// zoomServer reports the frames that open a connection with a server, and media.
func zoomServer(b []byte) Verdict {
	const lastOpening, media = 4, 5
	switch {
	case b[0] >= 1 && b[0] <= lastOpening && b[1] == 0 && len(b) >= 13:
		return Yes
	case b[0] == media && len(b) > 20:
		return Yes
	case b[0] == 0 && len(b) > 16:
		return More
	default:
		return No
	}
}
