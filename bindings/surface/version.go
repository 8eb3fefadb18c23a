package surface

import "runtime/debug"

// Version is the version that was given when the library was linked, else what the Go tool
// recorded.
func Version(linked string) string {
	if linked != "" {
		return linked
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}
