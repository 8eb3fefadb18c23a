package tracegen_test

import (
	"fmt"
	"time"

	"github.com/flowloom/flowloom/internal/tracegen"
)

func ExampleTrace() {
	tr := tracegen.New(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	tr.Add(tracegen.TCP{
		Client:   tracegen.At("192.168.1.20:49152"),
		Server:   tracegen.At("203.0.113.10:80"),
		Exchange: tracegen.HTTP1(tracegen.Request{Host: "www.example.com", Path: "/", Reply: []byte("hello")}),
		Path:     tracegen.Path{VLANs: []uint16{10}, Tunnels: []tracegen.Tunnel{tracegen.VXLAN(42)}},
	})
	frames, err := tr.Frames()
	fmt.Println(len(frames), err)
	// Output: 8 <nil>
}
