package dpi

// mailProtocols carry mail and news.
func mailProtocols() []Protocol {
	return []Protocol{
		{Name: "SMTP", NDPI: 3, Category: Email, Breed: Acceptable, TCPPorts: []uint16{25, 587}, Over: TCP, Dissect: dissectSMTP, Source: "RFC 5321"},
		{Name: "SMTPS", NDPI: 29, Category: Email, Breed: Safe, TCPPorts: []uint16{465, 25, 587}, Source: "RFC 8314, RFC 3207"},
		{Name: "POP3", NDPI: 2, Category: Email, Breed: Unsafe, TCPPorts: []uint16{110}, Over: TCP, Dissect: dissectPOP3, Source: "RFC 1939"},
		{Name: "POPS", NDPI: 23, Category: Email, Breed: Safe, TCPPorts: []uint16{995, 110}, Source: "RFC 8314, RFC 2595"},
		{Name: "IMAP", NDPI: 4, Category: Email, Breed: Unsafe, TCPPorts: []uint16{143}, Over: TCP, Dissect: dissectIMAP, Source: "RFC 9051"},
		{Name: "IMAPS", NDPI: 51, Category: Email, Breed: Safe, TCPPorts: []uint16{993, 143}, Source: "RFC 8314, RFC 2595"},
		{Name: "Usenet", NDPI: 93, Category: Web, Breed: Acceptable, TCPPorts: []uint16{119}, NoGuess: true, Over: TCP, Dissect: dissectNNTP, Source: "RFC 3977"},
		{Name: "LotusNotes", NDPI: 150, Category: Collaborative, Breed: Acceptable, TCPPorts: []uint16{1352}, Over: TCP, Dissect: dissectNotes, Source: "HCL Notes RPC"},
	}
}
