package geo

// DamagedLayer is a layer whose name is known and of which nothing can be read.
// Everything else that it is asked for is its damage.
type DamagedLayer interface {
	Damage() *InputError
}

// Damage is why nothing of a layer can be read; nil for one that can.
func Damage(l Layer) *InputError {
	if d, ok := l.(DamagedLayer); ok {
		return d.Damage()
	}
	return nil
}
