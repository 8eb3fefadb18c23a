//go:build !linux

package notify

import "os/exec"

func start(cmd *exec.Cmd) error { return cmd.Start() }
