//go:build !race

package js

// slowdown is what the race detector costs.
const slowdown = 1
