package tracegen

import (
	"context"
	"crypto/tls"
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// Hour is an hour of an office in which people browse, watch, talk, mail and copy files, and
// programs look for updates; and in which three desks do what hunters look for: one calls
// its master every minute, one carries files out in DNS questions, and one has a program
// that nobody else has. Another seed is another day: other desks, other times and sizes.
func Hour(seed uint64) *Trace {
	day := time.Duration(seed-1) * 24 * time.Hour
	h := &hour{office{tr: New(scenarioStart().Add(day)), rng: rand.New(rand.NewPCG(seed, 60))}}
	h.tr.Seed = seed
	for i := range desks {
		h.arrive(i)
		h.surf(byte(20 + i))
		h.routine(byte(20 + i))
	}
	h.watch()
	h.talk()
	h.backup()
	h.work()
	bad := h.rng.Perm(desks)
	h.beacon(byte(20 + bad[0]))
	h.exfiltrate(byte(20 + bad[1]))
	h.rareClient(byte(20 + bad[2]))
	return h.tr
}

type hour struct{ office }

// some is a time between from and to.
func (h *hour) some(from, to time.Duration) time.Duration {
	return from + time.Duration(h.rng.Int64N(int64(to-from)))
}

// size is log-normal, as sizes of what people fetch are: half are above median.
func (h *hour) size(median float64, spread float64) int {
	return int(median * math.Exp(spread*h.rng.NormFloat64()))
}

// blob is data that tells nothing, from the client or the server.
func (h *hour) blob(fromServer bool, size int) Message {
	return Message{FromServer: fromServer, Data: Noise(h.rng.Uint64(), size)}
}

// turns is a conversation of requests and answers of such median sizes.
func (h *hour) turns(n int, request, reply float64) Exchange {
	var messages []Message
	for range n {
		messages = append(messages, h.blob(false, 80+h.size(request, 0.4)), h.blob(true, 80+h.size(reply, 0.9)))
	}
	return Script(messages...)
}

// unhurried waits before each turn of the client, about as long as think.
func (h *hour) unhurried(think time.Duration, ex Exchange) Exchange {
	seed := h.rng.Uint64()
	return func(ctx context.Context) ([]Message, error) {
		messages, err := ex(ctx)
		rng := rand.New(rand.NewPCG(seed, 0))
		out := make([]Message, len(messages))
		for i, m := range messages {
			if i > 0 && !m.FromServer {
				m.Wait = time.Duration(float64(think) * (0.2 + rng.ExpFloat64()))
			}
			out[i] = m
		}
		return out, err
	}
}

// call is a TLS connection to a server outside, after a look-up of its name.
func (h *hour) call(at time.Duration, n byte, s site, opt TLSOptions, inner Exchange) {
	h.resolve(at, n, s.name, s.v4, s.v6)
	opt.ServerName = s.name
	h.tr.Add(TCP{
		At: at + 40*time.Millisecond, Client: h.host(n, h.ephemeral()), Server: h.outside(s.v4).On(443), RTT: s.rtt,
		Exchange: h.unhurried(300*time.Millisecond, TLS(opt, inner)),
	})
}

// browser is how the desks' browsers begin.
func browser() TLSOptions { return TLSOptions{ALPN: []string{"h2", "http/1.1"}} }

// surf is a desk's visits in the web: at any time, a site with some connections each.
func (h *hour) surf(n byte) {
	for range 8 + h.rng.IntN(6) {
		at, s := h.some(time.Minute, 57*time.Minute), sites()[h.rng.IntN(len(sites()))]
		for range 1 + h.rng.IntN(3) {
			at += h.some(0, 2*time.Second)
			h.call(at, n, s, browser(), h.turns(1+h.rng.IntN(6), 400, 9000))
		}
	}
}

// routine is what programs of a desk do by the clock: time, mail, and whether there are
// updates. It is as regular as a beacon, but all desks do it.
func (h *hour) routine(n byte) {
	updates := site{name: "updates.example.com", v4: "203.0.113.90", v6: "2001:db8:ff::90", rtt: 22 * time.Millisecond}
	for at := h.some(0, 5*time.Minute); at < 58*time.Minute; at += 5 * time.Minute {
		h.call(at, n, updates, TLSOptions{}, h.turns(1, 300, 700))
	}
	for at := h.some(0, 8*time.Minute); at < 58*time.Minute; at += h.some(8*time.Minute, 12*time.Minute) {
		h.tr.Add(
			TCP{
				At: at, Client: h.host(n, h.ephemeral()), Server: h.host(5, 993), RTT: time.Millisecond,
				Exchange: h.unhurried(30*time.Millisecond, TLS(TLSOptions{ServerName: "mail.example.com"}, IMAP("anna", "secret", string(Text(h.size(3000, 0.8)))))),
			},
			UDP{
				At: at + time.Second, Client: h.host(n, h.ephemeral()), Server: h.host(1, 123), RTT: time.Millisecond,
				Exchange: NTP(scenarioStart().Add(at)),
			},
		)
	}
}

// watch is video: a piece every few seconds.
func (h *hour) watch() {
	video := site{name: "video.example.com", v4: "203.0.113.80", v6: "2001:db8:ff::80", rtt: 12 * time.Millisecond}
	for _, desk := range h.rng.Perm(desks)[:5] {
		for range 2 {
			n, at := byte(20+desk), h.some(2*time.Minute, 52*time.Minute)
			h.resolve(at, n, video.name, video.v4, video.v6)
			opt := browser()
			opt.ServerName = video.name
			h.tr.Add(TCP{
				At: at + 40*time.Millisecond, Client: h.host(n, h.ephemeral()), Server: h.outside(video.v4).On(443), RTT: video.rtt,
				Exchange: h.unhurried(3*time.Second, TLS(opt, h.turns(12+h.rng.IntN(25), 350, 45000))),
			})
		}
	}
}

// talk is calls between phones, and to the outside.
func (h *hour) talk() {
	for i := range 10 {
		caller := h.host(byte(60+i%5), 5060)
		callee := h.host(byte(65+i%3), 5060)
		if i%2 == 0 {
			callee = h.outside("203.0.113.60:5060")
		}
		c := Call{
			At: time.Duration(i*5)*time.Minute + h.some(0, 4*time.Minute), Talk: h.some(8*time.Second, 40*time.Second),
			Caller: caller, Callee: callee, RTT: 20 * time.Millisecond,
			CallerURI: "sip:anna@example.com", CalleeURI: "sip:ben@example.org",
		}
		h.tr.Add(c.Flows()...)
	}
}

// backup is desks that copy their work to a server outside.
func (h *hour) backup() {
	store := site{name: "backup.example.net", v4: "198.51.100.70", v6: "2001:db8:fe::70", rtt: 25 * time.Millisecond}
	for range 10 {
		at, n := h.some(2*time.Minute, 55*time.Minute), byte(20+h.rng.IntN(desks))
		var pieces []Message
		for range 4 + h.rng.IntN(8) {
			pieces = append(pieces, h.blob(false, h.size(40_000, 0.5)), h.blob(true, 180))
		}
		h.call(at, n, store, TLSOptions{ALPN: []string{"http/1.1"}}, Script(pieces...))
	}
}

// work is what goes on between the desks and the servers of the office: the intranet, mail,
// shells and sensors.
func (h *hour) work() {
	for range 90 {
		h.tr.Add(TCP{
			At: h.some(0, 58*time.Minute), Client: h.host(byte(20+h.rng.IntN(desks)), h.ephemeral()), Server: h.host(5, 80), RTT: time.Millisecond,
			Exchange: h.unhurried(2*time.Second, HTTP1(
				Request{Host: "intranet.example.com", Path: "/", Reply: Page("Intranet", h.size(4000, 0.7))},
				Request{Host: "intranet.example.com", Path: "/projects", Reply: Page("Projects", h.size(9000, 0.9))},
			)),
		})
	}
	for i := range 12 {
		h.tr.Add(TCP{
			At: h.some(0, 58*time.Minute), Client: h.host(byte(20+i), h.ephemeral()), Server: h.host(5, 587), RTT: time.Millisecond,
			Exchange: SMTP(Mail{
				Server: "mail.example.com", From: "anna@example.com", To: "ben@example.org", StartTLS: true,
				Body: []byte(letter + string(Text(h.size(6000, 1))) + "\r\n"),
			}),
		})
	}
	for range 10 {
		h.tr.Add(TCP{
			At: h.some(0, 55*time.Minute), Client: h.host(byte(20+desks-1), h.ephemeral()), Server: h.host(5, 22), RTT: time.Millisecond,
			Exchange: h.unhurried(400*time.Millisecond, Chain(
				SSH(SSHSession{User: "admin", Password: "secret", Command: "journalctl -n 20", Output: Text(2000)}),
				h.turns(20+h.rng.IntN(60), 4, 120),
			)),
		})
	}
	for i := range 3 {
		var values []string
		for v := range 600 {
			values = append(values, fmt.Sprintf("%d.%d", 20+i, v%10))
		}
		h.tr.Add(TCP{
			At: h.some(0, 10*time.Second), Client: h.host(byte(40+i), h.ephemeral()), Server: h.host(6, 1883), RTT: 2 * time.Millisecond,
			End: StayOpen, Exchange: MQTT(fmt.Sprintf("sensor-%d", i+1), fmt.Sprintf("room/%d/temperature", i+1), values...),
		})
	}
}

// beacon is an implant that asks its master what to do, once in a minute or so, and waits a
// tenth longer or shorter to be less conspicuous. It begins as the programs for updates do.
func (h *hour) beacon(n byte) {
	master := site{name: "sync.example.org", v4: "198.51.100.66", v6: "2001:db8:fe::66", rtt: 70 * time.Millisecond}
	every := h.some(50*time.Second, 75*time.Second)
	for at := h.some(4*time.Minute, 6*time.Minute); at < 57*time.Minute; {
		h.call(at, n, master, TLSOptions{}, h.turns(1, 240, 160))
		at += every + h.some(-every/10, every/10)
	}
}

// exfiltrate is a file that leaves the office in the names of DNS questions.
func (h *hour) exfiltrate(n byte) {
	at := h.some(10*time.Minute, 40*time.Minute)
	for piece := range 400 {
		data := fmt.Sprintf("%x", Noise(h.rng.Uint64(), 50))
		h.tr.Add(UDP{
			At: at, Client: h.host(n, h.ephemeral()), Server: h.host(1, 53), RTT: 30 * time.Millisecond,
			Exchange: DNS(Lookup{
				Name: fmt.Sprintf("%s.%s.%d.t.example.net", data[:50], data[50:], piece), Type: "TXT",
				Answers: []string{fmt.Sprintf("%s.%s.%d.t.example.net. 1 IN TXT \"ok\"", data[:50], data[50:], piece)},
			}),
		})
		at += h.some(200*time.Millisecond, 1500*time.Millisecond)
	}
}

// rareClient is a tool with a TLS library of its own, which offers old ciphers only.
func (h *hour) rareClient(n byte) {
	drop := site{name: "files.example.org", v4: "198.51.100.88", v6: "2001:db8:fe::88", rtt: 50 * time.Millisecond}
	opt := TLSOptions{Version: tls.VersionTLS12, Ciphers: []uint16{
		tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
	}}
	for range 3 {
		h.call(h.some(5*time.Minute, 55*time.Minute), n, drop, opt, h.turns(3, 3000, 400))
	}
}
