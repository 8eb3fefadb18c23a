package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRTSP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a stream is described", tcp, 554, []msg{client("DESCRIBE rtsp://192.0.2.7/live RTSP/1.0\r\nCSeq: 2\r\n\r\n"), server("RTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n")}, "RTSP"},
		{"an answer on another port", tcp, 40000, []msg{server("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n")}, "RTSP"},
		{"a method of another protocol", tcp, 40000, []msg{client("PLAY song.mp3 now please\r\n")}, "Unknown"},
		{"AirPlay", tcp, 7000, []msg{client("POST /fp-setup RTSP/1.0\r\nCSeq: 3\r\nContent-Length: 16\r\n\r\n")}, "RTSP"},
	})
}
