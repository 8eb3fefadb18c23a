package dpi

// remoteProtocols give access to other machines and their files.
func remoteProtocols() []Protocol {
	return []Protocol{
		{Name: "SSH", NDPI: 92, Category: RemoteAccess, Breed: Acceptable, TCPPorts: []uint16{22}, Over: TCP, Dissect: dissectSSH, Source: "RFC 4253"},
		{Name: "Telnet", NDPI: 77, Category: RemoteAccess, Breed: Unsafe, TCPPorts: []uint16{23}, Over: TCP, Dissect: dissectTelnet, Source: "RFC 854"},
		{Name: "RSH", NDPI: 294, Category: RemoteAccess, Breed: Unsafe, Over: TCP, Dissect: dissectRSH, Source: "RFC 1282"},
		{Name: "RDP", NDPI: 88, Category: RemoteAccess, Breed: Acceptable, TCPPorts: []uint16{3389}, UDPPorts: []uint16{3389}, Over: TCP | UDP, Dissect: dissectRDP, Source: "MS-RDPBCGR"},
		{Name: "VNC", NDPI: 89, Category: RemoteAccess, Breed: Acceptable, TCPPorts: []uint16{5900, 5901, 5800}, Over: TCP, Dissect: dissectVNC, Source: "RFC 6143"},
		{Name: "TeamViewer", NDPI: 148, Category: RemoteAccess, Breed: Acceptable, TCPPorts: []uint16{5938}, UDPPorts: []uint16{5938}, NoGuess: true, Over: TCP | UDP, Dissect: dissectTeamViewer, Source: "observed framing"},
		{Name: "AnyDesk", NDPI: 252, Category: RemoteAccess, Breed: Acceptable},
		{Name: "Radmin", NDPI: 391, Category: RemoteAccess, Breed: Acceptable, TCPPorts: []uint16{4899}, Over: TCP, Dissect: dissectRadmin, Source: "observed handshake"},
		{Name: "Citrix", NDPI: 132, Category: Network, Breed: Acceptable, TCPPorts: []uint16{1494, 2598}, Over: TCP, Dissect: dissectCitrix, Source: "Citrix ICA and CGP handshakes"},
		{Name: "NoMachine", NDPI: 378, Category: RemoteAccess, Breed: Acceptable, TCPPorts: []uint16{4000}, UDPPorts: []uint16{4000}, Over: TCP | UDP, Dissect: dissectNX, Source: "NX protocol"},
		{Name: "PcAnywhere", Category: RemoteAccess, Breed: Acceptable, TCPPorts: []uint16{5631}, UDPPorts: []uint16{5632}, NoGuess: true, Over: TCP | UDP, Dissect: dissectPCAnywhere, Source: "observed queries"},
		{Name: "FTP_CONTROL", NDPI: 1, Category: Download, Breed: Unsafe, TCPPorts: []uint16{21}, Over: TCP, Dissect: dissectFTP, Source: "RFC 959"},
		{Name: "FTPS", NDPI: 311, Category: Download, Breed: Unsafe, Source: "RFC 4217"},
		{Name: "FTP_DATA", NDPI: 175, Category: Download, Breed: Acceptable, TCPPorts: []uint16{20}, Over: TCP, Dissect: dissectFTPData, Source: "RFC 959"},
		{Name: "SMBv1", NDPI: 16, Category: System, Breed: Dangerous, Over: TCP, Dissect: dissectSMB1, Source: "MS-CIFS"},
		{Name: "SMBv23", NDPI: 41, Category: System, Breed: Acceptable, TCPPorts: []uint16{445}, Over: TCP, Dissect: dissectSMB2, Source: "MS-SMB2"},
		{Name: "DCERPC", NDPI: 370, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{135}, Over: TCP | UDP, Dissect: dissectDCERPC, Source: "C706"},
		{Name: "NFS", NDPI: 11, Category: DataTransfer, Breed: Acceptable, TCPPorts: []uint16{2049}, UDPPorts: []uint16{2049}, Over: TCP | UDP, Dissect: dissectRPC, Source: "RFC 5531"},
		{Name: "iSCSI", Category: DataTransfer, Breed: Acceptable, TCPPorts: []uint16{3260}, NoGuess: true, Over: TCP, Dissect: dissectISCSI, Source: "RFC 7143"},
		{Name: "RSYNC", NDPI: 166, Category: DataTransfer, Breed: Acceptable, TCPPorts: []uint16{873}, Over: TCP, Dissect: dissectRsync, Source: "rsync daemon protocol"},
		{Name: "AFP", NDPI: 97, Category: DataTransfer, Breed: Acceptable, TCPPorts: []uint16{548}, UDPPorts: []uint16{548}, Over: TCP, Dissect: dissectAFP, Source: "Apple Filing Protocol reference"},
		{Name: "Lustre", NDPI: 425, Category: DataTransfer, Breed: Acceptable, TCPPorts: []uint16{988}, NoGuess: true, Over: TCP, Dissect: dissectLustre, Source: "Lustre LND protocol"},
		{Name: "Ceph", NDPI: 381, Category: DataTransfer, Breed: Acceptable, TCPPorts: []uint16{3300, 6789}, Over: TCP, Dissect: dissectCeph, Source: "Ceph messenger protocol"},
		{Name: "VMware", NDPI: 28, Category: RemoteAccess, Breed: Acceptable, TCPPorts: []uint16{903}, UDPPorts: []uint16{902, 903}, Over: UDP, Dissect: dissectVMware, Source: "observed heartbeat"},
		{Name: "RX", NDPI: 223, Category: RPC, Breed: Acceptable, Over: UDP, Dissect: dissectRX, Source: "Rx protocol specification"},
		{Name: "UFTP", NDPI: 373, Category: Download, Breed: Acceptable, UDPPorts: []uint16{1044}, Over: UDP, Dissect: dissectUFTP, Source: "UFTP protocol version 5"},
		{Name: "JRMI", NDPI: 416, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{1099}, Over: TCP, Dissect: dissectJRMI, Source: "Java RMI specification"},
		{Name: "Corba", NDPI: 168, Category: RPC, Breed: Acceptable, Over: TCP | UDP, Dissect: dissectCorba, Source: "OMG CORBA 3.3"},
		{Name: "IRC", NDPI: 65, Category: Chat, Breed: Unsafe, TCPPorts: []uint16{194}, NoGuess: true, Over: TCP, Dissect: dissectIRC, Source: "RFC 2812"},
		{Name: "TargusDataspeed", NDPI: 243, Category: Network, Breed: Acceptable, TCPPorts: []uint16{5001, 5201}, UDPPorts: []uint16{5001, 5201}},
		{Name: "MS-RPCH", NDPI: 127, Category: RPC, Breed: Acceptable, Over: TCP, Dissect: dissectRPCH, Source: "MS-RPCH"},
	}
}
