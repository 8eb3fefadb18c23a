package tracegen

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/websocket"
)

// WebSocket upgrades an HTTP/1.1 connection and exchanges text frames (RFC 6455),
// by golang.org/x/net/websocket.
func WebSocket(host, path string, messages ...Message) Exchange {
	return func(ctx context.Context) ([]Message, error) {
		return record(ctx, false, func(conn net.Conn) error {
			cfg, err := websocket.NewConfig("ws://"+host+path, "http://"+host)
			if err != nil {
				return err
			}
			cfg.Header.Set("User-Agent", UserAgentFirefox)
			ws, err := websocket.NewClient(cfg, conn)
			if err != nil {
				return err
			}
			if err := playFrames(ws, messages, client); err != nil {
				return err
			}
			return ws.Close()
		}, func(conn net.Conn) error {
			played := make(chan error, 1)
			handler := websocket.Handler(func(ws *websocket.Conn) {
				err := playFrames(ws, messages, server)
				if err == nil { // wait for the client's Close frame
					_, err = io.Copy(io.Discard, ws)
				}
				played <- err
			})
			srv := &http.Server{
				Handler: handler, ReadHeaderTimeout: recordTimeout,
				ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
			}
			if err := serveOne(srv, conn); err != nil {
				return err
			}
			select {
			case err := <-played:
				return err
			case <-time.After(time.Second):
				return errors.New("the upgrade was not answered")
			}
		})
	}
}

func playFrames(ws *websocket.Conn, messages []Message, me side) error {
	for _, m := range messages {
		if m.FromServer == (me == server) {
			if err := websocket.Message.Send(ws, string(m.Data)); err != nil {
				return err
			}
			continue
		}
		var heard string
		if err := websocket.Message.Receive(ws, &heard); err != nil {
			return err
		}
		if heard != string(m.Data) {
			return fmt.Errorf("a frame of %d bytes arrived changed", len(m.Data))
		}
	}
	return nil
}
