package surface

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/capture/afpacket"
	"github.com/flowloom/flowloom/engine/capture/filter"
)

// input is where packets come from.
type input struct {
	capture.Source
	// stop ends a live source, which then hands over what it has; nil for captures.
	stop func()
}

// open opens the sources; captures are read until ctx is done. Without a compiler there are no
// filters.
func (o *Options) open(ctx context.Context, compile filter.Compiler) (*input, error) {
	live, err := o.live()
	if err != nil {
		return nil, err
	}
	in, err := o.openSources(ctx, live)
	if err != nil || o.Filter == "" {
		return in, err
	}
	if compile == nil {
		err = usage("cannot filter by %q: this build has no filters", o.Filter)
	} else {
		in.Source, err = filtered(in.Source, compile, o.Filter)
	}
	if err != nil {
		_ = in.Close() // nothing was read
		return nil, err
	}
	return in, nil
}

// filtered puts a filter behind a source, which is returned as it is when the filter is
// wrong.
func filtered(src capture.Source, compile filter.Compiler, expr string) (capture.Source, error) {
	f, err := filter.New(src, compile, expr)
	if err != nil {
		return src, &UsageError{err}
	}
	return f, nil
}

func (o *Options) openSources(ctx context.Context, live bool) (*input, error) {
	cfg, err := o.captureConfig()
	if err != nil {
		return nil, err
	}
	if live {
		src, err := afpacket.Open(o.Sources, cfg)
		if err != nil {
			return nil, err //nolint:wrapcheck // says what is wrong
		}
		return &input{src, src.Stop}, nil
	}
	order := capture.ByTime
	switch o.Order {
	case "", "time":
	case "given":
		order = capture.AsGiven
	default:
		return nil, usage("cannot order captures by %q: use time or given", o.Order)
	}
	src, err := capture.OpenInterruptible(ctx, o.Sources, order)
	if err != nil {
		return nil, err //nolint:wrapcheck // says what is wrong
	}
	return &input{src, nil}, nil
}

// live tells interfaces from captures: a file is a file whatever its name, and what is no
// file may be an interface.
func (o *Options) live() (bool, error) {
	if len(o.Sources) == 0 {
		return false, usage("cannot analyse nothing: name a capture or an interface")
	}
	ifaces, files := "", ""
	for _, name := range o.Sources {
		_, err := os.Stat(name)
		if name != "-" && errors.Is(err, fs.ErrNotExist) && isInterface(name) {
			ifaces = name
			continue
		}
		if errors.Is(err, fs.ErrNotExist) && name != "-" && !strings.ContainsAny(name, "./\\") {
			return false, fmt.Errorf("cannot open %s: it is neither a file nor an interface: %w", name, fs.ErrNotExist)
		}
		files = name
	}
	if ifaces != "" && files != "" {
		return false, usage("cannot analyse %s, a capture, together with %s, an interface: one after the other", files, ifaces)
	}
	return ifaces != "", nil
}

func isInterface(name string) bool {
	_, err := net.InterfaceByName(name)
	return err == nil
}
