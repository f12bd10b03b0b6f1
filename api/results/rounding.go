package results

import "math"

// Cents rounds m² to 0.01, as reports do.
func Cents(x float64) float64 { return math.Round(x*100) / 100 }

// Decimals rounds degrees to 9, as geometry is written.
func Decimals(x float64) float64 { return math.Round(x*1e9) / 1e9 }
