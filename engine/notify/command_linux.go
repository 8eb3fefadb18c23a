package notify

import (
	"errors"
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// start starts a command in a group of its own, which ends together, and without the ambient
// capabilities that let us capture: they are a thread's, so it is started by one that ends
// then.
func start(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // for good
		err := unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
		if err == nil || errors.Is(err, unix.EINVAL) { // kernels before 4.3 have none
			err = cmd.Start()
		}
		started <- err
	}()
	return <-started
}
