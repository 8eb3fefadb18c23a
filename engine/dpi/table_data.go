package dpi

// dataProtocols are databases, queues and business messages.
func dataProtocols() []Protocol {
	return []Protocol{
		{Name: "MySQL", NDPI: 20, Category: Database, Breed: Acceptable, TCPPorts: []uint16{3306}, Over: TCP, Dissect: dissectMySQL, Source: "MySQL client/server protocol"},
		{Name: "PostgreSQL", NDPI: 19, Category: Database, Breed: Acceptable, TCPPorts: []uint16{5432}, Over: TCP, Dissect: dissectPostgreSQL, Source: "PostgreSQL frontend/backend protocol"},
		{Name: "MsSQL-TDS", NDPI: 114, Category: Database, Breed: Acceptable, TCPPorts: []uint16{1433, 1434}, Over: TCP, Dissect: dissectTDS, Source: "MS-TDS"},
		{Name: "Oracle", NDPI: 167, Category: Database, Breed: Acceptable, TCPPorts: []uint16{1521}, Over: TCP, Dissect: dissectTNS, Source: "Oracle TNS framing"},
		{Name: "MongoDB", NDPI: 60, Category: Database, Breed: Acceptable, TCPPorts: []uint16{27017}, Over: TCP, Dissect: dissectMongoDB, Source: "MongoDB wire protocol"},
		{Name: "RESP", NDPI: 182, Category: Database, Breed: Acceptable, TCPPorts: []uint16{6379}, Over: TCP, Dissect: dissectRESP, Source: "Redis serialization protocol"},
		{Name: "Cassandra", NDPI: 264, Category: Database, Breed: Acceptable, TCPPorts: []uint16{7000, 9042}, Over: TCP, Dissect: dissectCassandra, Source: "Cassandra native protocol"},
		{Name: "Memcached", NDPI: 40, Category: Network, Breed: Acceptable, TCPPorts: []uint16{11211}, UDPPorts: []uint16{11211}, Over: TCP | UDP, Dissect: dissectMemcached, Source: "memcached protocol"},
		{Name: "Elasticsearch", NDPI: 330, Category: System, Breed: Acceptable, TCPPorts: []uint16{9002, 9200, 9300}, Over: TCP, Dissect: dissectElasticsearch, Source: "Elasticsearch reference, transport"},
		{Name: "DRDA", NDPI: 227, Category: Database, Breed: Acceptable, TCPPorts: []uint16{50000}, NoGuess: true, Over: TCP, Dissect: dissectDRDA, Source: "DRDA, DDM architecture"},
		{Name: "Kafka", NDPI: 377, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{9092}, Over: TCP, Dissect: dissectKafka, Source: "Kafka protocol guide"},
		{Name: "AMQP", NDPI: 192, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{5672}, Over: TCP, Dissect: dissectAMQP, Source: "AMQP 0-9-1"},
		{Name: "MQTT", NDPI: 222, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{1883}, Over: TCP, Dissect: dissectMQTT, Source: "MQTT 5.0"},
		{Name: "Nats", NDPI: 68, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{4222}, Over: TCP, Dissect: dissectNATS, Source: "NATS client protocol"},
		{Name: "ZeroMQ", NDPI: 177, Category: RPC, Breed: Acceptable, Over: TCP, Dissect: dissectZMTP, Source: "ZMTP 3.1"},
		{Name: "FIX", NDPI: 230, Category: RPC, Breed: Safe, Over: TCP, Dissect: dissectFIX, Source: "FIX tag-value encoding"},
		{Name: "HL7", NDPI: 380, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{2575}, Over: TCP, Dissect: dissectHL7, Source: "HL7 v2, minimal lower layer protocol"},
		{Name: "SMPP", NDPI: 207, Category: Download, Breed: Acceptable, Over: TCP, Dissect: dissectSMPP, Source: "SMPP 5.0"},
		{Name: "Gearman", NDPI: 394, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{4730}, Over: TCP, Dissect: dissectGearman, Source: "gearman.org/protocol"},
		{Name: "OpenWire", NDPI: 421, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{61616}, Over: TCP, Dissect: dissectOpenWire, Source: "OpenWire version 2 specification"},
		{Name: "Raft", NDPI: 392, Category: Network, Breed: Acceptable, Over: TCP, Dissect: dissectRaft, Source: "canonical/raft libuv backend"},
		{Name: "Z3950", NDPI: 260, Category: Network, Breed: Acceptable, TCPPorts: []uint16{210}, Over: TCP, Dissect: dissectZ3950, Source: "ANSI/NISO Z39.50"},
		{Name: "ClickHouse", NDPI: 419, Category: Database, Breed: Acceptable, TCPPorts: []uint16{9000}, NoGuess: true, Over: TCP, Dissect: dissectClickHouse, Source: "ClickHouse native protocol"},
		{Name: "SAP", NDPI: 151, Category: Network, Breed: Acceptable, TCPPorts: []uint16{3200, 3201, 3299, 3600}, Over: TCP, Dissect: dissectSAP, Source: "SAP NI, router and DIAG as pysap documents them"},
	}
}
