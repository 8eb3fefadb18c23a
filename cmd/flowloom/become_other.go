//go:build !unix

package main

import "errors"

// become fails: users have no such rights to give up here.
func become(string) error { return errors.New("cannot go on as another user on this system") }
