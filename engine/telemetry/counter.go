package telemetry

// Counter is one number that a stage reports to its user: how often something
// was dropped, rejected or given up, and for what reason. A stage counts in plain
// fields of its own and lists them as Counters when asked.
type Counter struct {
	// Name is snake_case and begins with the stage ("flow_evicted").
	Name string
	// Help says in a few words what happened, without a full stop.
	Help string
	// Value is the number of times since the start.
	Value uint64
}

// Sum adds the values of more to those of the same name in total, and appends
// the names that total does not hold yet. It returns the extended total; several
// shards of one stage are shown as one this way.
func Sum(total, more []Counter) []Counter {
	for _, m := range more {
		if i := index(total, m.Name); i >= 0 {
			total[i].Value += m.Value
		} else {
			total = append(total, m)
		}
	}
	return total
}

func index(counters []Counter, name string) int {
	for i := range counters {
		if counters[i].Name == name {
			return i
		}
	}
	return -1
}
