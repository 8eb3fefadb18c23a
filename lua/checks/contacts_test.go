package checks_test

import (
	"fmt"
	"time"

	"github.com/flowloom/flowloom/internal/tracegen"
)

// each makes n flows to servers that differ in the last byte of their address.
func each(n int, step time.Duration, f func(server string) tracegen.Flow) []tracegen.Flow {
	flows := make([]tracegen.Flow, n)
	for i := range flows {
		flows[i] = f(fmt.Sprintf("198.51.100.%d", 1+i))
		switch x := flows[i].(type) {
		case tracegen.TCP:
			x.At += time.Duration(i) * step
			flows[i] = x
		case tracegen.UDP:
			x.At += time.Duration(i) * step
			flows[i] = x
		}
	}
	return flows
}

// same is each with one server.
func same(n int, step time.Duration, f func(server string) tracegen.Flow) []tracegen.Flow {
	return repeat(n, step, func(int) tracegen.TCP { return f("198.51.100.1").(tracegen.TCP) })
}

// after delays flows.
func after(delay time.Duration, flows []tracegen.Flow) []tracegen.Flow {
	for i := range flows {
		if x, ok := flows[i].(tracegen.TCP); ok {
			x.At += delay
			x.Client.Port += 1000
			flows[i] = x
		}
	}
	return flows
}

// contactBehaviours are about whom hosts talk to.
func contactBehaviours() map[string]behaviour {
	data := func(server string) tracegen.Flow { return tcp(inside, server+":443", bulk(10, 10)) }
	site := func(server string) tracegen.Flow {
		return tcp(inside, server+":80", tracegen.HTTP1(tracegen.Request{Host: "www." + server[len("198.51.100."):] + "-shop.example", UserAgent: tracegen.UserAgentFirefox}))
	}
	dns := func(server string) tracegen.Flow {
		return tracegen.UDP{Client: at(inside), Server: at(server + ":53"), Exchange: tracegen.DNS(tracegen.Lookup{Name: "www.example.net"})}
	}
	ntp := func(server string) tracegen.Flow {
		return tracegen.UDP{Client: at(inside), Server: at(server + ":123"), Exchange: tracegen.NTP(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))}
	}
	mail := func(server string) tracegen.Flow {
		return tcp(inside, server+":25", tracegen.SMTP(tracegen.Mail{Server: "mx.example", From: "a@example.com", To: "b@example.org", Body: []byte("Subject: x\r\n\r\nhi\r\n")}))
	}
	return map[string]behaviour{
		"device_new_country": {
			settings: "devices: [192.168.1.20]\n    learn: 60", loud: append(same(3, 40*time.Second, data), after(200*time.Second, each(2, time.Second, data))...),
			quiet: same(6, 40*time.Second, data), subject: "198.51.100.2", saying: "192.168.1.20 talks to AC for the first time",
		},
		"blacklisted_country": {settings: "countries: [ac]", loud: each(3, time.Second, data), quiet: same(3, time.Second, data), subject: "198.51.100.2", saying: "in AC"},
		"countries_contacts":  {settings: "countries: 5", loud: each(7, time.Second, data), quiet: same(7, time.Second, data), saying: "servers in 5 countries"},
		"domain_names_contacts": {
			settings: "domains: 5", loud: each(7, time.Second, site), quiet: same(7, time.Second, site), saying: "servers under 5 domains",
		},
		"dns_contacts":  {settings: "servers: 5", loud: each(6, time.Second, dns), quiet: each(4, time.Second, dns), saying: "5 different DNS servers"},
		"ntp_contacts":  {settings: "servers: 5", loud: each(6, time.Second, ntp), quiet: each(4, time.Second, ntp), saying: "5 different NTP servers"},
		"smtp_contacts": {settings: "servers: 5", loud: each(6, time.Second, mail), quiet: each(4, time.Second, mail), saying: "5 different mail servers"},
		"rare_destination": {
			settings: "enabled: true\n    learn: 60", loud: append(same(3, 40*time.Second, site), after(200*time.Second, each(2, time.Second, site))...),
			quiet: same(6, 40*time.Second, site), subject: "198.51.100.2", saying: "is the first to contact 2-shop.example",
		},
		"remote_to_remote": {
			settings: "enabled: true", loud: one(tcp("203.0.113.1:5000", outside, bulk(10, 10))), quiet: one(tcp(inside, outside, bulk(10, 10))), saying: "neither 203.0.113.1 nor",
		},
		"unexpected_gateway": {
			settings: "gateways: ['02:00:00:AA:00:01']", loud: one(through(2)), quiet: one(through(1)), saying: "leaves by 02:00:00:aa:00:02",
		},
		"ip_reassignment": {
			settings: "enabled: true", loud: repeat(2, time.Second, func(i int) tracegen.TCP { return from(byte(i)) }),
			quiet: repeat(2, time.Second, func(int) tracegen.TCP { return from(1) }), saying: "192.168.1.20 moved from 02:00:00:bb:00:00 to 02:00:00:bb:00:01",
		},
		"flow_flood": {
			settings: "flows: 20", loud: refused(25, 1), quiet: repeat(20, 30*time.Second, func(int) tracegen.TCP { return tcp(inside, outside, bulk(10, 10)) }),
			subject: "192.168.1.20", saying: "opened 25 flows",
		},
	}
}

// through is a flow that leaves by a gateway.
func through(gateway byte) tracegen.Flow {
	f := tcp(inside, outside, bulk(10, 10))
	f.Server = f.Server.Via([6]byte{2, 0, 0, 0xaa, 0, gateway})
	return f
}

// from is a flow of a network card.
func from(card byte) tracegen.TCP {
	f := tcp(inside, outside, bulk(10, 10))
	f.Client = f.Client.Via([6]byte{2, 0, 0, 0xbb, 0, card})
	return f
}
