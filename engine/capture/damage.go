package capture

import (
	"errors"
	"fmt"
)

// DamageError names a place of an input that could not be read and says what
// was lost there.
type DamageError struct {
	// Path is the input's name as the user gave it.
	Path string
	// Offset in bytes from the start of the input, after decompression, of the
	// first record that could not be read.
	Offset int64
	// Err says what is wrong and what was lost.
	Err error
}

// Error names path, offset and loss.
func (e *DamageError) Error() string {
	return fmt.Sprintf("cannot read all of %s: at byte %d: %v", e.Path, e.Offset, e.Err)
}

// Unwrap returns the cause.
func (e *DamageError) Unwrap() error { return e.Err }

// maxDamages bounds the list of one input: a file of nonsense blocks must not
// fill the memory with complaints.
const maxDamages = 32

// damages collects the damage of one input.
type damages struct {
	path string
	list []error
	// more counts those that the list has no room for; last is where they end.
	more int
	last int64
}

// place returns where damage lies: at offset, unless the parser knows better
// where it began.
func place(offset int64, err error) (int64, error) {
	var placed *DamageError
	if errors.As(err, &placed) {
		return placed.Offset, placed.Err
	}
	return offset, err
}

func (d *damages) add(offset int64, err error) {
	if len(d.list) == maxDamages {
		d.more++
		d.last = offset
		return
	}
	d.list = append(d.list, &DamageError{Path: d.path, Offset: offset, Err: err})
}

// all returns the list, nil when there is no damage.
func (d *damages) all() []error {
	if d.more == 0 {
		return d.list
	}
	rest := &DamageError{Path: d.path, Offset: d.last, Err: fmt.Errorf("the last of %d more damaged places", d.more)}
	return append(d.list[:len(d.list):len(d.list)], rest)
}
