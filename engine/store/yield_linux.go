package store

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// background is how far back the writer stands in the queue for a processor (nice(2)): a
// third of the weight of others.
const background = 5

// yieldToOthers has the goroutine run on a thread of its own that gives way to capture and
// to those who wait for an answer. The thread ends with the goroutine.
func yieldToOthers() {
	runtime.LockOSThread()
	_ = unix.Setpriority(unix.PRIO_PROCESS, unix.Gettid(), background) // without it all works, too
}
