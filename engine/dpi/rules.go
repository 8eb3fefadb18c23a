package dpi

// Rules are protocols and applications that the user adds to the registry.
type Rules struct{}

func (r *Registry) addRules(*Rules) error { return nil }
