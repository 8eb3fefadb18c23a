package dpi

// industryProtocols control plants, grids, buildings, vehicles and things.
func industryProtocols() []Protocol {
	return []Protocol{
		{Name: "Modbus", NDPI: 44, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{502}, Over: TCP, Dissect: dissectModbus, Source: "Modbus messaging on TCP/IP 1.0b"},
		{Name: "DNP3", NDPI: 244, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{20000}, Over: TCP, Dissect: dissectDNP3, Source: "IEEE 1815"},
		{Name: "S7Comm", NDPI: 249, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{102}, NoGuess: true, Over: TCP, Dissect: dissectS7Comm, Source: "Siemens S7 over RFC 1006"},
		{Name: "S7CommPlus", NDPI: 361, Category: IoTScada, Breed: Acceptable, Over: TCP, Dissect: dissectS7CommPlus, Source: "Siemens S7 over RFC 1006"},
		{Name: "IEC60870", NDPI: 245, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{2404}, Over: TCP, Dissect: dissectIEC104, Source: "IEC 60870-5-104"},
		{Name: "IEC62056", NDPI: 379, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{4059}, UDPPorts: []uint16{4059}, Over: TCP | UDP, Dissect: dissectDLMS, Source: "IEC 62056-46, IEC 62056-47"},
		{Name: "BACnet", NDPI: 334, Category: IoTScada, Breed: Acceptable, UDPPorts: []uint16{47808}, Over: UDP, Dissect: dissectBACnet, Source: "ASHRAE 135 annex J"},
		{Name: "EthernetIP", NDPI: 278, Category: Network, Breed: Acceptable, TCPPorts: []uint16{44818}, UDPPorts: []uint16{44818}, NoGuess: true, Over: TCP | UDP, Dissect: dissectEtherNetIP, Source: "CIP volume 2"},
		{Name: "CIP", NDPI: 393, Category: IoTScada, Breed: Acceptable, UDPPorts: []uint16{2222}, NoGuess: true, Over: UDP, Dissect: dissectCIPIO, Source: "CIP volume 2"},
		{Name: "OPC-UA", NDPI: 360, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{4840}, Over: TCP, Dissect: dissectOPCUA, Source: "OPC 10000-6"},
		{Name: "PROFINET_IO", NDPI: 371, Category: IoTScada, Breed: Acceptable},
		{Name: "COAP", NDPI: 27, Category: RPC, Breed: Safe, UDPPorts: []uint16{5683, 5684}, Over: UDP, Dissect: dissectCoAP, Source: "RFC 7252"},
		{Name: "IEEE-C37118", NDPI: 367, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{4712}, UDPPorts: []uint16{4713}, Over: TCP | UDP, Dissect: dissectC37118, Source: "IEEE C37.118.2"},
		{Name: "ANSI_C1222", NDPI: 397, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{1153}, UDPPorts: []uint16{1153}, Over: TCP | UDP, Dissect: dissectC1222, Source: "ANSI C12.22, RFC 6142"},
		{Name: "ATG", NDPI: 423, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{10001}, NoGuess: true, Over: TCP, Dissect: dissectATG, Source: "Veeder-Root TLS-350 serial interface"},
		{Name: "BeckhoffADS", NDPI: 365, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{48898}, Over: TCP, Dissect: dissectADS, Source: "Beckhoff AMS/ADS specification"},
		{Name: "Ether-S-Bus", NDPI: 368, Category: IoTScada, Breed: Acceptable, UDPPorts: []uint16{5050}, Over: UDP, Dissect: dissectSBus, Source: "SAIA Ether-S-Bus"},
		{Name: "EtherSIO", NDPI: 363, Category: IoTScada, Breed: Acceptable, UDPPorts: []uint16{6060}, Over: UDP, Dissect: dissectESIO, Source: "SAIA Ether-SIO"},
		{Name: "KNXnet_IP", NDPI: 410, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{3671}, UDPPorts: []uint16{3671}, Over: TCP | UDP, Dissect: dissectKNX, Source: "ISO 22510"},
		{Name: "HART-IP", NDPI: 72, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{5094}, UDPPorts: []uint16{5094}, Over: TCP | UDP, Dissect: dissectHARTIP, Source: "HART-IP, HCF_SPEC-085"},
		{Name: "GE_SRTP", Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{18245}, NoGuess: true, Over: TCP, Dissect: dissectGEFanuc, Source: "GE SRTP as published by researchers"},
		{Name: "DICOM", NDPI: 438, Category: Network, Breed: Acceptable, TCPPorts: []uint16{104, 11112}, NoGuess: true, Over: TCP, Dissect: dissectDICOM, Source: "DICOM PS3.8"},
		{Name: "Controller_Area_Network", NDPI: 352, Category: System, Breed: Acceptable, Over: UDP, Dissect: dissectCAN, Source: "ISO 11898 over UDP"},
		{Name: "SOMEIP", NDPI: 229, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{30491, 30501}, UDPPorts: []uint16{30490, 30491, 30501}, Over: TCP | UDP, Dissect: dissectSOMEIP, Source: "AUTOSAR SOME/IP"},
		{Name: "DoIP", Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{13400}, UDPPorts: []uint16{13400}, NoGuess: true, Over: TCP | UDP, Dissect: dissectDoIP, Source: "ISO 13400-2"},
		{Name: "TRDP", NDPI: 424, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{17225}, UDPPorts: []uint16{17224, 17225}, Over: TCP | UDP, Dissect: dissectTRDP, Source: "IEC 61375-2-3"},
		{Name: "RTPS", NDPI: 359, Category: RPC, Breed: Acceptable, UDPPorts: []uint16{7401, 7413}, NoGuess: true, Over: UDP, Dissect: dissectRTPS, Source: "OMG DDSI-RTPS 2.5"},
		{Name: "Xiaomi", NDPI: 287, Category: Web, Breed: Acceptable, Over: TCP | UDP, Dissect: dissectXiaomi, Source: "miIO protocol"},
		{Name: "TUYA_LP", NDPI: 331, Category: IoTScada, Breed: Acceptable, UDPPorts: []uint16{6667}, NoGuess: true, Over: TCP | UDP, Dissect: dissectTuya, Source: "Tuya local protocol"},
		{Name: "Crestron", Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{41794}, UDPPorts: []uint16{41794}, NoGuess: true, Over: TCP | UDP, Dissect: dissectCrestron, Source: "Crestron internet protocol"},
		{Name: "LoRaWAN", Category: IoTScada, Breed: Acceptable, UDPPorts: []uint16{1700}, NoGuess: true, Over: UDP, Dissect: dissectLoRaWAN, Source: "Semtech packet forwarder"},
		{Name: "OMRON_FINS", NDPI: 362, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{9600}, UDPPorts: []uint16{9600}, NoGuess: true, Over: TCP | UDP, Dissect: dissectFINS, Source: "Omron FINS commands"},
	}
}
