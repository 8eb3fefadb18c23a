//go:build !unix

package access

import "os"

// inherit has nothing to do where files have no owner's id.
func inherit(*os.File) error { return nil }

// noFollow has no flag here.
const noFollow = 0

// lock does not keep other processes out where there is no flock: the file is replaced as
// a whole, so the later change counts.
func lock(string) (unlock func(), err error) { return func() {}, nil }
