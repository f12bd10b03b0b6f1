// Package portable has functions of package math with the same digits on every
// processor. Those of the standard library differ in the last one: compiled for
// arm64 they fuse products with sums, and some are written in assembly for one
// processor alone (Hypot, Exp), Exp for amd64 even in two ways. Here every product
// that is added to something is rounded first.
//
// They are Go's own (Copyright 2009-2010 The Go Authors, BSD licence), after
// FreeBSD's msun and Cephes, and give what math gives on amd64 to the bit, Exp
// within a unit in the last place. math.Sqrt, Floor, Round, Mod, Remainder, Ldexp
// and FMA are exact and need nothing.
package portable

// horner is a polynomial, its coefficients from the highest power down.
func horner(x float64, coefficients ...float64) float64 {
	sum := coefficients[0]
	for _, next := range coefficients[1:] {
		sum = float64(sum*x) + next
	}
	return sum
}
